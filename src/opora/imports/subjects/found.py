"""What the understanding gathers before the plan's year is known: lines with the raw words of their terms."""

from __future__ import annotations

from dataclasses import dataclass, field

from opora.imports.subjects.wording import joined
from opora.imports.table import Place


@dataclass(slots=True)
class RawTerm:
    """The words of a term as the cells give them: one text, or a start and an end, or waves, or marks of a matrix."""

    text: str = ""
    start: str | None = None
    end: str | None = None
    waves: list[tuple[str, str]] = field(default_factory=list)
    marks: list[tuple[str, str]] = field(default_factory=list)
    is_from_heading: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.start or self.end or self.waves or self.marks)

    @property
    def words(self) -> str:
        """All words of the term, for looking at them."""
        return " ".join(
            filter(
                None,
                [
                    self.text,
                    self.start,
                    self.end,
                    *(text for _, text in self.waves),
                    *(label for label, _ in self.marks),
                ],
            )
        )


@dataclass(slots=True)
class RawLine:
    """One activity: `tails` are the places of the rows that a page cut off and that were joined to it."""

    section: int
    number: str | None
    text: str
    term: RawTerm
    promise: str
    responsible: str
    place: Place
    tails: list[Place] = field(default_factory=list)
    merged: tuple[str, ...] = ()

    @property
    def is_shared_number(self) -> bool:
        return "number" in self.merged

    def take(self, text: str, term: str, promise: str, responsible: str) -> None:
        """Join the words of a row that goes on with this line."""
        self.text = joined(self.text, text)
        self.promise = joined(self.promise, promise)
        self.responsible = joined(self.responsible, responsible)
        self.term.text = joined(self.term.text, term)


@dataclass(slots=True)
class Gathered:
    """Sections, lines and what was passed over, in reading order."""

    sections: list[str] = field(default_factory=list)
    lines: list[RawLine] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    repealed: list[tuple[str, Place]] = field(default_factory=list)
    figures: list[int | None] = field(default_factory=list)
