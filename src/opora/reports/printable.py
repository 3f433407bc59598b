"""The last cleaner before a file: text of any kind in the base can never break a report."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

# Everything that XML 1.0 does not allow, so that Word, Excel and PDF open whatever was stored.
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Value = TypeVar("Value")


def printable(value: Value) -> Value:
    """The same value, with «\ufffd» for every character that a file format cannot hold; walks dataclasses and tuples."""
    walked: Value = _walk(value)
    return walked


def _walk(value: Any) -> Any:
    if isinstance(value, str):
        return _UNPRINTABLE.sub("\ufffd", value)
    if isinstance(value, tuple):
        return tuple(_walk(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _walk(getattr(value, field.name)) for field in fields(value)})
    return value
