"""Whether a page of a site carries a title among the words that a reader sees; runs in a child process, knows no Django."""

from __future__ import annotations

import json
import re
import sys
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from opora.core.russian import fold

_UNSEEN: Final = ["script", "style", "noscript", "template", "head", "iframe", "object", "svg"]
_NOT_A_WORD: Final = re.compile(r"[\W_]+")


def main() -> int:
    """Read a line of JSON (`title`) and the page after it; answer `{"carries": …}`; always 0."""
    head, _, page = sys.stdin.buffer.read().partition(b"\n")
    title = json.loads(head)["title"]
    sys.stdout.write(json.dumps({"carries": carries(page.decode(errors="replace"), title)}))
    return 0


def carries(page: str, title: str) -> bool:
    """Whether the title stands on the page; quotes, dashes, dots, ё and capitals make no difference."""
    tree = LexborHTMLParser(page)
    tree.strip_tags(_UNSEEN, recursive=True)
    seen = tree.body.text(separator=" ") if tree.body is not None else ""
    sought = _words(title)
    return bool(sought.strip()) and sought in _words(seen)


def _words(text: str) -> str:
    return f" {_NOT_A_WORD.sub(' ', fold(text)).strip()} "
