"""Which curator needs help and why, in words; nobody is rated. No rows, no clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from opora.core.russian import counted, day_month

# After so many days without a deed of a curator somebody asks how things are.
SILENCE = 30
# A report of a visit is waited for so many days, that of a stage is spoken of so many days before it ends.
REPORT_WAITS = 7
STAGE_NEARS = 14


@dataclass(slots=True)
class CuratorFacts:
    """What the records tell of one curator by a day, over the programme; `reports_due` are of stages that ended."""

    person_id: int
    name: str
    first_name: str
    address: str = ""
    since: date | None = None
    schools: dict[int, str] = field(default_factory=dict)
    planned: int = 0
    held: int = 0
    overdue: int = 0
    unreported: int = 0
    returned: int = 0
    steps: int = 0
    closed: int = 0
    late_steps: int = 0
    reports_due: int = 0
    reports_on_time: int = 0
    lacking: list[str] = field(default_factory=list)
    visited_now: set[int] = field(default_factory=set)
    latest: date | None = None
    # Whether the person is curator of some school on the day.
    is_open: bool = False

    def silent_for(self, as_of: date) -> int:
        """Days since the latest deed, or since the appointment where there was none."""
        days = [day for day in (self.latest, self.since) if day is not None]
        return max((as_of - max(days)).days, 0) if days else 0


@dataclass(frozen=True, slots=True)
class StageNow:
    """The stage of the day."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Help:
    """One curator who needs help: the reasons in words and a letter ready to be sent."""

    facts: CuratorFacts
    reasons: tuple[str, ...]
    letter: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum over curators: no person in it, fit for everybody to read."""

    curators: int
    schools: int
    planned: int
    held: int
    reports_due: int
    reports_on_time: int
    steps: int
    closed: int


def sum_of(rows: list[CuratorFacts]) -> Sum:
    """The figures of all curators together."""
    names = ("planned", "held", "reports_due", "reports_on_time", "steps", "closed")
    total = {name: sum(getattr(row, name) for row in rows) for name in names}
    schools = {pk for row in rows if row.is_open for pk in row.schools}
    return Sum(curators=sum(row.is_open for row in rows), schools=len(schools), **total)


def help_for(facts: CuratorFacts, stage: StageNow | None, as_of: date) -> Help | None:
    """Why a curator needs help on a day, the nearest to a school first; None when all is well."""
    reasons = [*_about_visits(facts, stage, as_of), *_about_words(facts, as_of)]
    if not reasons:
        return None
    return Help(facts, tuple(reasons), letter_to(facts, reasons))


def letter_to(facts: CuratorFacts, reasons: list[str]) -> str:
    """A short letter that asks, not blames; ready to be copied."""
    listed = "\n".join(f"— {reason}" for reason in reasons)
    return (
        f"{facts.first_name}, здравствуйте!\n\nПо записям «Опоры» сейчас так:\n{listed}\n\n"
        "Чем помочь: перенести день, подменить на посещении, подсказать с отчётом? "
        "Если всё уже сделано, отметьте это в «Опоре», пожалуйста."
    )


def _about_visits(facts: CuratorFacts, stage: StageNow | None, as_of: date) -> list[str]:
    found: list[str] = []
    if not facts.is_open:
        return found
    if facts.overdue:
        found.append(
            f"{counted(facts.overdue, 'посещение', 'посещения', 'посещений')}: день прошёл, отметки нет"
        )
    if stage is not None and (stage.ends_on - as_of).days <= (stage.ends_on - stage.starts_on).days // 2:
        without = [name for pk, name in facts.schools.items() if pk not in facts.visited_now]
        if without:
            more = f" и ещё {len(without) - 3}" if len(without) > 3 else ""
            found.append(
                f"{stage.name} идёт к концу ({day_month(stage.ends_on)}), посещение не намечено: "
                f"{', '.join(without[:3])}{more}"
            )
    return found


def _about_words(facts: CuratorFacts, as_of: date) -> list[str]:
    found: list[str] = []
    if facts.unreported:
        found.append(
            f"{counted(facts.unreported, 'посещение', 'посещения', 'посещений')} без отчёта дольше недели"
        )
    if facts.returned:
        found.append(
            f"{counted(facts.returned, 'отчёт вернулся', 'отчёта вернулись', 'отчётов вернулись')} с вопросом"
        )
    found += facts.lacking
    if facts.late_steps:
        found.append(
            f"{counted(facts.late_steps, 'договорённость', 'договорённости', 'договорённостей')} с прошедшим сроком"
        )
    days = facts.silent_for(as_of)
    if facts.is_open and days >= SILENCE:
        found.append(f"{counted(days, 'день', 'дня', 'дней')} без новых записей")
    return found
