"""For whom a collection is: the schools or people that its conditions name on a day, and who came or left since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from opora.accounts.models import User
from opora.appointments.coverage import schools_in
from opora.appointments.models import Appointment, Duty
from opora.appointments.queries import in_force
from opora.core.refusal import Refused
from opora.programmes.models import Programme, RiskFactor
from opora.questionnaires.models import Collection, Respondent
from opora.schools.models import Municipality, Participation, School
from opora.schools.risks import cells_on

# Schools named one by one: nobody joins such a collection by itself.
NAMED = "named"
KINDS: tuple[tuple[str, str], ...] = (
    ("", "Все школы программы"),
    (Participation.Kind.LOW_RESULTS.value, "ШНОР"),
    (Participation.Kind.HARD_CONDITIONS.value, "ШССУ"),
    (NAMED, "Названные по одной"),
)
_DUTIES = {
    Collection.Audience.CURATORS.value: Duty.CURATOR,
    Collection.Audience.COORDINATORS.value: Duty.SCHOOL_COORDINATOR,
}


@dataclass(frozen=True, slots=True)
class Audience:
    """The conditions: whom of the schools of a programme in a municipality, and which people of these schools."""

    municipality: Municipality
    programme: Programme
    who: str
    kind: str = ""
    factor: RiskFactor | None = None
    named: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Changes:
    """How those expected differ from those of the day: who joined, who came back, who left without an answer."""

    joined: tuple[School | User, ...] = ()
    back: tuple[Respondent, ...] = ()
    left: tuple[Respondent, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.joined or self.back or self.left)


def people_asked(audience: Audience, on: date) -> list[School] | list[User]:
    """The schools, or the people of these schools, whom the conditions name on a day. One query.

    Refused when the audience is none of those that may be asked: teachers and pupils fill in nothing.
    """
    if audience.who not in Collection.Audience.values:
        raise Refused("Выберите, от кого собирать: от школ, кураторов или школьных координаторов.")
    schools = _schools(audience, on)
    if audience.who == Collection.Audience.SCHOOLS:
        return list(schools.order_by("number", "folded_name", "pk"))
    held = Appointment.objects.filter(
        in_force(on),
        duty=_DUTIES[audience.who],
        programme=audience.programme,
        school__in=schools.values("pk"),
    )
    return list(User.objects.filter(pk__in=held.values("person")).order_by("folded_name", "pk"))


def audience_of(collection: Collection, respondents: Iterable[Respondent] = ()) -> Audience:
    """The conditions of a collection that was made; `respondents` tell the schools named one by one."""
    return Audience(
        collection.municipality,
        collection.programme,
        collection.audience,
        collection.kind,
        collection.factor,
        frozenset(one.school_id for one in respondents if one.school_id is not None),
    )


def changes_on(collection: Collection, respondents: Iterable[Respondent], on: date) -> Changes:
    """Who joined or left since the collection was made. At most two queries.

    Those who have answered are not excused; where schools were named one by one nobody joins.
    """
    known = list(respondents)
    asked = audience_of(collection, known)
    by_key = {one.school_id or one.person_id: one for one in known}
    wide = Audience(asked.municipality, asked.programme, asked.who)
    there = {one.pk: one for one in people_asked(wide, on)}
    left = tuple(
        one
        for key, one in by_key.items()
        if key not in there and one.excused_on is None and one.submitted_on is None
    )
    if collection.kind == NAMED:
        return Changes((), _back(known, there.keys()), left)
    meant = (
        there
        if not (collection.kind or collection.factor_id)
        else {one.pk: one for one in people_asked(asked, on)}
    )
    joined = tuple(one for key, one in meant.items() if key not in by_key)
    return Changes(joined, _back(known, meant.keys()), left)


def _back(known: list[Respondent], there: Iterable[int]) -> tuple[Respondent, ...]:
    keys = set(there)
    return tuple(
        one for one in known if one.excused_on is not None and (one.school_id or one.person_id) in keys
    )


def _schools(audience: Audience, on: date) -> QuerySet[School]:
    schools = schools_in(audience.programme, on, School.objects.filter(municipality=audience.municipality))
    if audience.kind == NAMED:
        schools = schools.filter(pk__in=audience.named)
    elif audience.kind:
        # The condition of the programme must hold of the same row: a school may stand in two programmes.
        parts = Participation.objects.filter(
            Q(until=None) | Q(until__gte=on), programme=audience.programme, since__lte=on,
            kind__in=(audience.kind, Participation.Kind.BOTH),
        )  # fmt: skip
        schools = schools.filter(pk__in=parts.values("school"))
    if audience.factor is not None:
        chosen = cells_on(on, participation__programme=audience.programme, factor=audience.factor)
        schools = schools.filter(pk__in=chosen.filter(is_chosen=True).values("participation__school"))
    return schools.distinct()
