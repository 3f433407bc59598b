"""The review page: what was read from an order, corrected line by line until it becomes a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_POST

from opora.appointments.guard import may
from opora.core.refusal import Refused
from opora.core.russian import find_forbidden
from opora.dashboard.request import Request
from opora.imports.actions import (
    Conflict,
    add_line,
    adopt_draft,
    decide,
    delete_line,
    reconsider,
    restore_line,
    save_line,
    save_order,
)
from opora.imports.content import Line, line_of, pieces_by_section, section_titles, term_of
from opora.imports.forms import LineForm, OrderForm, initial_of, initial_of_order
from opora.imports.models import ImportDraft
from opora.imports.queries import drafts_seen_by
from opora.imports.remarks import hindrances, remarks_of, waiting
from opora.imports.shown import PAGE, Row, rows_of, summary, term_words
from opora.imports.views.before import first_of
from opora.plans.drafts import day_in

ADD = "new"


@dataclass(slots=True)
class Typed:
    """What a person typed that could not be saved, kept on the page with what stands in the draft."""

    order: OrderForm | None = None
    line: LineForm | None = None
    edit: str = ""
    refusal: Refused | None = None
    theirs: dict[str, str] | None = None


@may("plans.edit")
@require_GET
def review(request: Request, pk: int) -> HttpResponse:
    """Everything that was read, remarks first; `?edit=` opens a line, `?show=all` shows every line."""
    draft = _draft(request, pk)
    if draft.state != ImportDraft.State.OPEN:
        return _closed(request, draft)
    return _page(request, draft, Typed(edit=request.GET.get("edit", "")))


@may("plans.edit")
@require_POST
def order(request: Request, pk: int) -> HttpResponse:
    """Correct number, date, year and the rest of the order."""
    draft = _draft(request, pk)
    form = OrderForm(request.POST, today=request.today)
    if not form.is_valid():
        return _page(request, draft, Typed(order=form, edit="order"))
    try:
        save_order(
            draft=draft,
            version=form.cleaned_data["version"],
            facts=form.facts,
            programme=form.cleaned_data["programme"],
            by=request.user,
            at=timezone.now(),
        )
    except Conflict as refusal:
        theirs = initial_of_order(refusal.theirs.content, refusal.theirs.programme)
        typed = request.POST.copy()
        typed["version"] = theirs["version"]
        again = OrderForm(typed, today=request.today)
        told = _differing(again, theirs)
        return _page(request, refusal.theirs, Typed(order=again, edit="order", refusal=refusal, theirs=told))
    return redirect(_back(request, pk, "read"))


@may("plans.edit")
@require_POST
def line(request: Request, pk: int, key: str) -> HttpResponse:
    """Save one line."""
    draft = _draft(request, pk)
    before = line_of(draft.content, key)
    form = LineForm(request.POST, draft=draft, line=before, printed=_printed(draft, key))
    if not form.is_valid():
        return _page(request, draft, Typed(line=form, edit=key))
    try:
        save_line(
            draft=draft,
            key=key,
            version=form.cleaned_data["version"],
            words=form.words,
            by=request.user,
            at=timezone.now(),
        )
    except Conflict as refusal:
        now = line_of(refusal.theirs.content, key)
        typed = request.POST.copy()
        typed[f"{key}-version"] = str(now["version"])
        again = LineForm(typed, draft=refusal.theirs, line=now, printed=_printed(draft, key))
        told = _differing(again, initial_of(now))
        return _page(request, refusal.theirs, Typed(line=again, edit=key, refusal=refusal, theirs=told))
    return redirect(_back(request, pk, f"line-{key}"))


@may("plans.edit")
@require_POST
def add(request: Request, pk: int) -> HttpResponse:
    """Add a line that the file does not have."""
    draft = _draft(request, pk)
    form = LineForm(request.POST, draft=draft, line=None)
    if not form.is_valid():
        return _page(request, draft, Typed(line=form, edit=ADD))
    _, made = add_line(draft=draft, words=form.words, by=request.user, at=timezone.now())
    messages.success(request, "Пункт добавлен в конец своего раздела.", extra_tags="done")
    return redirect(f"/imports/{pk}/?show=all#line-{made['key']}")


@may("plans.edit")
@require_POST
def remove(request: Request, pk: int, key: str) -> HttpResponse:
    """Leave a line out, or bring it back with `do=restore`."""
    deed = restore_line if request.POST.get("do") == "restore" else delete_line
    deed(draft=_draft(request, pk), key=key, by=request.user, at=timezone.now())
    return redirect(_back(request, pk, f"line-{key}"))


@may("plans.edit")
@require_POST
def remark(request: Request, pk: int, key: str) -> HttpResponse:
    """Decide a remark (`do` is one of its choices) or take the decision back (`do=back`)."""
    draft, choice = _draft(request, pk), request.POST.get("do", "")
    if choice == "back":
        reconsider(draft=draft, remark=key, by=request.user, at=timezone.now())
    else:
        decide(draft=draft, remark=key, choice=choice, by=request.user, at=timezone.now())
    return redirect(_back(request, pk, "remarks"))


@may("plans.edit")
@require_POST
def adopt(request: Request, pk: int) -> HttpResponse:
    """Make the draft a live plan; asked twice, shows the same plan."""
    draft = _draft(request, pk)
    was_adopted = draft.state == ImportDraft.State.ADOPTED
    try:
        roadmap = adopt_draft(
            draft=draft, version=_number(request.POST.get("version")), by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        return _page(request, draft, Typed(refusal=refusal))
    if was_adopted:
        messages.info(request, "Карта уже утверждена: показываем её.", extra_tags="done")
    else:
        words = format_html(
            'Карта утверждена. Дальше: <a href="/roadmaps/{}/responsible/">назначьте ответственных за пункты</a> '
            'и <a href="/appointments/">кураторов школ</a>.',
            roadmap.pk,
        )
        messages.success(request, words, extra_tags="done")
    request.session["roadmap"] = roadmap.pk
    return redirect(f"/roadmaps/{roadmap.pk}/")


@may("plans.edit")
@require_GET
def term(request: Request, pk: int) -> HttpResponse:
    """How the words of a term are understood, while they are typed."""
    draft = _draft(request, pk)
    name = next((name for name in request.GET if name.endswith("period_text")), "")
    text = request.GET.get(name, "")[:500]
    words = "" if find_forbidden(text) else term_words(term_of(text, draft.content["year"]))
    return render(request, "imports/_term.html", {"understood": words})


def _draft(request: Request, pk: int) -> ImportDraft:
    return get_object_or_404(drafts_seen_by(request.access), pk=pk)


def _page(request: Request, draft: ImportDraft, typed: Typed) -> HttpResponse:
    draft.refresh_from_db(fields=["content", "decided", "version"])
    remarks = remarks_of(draft.content, draft.original, draft.decided)
    rows = rows_of(draft.content, draft.original, remarks)
    doubtful = [row for row in rows if row.is_doubtful]
    show = request.GET.get("show") or ("remarks" if doubtful else "all")
    chosen = (
        rows if show == "all" else [row for row in rows if row.is_doubtful or row.line["key"] == typed.edit]
    )
    pages = Paginator(chosen, PAGE)
    page = pages.get_page(request.GET.get("page") or _page_with(chosen, typed.edit))
    context = {
        "draft": draft,
        "content": draft.content,
        "remarks": remarks,
        "pressing": [one for one in remarks if one.level != "note" and not one.settled],
        "notes": [one for one in remarks if one.level == "note" and not one.settled],
        "waiting": waiting(remarks),
        "settled": sum(bool(one.settled) for one in remarks),
        "order_date": day_in(draft.content["order"]["date"]),
        "hindrances": hindrances(draft.content, remarks),
        "summary": summary(draft.content),
        "sure": sum(row.is_sure for row in rows),
        "live": sum(not row.line["is_deleted"] for row in rows),
        "doubtful": len(doubtful),
        "show": show,
        "page": page,
        "groups": _groups(draft, list(page)),
        "typed": typed,
        "first": first_of(typed.refusal),
        "on_page": {row.line["key"] for row in page},
        "address": request.GET.urlencode(),
        "order_form": typed.order or _order_form(request, draft, typed),
        "line_form": typed.line or _line_form(draft, typed.edit),
    }
    is_refused = typed.refusal is not None or any(
        form is not None and form.errors for form in (typed.order, typed.line)
    )
    # htmx shows only answers that are well: to it a refusal is a page like any other.
    status = (typed.refusal.status if typed.refusal else 422) if is_refused and not request.htmx else 200
    return render(request, "imports/review.html", context, status=status)


def _page_with(rows: list[Row], key: str) -> int:
    places = (place for place, row in enumerate(rows) if row.line["key"] == key)
    return next(places, 0) // PAGE + 1


def _groups(draft: ImportDraft, rows: list[Row]) -> list[tuple[str, list[Row]]]:
    titles = section_titles(draft.content)
    by_key = {row.line["key"]: row for row in rows}
    return [
        (
            f"{number}. {titles.get(number, '')}" if number else titles.get(0, ""),
            [by_key[one["key"]] for one in lines],
        )
        for number, lines in pieces_by_section([row.line for row in rows])
    ]


def _order_form(request: Request, draft: ImportDraft, typed: Typed) -> OrderForm | None:
    if typed.edit != "order":
        return None
    return OrderForm(today=request.today, initial=initial_of_order(draft.content, draft.programme))


def _line_form(draft: ImportDraft, key: str) -> LineForm | None:
    if key in ("", "order"):
        return None
    if key == ADD:
        return LineForm(draft=draft, line=None)
    return LineForm(draft=draft, line=line_of(draft.content, key), printed=_printed(draft, key))


def _printed(draft: ImportDraft, key: str) -> Line | None:
    return next((one for one in draft.original["lines"] if one["key"] == key), None)


def _differing(form: OrderForm | LineForm, theirs: dict[str, Any]) -> dict[str, str]:
    """What stands in the draft now, in words, for the fields in which it is not what the person typed."""
    form.is_valid()
    told: dict[str, str] = {}
    for name, value in theirs.items():
        if (
            name != "version"
            and name in form.cleaned_data
            and (form.cleaned_data[name] or "") != (value or "")
        ):
            choices = dict(getattr(form.fields[name], "choices", ()))
            told[str(form.fields[name].label)] = str(choices.get(value, value)) or "пусто"
    return told


def _back(request: Request, pk: int, anchor: str) -> str:
    """The review page as it was shown, without the line that was open."""
    kept = {name: request.GET[name] for name in ("show", "page") if name in request.GET}
    asked = f"?{urlencode(kept)}" if kept else ""
    return f"/imports/{pk}/{asked}#{anchor}"


def _closed(request: Request, draft: ImportDraft) -> HttpResponse:
    if draft.roadmap_id:
        return redirect(f"/roadmaps/{draft.roadmap_id}/")
    return render(request, "imports/put_aside.html", {"draft": draft})


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
