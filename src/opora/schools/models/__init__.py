"""Places, participation, the risk profile of a school, its programmes of work and what came of it."""

from opora.schools.models.drafts import ListDraft
from opora.schools.models.equipment import Equipment, EquipmentCount
from opora.schools.models.outcomes import Outcome
from opora.schools.models.places import Municipality, Participation, Region, School
from opora.schools.models.profile import SchoolRisk, SchoolRiskChange
from opora.schools.models.work import AntiRiskProgramme, Measure, TargetIndicator

__all__ = [
    "AntiRiskProgramme",
    "Equipment",
    "EquipmentCount",
    "ListDraft",
    "Measure",
    "Municipality",
    "Outcome",
    "Participation",
    "Region",
    "School",
    "SchoolRisk",
    "SchoolRiskChange",
    "TargetIndicator",
]
