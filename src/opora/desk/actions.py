"""Keeping what was typed when a session ended: sealed, few, and not for long. No deed of a person: no line of history."""

from __future__ import annotations

from datetime import datetime

from cryptography.fernet import Fernet
from django.db import transaction

from opora.accounts.models import User
from opora.core.jobs import daily, task
from opora.desk.kept_words import LASTS, KeptWords, mark_of
from opora.desk.models import KeptForm

# A person's own and everybody's together: 200 KB each, so that the disk cannot be filled from outside.
MOST_OF_ONE = 5
MOST_OF_ALL = 500


@transaction.atomic
def keep_form(*, words: KeptWords, person: User, at: datetime) -> str:
    """Seal what was typed and return the key; empty where too much is kept already. Old rows of the person give way."""
    KeptForm.objects.filter(at__lte=at - LASTS).delete()
    own = KeptForm.objects.filter(person=person).order_by("-at", "-pk").values_list("pk", flat=True)
    KeptForm.objects.filter(pk__in=list(own[MOST_OF_ONE - 1 :])).delete()
    if KeptForm.objects.count() >= MOST_OF_ALL:
        return ""
    key = Fernet.generate_key()
    KeptForm.objects.create(
        mark=mark_of(key.decode()),
        person=person,
        sealed=Fernet(key).encrypt(words.written().encode()).decode(),
        at=at,
    )
    return key.decode()


def drop_kept_form(*, mark: str, person: User) -> None:
    """Remove what a person has sent now."""
    KeptForm.objects.filter(mark=mark, person=person).delete()


@daily
@task(title="Уборка набранного до конца сеанса")
def forget_kept_forms(*, moment: str) -> None:
    """Remove what nobody came back for."""
    KeptForm.objects.filter(at__lte=datetime.fromisoformat(moment) - LASTS).delete()
