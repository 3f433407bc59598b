"""The plan's year: told, printed in the title, in the order, or the one most terms name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from opora.imports.draft import DraftOrder
from opora.imports.subjects.found import RawLine
from opora.imports.subjects.wording import fold

_SCHOOL = re.compile(
    r"(20\d\d)\s*[-/–—]\s*(?:20\d\d|\d\d)\s*(?:-?\s*(?:м|ый|ого|ом)\s*)?(?:уч\w*\.?\s*(?:г|год)|у\.\s?г)"
    r"|уч\w*\.? (?:год\w*|г\.?) (20\d\d)\s*[-/]\s*(?:20)?\d\d"
    r"|(20\d\d)\s?/\s?(?:20)?\d\d\s?(?:г\b|г\.|год)"
    r"|(?:август|сентябр)\w* (20\d\d) ?(?:г\w*\.?)? ?(?:-|по) ?(?:ма[йя]|июн[ья]|август\w*) 20\d\d"
)
_SPAN = re.compile(r"(20\d\d)\s*(?:[-/]|по|и)\s*(20\d\d)\s*(?:г|год)?")
_ONE = re.compile(r"(20\d\d)\s*-?\s*(?:г\b|г\.|год|й год|м год)")
_BARE = re.compile(r"\b(20\d\d)\b")


@dataclass(frozen=True, slots=True)
class PlanYear:
    """The year of the plan; `school` is the first year of a school year where the plan is of one."""

    year: int | None
    school: int | None = None


def plan_year(
    told: int | None,
    title: str,
    words: Sequence[str],
    order: DraftOrder,
    lines: Sequence[RawLine],
    months: Sequence[str],
) -> PlanYear:
    """Where the year comes from, the surest first: the person, the title, the order's text, its date, the terms."""
    texts = [fold(title), *(fold(text) for text in words if re.search(r"план|карт|на 20", fold(text)))]
    school = _school(texts)
    if told is not None:
        is_school = school is not None or _looks_like_school(lines, months)
        return PlanYear(told, (school if school in (told, told - 1) else told) if is_school else None)
    if school is not None:
        return PlanYear(school, school)
    year = _printed(texts)
    if year is None and order.date:
        year = order.date.year
    if year is None:
        year = _majority(lines)
    if year is not None and _looks_like_school(lines, months):
        return PlanYear(year, year)
    return PlanYear(year)


def _school(texts: Iterable[str]) -> int | None:
    for text in texts:
        if found := _SCHOOL.search(text):
            return int(next(filter(None, found.groups())))
    return None


def _printed(texts: Iterable[str]) -> int | None:
    for text in texts:
        without = re.sub(r"\d{1,2}\.\d{1,2}\.20\d\d|\d{1,2}\s+[а-я]+\s+20\d\d", " ", text)
        if found := _SPAN.search(without) or _ONE.search(without) or re.search(r"на (20\d\d)\b", without):
            return int(found.group(1))
    if texts := list(texts):
        title = re.sub(r"\d{1,2}\.\d{1,2}\.20\d\d", " ", texts[0])
        found = _BARE.search(title)
        return int(found.group(1)) if found else None
    return None


def _majority(lines: Sequence[RawLine]) -> int | None:
    years = Counter(int(year) for line in lines for year in _BARE.findall(line.term.words))
    if not years:
        return None
    most = max(years.values())
    return min(year for year, count in years.items() if count == most)


def _looks_like_school(lines: Sequence[RawLine], months: Sequence[str]) -> bool:
    """Months or marks that begin in September and end in May without a year say a school year."""
    order = [name for name in months if name]
    if (
        len(order) >= 6
        and order[0] in ("август", "сентябрь")
        and order[-1] in ("май", "июнь", "июль", "август")
    ):
        return True
    named = " ".join(fold(line.term.words) for line in lines)
    return "учебн" in named and "сентябр" in named and not _BARE.search(named)
