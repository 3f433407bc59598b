"""Everything that writes in this room: documents, their publication, and the word of a person for a line."""

from opora.documents.actions.papers import (
    add_document,
    add_signature,
    add_version,
    approve,
    change_card,
    recall_approval,
    return_with_question,
    send_for_approval,
)
from opora.documents.actions.publications import publish, take_down
from opora.documents.actions.texts import index_document, read_document
from opora.documents.actions.words import attest, confirm, withdraw
from opora.documents.rules import SentTwice

__all__ = [
    "SentTwice",
    "add_document",
    "add_signature",
    "add_version",
    "approve",
    "attest",
    "change_card",
    "confirm",
    "index_document",
    "publish",
    "read_document",
    "recall_approval",
    "return_with_question",
    "send_for_approval",
    "take_down",
    "withdraw",
]
