"""What has become of invitations: sent, on the way, not delivered, shown as a link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from opora.accounts.letters import send_invitation
from opora.accounts.models import Invitation, User
from opora.core.jobs import ATTEMPTS, mark_of
from opora.core.models import Job


@dataclass(frozen=True, slots=True)
class Invited:
    """The latest invitation of a person: when, by letter or by link, and how the letter fares."""

    at: datetime
    expires_at: datetime | None
    is_letter: bool
    is_sent: bool = False
    error: str = ""
    next_at: datetime | None = None
    tries: int = 0

    @property
    def is_undelivered(self) -> bool:
        return bool(self.error)

    @property
    def is_last_try_over(self) -> bool:
        return self.is_undelivered and self.next_at is None

    @property
    def most_tries(self) -> int:
        return ATTEMPTS


def invited(person: User) -> Invited | None:
    """The latest invitation of a person; None when there has been none. Two queries."""
    made = Invitation.objects.filter(person=person).order_by("-made_at", "-pk").first()
    letter = Job.objects.filter(task=send_invitation.name, about=mark_of(person)).order_by("-pk").first()
    if letter is None or (made is not None and made.made_at > letter.made_at):
        return Invited(made.made_at, made.expires_at, is_letter=False) if made is not None else None
    is_of_letter = made is not None and made.made_at == letter.made_at
    return Invited(
        letter.made_at,
        made.expires_at if made is not None and is_of_letter else None,
        is_letter=True,
        is_sent=letter.state == Job.State.DONE,
        error="" if letter.state == Job.State.DONE else letter.error,
        next_at=letter.run_after if letter.state == Job.State.WAITING else None,
        tries=letter.attempts,
    )


def undelivered_among(people: Iterable[User]) -> set[int]:
    """The numbers of those whose latest letter of invitation has not been delivered. One query."""
    by_mark = {mark_of(person): person.pk for person in people}
    letters = Job.objects.filter(task=send_invitation.name, about__in=list(by_mark)).order_by("pk")
    latest = {job.about: job for job in letters}
    return {by_mark[about] for about, job in latest.items() if job.error and job.state != Job.State.DONE}
