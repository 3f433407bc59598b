"""Words brought to their stems, the same for both databases and for the wording of a search."""

from __future__ import annotations

import re
import threading
from functools import cache, lru_cache
from typing import Any, Final

from opora.core.russian.letters import fold

_WORD: Final = re.compile(r"\w+")
_LOCK: Final = threading.Lock()


def stems(text: str) -> str:
    """The stems of all words, parted by spaces, in the order of the text; ё is е."""
    return " ".join(_stem(word) for word in _WORD.findall(fold(text)))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    # A stemmer keeps the word it works on inside itself: two threads must not share it at once.
    with _LOCK:
        return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    # Imported on first use: a third of the start of a command that needs no stems.
    import snowballstemmer

    return snowballstemmer.stemmer("russian")
