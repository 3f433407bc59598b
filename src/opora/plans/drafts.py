"""A draft of a roadmap as it comes from the review page, turned into fields of rows; writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from opora.core.refusal import Refused

MOST_LINES: Final = 2_000

# The JSON of `RoadmapDraft`, or a part of it.
Draft = Mapping[str, Any]


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
