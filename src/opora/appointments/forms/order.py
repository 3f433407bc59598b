"""The form of the draft order: which appointments, and the number once it is signed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from opora.appointments.models import Appointment
from opora.core.fields import DayField
from opora.documents.forms import TextField


class DraftOrderForm(forms.Form):
    """Which appointments go into the order; its number and day, when they are known."""

    held = forms.ModelMultipleChoiceField(
        Appointment.objects.none(),
        label="Кого включить",
        error_messages={"required": "Отметьте хотя бы одного человека."},
    )
    order_number = TextField(label="Номер приказа", required=False, max_length=50)
    order_date = DayField(label="Дата приказа", required=False)

    def __init__(
        self, *arguments: Any, held: QuerySet[Appointment], must_number: bool = False, **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        self.fields["held"].queryset = held  # type: ignore[attr-defined]  # -- the stubs lose the class
        self.must_number = must_number

    def clean(self) -> dict[str, Any]:
        """To write the number down one must know it."""
        told = super().clean() or {}
        if self.must_number and not told.get("order_number"):
            self.add_error("order_number", "Впишите номер подписанного приказа.")
        if self.must_number and not told.get("order_date") and "order_date" not in self.errors:
            self.add_error("order_date", "Впишите дату подписанного приказа.")
        return told
