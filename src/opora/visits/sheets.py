"""The sheet of a visit as it may be kept: plain values, clean text, a bounded size; no rows, no clock."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, Final

from opora.core.refusal import Refused
from opora.core.russian import clean, find_forbidden

MOST_BYTES: Final = 100 * 1024
MOST_DEPTH: Final = 6
MOST_KEY: Final = 100

Sheet = dict[str, Any]


def clean_sheet(sheet: Mapping[str, Any]) -> Sheet:
    """The sheet with all its text cleaned. Refused: not plain values, letters that may not be, over 100 KB as JSON."""
    if not isinstance(sheet, Mapping):
        raise Refused("Лист посещения прочитать не удалось.", code="T-SHEET", status=400)
    kept = {_key(name): _cleaned(value, MOST_DEPTH) for name, value in sheet.items()}
    size = len(json.dumps(kept, ensure_ascii=False).encode())
    if size > MOST_BYTES:
        raise Refused(
            f"Лист слишком велик: {size // 1024} КБ, можно не более {MOST_BYTES // 1024} КБ.", status=413
        )
    return kept


def is_blank(sheet: Any) -> bool:
    """Whether nothing is said in a sheet: no text, no number, nothing marked."""
    if isinstance(sheet, Mapping):
        return all(is_blank(value) for value in sheet.values())
    if isinstance(sheet, list):
        return all(is_blank(value) for value in sheet)
    if isinstance(sheet, str):
        return not sheet.strip()
    return sheet is None or sheet is False


def _key(name: Any) -> str:
    if not isinstance(name, str) or len(name) > MOST_KEY or find_forbidden(name) is not None:
        raise Refused("Лист посещения прочитать не удалось.", code="T-SHEET", status=400)
    return clean(name)


def _cleaned(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if depth and isinstance(value, Mapping):
        return {_key(name): _cleaned(one, depth - 1) for name, one in value.items()}
    if depth and isinstance(value, list | tuple):
        return [_cleaned(one, depth - 1) for one in value]
    raise Refused("Лист посещения прочитать не удалось.", code="T-SHEET", status=400)


def _text(text: str) -> str:
    place = find_forbidden(text)
    if place is not None:
        raise Refused(
            f"В тексте есть недопустимые символы (позиция {place}). Наберите это место заново.",
            code="T-CHARS",
            status=400,
        )
    return clean(text)
