"""What an expert's page sends: levels and words by criterion, the conclusion, the version it was opened with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from opora.reviews.actions import Told
from opora.reviews.models import Criterion, Examination

MOST_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """One criterion on the page with what is chosen and written by it."""

    criterion: Criterion
    levels: tuple[Any, ...]
    chosen: int | None
    words: str


def told_in(post: QueryDict, criteria: Iterable[Criterion]) -> Told:
    """The marks as they were sent; what cannot be read is not chosen."""
    known = list(criteria)
    levels = {
        one.pk: number for one in known if (number := _number(post.get(f"level-{one.pk}", ""))) is not None
    }
    return Told(
        levels=levels,
        words={one.pk: post.get(f"words-{one.pk}", "").replace("\r\n", "\n") for one in known},
        conclusion=post.get("conclusion", "").replace("\r\n", "\n"),
        needs_rework=post.get("rework") == "yes",
    )


def told_kept(examination: Examination) -> Told:
    """The marks as they are kept. One query."""
    rows = list(examination.scores.all())
    return Told(
        levels={one.criterion_id: one.level_id for one in rows if one.level_id is not None},
        words={one.criterion_id: one.words for one in rows},
        conclusion=examination.words,
        needs_rework=examination.needs_rework,
    )


def asked_of(criteria: Iterable[Criterion], told: Told) -> list[Asked]:
    """The criteria with their levels and what is told of them."""
    return [
        Asked(one, tuple(one.levels_in_order), told.levels.get(one.pk), told.words.get(one.pk, ""))  # type: ignore[attr-defined]  # -- prefetched under this name
        for one in criteria
    ]


def differing(criteria: Iterable[Criterion], kept: Told, typed: Told) -> list[tuple[str, str, str]]:
    """Where two versions part: what about, as it is kept, as it is here."""
    rows = []
    for one in criteria:
        names: Mapping[int, str] = {level.pk: level.title for level in one.levels_in_order}  # type: ignore[attr-defined]  # -- prefetched under this name
        pair = tuple(
            ". ".join(filter(None, (names.get(told.levels.get(one.pk, 0), ""), told.words.get(one.pk, ""))))
            for told in (kept, typed)
        )
        if pair[0] != pair[1]:
            rows.append((one.title, pair[0], pair[1]))
    if kept.conclusion.strip() != typed.conclusion.strip():
        rows.append(("Вывод", kept.conclusion, typed.conclusion))
    if kept.needs_rework != typed.needs_rework:
        words = {True: "предложить доработать", False: "не предлагать"}
        rows.append(("Доработка", words[kept.needs_rework], words[typed.needs_rework]))
    return rows


def version_in(post: QueryDict) -> int:
    """The version that the page was opened with; 0, which fits nothing, when it cannot be read."""
    return _number(post.get("version", "")) or 0


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS else None
