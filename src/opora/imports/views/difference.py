"""The difference that a later order makes to a plan: shown, chosen from, accepted, and looked at afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from opora.appointments.guard import may
from opora.core.refusal import Refused
from opora.dashboard.request import Request
from opora.imports.actions import accept_amendment
from opora.imports.differences import differences, is_whole_plan, key_of, placed
from opora.imports.models import ImportDraft
from opora.imports.queries import drafts_seen_by
from opora.imports.shown import term_words
from opora.plans.amendments import WORDS, Pair, Piece, PlanLine, changed, word_pieces
from opora.plans.drafts import day_in
from opora.plans.models import Amendment, Change
from opora.plans.queries import plan_line, roadmaps_seen_by

_FIELDS = {
    "number": "Номер",
    "section": "Раздел",
    "text": "Мероприятие",
    "promise": "Показатель",
    "executors": "Исполнители",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One difference with its box: `pieces` are words by field, `terms` the old and the new one."""

    key: str
    number: str
    text: str
    pieces: tuple[tuple[str, tuple[Piece, ...]], ...] = ()
    terms: tuple[tuple[str, str], tuple[str, str]] | None = None
    is_chosen: bool = True


@may("plans.edit")
@require_http_methods(["GET", "POST"])
def difference(request: Request, pk: int) -> HttpResponse:
    """What the order adds, moves, rewords and does not mention; a POST accepts what is ticked."""
    draft = get_object_or_404(drafts_seen_by(request.access), pk=pk)
    if draft.amends is None:
        raise Http404
    if draft.state != ImportDraft.State.OPEN:
        return redirect(f"/roadmaps/{draft.amends_id}/" if draft.roadmap_id else f"/imports/{draft.pk}/")
    refusal: Refused | None = None
    ticked: set[str] | None = None
    if request.method == "POST":
        ticked = set(request.POST.getlist("accept"))
        try:
            version = request.POST.get("version", "")
            amendment = accept_amendment(
                draft=draft,
                version=int(version) if version.isdecimal() else 0,
                accepted=ticked,
                by=request.user,
                at=timezone.now(),
            )
        except Refused as error:
            refusal = error
            draft.refresh_from_db()
        else:
            messages.success(request, f"Изменения приняты: {amendment}.", extra_tags="done")
            return redirect("imports:amendment", amendment.pk)
    pairs = differences(placed(draft.content, draft.amends), draft.amends)
    context = {
        "draft": draft,
        "content": draft.content,
        "groups": _groups(pairs, ticked),
        "same": sum("same" in pair.what for pair in pairs),
        "is_whole": is_whole_plan(pairs),
        "order_date": day_in(draft.content["order"]["date"]),
        "first": None,
        "theirs": None,
        "refusal": refusal,
    }
    return render(request, "imports/difference.html", context, status=refusal.status if refusal else 200)


@may("plans.see")
@require_GET
def amendment(request: Request, pk: int) -> HttpResponse:
    """What one accepted order changed, line by line."""
    found = get_object_or_404(
        Amendment.objects.filter(roadmap__in=roadmaps_seen_by(request.access)).select_related(
            "roadmap", "accepted_by"
        ),
        pk=pk,
    )
    changes = found.changes.select_related("activity__section").order_by("activity__position", "pk")
    groups = [
        (label, [_shown_change(change) for change in changes if change.what == what])
        for what, label in (
            ("moved", "Сроки"),
            ("reworded", "Слова"),
            ("added", "Добавлены"),
            ("dropped", "Исключены"),
        )
    ]
    context = {"amendment": found, "groups": [(label, rows) for label, rows in groups if rows]}
    return render(request, "imports/amendment.html", context)


def _groups(pairs: list[Pair], ticked: set[str] | None) -> list[tuple[str, str, list[Shown]]]:
    is_whole = is_whole_plan(pairs)
    groups: dict[str, list[Shown]] = {"moved": [], "reworded": [], "added": [], "dropped": []}
    for pair in pairs:
        for what in sorted(pair.what - {"same"}):
            key = key_of(pair, what)
            is_chosen = key in ticked if ticked is not None else what != "dropped" or is_whole
            groups[what].append(_shown(pair, what, key, is_chosen))
    titles = {
        "moved": "Сроки изменены",
        "reworded": "Слова изменены",
        "added": "Новые пункты",
        "dropped": "В приказе не названы",
    }
    return [(what, titles[what], rows) for what, rows in groups.items() if rows]


def _shown(pair: Pair, what: str, key: str, is_chosen: bool) -> Shown:
    old, new = pair.old, pair.new
    line = new if new is not None else old
    assert line is not None
    pieces: tuple[tuple[str, tuple[Piece, ...]], ...] = ()
    terms = None
    if what == "reworded" and old is not None and new is not None:
        pieces = tuple(
            (_FIELDS[name], _pieces(name, getattr(old, name), getattr(new, name)))
            for name in changed(old, new, WORDS)
        )
    if what == "moved" and old is not None and new is not None:
        terms = (_term(old), _term(new))
    elif what in ("added", "dropped"):
        terms = (_term(line), ("", ""))
    return Shown(key, line.number, line.text, pieces, terms, is_chosen)


def _pieces(name: str, before: object, after: object) -> tuple[Piece, ...]:
    """Words marked one by one; a number or a section is another one as a whole."""
    if name in ("number", "section"):
        return Piece(f"{before}", "out"), Piece(" ", "same"), Piece(f"{after}", "in")
    return tuple(word_pieces(str(before or ""), str(after or "")))


def _term(line: PlanLine) -> tuple[str, str]:
    period = {
        "start": line.starts_on and line.starts_on.isoformat(),
        "end": line.ends_on and line.ends_on.isoformat(),
        "open_ended": line.is_open_ended,
        "recurrence": line.recurrence,
        "control_on": line.control_on and line.control_on.isoformat(),
    }
    return line.period_text, term_words(period)


def _shown_change(change: Change) -> Shown:
    before, after = change.before, change.after
    pieces = tuple(
        (_FIELDS[name], _pieces(name, before[name], after[name])) for name in _FIELDS if name in before
    )
    activity = change.activity
    terms = None
    if change.what == Change.What.MOVED:
        terms = (_told(before), _told(after))
    elif change.what in (Change.What.ADDED, Change.What.DROPPED):
        terms = (_term(plan_line(activity)), ("", ""))
    return Shown(str(change.pk), activity.number, activity.text, pieces, terms)


def _told(words: dict[str, object]) -> tuple[str, str]:
    return str(words.get("period_text") or ""), _days(words)


def _days(words: dict[str, object]) -> str:
    told = [words[name] for name in ("starts_on", "ends_on") if words.get(name)]
    return " – ".join(".".join(reversed(str(day).split("-"))) for day in told)
