"""Forms of documents and of a person's word: they make clean values and save nothing."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from opora.accounts.models import User
from opora.core.fields import DayField
from opora.core.filetypes import CONTENT_TYPES, EXTENSIONS
from opora.core.forms import DeedForm
from opora.core.russian import clean, counted, find_forbidden
from opora.documents.models import Comment, Document, Publication, PublicationCheck, Version
from opora.plans.models import Activity
from opora.programmes.models import DocumentKind, RiskFactor
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


class DayForm(DeedForm):
    """A deed of today, or of an earlier day for whoever may enter one."""


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

    reason = TextField(
        label="Почему",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Если документ стоял на портале, эти слова останутся на его странице.",
    )
    field_order = ("reason", "on")


class ApproveForm(DayForm):
    """The day of approval; where proposals are not settled, the person says that it is known."""

    is_open_left = forms.BooleanField(required=False)

    def __init__(self, *args: Any, waiting: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not waiting:
            self.fields.pop("is_open_left")
            return
        words = counted(waiting, "предложение", "предложения", "предложений")
        self.fields["is_open_left"].label = f"Утвердить, хотя не разобрано {words}"


class LookForm(forms.Form):
    """What a person saw at the address of a publication."""

    SEEN = (
        (PublicationCheck.Outcome.CARRIES, "Я посмотрел: страница есть, документ на ней"),
        (PublicationCheck.Outcome.OTHER, "Страница есть, документа на ней нет"),
        (PublicationCheck.Outcome.SILENT, "Страница не открывается"),
    )
    outcome = forms.ChoiceField(label="Что вы увидели", choices=SEEN, widget=forms.RadioSelect)
    words = TextField(label="Подробнее", max_length=300, required=False)


class DiscussForm(forms.Form):
    """Until which day proposals to a draft are taken."""

    until = DayField(label="Предложения принимаются до", required=False)
    is_closed = forms.BooleanField(label="Закрыть приём предложений и скрыть проект", required=False)

    def __init__(self, *args: Any, today: date, until: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].widget.attrs |= {"min": today.isoformat()}
        self.fields["until"].initial = until or today + timedelta(days=14)
        if until is None:
            self.fields.pop("is_closed")

    def clean(self) -> dict[str, Any]:
        values = {"is_closed": False, **(super().clean() or self.cleaned_data)}
        if not values["is_closed"] and not values.get("until") and not self.errors:
            self.add_error("until", "Укажите день, до которого принимаются предложения")
        return values


class CommentForm(forms.Form):
    """A proposal to one version of a draft."""

    version = forms.ModelChoiceField(Version.objects.none(), label="К какой версии", empty_label=None)
    place = TextField(
        label="К какому месту", max_length=200, required=False, help_text="Раздел, пункт, страница."
    )
    words = TextField(
        label="Что предлагаете или о чём спрашиваете",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, versions: list[Version], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _limit(self.fields["version"], Version.objects.filter(pk__in=[one.pk for one in versions]))
        self.fields["version"].initial = versions[0] if versions else None


class SettleForm(forms.Form):
    """What came of a proposal."""

    outcome = forms.ChoiceField(
        label="Что решено", choices=Comment.Outcome.choices[1:], widget=forms.RadioSelect
    )
    answer = TextField(
        label="Ответ",
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Если оставлено как есть — почему. Ответ увидит автор предложения.",
    )


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, may_backdate=True)
        self.fields["on"].label = "С какого дня он там"
        self.fields["on"].help_text = "Только для другого сайта: на портале документ появится сегодня."

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("where") == Publication.Where.PORTAL:
            told |= {"on": self.today, "entered_on": None}
        return told


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
    factor = forms.ModelChoiceField(
        RiskFactor.objects.none(), label="О каком риске", required=False, empty_label="Не о риске"
    )
    audience = forms.ChoiceField(
        label="Кому виден",
        choices=Document.Audience.choices,
        initial=Document.Audience.PLACE,
        help_text="На портале документ появится, только если его разместить.",
    )
    storage_term = TextField(
        label="Срок хранения", max_length=100, required=False, help_text="Например: 5 лет, постоянно."
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
        factors: QuerySet[RiskFactor] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _limit(self.fields["kind"], kinds)
        # Always chosen on the page; whoever sends a card without it leaves it as it is.
        self.fields["audience"].required = not self.is_bound or "audience" in self.data
        if factors is None:
            self.fields.pop("factor")
        else:
            _limit(self.fields["factor"], factors)
        _limit(self.fields["activity"], activities)
        _limit(self.fields["school"], schools)
        self.fields["dated_on"].widget.attrs |= {"max": today.isoformat()}
        if curators is None:
            # A person of a school names an own school; the curator is known from the appointment.
            # A document of a school is seen by the school and the centre whatever is chosen.
            for name in ("curator", "audience"):
                self.fields.pop(name)
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
    field_order = (
        "papers", "title", "number", "dated_on", "activity", "school", "curator", "kind", "factor", "audience",
        "storage_term", "then",
    )  # fmt: skip

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
        self.fields["happened_on"].initial = self.today
        self.fields["happened_on"].widget.attrs["max"] = self.today.isoformat()
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
