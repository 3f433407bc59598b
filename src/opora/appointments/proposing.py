"""What a proposal of curators is made of: schools without one, people who may be one, and pairs that may not be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from opora.accounts.models import User
from opora.appointments.coverage import schools_in
from opora.appointments.models import Appointment, Duty
from opora.appointments.proposal import Candidate, Need, Proposal, propose
from opora.appointments.queries import Access, competences_of, in_force, open_curators, people_of, schools_of
from opora.appointments.rules import COOLING
from opora.core.refusal import Refused
from opora.core.russian import day_words, fold
from opora.programmes.factor_words import FactorWords
from opora.programmes.models import Programme, RiskFactor
from opora.schools.models import School
from opora.schools.risks import cells_on

# Above this a page would not come in time.
MOST_SCHOOLS, MOST_PEOPLE = 1500, 600

Barred = dict[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Ground:
    """Rows of a proposal, ready for the plan: schools, people, forbidden pairs with reasons, and the catalogue."""

    schools: Mapping[int, School]
    people: Mapping[int, User]
    needs: tuple[Need, ...]
    candidates: tuple[Candidate, ...]
    barred: Barred
    factors: Mapping[int, RiskFactor]
    words: FactorWords

    def plan(self, *, most: int, locks: Mapping[int, int]) -> Proposal:
        """The cheapest plan on this ground."""
        return propose(self.needs, self.candidates, most=most, barred=self.barred, locks=locks)


def candidates(access: Access, duties: Collection[str], as_of: date) -> QuerySet[User]:
    """Those of the people whom a coordinator may appoint who hold one of the duties on a day."""
    held = Appointment.objects.filter(in_force(as_of), duty__in=duties)
    return people_of(access).filter(pk__in=held.values("person")).order_by("folded_name", "pk")


def ground(access: Access, programme: Programme, since: date, people: Iterable[User], as_of: date) -> Ground:
    """Everything that the plan needs: places and duties since a day, choices of schools as of another. Eight queries.

    Refused when there are too many rows.
    """
    schools = list(schools_in(programme, since, schools_of(access)))
    covered = open_curators([one.pk for one in schools], programme, since)
    bare = [one for one in schools if one.pk not in covered]
    found = {one.pk: one for one in people}
    if len(bare) > MOST_SCHOOLS or len(found) > MOST_PEOPLE:
        raise Refused(
            f"Школ без куратора: {len(bare)}, кандидатов: {len(found)}. За один раз можно не больше "
            f"{MOST_SCHOOLS} школ и {MOST_PEOPLE} человек: выберите кандидатов поимённо.",
            code="F-ROWS",
            status=413,
        )
    return Ground(
        {one.pk: one for one in bare},
        found,
        _needs(bare, programme, as_of),
        _candidates(found, access, programme, since),
        barred_pairs(bare, found.values(), since),
        {one.pk: one for one in programme.risk_factors.order_by("number")},
        programme.words,
    )


def barred_pairs(schools: Collection[School], people: Collection[User], since: date) -> Barred:
    """Pairs (school, person) that may not be, with the reason: the own school, now or less than a year ago.

    One query. The own school is the workplace, or where the person is the coordinator.
    """
    barred: Barred = {}
    by_name = defaultdict(list)
    for school in schools:
        for name in {fold(school.name), fold(school.short_name)}:
            by_name[name].append(school)
    for person in people:
        for school in by_name.get(fold(person.workplace), ()) if person.workplace else ():
            barred[school.pk, person.pk] = "работает в этой школе"
    led = Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=since - COOLING),
        duty=Duty.SCHOOL_COORDINATOR,
        school__in=[one.pk for one in schools],
        person__in=[one.pk for one in people],
    )
    for school_id, person_id, until in led.order_by("pk").values_list("school_id", "person_id", "until"):
        left = f"координатор этой школы по {day_words(until)}" if until else "координатор этой школы"
        if until is not None and until < since:
            left += ", года ещё не прошло"
        barred.setdefault((school_id or 0, person_id), left)
    return barred


def _needs(schools: Iterable[School], programme: Programme, as_of: date) -> tuple[Need, ...]:
    risks: defaultdict[int, set[int]] = defaultdict(set)
    chosen = cells_on(as_of, participation__programme=programme).filter(is_chosen=True)
    for school, factor in chosen.values_list("participation__school_id", "factor_id"):
        risks[school].add(factor)
    ordered = sorted(schools, key=lambda one: (one.number or 0, one.folded_name, one.pk))
    return tuple(
        Need(one.pk, one.short_name, one.municipality_id, frozenset(risks.get(one.pk, ())), point_of(one))
        for one in ordered
    )


def _candidates(
    people: Mapping[int, User], access: Access, programme: Programme, since: date
) -> tuple[Candidate, ...]:
    loads: Counter[int] = Counter()
    places: defaultdict[int, set[int]] = defaultdict(set)
    led: dict[int, tuple[float, float]] = {}
    still = Appointment.objects.filter(Q(until__isnull=True) | Q(until__gte=since), person__in=list(people))
    for person, duty, of, town, its_town, north, east in still.order_by("pk").values_list(
        "person_id", "duty", "programme_id", "municipality_id", "school__municipality_id", "school__latitude",
        "school__longitude",
    ):  # fmt: skip
        if duty == Duty.SCHOOL_COORDINATOR and north is not None and east is not None:
            led[person] = (float(north), float(east))
        if duty == Duty.CURATOR and of == programme.pk:
            loads[person] += 1
        places[person] |= {place for place in (town, its_town) if place}
    skills = competences_of(people, programme)
    homes = _homes(people, access) | led
    ordered = sorted(people.values(), key=lambda one: (one.folded_name, one.pk))
    # Somebody appointed nowhere yet was entered by colleagues of the coordinator: their place is the coordinator's.
    return tuple(
        Candidate(
            one.pk,
            one.short_name,
            frozenset(places.get(one.pk) or access.municipality_ids),
            frozenset(skills.get(one.pk, ())),
            loads[one.pk],
            homes.get(one.pk),
        )
        for one in ordered
    )


def point_of(school: School) -> tuple[float, float] | None:
    """Where a school stands, degrees; None while nobody has told it."""
    if school.latitude is None or school.longitude is None:
        return None
    return float(school.latitude), float(school.longitude)


def _homes(people: Mapping[int, User], access: Access) -> dict[int, tuple[float, float]]:
    """Where the schools stand that people name as their workplace. One query."""
    placed = schools_of(access).filter(latitude__isnull=False)
    by_name = {fold(name): point_of(one) for one in placed for name in (one.name, one.short_name)}
    return {
        one.pk: point for one in people.values() if (point := by_name.get(fold(one.workplace))) is not None
    }
