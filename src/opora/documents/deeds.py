"""What can be done with a document now, what cannot be done yet and why, and how its history reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from opora.core.deeds import words_of
from opora.core.history import history_of
from opora.documents.models import Document

_EDIT = "Название, номер, дата, пункт, школа"
_APPROVE = "С этого дня документ засчитается своему пункту"
_PUBLISH = "На портале или на другом сайте"
_KEY = {"document.approved", "document.published"}
LOOKS = {"draft": "none", "sent": "wait", "returned": "back", "approved": "done"}


@dataclass(frozen=True, slots=True)
class Deed:
    """A button of the card: `page` is `what` tells what comes of it, `why_not` what it waits for."""

    page: str
    words: str
    icon: str
    what: str
    why_not: str = ""
    is_main: bool = False


def deeds_with(document: Document, permissions: Iterable[str], *, is_kept: bool, is_up: bool) -> list[Deed]:
    """The deeds that a person has the right to, in the order of a document's way.

    `is_kept`: the document is among those the person may correct; `is_up`: it is published somewhere now.
    """
    held = set(permissions)
    is_approved = document.state == Document.State.APPROVED
    found: list[Deed] = []
    if "documents.add" in held and is_kept:
        found += _of_the_keeper(document, "documents.approve" in held)
    if "documents.approve" in held:
        found += _of_the_approver(document, is_up)
        found += _of_a_draft(document)
    if "documents.publish" in held:
        wait = "" if is_approved else "Разместить можно после утверждения"
        found.append(
            Deed("document_publish", "Разместить", "globe", _PUBLISH, wait, is_approved and not is_up)
        )
    return found


def _of_the_keeper(document: Document, may_approve: bool) -> list[Deed]:
    state = Document.State(document.state)
    if state == Document.State.APPROVED:
        closed = "Документ утверждён: поправить можно после отзыва утверждения"
        return [Deed("document_edit", "Поправить карточку", "edit", _EDIT, closed)]
    wait = (
        f"Отправлен {document.sent_on:%d.%m.%Y}, ждёт ответа центра" if state == Document.State.SENT else ""
    )
    send = "Отправить снова" if state == Document.State.RETURNED else "Отправить на согласование"
    is_main = not wait and (state == Document.State.RETURNED or not may_approve)
    return [
        Deed("document_send", send, "send", "Центр увидит документ и ответит", wait, is_main),
        Deed("version_add", "Заменить файл", "up", "Прежний файл останется среди версий"),
        Deed("document_edit", "Поправить карточку", "edit", _EDIT),
    ]


def _of_the_approver(document: Document, is_up: bool) -> list[Deed]:
    state = Document.State(document.state)
    if state == Document.State.APPROVED:
        wait = "Отозвать утверждение можно после снятия с размещения" if is_up else ""
        return [
            Deed("approval_recall", "Отозвать утверждение", "back", "Документ снова станет черновиком", wait)
        ]
    if state == Document.State.RETURNED:
        return [
            Deed(
                "document_approve",
                "Утвердить",
                "sign",
                _APPROVE,
                "Утвердить можно, когда документ отправят снова",
            )
        ]
    return [
        Deed("document_approve", "Утвердить", "sign", _APPROVE, is_main=True),
        Deed("document_return", "Вернуть с вопросом", "back", "Автор увидит вопрос и поправит документ"),
    ]


def _of_a_draft(document: Document) -> list[Deed]:
    """A draft of the centre may be shown to those whom it concerns before it is approved."""
    if document.state == Document.State.APPROVED or document.school_id is not None:
        return []
    if document.discussed_until is not None:
        what = "Продлить срок или закрыть приём предложений"
        return [Deed("document_discuss", "Изменить срок предложений", "chat", what)]
    what = "Школы и кураторы увидят проект и предложат правки"
    wait = ""
    if document.audience == Document.Audience.CENTRE:
        wait = "Документ виден только центру: сначала поправьте карточку"
    return [Deed("document_discuss", "Открыть для предложений", "chat", what, wait)]


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a document's history as it is read on the page."""

    at: datetime
    person: str
    words: str
    is_key: bool


def told_of(document: Document) -> list[Told]:
    """The history of a document, the latest first, in words. One query."""
    return [
        Told(entry.at, entry.person_name, words_of(entry.verb, entry.facts), entry.verb in _KEY)
        for entry in history_of(document)
    ]
