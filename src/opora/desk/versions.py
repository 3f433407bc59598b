"""The version of a row that a form shows: who saves over another's words sees both versions first (R-CONFLICT)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import models, transaction

from opora.core.history import history_of
from opora.core.models import HistoryEntry
from opora.core.refusal import Refused

# The name of the hidden field that bears the version.
SEEN = "_seen"
CONFLICT = "Пока вы правили, запись изменил другой человек. Ниже обе версии."
GONE = "Этой записи больше нет: её удалили, пока вы правили. Скопируйте набранное, если оно ещё нужно."
_NOTHING = "не указано"


@dataclass(frozen=True, slots=True)
class Both:
    """One field in both versions, in words: as it is typed here and as it is saved."""

    label: str
    yours: str
    stands: str


class Changed(Refused):
    """Somebody saved the row after the form was opened (R-CONFLICT): `both` are the fields that differ.

    `last` is the latest deed on the row.
    """

    def __init__(self, both: list[Both], last: HistoryEntry | None) -> None:
        super().__init__(CONFLICT, code="R-CONFLICT", status=409)
        self.both = both
        self.last = last


@contextmanager
def as_seen(
    form: forms.BaseForm, row: models.Model, initial_of: Callable[[Any], Mapping[str, Any]]
) -> Iterator[None]:
    """Hold the row, in one transaction, while it is changed as a form asks.

    `initial_of` gives what the form shows of a row. Changed (409) when that is not any more what the form was opened
    with: the form then shows both versions, and its next press saves knowingly. Refused when the row is gone.
    """
    with transaction.atomic():
        rows = type(row)._default_manager.select_for_update(of=("self",))
        stands = rows.filter(pk=row.pk).first()
        if stands is None:
            raise Refused(GONE, code="R-CONFLICT", status=409)
        form.initial = {**(form.initial or {}), **initial_of(stands)}
        seen = form.data.get(SEEN, "")
        if seen and seen != version_of(form):
            changed = Changed(both_of(form), next(iter(history_of(stands, limit=1)), None))
            vars(form)["changed"] = changed
            raise changed
        yield


def version_of(form: forms.BaseForm) -> str:
    """A mark of what the form begins with."""
    begun = {name: _plain(form, name) for name in form.initial or {}}
    said = json.dumps(begun, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def version_shown(form: forms.BaseForm) -> str:
    """The version that a page gives with the form: of the row at first, as it came while words are mended."""
    if form.is_bound and changed_in(form) is None:
        return str(form.data.get(SEEN, ""))
    return version_of(form)


def changed_in(form: forms.BaseForm) -> Changed | None:
    """What another person has changed meanwhile, found when the form was saved."""
    found = vars(form).get("changed")
    return found if isinstance(found, Changed) else None


def status_of(form: forms.BaseForm) -> int:
    """The HTTP status of a page that shows the form: 409 for two versions, 422 for words to be mended."""
    if changed_in(form) is not None:
        return 409
    return 422 if form.is_bound and form.errors else 200


def both_of(form: forms.BaseForm) -> list[Both]:
    """The fields whose typed value is another than the saved one."""
    found = []
    for name in form.initial or {}:
        if name not in form.fields or form.fields[name].widget.is_hidden:
            continue
        typed = _words(form, name, form.cleaned_data.get(name, form[name].value()))
        stands = _words(form, name, form.initial[name])
        if typed != stands:
            found.append(Both(str(form[name].label), typed, stands))
    return found


def _plain(form: forms.BaseForm, name: str) -> Any:
    field = form.fields.get(name)
    # A value without a field counts too: another person's row that this page has no place for.
    value = (form.initial or {})[name] if field is None else field.prepare_value(form.initial[name])
    return sorted(map(str, value)) if isinstance(value, list | tuple | set) else value


def _words(form: forms.BaseForm, name: str, value: Any) -> str:
    """A value of a field as a person reads it."""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if value is None or value == "":
        return _NOTHING
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, models.QuerySet | list | tuple | set):
        return ", ".join(_words(form, name, one) for one in value) or _NOTHING
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, str):
        value = value.replace("\r\n", "\n")
    choices = {str(key): str(words) for key, words in getattr(form.fields[name], "choices", ())}
    return choices.get(str(value), str(value))
