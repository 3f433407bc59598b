"""Small forms of the record of a visit: each asks what one deed needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from opora.core.fields import DayField
from opora.core.forms import DeedForm
from opora.documents.forms import FilesField, ManyFiles
from opora.visits.models import Step, Visit

REASON = forms.Textarea(attrs={"rows": 2})


class VisitForm(DeedForm):
    """A deed with a visit; `together` are the visits of the same journey that may be moved along."""

    def __init__(
        self,
        *args: Any,
        visit: Visit,
        together: Sequence[Visit] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit
        self.together = together


class CallBackForm(VisitForm):
    """A deed that is taken back: it bears no day of its own."""

    def clean(self) -> dict[str, Any]:
        return {name: value for name, value in super().clean().items() if name != "on"}


class ProposeForm(VisitForm):
    """The school asks for another day."""

    day = DayField(label="Какой день удобен")
    reason = forms.CharField(label="Почему другой день", max_length=300, widget=REASON)
    field_order = ("day", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _bound(self, "day")


class JourneyForm(VisitForm):
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
    field_order = ("to_day", "reason", "whole")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_day"].initial = self.visit.proposed_day
        _bound(self, "to_day")


class ReasonForm(VisitForm):
    """A deed that has to be explained."""

    reason = forms.CharField(label="Почему", max_length=300, widget=REASON)


class CancelForm(JourneyForm):
    """The visit, or the whole journey, will not take place."""

    whole_words = "Отменить всю поездку"
    reason = forms.CharField(label="Почему", max_length=300, widget=REASON)
    field_order = ("reason", "whole")


class QuestionForm(VisitForm):
    """The report goes back with a question."""

    question = forms.CharField(
        label="Что поправить или уточнить", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DoneForm(VisitForm):
    """A step agreed at the visit was done."""

    words = forms.CharField(label="Что вышло", max_length=500, widget=REASON, required=False)
    done_on = DayField(label="Когда сделано")

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields["done_on"].initial = self.today
        self.fields["done_on"].widget.attrs["max"] = self.today.isoformat()


class ToldForm(VisitForm):
    """The school tells what it has done of its step."""

    words = forms.CharField(label="Что сделано", max_length=500, widget=REASON)


class PapersForm(VisitForm):
    """Photographs of the sheet filled in by hand."""

    papers = FilesField(
        label="Снимки листа",
        help_text="До пяти снимков jpg, png или webp, каждый до 20 МБ. Имена детей и учителей закройте.",
        widget=ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


def _bound(form: VisitForm, name: str) -> None:
    stage = form.visit.stage
    form.fields[name].widget.attrs |= {"min": stage.starts_on.isoformat(), "max": stage.ends_on.isoformat()}
