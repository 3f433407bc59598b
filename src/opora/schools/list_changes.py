"""What a list would change in a row that is known: was and becomes, with the words for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from opora.schools.models import Participation

LABELS: Final = {
    "name": "полное название",
    "short_name": "короткое название",
    "number": "номер",
    "site": "сайт",
    "address": "адрес",
    "phone": "телефон",
    "latitude": "широта",
    "longitude": "долгота",
    "kind": "категория",
    "since": "участвует с",
    "until": "участвует по",
    "leave_reason": "почему выбыла",
    "centre_name": "методический центр",
    "centre_short_name": "центр, коротко",
    "centre_address": "адрес и телефон центра",
    "place": "место составления документов",
    "head_post": "должность руководителя",
    "head_name": "руководитель",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One figure or word that would be written."""

    field: str
    was: Any
    becomes: Any

    @property
    def label(self) -> str:
        return LABELS[self.field]

    @property
    def was_words(self) -> str:
        return _words(self.field, self.was)

    @property
    def words(self) -> str:
        return _words(self.field, self.becomes)


def changes_of(row: Any, wanted: Mapping[str, Any], empty: Mapping[str, Any]) -> list[Change]:
    """What is wanted and is not so yet; a row that is not there holds what `empty` says."""
    made = []
    for name, value in wanted.items():
        was = getattr(row, name) if row is not None else empty[name]
        if was != value:
            made.append(Change(name, was, value))
    return made


def _words(name: str, value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    if name == "kind" and value:
        return str(Participation.Kind(value).label)
    return "" if value is None else str(value)
