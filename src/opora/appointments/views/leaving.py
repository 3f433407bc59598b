"""What a curator leaves behind in the middle of the year: visits still ahead, reports not handed in; and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from opora.accounts.models import User
from opora.appointments import actions
from opora.appointments.models import Appointment, Duty
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.visits.actions import cancel_many, hand_over
from opora.visits.models import CuratorReport, Visit

CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Leaving:
    """What stays after the last day: the visits ahead, the reports open, and who could take the visits over."""

    ahead: tuple[Visit, ...]
    unreported: int
    stage_reports: int
    successors: tuple[User, ...]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What may be done with the visits ahead, as a form asks it."""
        return [
            *((f"to-{one.pk}", f"передать: {one.full_name}") for one in self.successors),
            (CANCEL, "отменить, причина та же"),
        ]

    @property
    def open_words(self) -> list[str]:
        """Reports that the person has not handed in yet."""
        told = []
        if self.unreported:
            told.append(
                counted(self.unreported, "отчёт о посещении", "отчёта о посещениях", "отчётов о посещениях")
            )
        if self.stage_reports:
            told.append(
                counted(self.stage_reports, "отчёт куратора за этап", "отчёта куратора", "отчётов куратора")
            )
        return told


def left_behind(held: Appointment, until: date) -> Leaving:
    """What stays when the appointment ends on a day; nothing for other duties. Four queries at most."""
    if held.duty != Duty.CURATOR or held.school is None:
        return Leaving((), 0, 0, ())
    visits = Visit.objects.filter(
        curator=held.person, school=held.school, programme=held.programme, cancelled_on=None
    )
    ahead = visits.filter(held_on=None, planned_on__gt=until).select_related("school").order_by("planned_on")
    day = until + timedelta(days=1)
    others = User.objects.filter(
        Q(appointments__until__isnull=True) | Q(appointments__until__gte=day),
        appointments__duty=Duty.CURATOR,
        appointments__school=held.school,
        appointments__programme=held.programme,
        appointments__since__lte=day,
    )
    return Leaving(
        tuple(ahead),
        visits.filter(held_on__isnull=False, approved_on=None)
        .filter(Q(reported_on=None) | Q(returned_on__isnull=False))
        .count(),
        CuratorReport.objects.filter(curator=held.person, programme=held.programme, approved_on=None)
        .filter(Q(sent_on=None) | Q(returned_on__isnull=False))
        .count(),
        tuple(others.exclude(pk=held.person_id).distinct().order_by("folded_name")),
    )


@transaction.atomic
def release_with(
    held: Appointment, *, until: date, reason: str, ahead: str, by: User, at: datetime, on: date
) -> str:
    """Close the appointment and do with the visits ahead what was chosen, all or nothing; what was done, in words.

    Refused as the deeds of appointing and of visits refuse, and when visits stay and nothing was chosen for them.
    """
    left = left_behind(held, until)
    if left.ahead and ahead not in dict(left.choices):
        raise Refused("Скажите, что делать с намеченными посещениями: они остаются без куратора.")
    actions.release(appointment=held, until=until, reason=reason, by=by, at=at)
    if not left.ahead:
        return ""
    words = counted(len(left.ahead), "посещение", "посещения", "посещений")
    if ahead == CANCEL:
        cancel_many(visits=left.ahead, reason=reason, on=on, by=by, at=at)
        return f" Отменено: {words}."
    successor = next(one for one in left.successors if f"to-{one.pk}" == ahead)
    assert held.school is not None, "only a curator of a school leaves visits"
    hand_over(
        school=held.school,
        from_curator=held.person,
        to_curator=successor,
        since=until + timedelta(days=1),
        by=by,
        at=at,
    )
    return f" Передано: {words}, теперь {successor.short_name}."
