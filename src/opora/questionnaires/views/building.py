"""A form put together on a page: rows added, changed, moved and taken away, then saved as a version in XLSForm."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from opora.appointments.guard import may
from opora.appointments.queries import municipalities_of
from opora.core.refusal import Refused
from opora.core.russian import clean
from opora.dashboard.request import Request
from opora.desk.forms import DrawnForm
from opora.desk.versions import as_seen
from opora.documents.rules import SentTwice
from opora.questionnaires.actions.forms import add_form, add_form_version
from opora.questionnaires.building import workbook_from
from opora.questionnaires.content import Form, form_of
from opora.questionnaires.forms.workbooks import compile_workbook
from opora.questionnaires.models import Questionnaire
from opora.questionnaires.rows_built import KEPT, KINDS, MOST_ROWS, BuiltRow, form_from, rows_from
from opora.questionnaires.views.blanks import printable_form
from opora.questionnaires.views.questionnaires import town_of

# What both versions of a row are told by.
_TOLD = (("label", ""), ("kind", ", вид ответа"), ("hint", ", подсказка"), ("choices", ", варианты"))
_KIND_CODES = frozenset(code for code, _ in KINDS)
_ROW = re.compile(r"Лист «survey», строка (\d+)(?:, столбец «\w+»)?")
_TOO_DEEP = (
    "Эта форма сложнее, чем умеет страница: в ней есть разделы внутри разделов, вопросы после них "
    "или отбор вариантов. "
    "Скачайте её книгу, поправьте в Excel и загрузите новой версией."
)


@may("collections.edit")
@never_cache
@require_http_methods(["GET", "POST"])
def form_build(request: Request) -> HttpResponse:
    """A new form put together on the page."""
    if request.method == "GET":
        return _page(request, None, "", [BuiltRow("text", "q1")])
    return _taken(request, None)


@may("collections.edit")
@never_cache
@require_http_methods(["GET", "POST"])
def form_edit(request: Request, pk: int) -> HttpResponse:
    """The newest version of a form as rows of the page; saving makes the next version."""
    forms = Questionnaire.objects.filter(municipality__in=municipalities_of(request.access))
    row = get_object_or_404(forms, pk=pk)
    if request.method == "POST":
        return _taken(request, row)
    newest = row.versions.first()
    form = form_of(newest.content) if newest else Form(row.title)
    rows = rows_from(form)
    if rows is None or len(rows) > MOST_ROWS:
        messages.info(request, _TOO_DEEP, extra_tags="wait")
        return redirect("questionnaires:form", pk)
    return _page(request, row, form.title, rows, compared=_compared(request, row))


def _taken(request: Request, row: Questionnaire | None) -> HttpResponse:
    title, rows = request.POST.get("title", ""), _rows_in(request)
    compared = _compared(request, row)
    deed = request.POST.get("deed", "save")
    if deed != "save":
        changed = _changed(rows, deed, request.POST.get("add_kind", "text"))
        return _page(request, row, title, changed, compared=compared)
    try:
        return _saved(request, row, form_from(title, rows), compared)
    except SentTwice as again:
        messages.info(request, "В форме ничего не изменилось.", extra_tags="wait")
        return redirect("questionnaires:form", getattr(again.row, "questionnaire_id", 0))
    except Refused as refusal:
        told = Refused(_as_rows(refusal.words, rows), code=refusal.code, status=refusal.status)
        return _page(request, row, title, rows, told, compared)


def _compared(request: Request, row: Questionnaire | None) -> DrawnForm | None:
    """The form as it is saved, to be compared with what the page showed; None for a new one."""
    if row is None:
        return None
    begun = _begun(row)
    labels = {
        f"r-{number}-{name}": f"Строка {number + 1}{words}"
        for number in range(MOST_ROWS)
        for name, words in _TOLD
    }
    return DrawnForm(request.POST, {"title": "Название формы", **labels}, begun)


def _begun(row: Questionnaire) -> dict[str, str]:
    """What the page of the newest version begins with."""
    newest = row.versions.first()
    form = form_of(newest.content) if newest else Form(row.title)
    rows = rows_from(form) or []
    told = {
        f"r-{number}-{name}": str(getattr(one, name)) for number, one in enumerate(rows) for name, _ in _TOLD
    }
    return {"title": form.title, **told}


def _saved(
    request: Request, row: Questionnaire | None, form: Form, compared: DrawnForm | None
) -> HttpResponse:
    content = workbook_from(printable_form(form))
    stem = re.sub(r"[^\w ]", "", form.title)[:80].strip() or "форма"
    name = f"{stem}.xlsx"
    compiled = compile_workbook(content, name)
    if row is None or compared is None:
        version = add_form(
            municipality=town_of(request),
            form=compiled.form,
            content=content,
            file_name=name,
            by=request.user,
            at=timezone.now(),
            on=request.today,
        )
    else:
        with as_seen(compared, row, _begun):
            version = add_form_version(
                questionnaire=row,
                form=compiled.form,
                content=content,
                file_name=name,
                by=request.user,
                at=timezone.now(),
            )
    messages.success(request, f"Форма сохранена, версия {version.number}.", extra_tags="done")
    return redirect("questionnaires:form", version.questionnaire_id)


def _rows_in(request: Request) -> list[BuiltRow]:
    """The rows of a sending; an unknown kind is a text, an unfit name is given anew."""
    count = request.POST.get("count", "0")
    number = min(int(count), MOST_ROWS + 1) if count.isascii() and count.isdigit() and len(count) < 6 else 0
    rows: list[BuiltRow] = []
    for place in range(number):

        def told(name: str, place: int = place) -> str:
            return clean(request.POST.get(f"r-{place}-{name}", "")).strip()[:20_000]

        name = told("name")
        is_fit = re.fullmatch(r"[^\W\d][\w.\-]{0,99}", name) and name not in {row.name for row in rows}
        rows.append(
            BuiltRow(
                kind=told("kind") if told("kind") in _KIND_CODES else "text",
                name=name if is_fit else _fresh_name(rows, place + 1),
                label=told("label"),
                hint=told("hint"),
                is_required=told("required") == "1",
                choices=told("choices"),
                when=told("when"),
                answer=told("answer"),
                kept={key: value for key, value in _texts(told("kept")).items() if key in KEPT},
                codes=_texts(told("codes")),
            )
        )
    return rows


def _texts(told: str) -> dict[str, str]:
    try:
        found = json.loads(told or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): clean(value) for name, value in found.items() if isinstance(value, str)}


def _fresh_name(rows: Sequence[BuiltRow], start: int) -> str:
    taken = {row.name for row in rows}
    return next(name for number in range(start, start + 10_000) if (name := f"q{number}") not in taken)


def _changed(rows: list[BuiltRow], deed: str, kind: str) -> list[BuiltRow]:
    """The rows after «add», «add/3» (after the third), «up/3», «down/3» or «drop/3»."""
    what, _, told = deed.partition("/")
    place = int(told) - 1 if told.isascii() and told.isdigit() and len(told) < 6 else len(rows) - 1
    rows = list(rows)
    if what == "add" and len(rows) <= MOST_ROWS:
        fresh = BuiltRow(kind if kind in _KIND_CODES else "text", _fresh_name(rows, len(rows) + 1))
        rows.insert(place + 1, fresh)
    if not 0 <= place < len(rows):
        return rows
    if what == "drop":
        gone = rows.pop(place).name
        return [replace(row, when="", answer="") if row.when == gone else row for row in rows]
    other = place - 1 if what == "up" else place + 1 if what == "down" else place
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    return rows


def _as_rows(words: str, rows: Sequence[BuiltRow]) -> str:
    """A remark about a row of the workbook as a remark about a row of the page."""
    places: list[int] = []
    is_open = False
    for number, row in enumerate(rows, start=1):
        if row.is_section and is_open:
            places.append(number)  # the row that closes the section before
        is_open = is_open or row.is_section
        places.append(number)

    def told(found: re.Match[str]) -> str:
        at = int(found[1]) - 2
        return f"Строка {places[at]}" if 0 <= at < len(places) else found[0]

    return _ROW.sub(told, words)


def _page(
    request: Request,
    row: Questionnaire | None,
    title: str,
    rows: Sequence[BuiltRow],
    refusal: Refused | None = None,
    compared: DrawnForm | None = None,
) -> HttpResponse:
    asked = [(one.name, one.label or one.name) for one in rows if not one.is_section and one.kind != "note"]
    shown = [_shown(one, [other for other in asked if other[0] != one.name]) for one in rows]
    context: dict[str, Any] = {
        "questionnaire": row,
        "compared": compared,
        "title": title,
        "rows": shown,
        "kinds": KINDS,
        "municipalities": municipalities_of(request.access),
        "town": request.POST.get("municipality", ""),
        "refusal": refusal,
    }
    return render(
        request, "questionnaires/form_build.html", context, status=refusal.status if refusal else 200
    )


def _shown(row: BuiltRow, others: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "row": row,
        "others": others,
        "kept": json.dumps(dict(row.kept), ensure_ascii=False),
        "codes": json.dumps(dict(row.codes), ensure_ascii=False),
        "rule": row.kept.get("relevant", "") if not row.when else "",
        "formula": row.kept.get("calculation", ""),
    }
