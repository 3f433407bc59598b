"""The forms of a centre: entered with their workbook, given new versions, put out of use and back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.core.russian import fold
from opora.core.uploads import store
from opora.documents.rules import SentTwice, refuse_future, said
from opora.questionnaires.content import Form
from opora.questionnaires.models import Questionnaire, QuestionnaireVersion
from opora.schools.models import Municipality

MOST_TITLE = 300


@transaction.atomic
def add_form(
    *,
    municipality: Municipality,
    form: Form,
    content: bytes,
    file_name: str,
    title: str = "",
    by: User,
    at: datetime,
    on: date,
) -> QuestionnaireVersion:
    """Enter a form with its first version and the workbook it came as.

    Refused without a title; SentTwice when a form of this name says exactly the same already.
    """
    title = said(title or form.title, "Назовите форму.", MOST_TITLE)
    folded = fold(title)
    for same in Questionnaire.objects.filter(municipality=municipality, folded_title=folded, retired_on=None):
        newest = same.versions.first()
        if newest is not None and newest.content == _told(form):
            raise SentTwice(newest)
        raise Refused(
            "Форма с таким названием уже есть. Откройте её и загрузите новую версию или назовите иначе."
        )
    row = Questionnaire.objects.create(
        municipality=municipality, title=title, folded_title=folded[:310], added_on=on, added_by=by
    )
    record(row, "questionnaire.added", by=by, at=at)
    return _version(row, 1, form, content, file_name, by, at)


@transaction.atomic
def add_form_version(
    *, questionnaire: Questionnaire, form: Form, content: bytes, file_name: str, by: User, at: datetime
) -> QuestionnaireVersion:
    """Give a form a new version; collections keep the one they were made with.

    Refused when the form is out of use; SentTwice when the newest version says exactly the same.
    """
    row = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if row.retired_on is not None:
        raise Refused("Форма не используется: сначала верните её.")
    newest = row.versions.first()
    if newest is not None and newest.content == _told(form):
        raise SentTwice(newest)
    number = newest.number + 1 if newest is not None else 1
    record(row, "questionnaire.version_added", by=by, at=at, number=number)
    return _version(row, number, form, content, file_name, by, at)


@transaction.atomic
def retire_form(*, questionnaire: Questionnaire, on: date, by: User, at: datetime) -> None:
    """Put a form out of use: new collections do not offer it. Refused when it is already."""
    refuse_future(on, at)
    row = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if row.retired_on is not None:
        raise Refused("Форма уже не используется.")
    row.retired_on = on
    row.save(update_fields=["retired_on"])
    record(row, "questionnaire.retired", by=by, at=at, on=on)


@transaction.atomic
def restore_form(*, questionnaire: Questionnaire, by: User, at: datetime) -> None:
    """Take a form into use again. Refused when it is in use, or another form bears its name."""
    row = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if row.retired_on is None:
        raise Refused("Форма и так используется.")
    others = Questionnaire.objects.filter(municipality=row.municipality, folded_title=row.folded_title)
    if others.filter(retired_on=None).exists():
        raise Refused("Форма с таким названием уже есть среди используемых.")
    row.retired_on = None
    row.save(update_fields=["retired_on"])
    record(row, "questionnaire.restored", by=by, at=at)


def _version(
    row: Questionnaire, number: int, form: Form, content: bytes, file_name: str, by: User, at: datetime
) -> QuestionnaireVersion:
    kind = "ods" if file_name.lower().endswith(".ods") else "xlsx"
    return QuestionnaireVersion.objects.create(
        questionnaire=row,
        number=number,
        file=store(content, kind=kind, at=at),
        file_name=file_name[:300],
        content=_told(form),
        added_at=at,
        added_by=by,
    )


def _told(form: Form) -> object:
    """The form as the base gives it back: lists in place of tuples."""
    return _plain(form.as_json())


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
