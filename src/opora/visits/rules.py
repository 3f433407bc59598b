"""What a visit must fit: a stage by its days, a school that takes part, a curator appointed there, a day that has come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from opora.accounts.models import User
from opora.appointments.models import Appointment, Duty
from opora.appointments.queries import in_force
from opora.appointments.rules import works_at
from opora.core.refusal import Refused
from opora.core.russian import day_words
from opora.documents.rules import said
from opora.programmes.models import Programme, Stage
from opora.schools.models import Participation, School
from opora.visits.models import Visit

MOST_REASON = 300


def stage_of_day(stages: Iterable[Stage], day: date) -> Stage | None:
    """The stage in whose days a day lies."""
    return next((stage for stage in stages if stage.starts_on <= day <= stage.ends_on), None)


def stage_on(programme: Programme, day: date) -> Stage:
    """The same of a programme. One query. Refused, naming the stages with their terms, when the day is outside."""
    stages = list(programme.stages.order_by("number"))
    stage = stage_of_day(stages, day)
    if stage is not None:
        return stage
    if not stages:
        raise Refused(f"У программы «{programme.short_name}» нет этапов: посещения намечать некуда.")
    terms = "; ".join(term_words(one) for one in stages)
    raise Refused(f"{day_words(day)} — вне этапов программы. Этапы: {terms}.")


def term_words(stage: Stage) -> str:
    """«1 этап, с 1 февраля 2022 года по 31 мая 2022 года»."""
    return f"{stage.name}, с {day_words(stage.starts_on)} по {day_words(stage.ends_on)}"


def refuse_outside(stage: Stage, day: date) -> None:
    """Refused when a day lies outside of a stage."""
    if not stage.starts_on <= day <= stage.ends_on:
        raise Refused(f"{day_words(day)} — вне этапа: {term_words(stage)}.")


def refuse_stranger(curator: User, school: School, programme: Programme, day: date) -> None:
    """Refused when the person may not visit the school as its curator on a day. Two queries."""
    if works_at(curator, school):
        raise Refused(
            f"{curator.short_name} работает в этой школе. Школу посещает куратор из другой школы или центра."
        )
    duties = set(
        Appointment.objects.filter(
            in_force(day), person=curator, school=school, programme=programme
        ).values_list("duty", flat=True)
    )
    if Duty.SCHOOL_COORDINATOR in duties:
        raise Refused(f"{curator.short_name} — координатор этой же школы. Школу посещает человек со стороны.")
    if Duty.CURATOR not in duties:
        raise Refused(f"{curator.short_name} не назначен куратором: {school}, {day_words(day)}.")
    takes_part = Participation.objects.filter(school=school, programme=programme, since__lte=day)
    if not takes_part.exclude(until__lt=day).exists():
        raise Refused(f"{school} не участвует в программе {day_words(day)}.")


def refuse_over(visit: Visit, deed: str) -> None:
    """Refused when the visit took place or was cancelled: `deed` says what cannot be done to it any more."""
    if visit.cancelled_on is not None:
        raise Refused(f"Посещение отменено {day_words(visit.cancelled_on)}: {deed} нельзя.")
    if visit.held_on is not None:
        raise Refused(f"Посещение состоялось {day_words(visit.held_on)}: {deed} нельзя.")


def refuse_before(day: date, earlier: date, words: str) -> None:
    """Refused when a day stands before an earlier fact: `words` tell that fact."""
    if day < earlier:
        raise Refused(f"{words} {day_words(earlier)}: день раньше этого указать нельзя.")


def reason_of(text: str, ask: str) -> str:
    """A reason as a person typed it, cleaned. Refused when it is empty or longer than 300 letters."""
    return said(text, ask, limit=MOST_REASON)


def locked(visit: Visit) -> Visit:
    """The visit read again under a lock: two people pressing two buttons at once take turns."""
    return (
        Visit.objects.select_for_update(of=("self",))
        .select_related("programme", "stage", "school", "curator")
        .get(pk=visit.pk)
    )
