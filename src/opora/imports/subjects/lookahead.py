"""What the rows below say of a row: that it heads a group, or is the beginning of a line whose number stands lower."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from opora.imports.subjects import rowkinds
from opora.imports.subjects.columns import Columns
from opora.imports.subjects.grid import GridRow
from opora.imports.subjects.numbering import is_roman, parts, plain
from opora.imports.subjects.reading_row import Fields, fields_of
from opora.imports.subjects.wording import goes_on, is_final

_FARTHEST = 40  # rows: what stands lower says nothing of a heading


class Lookahead:
    """The rows of one segment, asked about what follows a row. `at` is the row's place among them."""

    def __init__(self, rows: Sequence[GridRow], columns: Columns) -> None:
        self._rows = rows
        self._text = columns.text
        self._fields = [fields_of(row, columns) for row in rows]
        worded = [row for row in rows if row.at(columns.text)]
        self._is_all_bold = all(columns.text in row.bold for row in worded)
        self.is_torn = self._has_torn_beginnings()

    def fields(self, at: int) -> Fields:
        return self._fields[at]

    def is_followed_by_line(self, at: int) -> bool:
        """Is the next row that is no heading a line of the roadmap."""
        for row, fields in self._below(at):
            if not row.only_text:
                return bool(fields.number or not fields.term.is_empty)
        return False

    def _below(self, at: int) -> Iterator[tuple[GridRow, Fields]]:
        upto = min(at + 1 + _FARTHEST, len(self._rows))
        return ((self._rows[place], self._fields[place]) for place in range(at + 1, upto))

    def is_beginning(self, at: int) -> bool:
        """A number printed in the middle of a tall cell stands, in a poor PDF, a row below the first words."""
        fields = self._fields[at]
        if fields.number or not fields.term.is_empty or not fields.text or goes_on(fields.text):
            return False
        if at + 1 >= len(self._rows) or is_final(fields.text):
            return False
        below = self._fields[at + 1]
        return bool(below.number) and goes_on(below.text) and len(self._rows[at + 1].own) > 1

    def _has_torn_beginnings(self) -> bool:
        """Do most numbered lines that begin with a small letter have their beginning in the row above."""
        low = [at for at, fields in enumerate(self._fields) if fields.number and goes_on(fields.text)]
        torn = sum(at > 0 and self.is_beginning(at - 1) for at in low)
        return bool(low) and torn >= 0.7 * len(low)

    def is_group(self, at: int) -> bool:
        """A number and a title and nothing else, with deeper or new numbers below: a section or a part of one."""
        row, fields = self._rows[at], self._fields[at]
        if not fields.number or not fields.text or fields.promise or fields.responsible:
            return False
        if not fields.term.is_empty or len(row.own) > 2 or rowkinds.is_repealed(fields.text):
            return False
        if is_roman(fields.number) or (self._text in row.bold and not self._is_all_bold):
            return True
        own = parts(plain(fields.number))
        return self._heads_what_follows(at, own) or self._stands_out_of_count(at, own)

    def _stands_out_of_count(self, at: int, own: tuple[int, ...]) -> bool:
        """Do the lines above and below count on as if the row were not there: 5, «2. Раздел», 6."""
        numbers = [
            next((found for place in places if (found := parts(plain(self._fields[place].number)))), ())
            for places in (
                range(at - 1, max(-1, at - _FARTHEST), -1),
                range(at + 1, len(self._rows))[:_FARTHEST],
            )
        ]
        above, below = numbers
        is_counted = len(above) == len(own) == len(below) == 1
        return is_counted and below[0] == above[0] + 1

    def _heads_what_follows(self, at: int, own: tuple[int, ...]) -> bool:
        for row, follower in self._below(at):
            if row.only_text:
                continue
            if follower.number:
                below = parts(plain(follower.number))
                is_deeper = len(below) > len(own) and below[: len(own)] == own
                return is_deeper or (len(own) == 1 and below == (1,) and own != (0,))
            if not follower.term.is_empty:
                is_item = goes_on(follower.text) or follower.text.startswith(("-", "–", "•"))
                return len(own) == 1 and not is_item
        return False
