"""From visits and curators' reports to the subjects of a tally."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from opora.indicators.evidence import papers, spoken, tally_of
from opora.indicators.ground import Counted, Ground, curator_key, key_for
from opora.indicators.models import Indicator
from opora.indicators.suggest import asks_for_reports
from opora.indicators.tally import Subject, Tally
from opora.visits.queries import VisitFact, stages_spoken_of

ToSubject = Callable[[str, VisitFact], Subject | None]


def count_visits(
    lines: Sequence[Counted], ground: Ground, to_subject: ToSubject, lacking: str
) -> dict[int, Tally]:
    """Count lines by the visits of their stage, and by papers and words as before the room of visits existed."""
    # Many lines speak of the same stage of the same town: its subjects are made once.
    made: dict[tuple[int, int, frozenset[int], str], list[Subject]] = {}
    tallies = {}
    for line in lines:
        roadmap = ground.roadmaps[line.activity.roadmap_id]
        stages = _stages_of(line, ground)
        scope = line.indicator.scope
        key = (roadmap.municipality_id, roadmap.programme_id, stages, scope)
        if key not in made:
            visits = ground.visits.get(key[:2], ())
            made[key] = list(_subjects((one for one in visits if one.stage_id in stages), scope, to_subject))
        tallies[line.indicator.pk] = tally_of(line, ground, [*made[key], *attested(line, ground)], lacking)
    return tallies


def scheduled(key: str, visit: VisitFact) -> Subject:
    """A visit of the schedule: confirmed since the school agreed (or it took place), until then reported."""
    days = [day for day in (visit.agreed_on, visit.held_on) if day is not None]
    return Subject(key, "", visit.noted_on, min(days, default=None), proof=_address(visit))


def held(key: str, visit: VisitFact) -> Subject | None:
    """A visit that took place: confirmed on that day once its report is approved, until then reported."""
    if visit.held_on is None:
        return None
    is_confirmed = visit.approved_on is not None
    return Subject(key, "", visit.held_on, visit.held_on if is_confirmed else None, proof=_address(visit))


def count_reports(lines: Sequence[Counted], ground: Ground, lacking: str) -> dict[int, Tally]:
    """Count lines by the curators' reports of their stage, where they ask for these, and by papers and words."""
    return {
        line.indicator.pk: tally_of(line, ground, [*_reports(line, ground), *attested(line, ground)], lacking)
        for line in lines
    }


def attested(line: Counted, ground: Ground) -> list[Subject]:
    """Approved papers and confirmed words of a line, as `attested` counts them."""
    return [
        *papers(line, ground.proofs.get(line.activity.pk, ())),
        *spoken(line, ground.words.get(line.activity.pk, ())),
    ]


def _reports(line: Counted, ground: Ground) -> Iterator[Subject]:
    asked = line.indicator.scope == Indicator.Scope.CURATORS
    if not asked or not asks_for_reports(line.activity.text, line.activity.promise):
        return
    stages = _stages_of(line, ground)
    for one in ground.curator_reports.get(ground.roadmaps[line.activity.roadmap_id].programme_id, ()):
        if one.stage_id in stages:
            address = f"/curator-reports/{one.report_id}/"
            yield Subject(curator_key(one.curator_id), "", one.sent_on, one.approved_on, proof=address)


def _stages_of(line: Counted, ground: Ground) -> frozenset[int]:
    activity = line.activity
    stages = ground.stages.get(ground.roadmaps[activity.roadmap_id].programme_id, ())
    return stages_spoken_of(stages, activity.starts_on, activity.ends_on or activity.control_on)


def _subjects(visits: Iterable[VisitFact], scope: str, to_subject: ToSubject) -> Iterator[Subject]:
    for visit in visits:
        own = f"visit-{visit.visit_id}"
        key = key_for(scope, school_id=visit.school_id, curator_id=visit.curator_id, own=own)
        subject = to_subject(key, visit) if key is not None else None
        if subject is not None:
            yield subject


def _address(visit: VisitFact) -> str:
    return f"/visits/{visit.visit_id}/"
