"""Russian words for a stretch of time, read into days and written back."""

from opora.core.periods.joining import from_columns, from_marks, joined
from opora.core.periods.period import Period
from opora.core.periods.printing import print_period
from opora.core.periods.problems import problems
from opora.core.periods.reading import lacks_year, read_period, read_periods

__all__ = [
    "Period",
    "from_columns",
    "from_marks",
    "joined",
    "lacks_year",
    "print_period",
    "problems",
    "read_period",
    "read_periods",
]
