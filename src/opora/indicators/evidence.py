"""From papers, publications and words to the subjects of a tally: shared by the kinds that count by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from opora.documents.queries import Proof, Publicity, Word
from opora.indicators.ground import ONE, Counted, Ground, key_for, only_expected
from opora.indicators.models import Indicator
from opora.indicators.tally import Subject, Tally

# Scopes whose number is not «how many each owes».
ONCE = (Indicator.Scope.ONE, Indicator.Scope.NUMBER)


def tally_of(
    line: Counted,
    ground: Ground,
    found: Iterable[Subject],
    lacking: str,
    *,
    expected: Sequence[Subject] | None = None,
) -> Tally:
    """The tally of an indicator from what was found; `lacking` names the one thing that is missing when one is asked.

    `expected` are those who were asked, where these are fewer than the scope names.
    """
    scope = line.indicator.scope
    found = list(found) if scope in ONCE else _owed(found, line.indicator.number)
    waited = ground.expected(line) if expected is None else expected
    subjects = only_expected(waited, found, scope)
    needed = line.indicator.number if scope == Indicator.Scope.NUMBER else None
    if scope == Indicator.Scope.ONE and not subjects:
        subjects = (Subject(ONE, lacking),)
    excused = ground.excuses.get(line.activity.pk, ()) if scope == Indicator.Scope.SCHOOLS else ()
    days = {day for one in found for day in (one.confirmed_on,) if day is not None}
    return Tally(subjects=subjects, excused=tuple(excused), needed=needed, signs=tuple(sorted(days)))


def _owed(found: Iterable[Subject], number: int) -> list[Subject]:
    """Where each owes several: one is confirmed on the day of the last of them, until then only reported."""
    if number <= 1:
        return list(found)
    by_key: dict[str, dict[tuple[str, str], Subject]] = {}
    for one in found:
        pieces = by_key.setdefault(one.key, {})
        known = pieces.get((one.proof, one.name))
        if known is None or (one.confirmed_on or date.max) < (known.confirmed_on or date.max):
            pieces[one.proof, one.name] = one
    owed = []
    for pieces in by_key.values():
        nothing = [one for one in pieces.values() if one.is_nothing and one.confirmed_on]
        days = sorted(one.confirmed_on for one in pieces.values() if one.confirmed_on)
        told = [one.reported_on for one in pieces.values() if one.reported_on]
        last = nothing[0] if nothing else next(iter(pieces.values()))
        done_on = last.confirmed_on if nothing else days[number - 1] if len(days) >= number else None
        owed.append(replace(last, reported_on=min(told, default=None), confirmed_on=done_on))
    return owed


def papers(line: Counted, proofs: Iterable[Proof]) -> list[Subject]:
    """Documents of a line: approved ones are confirmed, others only reported."""
    found = []
    for proof in proofs:
        own = f"document-{proof.document_id}"
        key = key_for(line.indicator.scope, school_id=proof.school_id, curator_id=proof.curator_id, own=own)
        if key is not None:
            found.append(
                Subject(
                    key,
                    proof.title,
                    proof.added_on,
                    proof.approved_on,
                    proof=f"/documents/{proof.document_id}/",
                )
            )
    return found


def published(line: Counted, proofs: Iterable[Proof], publications: Iterable[Publicity]) -> list[Subject]:
    """Documents that are public are confirmed since their publication; a paper not public yet is only reported."""
    found = [
        Subject(paper.key, paper.name, paper.reported_on, None, proof=paper.proof)
        for paper in papers(line, proofs)
    ]
    for one in publications:
        own = f"document-{one.document_id}"
        key = key_for(line.indicator.scope, school_id=one.school_id, curator_id=one.curator_id, own=own)
        if key is not None:
            found.append(
                Subject(
                    key, one.title, one.published_on, one.published_on, proof=f"/documents/{one.document_id}/"
                )
            )
    return found


def spoken(line: Counted, words: Iterable[Word]) -> list[Subject]:
    """People's words about a line: confirmed ones count, others are only reported."""
    found = []
    for word in words:
        own = f"word-{word.attestation_id}"
        key = key_for(line.indicator.scope, school_id=word.school_id, curator_id=word.added_by_id, own=own)
        if key is not None:
            found.append(
                Subject(
                    key,
                    word.words[:120],
                    word.happened_on,
                    word.happened_on if word.is_confirmed else None,
                    word.is_nothing,
                    f"/documents/{word.document_id}/"
                    if word.document_id
                    else f"/words/#w{word.attestation_id}",
                )
            )
    return found
