"""Furnishes the equipment that schools received by national projects."""

from __future__ import annotations

from opora.demo import story_of_equipment as story
from opora.demo.moments import at
from opora.demo.players import Troupe
from opora.programmes.models import Programme
from opora.schools.actions.equipment import add_equipment, count_equipment


def equip_schools(troupe: Troupe, programme: Programme) -> None:
    """Schools enter what they received and count it again in autumn."""
    projects = {project.code: project for project in programme.national_projects.all()}
    for thing in story.THINGS:
        by = troupe.person(f"school{thing.school}")
        (day, amount), *later = thing.counts
        row = add_equipment(
            participation=programme.participations.get(school=troupe.school(thing.school)),
            project=projects[thing.project],
            name=thing.name,
            unit=thing.unit,
            year=thing.year,
            amount=amount,
            on=day,
            by=by,
            at=at(day, 12),
        )
        for day, amount in later:
            count_equipment(equipment=row, amount=amount, on=day, by=by, at=at(day, 12))
