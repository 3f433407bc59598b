"""Furnishes the register of unified forms: forms with versions, copies that schools took and returned filled."""

from __future__ import annotations

from collections.abc import Iterable

from opora.demo import story_of_register as story
from opora.demo.cast import school_name
from opora.demo.moments import at
from opora.demo.paper_of import paper_of
from opora.demo.players import Troupe
from opora.demo.sheet_of import sheet_of
from opora.documents.actions import approve
from opora.documents.actions.form_templates import add_form, add_form_version, return_form, take_form
from opora.documents.models import FormTemplateVersion
from opora.plans.models import Activity
from opora.programmes.models import Programme, RiskFactor


def open_register(troupe: Troupe, programme: Programme, line: Activity) -> None:
    """The centre enters the forms in March, so that every factor in work has one."""
    factors = {factor.number: factor for factor in programme.risk_factors.all()}
    for blank in story.BLANKS:
        add_form(
            programme=programme,
            municipality=line.roadmap.municipality,
            number=blank.number,
            title=blank.title,
            factors=[factors[number] for number in blank.factors],
            activity=line,
            content=_file(blank, blank.rows),
            file_name=f"{blank.number} {blank.title}.docx",
            by=troupe.person("second"),
            at=at(story.ISSUED_ON, 12),
            on=story.ISSUED_ON,
        )


def renew_register(troupe: Troupe, line: Activity) -> None:
    """In August one form gets its second version."""
    for blank in story.BLANKS:
        if blank.added:
            add_form_version(
                template=line.form_templates.get(number=blank.number),
                content=_file(blank, (*blank.rows, *blank.added)),
                file_name=f"{blank.number} {blank.title}.docx",
                changed=blank.changed,
                by=troupe.person("second"),
                at=at(story.RENEWED_ON, 12),
                on=story.RENEWED_ON,
            )


def fill_forms(troupe: Troupe, line: Activity, copies: Iterable[story.Taken]) -> None:
    """Schools take forms, fill them in and return them; the centre approves those it has looked at."""
    factors = {factor.number: factor for factor in line.roadmap.programme.risk_factors.all()}
    versions = FormTemplateVersion.objects.filter(template__activity=line).select_related("template")
    known = {(version.template.number, version.number): version for version in versions}
    for one in copies:
        _fill(troupe, known[one.form, one.version], factors[one.factor], one)


def _fill(troupe: Troupe, version: FormTemplateVersion, factor: RiskFactor, told: story.Taken) -> None:
    by = troupe.person(f"school{told.school}")
    copy = take_form(
        version=version, school=troupe.school(told.school), by=by, at=at(told.taken, 11), on=told.taken
    )
    if told.returned is None:
        return
    title = f"{told.form} {version.template.title}"
    blank = next(one for one in story.BLANKS if one.number == told.form)
    document = return_form(
        copy=copy,
        factor=factor,
        content=sheet_of(title, school_name(told.school), _answers(blank, factor)),
        file_name=f"{title}, {school_name(told.school)}.pdf",
        by=by,
        at=at(told.returned, 14),
        on=told.returned,
    )
    if told.approved is not None:
        approve(
            document=document, on=told.approved, by=troupe.person("coordinator"), at=at(told.approved, 12)
        )


def _answers(blank: story.Blank, factor: RiskFactor) -> list[tuple[str, tuple[str, ...]]]:
    rows = [(row, (story.FILLED[place % 3],)) for place, row in enumerate((*blank.rows, *blank.added))]
    return [("К какому риску", (f"{factor.number}. {factor.name}",)), *rows]


def _file(blank: story.Blank, rows: tuple[str, ...]) -> bytes:
    lines = (f"{place}. {row}: ____________________" for place, row in enumerate(rows, 1))
    return paper_of(f"{blank.number}. {blank.title}", "Школа: ____________________", *lines)
