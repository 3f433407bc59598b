"""What was kept for a person whose session had ended."""

from __future__ import annotations

from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken

from opora.accounts.models import User
from opora.desk.kept_words import LASTS, KeptWords, mark_of, read_words
from opora.desk.models import KeptForm


def words_kept(key: str, *, person: User, at: datetime) -> KeptWords | None:
    """What this person typed in this browser within the last half an hour; None for anybody else and later."""
    row = KeptForm.objects.filter(mark=mark_of(key), person=person, at__gt=at - LASTS).first()
    if row is None:
        return None
    try:
        return read_words(Fernet(key.encode()).decrypt(row.sealed.encode()).decode())
    except (InvalidToken, ValueError):
        return None
