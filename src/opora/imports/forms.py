"""Forms of loading an order: the file, what is known of the order, one line; they save nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model

from opora.core.periods import problems, read_period
from opora.core.russian import clean, find_forbidden
from opora.imports.content import Content, Line, OrderFacts, Words, section_titles, suggested_targets
from opora.imports.models import ImportDraft
from opora.imports.shown import NO_DAYS, term_words
from opora.indicators.models import Indicator
from opora.indicators.register import KINDS
from opora.plans.models import Roadmap
from opora.programmes.models import Programme
from opora.schools.models import Municipality

NEW_PLAN = "new"
ACCEPTED = ".docx,.pdf,.xlsx,.ods,.odt,.html,.htm,.rtf,.csv,.txt,.doc,.xls"
KIND_CHOICES = [(kind.code, kind.title) for kind in KINDS]


class WordsField(forms.CharField):
    """Words that a person typed: refused with T-CHARS, cleaned, bounded."""

    def __init__(self, *, label: str, most: int, rows: int = 0, **other: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        super().__init__(label=label, widget=widget, **other)
        self.most = most
        # Django's own refusal of NUL says less than ours.
        self.validators = []

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        place = find_forbidden(text)
        if place is not None:
            raise forms.ValidationError(
                f"В тексте есть недопустимые символы (позиция {place}). Наберите это место заново.",
                code="T-CHARS",
            )
        text = clean(text).strip()
        if len(text) > self.most:
            raise forms.ValidationError(f"Слишком длинно: {len(text)} знаков, можно не больше {self.most}.")
        return text


class DayField(forms.DateField):
    """A day, typed or chosen; days that are not in the calendar are named as such."""

    def __init__(self, *, label: str, **other: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d", "%d.%m.%Y"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={"invalid": "Такого дня нет. Укажите дату, например 15.04.2022."},
            **other,
        )

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and not 2000 <= day.year <= 2100:
            raise forms.ValidationError("Год вне пределов: можно с 2000 по 2100.")
        return day


class UploadForm(forms.Form):
    """An order and where it belongs: a new plan, or changes to one that is adopted."""

    file = forms.FileField(
        label="Файл приказа",
        allow_empty_file=True,
        max_length=300,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Выберите файл приказа.", "max_length": "Имя файла слишком длинное."},
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label="Муниципалитет", empty_label=None
    )
    programme = forms.ModelChoiceField(Programme.objects.none(), label="Программа", empty_label=None)
    what = forms.ChoiceField(label="Что это")

    def __init__(
        self,
        *args: Any,
        places: Sequence[Municipality],
        programmes: Sequence[Programme],
        plans: Sequence[Roadmap],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plans = {str(plan.pk): plan for plan in plans}
        told: tuple[tuple[str, type[Model], Sequence[Model]], ...] = (
            ("municipality", Municipality, places),
            ("programme", Programme, programmes),
        )
        for name, model, rows in told:
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = model._default_manager.filter(pk__in=[row.pk for row in rows])
            field.choices = [(row.pk, str(row)) for row in rows]
            if rows:
                field.initial = rows[0].pk
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = [(NEW_PLAN, "Новая карта")] + [
            (key, f"Изменения к карте «{plan.title}», {plan.year}") for key, plan in self.plans.items()
        ]
        what.initial = NEW_PLAN

    @property
    def amends(self) -> Roadmap | None:
        return self.plans.get(self.cleaned_data["what"])


class OrderForm(forms.Form):
    """What is known of the order; `version` is the one that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    number = WordsField(label="Номер приказа", most=50, required=False)
    signed_on = DayField(label="Дата приказа")
    title = WordsField(label="Название карты", most=500, rows=2)
    year = forms.IntegerField(label="Год", min_value=2000, max_value=2100)
    issuer = WordsField(label="Кто издал", most=500, required=False)
    signed_by = WordsField(label="Кто подписал", most=300, required=False)
    programme = forms.ModelChoiceField(
        Programme.objects.order_by("-year", "name"), label="Программа", empty_label=None
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_signed_on(self) -> date | None:
        day: date | None = self.cleaned_data["signed_on"]
        if day is not None and day > self.today:
            raise forms.ValidationError("Приказ не может быть датирован будущим днём.")
        return day

    @property
    def facts(self) -> OrderFacts:
        told = self.cleaned_data
        return OrderFacts(
            told["title"], told["year"], told["number"], told["signed_on"], told["issuer"], told["signed_by"]
        )


class LineForm(forms.Form):
    """One line; days that differ from those understood are taken as set by hand, else changed words are read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    number = WordsField(label="Номер", most=20, required=False)
    section = forms.TypedChoiceField(label="Раздел", coerce=int)
    text = WordsField(label="Мероприятие", most=10_000, rows=3)
    period_text = WordsField(label="Срок, как в приказе", most=500, required=False)
    start = DayField(label="Начало")
    end = DayField(label="Окончание")
    is_open_ended = forms.BooleanField(label="Без окончания: работа постоянная", required=False)
    control_on = DayField(label="Контрольная дата", help_text="Если у срока нет дней в календаре.")
    promise = WordsField(label="Показатель", most=10_000, rows=3, required=False)
    kind = forms.ChoiceField(label="Чем считается", required=False)
    scope = forms.ChoiceField(label="Для кого", choices=Indicator.Scope.choices, required=False)
    amount = forms.IntegerField(label="Сколько", min_value=1, max_value=10_000, required=False)
    second_kind = forms.ChoiceField(label="Второй показатель", required=False)
    second_scope = forms.ChoiceField(label="Для кого", choices=Indicator.Scope.choices, required=False)
    second_amount = forms.IntegerField(label="Сколько", min_value=1, max_value=10_000, required=False)
    responsible = WordsField(label="Исполнители, как в приказе", most=1_000, required=False)

    def __init__(
        self,
        *args: Any,
        draft: ImportDraft,
        line: Line | None,
        printed: Line | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", initial_of(line) if line is not None else {"version": 0})
        kwargs.setdefault("prefix", line["key"] if line is not None else "new")
        super().__init__(*args, **kwargs)
        self.content, self.line, self.printed = draft.content, line, printed
        self.understood = term_words(line["period"]) if line is not None else ""
        self.has_days_to_set = line is not None and self.understood == NO_DAYS
        self.fields["period_text"].widget.attrs |= {
            "hx-get": f"/imports/{draft.pk}/term/",
            "hx-trigger": "input changed delay:400ms",
            "hx-target": f"#understood-{self.prefix}",
            # The form around swaps its whole row; only these words are swapped here.
            "hx-select": "unset",
            "hx-select-oob": "unset",
            "hx-swap": "innerHTML",
        }
        self.fields["text"].widget.attrs["autofocus"] = True
        self._choose(
            "section",
            [
                (number, f"{number}. {title}" if number else title)
                for number, title in section_titles(draft.content).items()
            ],
        )
        self._choose("kind", [("", "По словам показателя"), *KIND_CHOICES])
        self._choose("second_kind", [("", "Нет"), *KIND_CHOICES])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        start, end = told.get("start"), told.get("end")
        if start and end and end < start:
            self.add_error("end", "Окончание раньше начала. Проверьте обе даты.")
        if told.get("second_kind") and told["second_kind"] == told.get("kind"):
            self.add_error("second_kind", "Это тот же показатель. Выберите другой или «Нет».")
        if "period_text" in told and not self.errors and self._is_term_to_be_read():
            self._check_term(told["period_text"])
        return told

    @property
    def words(self) -> Words:
        told = self.cleaned_data
        return Words(
            number=told["number"],
            text=told["text"],
            promise=told["promise"],
            responsible=told["responsible"],
            section=told["section"],
            period_text=told["period_text"],
            start=told["start"],
            end=told["end"],
            is_open_ended=told["is_open_ended"],
            control_on=told["control_on"],
            targets=self._targets(),
        )

    def _choose(self, name: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _targets(self) -> tuple[tuple[str, str, int], ...]:
        told = self.cleaned_data
        if not told["kind"]:
            return tuple(suggested_targets(told["text"], told["promise"]))
        targets = [(told["kind"], told["scope"] or "one", told["amount"] or 1)]
        if told["second_kind"]:
            targets.append((told["second_kind"], told["second_scope"] or "one", told["second_amount"] or 1))
        return tuple(targets)

    def _is_term_to_be_read(self) -> bool:
        names = ("start", "end", "is_open_ended", "control_on")
        is_same = all((self.cleaned_data[name] or None) == (self.initial.get(name) or None) for name in names)
        return is_same and self.cleaned_data["period_text"] != self.initial.get("period_text", "")

    def _check_term(self, text: str) -> None:
        year = self.content["year"]
        period = read_period(text, year=year)
        wrong = problems(text, period, year=year)
        if "date_missing_in_calendar" in wrong:
            words = f"Срок «{text[:60]}» не существует. Укажите дату или период."
            self.add_error("period_text", forms.ValidationError(words, code="F-DATE"))
        if "period_reversed" in wrong:
            self.add_error("period_text", "Окончание раньше начала. Поправьте срок или задайте даты сами.")


def initial_of(line: Line) -> dict[str, Any]:
    """A line of a draft as the form shows it."""
    period = line["period"]
    first, second = (*line["targets"], None, None)[:2]
    return {
        "version": line["version"],
        "number": line["number"] or "",
        "section": line["section"],
        "text": line["text"],
        "promise": line["promise"],
        "responsible": line["responsible"] or "",
        "period_text": period["text"],
        "start": _day(period["start"]),
        "end": _day(period["end"]),
        "is_open_ended": bool(period["open_ended"]),
        "control_on": _day(period["control_on"]),
        **dict(zip(("kind", "scope", "amount"), first or ("", "one", 1), strict=True)),
        **dict(zip(("second_kind", "second_scope", "second_amount"), second or ("", "one", 1), strict=True)),
    }


def initial_of_order(content: Content, programme: Programme) -> dict[str, Any]:
    """What is known of the order as the form shows it."""
    order = content["order"]
    return {
        "version": content["order_version"],
        "number": order["number"] or "",
        "signed_on": _day(order["date"]),
        "title": content["title"],
        "year": content["year"] or programme.year,
        "issuer": order["issuer"] or "",
        "signed_by": order["signed_by"] or "",
        "programme": programme.pk,
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
