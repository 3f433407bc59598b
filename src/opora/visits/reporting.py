"""Everything that reads curators' reports: who sees which, and what records tell for one of them by a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from opora.accounts.models import User
from opora.appointments.models import Appointment, Duty
from opora.appointments.queries import Access
from opora.core.russian import day_words
from opora.documents.models import Document
from opora.documents.queries import state_on
from opora.programmes.models import Programme, Stage
from opora.schools.models import Measure, School
from opora.schools.risks import cells_on
from opora.visits.models import CuratorReport, Step, Visit
from opora.visits.queries import noted_by
from opora.visits.report_fields import ABOUT_ALL, SCHOOL, WHOLE, WordsField, words_fields
from opora.visits.stage_report import Figures, Said, SchoolPart, StageReport, from_plain, without_names


def within(stage: Stage) -> Q:
    """The condition of an appointment that was in force on some day of a stage."""
    return Q(since__lte=stage.ends_on) & (Q(until=None) | Q(until__gte=stage.starts_on))


def reports_seen_by(access: Access, person: User, *, own: bool = True) -> QuerySet[CuratorReport]:
    """The reports of curators of the centre's schools, for its people, and one's own ones unless `own` is False."""
    at_centre = Appointment.objects.filter(
        _of_centre(access),
        person=OuterRef("curator"),
        programme=OuterRef("programme"),
        duty=Duty.CURATOR,
        since__lte=OuterRef("stage__ends_on"),
    ).exclude(until__lt=OuterRef("stage__starts_on"))
    seen = Q(Exists(at_centre)) | (Q(curator=person) if own else Q())
    return CuratorReport.objects.filter(seen).select_related(
        "programme", "stage", "curator", "approved_by", "document", "public_document"
    )


def curators_of(access: Access, person: User, programme: Programme) -> QuerySet[Appointment]:
    """The appointments of curators whose reports a person may see, past ones too, by person and school."""
    return (
        Appointment.objects.filter(
            Q(person=person) | _of_centre(access),
            programme=programme,
            duty=Duty.CURATOR,
            school__isnull=False,
        )
        .select_related("person", "school")
        .order_by("person__folded_name", "person", "school__number", "school__folded_name", "pk")
    )


def _of_centre(access: Access) -> Q:
    return Q(school__municipality__in=access.municipality_ids) | Q(
        school__municipality__region__in=access.region_ids
    )


def schools_of_report(curator: User, programme: Programme, stage: Stage) -> list[School]:
    """The schools that a person was curator of on some day of a stage, by number. One query."""
    held = Appointment.objects.filter(within(stage), person=curator, programme=programme, duty=Duty.CURATOR)
    return list(
        School.objects.filter(pk__in=held.values("school"))
        .select_related("municipality")
        .order_by("number", "folded_name", "pk")
    )


@dataclass(slots=True)
class _Facts:
    """What was found of one school."""

    counts: Counter[str] = field(default_factory=Counter)
    visits: list[str] = field(default_factory=list)
    risks: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    open_steps: list[str] = field(default_factory=list)


def stage_report_of(report: CuratorReport, as_of: date) -> StageReport:
    """A report as of a day: as it was frozen when it is approved by then, else from records. Twelve queries at most."""
    if report.frozen and report.approved_on is not None and report.approved_on <= as_of:
        return from_plain(report.frozen)
    stage, curator = report.stage, report.curator
    schools = schools_of_report(curator, report.programme, stage)
    facts = _facts_of(schools, curator, stage, as_of)
    earlier = _stage_before(stage)
    before = _before(schools, report, earlier, as_of)
    fields = words_fields(report.programme)
    town = schools[0].municipality if schools else None
    return StageReport(
        title=f"Отчёт куратора за {stage.name}",
        programme=str(report.programme),
        stage=stage.name,
        stage_before=earlier.name if earlier else "",
        since=day_words(stage.starts_on),
        until=day_words(stage.ends_on),
        as_of=day_words(as_of),
        curator=curator.full_name,
        centre=town.centre_name if town else "",
        schools=tuple(_part(one, facts[one.pk], before.get(one.pk), report, fields) for one in schools),
        words=said_in(report, ABOUT_ALL, (one for one in fields if one.about == WHOLE)),
        chosen=f"Выбранные {report.programme.words.all}",
    )


def said_in(report: CuratorReport, key: str, fields: Iterable[WordsField]) -> tuple[Said, ...]:
    """The answers that are there, in the order of the questions."""
    told = report.words.get(key, {})
    return tuple(Said(one.label, told[one.code]) for one in fields if told.get(one.code, "").strip())


def _part(
    school: School,
    facts: _Facts,
    before: Figures | None,
    report: CuratorReport,
    fields: tuple[WordsField, ...],
) -> SchoolPart:
    return SchoolPart(
        school_id=school.pk,
        name=str(school),
        figures=Figures(**facts.counts),
        visits=tuple(facts.visits),
        risks=tuple(facts.risks),
        papers=tuple(facts.papers),
        open_steps=tuple(facts.open_steps),
        before=before,
        words=said_in(report, str(school.pk), (one for one in fields if one.about == SCHOOL)),
    )


def _stage_before(stage: Stage) -> Stage | None:
    earlier = Stage.objects.filter(programme=stage.programme_id, number__lt=stage.number)
    return earlier.order_by("-number").first()


def _before(
    schools: list[School], report: CuratorReport, earlier: Stage | None, as_of: date
) -> dict[int, Figures]:
    """School → its figures at the end of the stage before; those of the approved report where there is one."""
    if earlier is None:
        return {}
    approved = CuratorReport.objects.filter(
        stage=earlier, curator=report.curator_id, approved_on__lte=as_of
    ).first()
    if approved is not None and approved.frozen:
        return {part.school_id: part.figures for part in from_plain(approved.frozen).schools}
    known = {one.pk for one in schools_of_report(report.curator, report.programme, earlier)}
    both = [one for one in schools if one.pk in known]
    facts = _facts_of(both, report.curator, earlier, min(earlier.ends_on, as_of))
    return {pk: Figures(**one.counts) for pk, one in facts.items()}


def _facts_of(schools: list[School], curator: User, stage: Stage, as_of: date) -> dict[int, _Facts]:
    """What the records of schools tell of a stage by a day. Five queries whatever their number."""
    found = {school.pk: _Facts() for school in schools}
    if found:
        _take_visits(found, curator, stage, as_of)
        _take_risks(found, stage, as_of)
        _take_papers(found, stage, as_of)
        _take_measures(found, stage, as_of)
        _take_steps(found, curator, stage, as_of)
    return found


def _take_visits(found: dict[int, _Facts], curator: User, stage: Stage, as_of: date) -> None:
    rows = Visit.objects.filter(noted_by(as_of), stage=stage, curator=curator, school__in=found)
    for visit in rows.order_by("planned_on", "pk"):
        facts = found[visit.school_id]
        facts.counts["planned"] += 1
        if visit.held_on is not None and visit.held_on <= as_of:
            facts.counts["held"] += 1
            facts.visits.append(f"{day_words(visit.held_on)}, {visit.get_form_display().lower()}")


def _take_risks(found: dict[int, _Facts], stage: Stage, as_of: date) -> None:
    stood = cells_on(as_of, participation__school__in=found, participation__programme=stage.programme_id)
    rows = stood.filter(is_chosen=True)
    for school_id, name in rows.order_by("factor__number").values_list(
        "participation__school", "factor__name"
    ):
        found[school_id].counts["risks"] += 1
        found[school_id].risks.append(name)


def _take_papers(found: dict[int, _Facts], stage: Stage, as_of: date) -> None:
    rows = Document.objects.filter(
        Q(added_on__lte=as_of) | Q(approved_on__lte=as_of),
        school__in=found,
        dated_on__range=(stage.starts_on, min(stage.ends_on, as_of)),
    )
    for document in rows.order_by("dated_on", "pk"):
        assert document.school_id is not None
        facts = found[document.school_id]
        if state_on(document, as_of) == Document.State.APPROVED:
            facts.counts["documents"] += 1
            facts.papers.append(document.title)
        else:
            facts.counts["documents_waiting"] += 1


def _take_measures(found: dict[int, _Facts], stage: Stage, as_of: date) -> None:
    rows = Measure.objects.filter(
        programme__participation__school__in=found,
        programme__participation__programme=stage.programme_id,
    )
    for school_id, confirmed_on in rows.values_list("programme__participation__school", "confirmed_on"):
        found[school_id].counts["measures"] += 1
        found[school_id].counts["confirmed"] += confirmed_on is not None and confirmed_on <= as_of


def _take_steps(found: dict[int, _Facts], curator: User, stage: Stage, as_of: date) -> None:
    rows = Step.objects.filter(
        visit__stage=stage, visit__curator=curator, visit__school__in=found, visit__held_on__lte=as_of
    ).select_related("visit")
    for step in rows.order_by("due_on", "pk"):
        facts = found[step.visit.school_id]
        facts.counts["steps"] += 1
        if step.done_on is not None and step.done_on <= as_of:
            facts.counts["closed"] += 1
        else:
            facts.open_steps.append(f"{step.text} (до {day_words(step.due_on)})")


def lacking_words(report: CuratorReport) -> list[str]:
    """«Школа № 101: что изменилось» for every needed answer that is empty. One query."""
    asked: list[tuple[str, str, str]] = []
    schools = schools_of_report(report.curator, report.programme, report.stage)
    for one in words_fields(report.programme):
        if not one.is_needed:
            continue
        if one.about != SCHOOL:
            asked.append((ABOUT_ALL, one.code, one.label))
            continue
        asked += [(str(school.pk), one.code, f"{school}: {_lowered(one.label)}") for school in schools]
    return [label for key, code, label in asked if not str(report.words.get(key, {}).get(code, "")).strip()]


def locked(report: CuratorReport) -> CuratorReport:
    """The report read again under a lock: two people pressing two buttons at once take turns."""
    return (
        CuratorReport.objects.select_for_update(of=("self",))
        .select_related("programme", "stage", "curator", "document", "public_document")
        .get(pk=report.pk)
    )


def public_rendition(report: CuratorReport, on: date) -> StageReport:
    """The frozen report as everybody may read it on a day."""
    told = from_plain(report.frozen)
    curator = report.curator
    name = curator.short_name if curator.is_named_on(on) else _post_of(report)
    return without_names(told, name, f"{told.title}: {name}")


def _post_of(report: CuratorReport) -> str:
    curator = report.curator
    parts = [part for part in (curator.post, curator.workplace) if part]
    return ", ".join(parts) or "куратор"


def _lowered(label: str) -> str:
    return label[:1].lower() + label[1:]
