"""Rows under settled columns become sections and lines: one pass that remembers what stood above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from opora.imports.subjects import rowkinds
from opora.imports.subjects.columns import Columns, is_numbering
from opora.imports.subjects.found import Gathered, RawLine, RawTerm
from opora.imports.subjects.grid import GridRow
from opora.imports.subjects.lookahead import Lookahead
from opora.imports.subjects.numbering import (
    has_label,
    is_number,
    label_figure,
    parts,
    plain,
    split_prefix,
    without_label,
)
from opora.imports.subjects.reading_row import Fields
from opora.imports.subjects.stream import Heading
from opora.imports.subjects.terms import (
    MONTH,
    is_month_heading,
    is_piece_of_term,
    looks_like_term,
    term_in_heading,
)
from opora.imports.subjects.wording import capitals, fold, goes_on, is_final, is_unfinished, joined

_MAX_HEADING = 300
_A_LINE_AFTER_ALL = re.compile(rf"\d{{2}}\.\d{{2}}\.\d{{4}}|№|{MONTH}\s+20\d\d\b.*\w{{4}}")
_CONTINUED = re.compile(r"\s*\((?:продолжение|окончание)\)\s*$", re.IGNORECASE)
_ORDER_WORDS = re.compile(
    r"(?:\d+[.)]\s*)?(?:утвердить|контроль за|назначить|настоящ|приказываю|признать|рекомендовать"
    r"|руководител\w+ .*(?:обеспечить|довести)|довести|обеспечить|разместить|организовать|провести)"
)


class Assembly:
    """Gathers lines from segments in turn; sections go on from one segment to the next."""

    def __init__(self) -> None:
        self.found = Gathered()
        self.section = 0
        self.month = ""
        self.column_section = ""
        self.styles: set[str] = set()
        self.last_row: GridRow | None = None
        self.first_heading = ""
        self.beginning: Fields | None = None

    def read(
        self, columns: Columns, lead: Sequence[GridRow | Heading], items: Sequence[GridRow | Heading]
    ) -> None:
        """Read one segment."""
        self.columns = columns
        self.ahead = Lookahead([item for item in items if isinstance(item, GridRow)], columns)
        self._read_lead(lead)
        at = -1
        for place, item in enumerate(items):
            if isinstance(item, Heading):
                self._outside(item, items[place + 1 :])
            else:
                at += 1
                self._row(item, at)

    # headings outside the table

    def _read_lead(self, lead: Sequence[GridRow | Heading]) -> None:
        texts = [
            (item.text, item.is_heading) if isinstance(item, Heading) else (item.only_text, True)
            for item in lead
        ]
        if not texts:
            return
        text, is_heading = texts[-1]
        if not text or rowkinds.is_note_text(text) or len(text) > _MAX_HEADING:
            return
        if is_month_heading(text):
            self._open_month(text)
        elif (
            rowkinds.is_title(text) and not re.match(r"(?:раздел|блок|направлени|[ivx]+\.|\d+\.)", fold(text))
        ) or not self._is_heading_text(text, is_heading):
            return
        elif self.found.lines or (has_label(text) and not re.search(r"20\d\d", text)):
            self._open_outside(text)
        else:
            self._note_first(texts)

    def _open_outside(self, text: str) -> None:
        if not has_label(text):
            self._open_first()
        self._open(text, "outside")

    def _note_first(self, texts: Sequence[tuple[str, bool]]) -> None:
        """Plain words right above the first table are its section if the next tables turn out to have such headings."""
        text, is_heading = texts[-1]
        has_title = any(rowkinds.is_title(other) for other, _ in texts[:-1])
        if (
            has_title
            and not self.found.lines
            and self._is_heading_text(text, is_heading)
            and len(text) <= 120
        ):
            self.first_heading = text

    def _open_first(self) -> None:
        if self.first_heading and self.found.lines and not self.found.sections:
            self._open(self.first_heading, "outside")
            for line in self.found.lines:
                line.section = 1
        self.first_heading = ""

    def _outside(self, heading: Heading, following: Sequence[GridRow | Heading]) -> None:
        text = heading.text
        if rowkinds.is_note_text(text) or rowkinds.is_signature_text(text) or len(text) > _MAX_HEADING:
            return
        if rowkinds.is_title(text) and not has_label(text):
            return  # the roadmap's title again, at the head of a page
        if following and isinstance(following[0], Heading) and not has_label(text) and not heading.is_heading:
            return
        if is_month_heading(text):
            self._open_month(text)
        elif self._is_heading_text(text, heading.is_heading):
            self._open_outside(text)

    def _is_heading_text(self, text: str, is_heading: bool) -> bool:
        if has_label(text) or is_heading:
            return not _ORDER_WORDS.match(fold(text))
        return (
            text[0].isupper()
            and len(text) <= 160
            and not text.endswith((".", ";", ","))
            and not _A_LINE_AFTER_ALL.search(fold(text))
        )

    # rows

    def _row(self, row: GridRow, at: int) -> None:
        if not row.own or is_numbering(row) or rowkinds.is_total(row) or rowkinds.is_note(row):
            return
        if rowkinds.is_signature(row, self.columns):
            return
        fields = self.ahead.fields(at)
        if self.ahead.is_torn and self.ahead.is_beginning(at):
            self.beginning, self.last_row = fields, row
            return
        if row.only_text and self._single(row, at):
            self.last_row = row
            return
        if self.ahead.is_group(at):
            self._group(fields)
        elif rowkinds.is_repealed(fields.text) or (not fields.text and rowkinds.is_repealed(fields.promise)):
            self.found.repealed.append((plain(fields.number) if fields.number else "", row.place))
        else:
            self._follow_section_column(row)
            if self._is_tail(row, fields):
                self._join(row, fields)
            elif re.search(r"\w", fields.text) or self._lacks_words(fields):
                self._add(row, fields)
        self.last_row = row

    def _single(self, row: GridRow, at: int) -> bool:
        """A row of one text: a heading, a month, the roadmap's title; False when it is a part of a line."""
        column, text = row.own[0], row.only_text
        is_wide = row.reaches(column) > 1 or len(row.own) > 1 or len(row.texts) == 1
        columns = self.columns
        if is_number(text) or text in ("-", "–", "—"):
            return True
        if (
            not self.found.lines
            and not self.found.sections
            and rowkinds.is_title(text)
            and not has_label(text)
        ):
            self.found.titles.append(text)
            return True
        if is_month_heading(text) and (is_wide or column in (columns.text, columns.number, 0)):
            self._open_month(text)
            return True
        if column not in (columns.text, columns.number, columns.section, 0) and not is_wide:
            return False
        if re.match(r"\d+\.\d+", text) and not is_wide and column == columns.text:
            return False
        if goes_on(text) and self._is_page_start(row) and row.reaches(column) < len(row.texts) - column:
            return False  # the rest of a cell that a page has cut, however wide its column is
        if is_wide and goes_on(text) and self._follows_heading():
            self.found.sections[-1] = joined(self.found.sections[-1], text)
            return True
        if self._is_section_text(row, at, is_wide):
            self._open(text, "wide" if is_wide else "cell")
            return True
        return False

    def _follows_heading(self) -> bool:
        """Was the row above a section's heading that has no line yet."""
        last = self.found.lines[-1] if self.found.lines else None
        is_heading = self.last_row is not None and bool(self.last_row.only_text)
        return bool(self.found.sections) and is_heading and (last is None or last.section != self.section)

    def _is_section_text(self, row: GridRow, at: int, is_wide: bool) -> bool:
        column, text = row.own[0], row.only_text
        if len(text) > _MAX_HEADING:
            return False
        if is_wide or column == self.columns.number or (column == 0 and self.columns.text != 0):
            return is_wide or not goes_on(text) or not self.found.lines
        if goes_on(text) or not re.match(r"[«\"№]?\s*[А-ЯЁA-Z\dIVX]", text):
            return False
        if has_label(text) or column in row.bold or capitals(text) > 0.8:
            return True
        last = self.found.lines[-1] if self.found.lines else None
        if last is None:
            return True
        if is_unfinished(last.text) or (self._is_page_start(row) and "cell" not in self.styles):
            return False
        return self.ahead.is_followed_by_line(at) and not is_final(text)

    def _is_page_start(self, row: GridRow) -> bool:
        last = self.last_row
        return last is not None and (row.table != last.table or row.place.page != last.place.page)

    # groups: a number and a title, nothing else

    def _group(self, fields: Fields) -> None:
        depth = len(parts(plain(fields.number))) or 1
        if depth == 1 and not ({"wide", "outside"} & self.styles):
            self._open(fields.text, "group", figure=(parts(plain(fields.number)) or (None,))[0])
        elif is_month_heading(fields.text):
            self._open_month(fields.text)

    def _open(self, title: str, style: str, figure: int | None = None) -> None:
        self.styles.add(style)
        title = _CONTINUED.sub("", title)
        if self.section and self.found.sections[-1] == without_label(title):
            return  # the section's heading again, at the head of a page
        self.found.sections.append(without_label(title))
        self.found.figures.append(figure if figure is not None else label_figure(title))
        self.section = len(self.found.sections)
        self.month = term_in_heading(title)

    def _open_month(self, text: str) -> None:
        if not self.styles - {"month"}:
            self._open(text, "month")
        self.month = text

    def _follow_section_column(self, row: GridRow) -> None:
        column = self.columns.section
        title = row.at(column) if column is not None else ""
        if title and title != self.column_section and not goes_on(title):
            self.column_section = title
            if is_month_heading(title):
                self._open_month(title)
            else:
                self._open(title, "column")

    # lines and their tails

    def _lacks_words(self, fields: Fields) -> bool:
        """A numbered line that has a term or a promise and whose activity was lost."""
        is_own = bool(fields.number) and not fields.is_number_merged
        return is_own and not fields.text and bool(fields.promise or not fields.term.is_empty)

    def _is_tail(self, row: GridRow, fields: Fields) -> bool:
        """Is the row the rest of the line above, cut off by a page or by a table without borders."""
        last = self.found.lines[-1] if self.found.lines else None
        if last is None or (fields.number and not fields.is_number_merged):
            return False
        if fields.is_number_merged and last.number == plain(fields.number):
            return not fields.own_text
        has_term = not fields.term.is_empty and not is_piece_of_term(fields.term.text)
        if not fields.text:
            return True
        if has_term:
            return self._is_tail_with_term(row, fields, last)
        if self._begins_low(fields) or is_unfinished(last.text):
            return True
        if self.columns.number is None and split_prefix(fields.text)[0]:
            return False
        if self._is_page_start(row):
            return self.columns.number is not None or is_piece_of_term(fields.term.text)
        return self.columns.number is not None and not (fields.promise or fields.responsible)

    def _is_tail_with_term(self, row: GridRow, fields: Fields, last: RawLine) -> bool:
        if fields.is_text_merged:
            return True
        if not goes_on(fields.text):
            return False
        if last.term.is_empty:
            return True
        return last.term.text.rstrip().endswith(("-", "–", "—", ",")) or not looks_like_term(last.term.text)

    def _begins_low(self, fields: Fields) -> bool:
        first = fields.text or fields.promise or fields.responsible
        return goes_on(first) or bool(re.match(r"\d{3}", first))

    def _join(self, row: GridRow, fields: Fields) -> None:
        last = self.found.lines[-1]
        text = fields.text if fields.own_text else ""
        if fields.is_text_merged or (
            not text and not fields.term.is_empty and not is_piece_of_term(fields.term.text)
        ):
            self._add_term(last, fields)
            term = ""
        else:
            term = fields.term.text
            self._fill_term(last, fields)
        last.take(text, term, _new(last.promise, fields.promise), _new(last.responsible, fields.responsible))
        last.tails.append(row.place)

    def _add_term(self, last: RawLine, fields: Fields) -> None:
        """One more term of the same activity."""
        if fields.term.is_empty or fields.is_term_merged:
            return
        if last.term.text and fields.term.text:
            is_cut = last.term.text.rstrip().endswith(("-", "–", "—", ",")) or not looks_like_term(
                last.term.text
            )
            glue = (
                " "
                if is_cut or (goes_on(fields.term.text) and not looks_like_term(fields.term.text))
                else ", "
            )
            last.term.text = f"{last.term.text}{glue}{fields.term.text}"
        else:
            self._fill_term(last, fields)
            last.term.text = last.term.text or fields.term.text

    def _fill_term(self, last: RawLine, fields: Fields) -> None:
        last.term.start = last.term.start or fields.term.start
        last.term.end = fields.term.end or last.term.end
        last.term.waves += fields.term.waves
        last.term.marks += fields.term.marks

    def _add(self, row: GridRow, fields: Fields) -> None:
        if self.beginning is not None:
            fields.text = joined(self.beginning.text, fields.text)
            fields.promise = joined(self.beginning.promise, fields.promise)
            fields.responsible = joined(self.beginning.responsible, fields.responsible)
            self.beginning = None
        number, text = plain(fields.number) if fields.number else None, fields.text
        if number is None:
            prefix, rest = split_prefix(text)
            if prefix:
                number, text = prefix, rest
        term = fields.term
        if self.columns.goes_down:
            self.month = term.text or self.month
        if term.is_empty and self.month:
            term = RawTerm(text=self.month, is_from_heading=True)
        self.found.lines.append(
            RawLine(
                section=self.section,
                number=number,
                text=rowkinds.without_amendment(text),
                term=term,
                promise=fields.promise,
                responsible=fields.responsible,
                place=row.place,
                merged=tuple(
                    name
                    for name, is_merged in (
                        ("number", fields.is_number_merged),
                        ("promise", fields.is_promise_merged),
                    )
                    if is_merged
                ),
            )
        )


def _new(present: str, added: str) -> str:
    """What a further row really adds: vertically merged words come again and again."""
    is_known = bool(added) and re.search(rf"(?<!\w){re.escape(added)}(?!\w)", present)
    return "" if is_known else added
