"""Presses of buttons: the same form that comes again is answered as the first time and does nothing anew.

A form bears a key; the person, the address, the key and all that is in the form make the mark of its press. The deed
claims the mark in its own transaction, so that nothing that happens between the deed and the answer can double it.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from opora.core.models import Press
from opora.core.refusal import Refused

# The name of the hidden field that bears the key.
KEY = "_key"
TWICE = "Эта форма уже отправлена: показываем сохранённую запись."
# A page that stood open longer is opened anew by anybody; three days outlast a weekend.
KEPT = timedelta(days=3)


class PressedTwice(Refused):
    """The same form came again while the first was being answered: nothing is written (R-TWICE)."""

    def __init__(self) -> None:
        super().__init__(TWICE, code="R-TWICE", status=409)


@dataclass(eq=False)
class Pressing:
    """One press that is being answered: its mark and its own number.

    `was_claimed`: a deed took the mark, and may have been rolled back; `is_claimed`: it was not; `is_second`: another
    press had the mark.
    """

    mark: str
    at: datetime
    number: UUID = field(default_factory=uuid4)
    was_claimed: bool = False
    is_claimed: bool = False
    is_second: bool = False

    def keep_claim(self) -> None:
        """The transaction of the claim is over and well: the mark is this press's for good."""
        self.is_claimed = True


answered: ContextVar[Pressing | None] = ContextVar("answered", default=None)


def claim() -> None:
    """Take the mark of the press that is being answered, in the transaction of its deed.

    PressedTwice when another press has it. A deed that is rolled back gives the mark back by itself. Without a press
    (commands, the worker, forms without a key) nothing happens.
    """
    pressing = answered.get()
    if pressing is None or pressing.is_claimed or _stands(pressing):
        return
    # On PostgreSQL the second of two presses waits here until the first is over.
    Press.objects.bulk_create(
        [Press(mark=pressing.mark, number=pressing.number, at=pressing.at)], ignore_conflicts=True
    )
    if not Press.objects.filter(mark=pressing.mark, number=pressing.number).exists():
        pressing.is_second = True
        raise PressedTwice
    pressing.was_claimed = True
    transaction.on_commit(pressing.keep_claim)


def _stands(pressing: Pressing) -> bool:
    """Whether the claim was made in this transaction: a rollback, of a part too, forgets what waited for the commit."""
    waiting = transaction.get_connection().run_on_commit
    return any(function == pressing.keep_claim for _, function, *_ in waiting)


def press_of(mark: str) -> Press | None:
    """The press that claimed the mark, with its answer where one was given."""
    return Press.objects.filter(mark=mark).first()


def keep_answer(pressing: Pressing, answer: str) -> None:
    """Note the address that the press was answered with, where a deed claimed it."""
    Press.objects.filter(number=pressing.number).update(answer=answer)


def release(pressing: Pressing) -> None:
    """Give the mark back: the page said that something is to be mended, and may be sent again."""
    Press.objects.filter(number=pressing.number).delete()


def forget_before(at: datetime) -> None:
    """Remove presses that nobody can repeat any more."""
    Press.objects.filter(at__lt=at - KEPT).delete()
