"""Forms of the report pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from opora.core.fields import DayField
from opora.plans.models import Activity, Roadmap
from opora.reports.actions.issues import WORDS_LIMIT
from opora.reports.models import Issue
from opora.reports.register import ReportKind

Topics = Sequence[tuple[str, str]]


class TopicField(forms.ChoiceField):
    """What a report is about: the first of the choices when nothing is said."""

    def to_python(self, value: Any) -> str:
        first = next(iter(self.choices), ("", ""))  # type: ignore[arg-type]  # -- choices are a sequence here
        return super().to_python(value) or first[0]


class ReportForm(forms.Form):
    """For what stretch and on which day a report is built, and about what: only what the kind asks for."""

    stretch = forms.ChoiceField(label="Какой отчёт", choices=Issue.Stretch.choices)
    about = TopicField(label="О чём", required=False)
    since = DayField(
        label="Считать прибавку с", help_text="Что выполнено с этого дня, отчёт назовёт отдельно"
    )
    as_of = DayField(label="Состояние на")

    def __init__(
        self, *args: Any, kind: ReportKind, topics: Topics = (), latest: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._latest = latest
        unasked = [] if kind.has_stretch else ["stretch", "since"]
        for name in [*unasked, *([] if topics else ["about"])]:
            del self.fields[name]
        if topics:
            # Where there is always one, the page does not call the choice optional.
            self.fields["about"].required = kind.start is not None
            self.fields["about"].choices = [(key, words[:90]) for key, words in topics]  # type: ignore[attr-defined]  # -- the stubs lose the field's own class

    def clean(self) -> dict[str, Any]:
        clean: dict[str, Any] = super().clean() or {}
        since, as_of = clean.get("since"), clean.get("as_of")
        if since and as_of and since > as_of:
            self.add_error("since", "Начало позже последнего дня. Поправьте одну из дат")
        if as_of and as_of > self._latest:
            self.add_error("as_of", "Этот день ещё не наступил. Выберите сегодня или раньше")
        return clean


class FreezeForm(ReportForm):
    """The same, the line of the roadmap that the report fulfils, and the words a person adds to a note."""

    line = forms.ModelChoiceField(
        Activity.objects.none(),
        label="Какой пункт исполняет отчёт",
        required=False,
        empty_label="Никакой: просто отчёт",
    )
    words = forms.CharField(label="Выводы", required=False, max_length=WORDS_LIMIT, widget=forms.Textarea)

    def __init__(self, *args: Any, roadmap: Roadmap | None, kind: ReportKind, **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        self.fields["line"].queryset = Activity.objects.filter(roadmap=roadmap)  # type: ignore[attr-defined]  # -- the stubs lose the field's own class
        if not kind.has_words:
            del self.fields["words"]


class TemplateForm(forms.Form):
    """A file that should become the template of a paper."""

    file = forms.FileField(
        label="Ваш шаблон Word",
        help_text="Документ .docx с полями в двойных скобках. Проверим каждое поле и назовём место, где оно не подходит.",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )
