"""The Russian language of the product: numbers with words, folding, cleaning, stems, cases, days.

Nothing heavy is loaded until a case or a stem is asked for: the console reads orders in 0.6 s.
"""

from opora.core.russian.cases import Case, full_name_in, initials, post_in
from opora.core.russian.counting import NBSP, counted, plural
from opora.core.russian.days import day_month, day_short, day_words, month_words, period_words
from opora.core.russian.letters import clean, find_forbidden, fold
from opora.core.russian.stems import stems

__all__ = [
    "NBSP",
    "Case",
    "clean",
    "counted",
    "day_month",
    "day_short",
    "day_words",
    "find_forbidden",
    "fold",
    "full_name_in",
    "initials",
    "month_words",
    "period_words",
    "plural",
    "post_in",
    "stems",
]
