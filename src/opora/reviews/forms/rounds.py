"""Forms of a round: what is examined and how much of it, criteria with levels, who examines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from opora.accounts.models import User
from opora.core.fields import DayField
from opora.core.forms import DeedForm
from opora.core.refusal import Refused
from opora.plans.models import Activity
from opora.programmes.models import DocumentKind, Programme, Stage
from opora.reviews.actions import RoundTold
from opora.reviews.models import Criterion, Round
from opora.reviews.population import STRATA
from opora.reviews.starting import CriterionTold, LevelTold

MOST_ROWS, EMPTY_ROWS = 20, 2
_LEVEL: Final = re.compile(r"\s*(\d{1,4})\s*[|.):—–-]\s*([^|]+?)\s*(?:\|\s*(.*?)\s*)?")


class RoundForm(forms.Form):
    """What is examined, how the sample is made, who examines and until when."""

    title = forms.CharField(label="Название", max_length=300)
    place = forms.ChoiceField(label="Где")
    kinds = forms.ModelMultipleChoiceField(
        DocumentKind.objects.none(), label="Виды документов", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Выберите хотя бы один вид документов."},
    )  # fmt: skip
    stage = forms.ModelChoiceField(
        Stage.objects.none(), label="Этап", required=False, empty_label="Весь год",
        help_text="Документ относится к этапу по своей дате.",
    )  # fmt: skip
    strata = forms.MultipleChoiceField(
        label="Слои", required=False, choices=[(code, f"по {words}") for code, words in
        (("municipality", "муниципалитетам"), ("factor", "рискам"), ("curator", "кураторам"))],
        widget=forms.CheckboxSelectMultiple,
        help_text="Из каждого слоя попадёт столько, какова его доля среди всех документов.",
    )  # fmt: skip
    size_rule = forms.ChoiceField(label="Объём выборки", choices=Round.Size.choices, widget=forms.RadioSelect)
    size_value = forms.DecimalField(
        label="Сколько", max_digits=8, decimal_places=2, min_value=1,
        help_text="Проценты или число документов. Что это значит, покажем до выборки.",
    )  # fmt: skip
    experts_each = forms.IntegerField(label="Экспертов на документ", min_value=1, max_value=5)
    overlap_share = forms.IntegerField(
        label="Ещё один эксперт для доли документов, %", min_value=0, max_value=100,
        help_text="По этим документам считается согласие экспертов.",
    )  # fmt: skip
    most_each = forms.IntegerField(label="Документов на эксперта, не больше", min_value=1, max_value=1000)
    due_on = DayField(label="Рассмотреть до", required=False)
    line = forms.ModelChoiceField(
        Activity.objects.none(), label="Пункт дорожной карты", required=False, empty_label="Ни к какому"
    )

    def __init__(
        self,
        *args: Any,
        places: Sequence[tuple[str, str]],
        programme: Programme,
        lines: QuerySet[Activity],
        is_new: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named: Any = self.fields
        named["place"].choices = places
        named["kinds"].queryset = programme.document_kinds.order_by("position")
        named["stage"].queryset = programme.stages.order_by("number")
        named["line"].queryset = lines
        if not is_new or len(places) == 1:
            named["place"].widget = forms.HiddenInput()
            named["place"].required = False
        if not is_new:
            del self.fields["place"]

    def told(self) -> RoundTold:
        """What was said, for the deed."""
        said = self.cleaned_data
        return RoundTold(
            title=said["title"],
            kinds=tuple(said["kinds"]),
            stage=said["stage"],
            activity=said["line"],
            strata=tuple(said["strata"]),
            size_rule=said["size_rule"],
            size_value=said["size_value"],
            experts_each=said["experts_each"],
            overlap_share=said["overlap_share"],
            most_each=said["most_each"],
            due_on=said["due_on"],
        )


def initial_of(review: Round) -> dict[str, Any]:
    """What stands in the form of a round."""
    return {
        "title": review.title,
        "kinds": list(review.kinds.all()),
        "stage": review.stage,
        "strata": [code for code, _ in STRATA if code in review.strata],
        "size_rule": review.size_rule,
        "size_value": review.size_value.normalize().__format__("f"),
        "experts_each": review.experts_each,
        "overlap_share": review.overlap_share,
        "most_each": review.most_each,
        "due_on": review.due_on,
        "line": review.activity,
    }


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion on the page: its place, words and levels as lines of text."""

    number: int
    title: str = ""
    words: str = ""
    levels: str = ""


def rows_told(criteria: Iterable[CriterionTold]) -> list[CriterionRow]:
    """Criteria as rows of the page."""
    return [
        CriterionRow(number, one.title, one.words, "\n".join(_line(level) for level in one.levels))
        for number, one in enumerate(criteria)
    ]


def told_by(criteria: Iterable[Criterion]) -> list[CriterionTold]:
    """Criteria that are kept, as they are typed; their levels are prefetched in order."""
    return [
        CriterionTold(
            one.title,
            one.words,
            tuple(LevelTold(level.points, level.title, level.words) for level in one.levels_in_order),  # type: ignore[attr-defined]  # -- prefetched under this name
        )
        for one in criteria
    ]


def rows_in(post: QueryDict) -> list[CriterionRow]:
    """The rows as a page sent them, empty ones left out."""
    rows: list[CriterionRow] = []
    for number in range(MOST_ROWS + EMPTY_ROWS):
        told = {name: post.get(f"{name}-{number}", "").strip() for name in ("title", "words", "levels")}
        if any(told.values()):
            rows.append(CriterionRow(len(rows), **told))
    return rows


def criteria_in(rows: Iterable[CriterionRow]) -> list[CriterionTold]:
    """Rows as criteria. Refused naming the line that cannot be read."""
    made = []
    for row in rows:
        levels = []
        for line in filter(str.strip, row.levels.splitlines()):
            read = _LEVEL.fullmatch(line)
            if read is None:
                raise Refused(
                    f"«{row.title or 'Критерий без названия'}»: уровень «{line.strip()[:60]}» не понят. "
                    "Пишите так: 1 | Раскрыто частично | как узнать.",
                    status=400,
                )
            levels.append(LevelTold(int(read[1]), read[2], read[3] or ""))
        made.append(CriterionTold(row.title, row.words, tuple(sorted(levels, key=lambda one: one.points))))
    return made


def _line(level: LevelTold) -> str:
    return " | ".join(part for part in (str(level.points), level.title, level.words) if part)


class PeopleForm(forms.Form):
    """Who examines: ticked by name; experts are ticked from the start, curators are not."""

    experts = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Эксперты",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Кого здесь нет, сначала назначьте экспертом на странице «Назначения».",
    )
    curators = forms.ModelMultipleChoiceField(
        User.objects.none(), label="Кураторы", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, experts: QuerySet[User], curators: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Any = self.fields
        named["experts"].queryset, named["curators"].queryset = experts, curators
        named["experts"].initial = list(experts)

    def people(self) -> list[User]:
        """Those who are ticked, in the order of their names."""
        chosen = {one.pk: one for name in ("experts", "curators") for one in self.cleaned_data[name]}
        return sorted(chosen.values(), key=lambda one: (one.folded_name, one.pk))


class ReturnForm(DeedForm):
    """A document goes back to its school with remarks."""

    remarks = forms.CharField(
        label="Что доработать", max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Школа увидит эти слова. Имена экспертов не пишите.",
    )  # fmt: skip
    rework_by = DayField(label="Доработать до", required=False)
    recall = forms.BooleanField(
        label="Отозвать утверждение, чтобы школа могла заменить файл", required=False, initial=True
    )
    field_order = ("remarks", "rework_by", "recall")

    def __init__(self, *args: Any, may_recall: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_recall:
            del self.fields["recall"]


class ExpertForm(DeedForm):
    """One more expert for a document, chosen by hand."""

    expert = forms.TypedChoiceField(
        label="Эксперт", coerce=int, error_messages={"required": "Выберите эксперта."}
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Any = self.fields
        named["expert"].choices = [("", "Выберите"), *((one.pk, one.short_name) for one in people)]


class ReasonForm(DeedForm):
    """A document is declined with a reason."""

    reason = forms.CharField(
        label="Почему не можете рассматривать", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Например: работал в этой школе, помогал писать этот документ. Видит только координатор.",
    )  # fmt: skip
