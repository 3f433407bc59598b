"""Forms of the indicator pages: what counts a line, which school a line does not expect."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from opora.core.fields import DayField
from opora.documents.forms import TextField
from opora.indicators.actions import MOST_NUMBER, Promised
from opora.indicators.models import Indicator
from opora.indicators.register import KINDS
from opora.schools.models import School

ROWS = ("first", "second")
KIND_CHOICES = [(kind.code, kind.title) for kind in KINDS]


class RuleForm(forms.Form):
    """What counts a line: one kind, or two when the line promises two things."""

    first_kind = forms.ChoiceField(label="Что считаем", choices=KIND_CHOICES)
    first_scope = forms.ChoiceField(label="Для кого", choices=Indicator.Scope.choices)
    first_number = forms.IntegerField(label="Сколько", min_value=1, max_value=MOST_NUMBER, initial=1)
    second_kind = forms.ChoiceField(
        label="Что считаем ещё", choices=[("", "Больше ничего"), *KIND_CHOICES], required=False
    )
    second_scope = forms.ChoiceField(label="Для кого", choices=Indicator.Scope.choices, required=False)
    second_number = forms.IntegerField(
        label="Сколько", min_value=1, max_value=MOST_NUMBER, initial=1, required=False
    )

    @classmethod
    def of(cls, indicators: Sequence[Indicator]) -> dict[str, Any]:
        """The initial values that show the rule in force."""
        values: dict[str, Any] = {}
        for row, one in zip(ROWS, indicators, strict=False):
            values |= {f"{row}_kind": one.kind, f"{row}_scope": one.scope, f"{row}_number": one.number}
        return values

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields row by row, for the page."""
        return [[self[f"{row}_{name}"] for name in ("kind", "scope", "number")] for row in ROWS]

    @property
    def promised(self) -> list[Promised]:
        """The kinds chosen, as the action takes them."""
        clean = self.cleaned_data
        return [
            (clean[f"{row}_kind"], clean[f"{row}_scope"] or Indicator.Scope.ONE, clean[f"{row}_number"] or 1)
            for row in ROWS
            if clean[f"{row}_kind"]
        ]


class ExcuseForm(forms.Form):
    """Which school a line does not expect, since when and why."""

    school = forms.ModelChoiceField(School.objects.none(), label="Школа", empty_label="Выберите школу")
    since = DayField(label="С какого дня не ждём")
    reason = TextField(
        label="Почему",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Эти слова увидят в отчёте: школа не считается, но и не прячется.",
    )

    def __init__(self, *args: Any, schools: QuerySet[School], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]  # -- the stubs lose the field's own class
        self.fields["since"].initial = on


class EndExcuseForm(forms.Form):
    """The last day on which a line does not expect a school."""

    until = DayField(label="Последний день, когда не ждём")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = on
