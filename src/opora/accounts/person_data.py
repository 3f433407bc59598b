"""Everything that is kept of one person: rows that name them in any room, the history by and about them, open sessions.

Found by walking the foreign keys of all models, so that a new room cannot be forgotten (152-ФЗ, article 14).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q
from django.utils import timezone

from opora.accounts.models import User
from opora.core.deeds import words_of
from opora.core.models import HistoryEntry

# What a person is to a row, by the name of the field; a field with Russian words of its own needs no line.
ROLES: Final[dict[str, str]] = {
    "accepted_by": "кто принял",
    "added_by": "кто внёс",
    "adopted_by": "кто принял",
    "agreed_by": "кто подтвердил",
    "approved_by": "кто утвердил",
    "changed_by": "кто изменил",
    "checked_by": "кто проверил",
    "confirmed_by": "кто подтвердил",
    "counted_by": "кто посчитал",
    "curator": "куратор",
    "drawn_by": "кто провёл выборку",
    "expert": "эксперт",
    "frozen_by": "кто зафиксировал",
    "loaded_by": "кто загрузил",
    "made_by": "кто завёл",
    "marked_by": "кто отметил",
    "moved_by": "кто перенёс",
    "owner": "чьё",
    "person": "о ком",
    "proposed_by": "кто предложил",
    "published_by": "кто разместил",
    "said_by": "кто сказал",
    "saved_by": "кто сохранил",
    "settled_by": "кто разобрал",
    "submitted_by": "кто сдал",
    "taken_by": "кто взял",
    "user": "чьё",
    "verified_by": "кто проверил",
    "written_by": "кто написал",
}
# Rows of libraries have English names.
TITLES: Final[dict[str, str]] = {
    "account.emailaddress": "адрес почты для входа",
    "mfa.authenticator": "второй шаг входа",
}
_SECRET: Final = re.compile(r"password|secret|token|nonce|hash|sha256|_key$|^key$|^data$")
_RUSSIAN: Final = re.compile(r"[а-яё]", re.IGNORECASE)
_LONGEST: Final = 5_000


@dataclass(frozen=True, slots=True)
class Naming:
    """A field of some model that names a person; `is_own` when the row lives and dies with the person."""

    model: type[models.Model]
    field: str
    title: str
    role: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table that name the person in one role: each as (words, value) pairs."""

    title: str
    role: str
    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class PersonData:
    """Everything kept of one person at a moment, in Russian words."""

    name: str
    at: datetime
    person: tuple[tuple[str, str], ...]
    tables: tuple[Rows, ...]
    history: tuple[tuple[str, str, str], ...]
    sessions: tuple[str, ...]


def namings() -> list[Naming]:
    """Every field of every model of the product and its libraries that names a person."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            if field.related_model is not User:
                continue
            is_own = getattr(field.remote_field, "on_delete", None) is models.CASCADE
            found.append(Naming(model, field.name, _title(model), _role(field), is_own))
    return found


def rows_naming(person: User, naming: Naming) -> models.QuerySet[Any]:
    """The rows that name a person by one field."""
    return naming.model._default_manager.filter(**{naming.field: person}).order_by("pk")


def data_of(person: User, at: datetime) -> PersonData:
    """All that is kept of a person. Two queries a field that names people, so many rows as there are."""
    tables = []
    for naming in namings():
        rows = rows_naming(person, naming).select_related(*_parents(naming.model))
        told = tuple(_told(row, naming) for row in rows.iterator(chunk_size=500))
        if told:
            tables.append(Rows(naming.title, naming.role, told))
    return PersonData(
        name=person.full_name,
        at=at,
        person=_fields(person),
        tables=tuple(tables),
        history=tuple(history_lines(person)),
        sessions=tuple(_moment(one.expire_date) for one in sessions_of(person, at)),
    )


def history_lines(person: User) -> Iterator[tuple[str, str, str]]:
    """The history by and about a person: the moment, who did it («сам(а)» for the person), the words."""
    entries = HistoryEntry.objects.filter(
        Q(person_id=person.pk) | Q(subject_kind=User._meta.label_lower, subject_id=person.pk)
    )
    for entry in entries.order_by("number").iterator(chunk_size=2000):
        who = "сам(а)" if entry.person_id == person.pk else "другой сотрудник или программа"
        yield _moment(entry.at), who, f"{words_of(entry.verb, entry.facts)}: {entry.subject_name}"


def sessions_of(person: User, at: datetime) -> list[Session]:
    """The open sessions of a person. A session does not name its person but in its packed content."""
    rows = Session.objects.filter(expire_date__gt=at).iterator(chunk_size=500)
    return [one for one in rows if one.get_decoded().get("_auth_user_id") == str(person.pk)]


def as_json(told: PersonData) -> str:
    """The same as JSON, with Russian names."""
    whole = {
        "о ком": told.name,
        "собрано": _moment(told.at),
        "человек": dict(told.person),
        "строки": [
            {"таблица": one.title, "роль": one.role, "записи": [dict(row) for row in one.rows]}
            for one in told.tables
        ],
        "журнал": [{"когда": when, "кто": who, "что": what} for when, who, what in told.history],
        "открытые сеансы до": list(told.sessions),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _told(row: models.Model, naming: Naming) -> tuple[tuple[str, str], ...]:
    return (("запись", str(row)), *_fields(row))


def _fields(row: models.Model) -> tuple[tuple[str, str], ...]:
    """The filled fields of a row in words; secrets are left out, and so are other people."""
    told = []
    for field in row._meta.concrete_fields:
        if _SECRET.search(field.name) or field.related_model is User:
            continue
        value = getattr(row, field.name if field.is_relation else field.attname)
        if value not in (None, ""):
            shown = getattr(row, f"get_{field.name}_display", None)
            told.append((_label(field), _value(shown() if shown else value)))
    return tuple(told)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False, default=str)
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _moment(value: datetime) -> str:
    return f"{timezone.make_naive(value):%d.%m.%Y %H:%M}"


def _title(model: type[models.Model]) -> str:
    return TITLES.get(model._meta.label_lower, str(model._meta.verbose_name))


def _role(field: Any) -> str:
    own = str(field.verbose_name)
    return own if _RUSSIAN.search(own) else ROLES.get(field.name, field.name)


def _label(field: Any) -> str:
    own = str(field.verbose_name)
    return own if _RUSSIAN.search(own) else _LABELS.get(field.name, field.name.replace("_", " "))


def _parents(model: type[models.Model]) -> list[str]:
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is not User
    ]


_LABELS: Final[dict[str, str]] = {
    "id": "номер",
    "last_login": "последний вход",
    "email": "электронная почта",
    "made_at": "когда заведено",
    "made_on": "когда заведено",
    "added_at": "когда внесено",
    "added_on": "когда внесено",
    "expires_at": "действует до",
    "used_at": "когда использовано",
    "submitted_at": "когда сдано",
    "submitted_on": "когда сдано",
    "changed_at": "когда изменено",
    "saved_at": "когда сохранено",
    "created_at": "когда заведено",
    "last_used_at": "когда использовано",
    "type": "вид",
    "verified": "проверен",
    "primary": "основной",
    "number": "номер",
    "title": "название",
    "name": "название",
    "content": "содержание",
    "state": "состояние",
    "file_name": "имя файла",
    "school": "школа",
    "programme": "программа",
    "municipality": "муниципалитет",
    "region": "регион",
}
