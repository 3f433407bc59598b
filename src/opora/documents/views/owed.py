"""What schools owe by the programme: a table of schools and papers, or the list of deeds of one school."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from opora.appointments.guard import may
from opora.appointments.queries import Access, schools_of, where_may
from opora.appointments.views.chosen import chosen_programme
from opora.dashboard.request import Request
from opora.documents.models import Document
from opora.documents.owed import Owed, OwedKind, owed_by
from opora.programmes.models import DocumentKind, RiskFactor
from opora.schools.models import Participation, School
from opora.schools.risks import parts_in
from opora.schools.views.risk_scope import covers

PAGE = 50
MISSING = "missing"
LOOKS = {MISSING: "none", "draft": "half", "sent": "wait", "returned": "back", "approved": "done"}
WORDS = {MISSING: "Нет", **{state.value: str(state.label) for state in Document.State}}
# What the chips above the table gather.
SHOWN = {
    "missing": ("Нет", "none", frozenset({MISSING})),
    "waiting": ("Есть, не утверждены", "wait", frozenset({"draft", "sent", "returned"})),
    "approved": ("Утверждены", "done", frozenset({"approved"})),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One owed paper as the page shows it: its state and the one place it leads to."""

    owed: Owed
    address: str
    deed: str

    @property
    def look(self) -> str:
        return LOOKS[self.owed.state]

    @property
    def words(self) -> str:
        return WORDS[self.owed.state]


@dataclass(frozen=True, slots=True)
class Row:
    """One school: a column a kind, several cells in it where a paper is owed for each factor."""

    part: Participation
    columns: tuple[tuple[OwedKind, tuple[Cell, ...]], ...]
    lacks_choice: bool

    @property
    def school(self) -> School:
        return self.part.school

    @property
    def cells(self) -> Iterable[Cell]:
        return (cell for _, column in self.columns for cell in column)

    @property
    def ready(self) -> int:
        return sum(cell.owed.state == "approved" for cell in self.cells)

    @property
    def total(self) -> int:
        return sum(len(column) for _, column in self.columns)


class OwedFilter(forms.Form):
    """What the table is narrowed by; what cannot be understood is ignored."""

    show = forms.ChoiceField(choices=[(code, code) for code in SHOWN], required=False)
    kind = forms.IntegerField(required=False, min_value=1)
    factor = forms.IntegerField(required=False, min_value=1)

    def asked(self) -> dict[str, Any]:
        self.full_clean()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class PaperAsked(forms.Form):
    """Which owed paper an address speaks of; what cannot be understood is ignored."""

    kind = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    school = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    factor = forms.IntegerField(required=False, min_value=1, max_value=2**31)


@may("marks.see")
@require_GET
def owed_list(request: Request) -> HttpResponse:
    """Schools × owed papers with counts and filters; a school's own people see the list as deeds."""
    programme = chosen_programme(request)
    asked = OwedFilter(request.GET).asked()
    parts = list(parts_in(programme, request.as_of, schools_of(request.access)))
    adds = where_may(request.access, "documents.add")
    owed = owed_by(parts, request.as_of)
    kinds = list({one.kind.pk: one.kind for group in owed for one in group}.values())
    sums = Counter(one.state for group in owed for one in group if _is_asked(one, asked))
    kept = [(part, group) for part, group in zip(parts, owed, strict=True) if _is_kept(group, asked)]
    page = Paginator(kept, PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "asked": asked,
        "is_asked": any(asked.values()),
        "kinds": kinds,
        "factors": programme.risk_factors.order_by("number"),
        "page": page,
        "rows": [row_of(part, group, kinds, adds) for part, group in page],
        "chips": [
            (code, words, look, sum(sums[state] for state in states))
            for code, (words, look, states) in SHOWN.items()
        ],
        "total": sum(sums.values()),
        "is_one": len(parts) <= 3 and not request.access.is_of_centre,
    }
    return render(request, "documents/owed.html", context)


def row_of(part: Participation, owed: Sequence[Owed], kinds: Sequence[OwedKind], adds: Access) -> Row:
    """The row of a school; the papers that are missing lead to the form that enters them for those who may."""
    may_add = covers(adds, part.school)
    columns = tuple(
        (kind, tuple(cell_of(one, may_add=may_add) for one in owed if one.kind.pk == kind.pk))
        for kind in kinds
    )
    lacks_choice = not any(one.factor for one in owed)
    return Row(part, columns, lacks_choice)


def cell_of(owed: Owed, *, may_add: bool) -> Cell:
    """A paper with the place it leads to: its card, or the form filled in with its kind, school and factor."""
    if owed.paper is not None:
        return Cell(owed, reverse("documents:document", args=[owed.paper.pk]), "Открыть")
    if not may_add:
        return Cell(owed, "", "")
    told = {"kind": owed.kind.pk, "school": owed.part.school_id}
    if owed.factor is not None:
        told["factor"] = owed.factor.pk
    return Cell(owed, f"{reverse('documents:document_add')}?{urlencode(told)}", "Внести документ")


def asked_paper(request: Request) -> dict[str, Any]:
    """What the address of the form of a new document says of an owed paper: kind, school, factor, a title of them."""
    form = PaperAsked(request.GET)
    form.full_clean()
    told = {name: form.cleaned_data.get(name) for name in form.fields}
    kind = DocumentKind.objects.filter(pk=told["kind"]).first() if told["kind"] else None
    factor = RiskFactor.objects.filter(pk=told["factor"]).first() if told["factor"] else None
    title = f"{kind}: {factor}" if kind and factor else str(kind) if kind else ""
    return {name: value for name, value in {**told, "title": title}.items() if value}


def _is_asked(owed: Owed, asked: dict[str, Any]) -> bool:
    kind, factor = owed.key
    return asked["kind"] in ("", kind) and asked["factor"] in ("", factor)


def _is_kept(group: Sequence[Owed], asked: dict[str, Any]) -> bool:
    states = SHOWN[asked["show"]][2] if asked["show"] else None
    if states is None and not asked["kind"] and not asked["factor"]:
        return True
    return any(_is_asked(one, asked) and (states is None or one.state in states) for one in group)
