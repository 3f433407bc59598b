"""Furnishes the schools of the demonstration: risk profiles, visits and their reports, steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from opora.accounts.models import User
from opora.demo import story_of_schools as story
from opora.demo.cast import CURATED
from opora.demo.moments import at
from opora.demo.players import Troupe
from opora.demo.story import CURATED_FIRST, REPLACED_ON
from opora.programmes.models import Programme, RiskFactor
from opora.schools.actions.risks import CHOSEN, LEFT, CellChange, load_risks, set_risks, verify_risks
from opora.schools.models import Participation
from opora.visits.actions import (
    add_step,
    agree,
    approve_visit,
    close_step,
    hold_visit,
    plan_visit,
    report_visit,
)
from opora.visits.models import Visit

LEVELS = {"Н": "low", "С": "middle", "В": "high", "-": "none"}


def choose_risks(troupe: Troupe, programme: Programme) -> None:
    """The federal profile is loaded, each school chooses and gives its reasons, the curator verifies."""
    factors = list(programme.risk_factors.order_by("number"))
    parts = {
        part.school.number: part for part in programme.participations.select_related("school", "programme")
    }
    first = min(story.CHOSEN_ON.values())
    load_risks(
        loads=[(parts[number], _found(levels, factors)) for number, levels in story.LEVELS.items()],
        file_name="Рисковые профили.xlsx",
        by=troupe.person("coordinator"),
        at=at(first),
        on=first,
    )
    for number, day in story.CHOSEN_ON.items():
        part = parts[number]
        set_risks(
            participation=part,
            changes=_chosen(part, factors),
            by=troupe.person(f"school{number}"),
            at=at(day, 14),
            on=day,
        )
        curator = troupe.person(CURATED_FIRST[number])
        verify_risks(participation=part, by=curator, at=at(story.VERIFIED_ON, 12), on=story.VERIFIED_ON)


def _found(levels: str, factors: list[RiskFactor]) -> list[CellChange]:
    return [
        CellChange(factor, 0, level=LEVELS[letter])
        for letter, factor in zip(levels, factors, strict=True)
        if letter != "-"
    ]


def _chosen(part: Participation, factors: list[RiskFactor]) -> list[CellChange]:
    known = {risk.factor_id: risk for risk in part.risks.all()}
    high = [factor for factor in factors if factor.pk in known and known[factor.pk].level == "high"]
    changes = [
        CellChange(factor, known[factor.pk].version, choice=CHOSEN) for factor in high[: story.MOST_CHOSEN]
    ]
    changes += [
        CellChange(factor, known[factor.pk].version, choice=LEFT, reason=story.REASON)
        for factor in high[story.MOST_CHOSEN :]
    ]
    return changes


def visit_schools(troupe: Troupe, programme: Programme, journeys: Iterable[story.Journey]) -> None:
    """Visits as they went: planned, confirmed by the school, held, reported, approved, with the steps agreed there."""
    for journey in journeys:
        visit = _plan(troupe, programme, journey)
        if journey.held is not None:
            _hold(troupe, visit, journey)


def _plan(troupe: Troupe, programme: Programme, journey: story.Journey) -> Visit:
    curator = _curator(troupe, journey)
    visit = plan_visit(
        programme=programme,
        school=troupe.school(journey.school),
        curator=curator,
        planned_on=journey.planned,
        form=journey.form,
        by=curator,
        at=at(journey.noted),
        on=journey.noted,
    )
    said = journey.noted + timedelta(days=1)
    agree(visit=visit, by=troupe.person(f"school{journey.school}"), at=at(said), on=said)
    return visit


def _hold(troupe: Troupe, visit: Visit, journey: story.Journey) -> None:
    day, curator = journey.planned, _curator(troupe, journey)
    hold_visit(visit=visit, held_on=day, sheet=story.SHEET, sheet_version=0, by=curator, at=at(day, 15))
    steps = [
        add_step(
            visit=visit,
            side=side,
            text=text,
            responsible=who,
            due_on=day + timedelta(days=days),
            by=curator,
            at=at(day, 15),
        )
        for side, text, who, days in story.STEPS
    ]
    if journey.approved is None and journey.school != 105:
        return
    reported = day + timedelta(days=1)
    report_visit(visit=visit, on=reported, by=curator, at=at(reported))
    if journey.approved is not None:
        approve_visit(
            visit=visit, on=journey.approved, by=troupe.person("coordinator"), at=at(journey.approved)
        )
        close_step(
            step=steps[1],
            done_on=journey.approved,
            words="отправлены",
            by=curator,
            at=at(journey.approved, 16),
        )


def _curator(troupe: Troupe, journey: story.Journey) -> User:
    keys = CURATED if journey.planned >= REPLACED_ON else CURATED_FIRST
    return troupe.person(keys[journey.school])
