"""Forms of the plan: one visit more, and the days of a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from opora.appointments.models import Appointment
from opora.core.fields import DayField
from opora.core.forms import DeedForm
from opora.visits.actions import Wish
from opora.visits.models import Visit
from opora.visits.workdays import day_off_words

MOST_EACH = 4


class AddForm(DeedForm):
    """One visit: who goes where, when and how."""

    school = forms.TypedChoiceField(label="Школа", coerce=int, error_messages={"required": "Выберите школу."})
    curator = forms.TypedChoiceField(
        label="Куратор", coerce=int, error_messages={"required": "Выберите куратора."}
    )
    together = forms.TypedMultipleChoiceField(
        label="Ещё в эту поездку",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Отметьте, если в тот же день едут и в другие школы или вместе с другими кураторами.",
    )
    day = DayField(label="День", error_messages={"required": "Укажите день посещения."})
    starts_at = forms.TimeField(
        label="Время",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Такого времени нет. Напишите часы и минуты: 10:30"},
    )
    how = forms.ChoiceField(
        label="Как", choices=Visit.Form.choices, initial=Visit.Form.ON_SITE, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, led: Sequence[Appointment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = {one.school_id: str(one.school) for one in led}
        curators = {one.person_id: one.person.short_name for one in led}
        self.fields["school"].choices = _choices(schools)  # type: ignore[attr-defined]  # -- a field of choices
        self.fields["curator"].choices = _choices(curators)  # type: ignore[attr-defined]  # -- the same
        pairs = [(one.pk, f"{one.school}: {one.person.short_name}") for one in led]
        self.fields["together"].choices = pairs  # type: ignore[attr-defined]  # -- the same


def _choices(named: dict[Any, str]) -> list[tuple[Any, str]]:
    return list(named.items()) if len(named) == 1 else [("", "Выберите"), *named.items()]


@dataclass(slots=True)
class OfferRow:
    """One row of a proposal as it stands on the page: ticked or not, with a day as typed."""

    key: str
    appointment: Appointment
    day: str
    reason: str = ""
    is_taken: bool = True
    error: str = ""
    planned_on: date | None = None

    @property
    def remark(self) -> str:
        """What is worth a look, though it is allowed."""
        off = day_off_words(self.planned_on) if self.planned_on else ""
        return f"{off}: проверьте, что школа работает" if off else ""


def rows_sent(posted: QueryDict, led: Sequence[Appointment]) -> list[OfferRow]:
    """The rows of a proposal as a person sent them; rows of appointments that are not theirs are left out."""
    known = {str(one.pk): one for one in led}
    taken = set(posted.getlist("take"))
    rows = []
    for key in dict.fromkeys(posted.getlist("row")):
        one = known.get(key.split("-")[0])
        if one is not None:
            row = OfferRow(
                key, one, posted.get(f"day-{key}", ""), posted.get(f"why-{key}", "")[:300], key in taken
            )
            _read(row)
            rows.append(row)
    return rows


def _read(row: OfferRow) -> None:
    try:
        row.planned_on = DayField().clean(row.day)
    except forms.ValidationError as wrong:
        row.error = "Укажите день." if not row.day.strip() else wrong.messages[0]


def wishes_of(rows: Sequence[OfferRow]) -> list[Wish]:
    """The visits that a person agreed to."""
    return [
        Wish(row.appointment.school, row.appointment.person, row.planned_on)
        for row in rows
        if row.is_taken and row.planned_on is not None and row.appointment.school is not None
    ]
