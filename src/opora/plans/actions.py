"""Everything that writes roadmaps: adopting an order, accepting a later one, naming who leads a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from opora.accounts.models import User
from opora.core.history import record
from opora.core.models import StoredFile
from opora.core.refusal import Refused
from opora.plans.amendments import TERM, WORDS, Pair, PlanLine, changed
from opora.plans.drafts import MOST_LINES, Draft, check_lines, day_in, fitting, words_in
from opora.plans.models import Activity, Amendment, Change, Responsibility, Roadmap, Section
from opora.plans.queries import put_words
from opora.programmes.models import Programme
from opora.schools.models import Municipality

WITHOUT_SECTION = "Пункты вне разделов"


class AdoptedBefore(Refused):
    """The order has become a roadmap already; `roadmap` is the first one."""

    def __init__(self, roadmap: Roadmap) -> None:
        super().__init__(
            f"Этот приказ уже принят: по нему есть дорожная карта «{roadmap.title}».",
            code="R-TWICE",
            status=409,
        )
        self.roadmap = roadmap


@transaction.atomic
def adopt_roadmap(
    *,
    municipality: Municipality,
    programme: Programme,
    draft: Draft,
    file: StoredFile | None,
    file_name: str,
    by: User,
    at: datetime,
) -> Roadmap:
    """Make a live plan of a draft (the JSON of `RoadmapDraft`), words kept as printed, in a few queries.

    Refused when there are no lines or too many, when a field does not fit; `AdoptedBefore` when the same file
    or the same order of this municipality and programme is a roadmap already.
    """
    lines = list(draft.get("lines") or ())
    check_lines(lines)
    # Two adoptions of one order wait for each other here; SQLite's transaction is exclusive by itself.
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    order = draft.get("order") or {}
    number, signed_on = (order.get("number") or "").strip(), day_in(order.get("date"))
    before = _adopted_before(municipality, programme, number, signed_on, file)
    if before is not None:
        raise AdoptedBefore(before)
    roadmap = Roadmap.objects.create(
        programme=programme,
        municipality=municipality,
        title=((draft.get("title") or "").strip() or f"Дорожная карта на {programme.year} год")[:500],
        year=draft.get("year") or programme.year,
        order_number=fitting(number, 50, "номер приказа"),
        order_date=signed_on,
        issuer=fitting(order.get("issuer") or "", 500, "кто издал приказ"),
        signed_by=fitting(order.get("signed_by") or "", 300, "кто подписал приказ"),
        file=file,
        file_name=file_name[:300],
        adopted_at=at,
        adopted_by=by,
    )
    sections = _make_sections(roadmap, draft.get("sections") or (), lines)
    Activity.objects.bulk_create(
        Activity(
            roadmap=roadmap, section=sections[int(line.get("section") or 0)], position=place, **words_in(line)
        )
        for place, line in enumerate(lines, start=1)
    )
    record(
        roadmap,
        "roadmap.adopted",
        by=by,
        at=at,
        lines=len(lines),
        sections=len(sections),
        order_number=number,
        order_date=signed_on,
        file=file.sha256 if file is not None else "",
    )
    return roadmap


@transaction.atomic
def assign_responsible(
    *, activities: Iterable[Activity], person: User, since: date, by: User, at: datetime
) -> list[Responsibility]:
    """Name a person who leads these lines since a day; lines led already stay as they are."""
    lines = list(activities)
    held = set(
        Responsibility.objects.filter(activity__in=lines, person=person, until__isnull=True).values_list(
            "activity_id", flat=True
        )
    )
    made = Responsibility.objects.bulk_create(
        Responsibility(activity=line, person=person, since=since) for line in lines if line.pk not in held
    )
    for responsibility in made:
        record(
            responsibility.activity,
            "activity.responsible_named",
            by=by,
            at=at,
            person=person.full_name,
            since=since,
        )
    return made


@transaction.atomic
def release_responsible(*, responsibility: Responsibility, until: date, by: User, at: datetime) -> None:
    """Note the last day on which a person led a line. Refused when released or before the first."""
    if responsibility.until is not None:
        raise Refused("Этот человек уже не отвечает за пункт.")
    if until < responsibility.since:
        raise Refused(f"Последний день раньше первого: отвечает с {responsibility.since:%d.%m.%Y}.")
    responsibility.until = until
    responsibility.save(update_fields=["until"])
    record(
        responsibility.activity,
        "activity.responsible_released",
        by=by,
        at=at,
        person=responsibility.person.full_name,
        until=until,
    )


def _adopted_before(
    municipality: Municipality,
    programme: Programme,
    number: str,
    signed_on: date | None,
    file: StoredFile | None,
) -> Roadmap | None:
    same = Q(pk__in=())
    if number or signed_on:
        same |= Q(order_number=number, order_date=signed_on)
    if file is not None:
        same |= Q(file=file)
    return Roadmap.objects.filter(same, municipality=municipality, programme=programme).order_by("pk").first()


def _make_sections(roadmap: Roadmap, titles: Iterable[Draft], lines: Iterable[Draft]) -> dict[int, Section]:
    named = {int(section["number"]): section["title"] or "" for section in titles}
    for line in lines:
        named.setdefault(int(line.get("section") or 0), "" if line.get("section") else WITHOUT_SECTION)
    return {
        section.number: section
        for section in Section.objects.bulk_create(
            Section(
                roadmap=roadmap,
                number=number,
                title=fitting(named[number], 500, f"название раздела {number}") or f"Раздел {number}",
            )
            for number in sorted(named)
        )
    }


@transaction.atomic
def amend_roadmap(
    *,
    roadmap: Roadmap,
    draft: Draft,
    pairs: Sequence[Pair],
    file: StoredFile | None,
    file_name: str,
    by: User,
    at: datetime,
) -> Amendment:
    """Change a plan by a later order; `pairs` hold only what a person accepted, keyed by row and draft line.

    Refused without a number or a day, when nothing is accepted, when the order was accepted before, and when
    it is older than the order or amendment in force: what was before could not be told any more.
    """
    Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    order = draft.get("order") or {}
    number, signed_on = (order.get("number") or "").strip(), day_in(order.get("date"))
    if not number or signed_on is None:
        raise Refused("Укажите номер и дату приказа, который меняет карту.")
    _check_turn(roadmap, number, signed_on)
    told = [pair for pair in pairs if pair.what - {"same"}]
    if not told:
        raise Refused("Не отмечено ни одного изменения: принимать нечего.")
    amendment = Amendment.objects.create(
        roadmap=roadmap,
        order_number=fitting(number, 50, "номер приказа"),
        order_date=signed_on,
        file=file,
        file_name=file_name[:300],
        accepted_at=at,
        accepted_by=by,
    )
    changes = _change_lines(amendment, told) + _add_lines(amendment, draft, pairs)
    Change.objects.bulk_create(changes)
    counts = Counter(str(change.what) for change in changes)
    record(
        roadmap,
        "roadmap.amended",
        by=by,
        at=at,
        order_number=number,
        order_date=signed_on,
        file=file.sha256 if file is not None else "",
        **counts,
    )
    return amendment


def _check_turn(roadmap: Roadmap, number: str, signed_on: date) -> None:
    last = roadmap.amendments.order_by("-order_date", "-pk").first()
    if roadmap.amendments.filter(order_number=number, order_date=signed_on).exists():
        raise Refused("Изменения по этому приказу уже приняты.", code="R-TWICE", status=409)
    in_force = last.order_date if last is not None else roadmap.order_date
    if in_force is not None and signed_on < in_force:
        raise Refused(
            f"Приказ датирован {signed_on:%d.%m.%Y}, а действующая редакция — {in_force:%d.%m.%Y}. "
            "Проверьте дату приказа."
        )


def _change_lines(amendment: Amendment, pairs: Sequence[Pair]) -> list[Change]:
    rows = {row.pk: row for row in amendment.roadmap.activities.select_related("section", "roadmap")}
    sections: dict[int, Section] = {row.section.number: row.section for row in rows.values()}
    sections |= {section.number: section for section in amendment.roadmap.sections.all()}
    changes, touched = [], []
    for pair in pairs:
        if pair.old is None:
            continue
        row = rows[int(str(pair.old.key))]
        if "dropped" in pair.what:
            row.dropped_on = amendment.order_date
            changes.append(Change(amendment=amendment, activity=row, what=Change.What.DROPPED))
        for what, names in ((Change.What.MOVED, TERM), (Change.What.REWORDED, WORDS)):
            if pair.new is not None and what in pair.what:
                changes.append(_replace(amendment, row, what, pair.old, pair.new, names, sections))
        touched.append(row)
    if touched:
        Activity.objects.bulk_update(touched, [*TERM, *WORDS, "dropped_on"], batch_size=50)
    return changes


def _replace(
    amendment: Amendment,
    row: Activity,
    what: Change.What,
    old: PlanLine,
    new: PlanLine,
    names: Sequence[str],
    sections: dict[int, Section],
) -> Change:
    differ = changed(old, new, names)
    after = {name: _plain(getattr(new, name)) for name in differ}
    if "section" in after:
        row.section = _section(amendment.roadmap, new.section, "", sections)
    put_words(row, after)
    return Change(
        amendment=amendment,
        activity=row,
        what=what,
        before={name: _plain(getattr(old, name)) for name in differ},
        after=after,
    )


def _add_lines(amendment: Amendment, draft: Draft, pairs: Sequence[Pair]) -> list[Change]:
    """Make rows of the added lines, each after the line that it follows in the amending order."""
    told = {line["key"]: line for line in draft["lines"]}
    titles = {int(one["number"]): one["title"] or "" for one in draft.get("sections") or ()}
    sections = {section.number: section for section in amendment.roadmap.sections.all()}
    order: list[Activity] = list(amendment.roadmap.activities.select_related("section").order_by("position"))
    places = {row.pk: row for row in order}
    added: dict[str, Activity] = {}
    last: Activity | None = None
    for pair in pairs:
        if pair.old is not None and pair.new is not None:
            last = places[int(str(pair.old.key))]
        if pair.new is None or "added" not in pair.what:
            continue
        number = pair.new.section or (last.section.number if last is not None else 0)
        row = Activity(
            roadmap=amendment.roadmap,
            section=_section(amendment.roadmap, number, titles.get(number, ""), sections),
            added_on=amendment.order_date,
            **words_in(told[pair.new.key]),
        )
        order.insert(_place_after(order, last, number), row)
        last = row
        added[str(pair.new.key)] = row
    if added:
        _renumber(amendment.roadmap, order)
    return [
        Change(
            amendment=amendment,
            activity=row,
            what=Change.What.ADDED,
            after={"key": key, "number": row.number},
        )
        for key, row in added.items()
    ]


def _place_after(order: list[Activity], last: Activity | None, section: int) -> int:
    if last is not None and last.section.number == section:
        return order.index(last) + 1
    earlier = [place for place, row in enumerate(order) if row.section.number <= section]
    return earlier[-1] + 1 if earlier else 0


def _renumber(roadmap: Roadmap, order: list[Activity]) -> None:
    kept = [row for row in order if row.pk is not None]
    # The places are unique: all step aside first, then each takes its new one.
    roadmap.activities.update(position=F("position") + 10 * MOST_LINES + len(order))
    for place, row in enumerate(order, start=1):
        row.position = place
    Activity.objects.bulk_update(kept, ["position"], batch_size=300)
    Activity.objects.bulk_create([row for row in order if row.pk is None])


def _section(roadmap: Roadmap, number: int, title: str, sections: dict[int, Section]) -> Section:
    if number not in sections:
        words = title or (f"Раздел {number}" if number else WITHOUT_SECTION)
        sections[number] = Section.objects.create(
            roadmap=roadmap, number=number, title=fitting(words, 500, f"название раздела {number}")
        )
    return sections[number]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
