"""The guide: its chapters, and a page of it as HTML; wide tables become cards on a phone, as everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings as site
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

GUIDE: Final = Path(site.SOURCE) / "docs" / "guide"
# In the order of reading: by duty, by deed, for reference.
CHAPTERS: Final = (
    ("Кому что", ("start", "coordinator", "curator", "school", "head", "region", "expert")),
    (
        "Дела по шагам",
        (
            "order", "roadmap", "people", "appointments", "visits", "risks", "documents", "marks", "forms",
            "collections", "answering", "reviews", "equipment", "reports", "notes",
        ),
    ),
    ("Под рукой", ("xlsform", "messages", "zero", "care", "copies", "settings", "mail")),
)  # fmt: skip
READ_IN_ORDER: Final = tuple(name for _, names in CHAPTERS for name in names)

Chapter = tuple[str, list[tuple[str, str]]]


def titles() -> dict[str, str]:
    """The title of every page that is there, by its name."""
    return {path.stem: _title_of(path) for path in sorted(GUIDE.glob("*.md"))}


def chapters_of(pages: dict[str, str]) -> list[Chapter]:
    """Pages (name, title) by chapter in the order of reading; a page that no chapter names stands last."""
    told = [(title, [(name, pages[name]) for name in names if name in pages]) for title, names in CHAPTERS]
    told[-1][1].extend((name, title) for name, title in pages.items() if name not in READ_IN_ORDER)
    return told


def page_of(name: str) -> SafeString:
    """A page without its title, which stands in the head. Raw HTML in a text is shown as text: the result is safe."""
    text = (GUIDE / f"{name}.md").read_text(encoding="utf-8")
    reader = _reader()
    tokens = reader.parse(re.sub(r"\A\s*#[^\n]*\n", "", text))
    _mark_tables(tokens)
    html = reader.renderer.render(tokens, reader.options, {})
    html = html.replace('<table class="tbl">', '<div class="tbox"><table class="tbl">')
    html = html.replace("</table>", "</table></div>")
    return mark_safe(re.sub(r'href="(?:\./)?([\w-]+)\.md(#[^"]*)?"', r'href="/help/\1/\2"', html))


def _mark_tables(tokens: Sequence[Token]) -> None:
    """Give tables the house's look: the first cell of a row heads it, the others say their column on a phone."""
    heads: list[str] = []
    column = 0
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            token.attrSet("class", "tbl")
            heads = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            token.attrSet("scope", "col")
            heads.append(tokens[place + 1].content)
        elif token.type == "td_open":
            if column:
                token.attrSet("data-l", heads[column])
            else:
                token.tag = "th"
                token.attrSet("scope", "row")
        elif token.type == "td_close":
            if not column:
                token.tag = "th"
            column += 1


def _title_of(path: Path) -> str:
    first = path.read_text(encoding="utf-8").lstrip().split("\n", 1)[0]
    return first.lstrip("# ").strip() or path.stem


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
