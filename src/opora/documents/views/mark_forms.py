"""Forms of marks: one mark, one paper of many schools, a whole table; they make clean values and save nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from opora.core.fields import DayField
from opora.documents.forms import TextField
from opora.documents.marks import State
from opora.documents.owed import Owed

_DEEDS = {
    State.LOADED: "Загружено",
    State.CONFIRMED: "Подтверждено куратором",
    State.RETURNED: "Вернуть с вопросом",
    State.NONE: "Не загружено",
}


class MarkForm(forms.Form):
    """What stands in ИС МЭДК: the states that the person may note, the day, the link, words."""

    state = forms.ChoiceField(label="Что в ИС МЭДК", widget=forms.RadioSelect)
    on = DayField(label="С какого дня")
    address = forms.URLField(
        label="Ссылка в ИС МЭДК",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Если она есть: начинается с https://",
        error_messages={"invalid": "Это не похоже на ссылку. Она начинается с https://"},
    )
    words = TextField(
        label="Пояснение или вопрос",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Если документ возвращается: что поправить.",
    )

    def __init__(self, *args: Any, states: Sequence[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(state.value, words) for state, words in _DEEDS.items() if state in states]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]  # -- the stubs lose the field's own class
        self.fields["on"].initial = today
        self.fields["on"].widget.attrs |= {"max": today.isoformat()}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("state") == State.RETURNED and not values.get("words"):
            self.add_error("words", "Напишите, что поправить: с этими словами документ вернётся в школу")
        return values


class ManyMarksForm(MarkForm):
    """The same for many schools at once: whose papers are meant."""

    papers = forms.MultipleChoiceField(label="Школы", widget=forms.CheckboxSelectMultiple)
    field_order = ("state", "on", "words", "papers")

    def __init__(self, *args: Any, owed: Sequence[Owed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["address"]
        choices = [(code_of(one), str(one.part.school)) for one in owed]
        self.fields["papers"].choices = choices  # type: ignore[attr-defined]  # -- the stubs lose the field's own class
        self.fields["papers"].error_messages["required"] = "Отметьте хотя бы одну школу"


class MarkTableForm(forms.Form):
    """A table of marks: words of the clipboard, or a file."""

    text = forms.CharField(
        label="Таблица из буфера обмена",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Скопируйте в Excel прямоугольник: школа, документ, состояние, дата, ссылка.",
    )
    file = forms.FileField(
        label="Или файл таблицы",
        required=False,
        allow_empty_file=True,
        max_length=300,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.xls"}),
        help_text="xlsx, ods или csv.",
    )


class MarkFilter(forms.Form):
    """What the marks are narrowed by; what cannot be understood is ignored."""

    show = forms.ChoiceField(choices=State.choices, required=False)
    kind = forms.IntegerField(required=False, min_value=1)
    factor = forms.IntegerField(required=False, min_value=1)

    def asked(self) -> dict[str, Any]:
        self.full_clean()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


def code_of(owed: Owed) -> str:
    """How a form names one paper of one school."""
    kind, factor = owed.key
    return f"{owed.part.pk}-{kind}-{factor or ''}"
