"""Forms of documents and of a person's word: they make clean values and save nothing."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from opora.accounts.models import User
from opora.core.fields import DayField
from opora.core.filetypes import CONTENT_TYPES, EXTENSIONS
from opora.core.russian import clean, find_forbidden
from opora.documents.models import Document, Publication
from opora.plans.models import Activity
from opora.programmes.models import DocumentKind
from opora.schools.models import School

_ENDINGS = ",".join(
    f".{end}" for kind in CONTENT_TYPES if kind != "sig" for end in EXTENSIONS.get(kind, (kind,))
)


class TextField(forms.CharField):
    """A text field that lets in only characters that may be stored (T-CHARS)."""

    def to_python(self, value: Any) -> str:
        text = value if isinstance(value, str) else ""
        place = find_forbidden(text)
        if place is not None:
            raise forms.ValidationError(
                f"В тексте есть недопустимые символы (позиция {place}). Наберите это место заново.",
                code="T-CHARS",
            )
        return str(super().to_python(clean(text)) or "")


class DayForm(forms.Form):
    """The day of a deed: by default the one the person looks at; the deed refuses days to come."""

    on = DayField(label="Дата")
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, as_of: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        for name, field in self.fields.items():
            if isinstance(field, DayField):
                field.widget.attrs |= {"max": today.isoformat()}
                field.initial = min(as_of, today) if name in {"on", "happened_on"} else None


class QuestionForm(DayForm):
    """A document goes back with a question."""

    question = TextField(
        label="Что поправить или уточнить",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Эти слова увидит тот, кто внёс документ.",
    )
    field_order = ("question", "on")


class ReasonForm(forms.Form):
    """Why an approval is taken back."""

    reason = TextField(label="Почему", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class TakeDownForm(DayForm):
    """Why and when a document or a word is taken back."""

    reason = TextField(label="Почему", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("reason", "on")


class PublishForm(DayForm):
    """Where a document is made public."""

    where = forms.ChoiceField(
        label="Где", choices=Publication.Where.choices, widget=forms.RadioSelect, initial="portal"
    )
    address = TextField(
        label="Адрес страницы",
        max_length=500,
        required=False,
        help_text="Если документ размещён на другом сайте: адрес начинается с https://",
    )
    field_order = ("where", "address", "on")


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(label="Файл", widget=forms.ClearableFileInput(attrs={"accept": _ENDINGS}))


class ManyFiles(forms.ClearableFileInput):
    """A chooser of several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is looked at on its own by the deed that keeps it."""

    widget = ManyFiles(attrs={"accept": _ENDINGS})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = [file for file in data or [] if file]
        if not files and self.required:
            raise forms.ValidationError("Выберите файл")
        return files


class CardForm(forms.Form):
    """What is written about a document. Choices are limited to the rows that the person may name."""

    title = TextField(label="Название", max_length=300)
    number = TextField(label="Номер", max_length=50, required=False)
    dated_on = DayField(label="Дата документа")
    kind = forms.ModelChoiceField(
        DocumentKind.objects.none(), label="Вид", required=False, empty_label="Не указан"
    )
    activity = forms.ModelChoiceField(
        Activity.objects.none(),
        label="Пункт дорожной карты",
        required=False,
        empty_label="Не связан с пунктом",
        help_text="После утверждения документ засчитается этому пункту.",
    )
    school = forms.ModelChoiceField(
        School.objects.none(), label="Школа", required=False, empty_label="Документ центра"
    )
    curator = forms.ModelChoiceField(
        User.objects.none(), label="Куратор, чей это отчёт", required=False, empty_label="Не отчёт куратора"
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        kinds: QuerySet[DocumentKind],
        activities: QuerySet[Activity],
        schools: QuerySet[School],
        curators: QuerySet[User] | None,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _limit(self.fields["kind"], kinds)
        _limit(self.fields["activity"], activities)
        _limit(self.fields["school"], schools)
        self.fields["dated_on"].widget.attrs |= {"max": today.isoformat()}
        if curators is None:
            # A person of a school names an own school; the curator is known from the appointment.
            self.fields.pop("curator")
            self.fields["school"].required = True
            self.fields["school"].empty_label = "Выберите школу"  # type: ignore[attr-defined]  # -- the stubs lose the field's own class
        else:
            _limit(self.fields["curator"], curators)


class AddDocumentForm(CardForm):
    """A card with its files and what to do next."""

    NEXT = (
        ("draft", "Оставить черновиком"),
        ("send", "Отправить на согласование"),
        ("approve", "Сразу утвердить"),
    )
    papers = FilesField(
        label="Файлы",
        help_text="Один файл — один документ. Если выбрать несколько, каждый станет отдельным документом с"
        " названием по имени файла. До 20 МБ: Word, Excel, PDF, OpenDocument, текст, снимки, сканы.",
    )
    then = forms.ChoiceField(label="Что дальше", choices=NEXT, widget=forms.RadioSelect)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field_order = ("papers", "title", "number", "dated_on", "activity", "school", "curator", "kind", "then")

    def __init__(self, *args: Any, may_approve: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        self.fields["title"].error_messages["required"] = "Напишите название документа"
        choices = self.NEXT if may_approve else self.NEXT[:2]
        self.fields["then"].choices = choices  # type: ignore[attr-defined]  # -- the stubs lose the field's own class
        self.fields["then"].initial = choices[-1][0]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if len(values.get("papers") or []) > 1:
            # Several files bear their own names: the one field of the title is not asked for.
            self.errors.pop("title", None)
            values["title"] = ""
        return values


class WordForm(DayForm):
    """A person's word that a line was done."""

    words = TextField(
        label="Что сделано и что из этого вышло",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    happened_on = DayField(label="Когда это было")
    school = forms.ModelChoiceField(School.objects.none(), label="Школа", empty_label="Выберите школу")
    document = forms.ModelChoiceField(
        Document.objects.none(),
        label="Документ, который это подтверждает",
        required=False,
        empty_label="Без документа",
    )
    is_nothing = forms.BooleanField(
        label="Сообщать нечего: дела по этому пункту не требуются", required=False
    )
    field_order = ("words", "happened_on", "school", "document", "is_nothing")

    def __init__(
        self,
        *args: Any,
        schools: QuerySet[School] | None,
        documents: QuerySet[Document],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("on")
        _limit(self.fields["document"], documents)
        if schools is None:
            self.fields.pop("school")
        else:
            _limit(self.fields["school"], schools)


class DocumentFilter(forms.Form):
    """What the list of documents is narrowed by; what cannot be understood is ignored."""

    q = forms.CharField(required=False)
    state = forms.ChoiceField(choices=Document.State.choices, required=False)
    line = forms.IntegerField(required=False, min_value=1)
    kind = forms.IntegerField(required=False, min_value=1)
    school = forms.IntegerField(required=False, min_value=1)

    def asked(self) -> dict[str, Any]:
        self.full_clean()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


def _limit(field: forms.Field, rows: QuerySet[Any]) -> None:
    field.queryset = rows  # type: ignore[attr-defined]  # -- the stubs lose the field's own class
