"""What was kept for a person whose session had ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken

from opora.accounts.models import User
from opora.desk.kept_words import LASTS, KeptWords, mark_of, read_words
from opora.desk.models import KeptForm


def words_kept(keys: str, *, person: User, at: datetime) -> list[KeptWords]:
    """What this person typed in this browser within the last half an hour, newest first; nothing for anybody else."""
    found = (_words_under(key, person, at) for key in keys.split("."))
    return [words for words in found if words is not None]


def _words_under(key: str, person: User, at: datetime) -> KeptWords | None:
    row = KeptForm.objects.filter(mark=mark_of(key), person=person, at__gt=at - LASTS).first()
    if row is None:
        return None
    try:
        words = read_words(Fernet(key.encode()).decrypt(row.sealed.encode()).decode())
    except (InvalidToken, ValueError):
        return None
    return replace(words, mark=row.mark)
