"""Everything that writes drafts of orders: loading, correcting, deciding, adopting, putting aside."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import get_current_timezone

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.core.uploads import content_of, store
from opora.documents.actions import add_document, approve
from opora.imports import content as drafts
from opora.imports.content import Content, Line, OrderFacts, Target, Words
from opora.imports.differences import accepted_pairs, differences, placed
from opora.imports.models import ImportDraft
from opora.imports.queries import adopted_with, open_draft_with
from opora.imports.remarks import hindrances, remarks_of
from opora.indicators.actions import promise_all, take_readings
from opora.indicators.queries import standings
from opora.plans.actions import AdoptedBefore, adopt_roadmap, amend_roadmap
from opora.plans.drafts import fitting
from opora.plans.models import Activity, Amendment, Roadmap
from opora.programmes.models import DocumentKind, Programme
from opora.schools.models import Municipality

MOST_OF_TEXT = 10_000
ORDER_KIND = "order"
LOOK_AGAIN = "Ниже то, что в черновике сейчас: проверьте и повторите."


class OpenAlready(Refused):
    """The same file lies unfinished; `draft` is that one."""

    def __init__(self, draft: ImportDraft) -> None:
        super().__init__(
            "Этот файл уже загружен и ждёт проверки: продолжите с того же места.", code="R-TWICE", status=409
        )
        self.draft = draft


class Conflict(Refused):
    """Somebody saved another version meanwhile; nothing is written."""

    def __init__(self, theirs: ImportDraft, ask: str = "Ниже обе версии.") -> None:
        super().__init__(
            f"Пока вы правили, запись изменил другой человек ({theirs.changed_by}). {ask}",
            code="R-CONFLICT",
            status=409,
        )
        self.theirs = theirs


@transaction.atomic
def make_draft(
    *,
    municipality: Municipality,
    programme: Programme,
    amends: Roadmap | None = None,
    read: Content,
    data: bytes,
    kind: str,
    file_name: str,
    by: User,
    at: datetime,
) -> ImportDraft:
    """Keep what was read from a file, and the file itself, until a person decides.

    `read` is the JSON of `imports.reading.read_in_child`, `kind` the format. Refused as `OpenAlready` when the
    same file waits for review, as `AdoptedBefore` when it is a roadmap already.
    """
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    file = store(data, kind=kind, at=at)
    waiting = open_draft_with(file, municipality, amends)
    if waiting is not None:
        raise OpenAlready(waiting)
    adopted = adopted_with(file, municipality) if amends is None else None
    if adopted is not None:
        raise AdoptedBefore(adopted)
    content = drafts.begin(read)
    draft = ImportDraft.objects.create(
        municipality=municipality,
        programme=programme,
        amends=amends,
        file=file,
        file_name=file_name[:300],
        content=content,
        original=content,
        made_at=at,
        made_by=by,
        changed_at=at,
        changed_by=by,
    )
    record(draft, "draft.made", by=by, at=at, lines=len(content["lines"]), file=file.sha256)
    return draft


@transaction.atomic
def save_order(
    *, draft: ImportDraft, version: int, facts: OrderFacts, programme: Programme, by: User, at: datetime
) -> ImportDraft:
    """Correct what is known of the order. Refused as `Conflict` when another corrected it meanwhile."""
    held = _held(draft)
    if held.content["order_version"] != version:
        raise Conflict(held)
    for text, most, name in (
        (facts.number, 50, "номер приказа"),
        (facts.issuer, 500, "кто издал"),
        (facts.signed_by, 300, "кто подписал"),
        (facts.title, 500, "название"),
    ):
        fitting(text, most, name)
    drafts.set_order(held.content, facts)
    held.programme = programme
    return _save(held, "draft.order_changed", by, at, order=held.content["order"], year=facts.year)


@transaction.atomic
def save_line(
    *, draft: ImportDraft, key: str, version: int, words: Words, by: User, at: datetime
) -> ImportDraft:
    """Correct one line; others may correct other lines. Refused as `Conflict` when this one was corrected."""
    held = _held(draft)
    line = drafts.line_of(held.content, key)
    if line["version"] != version:
        raise Conflict(held)
    _check(words)
    drafts.rewrite(held.content, line, words)
    return _save(held, "draft.line_changed", by, at, line=key, number=words.number)


@transaction.atomic
def add_line(*, draft: ImportDraft, words: Words, by: User, at: datetime) -> tuple[ImportDraft, Line]:
    """Add a line at the end of its section; one without kinds is counted by what its words suggest."""
    held = _held(draft)
    _check(words)
    line = drafts.insert(held.content, words)
    return _save(held, "draft.line_added", by, at, line=line["key"], number=words.number), line


@transaction.atomic
def delete_line(*, draft: ImportDraft, key: str, by: User, at: datetime) -> ImportDraft:
    """Leave a line out of the plan; it can be brought back until the draft is adopted."""
    held = _held(draft)
    drafts.line_of(held.content, key)["is_deleted"] = True
    return _save(held, "draft.line_deleted", by, at, line=key)


@transaction.atomic
def restore_line(*, draft: ImportDraft, key: str, by: User, at: datetime) -> ImportDraft:
    """Bring a deleted line back to its place."""
    held = _held(draft)
    drafts.line_of(held.content, key)["is_deleted"] = False
    return _save(held, "draft.line_restored", by, at, line=key)


@transaction.atomic
def decide(*, draft: ImportDraft, remark: str, choice: str, by: User, at: datetime) -> ImportDraft:
    """Decide a remark in one of the ways it offers. Refused when it does not offer this one."""
    held = _held(draft)
    found = next(
        (
            one
            for one in remarks_of(held.content, held.original, held.decided)
            if one.key == remark and not one.is_decided
        ),
        None,
    )
    words = dict(found.choices).get(choice) if found is not None else None
    if found is None or words is None:
        raise Refused("Это замечание уже решено или решается иначе. Обновите страницу.", status=409)
    before = drafts.settle(held.content, found.line_key, choice)
    held.decided[remark] = {
        "how": choice,
        "words": words,
        "by": by.short_name,
        "line": found.line_key,
        "before": before,
        "after": {name: drafts.line_of(held.content, str(found.line_key))[name] for name in before},
    }
    return _save(held, "draft.remark_decided", by, at, remark=found.code, how=choice, line=found.line_name)


@transaction.atomic
def reconsider(*, draft: ImportDraft, remark: str, by: User, at: datetime) -> ImportDraft:
    """Take a decision back: the remark is open again and the words it changed are as before it."""
    held = _held(draft)
    told = held.decided.pop(remark, None)
    if told is None:
        raise Refused("Это замечание ещё не решено.", status=409)
    if told["before"]:
        line = drafts.line_of(held.content, told["line"])
        # What was typed over the decision since then stays.
        back = {name: was for name, was in told["before"].items() if line[name] == told["after"][name]}
        line.update(back, version=line["version"] + 1)
    return _save(held, "draft.remark_reopened", by, at, remark=remark)


@transaction.atomic
def adopt_draft(*, draft: ImportDraft, version: int, by: User, at: datetime) -> Roadmap:
    """Make the draft a live plan with its promises, all or nothing. A second asking gives the same roadmap.

    Refused as `Conflict` when the draft was changed since the person saw it, and while something hinders it.
    """
    held = ImportDraft.objects.select_for_update().get(pk=draft.pk)
    if held.state == ImportDraft.State.ADOPTED and held.roadmap is not None:
        return held.roadmap
    _check_open(held)
    if held.version != version:
        raise Conflict(held, LOOK_AGAIN)
    said = hindrances(held.content, remarks_of(held.content, held.original, held.decided))
    if said:
        raise Refused(f"Карту пока нельзя утвердить: {'; '.join(said)}.")
    lines = drafts.live_lines(held.content)
    roadmap = adopt_roadmap(
        municipality=held.municipality,
        programme=held.programme,
        draft=held.content | {"lines": lines, "sections": drafts.used_sections(held.content)},
        file=held.file,
        file_name=held.file_name,
        by=by,
        at=at,
    )
    _promise(list(roadmap.activities.select_related("roadmap").order_by("position")), lines, by, at)
    today = at.astimezone(get_current_timezone()).date()
    take_readings(states=standings([roadmap], today)[roadmap.pk], on=today)
    _enter_order(held, held.content["title"], by, at)
    _close(held, ImportDraft.State.ADOPTED, roadmap, by, at)
    return roadmap


@transaction.atomic
def accept_amendment(
    *, draft: ImportDraft, version: int, accepted: Collection[str], by: User, at: datetime
) -> Amendment:
    """Change the plan by the differences a person accepted (`accepted` are their keys), all or nothing.

    Refused as `Conflict` when the draft was changed since the person saw it.
    """
    held = _held(draft)
    if held.version != version:
        raise Conflict(held, LOOK_AGAIN)
    if held.amends is None:
        raise Refused("Это новая карта, а не изменения к принятой.")
    content = placed(held.content, held.amends)
    amendment = amend_roadmap(
        roadmap=held.amends,
        draft=content,
        pairs=accepted_pairs(differences(content, held.amends), accepted),
        file=held.file,
        file_name=held.file_name,
        by=by,
        at=at,
    )
    added = {
        change.after["key"]: change.activity
        for change in amendment.changes.filter(what="added").select_related("activity__roadmap")
    }
    told = [line for line in held.content["lines"] if line["key"] in added]
    if told:
        _promise([added[line["key"]] for line in told], told, by, at)
    _enter_order(held, f"Изменения: {held.amends.title}", by, at)
    _close(held, ImportDraft.State.ADOPTED, held.amends, by, at)
    return amendment


@transaction.atomic
def discard_draft(*, draft: ImportDraft, by: User, at: datetime) -> None:
    """Put the draft aside; it can be brought back."""
    held = _held(draft)
    _close(held, ImportDraft.State.DISCARDED, None, by, at)


@transaction.atomic
def reopen_draft(*, draft: ImportDraft, by: User, at: datetime) -> ImportDraft:
    """Bring a draft back that was put aside. Refused when it was not, or its file waits in another draft."""
    held = ImportDraft.objects.select_for_update().get(pk=draft.pk)
    if held.state != ImportDraft.State.DISCARDED:
        raise Refused("Черновик не отложен: возвращать нечего.", status=409)
    waiting = open_draft_with(held.file, held.municipality, held.amends)
    if waiting is not None:
        raise OpenAlready(waiting)
    held.state = ImportDraft.State.OPEN
    return _save(held, "draft.reopened", by, at)


def _promise(activities: list[Activity], lines: list[Line], by: User, at: datetime) -> None:
    promised: dict[Activity, list[Target]] = {
        activity: [(kind, scope, int(number)) for kind, scope, number in line["targets"]]
        for activity, line in zip(activities, lines, strict=True)
    }
    promise_all(promised=promised, by=by, at=at)


def _enter_order(held: ImportDraft, title: str, by: User, at: datetime) -> None:
    """Put the order among the documents, approved on its own day; its file stays with the plan in any case."""
    order = held.content["order"]
    if not order["date"]:
        return
    day = date.fromisoformat(order["date"])
    kind = DocumentKind.objects.filter(programme=held.programme, code=ORDER_KIND).first()
    try:
        with transaction.atomic():
            document = add_document(
                municipality=held.municipality,
                title=fitting(f"Приказ: {title}"[:300], 300, "название"),
                dated_on=day,
                number=order["number"] or "",
                kind=kind,
                content=content_of(held.file),
                file_name=held.file_name,
                by=by,
                at=at,
                on=day,
            )
            approve(document=document, on=day, by=by, at=at)
    except Refused:
        # Documents take fewer formats than orders come in (html, old doc): nothing is lost by leaving it out.
        return


def _held(draft: ImportDraft) -> ImportDraft:
    held = (
        ImportDraft.objects.select_for_update(of=("self",))
        .select_related("municipality", "programme", "file", "amends")
        .get(pk=draft.pk)
    )
    _check_open(held)
    return held


def _check_open(draft: ImportDraft) -> None:
    if draft.state == ImportDraft.State.ADOPTED:
        raise Refused("Этот черновик уже принят: правки вносятся в карту.", code="R-TWICE", status=409)
    if draft.state == ImportDraft.State.DISCARDED:
        raise Refused("Черновик отложен. Верните его, чтобы продолжить.", status=409)


def _check(words: Words) -> None:
    for text, most, name in (
        (words.number, 20, "номер"),
        (words.text, MOST_OF_TEXT, "мероприятие"),
        (words.promise, MOST_OF_TEXT, "показатель"),
        (words.period_text, 500, "срок"),
        (words.responsible, 1_000, "исполнители"),
    ):
        fitting(text, most, name)


def _save(held: ImportDraft, verb: str, by: User, at: datetime, **facts: Any) -> ImportDraft:
    held.version += 1
    held.changed_at, held.changed_by = at, by
    held.save()
    record(held, verb, by=by, at=at, **facts)
    return held


def _close(
    held: ImportDraft, state: ImportDraft.State, roadmap: Roadmap | None, by: User, at: datetime
) -> None:
    held.state, held.roadmap = state, roadmap
    _save(held, f"draft.{state.value}", by, at)
