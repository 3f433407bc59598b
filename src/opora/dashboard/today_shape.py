"""The one shape of everything that waits, so that the database can put rows of many tables one after another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

Rows = QuerySet[Any, tuple[Any, ...]]

# What is counted comes first, then what is ahead, deeds, and at the end the long lists of a region.
COUNTED, AHEAD, DEED, SILENT = range(4)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits; `what` names its kind, `key` and `school` are numbers of the rows it belongs to."""

    what: str
    pk: int
    title: str
    line: str
    who: str
    since: date | None
    key: int = 0
    school: int = 0
    school_name: str = ""


def shaped(
    rows: QuerySet[Any, Any],
    what: str,
    *,
    title: Any,
    since: Any = None,
    line: Any = None,
    who: Any = None,
    place: int = DEED,
    pk: Any = "pk",
    key: Any = None,
    school: Any = None,
    school_name: Any = None,
) -> Rows:
    """Rows of any table in one shape, to be put together by `union`."""
    numbers = {"pk_is": pk, "key_is": key, "school_is": school}
    words = {"title_is": title, "line_is": line, "who_is": who, "name_is": school_name}
    nothing = Value(None, output_field=DateField())
    return (
        rows.order_by()
        .annotate(
            place_is=Value(place, output_field=IntegerField()),
            what_is=Value(what, output_field=CharField()),
            since_is=Cast(nothing if since is None else since, DateField()),
            **{name: _number(one) for name, one in numbers.items()},
            **{name: _text(one) for name, one in words.items()},
        )
        .values_list(
            "place_is", "what_is", "pk_is", "title_is", "line_is", "who_is", "since_is", "key_is",
            "school_is", "name_is",
        )
    )  # fmt: skip


def come(field: str, as_of: date) -> Q:
    """The condition of a day that has come by a day."""
    return Q(**{f"{field}__lte": as_of})


def not_come(field: str, as_of: date) -> Q:
    """The condition of a day that is not known yet on a day."""
    return Q(**{field: None}) | Q(**{f"{field}__gt": as_of})


def _text(one: Any) -> Any:
    empty = Value("", output_field=TextField())
    return empty if one is None else Coalesce(Cast(one, TextField()), empty)


def _number(one: Any) -> Any:
    zero = Value(0, output_field=IntegerField())
    return zero if one is None else Coalesce(Cast(one, IntegerField()), zero)
