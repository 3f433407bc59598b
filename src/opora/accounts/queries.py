"""Everything that reads people: search by folded name, people alike, links that still work."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from opora.accounts.models import Invitation, User
from opora.core.russian import clean, fold


def hash_of_secret(secret: str) -> str:
    """The SHA-256 under which the secret of a link is kept."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def invitation_of(secret: str, at: datetime) -> Invitation | None:
    """The invitation of a link if it still works at a moment; None for used, old and unknown alike."""
    found = Invitation.objects.select_related("person").filter(
        secret_hash=hash_of_secret(secret), used_at__isnull=True, expires_at__gt=at, person__is_active=True
    )
    return found.first()


def person_to_remind(email: str) -> User | None:
    """Whoever may set a new password by a letter to this address."""
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


def has_second_step(person: User) -> bool:
    """Whether a code is asked after the password. One query."""
    return bool(Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).exists())


def found_among(people: QuerySet[User], words: str) -> QuerySet[User]:
    """Those of the people whose name or mail has all the words, whatever the letter case and ё."""
    for word in fold(clean(words)).split()[:10]:
        people = people.filter(Q(folded_name__contains=word) | Q(email__contains=word))
    return people


class Likeness:
    """People looked through for those who may be one person written otherwise; built once for a whole list."""

    def __init__(self, people: Iterable[User]) -> None:
        self._by_surname: dict[str, list[User]] = defaultdict(list)
        self._by_names: dict[tuple[str, str], list[User]] = defaultdict(list)
        for person in people:
            self._by_surname[fold(person.last_name)].append(person)
            self._by_names[fold(person.first_name), fold(person.middle_name)].append(person)

    def exact(self, last_name: str, first_name: str, middle_name: str) -> list[User]:
        """Those written just so, ё and letter case aside."""
        names = fold(first_name), fold(middle_name)
        return [one for one in self._by_names[names] if fold(one.last_name) == fold(last_name)]

    def alike(self, last_name: str, first_name: str, middle_name: str) -> list[User]:
        """Those who may be the same person, five at most.

        The surname is the same and the names do not contradict (an initial, a slip, nothing), or the names are
        the same and the surnames differ by one letter.
        """
        last, first, middle = fold(last_name), fold(first_name), fold(middle_name)
        if not last or not first:
            return []
        near = {one.pk: one for one in (*self._by_surname[last], *self._by_names[first, middle])}
        return [one for one in near.values() if _is_same(one, last, first, middle)][:5]


def _is_same(person: User, last: str, first: str, middle: str) -> bool:
    other_last, other_first, other_middle = (
        fold(person.last_name),
        fold(person.first_name),
        fold(person.middle_name),
    )
    if other_last == last:
        return _agree(other_first, first) and _agree(other_middle, middle)
    return (other_first, other_middle) == (first, middle) and is_one_letter_off(other_last, last)


def _agree(one: str, other: str) -> bool:
    """Two spellings of a name do not contradict: the same, an initial, nothing, or one letter off."""
    if not one or not other or one == other:
        return True
    if min(len(one.rstrip(".")), len(other.rstrip("."))) == 1:
        return one[0] == other[0]
    return is_one_letter_off(one, other)


def is_one_letter_off(one: str, other: str) -> bool:
    """Whether two words differ by one letter put in, left out, changed or swapped with its neighbour."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    place = next(
        (i for i, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short)
    )
    if len(short) != len(long):
        return short[place:] == long[place + 1 :]
    swapped = short[place : place + 2][::-1] == long[place : place + 2]
    return short[place + 1 :] == long[place + 1 :] or (swapped and short[place + 2 :] == long[place + 2 :])
