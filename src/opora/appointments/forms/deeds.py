"""Forms of appointing, releasing and replacing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from opora.accounts.models import User
from opora.appointments.actions import Newcomer
from opora.appointments.models import Duty
from opora.core.fields import DayField
from opora.documents.forms import TextField
from opora.schools.models import Municipality, School

# Duties of schools first: they are given every year, those of the centre rarely.
HERE = (Duty.CURATOR, Duty.SCHOOL_COORDINATOR, Duty.MUNICIPAL_COORDINATOR, Duty.HEAD, Duty.EXPERT)


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # -- cannot be subscripted when running
    """A person by full name, told apart by post and workplace."""

    def label_from_instance(self, obj: Any) -> str:
        """«Сваева Анна Петровна, методист, центр»."""
        return ", ".join(part for part in (obj.full_name, obj.post, obj.workplace) if part)


class OrderForm(forms.Form):
    """Since when, and by which order, if it is signed already."""

    since = DayField(label="С какого дня")
    order_number = TextField(
        label="Номер приказа",
        required=False,
        max_length=50,
        help_text="Приказа ещё нет? Оставьте пустым: проект приказа соберём сами, номер впишете потом.",
    )
    order_date = DayField(label="Дата приказа", required=False)

    def __init__(self, *arguments: Any, as_of: date, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["since"].initial = as_of

    def order(self) -> dict[str, Any]:
        """The clean values as the actions take them."""
        return {name: self.cleaned_data[name] for name in ("since", "order_number", "order_date")}

    def clean(self) -> dict[str, Any]:
        """An order has a number and a day, or neither."""
        told = super().clean() or {}
        if told.get("order_date") and not told.get("order_number"):
            self.add_error("order_number", "Впишите номер приказа или уберите его дату.")
        if told.get("order_number") and not told.get("order_date") and "order_date" not in self.errors:
            self.add_error("order_date", "Впишите дату приказа или уберите его номер.")
        return told


class WhoForm(OrderForm):
    """A person of the list or somebody new."""

    person = PersonField(
        User.objects.none(), label="Кого", required=False, empty_label="Выберите из списка или впишите ниже"
    )
    last_name = TextField(label="Фамилия", required=False, max_length=100)
    first_name = TextField(label="Имя", required=False, max_length=100)
    middle_name = TextField(label="Отчество", required=False, max_length=100)
    post = TextField(label="Должность", required=False, max_length=200)
    workplace = TextField(label="Место работы", required=False, max_length=300)
    email = forms.EmailField(label="Электронная почта", required=False)

    def __init__(self, *arguments: Any, people: QuerySet[User], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["person"].queryset = people.order_by("folded_name")  # type: ignore[attr-defined]  # -- the stubs lose the class

    def clean(self) -> dict[str, Any]:
        """One of two: chosen or written."""
        told = super().clean()
        written = told.get("last_name") or told.get("first_name")
        if told.get("person") and written:
            self.add_error("person", "Либо выберите человека из списка, либо впишите нового.")
        if not told.get("person"):
            if not written and "person" not in self.errors:
                self.add_error("person", "Выберите человека или впишите нового ниже.")
            elif not told.get("last_name"):
                self.add_error("last_name", "Впишите фамилию.")
            elif not told.get("first_name"):
                self.add_error("first_name", "Впишите имя.")
        return told

    def who(self) -> User | Newcomer:
        """The person as the actions take it."""
        told = self.cleaned_data
        if told["person"] is not None:
            chosen: User = told["person"]
            return chosen
        names = ("last_name", "first_name", "middle_name", "email", "post", "workplace")
        return Newcomer(**{name: told[name] for name in names})


class AppointForm(WhoForm):
    """Who, to what, where, since when."""

    duty = forms.ChoiceField(label="Обязанность", choices=[(duty.value, duty.label) for duty in HERE])
    place = forms.ChoiceField(label="Где")
    field_order = ("duty", "place", "person")

    def __init__(
        self, *arguments: Any, schools: QuerySet[School], municipalities: QuerySet[Municipality], **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        self.places = {f"school-{one.pk}": one for one in schools} | {
            f"municipality-{one.pk}": one for one in municipalities
        }
        self.fields["place"].choices = [  # type: ignore[attr-defined]  # -- the same
            ("Школы", [(key, str(one)) for key, one in self.places.items() if key.startswith("s")]),
            ("Муниципалитет", [(key, str(one)) for key, one in self.places.items() if key.startswith("m")]),
        ]

    def clean_place(self) -> Any:
        """The place itself."""
        return self.places[self.cleaned_data["place"]]


class ReleaseForm(forms.Form):
    """The last day and why."""

    until = DayField(label="Последний день")
    reason = TextField(
        label="Почему",
        max_length=300,
        help_text="Например: «перешла в другую школу». Останется в истории.",
    )
    ahead = forms.CharField(label="Намеченные посещения", required=False, max_length=20)

    def __init__(self, *arguments: Any, as_of: date, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["until"].initial = as_of


class ReplaceForm(WhoForm):
    """Who comes instead, since when and why."""

    reason = TextField(
        label="Почему меняется человек",
        max_length=300,
        help_text="Например: «отпуск по уходу за ребёнком». Останется в истории.",
    )
    field_order = ("person", "last_name", "first_name", "middle_name", "post", "workplace", "email", "reason")
