"""A look at the page of a publication elsewhere: does the address answer, does the page carry the document's title."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from opora.core import egress
from opora.core.refusal import Refused
from opora.core.sandbox import run_limited
from opora.documents.models import Publication, PublicationCheck

Outcome = PublicationCheck.Outcome
# Not the site's silence: the address itself is not one that is asked.
_NOT_ASKED: Final = frozenset({egress.INNER, egress.ADDRESS})


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen at an address; `words` say more than the outcome where there is more."""

    outcome: str
    words: str = ""


def look_at(publication: Publication, *, gate: egress.Gate = egress.PUBLIC) -> Look | None:
    """Ask the page of a publication; None when outgoing requests are off. Lasts up to 20 seconds."""
    answer = egress.ask(publication.address, gate=gate)
    if answer.why == egress.OFF:
        return None
    if answer.why in _NOT_ASKED:
        return Look(Outcome.REFUSED, answer.words)
    if not answer.is_answered:
        return Look(Outcome.SILENT, answer.words)
    if not answer.text:
        return Look(Outcome.OTHER, _of_no_text(answer))
    if _carries(answer.text, publication.document.title):
        return Look(Outcome.CARRIES)
    return Look(Outcome.OTHER, "Название документа на странице не нашлось.")


def _of_no_text(answer: egress.Answer) -> str:
    if answer.kind.startswith("text/") or not answer.kind:
        return "Страница пуста."
    return f"По адресу открывается файл ({answer.kind}), а не страница: название в нём не ищется."


def _carries(page: str, title: str) -> bool:
    """Whether the page carries the title; the page of a stranger is taken apart in a child process."""
    head = json.dumps({"title": title}).encode()
    try:
        said = run_limited("opora.documents.page_words", stdin=head + b"\n" + page.encode(errors="replace"))
    except Refused as refusal:
        if refusal.code == "R-BUSY":
            raise  # nothing is known of the page: the look is tried again later
        # A page that cannot be taken apart in five seconds is no page that a person reads the title on.
        return False
    return bool(json.loads(said)["carries"])
