"""Conditions of visits, steps and risks that several duties wait for; the states are those of `visits.states`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value, When

from opora.dashboard.today_shape import AHEAD, Rows, come, not_come, shaped
from opora.schools.models import Participation
from opora.schools.risks import cells_beside
from opora.visits.models import Step, Visit
from opora.visits.queries import noted_by


def ahead(as_of: date) -> Q:
    """A visit whose day has not passed and that did not take place yet."""
    return not_come("held_on", as_of) & Q(planned_on__gte=as_of)


def overdue(as_of: date) -> Q:
    """A visit whose day has passed without a word."""
    return not_come("held_on", as_of) & Q(planned_on__lt=as_of)


def proposed(as_of: date) -> Q:
    """The school asks for another day."""
    return Q(proposed_day__isnull=False) & come("proposed_on", as_of)


def unreported(as_of: date) -> Q:
    """A visit that took place and whose report was neither handed in nor returned."""
    return (
        come("held_on", as_of)
        & not_come("reported_on", as_of)
        & not_come("returned_on", as_of)
        & not_come("approved_on", as_of)
    )


def handed_in(as_of: date) -> Q:
    """A report of a visit that waits for an answer."""
    return come("reported_on", as_of) & not_come("returned_on", as_of) & not_come("approved_on", as_of)


def returned(as_of: date) -> Q:
    """A report that came back with a question."""
    return come("returned_on", as_of) & not_come("approved_on", as_of)


def visits_as(rows: QuerySet[Visit], what: str, since: str = "planned_on", **more: Any) -> Rows:
    """Visits in the one shape: the school is the title."""
    told: dict[str, Any] = {"school": F("school_id"), "title": F("school__short_name"), **more}
    return shaped(rows, what, since=F(since), **told)


def visits_ahead(rows: QuerySet[Visit], as_of: date) -> Rows:
    """Visits whose day is ahead: `line` tells the state, `who` the hour."""
    state = Case(
        When(proposed(as_of), then=Value("proposed")),
        When(come("agreed_on", as_of), then=Value("agreed")),
        default=Value("planned"),
    )
    return visits_as(rows.filter(ahead(as_of)), "visit", line=state, who=F("starts_at"), place=AHEAD)


def steps_of(schools: Any, as_of: date) -> QuerySet[Step]:
    """The steps agreed by a day at visits to some schools and not done by it."""
    return Step.objects.filter(
        not_come("done_on", as_of), visit__held_on__lte=as_of, visit__school__in=schools
    )


def steps_as(rows: QuerySet[Step], what: str, *, since: str = "due_on", who: Any = None, **more: Any) -> Rows:
    """Steps in the one shape: `line` is the side, `key` the visit."""
    return shaped(
        rows, what, title=F("text"), since=F(since), who=who or F("responsible"), line=F("side"),
        key=F("visit_id"), school=F("visit__school_id"), school_name=F("visit__school__short_name"), **more,
    )  # fmt: skip


def taking_part(schools: Any, as_of: date) -> QuerySet[Participation]:
    """Some schools as they take part in a programme on a day."""
    return Participation.objects.filter(_not_left(as_of), since__lte=as_of, school__in=schools)


def _not_left(as_of: date) -> Q:
    return Q(until=None) | Q(until__gte=as_of)


def without_visit(parts: QuerySet[Participation], as_of: date) -> QuerySet[Participation]:
    """Those in whose schedule no visit stands for the stage of the day; `stage_now` is the stage."""
    now = Q(programme__stages__starts_on__lte=as_of, programme__stages__ends_on__gte=as_of)
    visits = Visit.objects.filter(noted_by(as_of), school=OuterRef("school"), stage=OuterRef("stage_now__pk"))
    return parts.annotate(stage_now=FilteredRelation("programme__stages", condition=now)).filter(
        ~Exists(visits), stage_now__isnull=False
    )


def unverified(parts: QuerySet[Participation], as_of: date) -> QuerySet[Participation]:
    """Those that took risks into work and whose choice no curator has verified."""
    decided = cells_beside(as_of, participation=OuterRef("pk"), is_chosen__isnull=False)
    return parts.filter(Exists(decided.filter(is_chosen=True)), Exists(decided.filter(verified_on=None)))


def unchosen(parts: QuerySet[Participation], as_of: date) -> QuerySet[Participation]:
    """Those that took no risk into work yet, or left a high one out without a reason."""
    known = cells_beside(as_of, participation=OuterRef("pk"))
    unexplained = known.filter(level="high", reason="").exclude(is_chosen=True)
    return parts.filter(
        ~Exists(known.filter(is_chosen=True)) | Exists(unexplained),
        programme__least_risks__gt=0,
    )


def choices_as(rows: QuerySet[Participation], what: str) -> Rows:
    """Schools whose choice of factors waits: `line` is what the programme calls the factors."""
    return parts_as(rows, what, line=F("programme__factor_words"))


def parts_as(rows: QuerySet[Participation], what: str, **more: Any) -> Rows:
    """Schools taking part in the one shape: the number is that of the school."""
    told: dict[str, Any] = {"pk": F("school_id"), "school": F("school_id"), **more}
    return shaped(rows, what, title=F("school__short_name"), school_name=F("school__short_name"), **told)
