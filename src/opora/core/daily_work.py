"""What the ground does every day: the head of the history is kept outside the base, old presses are forgotten."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import get_current_timezone

from opora.core.heads import keep_head
from opora.core.history import last_head
from opora.core.jobs import daily, task
from opora.core.presses import forget_before


@daily
@task(title="Запись о конце журнала вне базы")
def keep_head_of_the_day(*, moment: str) -> None:
    """Keep outside the base which deed stands last today, so that a tail cut off or a chain made anew is seen."""
    head = last_head(on=datetime.fromisoformat(moment).astimezone(get_current_timezone()).date())
    if head is not None:
        keep_head(head)


@daily
@task(title="Уборка отметок об отправленных формах")
def forget_presses(*, moment: str) -> None:
    """Remove presses that nobody can repeat any more."""
    forget_before(datetime.fromisoformat(moment))
