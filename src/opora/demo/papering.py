"""Furnishes the papers that schools owe by the programme, and their marks in ИС МЭДК."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from opora.demo import story_of_papers as story
from opora.demo.cast import SCHOOLS, school_name
from opora.demo.moments import at
from opora.demo.players import Troupe
from opora.demo.sheet_of import Parts, sheet_of
from opora.demo.story import CURATED_FIRST
from opora.documents.actions import add_document, approve, return_with_question, send_for_approval
from opora.documents.actions.marks import Marked, MarkTold, put_marks
from opora.documents.models import FederalMark
from opora.programmes.models import DocumentKind, Programme, RiskFactor
from opora.schools.models import Participation


@dataclass(frozen=True, slots=True)
class Owed:
    """A paper that a school of the story owes, with what stands in it."""

    part: Participation
    kind: DocumentKind
    factor: RiskFactor | None
    parts: Parts

    @property
    def school(self) -> int:
        return self.part.school.number or 0

    @property
    def key(self) -> tuple[int, int]:
        return self.school, self.factor.number if self.factor else 0

    @property
    def title(self) -> str:
        about = f": {self.factor.name[0].lower()}{self.factor.name[1:]}" if self.factor else ""
        return f"{self.kind.name}{about}, {school_name(self.school)}"

    @property
    def marked(self) -> Marked:
        return Marked(self.part, self.kind, self.factor)


def write_owed_papers(troupe: Troupe, programme: Programme) -> None:
    """Every school writes its concept, its programme and one for each chosen factor, the centre approves, marks follow."""
    owed = [one for one in _owed(programme) if one.key != story.LACKING]
    for one in owed:
        _write(one, troupe)
    for number in SCHOOLS:
        _mark([one for one in owed if one.school == number], number, troupe)


def _owed(programme: Programme) -> Iterator[Owed]:
    kinds = {kind.code: kind for kind in programme.document_kinds.all()}
    parts = programme.participations.select_related("school__municipality").order_by("school__number")
    for part in parts.filter(school__number__in=SCHOOLS):
        risks = part.risks.filter(is_chosen=True).select_related("factor").order_by("factor__number")
        factors = [risk.factor for risk in risks]
        told = [(factor.number, factor.name) for factor in factors]
        yield Owed(part, kinds[story.CONCEPT], None, story.concept_parts(part.school.number or 0, told))
        yield Owed(part, kinds[story.PROGRAMME], None, story.programme_parts(told))
        for factor in factors:
            parts_of = story.answer_parts(factor.number, factor.name)
            yield Owed(part, kinds[story.ANTI_RISK], factor, parts_of)


def _write(owed: Owed, troupe: Troupe) -> None:
    day, by, school = story.WRITTEN_ON[owed.school], troupe.person(f"school{owed.school}"), owed.part.school
    document = add_document(
        municipality=school.municipality,
        title=owed.title,
        dated_on=day,
        content=sheet_of(owed.kind.name, school_name(owed.school), owed.parts),
        file_name=f"{owed.title[:80]}.pdf",
        kind=owed.kind,
        school=school,
        factor=owed.factor,
        by=by,
        at=at(day, 12),
        on=day,
    )
    send_for_approval(document=document, on=day, by=by, at=at(day, 13))
    day, by = story.approved_on(owed.school), troupe.person("second")
    if owed.key == story.RETURNED:
        return_with_question(document=document, question=story.QUESTION, on=day, by=by, at=at(day, 11))
    else:
        approve(document=document, on=day, by=by, at=at(day, 11))


def _mark(owed: Iterable[Owed], school: int, troupe: Troupe) -> None:
    state = FederalMark.State
    told = [MarkTold(one.marked, state.LOADED, story.LOADED_ON) for one in owed]
    put_marks(told=told, by=troupe.person(f"school{school}"), at=at(story.LOADED_ON, 15))
    told = [
        MarkTold(one.marked, state.RETURNED, story.CONFIRMED_ON, words=story.QUESTION)
        if one.key == story.RETURNED
        else MarkTold(one.marked, state.CONFIRMED, story.CONFIRMED_ON)
        for one in owed
    ]
    put_marks(told=told, by=troupe.person(CURATED_FIRST[school]), at=at(story.CONFIRMED_ON, 14))
