"""Pages of results: the summary of a collection with drawings, its table of answers, the difference from an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from opora.appointments.guard import may
from opora.core.filetypes import CONTENT_TYPES
from opora.core.personal_signs import notice, signs_in_text
from opora.core.refusal import Refused
from opora.dashboard.request import Request
from opora.programmes.models import RiskFactor
from opora.questionnaires.answered import Answered, answered_by, waits_for_closing
from opora.questionnaires.audience import KINDS, NAMED, Audience, people_asked
from opora.questionnaires.charts import Bar, bars_of, number_words, told_of
from opora.questionnaires.content import Form, form_of
from opora.questionnaires.exporting import csv_of, workbook_of
from opora.questionnaires.grids import grids_of, told, value_at
from opora.questionnaires.models import Collection
from opora.questionnaires.queries import collections_seen_by
from opora.questionnaires.results import (
    FEWEST_NAMELESS,
    Changed,
    QuestionSummary,
    Summary,
    difference,
    summarise,
    summary_of,
)
from opora.questionnaires.spss import archive_of
from opora.questionnaires.views.collections import collection_of
from opora.visits.views.asked import number_in

PAGE_ROWS = 50
MOST_EARLIER = 60
ENDINGS = ("xlsx", "csv", "zip")
TABLE = "table"


@dataclass(frozen=True, slots=True)
class Shown:
    """A question of the summary with its drawing."""

    summary: QuestionSummary
    bars: list[Bar]
    told: str
    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is narrowed to: a category, a factor, only what was accepted."""

    kind: str = ""
    factor: RiskFactor | None = None
    is_accepted: bool = False

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.factor or self.is_accepted)


@may("collections.see")
@require_GET
def collection_results(request: Request, pk: int) -> HttpResponse:
    """What a collection came to by the day; as many queries for 3 answers as for 300."""
    collection = collection_of(request, pk)
    form = form_of(collection.version.content)
    factors = list(collection.programme.risk_factors.all()) if _may_narrow(collection) else []
    asked = _asked(request, factors)
    answers = _answers(request, collection, asked)
    summary = summarise(form, [one.data for one in answers], is_nameless=collection.is_anonymous)
    earlier, compared = _compared(request, collection, summary)
    is_table = request.GET.get("show") == TABLE
    if collection.is_anonymous and not summary.is_hidden:
        # Whoever answers without a name may still have written somebody's.
        notice(signs_in_text("\n".join(text for one in summary.questions for text in one.texts)))
    context: dict[str, Any] = {
        "collection": collection,
        "summary": summary,
        "fewest": FEWEST_NAMELESS,
        "is_open": waits_for_closing(collection, request.as_of),
        "questions": [] if is_table else [shown(one) for one in summary.questions],
        "is_table": is_table,
        "asked": asked,
        "kinds": [one for one in KINDS if one[0] not in ("", NAMED)],
        "factors": factors,
        "earlier": earlier,
        "compared": compared,
        "differences": _differences(compared, summary, request),
        "endings": ENDINGS,
    }
    if is_table and not summary.is_hidden:
        context |= _table(request, form, answers)
    return render(request, "questionnaires/results.html", context)


@may("collections.see")
@require_GET
def results_file(request: Request, pk: int, ending: str) -> HttpResponse:
    """The answers of the day as a file, narrowed as the page is. Refused while too few answered without names."""
    collection = collection_of(request, pk)
    if ending not in ENDINGS:
        raise Http404
    form = form_of(collection.version.content)
    factors = list(collection.programme.risk_factors.all()) if _may_narrow(collection) else []
    answers = _answers(request, collection, _asked(request, factors))
    is_nameless = collection.is_anonymous
    if waits_for_closing(collection, request.as_of):
        raise Refused("Ответы без имён покажем, когда сбор закроют.")
    if is_nameless and len(answers) < FEWEST_NAMELESS:
        raise Refused(f"Ответы без имён покажем, когда их станет не меньше {FEWEST_NAMELESS}.")
    match ending:
        case "xlsx":
            content = workbook_of(collection.title, form, answers, is_nameless=is_nameless)
        case "csv":
            content = csv_of(form, answers, is_nameless=is_nameless)
        case _:
            content = archive_of(form, answers, is_nameless=is_nameless)
    response = HttpResponse(content, content_type=CONTENT_TYPES.get(ending, "application/zip"))
    name = quote(f"{collection.title}, {request.as_of:%d.%m.%Y}.{ending}")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def shown(one: QuestionSummary) -> Shown:
    """A question ready to be drawn."""
    bars = bars_of([(share.label, share.count, share.share) for share in one.shares])
    numbers: tuple[tuple[str, str], ...] = ()
    if one.numbers is not None:
        told_numbers = one.numbers
        numbers = (
            ("в среднем", number_words(told_numbers.mean)),
            ("медиана", number_words(told_numbers.median)),
            ("от", number_words(told_numbers.least)),
            ("до", number_words(told_numbers.greatest)),
            ("всего", number_words(told_numbers.total)),
        )
    return Shown(one, bars, told_of(one.label, bars), numbers)


def _may_narrow(collection: Collection) -> bool:
    """Nameless answers belong to no school, and those of people are of several."""
    return collection.audience == Collection.Audience.SCHOOLS and not collection.is_anonymous


def _asked(request: Request, factors: list[RiskFactor]) -> Asked:
    if not factors and request.GET.get("only") != "accepted":
        return Asked()
    kind = request.GET.get("kind", "")
    number = number_in(request.GET, "factor")
    return Asked(
        kind if factors and kind in dict(KINDS) and kind != NAMED else "",
        next((one for one in factors if one.pk == number), None),
        request.GET.get("only") == "accepted",
    )


def _answers(request: Request, collection: Collection, asked: Asked) -> list[Answered]:
    answers = answered_by(collection, request.as_of)
    if collection.is_anonymous:
        return answers
    if asked.is_accepted:
        answers = [one for one in answers if one.accepted_on is not None]
    if asked.kind or asked.factor:
        named = Audience(
            collection.municipality, collection.programme, collection.audience, asked.kind, asked.factor
        )
        schools = {one.pk for one in people_asked(named, request.as_of)}
        answers = [one for one in answers if one.school_id in schools]
    return answers


def _compared(
    request: Request, collection: Collection, summary: Summary
) -> tuple[list[Collection], Collection | None]:
    """The collections that this one may be compared with, and the one chosen."""
    earlier = list(
        collections_seen_by(request.access)
        .filter(municipality=collection.municipality_id, opens_on__lt=collection.opens_on)
        .order_by("-opens_on", "-pk")[:MOST_EARLIER]
    )
    number = number_in(request.GET, "compare")
    return earlier, next((one for one in earlier if one.pk == number), None)


def _differences(
    compared: Collection | None, summary: Summary, request: Request
) -> list[tuple[str, list[tuple[str, str, str, str]]]]:
    """(question, rows of (label, before, after, step)) in words; nothing when nothing is compared."""
    if compared is None:
        return []
    found = []
    for one in difference(summary_of(compared, request.as_of), summary):
        told_as = _points if one.is_share else number_words
        rows = [
            (row.label, told_as(row.before), told_as(row.after), _step(row, one.is_share)) for row in one.rows
        ]
        found.append((one.label, rows))
    return found


def _points(share: float) -> str:
    return f"{share * 100:.0f} %"


def _step(row: Changed, is_share: bool) -> str:
    """The step between the two figures as they are written, so that a person who subtracts finds the same."""
    before, after = (round(one * 100) if is_share else round(one, 2) for one in (row.before, row.after))
    value = after - before
    sign = "+" if value > 0 else "−" if value < 0 else ""
    words = f"{sign}{number_words(abs(value))}"
    return f"{words} п. п." if is_share else words


def _table(request: Request, form: Form, answers: list[Answered]) -> dict[str, Any]:
    grid = grids_of(form)[0]
    page = Paginator(answers, PAGE_ROWS).get_page(request.GET.get("page"))
    rows = [
        (
            page.start_index() + place,
            one,
            [told(column.question, value_at(one.data, column.names)) for column in grid.columns],
        )
        for place, one in enumerate(page.object_list)
    ]
    return {"page": page, "columns": grid.columns, "rows": rows}
