"""Forms of risk profiles: one cell, and a table that is pasted or loaded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from opora.imports.forms import WordsField
from opora.programmes.models import Programme
from opora.schools.actions.risks import CHOSEN, LEFT, MOST_OF_REASON, OPEN, CellChange
from opora.schools.models import SchoolRisk
from opora.schools.risks import Cell

CHOICE_OF = {True: CHOSEN, False: LEFT, None: OPEN}
ACCEPTED = ".xlsx,.ods,.csv,.txt,.xls"
LEVELS = (("none", "не указана"), ("low", "Н — низкая"), ("middle", "С — средняя"), ("high", "В — высокая"))


class CellForm(forms.Form):
    """One factor of one school. `was` is what the person saw: a cell that they did not touch is left alone."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    level = forms.ChoiceField(label="Значимость", choices=LEVELS)
    choice = forms.ChoiceField(
        label="Решение школы",
        choices=((OPEN, "не решено"), (CHOSEN, "берём"), (LEFT, "не берём")),
    )
    reason = WordsField(label="Почему не берём", most=MOST_OF_REASON, required=False)

    def __init__(self, cell: Cell, data: QueryDict | None = None, *, may_level: bool) -> None:
        now = {"level": cell.level, "choice": CHOICE_OF[cell.is_chosen], "reason": cell.reason}
        initial = {**now, "version": cell.version, "was": _told(**now)}
        super().__init__(data, prefix=str(cell.number), initial=initial)
        self.cell = cell
        # What the database holds beside what was typed, when both are shown.
        self.stands: SchoolRisk | None = None
        self.needs_reason = False
        if not may_level:
            del self.fields["level"]
        for name in ("level", "choice", "reason"):
            if name in self.fields:
                self.fields[name].widget.attrs["aria-label"] = f"{self.fields[name].label}: № {cell.number}"
        self.fields["reason"].widget.attrs["placeholder"] = "почему не берём"

    @property
    def change(self) -> CellChange | None:
        """What the person changed; None where nothing. A reason counts only for what is left out."""
        told = self.cleaned_data
        # A school has no field of the level: it has not touched it, whatever it is by now.
        level = told.get("level", told["was"].partition("|")[0])
        reason = told["reason"] if told["choice"] == LEFT else ""
        if _told(level, told["choice"], reason) == told["was"].strip():
            return None
        return CellChange(
            self.cell.factor,
            told["version"],
            level if "level" in self.fields else None,
            told["choice"],
            reason,
        )


def forms_of(cells: Iterable[Cell], *, may_level: bool, data: QueryDict | None = None) -> dict[int, CellForm]:
    """The forms of cells by number; of a POST only those that it speaks of."""
    return {
        cell.number: CellForm(cell, data, may_level=may_level)
        for cell in cells
        if data is None or f"{cell.number}-version" in data
    }


def shown_anew(forms: dict[int, CellForm], data: QueryDict, cells: Iterable[Cell], may_level: bool) -> None:
    """Put the versions that stand now under what was typed, so that saving again is a choice made knowingly."""
    fresh = data.copy()
    for cell in cells:
        if cell.number not in forms:
            continue
        choice = CHOICE_OF[cell.is_chosen]
        fresh[f"{cell.number}-version"] = str(cell.version)
        fresh[f"{cell.number}-was"] = _told(cell.level, choice, cell.reason)
        former = forms[cell.number]
        forms[cell.number] = CellForm(cell, fresh, may_level=may_level)
        forms[cell.number].stands, forms[cell.number].needs_reason = former.stands, former.needs_reason


class TableForm(forms.Form):
    """A table from a spreadsheet: words of the clipboard, or a file."""

    text = forms.CharField(
        label="Таблица из буфера обмена",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(
        label="Или файл таблицы",
        required=False,
        allow_empty_file=True,
        max_length=300,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        help_text="xlsx, ods или csv: федеральный профиль или прежняя таблица Google.",
    )
    school = forms.IntegerField(required=False, widget=forms.HiddenInput)
    factor = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.fields["text"].help_text = (
            "Скопируйте в Excel или Google прямоугольник вместе с заголовками: "
            f"школа и {programme.words.all}."
        )


def _told(level: str, choice: str, reason: str) -> str:
    return f"{level}|{choice}|{reason}".strip()
