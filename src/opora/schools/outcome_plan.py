"""A table of results beside those that are known: what agreeing would do, and what is doubtful."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from opora.core.russian import fold
from opora.schools.models import Municipality, Outcome, School
from opora.schools.models.outcomes import FEWEST_PUPILS
from opora.schools.school_finding import SchoolFinder
from opora.schools.told_outcomes import ToldOutcome

Key = tuple[int, int, str, str, int | None]
_YEAR: Final = re.compile(r"^(20\d\d)(?:[/ -]+(?:20)?(\d\d))?(?: ?(?:уч\.?|учебный)? ?г?(?:од)?\.?)?$")
_MOST_REMARKS: Final = 200


@dataclass(frozen=True, slots=True)
class PlannedOutcome:
    """One share as it would be written; `row` is the one that is there."""

    school: School
    values: dict[str, Any]
    row: Outcome | None

    @property
    def is_new(self) -> bool:
        return self.row is None

    @property
    def exam(self) -> str:
        return str(Outcome.Exam(self.values["exam"]).label)

    @property
    def was(self) -> str:
        return figures(self.row.pupils, self.row.low_share, self.row.good_share) if self.row else ""

    @property
    def becomes(self) -> str:
        return figures(self.values["pupils"], self.values["low_share"], self.values["good_share"])


@dataclass(slots=True)
class OutcomePlan:
    """What agreeing would do."""

    writes: list[PlannedOutcome] = field(default_factory=list)
    same: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def new(self) -> int:
        return sum(one.is_new for one in self.writes)

    @property
    def changed(self) -> int:
        return len(self.writes) - self.new

    @property
    def mark(self) -> str:
        """A hash of what was shown: agreeing to something else than was seen is refused."""
        told = [f"{one.school.pk}:{sorted(one.values.items())}:{one.was}" for one in self.writes]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def plan_outcomes(
    rows: Sequence[ToldOutcome],
    *,
    municipalities: Iterable[Municipality],
    schools: Iterable[School],
    known: Iterable[Outcome],
) -> OutcomePlan:
    """Compare a table with what is known; a row that cannot be understood is left out with a remark."""
    finder = SchoolFinder(municipalities, schools)
    there = {(one.school_id, one.year, one.exam, fold(one.subject), one.grade): one for one in known}
    is_fraction = _is_fraction([text for row in rows for text in (row.low, row.good)])
    plan, seen = OutcomePlan(), dict[Key, str]()
    for row in rows:
        try:
            school, values = finder.school(row.school, row.municipality), _values(row, is_fraction)
        except ValueError as error:
            plan.remarks.append(f"{row.place}: {error}, строка пропущена.")
            continue
        key = (school.pk, values["year"], values["exam"], fold(values["subject"]), values["grade"])
        if key in seen:
            plan.remarks.append(f"{row.place}: то же, что {seen[key]}, взята первая строка.")
            continue
        seen[key] = row.place
        if values["pupils"] < FEWEST_PUPILS:
            plan.remarks.append(
                f"{row.place}: участников меньше {FEWEST_PUPILS}, доля запишется, но не будет показана."
            )
        old = there.get(key)
        if old is not None:
            values["subject"] = old.subject
        if old is not None and all(getattr(old, name) == value for name, value in values.items()):
            plan.same += 1
        else:
            plan.writes.append(PlannedOutcome(school, values, old))
    hidden = len(plan.remarks) - _MOST_REMARKS
    if hidden > 0:
        plan.remarks[_MOST_REMARKS:] = [f"И ещё замечаний: {hidden}."]
    return plan


def figures(pupils: int, low: Decimal | None, good: Decimal | None) -> str:
    """«86 участников, не справились 12,5 %, на «4» и «5» 40 %»."""
    parts = [f"участников {pupils}"]
    parts += [f"не справились {share_words(low)}"] if low is not None else []
    parts += [f"на «4» и «5» {share_words(good)}"] if good is not None else []
    return ", ".join(parts)


def share_words(share: Decimal) -> str:
    """«12,5 %» with a no-break space."""
    return f"{share.quantize(Decimal('0.1')).normalize():f}".replace(".", ",") + "\u00a0%"


def _values(row: ToldOutcome, is_fraction: bool) -> dict[str, Any]:
    """The figures of a row. ValueError, with Russian words, for what cannot be."""
    year = _YEAR.match(fold(row.year))
    if year is None:
        raise ValueError(f"«{row.year[:20]}» не похоже на год")
    exam = next((code for code, word in (("vpr", "впр"), ("oge", "огэ")) if word in fold(row.exam)), "")
    if not exam:
        raise ValueError(f"«{row.exam[:30]}»: нужна работа ВПР или ОГЭ")
    if not row.subject:
        raise ValueError("не назван предмет")
    grade = re.search(r"\d{1,2}", row.grade)
    pupils = "".join(row.pupils.split())
    if not (pupils.isascii() and pupils.isdecimal() and len(pupils) < 6):
        raise ValueError(f"«{row.pupils[:20]}» не похоже на число участников")
    low, good = _share(row.low, is_fraction), _share(row.good, is_fraction)
    if low is None and good is None:
        raise ValueError("нет ни одной доли")
    if low is not None and good is not None and low + good > 100:
        raise ValueError("две доли вместе больше 100 %")
    return {
        "year": 2000 + int(year[2]) if year[2] else int(year[1]),
        "exam": exam,
        "subject": (row.subject[:1].upper() + row.subject[1:])[:100],
        "grade": int(grade[0]) if grade and 1 <= int(grade[0]) <= 11 else None,
        "pupils": int(pupils),
        "low_share": low,
        "good_share": good,
    }


def _number(text: str) -> Decimal | None:
    said = "".join(text.replace(",", ".").replace("%", "").split())
    if not said or said == "-":
        return None
    if not re.fullmatch(r"\d{1,12}(?:\.\d{1,18})?", said, re.ASCII):
        raise ValueError(f"«{text[:20]}» не похоже на долю в процентах")
    try:
        return Decimal(said)
    except InvalidOperation as error:
        raise ValueError(f"«{text[:20]}» не похоже на долю в процентах") from error


def _share(text: str, is_fraction: bool) -> Decimal | None:
    number = _number(text)
    if number is None:
        return None
    share = number * 100 if is_fraction and "%" not in text else number
    if share > 100:
        raise ValueError(f"доля «{text[:20]}» больше 100 %")
    return share.quantize(Decimal("0.01"))


def _is_fraction(texts: Iterable[str]) -> bool:
    """Whether a table counts in parts of one («0,345»): no share over 1, and at least one between 0 and 1."""
    plain = [text for text in texts if text and "%" not in text]
    numbers = []
    for text in plain:
        try:
            numbers.append(_number(text))
        except ValueError:
            continue
    told = [number for number in numbers if number is not None]
    return bool(told) and max(told) <= 1 and any(0 < number < 1 for number in told)
