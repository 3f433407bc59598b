"""What was found when the installation was looked at: three kinds of sentences for the operator."""

from __future__ import annotations

from typing import Final, NamedTuple

GOOD: Final = "хорошо"
NOTE: Final = "заметьте"
MEND: Final = "исправьте"


class Finding(NamedTuple):
    """One sentence or two: what is so and, where something is to be done, what."""

    kind: str
    words: str

    def __str__(self) -> str:
        return f"{self.kind + ':':<11}{self.words}"
