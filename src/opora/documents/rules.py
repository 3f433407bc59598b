"""What the deeds of this room share: days that have come, a form that came twice, rows held for writing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.timezone import get_current_timezone

from opora.core.refusal import Refused
from opora.core.russian import clean, find_forbidden
from opora.documents.models import Document

Row = TypeVar("Row", bound=models.Model)


class SentTwice(Refused):
    """The same form came again: nothing is written, `row` is what the first one saved (R-TWICE)."""

    def __init__(self, row: models.Model) -> None:
        super().__init__(
            "Эта форма уже отправлена: показываем сохранённую запись.", code="R-TWICE", status=409
        )
        self.row = row


def held(document: Document) -> Document:
    """The document read again under a lock: two people pressing two buttons at once take turns."""
    return Document.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=document.pk)


def refuse_future(day: date, at: datetime) -> None:
    """Refused when a day has not come yet at the moment of the deed."""
    today = at.astimezone(get_current_timezone()).date()
    if day > today:
        raise Refused(f"{day:%d.%m.%Y} ещё не наступило. Укажите день не позже {today:%d.%m.%Y}.")


def refuse_second(model: type[models.Model], form_key: UUID | None) -> None:
    """SentTwice when a form with this key has been saved."""
    row = model._default_manager.filter(form_key=form_key).first() if form_key else None
    if row is not None:
        raise SentTwice(row)


def create_once(model: type[Row], form_key: UUID | None, create: Callable[[], Row]) -> Row:
    """What `create` makes; SentTwice when the same form was saved between our look and our write."""
    try:
        with transaction.atomic():
            return create()
    except IntegrityError:
        refuse_second(model, form_key)
        raise


def said(text: str, ask: str, limit: int = 20_000) -> str:
    """Words that a person typed, cleaned. Refused: with `ask` when there are none, T-CHARS, too long."""
    place = find_forbidden(text)
    if place is not None:
        raise Refused(
            f"В тексте есть недопустимые символы (позиция {place}). Наберите это место заново.",
            code="T-CHARS",
            status=400,
        )
    text = clean(text).strip()
    if not text:
        raise Refused(ask)
    if len(text) > limit:
        raise Refused(f"Слишком длинно: {len(text)} знаков, можно не более {limit}.", status=400)
    return text
