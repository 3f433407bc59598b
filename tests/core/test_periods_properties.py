"""What holds for every text and every period: no error, no wrong side, words that are read back the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import assume, example, given
from hypothesis import strategies as st

from opora.core.periods import Period, lacks_year, print_period, problems, read_period
from opora.core.periods.spelling import LONGEST
from opora.core.periods.tokens import MOST_TOKENS, tokens_of
from tests.core.period_phrases import rows

WORDS = [
    "с", "со", "по", "до", "к", "после", "не", "позднее", "ранее", "от", "за", "через", "1", "2", "15",
    "31", "3-й", "I", "II", "IV", "Ш", "п", "марта", "март", "май", "январь", "декабрь", "2021", "2022",
    "2022/23", "квартал", "полугодие", ",", "-", "–", ".", ";", "/", "(", ")", ":", "г.", "год", "года",
    "учебный", "уч", "первая", "декада", "неделя", "последняя", "половина", "конец", "начало", "месяца",
    "каждого", "раз", "в", "ежемесячно", "постоянно", "далее", "14.00", "15.03", "15.03.2022",
    "28.02.22", "зима", "осень", "текущего", "следующего", "№", "школа", "5", "вторник", "числа", "или",
    "кроме", "11", "20.05–10.05", "2 раза в год", "по понедельникам", "5-9 классы", "мар.22",
    "полугода",
]  # fmt: skip
RECURRENCES = [None, "daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "other"]
PLAIN = [row.phrase for row in rows() if row.kind != "spelling" and "⏎" not in row.phrase]
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=10).map(" ".join)
plans = st.sampled_from([(2022, None), (None, None), (None, 2021), (2022, 2022)])
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


def sides(period: Period) -> tuple[date | None, date | None, bool, str | None]:
    return period.start, period.end, period.open_ended, period.recurrence


@st.composite
def printable(draw: st.DrawFn) -> Period:
    """Any period the product can make: a start without an end is open."""
    start, end = draw(st.none() | days), draw(st.none() | days)
    if draw(st.booleans()) and start is not None:
        start = start.replace(day=1)
    opened = draw(st.booleans()) if end is not None or start is None else True
    return Period("", start, end, open_ended=opened, recurrence=draw(st.sampled_from(RECURRENCES)))


@given(st.text(max_size=60) | phrases, plans)
@example("\ud800", (2022, None))
@example("и\u0306" * 50, (2022, None))
@example("٣ марта", (2022, None))
@example("9" * 1900, (2022, None))
def test_no_text_is_an_error(text: str, plan: tuple[int | None, int | None]) -> None:
    period = read_period(text, year=plan[0], school_year=plan[1])

    assert period.text == text
    assert period.control_on is None
    assert (period.start is None and period.end is None) == (period.confidence == "unread")
    assert isinstance(lacks_year(text), bool)


@given(phrases, plans)
def test_a_start_without_an_end_is_open(text: str, plan: tuple[int | None, int | None]) -> None:
    period = read_period(text, year=plan[0], school_year=plan[1])

    assert period.start is None or period.end is not None or period.open_ended


@given(phrases, plans)
def test_an_end_before_the_start_is_always_reported(text: str, plan: tuple[int | None, int | None]) -> None:
    period = read_period(text, year=plan[0], school_year=plan[1])

    is_reversed = period.start is not None and period.end is not None and period.end < period.start
    assert is_reversed == ("period_reversed" in problems(text, period, year=plan[0], school_year=plan[1]))


@given(printable())
def test_what_is_printed_is_read_back_the_same(period: Period) -> None:
    words = print_period(period)

    assert sides(read_period(words, year=None)) == sides(period)


@given(phrases, plans)
def test_what_is_read_and_printed_is_read_back_the_same(
    text: str, plan: tuple[int | None, int | None]
) -> None:
    year, school_year = plan
    period = read_period(text, year=year, school_year=school_year)

    again = read_period(print_period(period), year=year, school_year=school_year)

    assert sides(again) == sides(period)


@given(st.sampled_from(PLAIN), st.sampled_from(["\u00a0", "\u2009", "\u202f", "\t", " \u200b"]))
def test_the_kind_of_space_does_not_change_the_reading(phrase: str, space: str) -> None:
    changed = phrase.replace(" ", space if space.strip("\u200b").strip() == "" else " ")

    assert _bare(changed) == _bare(phrase)


@given(st.sampled_from(PLAIN), st.sampled_from("-–—‑−‒"))
def test_the_kind_of_dash_does_not_change_the_reading(phrase: str, dash: str) -> None:
    changed = "".join(dash if letter in "-–—‑−" else letter for letter in phrase)

    assert _bare(changed) == _bare(phrase)


@given(st.sampled_from(PLAIN), st.sampled_from([str.upper, str.lower, str.title]))
def test_capital_letters_do_not_change_the_reading(phrase: str, change: Callable[[str], str]) -> None:
    assert _bare(change(phrase)) == _bare(phrase)


@given(st.sampled_from(PLAIN), st.sampled_from("\u00ad\u200b\u200d\ufeff\u2060"), st.integers(0, 200))
def test_an_invisible_mark_does_not_change_the_reading(phrase: str, mark: str, place: int) -> None:
    assume(place <= len(phrase))
    changed = phrase[:place] + mark + phrase[place:]

    assert _bare(changed) == _bare(phrase)


def _bare(text: str) -> Period:
    return replace(read_period(text, year=2022), text="")


@given(
    st.sampled_from(["(", "1", "до ", "1,", "с по ", "1-", "март ", "15.03.", "I ", "и\u0306", "2 раза в "])
)
def test_a_long_text_is_cut_into_few_pieces_or_left_alone(piece: str) -> None:
    text = (piece * 10_000)[:10_000]

    tokens = tokens_of(text)

    assert tokens is None or len(tokens) <= MOST_TOKENS
    assert read_period(text, year=2022).confidence == "unread"


def test_a_term_in_a_sea_of_spaces_is_still_read() -> None:
    period = read_period(" " * 5000 + "март" + " " * 5000 + "2022", year=None)

    assert (period.start, period.end) == (date(2022, 3, 1), date(2022, 3, 31))


def test_the_longest_term_is_longer_than_a_cell_with_a_calendar_of_events() -> None:
    dates = ", ".join(f"{day:02}.03.2022" for day in range(1, 32))

    assert len(dates) < LONGEST
    assert read_period(dates, year=2022).end == date(2022, 3, 31)
