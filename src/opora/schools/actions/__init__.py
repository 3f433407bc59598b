"""Everything that writes in this room: places and participation, the risks of schools."""

from opora.schools.actions.loading import load_schools
from opora.schools.actions.places import (
    REQUISITES,
    add_municipality,
    add_region,
    add_school,
    change_municipality,
    change_school,
    leave,
    take_part,
)
from opora.schools.actions.risks import load_risks, set_risks, verify_risks

__all__ = [
    "REQUISITES",
    "add_municipality",
    "add_region",
    "add_school",
    "change_municipality",
    "change_school",
    "leave",
    "load_risks",
    "load_schools",
    "set_risks",
    "take_part",
    "verify_risks",
]
