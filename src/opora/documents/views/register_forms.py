"""Forms of the register of unified forms: they make clean values and save nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from opora.core.fields import DayField
from opora.core.forms import DeedForm
from opora.documents.forms import TextField
from opora.plans.models import Activity
from opora.programmes.models import RiskFactor
from opora.schools.models import School

_ACCEPTED = ".docx,.xlsx,.odt,.ods"


class FormFilter(forms.Form):
    """What the register is narrowed by; what cannot be understood is ignored."""

    q = forms.CharField(required=False)
    factor = forms.IntegerField(required=False, min_value=1)
    show = forms.ChoiceField(choices=[("withdrawn", "withdrawn"), ("all", "all")], required=False)

    def asked(self) -> dict[str, Any]:
        self.full_clean()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class TemplateCardForm(forms.Form):
    """What is written about a form of the register outside of its file."""

    number = TextField(label="Номер в реестре", max_length=30)
    title = TextField(label="Название", max_length=300)
    factors = forms.ModelMultipleChoiceField(
        RiskFactor.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    activity = forms.ModelChoiceField(
        Activity.objects.none(),
        label="Пункт дорожной карты",
        required=False,
        empty_label="Не связана с пунктом",
        help_text="Форма засчитается этому пункту.",
    )

    def __init__(
        self,
        *args: Any,
        factors: QuerySet[RiskFactor],
        activities: QuerySet[Activity],
        many: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["factors"].queryset = factors  # type: ignore[attr-defined]  # -- the stubs lose the field's own class
        self.fields["factors"].label = f"Для каких {many}"
        self.fields["factors"].help_text = "Не выбрано ничего — форма нужна каждой школе."
        self.fields["activity"].queryset = activities  # type: ignore[attr-defined]  # -- the stubs lose the field's own class


class AddTemplateForm(TemplateCardForm):
    """A form with its first file."""

    file = forms.FileField(
        label="Файл формы",
        allow_empty_file=True,
        max_length=300,
        widget=forms.ClearableFileInput(attrs={"accept": _ACCEPTED}),
        help_text="docx или xlsx, до 20 МБ.",
    )
    on = DayField(label="Действует с")
    field_order = ("number", "title", "file", "on", "activity", "factors")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _limit_day(self.fields["on"], today)


class TemplateVersionForm(forms.Form):
    """A new file of a form."""

    file = forms.FileField(
        label="Файл формы",
        allow_empty_file=True,
        max_length=300,
        widget=forms.ClearableFileInput(attrs={"accept": _ACCEPTED}),
        help_text="docx или xlsx, до 20 МБ. Прежние версии останутся.",
    )
    changed = TextField(
        label="Что изменилось", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    on = DayField(label="Действует с")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _limit_day(self.fields["on"], today)


class WithdrawForm(DeedForm):
    """Why a form leaves the register."""

    reason = TextField(label="Почему", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class TakeForm(forms.Form):
    """For which school a form is taken."""

    school = forms.ModelChoiceField(School.objects.none(), label="Школа", empty_label=None)

    def __init__(self, *args: Any, schools: QuerySet[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]  # -- the stubs lose the field's own class


class ReturnForm(DeedForm):
    """A filled form comes back: its file, and the factor where it serves several."""

    file = forms.FileField(
        label="Заполненная форма",
        allow_empty_file=True,
        max_length=300,
        help_text="До 20 МБ: docx, xlsx, pdf или снимок.",
    )
    factor = forms.ModelChoiceField(RiskFactor.objects.none(), required=False, empty_label="Не указан")

    def __init__(self, *args: Any, factors: Iterable[RiskFactor], one: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(factors)
        if not known:
            del self.fields["factor"]
            return
        field = self.fields["factor"]
        field.queryset = RiskFactor.objects.filter(pk__in=[one.pk for one in known])  # type: ignore[attr-defined]  # -- the stubs lose the field's own class
        field.label = one.capitalize()
        field.initial = known[0].pk if len(known) == 1 else None


def _limit_day(field: forms.Field, today: date) -> None:
    field.initial = today
    field.widget.attrs |= {"max": today.isoformat()}
