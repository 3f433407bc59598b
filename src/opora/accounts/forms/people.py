"""Forms of people: what is known of a person, whom to invite."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from opora.accounts.models import User
from opora.documents.forms import TextField


class PersonForm(forms.Form):
    """What is known of a person."""

    last_name = TextField(label="Фамилия", max_length=100)
    first_name = TextField(label="Имя", max_length=100)
    middle_name = TextField(label="Отчество", required=False, max_length=100)
    email = forms.EmailField(
        label="Электронная почта",
        required=False,
        max_length=254,
        help_text="По ней человек входит. Без почты его можно назначить, но войти он не сможет.",
    )
    post = TextField(
        label="Должность",
        required=False,
        max_length=200,
        help_text="Со строчной буквы: «заместитель директора».",
    )
    workplace = TextField(
        label="Место работы",
        required=False,
        max_length=300,
        help_text="Для сотрудника школы — её название: так куратором не назначат в свою школу.",
    )


class ChangePersonForm(PersonForm):
    """The same, and whether the person may sign in."""

    is_active = forms.BooleanField(label="Может входить", required=False)


class InviteForm(forms.Form):
    """Whom to send an invitation by mail."""

    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Кого пригласить",
        error_messages={"required": "Отметьте хотя бы одного человека."},
    )

    def __init__(self, *arguments: Any, people: QuerySet[User], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]  # -- the stubs lose the class


def initial_of(person: User) -> dict[str, Any]:
    """What a form begins with."""
    return {name: getattr(person, name) for name in ChangePersonForm.base_fields}
