"""Whom an examination may be given: experts of the place, pairs that may not be and why, and the plan for a round."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.db.models import Q, QuerySet

from opora.accounts.models import User
from opora.appointments.models import Appointment, Duty
from opora.appointments.proposing import barred_pairs
from opora.appointments.queries import in_force
from opora.appointments.rules import COOLING
from opora.core.refusal import Refused
from opora.reviews.assigning import Assigned, Task, assign
from opora.reviews.drawing import in_order
from opora.reviews.models import Examination, Round, Sampled

Barred = dict[tuple[int, int], str]
# Above this a page would not come in time.
MOST_EXPERTS = 400


@dataclass(frozen=True, slots=True)
class Lacking:
    """A document that got fewer experts than it needs, and why."""

    sampled: Sampled
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A proposal of experts: the pairs, each expert's load, and what could not be assigned."""

    rows: tuple[tuple[Sampled, tuple[User, ...]], ...]
    loads: tuple[tuple[User, int], ...]
    lacking: tuple[Lacking, ...]

    @property
    def total(self) -> int:
        """How many examinations there would be."""
        return sum(len(people) for _, people in self.rows)

    @property
    def mark(self) -> str:
        """A short mark of the very pairs: equal only for equal plans."""
        return hashlib.sha256(str(sorted(self.pairs().items())).encode()).hexdigest()[:16]

    def pairs(self) -> dict[int, tuple[int, ...]]:
        """Document of the sample → experts."""
        return {one.pk: tuple(person.pk for person in people) for one, people in self.rows if people}


def experts_of(review: Round, on: date, duties: Collection[str] = (Duty.EXPERT,)) -> QuerySet[User]:
    """The people who may examine at a round's place on a day: experts, and curators where they are asked for."""
    if review.region_id is not None:
        here = Q(region=review.region_id) | Q(municipality__region=review.region_id)
        here |= Q(school__municipality__region=review.region_id)
    else:
        assert review.municipality is not None, "a round is of one place"
        here = Q(municipality=review.municipality) | Q(region=review.municipality.region_id)
        here |= Q(school__municipality=review.municipality)
    held = Appointment.objects.filter(in_force(on) & here, duty__in=duties, programme=review.programme_id)
    return User.objects.filter(pk__in=held.values("person")).order_by("folded_name", "pk")


def barred_from(sampled: Collection[Sampled], people: Collection[User], on: date) -> Barred:
    """Pairs (document of the sample, person) that may not be, with the reason. Two queries.

    The own school (work, coordinator now or less than a year ago), an own curated school in the same sense, and
    a paper of one's own: about one's work, or entered by oneself.
    """
    schools = {one.document.school_id: one.document.school for one in sampled if one.document.school}
    by_school = barred_pairs(list(schools.values()), people, on)
    led = Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on - COOLING),
        duty=Duty.CURATOR,
        school__in=list(schools),
        person__in=[one.pk for one in people],
    )
    for school, person, until in led.values_list("school_id", "person_id", "until"):
        is_past = until is not None and until < on
        words = "меньше года назад был куратором этой школы" if is_past else "куратор этой школы"
        by_school.setdefault((school or 0, person), words)
    of_school: dict[int, list[tuple[int, str]]] = {}
    for (school_pk, person), words in by_school.items():
        of_school.setdefault(school_pk, []).append((person, words))
    barred: Barred = {}
    known = {one.pk for one in people}
    for row in sampled:
        for person, words in of_school.get(row.document.school_id or 0, ()):
            barred[row.pk, person] = words
        for own, words in ((row.document.curator_id, "документ о собственной работе"),
                           (row.document.added_by_id, "сам внёс этот документ")):  # fmt: skip
            if own in known:
                barred.setdefault((row.pk, own), words)
    return barred


def needs_of(review: Round, sampled: Sequence[Sampled]) -> dict[int, int]:
    """Document of the sample → how many experts; those with one more are chosen by the seed as well."""
    by_document = {one.document_id: one for one in sampled}
    twice = ceil(len(sampled) * review.overlap_share / 100)
    chosen = set(in_order(list(by_document), f"{review.seed}:overlap")[:twice])
    return {
        one.pk: review.experts_each + (1 if document in chosen else 0)
        for document, one in by_document.items()
    }


def plan_of(review: Round, people: Sequence[User], on: date) -> Plan:
    """Experts for every document that lacks them; what is assigned already stays. Six queries.

    Refused: nothing is drawn, nobody is chosen, too many people.
    """
    if review.drawn_on is None:
        raise Refused("Сначала сделайте выборку: распределять пока нечего.")
    if not people:
        raise Refused("Выберите экспертов: без них распределять некому.")
    if len(people) > MOST_EXPERTS:
        raise Refused(
            f"Экспертов выбрано {len(people)}, можно не больше {MOST_EXPERTS}.", code="F-ROWS", status=413
        )
    sampled = list(
        review.sampled.filter(settled_on=None).select_related("document__school").order_by("position")
    )
    barred = barred_from(sampled, people, on)
    has, loads = _assigned(review, barred)
    needs = needs_of(review, sampled)
    tasks = [Task(one.pk, needs[one.pk] - has[one.pk]) for one in sampled if needs[one.pk] > has[one.pk]]
    done = assign(tasks, [one.pk for one in people], most=review.most_each, barred=barred, loads=loads)
    return _plan(done, sampled, people, barred, review.most_each)


def _assigned(review: Round, barred: Barred) -> tuple[Counter[int], Counter[int]]:
    """Experts that documents have already, and loads; whoever was asked once is not asked for the same paper again."""
    has: Counter[int] = Counter()
    loads: Counter[int] = Counter()
    asked = Examination.objects.filter(sampled__round=review, look=1).order_by()
    for sampled, expert, declined in asked.values_list("sampled_id", "expert_id", "declined_on"):
        barred.setdefault((sampled, expert), "сообщил, что не может" if declined else "уже рассматривает")
        if declined is None:
            has[sampled] += 1
            loads[expert] += 1
    return has, loads


def _plan(
    done: Assigned, sampled: Sequence[Sampled], people: Sequence[User], barred: Barred, most: int
) -> Plan:
    by_key = {one.pk: one for one in people}
    rows = tuple(
        (one, tuple(by_key[key] for key in done.pairs.get(one.pk, ())))
        for one in sampled
        if one.pk in done.pairs
    )
    loads = tuple((one, done.loads[one.pk]) for one in people)
    lacking = tuple(
        Lacking(one, done.lacking[one.pk], _why(one, people, barred, most, done.loads))
        for one in sampled
        if one.pk in done.lacking
    )
    return Plan(rows, loads, lacking)


def _why(
    sampled: Sampled, people: Sequence[User], barred: Barred, most: int, loads: Mapping[int, int]
) -> str:
    """Why a document lacks an expert: nobody may take it, or those who may are full."""
    may = [one for one in people if (sampled.pk, one.pk) not in barred]
    if not may:
        reasons = sorted({barred[sampled.pk, one.pk] for one in people})
        return f"никому нельзя: {'; '.join(reasons)}"
    if all(loads[one.pk] >= most for one in may):
        return f"у тех, кому можно, уже по {most}"
    return "экспертов, которым можно, меньше, чем нужно на документ"


def free_experts(sampled: Sampled, people: Iterable[User], look: int, on: date) -> list[tuple[User, str]]:
    """Everybody with the reason why not, empty for those who may be asked to look at a document. Three queries."""
    known = list(people)
    barred = barred_from([sampled], known, on)
    asked = sampled.examinations.filter(look=look).values_list("expert_id", "declined_on")
    for expert, declined in asked:
        barred.setdefault((sampled.pk, expert), "сообщил, что не может" if declined else "уже рассматривает")
    return [(one, barred.get((sampled.pk, one.pk), "")) for one in known]
