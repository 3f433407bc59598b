"""The rows of a form put into groups and repeats; what does not fit is named with its row; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from opora.core.refusal import Refused
from opora.core.russian.letters import clean
from opora.questionnaires.content import Choice, Kind
from opora.questionnaires.expressions import complaint_of
from opora.questionnaires.known import KNOWN
from opora.questionnaires.offering import columns_named
from opora.questionnaires.xlsform import (
    CHOICES,
    SILENT,
    SURVEY,
    TYPES,
    Line,
    Workbook,
    column_of,
    columns_of,
    lists_of,
    type_of,
)

MOST_QUESTIONS: Final = 1_000
MOST_CHOICES: Final = 1_000
MOST_DEPTH: Final = 3
MOST_LABEL: Final = 5_000
MOST_TOLD: Final = 5
OTHER: Final = Choice("other", "Другое")
FORMULAS: Final = ("relevant", "constraint", "calculation", "required", "choice_filter")
_NAME: Final = re.compile(r"[^\W\d][\w.\-]{0,99}")
_REFERENCE: Final = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
_DYNAMIC: Final = re.compile(r"\$\{|\w\s*\(")
# Columns whose meaning is not lost when they are left out, and those nobody needs to be told of.
_LEFT_OUT: Final = {
    "repeat_count": "число строк повтора не задаётся заранее: строки добавляет тот, кто отвечает",
    "readonly": "поле «только для чтения» можно будет править",
    "parameters": "дополнительные параметры вопросов не учитываются",
    "trigger": "пересчёт по событию не поддерживается: вычисления считаются при каждом изменении",
}
_QUIET: Final = frozenset(
    {"", "disabled", "comment", "comments", "note", "notes", "list_name", "guidance_hint"}
)
_OTHERWISE: Final = {"select_one_from_file", "select_multiple_from_file", "select_one_external"}

Told = tuple[str, int, str]


@dataclass(slots=True)
class Item:
    """One row of the form in its place, with the rows inside of it."""

    row: int
    kind: Kind
    type_told: str
    name: str
    label: str = ""
    hint: str = ""
    required_message: str = ""
    constraint_message: str = ""
    default: str = ""
    appearance: str = ""
    choices: tuple[Choice, ...] = ()
    formulas: Mapping[str, str] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)


def arranged(workbook: Workbook) -> tuple[list[Item], list[Told]]:
    """The rows of the form as a tree, and remarks (sheet, row, words) about what is taken otherwise or not at all.

    Refused (F-ROWS, F-FORMULA, F-FORM-ROW) with the first few things that must be corrected.
    """
    arranging = _Arranging(workbook)
    return arranging.tree(), arranging.told


class _Arranging:
    """One walk over the rows."""

    def __init__(self, workbook: Workbook) -> None:
        self._lines = [line for line in workbook.survey if _is_told(line)]
        if len(self._lines) > MOST_QUESTIONS:
            told, most = (f"{one:,}".replace(",", "\u00a0") for one in (len(self._lines), MOST_QUESTIONS))
            raise Refused(
                f"Вопросов {told}, можно не более {most}. Разделите форму на несколько.",
                code="F-ROWS",
                status=413,
            )
        self._names = {line.get("name") for line in self._lines}
        self._lists = lists_of(workbook.choices)
        self._choices: dict[str, tuple[Choice, ...]] = {}
        self._wrong: list[str] = []
        self._dropped: set[str] = set()
        self.told: list[Told] = [
            (sheet, row, _LEFT_OUT.get(name, f"столбец «{name}» не читается"))
            for sheet, name, row in workbook.strange
            if sheet.strip().lower() == SURVEY and name not in _QUIET
        ]

    def tree(self) -> list[Item]:
        top: list[Item] = []
        open_items: list[Item] = []
        for line in self._lines:
            word, list_name, is_open = type_of(line.get("type"))
            if word.startswith("end_"):
                self._close(line, word, open_items)
                continue
            item = self._item(line, word, list_name, is_open)
            if item is None:
                continue
            beside = open_items[-1].items if open_items else top
            beside.append(item)
            if is_open and item.kind in ("one", "many") and f"{item.name}_other" not in self._names:
                beside.append(_words_of_other(item))
            if item.kind in ("group", "repeat"):
                open_items.append(item)
                if len(open_items) > MOST_DEPTH:
                    self._complain(line.row, f"группы вложены глубже {MOST_DEPTH}: уберите одну из них")
        for item in open_items:
            what = "повтор" if item.kind == "repeat" else "группа"
            self._complain(item.row, f"{what} «{item.name}» не закрыт{'' if item.kind == 'repeat' else 'а'}: "
                           f"добавьте строку end_{item.kind}")  # fmt: skip
        self._check_names(top, "")
        self._check_references(top)
        self._refuse_if_wrong()
        return _filled(top)

    def _close(self, line: Line, word: str, open_items: list[Item]) -> None:
        if not open_items or f"end_{open_items[-1].kind}" != word:
            self._complain(line.row, f"строка «{line.get('type')}» ничего не закрывает")
        else:
            open_items.pop()

    def _item(self, line: Line, word: str, list_name: str, is_open: bool) -> Item | None:
        kind = TYPES.get(word)
        if kind is None:
            self._leave_out(line, word)
            return None
        name = line.get("name") or (f"{kind}_{line.row}" if kind in ("note", "group") else "")
        if not _NAME.fullmatch(name):
            self._complain(
                line.row,
                f"имя «{name[:40]}» не подходит: оно начинается с буквы, дальше буквы, цифры, точки, дефисы и "
                "подчёркивания" if name else "не заполнен столбец «name»",
            )  # fmt: skip
        choices = self._choices_of(line, list_name) if kind in ("one", "many") else ()
        if line.get("choice_filter") and choices:
            self._check_filter(line, list_name, is_open=is_open)
        if is_open and kind in ("one", "many") and OTHER.code not in {choice.code for choice in choices}:
            choices = (*choices, OTHER)
        item = Item(
            row=line.row,
            kind=kind,
            type_told=_TOLD_TYPES[kind],
            name=name,
            label=self._words(line, "label"),
            hint=self._words(line, "hint"),
            required_message=self._words(line, "required_message"),
            constraint_message=self._words(line, "constraint_message"),
            default=self._default_of(line),
            appearance=line.get("appearance")[:100],
            choices=choices,
            formulas={
                column: line.get(column)
                for column in FORMULAS
                if line.get(column) and (column != "choice_filter" or choices)
            },
        )
        self._check_item(item)
        return item

    def _check_item(self, item: Item) -> None:
        if not item.label and item.kind not in ("calculated", "group", "repeat"):
            item.label = item.name
            self._tell(item.row, f"у вопроса «{item.name}» нет текста в столбце «label»: показано имя")
        is_known = item.name in KNOWN or item.default in KNOWN
        if (
            item.kind == "calculated"
            and not item.formulas.get("calculation")
            and not item.default
            and not is_known
        ):
            self._complain(item.row, f"у вычисления «{item.name}» нет формулы в столбце «calculation»")

    def _leave_out(self, line: Line, word: str) -> None:
        self._dropped.add(line.get("name"))
        if word in SILENT:
            self._tell(line.row, f"служебное поле «{word}» не собирается")
        elif word in _OTHERWISE:
            self._tell(line.row, f"варианты из отдельного файла ({word}) не поддерживаются: вопрос пропущен")
        elif word:
            self._tell(line.row, f"тип «{line.get('type')[:60]}» не поддерживается: вопрос пропущен")
        else:
            self._tell(line.row, "в строке нет типа вопроса: она пропущена")

    def _choices_of(self, line: Line, name: str) -> tuple[Choice, ...]:
        if name in self._choices:
            return self._choices[name]
        rows = self._lists.get(name, [])
        if not rows:
            words = (
                f"на листе «choices» нет списка «{name}»"
                if name
                else "в столбце «type» не назван список вариантов"
            )
            self._complain(line.row, words)
        if len(rows) > MOST_CHOICES:
            self._complain(line.row, f"в списке «{name}» больше {MOST_CHOICES} вариантов")
        found: dict[str, Choice] = {}
        for row in rows:
            code = clean(row.get("name"))
            where = f"Лист «{CHOICES}», строка {row.row}: "
            if not code or " " in code or len(code) > 100:
                self._wrong.append(f"{where}код варианта «{code[:40]}» пуст, слишком длинный или с пробелом.")
            elif code in found:
                self._wrong.append(f"{where}код «{code}» в списке «{name}» повторяется.")
            found[code] = Choice(
                code,
                clean(row.get("label"))[:MOST_LABEL] or code,
                tuple((name, clean(words)[:MOST_LABEL]) for name, words in columns_of(row)),
            )
        self._choices[name] = tuple(found.values())
        return self._choices[name]

    def _check_filter(self, line: Line, name: str, *, is_open: bool) -> None:
        if is_open:
            self._complain(
                line.row,
                "«or_other» не сочетается с отбором «choice_filter»: добавьте «Другое» в список сами",
            )
        known = {column for row in self._lists.get(name, ()) for column in row.cells}
        for column in columns_named(_REFERENCE.sub("1", line.get("choice_filter"))):
            if column_of(column) not in known:
                self._complain(
                    line.row, f"столбец «choice_filter»: на листе «{CHOICES}» нет столбца «{column[:60]}»"
                )

    def _default_of(self, line: Line) -> str:
        told = clean(line.get("default"))
        if _DYNAMIC.search(told) and told.replace(" ", "") not in ("today()", "now()"):
            self._tell(line.row, "значение по умолчанию с формулой не поддерживается: поле будет пустым")
            return ""
        return told[:MOST_LABEL]

    def _words(self, line: Line, column: str) -> str:
        words = clean(line.get(column))
        if len(words) > MOST_LABEL:
            self._complain(line.row, f"текст в столбце «{column}» длиннее {MOST_LABEL} знаков")
        return words[:MOST_LABEL]

    def _check_names(self, items: Sequence[Item], where: str) -> None:
        seen: dict[str, int] = {}
        for item in items:
            if item.name in seen and item.name:
                self._complain(
                    item.row,
                    f"имя «{item.name}» уже носит строка {seen[item.name]}: переименуйте одну из них",
                )
            seen.setdefault(item.name, item.row)
            self._check_names(item.items, item.name)

    def _check_references(self, top: Sequence[Item]) -> None:
        names = Counter(item.name for item in _all(top))
        for item in _all(top):
            for column in FORMULAS:
                self._check_formula(item, column, item.formulas.get(column, ""), names)
            for column in ("label", "hint"):
                for name in _REFERENCE.findall(getattr(item, column)):
                    self._check_name(item.row, column, name, names)

    def _check_formula(self, item: Item, column: str, formula: str, names: Mapping[str, int]) -> None:
        complaint = complaint_of(_REFERENCE.sub("_", formula)) if formula else ""
        if complaint:
            self._complain(item.row, f"столбец «{column}»: {complaint}")
            return
        for name in _REFERENCE.findall(formula):
            self._check_name(item.row, column, name, names)

    def _check_name(self, row: int, column: str, name: str, names: Mapping[str, int]) -> None:
        if names.get(name, 0) == 1:
            return
        if name in self._dropped and not names.get(name):
            words = f"вопрос «{name}» пропущен, потому что его тип не поддерживается, а без него условие теряет смысл"
        elif names.get(name):
            words = f"имя «{name}» носят {names[name]} вопроса: непонятно, о каком речь, переименуйте"
        else:
            words = f"вопроса с именем «{name[:60]}» в форме нет"
        self._complain(row, f"столбец «{column}»: {words}")

    def _tell(self, row: int, words: str) -> None:
        self.told.append((SURVEY, row, words))

    def _complain(self, row: int, words: str) -> None:
        self._wrong.append(f"Лист «{SURVEY}», строка {row}: {words}.")

    def _refuse_if_wrong(self) -> None:
        if not self._wrong:
            return
        wrong = list(dict.fromkeys(self._wrong))
        more = f" И ещё замечаний: {len(wrong) - MOST_TOLD}." if len(wrong) > MOST_TOLD else ""
        raise Refused(" ".join(wrong[:MOST_TOLD]) + more, code="F-FORMULA")


_TOLD_TYPES: Final[dict[Kind, str]] = {
    "text": "text",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "one": "select_one",
    "many": "select_multiple",
    "file": "file",
    "note": "note",
    "calculated": "calculate",
    "group": "begin_group",
    "repeat": "begin_repeat",
}


def _words_of_other(item: Item) -> Item:
    """The question in words that «or_other» asks after «Другое», named as the standard names it."""
    return Item(
        row=item.row,
        kind="text",
        type_told=_TOLD_TYPES["text"],
        name=f"{item.name}_other",
        label="Другое: напишите, что именно",
        formulas={"relevant": f"selected(${{{item.name}}}, '{OTHER.code}')"},
    )


def _is_told(line: Line) -> bool:
    """Whether a row says something: not empty, not switched off, not a comment without a type and a name."""
    if line.get("disabled").lower() in ("yes", "true", "да", "истина"):
        return False
    return bool(line.get("type") or line.get("name"))


def _all(items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _all(item.items)


def _filled(items: Sequence[Item]) -> list[Item]:
    """Without groups and repeats in which nothing is left: pyxform takes none."""
    kept = []
    for item in items:
        if item.kind in ("group", "repeat"):
            item.items = _filled(item.items)
            if not item.items:
                continue
        kept.append(item)
    return kept
