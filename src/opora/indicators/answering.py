"""From collections of a line to the subjects of a tally: who was asked, who handed in, whose answer is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from opora.appointments.models import Duty
from opora.indicators.evidence import tally_of
from opora.indicators.ground import ONE, Counted, Ground, curator_key, school_key
from opora.indicators.models import Indicator
from opora.indicators.tally import Subject, Tally
from opora.indicators.visiting import attested, count_reports
from opora.questionnaires.queries import AnswerFact

EACH = (Indicator.Scope.SCHOOLS, Indicator.Scope.CURATORS)


def count_forms(lines: Sequence[Counted], ground: Ground, lacking: str) -> dict[int, Tally]:
    """Count lines by their collections; those without one by curators' reports, papers and words as before."""
    asked = [line for line in lines if ground.answers.get(line.activity.pk)]
    tallies = count_reports([line for line in lines if line not in asked], ground, lacking)
    for line in asked:
        tallies[line.indicator.pk] = _tally(line, ground, ground.answers[line.activity.pk], lacking)
    return tallies


def _tally(line: Counted, ground: Ground, facts: Sequence[AnswerFact], lacking: str) -> Tally:
    """Of those whom the scope expects only those who were asked: a collection from ШНОР waits for no others."""
    proven = attested(line, ground)
    if line.indicator.scope == Indicator.Scope.NUMBER:
        given = [_subject(f"answer-{one.respondent_id}", [one]) for one in facts if one.reported_on]
        return tally_of(line, ground, [*given, *proven], lacking)
    if line.indicator.scope not in EACH:
        return tally_of(line, ground, [_whole(facts), *proven], lacking)
    by_key: dict[str, list[AnswerFact]] = {}
    for one in facts:
        for key in _keys(one, line, ground):
            by_key.setdefault(key, []).append(one)
    expected = [one for one in ground.expected(line) if one.key in by_key]
    answered = [_subject(key, group) for key, group in by_key.items()]
    return tally_of(line, ground, [*answered, *proven], lacking, expected=expected or None)


def _keys(fact: AnswerFact, line: Counted, ground: Ground) -> Iterable[str]:
    """Under whose keys an answer counts: the school or curator that gave it, the school of its coordinator."""
    if line.indicator.scope == Indicator.Scope.CURATORS:
        return (curator_key(fact.person_id),) if fact.person_id is not None else ()
    if fact.school_id is not None:
        return (school_key(fact.school_id),)
    return tuple(
        school_key(held.school_id)
        for held in ground.appointments_for(line.activity)
        if held.person_id == fact.person_id and held.duty == Duty.SCHOOL_COORDINATOR and held.is_open
    )


def _subject(key: str, facts: Sequence[AnswerFact]) -> Subject:
    """One who was asked, perhaps several times: confirmed on the day of the last answer that had to be accepted."""
    told = [one.reported_on for one in facts if one.reported_on is not None]
    confirmed = [one.confirmed_on for one in facts if one.confirmed_on is not None]
    last = facts[-1]
    return Subject(
        key,
        "Ответ",
        min(told, default=None),
        max(confirmed) if len(confirmed) == len(facts) else None,
        all(one.is_nothing for one in facts),
        proof=f"/answers/{last.respondent_id}/",
    )


def _whole(facts: Sequence[AnswerFact]) -> Subject:
    """One thing is asked: it is there when everybody's answer is accepted, and told of since the first."""
    told: list[date] = [one.reported_on for one in facts if one.reported_on is not None]
    confirmed = [one.confirmed_on for one in facts if one.confirmed_on is not None]
    return Subject(
        ONE,
        "Ответы собраны",
        min(told, default=None),
        max(confirmed) if len(confirmed) == len(facts) else None,
        proof=f"/collections/{facts[0].collection_id}/",
    )
