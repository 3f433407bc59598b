"""Small forms of the record of a visit: each asks what one deed needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from opora.core.fields import DayField
from opora.documents.forms import FilesField, ManyFiles
from opora.visits.models import Step, Visit

REASON = forms.Textarea(attrs={"rows": 2})


class DeedForm(forms.Form):
    """A deed that asks nothing; `together` are the visits of the same journey that may be moved along."""

    def __init__(
        self,
        *args: Any,
        visit: Visit,
        as_of: date,
        today: date,
        together: Sequence[Visit] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit
        self.together = together
        if "on" in self.fields:
            self.fields["on"].initial = min(as_of, today)
            self.fields["on"].widget.attrs["max"] = today.isoformat()


class DayForm(DeedForm):
    """A deed with its day: by default the one the person looks at."""

    on = DayField(label="Когда")


class ProposeForm(DayForm):
    """The school asks for another day."""

    day = DayField(label="Какой день удобен")
    reason = forms.CharField(label="Почему другой день", max_length=300, widget=REASON)
    field_order = ("day", "reason", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _bound(self, "day")


class JourneyForm(DayForm):
    """A deed that may be done with the whole journey: `cleaned_data["together"]` are the others it is done with."""

    whole_words = "Со всеми, кто в этой поездке"
    whole = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.together:
            others = ", ".join(f"{one.school} ({one.curator.short_name})" for one in self.together)
            self.fields["whole"].label = f"{self.whole_words}: {others}"
        else:
            del self.fields["whole"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        is_whole = told.pop("whole", False)
        return {**told, "together": self.together if is_whole else ()}


class MoveForm(JourneyForm):
    """The visit goes to another day."""

    whole_words = "Перенести всех, кто в этой поездке"

    to_day = DayField(label="На какой день")
    reason = forms.CharField(
        label="Почему переносим", max_length=300, widget=REASON, required=False,
        help_text="Если день предложила школа, причину можно не писать.",
    )  # fmt: skip
    field_order = ("to_day", "reason", "whole", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_day"].initial = self.visit.proposed_day
        _bound(self, "to_day")


class ReasonForm(DayForm):
    """A deed that has to be explained."""

    reason = forms.CharField(label="Почему", max_length=300, widget=REASON)
    field_order = ("reason", "on")


class CancelForm(JourneyForm):
    """The visit, or the whole journey, will not take place."""

    whole_words = "Отменить всю поездку"
    reason = forms.CharField(label="Почему", max_length=300, widget=REASON)
    field_order = ("reason", "whole", "on")


class QuestionForm(DayForm):
    """The report goes back with a question."""

    question = forms.CharField(
        label="Что поправить или уточнить", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("question", "on")


class DoneForm(DayForm):
    """A step agreed at the visit was done."""

    words = forms.CharField(label="Что вышло", max_length=500, widget=REASON, required=False)
    field_order = ("words", "on")

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step


class ToldForm(DayForm):
    """The school tells what it has done of its step."""

    words = forms.CharField(label="Что сделано", max_length=500, widget=REASON)
    field_order = ("words", "on")


class PapersForm(DeedForm):
    """Photographs of the sheet filled in by hand."""

    papers = FilesField(
        label="Снимки листа",
        help_text="До пяти снимков jpg, png или webp, каждый до 20 МБ. Имена детей и учителей закройте.",
        widget=ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


def _bound(form: DeedForm, name: str) -> None:
    stage = form.visit.stage
    form.fields[name].widget.attrs |= {"min": stage.starts_on.isoformat(), "max": stage.ends_on.isoformat()}
