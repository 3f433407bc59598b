"""What a person asks of a proposal of curators, and what they locked or changed by hand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from opora.accounts.models import User
from opora.appointments.forms.deeds import OrderForm, PersonField
from opora.appointments.models import Duty
from opora.appointments.proposal import NOBODY
from opora.appointments.proposing import MOST_PEOPLE

# What the list of a row says when the school is to stay without a curator for now.
SKIP = "skip"
MOST_LOAD, USUAL_LOAD = 15, 5
# Nobody sees more rows at once; what says more is not our page.
MOST_ROWS, MOST_PAIRS = 100, 3000
_PAIR = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")
_NUMBER = re.compile(r"[0-9]{1,9}")
WHO = {
    "both": (Duty.CURATOR, Duty.EXPERT),
    "curators": (Duty.CURATOR,),
    "chosen": (),
}


class PeopleField(PersonField, forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # -- cannot be subscripted when running
    """People ticked in a list."""

    widget = forms.CheckboxSelectMultiple


class ProposalForm(OrderForm):
    """How many schools a curator may have, who may be one, since when and by which order."""

    most = forms.IntegerField(
        label="Школ у одного куратора, не больше",
        min_value=1,
        max_value=MOST_LOAD,
        initial=USUAL_LOAD,
        help_text="Вместе с теми, что уже есть.",
        error_messages={"invalid": f"Впишите целое число от 1 до {MOST_LOAD}."},
    )
    who = forms.ChoiceField(
        label="Из кого выбирать",
        choices=[
            ("both", "нынешние кураторы и эксперты"),
            ("curators", "только нынешние кураторы"),
            ("chosen", "отмеченные ниже поимённо"),
        ],
        initial="both",
    )
    people = PeopleField(User.objects.none(), label="Поимённо", required=False)
    field_order = ("most", "who", "people", "since")
    has_too_many = False

    def __init__(self, *arguments: Any, people: QuerySet[User], as_of: date, **more: Any) -> None:
        super().__init__(*arguments, as_of=as_of, **more)
        self.as_of = as_of
        # More people than a plan takes are not offered by name: the page would be endless.
        if people.count() > MOST_PEOPLE:
            people = people.none()
            self.has_too_many = True
        self.fields["people"].queryset = people.order_by("folded_name", "pk")  # type: ignore[attr-defined]  # -- the stubs lose the class

    def clean(self) -> dict[str, Any]:
        """Whoever chooses by name ticks somebody."""
        told = super().clean()
        if told.get("who") == "chosen" and not told.get("people") and "people" not in self.errors:
            self.add_error("people", "Отметьте хотя бы одного человека.")
        return told

    @property
    def most_told(self) -> int:
        """The limit as told, or the usual one while it is not."""
        return self._told("most") or USUAL_LOAD

    @property
    def since_told(self) -> date:
        """The first day as told, or the day that is looked at."""
        return self._told("since") or self.as_of

    @property
    def duties_told(self) -> tuple[Duty, ...]:
        """Duties that candidates hold; none when they are ticked by name."""
        return WHO[self._told("who") or "both"]

    @property
    def people_told(self) -> list[User]:
        """Those ticked by name."""
        return list(self._told("people") or ())

    def _told(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_bound and hasattr(self, "cleaned_data") else None


@dataclass(frozen=True)
class Handwork:
    """What the page said of pairs: those it showed, those locked, and schools where another curator was chosen."""

    shown: Mapping[int, int] = field(default_factory=dict)
    locks: Mapping[int, int] = field(default_factory=dict)
    edited: frozenset[int] = frozenset()


def handwork_of(told: QueryDict) -> Handwork:
    """Locks of all pages of the proposal; choosing somebody else in a row locks it."""
    shown, locks, edited = dict(pairs_in(told.get("pairs", ""))), dict(pairs_in(told.get("locks", ""))), set()
    for row in told.getlist("row")[:MOST_ROWS]:
        school = number_in(row)
        said = told.get(f"curator-{school}", "")
        chosen = number_in(said)
        locks.pop(school, None)
        if said == SKIP:
            # Leaving a school for later is a decision as well: it stays so until somebody is chosen.
            locks[school] = NOBODY
            if school in shown:
                edited.add(school)
            continue
        if not chosen:
            continue
        if chosen != shown.get(school):
            edited.add(school)
        if school in edited or told.get(f"lock-{school}"):
            locks[school] = chosen
    return Handwork(shown, locks, frozenset(edited))


def pairs_in(text: str) -> list[tuple[int, int]]:
    """Pairs of «12:5 13:7» as numbers; whatever is not one is passed over."""
    found = (_PAIR.fullmatch(word) for word in text.split()[:MOST_PAIRS])
    return [(int(one[1]), int(one[2])) for one in found if one]


def pairs_text(pairs: Iterable[tuple[int, int]]) -> str:
    """The same, written."""
    return " ".join(f"{one}:{other}" for one, other in pairs)


def number_in(text: str) -> int:
    """A row's number of a field; 0 for anything else."""
    return int(text) if _NUMBER.fullmatch(text) else 0
