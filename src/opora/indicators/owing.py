"""From what schools owe by the programme, its marks in ИС МЭДК and the forms of the register to the subjects of a tally."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from opora.documents.marks import State
from opora.documents.owed import ChosenFactor, OwedKind, owed_keys
from opora.documents.queries import Proof
from opora.indicators.ground import ONE, Counted, Ground, key_for, school_key
from opora.indicators.models import Indicator
from opora.indicators.suggest import papers_named
from opora.indicators.tally import Subject

# A paper that is owed is a school's: one thing of the whole centre is not proven by it.
SCOPES = (Indicator.Scope.SCHOOLS, Indicator.Scope.NUMBER)


def marked(line: Counted, ground: Ground) -> list[Subject]:
    """The schools of a line all of whose papers stand in ИС МЭДК: confirmed, or loaded at least, which is reported."""
    if line.indicator.scope not in SCOPES:
        return []
    programme, found = ground.programme_of(line.activity), []
    kinds = ground.owed_marks.kinds.get(programme, [])
    for school, name in ground.schools_for(line.activity) if kinds else []:
        stands = ground.owed_marks.marks.get((programme, school), {})
        keys = _keys(kinds, ground.chosen_factors.get((programme, school), ()))
        marks = [stands.get(key) for key in keys] if keys else [None]
        there = [one for one in marks if one is not None and one[0] in (State.LOADED, State.CONFIRMED)]
        if len(there) < len(marks):
            continue
        last = max(day for _, day in there)
        is_confirmed = all(state == State.CONFIRMED for state, _ in there)
        found.append(_subject(line, school, name, last, last if is_confirmed else None, "/marks/federal/"))
    return [one for one in found if one is not None]


def ready(line: Counted, ground: Ground) -> tuple[list[Subject], list[Proof]]:
    """The schools that have every owed paper that the line names, and the papers of the line that count by themselves.

    A paper of a named kind counts only as a part of its set, wherever it is bound.
    """
    proofs = ground.proofs.get(line.activity.pk, [])
    if line.indicator.scope != Indicator.Scope.SCHOOLS:
        return [], proofs
    programme = ground.programme_of(line.activity)
    known = ground.owed_papers.kinds.get(programme, [])
    named = papers_named(line.activity.text, line.activity.promise, [kind.name for kind in known])
    kinds = [kind for kind in known if kind.name in named]
    if not kinds:
        return [], proofs
    found = []
    for school, name in ground.schools_for(line.activity):
        held = ground.owed_papers.papers.get((programme, school), {})
        keys = _keys(kinds, ground.chosen_factors.get((programme, school), ()))
        papers = [held.get(key) for key in keys] if keys else [None]
        there = [one for one in papers if one is not None]
        if len(there) < len(papers):
            continue
        approved = [one.approved_on for one in there if one.approved_on is not None]
        done_on = max(approved) if len(approved) == len(there) else None
        told_on = max(min(one.added_on, one.approved_on or one.added_on) for one in there)
        found.append(_subject(line, school, name, told_on, done_on, f"/schools/{school}/"))
    codes = {kind.code for kind in kinds}
    return [one for one in found if one is not None], [one for one in proofs if one.kind_code not in codes]


def not_owed(line: Counted, ground: Ground) -> list[Proof]:
    """The papers of a line that are not themselves what schools owe: being approved is not being in ИС МЭДК."""
    kinds = ground.owed_marks.kinds.get(ground.programme_of(line.activity), [])
    codes = {kind.code for kind in kinds}
    return [one for one in ground.proofs.get(line.activity.pk, ()) if one.kind_code not in codes]


def covered(line: Counted, ground: Ground) -> list[Subject]:
    """What the forms of the register prove of a line: each form, each factor in work, or each school by its factors."""
    forms = ground.forms.get(line.activity.pk, [])
    if line.indicator.scope == Indicator.Scope.NUMBER:
        return [
            Subject(
                f"form-{one.template_id}", one.title, one.since, one.since, proof=f"/forms/{one.template_id}/"
            )
            for one in forms
        ]
    since = _since_by_factor(ground, line)
    programme = ground.programme_of(line.activity)
    chosen = {
        school: ground.chosen_factors.get((programme, school), ())
        for school, _ in ground.schools_for(line.activity)
    }
    if line.indicator.scope == Indicator.Scope.SCHOOLS:
        return [
            Subject(school_key(school), "Формы по рискам", last, last, proof="/forms/")
            for school, factors in chosen.items()
            if factors and (last := _last(since.get(one.pk) for one in factors)) is not None
        ]
    factors = sorted({one for group in chosen.values() for one in group}, key=lambda one: one.number)
    if not factors:
        first = min((one.since for one in forms), default=None)
        return [Subject(ONE, "Формы реестра", first, first, proof="/forms/")]
    return [
        Subject(
            f"factor-{one.pk}",
            one.name,
            since.get(one.pk),
            since.get(one.pk),
            proof=f"/forms/?factor={one.pk}",
        )
        for one in factors
    ]


def _since_by_factor(ground: Ground, line: Counted) -> dict[int, date]:
    since: dict[int, date] = {}
    for form in ground.forms.get(line.activity.pk, []):
        for factor in form.factors:
            since[factor] = min(since.get(factor, form.since), form.since)
    return since


def _last(days: Iterable[date | None]) -> date | None:
    """The latest of days; None when one of them is not known."""
    told = list(days)
    known = [day for day in told if day is not None]
    return max(known) if known and len(known) == len(told) else None


def _keys(kinds: Sequence[OwedKind], factors: Sequence[ChosenFactor]) -> list[tuple[int, int | None]]:
    """The papers that a school owes; none at all while a paper for each factor is owed and none is chosen."""
    if not factors and any(kind.is_by_factor for kind in kinds):
        return []
    return [(kind.pk, factor.pk if factor else None) for kind, factor in owed_keys(kinds, factors)]


def _subject(
    line: Counted, school: int, name: str, told_on: date, done_on: date | None, proof: str
) -> Subject | None:
    key = key_for(line.indicator.scope, school_id=school, curator_id=None, own=f"owed-{school}")
    return Subject(key, name, told_on, done_on, proof=proof) if key is not None else None
