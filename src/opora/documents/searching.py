"""Search over documents: the stems of what is asked, the rows of either database that have them, an excerpt to show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from django.db import connections
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL

from opora.core.russian import stems
from opora.documents.models import Document, DocumentText

MOST_WORDS: Final = 10
# Nobody looks through more; past it the page says that there are more and asks for one more word.
MOST_FOUND: Final = 1000
# A longer word is kept and asked for by its beginning: a database has its own bound on the length of one.
LONGEST: Final = 60
# From so many letters on, the beginning of a word is enough: «отч» finds «отчёт».
_BEGINNING: Final = 3
_AROUND: Final = 90
_MOST_PIECES: Final = 2
# The search for places stops here: an excerpt shows few of them.
_MOST_SPANS: Final = 20

_FOUND: Final = {
    "sqlite": "SELECT rowid FROM documents_search WHERE documents_search MATCH %s",
    "postgresql": (
        "SELECT document_id FROM documents_documenttext"
        " WHERE array_to_tsvector(string_to_array(stems, ' ')) @@ CAST(%s AS tsquery)"
    ),
}


class Piece(NamedTuple):
    """A piece of a text as it is shown: words that were asked for, or those around them."""

    text: str
    is_found: bool


def tokens(text: str) -> list[str]:
    """The different stems of a text in order; both databases part them at spaces alone."""
    return list(dict.fromkeys(word[:LONGEST] for word in stems(text.replace("_", " ")).split()))


def documents_matching(documents: QuerySet[Document], words: str) -> QuerySet[Document]:
    """The documents whose title, number or text has all the words in any form; all of them when none are asked."""
    asked = tokens(words)[:MOST_WORDS]
    if not asked:
        return documents.none() if words.strip() else documents
    return documents.filter(pk__in=_found(documents, asked))


def first_found(documents: QuerySet[Document], words: str) -> list[int]:
    """The numbers of the documents found, the latest first; at most MOST_FOUND and one, which says there are more."""
    asked = tokens(words)[:MOST_WORDS]
    if asked and connections[documents.db].vendor == "sqlite":
        # SQLite would read all that is found and sort it. A number that is no column any more makes it walk the
        # index of days, look into the two lists and stop as soon as there is enough.
        rows: QuerySet[Any] = Document.objects.alias(place=F("pk") + 0)
        rows = rows.filter(place__in=_found(documents, asked))
        rows = rows.filter(place__in=documents.order_by().values("pk"))
    else:
        rows = documents_matching(documents, words)
    return list(rows.values_list("pk", flat=True)[: MOST_FOUND + 1])


def _found(documents: QuerySet[Document], asked: Sequence[str]) -> RawSQL:
    vendor = connections[documents.db].vendor
    return RawSQL(_FOUND[vendor], (_query_of(asked, vendor),))  # noqa: S611 -- one of two literals, the words are a parameter


def excerpts_of(document_ids: Sequence[int], words: str) -> dict[int, list[Piece]]:
    """Where the words stand inside many documents, by document; one query, none when no words are asked."""
    if not tokens(words):
        return {}
    texts = DocumentText.objects.filter(document__in=document_ids).values_list("document_id", "words")
    return {pk: excerpt(text, words) for pk, text in texts}


def marked(text: str, words: str) -> list[Piece]:
    """The whole text in pieces, with the words that were asked for told apart."""
    return _pieces(text, [one.span() for one in _pattern(words).finditer(text)] if text else [])


def excerpt(text: str, words: str) -> list[Piece]:
    """The places of a long text where the words stand, at most two of them; empty when they stand nowhere."""
    spans = [one.span() for one in islice(_pattern(words).finditer(text), _MOST_SPANS)]
    pieces: list[Piece] = []
    is_end = False
    for left, right in _windows(text, spans):
        pieces.append(Piece(" … " if pieces else "… " if left else "", is_found=False))
        inside = [(start - left, stop - left) for start, stop in spans if left <= start and stop <= right]
        pieces += _pieces(text[left:right], inside)
        is_end = right >= len(text)
    if pieces and not is_end:
        pieces.append(Piece(" …", is_found=False))
    return [piece for piece in pieces if piece.text]


def _windows(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches around the first found words, those that meet made one."""
    windows: list[tuple[int, int]] = []
    for start, stop in spans:
        if windows and stop <= windows[-1][1]:
            continue
        left, right = _word_edge(text, start - _AROUND, -1), _word_edge(text, stop + _AROUND, 1)
        if windows and left <= windows[-1][1]:
            windows[-1] = (windows[-1][0], right)
        elif len(windows) == _MOST_PIECES:
            break
        else:
            windows.append((left, right))
        if windows[-1][1] - windows[0][0] > 6 * _AROUND:
            break
    return windows


def _query_of(asked: Sequence[str], vendor: str) -> str:
    """All the stems for the engine's own search. They are letters and digits alone: nothing to escape."""
    if vendor == "sqlite":
        return " AND ".join(f'"{stem}"{"*" if len(stem) >= _BEGINNING else ""}' for stem in asked)
    return " & ".join(f"'{stem}'{':*' if len(stem) >= _BEGINNING else ''}" for stem in asked)


def _pattern(words: str) -> re.Pattern[str]:
    asked = tokens(words)[:MOST_WORDS]
    if not asked:
        return re.compile(r"(?!)")
    letters = "|".join(
        re.escape(stem).replace("е", "[её]") + (r"\w*" if len(stem) >= _BEGINNING else r"(?!\w)")
        for stem in asked
    )
    return re.compile(rf"(?<![^\W_])(?:{letters})", re.IGNORECASE)


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces, end = [], 0
    for start, stop in spans:
        pieces += [Piece(text[end:start], is_found=False), Piece(text[start:stop], is_found=True)]
        end = stop
    pieces.append(Piece(text[end:], is_found=False))
    return [piece for piece in pieces if piece.text]


def _word_edge(text: str, place: int, step: int) -> int:
    """The nearest space from a place on, so that no word is cut; never farther than twenty letters."""
    if not 0 < place < len(text):
        return min(max(place, 0), len(text))
    for at in range(place, place + 20 * step, step):
        if not 0 < at < len(text):
            return min(max(at, 0), len(text))
        if text[at].isspace():
            return at + (step < 0)
    return place
