"""What a person ticked in the grid of schools and people, on this page of it and on the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from opora.appointments.forms.deeds import OrderForm
from opora.appointments.forms.proposal import MOST_PAIRS, pairs_in
from opora.documents.forms import TextField


class GridForm(OrderForm):
    """What to show, since when and by which order."""

    q = TextField(label="Школа", required=False, max_length=100)
    who = TextField(label="Человек", required=False, max_length=100)
    show = forms.ChoiceField(
        label="Какие школы",
        required=False,
        choices=[("missing", "без куратора"), ("all", "все")],
        initial="missing",
    )

    def told(self, name: str) -> Any:
        """A clean value, or the one the page begins with."""
        clean = self.cleaned_data.get(name) if self.is_bound else None
        return clean or self.fields[name].initial or ""


@dataclass(frozen=True)
class Ticks:
    """Pairs (school, person) ticked, and the curators that each school had when the page was made."""

    pairs: tuple[tuple[int, int], ...]
    seen: Mapping[int, frozenset[int]]


def ticks_of(told: QueryDict) -> Ticks:
    """Ticks of all pages: those shown just now stand as ticked, the rest as they were kept."""
    shown = set(pairs_in(told.get("shown", "")))
    kept = [pair for pair in pairs_in(told.get("kept", "")) if pair not in shown]
    here = pairs_in(" ".join(told.getlist("cell")[:MOST_PAIRS]))
    seen: dict[int, set[int]] = defaultdict(set)
    for school, person in pairs_in(told.get("seen", "")):
        seen[school] |= {person} - {0}
    return Ticks(
        tuple(dict.fromkeys([*kept, *here])), {school: frozenset(people) for school, people in seen.items()}
    )
