"""Forms of the roadmap pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from opora.accounts.models import User
from opora.plans.models import Activity


class ResponsibleForm(forms.Form):
    """Who leads which lines since when."""

    person = forms.ModelChoiceField(
        User.objects.none(), label="Кто отвечает", empty_label="Выберите человека"
    )
    since = forms.DateField(label="С какого дня", widget=forms.DateInput(attrs={"type": "date"}))
    lines = forms.ModelMultipleChoiceField(
        Activity.objects.none(),
        label="Пункты",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы один пункт"},
    )

    def __init__(self, *args: Any, people: Any, lines: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # -- the stubs lose the field's own class
        self.fields["lines"].queryset = lines  # type: ignore[attr-defined]  # -- the same
        self.fields["since"].initial = on
