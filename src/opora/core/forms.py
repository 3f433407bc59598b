"""The form of a deed: what it is done with, and the day that it bears."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from opora.core.fields import DayField


class DeedForm(forms.Form):
    """A deed bears today; whoever has the right to enter an earlier day has a field for it.

    `cleaned_data` has the day as `on` and, where a day may be entered, `entered_on`: today when the day is an earlier one.
    """

    on = DayField(
        label="Каким днём записать",
        required=False,
        help_text="Если на бумаге это сделано раньше, укажите тот день. Рядом будет видно, когда он внесён.",
    )

    def __init__(self, *args: Any, today: date, may_backdate: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        # The day is asked last, whatever a deed asks before it.
        self.fields["on"] = self.fields.pop("on")
        if may_backdate:
            self.fields["on"].initial = today
            self.fields["on"].widget.attrs["max"] = today.isoformat()
        else:
            del self.fields["on"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        on = told.get("on") or self.today
        if on > self.today:
            self.add_error(
                "on", f"{on:%d.%m.%Y} ещё не наступило. Укажите день не позже {self.today:%d.%m.%Y}."
            )
        if "on" in self.fields:
            told["entered_on"] = entered_on(on, self.today)
        return {**told, "on": on}


def entered_on(on: date, today: date) -> date | None:
    """The mark of a day that is written later than it was; None for a deed written on its own day."""
    return today if on < today else None
