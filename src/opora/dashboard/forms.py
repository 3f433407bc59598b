"""The form of the settings: requisites of the centre, which stand on every paper."""

from __future__ import annotations

from typing import Any

from django import forms

from opora.documents.forms import TextField
from opora.schools.actions import REQUISITES
from opora.schools.models import Municipality


class RequisitesForm(forms.Form):
    """Requisites of the centre as ГОСТ Р 7.0.97-2025 asks for them."""

    centre_name = TextField(label="Методический центр, полностью", max_length=300, help_text="Как в уставе.")
    centre_short_name = TextField(label="Коротко", max_length=150, help_text="Для экрана и писем.")
    centre_address = TextField(
        label="Адрес, телефон, почта", required=False, max_length=500, help_text="Вторая строка бланка."
    )
    place = TextField(
        label="Место составления документов", max_length=150, help_text="Например: «г. Примерск»."
    )
    head_post = TextField(label="Должность руководителя", max_length=200)
    head_name = TextField(
        label="Руководитель",
        max_length=300,
        help_text="Фамилия, имя, отчество: под документами встанут инициалы.",
    )


def initial_of(municipality: Municipality) -> dict[str, Any]:
    """What the form begins with."""
    return {name: getattr(municipality, name) for name in REQUISITES}
