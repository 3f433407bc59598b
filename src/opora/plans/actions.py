"""Everything that writes roadmaps: adopting an order, accepting a later one, naming who leads a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from opora.accounts.models import User
from opora.core.history import record
from opora.core.models import StoredFile
from opora.core.refusal import Refused
from opora.plans.models import Activity, Responsibility, Roadmap, Section
from opora.programmes.models import Programme
from opora.schools.models import Municipality

MOST_LINES = 2_000
WITHOUT_SECTION = "Пункты вне разделов"

Draft = Mapping[str, Any]


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


def words_in(line: Draft) -> dict[str, Any]:
    """The fields of an activity from one line of a draft. Refused when a field does not fit."""
    period = line.get("period") or {}
    name = f"пункт {line.get('number') or line.get('suggested_number') or ''}".strip()
    return {
        "number": fitting(line.get("number") or "", 20, f"{name}: номер"),
        "text": fitting(line.get("text") or "", 10_000, f"{name}: мероприятие"),
        "promise": fitting(line.get("promise") or "", 10_000, f"{name}: показатель"),
        "period_text": fitting(period.get("text") or "", 500, f"{name}: срок"),
        "starts_on": day_in(period.get("start")),
        "ends_on": day_in(period.get("end")),
        "is_open_ended": bool(period.get("open_ended")),
        "recurrence": period.get("recurrence") or "",
        "control_on": day_in(period.get("control_on")),
        "executors": fitting(line.get("responsible") or "", 1_000, f"{name}: исполнители"),
        "page": (line.get("place") or {}).get("page"),
    }


def check_lines(lines: Sequence[Draft]) -> None:
    """Refused when these lines cannot be a plan: none, too many, or one without words."""
    if not lines:
        raise Refused(
            "В карте нет ни одного пункта. Добавьте пункт или загрузите другой файл.", code="F-NOTABLE"
        )
    if len(lines) > MOST_LINES:
        raise Refused(f"Строк больше {MOST_LINES}. Разделите карту.", code="F-ROWS")
    for place, line in enumerate(lines, start=1):
        if not (line.get("text") or "").strip():
            raise Refused(f"Строка {place}: нет слов мероприятия. Допишите их или удалите строку.")


def fitting(text: str, most: int, name: str) -> str:
    """The text without spaces around. Refused when it is longer than `most` letters."""
    text = text.strip()
    if len(text) > most:
        raise Refused(f"Слишком длинно ({name}): {len(text)} знаков, можно не больше {most}.")
    return text


def day_in(text: str | None) -> date | None:
    """The day of an ISO string of a draft, None where there is none."""
    return date.fromisoformat(text) if text else None


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
