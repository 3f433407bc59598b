"""The progress report of a roadmap for a day or a stretch (order lines 1.4–1.6, 4.3, 4.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from opora.documents.papers import papers_of
from opora.documents.queries import attestations_of
from opora.indicators.queries import standings
from opora.indicators.state import FINISHED, LineState
from opora.plans.models import Change, Roadmap
from opora.reports.asked import Asked
from opora.reports.content import Evidence, LineRow, MovedRow, Progress, SectionRow, Totals
from opora.reports.gains import finished_before
from opora.reports.heads import head_of
from opora.reports.models import Issue, Words

TITLES = {
    Issue.Stretch.INTERIM: "Промежуточный отчёт о реализации муниципальной дорожной карты",
    Issue.Stretch.CUMULATIVE: "Отчёт о реализации муниципальной дорожной карты (с нарастающим итогом)",
    Issue.Stretch.STRETCH: "Отчёт о реализации муниципальной дорожной карты за период",
}


def build(roadmap: Roadmap, *, since: date, as_of: date, stretch: str, number: int | None = None) -> Progress:
    """Everything the report says, counted on `as_of`; what was gained is counted since `since`.

    A fixed number of queries whatever the number of lines. `number` is the issue's, when it is being frozen.
    """
    states = standings([roadmap], as_of)[roadmap.pk]
    earlier = finished_before([roadmap], since, {roadmap.pk: states})
    gained = {state.activity.pk for state in states if state.is_finished and state.activity.pk not in earlier}
    evidence = _evidence([state.activity.pk for state in states], as_of)
    words = dict(Words.objects.filter(roadmap=roadmap).values_list("activity_id", "words"))
    return Progress(
        head=head_of(roadmap, TITLES[Issue.Stretch(stretch)], since, as_of, stretch, number),
        totals=_totals(states, gained),
        sections=_sections(states, gained),
        lines=tuple(
            _line(state, evidence.get(state.activity.pk, ()), words.get(state.activity.pk, ""))
            for state in states
        ),
        gained=tuple(
            state.activity.number or state.activity.text[:40]
            for state in states
            if state.activity.pk in gained
        ),
        moved=_moved(roadmap, since, as_of),
    )


def build_asked(asked: Asked) -> Progress:
    """The same, as the register asks for it."""
    return build(asked.plan, since=asked.since, as_of=asked.as_of, stretch=asked.stretch, number=asked.number)


def _totals(states: Sequence[LineState], gained: set[int]) -> Totals:
    codes = Counter(state.status.code for state in states)
    return Totals(
        total=len(states),
        done=codes["done"],
        done_late=codes["done_late"],
        running=codes["running"],
        at_risk=codes["at_risk"],
        permanent=codes["alive"] + codes["silent"],
        late=codes["late"],
        ahead=codes["ahead"],
        gained=sum(state.activity.pk in gained for state in states),
    )


def _sections(states: Sequence[LineState], gained: set[int]) -> tuple[SectionRow, ...]:
    by_section: dict[int, list[LineState]] = {}
    for state in states:
        by_section.setdefault(state.activity.section_id, []).append(state)
    return tuple(
        SectionRow(lines[0].activity.section.number, lines[0].activity.section.title, _totals(lines, gained))
        for lines in by_section.values()
    )


def _line(state: LineState, evidence: Iterable[Evidence], words: str) -> LineRow:
    activity = state.activity
    return LineRow(
        activity_id=activity.pk,
        section=activity.section.number,
        number=activity.number,
        text=activity.text,
        promise=activity.promise,
        term=activity.period_text,
        starts_on=activity.starts_on,
        ends_on=activity.ends_on or activity.control_on,
        status=state.status.code,
        look=state.status.icon,
        state=state.status.formal,
        done_on=state.done_on,
        result=_result(state),
        expected=state.expected,
        found=state.found,
        reported=state.reported,
        evidence=tuple(evidence),
        missing=() if state.status.code in FINISHED else tuple(one.name for one in state.missing),
        excused=tuple(f"{one.name} ({one.reason})" for one in state.excused),
        days_late=state.status.late_by,
        words=words,
    )


def _result(state: LineState) -> str:
    if state.expected > 1:
        return f"{state.found} из {state.expected} {state.unit}"
    if state.is_finished:
        return "есть"
    return "заявлено" if state.reported else "нет"


def _evidence(activity_ids: list[int], as_of: date) -> dict[int, list[Evidence]]:
    """Approved papers with the address where they are public, then words confirmed without a paper. Two queries."""
    papers, publications = papers_of(activity_ids, as_of)
    addresses: dict[int, str] = {}
    for publicities in publications.values():
        for one in publicities:
            addresses.setdefault(one.document_id, one.address or "размещён на портале")
    found: dict[int, list[Evidence]] = {}
    for pk, proofs in papers.items():
        found[pk] = [
            Evidence(proof.title, proof.number, proof.dated_on, addresses.get(proof.document_id, ""))
            for proof in proofs
            if proof.is_approved
        ]
    for pk, spoken in attestations_of(activity_ids, as_of).items():
        told = [
            Evidence(one.words, "", one.happened_on, "")
            for one in spoken
            if one.is_confirmed and not one.document_id
        ]
        found.setdefault(pk, []).extend(told)
    return found


def _moved(roadmap: Roadmap, since: date, as_of: date) -> tuple[MovedRow, ...]:
    changes = Change.objects.filter(
        amendment__roadmap=roadmap, amendment__order_date__range=(since, as_of)
    ).select_related("amendment", "activity")
    return tuple(
        MovedRow(
            what=change.get_what_display(),
            number=change.activity.number,
            text=change.activity.text,
            before=_told(change.before),
            after=_told(change.after),
            order=str(change.amendment),
        )
        for change in changes
    )


def _told(fields: dict[str, object]) -> str:
    return "; ".join(str(fields[name]) for name in ("period_text", "text", "promise") if fields.get(name))
