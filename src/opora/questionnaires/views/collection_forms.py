"""Forms of collections: making one, putting a term off, a question to an answer; they save nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from opora.core.fields import DayField
from opora.documents.forms import DayForm, TextField
from opora.plans.models import Activity
from opora.programmes.models import Programme, RiskFactor, Stage
from opora.questionnaires.audience import KINDS, NAMED, Audience
from opora.questionnaires.models import Collection, QuestionnaireVersion
from opora.schools.models import School

BY_HAND, AT_ONCE, NAMELESS = "by_hand", "at_once", "nameless"
MODES = (
    (BY_HAND, "Центр принимает каждый ответ"),
    (AT_ONCE, "Ответ принят, как только сдан"),
    (NAMELESS, "Без имён: видно только, кто ответил; что ответил — нет"),
)


def _chosen(rows: Iterable[Any], nothing: str) -> list[tuple[Any, str]]:
    return [("", nothing), *((row.pk, str(row)) for row in rows)]


class CollectionForm(forms.Form):
    """A new collection: the form, for whom, by when, for which line."""

    version = forms.TypedChoiceField(label="Форма", coerce=int)
    title = TextField(label="Название сбора", max_length=300)
    words = TextField(
        label="Зачем и как заполнять",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    who = forms.ChoiceField(
        label="От кого",
        choices=Collection.Audience.choices,
        help_text="Кураторы и школьные координаторы — тех же школ, что выбраны ниже. Учителя и ученики форм не заполняют.",
    )
    kind = forms.ChoiceField(label="Какие школы", choices=KINDS, required=False)
    factor = forms.TypedChoiceField(label="Взяли в работу", coerce=int, required=False, empty_value=None)
    schools = forms.TypedMultipleChoiceField(
        label="Школы", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    opens_on = DayField(label="Открывается")
    due_on = DayField(label="Сдать до")
    stage = forms.TypedChoiceField(label="Этап", coerce=int, required=False, empty_value=None)
    line = forms.TypedChoiceField(
        label="Пункт дорожной карты", coerce=int, required=False, empty_value=None,
        help_text="Сбор засчитается пункту, показатель которого — «Формы заполнены».",
    )  # fmt: skip
    mode = forms.ChoiceField(label="Как принимаются ответы", choices=MODES, initial=BY_HAND)

    def __init__(
        self,
        *args: Any,
        versions: Sequence[QuestionnaireVersion],
        programme: Programme,
        schools: Sequence[School],
        lines: Sequence[Activity],
        as_of: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.versions = {one.pk: one for one in versions}
        self.factors: dict[int, RiskFactor] = {one.pk: one for one in programme.risk_factors.all()}
        self.stages: dict[int, Stage] = {one.pk: one for one in programme.stages.order_by("number")}
        self.lines = {one.pk: one for one in lines}
        told = {
            "version": [(pk, str(one)) for pk, one in self.versions.items()],
            "factor": _chosen(self.factors.values(), "Неважно"),
            "stage": _chosen(self.stages.values(), "Не относится к этапу"),
            "line": _chosen(self.lines.values(), "Ни к какому"),
            "schools": [(one.pk, str(one)) for one in schools],
        }
        for name, choices in told.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        self.fields["opens_on"].initial = as_of

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") == NAMED and not said.get("schools") and "schools" not in self.errors:
            self.add_error("schools", "Отметьте школы, от которых собирать.")
        opens_on, due_on = said.get("opens_on"), said.get("due_on")
        if opens_on and due_on and due_on < opens_on:
            self.add_error("due_on", "Этот день раньше, чем сбор открывается")
        return said

    @property
    def audience(self) -> Audience:
        """For whom, of clean values; the town is the one of the form chosen."""
        said = self.cleaned_data
        named = frozenset(said["schools"]) if said["kind"] == NAMED else frozenset()
        factor = self.factors.get(said["factor"]) if said["factor"] else None
        town = self.versions[said["version"]].questionnaire.municipality
        return Audience(town, self.programme, said["who"], said["kind"], factor, named)

    @property
    def making(self) -> dict[str, Any]:
        """The arguments of `make_collection`, of clean values."""
        said = self.cleaned_data
        return {
            "version": self.versions[said["version"]],
            "audience": self.audience,
            "title": said["title"],
            "words": said["words"],
            "opens_on": said["opens_on"],
            "due_on": said["due_on"],
            "activity": self.lines.get(said["line"]),
            "stage": self.stages.get(said["stage"]),
            "is_accepted_by_hand": said["mode"] == BY_HAND,
            "is_anonymous": said["mode"] == NAMELESS,
        }


class ExtensionForm(forms.Form):
    """A later term for those chosen, with a reason."""

    until = DayField(label="Новый срок")
    reason = TextField(label="Почему продлён", max_length=300)


class AnswerQuestionForm(DayForm):
    """An answer goes back with a question."""

    question = TextField(
        label="Что поправить или уточнить", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("question", "on")


class SurveyForm(forms.Form):
    """The results of a survey as a file."""

    title = TextField(label="Название опроса", max_length=300)
    held_on = DayField(label="Когда проведён")
    file = forms.FileField(
        label="Файл с результатами",
        allow_empty_file=True,
        max_length=300,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.xls"}),
        help_text="xlsx, ods или csv: столбцы «Вопрос», «Ответ», «Количество»; ещё понимаем «Всего» и «Группа».",
    )
