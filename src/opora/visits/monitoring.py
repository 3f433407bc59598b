"""What records tell of the curators of a programme by a day: a fixed number of queries for any number of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import F

from opora.accounts.models import User
from opora.appointments.models import Appointment
from opora.appointments.queries import Access
from opora.core.russian import day_month
from opora.programmes.models import Programme, Stage
from opora.visits.helping import REPORT_WAITS, STAGE_NEARS, CuratorFacts, StageNow
from opora.visits.models import CuratorReport, Step, Visit
from opora.visits.queries import noted_by
from opora.visits.reporting import curators_of
from opora.visits.states import state_of


def curators_on(
    access: Access, person: User, programme: Programme, as_of: date
) -> tuple[list[CuratorFacts], StageNow | None]:
    """The facts of each curator whom a person may see, by name, and the stage of the day. Five queries."""
    held = [one for one in curators_of(access, person, programme) if one.since <= as_of]
    found = _people(held, as_of)
    stages = list(programme.stages.order_by("number"))
    now = next((one for one in stages if one.starts_on <= as_of <= one.ends_on), None)
    schools = {one.school_id for one in held}
    _take_visits(found, schools, programme, now, as_of)
    _take_steps(found, schools, programme, as_of)
    _take_reports(found, held, stages, as_of)
    return list(found.values()), StageNow(now.name, now.starts_on, now.ends_on) if now else None


def _people(held: Iterable[Appointment], as_of: date) -> dict[int, CuratorFacts]:
    found: dict[int, CuratorFacts] = {}
    for one in held:
        who = one.person
        facts = found.setdefault(
            who.pk,
            CuratorFacts(
                who.pk,
                who.short_name,
                " ".join(filter(None, (who.first_name, who.middle_name))),
                who.email or "",
            ),
        )
        facts.since = max(facts.since or one.since, one.since)
        if one.until is None or one.until >= as_of:
            facts.is_open = True
            if one.school is not None:
                facts.schools[one.school.pk] = str(one.school)
    return found


def _take_visits(
    found: dict[int, CuratorFacts],
    schools: set[int | None],
    programme: Programme,
    now: Stage | None,
    as_of: date,
) -> None:
    rows = Visit.objects.filter(noted_by(as_of), programme=programme, school__in=schools, curator__in=found)
    for visit in rows:
        facts = found[visit.curator_id]
        state = state_of(visit, as_of)
        facts.planned += 1
        facts.held += visit.held_on is not None and visit.held_on <= as_of
        facts.overdue += state.code == "overdue"
        facts.returned += state.code == "returned"
        facts.unreported += (
            state.code == "held"
            and visit.held_on is not None
            and as_of - visit.held_on > timedelta(days=REPORT_WAITS)
        )
        if now is not None and visit.stage_id == now.pk:
            facts.visited_now.add(visit.school_id)
        _note(facts, (visit.noted_on, visit.held_on, visit.reported_on), as_of)


def _take_steps(
    found: dict[int, CuratorFacts], schools: set[int | None], programme: Programme, as_of: date
) -> None:
    rows = (
        Step.objects.filter(
            visit__programme=programme,
            visit__school__in=schools,
            visit__curator__in=found,
            visit__held_on__lte=as_of,
        )
        .annotate(person=F("visit__curator"))
        .values_list("person", "due_on", "done_on")
    )
    for person, due_on, done_on in rows:
        facts = found[person]
        is_done = done_on is not None and done_on <= as_of
        facts.steps += 1
        facts.closed += is_done
        facts.late_steps += not is_done and due_on < as_of
        _note(facts, (done_on,), as_of)


def _take_reports(
    found: dict[int, CuratorFacts], held: list[Appointment], stages: list[Stage], as_of: date
) -> None:
    told = {
        (one.curator_id, one.stage_id): one
        for one in CuratorReport.objects.filter(stage__in=[one.pk for one in stages], curator__in=found)
    }
    for stage in stages:
        if stage.starts_on > as_of:
            continue
        owe = {
            one.person_id
            for one in held
            if one.since <= stage.ends_on and (one.until is None or one.until >= stage.ends_on)
        }
        for pk, facts in found.items():
            report = told.get((pk, stage.pk))
            if report is not None:
                _note(facts, (report.begun_on, report.sent_on), as_of)
            if pk in owe:
                _owe(facts, stage, report, as_of)


def _owe(facts: CuratorFacts, stage: Stage, report: CuratorReport | None, as_of: date) -> None:
    """Count the report that a curator owes for a stage."""
    sent = report.sent_on if report is not None and report.sent_on and report.sent_on <= as_of else None
    is_over = stage.ends_on < as_of
    facts.reports_due += is_over
    facts.reports_on_time += is_over and sent is not None and sent <= stage.ends_on
    if report is not None and report.approved_on is None and report.returned_on is not None:
        facts.returned += report.returned_on <= as_of
    if sent is not None:
        return
    if is_over:
        facts.lacking.append(f"{stage.name} закончился {day_month(stage.ends_on)}, отчёта за этап нет")
    elif (stage.ends_on - as_of).days <= STAGE_NEARS:
        facts.lacking.append(f"{stage.name} закончится {day_month(stage.ends_on)}, отчёт за этап не сдан")


def _note(facts: CuratorFacts, days: Iterable[date | None], as_of: date) -> None:
    """Remember the latest deed."""
    known = [day for day in (*days, facts.latest) if day is not None and day <= as_of]
    facts.latest = max(known, default=None)
