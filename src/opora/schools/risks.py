"""Everything that reads risk profiles: a row a school, a column a factor, and the counts over many."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from opora.accounts.models import User
from opora.core.history import history_of
from opora.core.models import HistoryEntry
from opora.programmes.models import Programme, RiskFactor
from opora.schools.models import Participation, School, SchoolRisk, SchoolRiskChange
from opora.schools.risk_rules import HIGH, LETTERS, LEVEL_WORDS, cell_words, lacks, lacks_reason

MOST_ENTRIES = 200
# A cell as it stands now, or as it stood on a day.
AnyRisk = SchoolRisk | SchoolRiskChange


@dataclass(frozen=True, slots=True)
class Cell:
    """One factor of one school; `risk` is None while nothing is known of it."""

    factor: RiskFactor
    risk: AnyRisk | None = None

    @property
    def number(self) -> int:
        return self.factor.number

    @property
    def level(self) -> str:
        return self.risk.level if self.risk else SchoolRisk.Level.NONE

    @property
    def is_chosen(self) -> bool | None:
        return self.risk.is_chosen if self.risk else None

    @property
    def reason(self) -> str:
        return self.risk.reason if self.risk else ""

    @property
    def version(self) -> int:
        return self.risk.version if self.risk else 0

    @property
    def level_words(self) -> str:
        return LEVEL_WORDS[self.level]

    @property
    def letter(self) -> str:
        return LETTERS.get(self.level, "")

    @property
    def look(self) -> str:
        """The class of the drawn cell: h1, h2, h3, and why0 where a reason is missing."""
        place = list(LETTERS).index(self.level) + 1 if self.level in LETTERS else 0
        return (f"h{place}" if place else "") + (" why0" if lacks_reason(self) else "")

    @property
    def mark(self) -> str:
        """The icon beside the letter."""
        if lacks_reason(self):
            return "late"
        return {True: "done", False: "none", None: ""}[self.is_chosen]

    @property
    def words(self) -> str:
        return cell_words(self.level, self.is_chosen, self.reason)

    @property
    def changed_by(self) -> User | None:
        return self.risk.changed_by if self.risk else None

    @property
    def changed_at(self) -> datetime | None:
        return self.risk.changed_at if self.risk else None


@dataclass(frozen=True, slots=True)
class Profile:
    """The row of one school."""

    participation: Participation
    cells: tuple[Cell, ...]

    @property
    def school(self) -> School:
        return self.participation.school

    @property
    def chosen(self) -> int:
        return sum(cell.is_chosen is True for cell in self.cells)

    @property
    def lacks(self) -> tuple[str, ...]:
        programme = self.participation.programme
        return lacks(self.cells, least=programme.least_risks, most=programme.most_risks)

    @property
    def _decided(self) -> list[AnyRisk]:
        return [cell.risk for cell in self.cells if cell.risk and cell.risk.is_chosen is not None]

    @property
    def is_verified(self) -> bool:
        decided = self._decided
        return bool(decided) and all(risk.verified_on for risk in decided)

    @property
    def verified_on(self) -> date | None:
        return max((risk.verified_on for risk in self._decided if risk.verified_on), default=None)

    @property
    def verified_by(self) -> User | None:
        return next((risk.verified_by for risk in self._decided if risk.verified_by), None)

    @property
    def state(self) -> tuple[str, str]:
        """The look and the words of the whole choice."""
        if self.is_verified and not self.lacks:
            return "done", "Подтверждено"
        if not self._decided:
            return "none", "Не выбраны"
        return ("half", "Выбор идёт") if self.lacks else ("sent", "Ждёт проверки")


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the history of a profile."""

    at: datetime
    person: str
    verb: str
    facts: str
    numbers: frozenset[int]


def factors_of(programme: Programme) -> list[RiskFactor]:
    """The catalogue of a programme by number. One query."""
    return list(programme.risk_factors.order_by("number"))


def parts_in(programme: Programme, as_of: date, schools: QuerySet[School]) -> QuerySet[Participation]:
    """Those of the schools that take part on a day, by municipality and number."""
    return (
        Participation.objects.filter(
            Q(until__isnull=True) | Q(until__gte=as_of),
            programme=programme,
            since__lte=as_of,
            school__in=schools,
        )
        .select_related("school__municipality", "programme")
        .order_by(
            "school__municipality__name", "school__municipality_id", "school__number", "school__folded_name"
        )
    )


def cells_on(as_of: date, **parts: Any) -> QuerySet[SchoolRiskChange]:
    """The cells as they stood on a day; `parts` are conditions of the profiles meant. Asks when it is read, once."""
    latest = (
        SchoolRiskChange.objects.filter(on__lte=as_of, **parts).order_by().values("participation", "factor")
    )
    return SchoolRiskChange.objects.filter(pk__in=latest.annotate(last=Max("pk")).values("last"))


def cells_beside(as_of: date, **parts: Any) -> QuerySet[SchoolRiskChange]:
    """The cells as they stood on a day, for a subquery beside each row: `parts` may hold an OuterRef. Asks nothing."""
    # `cells_on` groups all profiles at once; beside a row only the few cells of that row are looked at.
    later = SchoolRiskChange.objects.filter(
        participation=OuterRef("participation"),
        factor=OuterRef("factor"),
        on__lte=as_of,
        pk__gt=OuterRef("pk"),
    )
    return SchoolRiskChange.objects.filter(~Exists(later), on__lte=as_of, **parts)


def profiles_of(
    parts: Iterable[Participation], factors: Sequence[RiskFactor], as_of: date | None
) -> list[Profile]:
    """The rows of some schools as they stood on a day; None is what stands now, as actions need it. One query."""
    parts = list(parts)
    meant = [part.pk for part in parts]
    rows: QuerySet[Any] = (
        SchoolRisk.objects.filter(participation__in=meant)
        if as_of is None
        else cells_on(as_of, participation__in=meant)
    )
    found: dict[tuple[int, int], AnyRisk] = {
        (risk.participation_id, risk.factor_id): risk
        for risk in rows.select_related("changed_by", "verified_by")
    }
    return [
        Profile(part, tuple(Cell(factor, found.get((part.pk, factor.pk))) for factor in factors))
        for part in parts
    ]


def history_of_profile(participation: Participation, number: int | None = None) -> list[Told]:
    """Who changed what in a profile, newest first; of one factor when its number is given."""
    entries = [_told(one) for one in history_of(participation, limit=MOST_ENTRIES) if "risks." in one.verb]
    return [one for one in entries if number is None or number in one.numbers or not one.numbers]


def _told(entry: HistoryEntry) -> Told:
    numbers = frozenset(int(number) for number in json.loads(entry.facts).get("cells", {}))
    return Told(entry.at, entry.person_name, entry.verb, entry.facts, numbers)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many schools have a factor at which level, in one municipality."""

    factor_id: int
    municipality_id: int
    municipality: str
    high: int
    middle: int
    low: int
    chosen: int
    unexplained: int


def figures_of(parts: QuerySet[Participation], as_of: date) -> list[Figures]:
    """The counts by factor and municipality over any number of schools, as they stood on a day. One query."""
    rows = (
        cells_on(as_of, participation__in=parts.order_by().values("pk"))
        .values_list(
            "factor_id",
            "participation__school__municipality_id",
            "participation__school__municipality__name",
        )
        .annotate(
            high=Count("pk", filter=Q(level=HIGH)),
            middle=Count("pk", filter=Q(level="middle")),
            low=Count("pk", filter=Q(level="low")),
            chosen=Count("pk", filter=Q(is_chosen=True)),
            unexplained=Count("pk", filter=Q(level=HIGH, is_chosen=False, reason="")),
        )
        .order_by("participation__school__municipality__name", "factor_id")
    )
    return [Figures(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Row:
    """What a count needs of one decided factor."""

    number: int
    level: str
    is_chosen: bool | None
    reason: str
    chosen_on: date | None
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A school whose choice was complete by a day: since when, and since when its curator has verified it."""

    school_id: int
    chosen_on: date
    verified_on: date | None


def choices_of(
    municipalities: Iterable[int], programmes: Iterable[int], as_of: date
) -> dict[tuple[int, int], list[Chosen]]:
    """(municipality, programme) → the schools whose choice was complete as it stood on a day. One query."""
    rows = (
        cells_on(
            as_of,
            participation__school__municipality__in=municipalities,
            participation__programme__in=programmes,
        )
        .order_by("participation__school__number", "participation", "factor__number")
        .values_list(
            "participation__school__municipality_id", "participation__programme_id",
            "participation__school_id", "participation__programme__least_risks",
            "participation__programme__most_risks", "factor__number", "level", "is_chosen", "reason",
            "chosen_on", "verified_on",
        )
    )  # fmt: skip
    grouped: dict[tuple[int, int, int, int, int], list[Row]] = {}
    for (
        municipality,
        programme,
        school,
        least,
        most,
        number,
        level,
        is_chosen,
        reason,
        chosen_on,
        verified_on,
    ) in rows:
        row = Row(number, level, is_chosen, reason, chosen_on, verified_on)
        grouped.setdefault((municipality, programme, school, least, most), []).append(row)
    found: dict[tuple[int, int], list[Chosen]] = {}
    for (municipality, programme, school, least, most), choices in grouped.items():
        decided = [one for one in choices if one.chosen_on]
        if decided and not lacks(choices, least=least, most=most):
            found.setdefault((municipality, programme), []).append(_chosen(school, decided))
    return found


def _chosen(school: int, decided: Sequence[Row]) -> Chosen:
    verified = [one.verified_on for one in decided if one.verified_on]
    return Chosen(
        school,
        max(one.chosen_on for one in decided if one.chosen_on),
        max(verified) if len(verified) == len(decided) else None,
    )
