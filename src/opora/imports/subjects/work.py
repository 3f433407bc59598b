"""A school's own anti-risk programme: its aim and tasks, the table of target indicators and the table of measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from opora.core.refusal import Refused
from opora.core.russian import clean, fold
from opora.imports.table import Paragraph, Source, Table

MOST_ROWS: Final = 60
# Label → field: «Цель: …», a heading «Задачи» with paragraphs under it, a row «Исполнители | …» of a passport.
_LABELS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("aim", re.compile(r"^\W*(?:\d+\W+)*цель(?: (?:реализации )?программы)?\b\W*")),
    ("tasks", re.compile(r"^\W*(?:\d+\W+)*задачи(?: (?:реализации )?программы)?\b\W*")),
    ("period", re.compile(r"^\W*(?:\d+\W+)*сроки?(?: и этапы)?(?: реализации)?(?: программы)?\b\W*")),
    (
        "expected",
        re.compile(
            r"^\W*(?:\d+\W+)*(?:ожидаем\w+ )?(?:конечн\w+ )?результат\w*(?: реализации)?(?: программы)?\b\W*"
        ),
    ),
    ("executors", re.compile(r"^\W*(?:\d+\W+)*исполнител\w*(?: программы)?\b\W*")),
    (
        "",
        re.compile(
            r"^\W*(?:\d+\W+)*(?:целевые (?:показатели|индикаторы)|методы сбора|меры|мероприятия|"
            r"дорожная карта|приложение|паспорт)"
        ),
    ),
)
_TARGET: Final = {
    "unit": re.compile(r"единиц|ед\.? ?изм"),
    "baseline": re.compile(r"исходн|базов|было|начальн|до начала|на старте"),
    "target": re.compile(r"целев\w* (?:значен|показат\w* к)|план|должно|достичь|цель к|^целевое$"),
    "actual": re.compile(r"факт|стало|достигнут|итогов"),
    "name": re.compile(r"показател|индикатор"),
}
_MEASURE: Final = {
    "text": re.compile(r"мероприят|меры|^мера|содержание деятельн|действи"),
    "task": re.compile(r"задач"),
    "period_text": re.compile(r"срок|дата|период"),
    "indicator": re.compile(r"показател|результат|индикатор"),
    "executors": re.compile(r"ответствен|исполнител"),
    "participants": re.compile(r"участник"),
}
_ORDER: Final = re.compile(r"^(?:№|n|№ ?п/?п|п/?п)\.?$")


@dataclass(slots=True)
class WorkSheet:
    """Everything that was read, as texts; and what a person should know of it."""

    aim: str = ""
    tasks: str = ""
    period: str = ""
    expected: str = ""
    executors: str = ""
    targets: list[dict[str, str]] = field(default_factory=list)
    measures: list[dict[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The programme as plain lists and texts."""
        return asdict(self)


def understand(source: Source) -> WorkSheet:
    """The programme of a file. Refused with F-NOTABLE where there is neither a table nor an aim of one."""
    sheet = WorkSheet()
    for table in source.tables:
        _read_table(sheet, table)
    _read_labels(sheet, _blocks(source))
    if not (sheet.measures or sheet.targets or sheet.aim):
        raise Refused(
            "Не найдена антирисковая программа: нужны слово «Цель» или таблица мер («Мероприятие», «Срок», "
            "«Ответственные»).",
            code="F-NOTABLE",
        )
    if not sheet.measures:
        sheet.remarks.append("Таблица мер не найдена: впишите меры сами.")
    if not sheet.targets:
        sheet.remarks.append("Таблица целевых показателей не найдена: впишите их сами.")
    sheet.remarks += [words for _, words in source.remarks]
    return sheet


def _read_table(sheet: WorkSheet, table: Table) -> None:
    grid = [[_line(row.text_at(column)) for column in range(table.width)] for row in table.rows]
    for place, head in enumerate(grid[:5]):
        measures = _columns(head, _MEASURE)
        if "text" in measures and len(measures) > 1:
            _add(sheet, "measures", "text", grid[place + 1 :], measures)
            return
        targets = _columns(head, _TARGET)
        if "name" in targets and {"baseline", "target", "actual"} & targets.keys():
            _add(sheet, "targets", "name", grid[place + 1 :], targets)
            return


def _columns(head: Sequence[str], patterns: dict[str, re.Pattern[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, pattern in patterns.items():
        for column, text in enumerate(head):
            if (
                text
                and column not in found.values()
                and not _ORDER.match(fold(text))
                and pattern.search(fold(text))
            ):
                found[name] = column
                break
    return found


def _add(
    sheet: WorkSheet, kind: str, needed: str, rows: Sequence[Sequence[str]], columns: dict[str, int]
) -> None:
    made: list[dict[str, str]] = getattr(sheet, kind)
    for row in rows:
        told = {name: row[column] for name, column in columns.items()}
        is_numbers = all(text.isdecimal() for text in row if text)
        # A row that says one thing in all its cells is a heading across the table.
        is_heading = len({text for text in row if text}) < 2 and len(row) > 2
        if not told[needed] or is_numbers or is_heading:
            continue
        if len(made) < MOST_ROWS:
            made.append(told)
        elif len(made) == MOST_ROWS and not any("больше" in words for words in sheet.remarks):
            sheet.remarks.append(f"Строк больше {MOST_ROWS}: остальные не прочитаны.")


def _blocks(source: Source) -> Iterator[tuple[str, str | None]]:
    """Paragraphs, and rows of two cells as (label, words); a table of measures parts what stands around it."""
    for block in source.blocks:
        if isinstance(block, Paragraph):
            yield block.text, None
        elif block.width == 2:
            for row in block.rows:
                yield row.text_at(0), row.text_at(1)
        else:
            yield "Меры", None


def _read_labels(sheet: WorkSheet, blocks: Iterator[tuple[str, str | None]]) -> None:
    current = ""
    for text, beside in blocks:
        text = clean(text).strip()
        named = next(((name, found) for name, one in _LABELS if (found := one.match(fold(text)))), None)
        if named is not None and (beside is not None or len(text) < 60 or ":" in text[:60]):
            current, found = named
            words = beside if beside is not None else text[found.end() :]
        elif beside is not None:
            current, words = "", ""
        else:
            words = text
        if current and words and words.strip():
            said = getattr(sheet, current)
            setattr(sheet, current, f"{said}\n{clean(words).strip()}".strip()[:5_000])


def _line(text: str) -> str:
    return " ".join(clean(text).split())
