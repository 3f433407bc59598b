"""The card of a document: what is written about it outside of its file, and the rules of that."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import date, datetime
from typing import Any

from opora.accounts.models import User
from opora.core.refusal import Refused
from opora.core.russian import fold
from opora.documents.models import Document
from opora.documents.rules import refuse_future, said
from opora.plans.models import Activity
from opora.programmes.models import DocumentKind, RiskFactor
from opora.schools.models import Municipality, School


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What is written about a document outside of its file."""

    title: str
    dated_on: date
    number: str = ""
    kind: DocumentKind | None = None
    activity: Activity | None = None
    school: School | None = None
    curator: User | None = None
    factor: RiskFactor | None = None
    audience: str = Document.Audience.PLACE
    storage_term: str = ""


def card_of(document: Document) -> Card:
    """The card of a document as it is saved."""
    return Card(**{field.name: getattr(document, field.name) for field in dataclasses.fields(Card)})


def mark_of(card: Card) -> str:
    """A short mark of the card's content: by it a form notices that another person has changed the card."""
    said = repr(
        [getattr(getattr(card, f.name), "pk", getattr(card, f.name)) for f in dataclasses.fields(Card)]
    )
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def checked(card: Card, municipality: Municipality, at: datetime) -> Card:
    """The card with its words cleaned. Refused when something in it does not fit."""
    title = " ".join(said(card.title, "Напишите название документа.", limit=300).split())
    number = " ".join(said(card.number, "", limit=50).split()) if card.number.strip() else ""
    term = " ".join(said(card.storage_term, "", limit=100).split()) if card.storage_term.strip() else ""
    refuse_future(card.dated_on, at)
    if card.audience not in Document.Audience.values:
        raise Refused("Выберите, кому виден документ.")
    if card.activity is not None and card.activity.roadmap.municipality_id != municipality.pk:
        raise Refused("Этот пункт из дорожной карты другого муниципалитета.")
    if card.school is not None and card.school.municipality_id != municipality.pk:
        raise Refused("Эта школа из другого муниципалитета.")
    return dataclasses.replace(card, title=title, number=number, storage_term=term)


def fields_of(card: Card) -> dict[str, Any]:
    """The card as values of the row, with the title folded for search."""
    fields = {field.name: getattr(card, field.name) for field in dataclasses.fields(Card)}
    return {**fields, "folded_title": fold(f"{card.title} {card.number}")[:310]}
