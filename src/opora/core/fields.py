"""Fields of forms that every room uses."""

from __future__ import annotations

from django import forms


class DayField(forms.DateField):
    """A day, typed or chosen in the browser's own calendar, which speaks ISO («2022-09-15»)."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": "Такого дня нет. Напишите день, месяц и год: 15.09.2022"}
