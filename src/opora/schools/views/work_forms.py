"""The form of an anti-risk programme: its text, rows of target indicators and rows of measures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from opora.core.periods import problems, read_period
from opora.imports.forms import DayField, WordsField
from opora.schools.actions.work import MeasureTold, TargetTold, WorkTold
from opora.schools.models import AntiRiskProgramme, Measure, TargetIndicator

MOST_ROWS, SPARE = 60, 3
_PERIOD_WORDS = {
    "period_reversed": "Срок заканчивается раньше, чем начинается.",
    "date_missing_in_calendar": "Такого дня нет в календаре.",
}


class FigureField(forms.DecimalField):
    """A number with a comma or a point, with or without «%»."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            max_digits=12,
            decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            error_messages={"invalid": "Напишите число: 34 или 34,5."},
        )

    def to_python(self, value: Any) -> Any:
        text = "".join(str(value or "").replace(",", ".").replace("%", "").split())
        if not text.isascii():
            raise forms.ValidationError("Напишите число: 34 или 34,5.")
        return super().to_python(text)


class WorkForm(forms.Form):
    """The words of a programme. `version` is the one that the person saw, `file` a file that was read, signed."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    file = forms.CharField(required=False, max_length=1_000, widget=forms.HiddenInput)
    aim = WordsField(label="Цель", most=5_000, rows=2, required=False)
    tasks = WordsField(label="Задачи", most=5_000, rows=4, required=False)
    starts_on = DayField(label="Начало")
    ends_on = DayField(label="Окончание")
    expected = WordsField(label="Ожидаемые результаты", most=5_000, rows=3, required=False)
    executors = WordsField(
        label="Исполнители", most=2_000, rows=2, required=False, help_text="Должности, не фамилии."
    )


class TargetForm(forms.Form):
    """One target indicator; an empty row says nothing."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = WordsField(label="Показатель", most=300, required=False)
    unit = WordsField(label="Единица", most=30, required=False)
    baseline = FigureField(label="Было")
    target = FigureField(label="Должно стать")
    actual = FigureField(label="Стало")
    measured_on = DayField(label="Когда измерено")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        rest = [name for name in ("unit", "baseline", "target", "actual") if told.get(name) not in (None, "")]
        if rest and not told.get("name") and "name" not in self.errors:
            self.add_error("name", "Назовите показатель.")
        return told


class MeasureForm(forms.Form):
    """One measure; an empty row says nothing."""

    year: int | None = None
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = WordsField(label="Мероприятие", most=1_000, rows=2, required=False)
    period_text = WordsField(label="Срок", most=300, required=False)
    executors = WordsField(label="Ответственные", most=300, required=False)
    task = WordsField(label="Задача", most=500, required=False)
    indicator = WordsField(label="Показатель", most=500, required=False)
    participants = WordsField(label="Участники", most=300, required=False)

    def clean_period_text(self) -> str:
        text = str(self.cleaned_data["period_text"])
        found = problems(text, read_period(text, year=self.year), year=self.year) if text else ()
        words = next((_PERIOD_WORDS[code] for code in found if code in _PERIOD_WORDS), "")
        if words:
            raise forms.ValidationError(words)
        return text

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        rest = [name for name in ("period_text", "executors", "task", "indicator") if told.get(name)]
        if rest and not told.get("text") and "text" not in self.errors:
            self.add_error("text", "Напишите, что будет сделано.")
        return told


class Sheet:
    """All the forms of one programme together."""

    def __init__(
        self,
        initial: dict[str, Any],
        targets: Sequence[dict[str, Any]],
        measures: Sequence[dict[str, Any]],
        *,
        year: int,
        data: QueryDict | None = None,
    ) -> None:
        self.head = WorkForm(data, initial=initial)
        self.targets = [
            TargetForm(data, prefix=f"t{n}", initial=one) for n, one in _places(targets, "t", data)
        ]
        self.measures = [
            MeasureForm(data, prefix=f"m{n}", initial=one) for n, one in _places(measures, "m", data)
        ]
        for form in self.measures:
            form.year = year

    @property
    def forms(self) -> list[forms.Form]:
        return [self.head, *self.targets, *self.measures]

    def is_valid(self) -> bool:
        # Every form is asked: a person sees all the places at once.
        return all([form.is_valid() for form in self.forms])  # noqa: C419 -- all of them, not up to the first

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """(address on the page, field, words) of every place that has to be mended."""
        return [
            (form[name].id_for_label, str(form[name].label), str(words))
            for form in self.forms
            for name, found in form.errors.items()
            if name in form.fields
            for words in found
        ]

    def told(self) -> WorkTold:
        """What the person wrote."""
        head = {
            name: value for name, value in self.head.cleaned_data.items() if name not in {"version", "file"}
        }
        return WorkTold(
            **head,
            targets=tuple(TargetTold(**one.cleaned_data) for one in self.targets if one.cleaned_data["name"]),
            measures=tuple(
                MeasureTold(**one.cleaned_data) for one in self.measures if one.cleaned_data["text"]
            ),
        )


def _places(
    rows: Sequence[dict[str, Any]], letter: str, data: QueryDict | None
) -> list[tuple[int, dict[str, Any]]]:
    """The rows to show: those that are there and some empty ones; of a POST those that it speaks of."""
    if data is None:
        return list(enumerate([*rows, *({} for _ in range(SPARE))]))[: MOST_ROWS + SPARE]
    needed = "name" if letter == "t" else "text"
    return [(n, {}) for n in range(MOST_ROWS + SPARE) if f"{letter}{n}-{needed}" in data]


def initial_of(row: AntiRiskProgramme | None) -> dict[str, Any]:
    """The words of a programme as the form begins with them."""
    if row is None:
        return {"version": 0}
    names = ("version", "aim", "tasks", "starts_on", "ends_on", "expected", "executors")
    return {name: getattr(row, name) for name in names}


def rows_of(
    rows: Sequence[TargetIndicator] | Sequence[Measure], form: type[forms.Form]
) -> list[dict[str, Any]]:
    """The rows of a programme as the forms begin with them."""
    return [{name: _plain(getattr(row, name)) for name in form.base_fields} for row in rows]


def _plain(value: Any) -> Any:
    return f"{value.normalize():f}".replace(".", ",") if hasattr(value, "normalize") else value
