"""Forms of schools, their participation and the requisites of a centre."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.db.models import QuerySet

from opora.core.fields import DayField
from opora.documents.forms import TextField
from opora.schools.models import Municipality, Participation, School


class DegreesField(forms.DecimalField):
    """Degrees with a comma or a point, kept to five places: about a metre."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    default_error_messages = {"invalid": "Это не похоже на координату. Напишите градусы: 56,83892."}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # -- the stubs give it the type of whole numbers
        told = super().to_python(str(value or "").strip().rstrip("°").replace(",", "."))
        try:
            return None if told is None else told.quantize(Decimal("0.00001"))
        except InvalidOperation as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """What is kept, as people write it; what was typed, as it was typed."""
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


class SchoolForm(forms.Form):
    """What is known of a school."""

    short_name = TextField(
        label="Короткое название", max_length=100, help_text="Так школа стоит в списках: «Школа № 101»."
    )
    name = TextField(
        label="Полное название", max_length=300, help_text="Как в уставе: для приказов и отчётов."
    )
    number = forms.IntegerField(
        label="Номер",
        required=False,
        min_value=1,
        max_value=99_999,
        help_text="По нему школы стоят по порядку.",
    )
    site = forms.URLField(
        label="Сайт школы",
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text="Начинается с https://",
    )

    address = TextField(label="Адрес", required=False, max_length=300)
    phone = TextField(label="Телефон", required=False, max_length=100)
    latitude = DegreesField(
        label="Широта",
        required=False,
        min_value=-90,
        max_value=90,
        help_text="В градусах: 56,83892. По координатам считается дорога куратора.",
    )
    longitude = DegreesField(
        label="Долгота", required=False, min_value=-180, max_value=180, help_text="В градусах: 60,60570."
    )

    def clean(self) -> dict[str, Any]:
        """A point has two degrees."""
        told = super().clean() or {}
        for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if told.get(one) is not None and told.get(other) is None and other not in self.errors:
                self.add_error(other, "Впишите обе координаты или ни одной.")
        return told


class NewSchoolForm(SchoolForm):
    """A new school and since when it takes part."""

    municipality = forms.ModelChoiceField(Municipality.objects.none(), label="Муниципалитет")
    kind = forms.ChoiceField(label="Категория", choices=Participation.Kind.choices)
    since = DayField(label="Участвует с")
    field_order = ("municipality", "short_name", "name", "number", "site", "kind", "since")

    def __init__(
        self, *arguments: Any, as_of: date, municipalities: QuerySet[Municipality], **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        self.fields["municipality"].queryset = municipalities  # type: ignore[attr-defined]  # -- the stubs lose the class
        self.fields["municipality"].initial = municipalities.first()
        self.fields["since"].initial = as_of


class TakePartForm(forms.Form):
    """Since when a school takes part, and as what."""

    kind = forms.ChoiceField(label="Категория", choices=Participation.Kind.choices)
    since = DayField(label="Участвует с")

    def __init__(self, *arguments: Any, as_of: date, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["since"].initial = as_of


class LeaveForm(forms.Form):
    """The last day of a school in the programme and why."""

    until = DayField(label="Последний день участия")
    reason = TextField(
        label="Почему школа выбыла", max_length=300, help_text="Например: «реорганизация». Войдёт в отчёт."
    )

    def __init__(self, *arguments: Any, as_of: date, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["until"].initial = as_of


def initial_of(school: School) -> dict[str, Any]:
    """What a form begins with."""
    return {name: getattr(school, name) for name in SchoolForm.base_fields}


class SchoolListForm(forms.Form):
    """A list of schools as a file or pasted, and what an absent cell of it means."""

    text = TextField(
        label="Список из буфера обмена",
        required=False,
        strip=False,
        max_length=2_000_000,
        help_text="Скопируйте столбцы из Excel вместе с заголовками.",
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="Или файл списка",
        required=False,
        allow_empty_file=True,
        max_length=300,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.xls"}),
        help_text="xlsx, ods или csv. Заголовки столбцов узнаются сами.",
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label="Муниципалитет",
        required=False,
        empty_label="Назван в каждой строке",
        help_text="Для строк, где он не назван.",
    )
    kind = forms.ChoiceField(
        label="Категория",
        choices=Participation.Kind.choices,
        help_text="Для новых школ, где её нет в списке.",
    )
    since = DayField(label="Участвуют с", help_text="Для новых школ, где дня нет в списке.")

    def __init__(
        self, *arguments: Any, as_of: date, municipalities: QuerySet[Municipality], **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        self.fields["municipality"].queryset = municipalities  # type: ignore[attr-defined]  # -- the stubs lose the class
        self.fields["since"].initial = as_of


class MunicipalityListForm(forms.Form):
    """A list of municipalities with their centres, as a file or pasted."""

    text = SchoolListForm.base_fields["text"]
    file = SchoolListForm.base_fields["file"]
