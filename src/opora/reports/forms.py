"""Forms of the report pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from opora.core.fields import DayField
from opora.plans.models import Activity, Roadmap
from opora.reports.models import Issue


class ReportForm(forms.Form):
    """For what stretch and on which day a report is built."""

    stretch = forms.ChoiceField(label="Какой отчёт", choices=Issue.Stretch.choices)
    since = DayField(
        label="Считать прибавку с", help_text="Что выполнено с этого дня, отчёт назовёт отдельно"
    )
    as_of = DayField(label="Состояние на")

    def __init__(self, *args: Any, latest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._latest = latest

    def clean(self) -> dict[str, Any]:
        clean: dict[str, Any] = super().clean() or {}
        since, as_of = clean.get("since"), clean.get("as_of")
        if since and as_of and since > as_of:
            self.add_error("since", "Начало позже последнего дня. Поправьте одну из дат")
        if as_of and as_of > self._latest:
            self.add_error("as_of", "Этот день ещё не наступил. Выберите сегодня или раньше")
        return clean


class FreezeForm(ReportForm):
    """The same, and the line of the roadmap that the report fulfils."""

    line = forms.ModelChoiceField(
        Activity.objects.none(),
        label="Какой пункт исполняет отчёт",
        required=False,
        empty_label="Никакой: просто отчёт",
    )

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = Activity.objects.filter(roadmap=roadmap)  # type: ignore[attr-defined]  # -- the stubs lose the field's own class
