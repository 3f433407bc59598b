"""Rows of equipment for the matrix of rights."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from opora.accounts.models import User
from opora.programmes.models import NationalProject, Programme
from opora.schools.actions.equipment import add_equipment
from opora.schools.models import Participation, School


def equipment_rows(
    programme: Programme, school: School, by: User, at: datetime, on: date
) -> dict[str, dict[str, Any]]:
    """A position of a school's equipment."""
    project, _ = NationalProject.objects.get_or_create(
        programme=programme, code="growth-point", defaults={"name": "Точка роста", "position": 1}
    )
    part = Participation.objects.get(school=school, programme=programme)
    row = add_equipment(
        participation=part,
        project=project,
        name="Ноутбук",
        unit="шт.",
        year=2021,
        amount=10,
        on=on,
        by=by,
        at=at,
    )
    return {"equipment": {"pk": part.pk, "position_pk": row.pk}}
