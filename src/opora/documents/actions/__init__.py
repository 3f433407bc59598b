"""Everything that writes in this room: documents, their publication, and the word of a person for a line."""

from opora.documents.actions.papers import (
    Card,
    add_document,
    add_signature,
    add_version,
    approve,
    card_of,
    change_card,
    mark_of,
    recall_approval,
    return_with_question,
    send_for_approval,
)
from opora.documents.actions.publications import publish, take_down
from opora.documents.actions.rules import SentTwice
from opora.documents.actions.words import attest, confirm, withdraw

__all__ = [
    "Card",
    "SentTwice",
    "add_document",
    "add_signature",
    "add_version",
    "approve",
    "attest",
    "card_of",
    "change_card",
    "confirm",
    "mark_of",
    "publish",
    "recall_approval",
    "return_with_question",
    "send_for_approval",
    "take_down",
    "withdraw",
]
