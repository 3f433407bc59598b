"""A list of appointments in a file: who, to what, which school, which mail; one row a person, or one row a school."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from opora.core.refusal import Refused
from opora.core.russian import clean, fold
from opora.imports.table import Source, Table

MOST_ROWS: Final = 5_000
_HEAD_ROWS: Final = 12
_MAIL: Final = re.compile(r"почт|e-?mail|эл\. ?адрес")
_SCHOOL: Final = re.compile(r"школ|\bоо\b|\bоу\b|образовательн|организаци|учрежден")
_DUTY: Final = re.compile(r"обязанност|роль|функци|кем назнач|статус в проекте")
_ORDER: Final = re.compile(r"приказ|распоряжени")
_ORDER_DAY: Final = re.compile(r"^от$|дата (?:приказ|распоряж)|(?:приказ|распоряжени)\w*,? от$")
_PERSON: Final = re.compile(r"\bфио\b|ф\. ?и\. ?о|фамилия,? имя")
_PARTS: Final = (re.compile(r"^фамили"), re.compile(r"^имя"), re.compile(r"^отчеств"))
# A column of people of one duty: «Куратор», «ФИО школьного координатора».
_OF_DUTY: Final = (
    ("куратор", re.compile(r"куратор")),
    ("школьный координатор", re.compile(r"координатор|ответственн\w* (?:от|в) (?:школ|оо)")),
)


Line = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column says what: columns of people with the duty that the head gives them, or none."""

    people: tuple[tuple[tuple[int, ...], str], ...]
    mails: tuple[tuple[int, str], ...]
    school: int
    duty: int | None
    order: int | None = None
    order_day: int | None = None


@dataclass(frozen=True, slots=True)
class AppointmentSheet:
    """The list as lines of six cells — person, duty, school, mail, number and day of the order — and remarks."""

    lines: tuple[Line, ...]
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The sheet as plain lists and texts."""
        return {"lines": [list(line) for line in self.lines], "remarks": list(self.remarks)}


def understand(source: Source) -> AppointmentSheet:
    """The appointments of a file.

    Refused with F-NOTABLE where no table has a column of people and one of schools, F-ROWS where there are too many.
    """
    lines = [line for table in source.tables for line in _lines(table)]
    if not lines:
        raise Refused(
            "Не найден список назначений: нужны столбцы «ФИО», «Обязанность» и «Школа» (ещё понимаем «Почта») "
            "или «Школа», «Куратор», «Школьный координатор».",
            code="F-NOTABLE",
        )
    if len(lines) > MOST_ROWS:
        raise Refused(
            f"В списке больше {MOST_ROWS} строк. Разделите файл на части.", code="F-ROWS", status=413
        )
    return AppointmentSheet(tuple(lines), tuple(words for _, words in source.remarks))


def text_of(told: dict[str, Any]) -> str:
    """The sheet of its JSON as the text that people paste: cells parted by tabs."""
    return "\n".join("\t".join(str(cell) for cell in line).rstrip("\t") for line in told["lines"])


def _lines(table: Table) -> Iterator[Line]:
    grid = [
        [" ".join(clean(row.text_at(column)).split()) for column in range(table.width)] for row in table.rows
    ]
    for place, head in enumerate(grid[:_HEAD_ROWS]):
        columns = _columns([fold(text) for text in head])
        if columns is not None:
            for row in grid[place + 1 :]:
                yield from _of_row(row, columns)
            return


def _columns(head: Sequence[str]) -> _Columns | None:
    """What the columns of a row of titles say; None when it is not one."""
    short = [text if len(text) < 80 else "" for text in head]
    mails = tuple((at, _duty_of(text)) for at, text in enumerate(short) if _MAIL.search(text))
    taken = {at for at, _ in mails}
    day = next((at for at, text in enumerate(short) if _ORDER_DAY.search(text)), None)
    order = next((at for at, text in enumerate(short) if at != day and _ORDER.search(text)), None)
    # «от» alone says nothing without a number before it.
    day = day if order is not None else None
    taken |= {at for at in (order, day) if at is not None}
    duty = next((at for at, text in enumerate(short) if at not in taken and _DUTY.search(text)), None)
    taken |= {duty} if duty is not None else set()
    people: list[tuple[tuple[int, ...], str]] = []
    parts = [next((at for at, text in enumerate(short) if part.search(text)), None) for part in _PARTS]
    whole = [at for at, text in enumerate(short) if at not in taken and _PERSON.search(text)]
    if parts[0] is not None and parts[1] is not None and not whole:
        people.append((tuple(at for at in parts if at is not None), ""))
        taken |= set(people[0][0])
    for at, text in enumerate(short):
        if at not in taken and (at in whole or _duty_of(text)):
            people.append(((at,), _duty_of(text)))
            taken.add(at)
    school = next((at for at, text in enumerate(short) if at not in taken and _SCHOOL.search(text)), None)
    if school is None or not people:
        return None
    return _Columns(tuple(people), mails, school, duty, order, day)


def _of_row(row: Sequence[str], columns: _Columns) -> Iterator[Line]:
    for places, duty in columns.people:
        name = " ".join(part for part in (row[at] for at in places) if part)
        if not name:
            continue
        told = row[columns.duty] if columns.duty is not None and not duty else duty
        mail = next((row[at] for at, of in columns.mails if of == duty or len(columns.people) == 1), "")
        order, day = (row[at] if at is not None else "" for at in (columns.order, columns.order_day))
        yield name, told, row[columns.school], mail, order, day


def _duty_of(text: str) -> str:
    return next((duty for duty, words in _OF_DUTY if words.search(text)), "")
