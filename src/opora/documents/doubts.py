"""What is asked before something becomes public: signs of personal data in it, and people named without their consent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet

from opora.accounts.models import User
from opora.appointments.models import Appointment, Duty
from opora.core.personal_signs import signs_in_text
from opora.documents.inside import text_inside
from opora.documents.models import Document, DocumentText
from opora.schools.models import Municipality, Region

_MOST_NAMED: Final = 10
_WORD: Final = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_GAP: Final = r"[\s\u00a0]+"
_LETTER: Final = r"[А-ЯЁ]\.[\s\u00a0]*"
# «Иванова А. П.», «А. П. Иванова», «Иванова Анна»: the surname and the first letter of the name.
_AFTER: Final = re.compile(rf"\b({_WORD})[\s\u00a0]+([А-ЯЁ])\.")
_BEFORE: Final = re.compile(rf"\b([А-ЯЁ])\.[\s\u00a0]*(?:{_LETTER})?({_WORD})")
_FULL: Final = re.compile(rf"\b({_WORD})(?={_GAP}({_WORD}))")
_ENDING: Final = re.compile(r"(?:ая|яя|ий|ый|ой|а|я|о|ь)$")
_LONGEST_ENDING: Final = 3


def doubts_of(document: Document, on: date) -> list[str]:
    """What a person should look at before the latest file of a document is made public; nothing when all is well."""
    text = f"{document.title}\n{_text_of(document)}"
    return doubts_in(text, people_of_place(document.municipality), on)


def doubts_in(text: str, people: QuerySet[User], on: date) -> list[str]:
    """The same of any text: signs of personal data, and people of the place who gave no consent (152-ФЗ, article 10.1)."""
    doubts = [sign.words for sign in signs_in_text(text)]
    named = people_named(text, people, on)
    if named:
        shown = ", ".join(one.short_name for one in named[:_MOST_NAMED])
        more = f" и ещё {len(named) - _MOST_NAMED}" if len(named) > _MOST_NAMED else ""
        doubts.append(f"названы люди без согласия на распространение имени: {shown}{more}")
    return doubts


def people_named(text: str, people: Iterable[User], on: date) -> list[User]:
    """Those of the people whom a text names in any case and who have no consent on a day, by their names."""
    pairs = {
        *((last, first) for last, first in _AFTER.findall(text)),
        *((last, first) for first, last in _BEFORE.findall(text)),
        *((one, other[0]) for one, other in _FULL.findall(text)),
    }
    by_start: dict[str, set[tuple[str, str]]] = {}
    for last, first in pairs:
        by_start.setdefault(_plain(last)[:3], set()).add((_plain(last), _plain(first)))
    return [
        person
        for person in people
        if not person.is_named_on(on) and person.first_name and _is_among(person, by_start)
    ]


def people_of_place(place: Municipality | Region) -> QuerySet[User]:
    """Everybody who holds or held a duty in a municipality or a region, by name.

    But for heads of centres: who leads an institution is published by law (273-ФЗ, article 29).
    """
    if isinstance(place, Region):
        here = Q(region=place) | Q(municipality__region=place) | Q(school__municipality__region=place)
    else:
        here = Q(municipality=place) | Q(school__municipality=place)
    held = Appointment.objects.filter(here)
    heads = held.filter(duty=Duty.HEAD).values("person")
    people = User.objects.filter(pk__in=held.values("person"), erased_on=None).exclude(pk__in=heads)
    return people.order_by("folded_name", "pk")


def text_in(value: Any) -> str:
    """All words of a value as JSON keeps it, a line each."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        value = list(value.values())
    return "\n".join(text_in(one) for one in value) if isinstance(value, list | tuple) else ""


def _is_among(person: User, by_start: dict[str, set[tuple[str, str]]]) -> bool:
    last, first = _plain(person.last_name), _plain(person.first_name)[:1]
    stem = _ENDING.sub("", last)
    return any(
        letter == first and word.startswith(stem) and len(word) - len(stem) <= _LONGEST_ENDING
        for word, letter in by_start.get(last[:3], ())
    )


def _plain(word: str) -> str:
    return word.lower().replace("ё", "е")


def _text_of(document: Document) -> str:
    """The words of the latest file: those kept for search when they are of this file, else read anew in a child."""
    version = document.versions.select_related("file").first()
    kept = DocumentText.objects.filter(document=document).first()
    if kept is not None and version is not None and kept.version_id == version.pk:
        return kept.words
    return text_inside(version)
