"""What counting stands on: who is expected and what evidence there is, fetched once for any number of lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import FilteredRelation, Q

from opora.accounts.models import User
from opora.appointments.models import Appointment, Duty
from opora.documents.form_register import FormFact, form_facts
from opora.documents.owed import (
    ChosenFactor,
    OwedMarks,
    OwedPapers,
    Place,
    chosen_by,
    owed_marks,
    owed_papers,
)
from opora.documents.papers import Papers, papers_of
from opora.documents.queries import Proof, Publicity, Word, attestations_of
from opora.indicators.models import Indicator
from opora.indicators.tally import Excused, Subject
from opora.plans.models import Activity, Roadmap
from opora.questionnaires.queries import AnswerFact, answer_facts
from opora.reviews.queries import RoundFact, reviews_of
from opora.schools.models import Participation
from opora.schools.risks import Chosen, choices_of
from opora.visits.queries import (
    ReportFact,
    StageDays,
    StagesAndReports,
    VisitFact,
    stages_and_reports,
    visit_facts,
)

ONE = "one"

# (municipality, programme) → schools; line → those excused; participation → (programme, school).
TakingPart = tuple[dict[tuple[int, int], list[tuple[int, str]]], dict[int, list[Excused]], dict[int, Place]]


@dataclass(frozen=True, slots=True)
class Counted:
    """An indicator together with its line as it stood on the day."""

    indicator: Indicator
    activity: Activity


@dataclass(frozen=True, slots=True)
class Held:
    """An appointment at a school that had begun by the day; `is_open` when it was in force on the day."""

    school_id: int
    person_id: int
    person_name: str
    duty: str
    has_order: bool
    since: date
    is_open: bool


class Ground:
    """Rows that all kinds share, each fetched by one query when first asked for."""

    def __init__(self, roadmaps: Sequence[Roadmap], activities: Sequence[Activity], as_of: date) -> None:
        self.roadmaps = {roadmap.pk: roadmap for roadmap in roadmaps}
        self.activity_ids = [activity.pk for activity in activities]
        self.as_of = as_of
        self._made_subjects: dict[tuple[int, int], list[Subject]] = {}

    @cached_property
    def _papers(self) -> Papers:
        return papers_of(self.activity_ids, self.as_of)

    @property
    def proofs(self) -> dict[int, list[Proof]]:
        return self._papers[0]

    @property
    def publications(self) -> dict[int, list[Publicity]]:
        return self._papers[1]

    @cached_property
    def words(self) -> dict[int, list[Word]]:
        return attestations_of(self.activity_ids, self.as_of)

    @property
    def schools(self) -> dict[tuple[int, int], list[tuple[int, str]]]:
        """(municipality, programme) → the schools that took part on the day, in order of their numbers."""
        return self._taking_part[0]

    @property
    def excuses(self) -> dict[int, list[Excused]]:
        """Line → the schools taking part that it does not expect on the day."""
        return self._taking_part[1]

    @cached_property
    def _taking_part(self) -> TakingPart:
        excused = Q(
            school__excuses__activity__in=self.activity_ids, school__excuses__since__lte=self.as_of
        ) & (Q(school__excuses__until=None) | Q(school__excuses__until__gte=self.as_of))
        rows = (
            Participation.objects.filter(
                school__municipality__in={roadmap.municipality_id for roadmap in self.roadmaps.values()},
                programme__in={roadmap.programme_id for roadmap in self.roadmaps.values()},
                since__lte=self.as_of,
            )
            .exclude(until__lt=self.as_of)
            .annotate(excuse=FilteredRelation("school__excuses", condition=excused))
            .order_by("school__number", "school__folded_name", "excuse__since")
            .values_list(
                "pk", "school__municipality_id", "programme_id", "school_id", "school__short_name",
                "excuse__activity_id", "excuse__reason", "excuse__since",
            )
        )  # fmt: skip
        schools: dict[tuple[int, int], dict[int, str]] = {}
        excuses: dict[int, list[Excused]] = {}
        parts: dict[int, Place] = {}
        for part_id, municipality_id, programme_id, school_id, name, activity_id, reason, since in rows:
            schools.setdefault((municipality_id, programme_id), {})[school_id] = name
            parts[part_id] = (programme_id, school_id)
            if activity_id is not None:
                excuses.setdefault(activity_id, []).append(
                    Excused(school_key(school_id), name, reason, since)
                )
        return {place: list(named.items()) for place, named in schools.items()}, excuses, parts

    @cached_property
    def appointments(self) -> dict[tuple[int, int], list[Held]]:
        """(municipality, programme) → appointments at schools that had begun by the day, the earliest first."""
        rows = (
            Appointment.objects.filter(
                school__municipality__in={roadmap.municipality_id for roadmap in self.roadmaps.values()},
                programme__in={roadmap.programme_id for roadmap in self.roadmaps.values()},
                duty__in=(Duty.CURATOR, Duty.SCHOOL_COORDINATOR),
                school__isnull=False,
                since__lte=self.as_of,
            )
            .order_by("since", "pk")
            .values_list(
                "school__municipality_id", "programme_id", "school_id", "person_id", "duty", "order_number",
                "since", "until", "person__last_name", "person__first_name", "person__middle_name",
            )
        )  # fmt: skip
        found: dict[tuple[int, int], list[Held]] = {}
        names: dict[int, str] = {}
        for municipality_id, programme_id, school_id, person_id, duty, order, since, until, *name in rows:
            if person_id not in names:
                last, first, middle = name
                names[person_id] = User(last_name=last, first_name=first, middle_name=middle).short_name
            is_open = until is None or until >= self.as_of
            held = Held(school_id, person_id, names[person_id], duty, bool(order), since, is_open)
            found.setdefault((municipality_id, programme_id), []).append(held)
        return found

    @cached_property
    def visits(self) -> dict[tuple[int, int], list[VisitFact]]:
        """(municipality, programme) → the visits that stood in the schedule on the day, the earliest first."""
        municipalities = {roadmap.municipality_id for roadmap in self.roadmaps.values()}
        return visit_facts(self._programme_ids, municipalities, self.as_of)

    @cached_property
    def risks(self) -> dict[tuple[int, int], list[Chosen]]:
        """(municipality, programme) → the schools whose choice of risks was complete on the day."""
        municipalities = {roadmap.municipality_id for roadmap in self.roadmaps.values()}
        return choices_of(municipalities, self._programme_ids, self.as_of)

    def risks_for(self, activity: Activity) -> list[Chosen]:
        """Those of a line's roadmap."""
        return self.risks.get(self._place(activity), [])

    @cached_property
    def reviews(self) -> dict[int, list[RoundFact]]:
        """Line → the documents of its rounds of review drawn by the day."""
        return reviews_of(self.activity_ids, self.as_of)

    @cached_property
    def answers(self) -> dict[int, list[AnswerFact]]:
        """Line → those asked in its collections, with what they had handed in by the day."""
        return answer_facts(self.activity_ids, self.as_of)

    @cached_property
    def chosen_factors(self) -> dict[Place, tuple[ChosenFactor, ...]]:
        """(programme, school) → the factors that the school had in work on the day."""
        return chosen_by(self._taking_part[2], self.as_of)

    @cached_property
    def owed_papers(self) -> OwedPapers:
        """The kinds that schools owe by programme, and the papers they had of them on the day."""
        schools = {pk for group in self.schools.values() for pk, _ in group}
        return owed_papers(self._programme_ids, schools, self.as_of)

    @cached_property
    def owed_marks(self) -> OwedMarks:
        """The kinds that go to ИС МЭДК by programme, and what stood there on the day."""
        return owed_marks(self._programme_ids, self._taking_part[2], self.as_of)

    @cached_property
    def forms(self) -> dict[int, list[FormFact]]:
        """Line → the forms of the register bound to it that were in force on the day."""
        return form_facts(self.activity_ids, self.as_of)

    def programme_of(self, activity: Activity) -> int:
        """The programme of a line."""
        return self._place(activity)[1]

    @property
    def stages(self) -> dict[int, list[StageDays]]:
        """Programme → its stages, the first first."""
        return self._stages_and_reports[0]

    @property
    def curator_reports(self) -> dict[int, list[ReportFact]]:
        """Programme → the curators' reports handed in by the day."""
        return self._stages_and_reports[1]

    @cached_property
    def _stages_and_reports(self) -> StagesAndReports:
        return stages_and_reports(self._programme_ids, self.as_of)

    @property
    def _programme_ids(self) -> set[int]:
        return {roadmap.programme_id for roadmap in self.roadmaps.values()}

    def schools_for(self, activity: Activity) -> list[tuple[int, str]]:
        """The schools that a line expects something of."""
        return self.schools.get(self._place(activity), [])

    def appointments_for(self, activity: Activity) -> list[Held]:
        """The appointments at the schools of a line's roadmap."""
        return self.appointments.get(self._place(activity), [])

    def expected(self, line: Counted) -> list[Subject]:
        """Everybody whom the scope of an indicator names; nobody where one thing or a number of things is asked."""
        match line.indicator.scope:
            case Indicator.Scope.SCHOOLS:
                return self._school_subjects(self._place(line.activity))
            case Indicator.Scope.CURATORS:
                return self._curators(line.activity)
            case Indicator.Scope.MUNICIPALITIES:
                place = self.roadmaps[line.activity.roadmap_id].municipality
                return [Subject(ONE, place.name)]
        return []

    def _school_subjects(self, place: tuple[int, int]) -> list[Subject]:
        # Many lines expect the same schools: with a thousand of them making the subjects is most of the work.
        if place not in self._made_subjects:
            schools = self.schools.get(place, [])
            self._made_subjects[place] = [Subject(school_key(pk), name) for pk, name in schools]
        return self._made_subjects[place]

    def _curators(self, activity: Activity) -> list[Subject]:
        named = {
            held.person_id: held.person_name
            for held in self.appointments_for(activity)
            if held.duty == Duty.CURATOR and held.is_open
        }
        return [Subject(curator_key(pk), name) for pk, name in sorted(named.items(), key=lambda one: one[1])]

    def _place(self, activity: Activity) -> tuple[int, int]:
        roadmap = self.roadmaps[activity.roadmap_id]
        return roadmap.municipality_id, roadmap.programme_id


def school_key(pk: int) -> str:
    """The key of a school among those expected."""
    return f"school-{pk}"


def curator_key(pk: int) -> str:
    """The key of a curator among those expected."""
    return f"curator-{pk}"


def key_for(scope: str, *, school_id: int | None, curator_id: int | None, own: str) -> str | None:
    """Under whose key a piece of evidence counts; None when it speaks of nobody whom the scope expects."""
    match scope:
        case Indicator.Scope.SCHOOLS:
            return school_key(school_id) if school_id else None
        case Indicator.Scope.CURATORS:
            return curator_key(curator_id) if curator_id else None
        case Indicator.Scope.NUMBER:
            return own
    return ONE


def only_expected(expected: Iterable[Subject], found: Iterable[Subject], scope: str) -> tuple[Subject, ...]:
    """The found ones together with those expected; a school that is not expected is not counted.

    Those found keep the names of those expected, so that a school stands under its own name.
    """
    if scope in (Indicator.Scope.ONE, Indicator.Scope.NUMBER):
        return tuple(found)
    waited = tuple(expected)
    named = {subject.key: subject.name for subject in waited}
    kept = (replace(one, name=named[one.key]) for one in found if one.key in named)
    return (*waited, *kept)
