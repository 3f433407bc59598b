"""Forms of the roadmap pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from opora.accounts.models import User
from opora.core.fields import DayField
from opora.plans.models import Activity


class ResponsibleForm(forms.Form):
    """Who leads which lines since when."""

    person = forms.ModelChoiceField(
        User.objects.none(), label="Кто отвечает", empty_label="Выберите человека"
    )
    since = DayField(label="С какого дня")
    lines = forms.ModelMultipleChoiceField(
        Activity.objects.none(),
        label="Пункты",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    section = forms.IntegerField(required=False)
    back = forms.ModelChoiceField(Activity.objects.none(), required=False)

    def __init__(self, *args: Any, people: Any, lines: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # -- the stubs lose the field's own class
        self.fields["lines"].queryset = lines  # type: ignore[attr-defined]  # -- the same
        self.fields["back"].queryset = lines  # type: ignore[attr-defined]  # -- the same
        self.fields["since"].initial = on

    def clean(self) -> dict[str, Any]:
        """A whole section, when its button was pressed, stands for its lines."""
        clean: dict[str, Any] = super().clean() or {}
        if clean.get("section") is not None:
            whole: QuerySet[Activity] = self.fields["lines"].queryset  # type: ignore[attr-defined]  # -- the same
            clean["lines"] = whole.filter(section__number=clean["section"])
        if not clean.get("lines") and "lines" not in self.errors:
            self.add_error("lines", "Отметьте хотя бы один пункт или назначьте весь раздел")
        return clean
