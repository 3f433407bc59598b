"""What stood in risk profiles on which day, told anew from the history: each deed becomes rows of its day."""

import json
from datetime import date
from typing import Any

from django.db import migrations

LEVELS = {"высокая": "high", "средняя": "middle", "низкая": "low"}
UNTOLD = ("причина не указана", "")


def cell_of(words: str) -> tuple[str, bool | None, str]:
    """Level, choice and reason of «высокая, не взят: решено в прошлом году», as the history keeps a cell."""
    level, _, rest = words.partition(", ")
    said = LEVELS.get(level, "none")
    if not rest:
        return said, None, ""
    if rest.startswith("не взят"):
        reason = rest.removeprefix("не взят").lstrip(":, ").strip()
        return said, False, "" if reason in UNTOLD else reason
    return said, True, ""


def tell(apps: Any, schema_editor: Any) -> None:
    """Replay the deeds of each profile; what history does not explain is told by the rows as they stand."""
    participations = apps.get_model("schools", "Participation")
    risks = apps.get_model("schools", "SchoolRisk")
    changes = apps.get_model("schools", "SchoolRiskChange")
    people = set(apps.get_model("accounts", "User").objects.values_list("pk", flat=True))
    entries: dict[int, list[Any]] = {}
    for entry in (
        apps.get_model("core", "HistoryEntry")
        .objects.filter(subject_kind="schools.participation", verb__startswith="risks.")
        .order_by("number")
        .iterator(chunk_size=2000)
    ):
        entries.setdefault(entry.subject_id, []).append(entry)
    parts = participations.objects.filter(risks__isnull=False).distinct().select_related("programme")
    for part in parts.iterator(chunk_size=500):
        rows = {
            row.factor.number: row
            for row in risks.objects.filter(participation=part).select_related("factor")
        }
        told = _replayed(changes, part, rows, entries.get(part.pk, []), people)
        changes.objects.bulk_create([*told, *_ending(changes, part, rows, told)], batch_size=500)


def _replayed(
    changes: Any, part: Any, rows: dict[int, Any], entries: list[Any], people: set[int]
) -> list[Any]:
    made, stands = list[Any](), dict[int, Any]()
    on = date.min
    for entry in entries:
        facts = json.loads(entry.facts)
        # A verification falls by the change just told, on the day of that change.
        if "on" in facts:
            on = date.fromisoformat(facts["on"])
        elif entry.verb != "risks.verification_fell" or not made:
            on = entry.at.date()
        by = entry.person_id if entry.person_id in people else None
        touched = []
        if entry.verb == "risks.changed":
            for number, words in facts.get("cells", {}).items():
                row = rows.get(int(number))
                if row is None:
                    continue
                level, is_chosen, reason = cell_of(words["became"])
                before = stands.get(row.factor_id)
                is_same = before is not None and (before.is_chosen, before.reason) == (is_chosen, reason)
                stands[row.factor_id] = changes(
                    participation=part, factor_id=row.factor_id, on=on, level=level, is_chosen=is_chosen,
                    reason=reason, version=(before.version if before else 0) + 1, changed_at=entry.at,
                    changed_by_id=by,
                    chosen_on=before.chosen_on if is_same else None if is_chosen is None else on,
                )  # fmt: skip
                touched.append(row.factor_id)
        elif entry.verb == "risks.verified":
            touched = [key for key, one in stands.items() if one.is_chosen is not None]
            for key in touched:
                stands[key] = _copy(changes, stands[key], on=on, verified_on=on, verified_by_id=by)
        elif entry.verb == "risks.verification_fell":
            touched = [key for key, one in stands.items() if one.verified_on is not None]
            for key in touched:
                stands[key] = _copy(changes, stands[key], on=on, verified_on=None, verified_by_id=None)
        made += [stands[key] for key in touched]
    return made


def _ending(changes: Any, part: Any, rows: dict[int, Any], told: list[Any]) -> list[Any]:
    """Rows for cells that stand otherwise than their history says, or that have none."""
    last = {one.factor_id: one for one in told}
    names = ("level", "is_chosen", "chosen_on", "reason", "verified_on", "verified_by_id", "version")
    found = []
    for row in rows.values():
        one = last.get(row.factor_id)
        if one is not None and all(getattr(one, name) == getattr(row, name) for name in names):
            continue
        days = [day for day in (row.verified_on, row.chosen_on) if day is not None]
        found.append(
            changes(
                participation=part,
                factor_id=row.factor_id,
                changed_at=row.changed_at,
                changed_by_id=row.changed_by_id,
                on=max(days, default=row.changed_at.date()),
                **{name: getattr(row, name) for name in names},
            )
        )
    return found


def _copy(changes: Any, one: Any, **other: Any) -> Any:
    names = (
        "level", "is_chosen", "chosen_on", "reason", "version", "changed_at", "changed_by_id", "factor_id",
        "participation_id", "on", "verified_on", "verified_by_id",
    )  # fmt: skip
    return changes(**{name: getattr(one, name) for name in names} | other)


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0004_lists_and_risk_changes"),
        ("core", "0001_initial"),
        ("accounts", "0001_initial"),
    ]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
