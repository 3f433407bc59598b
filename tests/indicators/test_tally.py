"""What is counted on a day: three honest states, excuses, numbers, days."""

from __future__ import annotations

from datetime import date

from opora.indicators.tally import Excused, Subject, Tally

MAY = date(2022, 5, 31)


def school(number: int, *, confirmed: date | None = None, reported: date | None = None) -> Subject:
    return Subject(f"s{number}", f"Школа № {number}", reported_on=reported, confirmed_on=confirmed)


def test_three_states_are_told_apart_and_only_confirmed_counts() -> None:
    tally = Tally((school(101, confirmed=MAY), school(102, reported=MAY), school(103)))

    counted = tally.on(MAY)

    assert [one.key for one in counted.confirmed] == ["s101"]
    assert [one.key for one in counted.reported] == ["s102"]
    assert [one.key for one in counted.missing] == ["s103"]
    assert (counted.found, counted.expected, counted.lacking, counted.is_complete) == (1, 3, 2, False)


def test_what_is_dated_after_the_day_does_not_count() -> None:
    tally = Tally((school(101, reported=date(2022, 5, 1), confirmed=date(2022, 6, 1)),))

    assert tally.on(MAY).found == 0
    assert [one.key for one in tally.on(MAY).reported] == ["s101"]
    assert tally.on(date(2022, 6, 1)).is_complete
    assert [one.key for one in tally.on(date(2022, 4, 30)).missing] == ["s101"]


def test_excused_is_neither_expected_nor_hidden() -> None:
    tally = Tally((school(101, confirmed=MAY), school(102)), (Excused("s102", "Школа № 102", "Ремонт"),))

    counted = tally.on(MAY)

    assert (counted.found, counted.expected, counted.is_complete) == (1, 1, True)
    assert [one.reason for one in counted.excused] == ["Ремонт"]
    assert counted.missing == ()


def test_excuse_holds_from_its_day() -> None:
    tally = Tally((school(101),), (Excused("s101", "Школа № 101", "Ремонт", since=MAY),))

    assert tally.on(date(2022, 5, 30)).expected == 1
    assert tally.on(MAY).expected == 0
    assert tally.on(MAY).is_complete


def test_excused_school_that_did_it_anyway_counts() -> None:
    tally = Tally((school(101, confirmed=MAY), school(102)), (Excused("s101", "Школа № 101", "Ремонт"),))

    counted = tally.on(MAY)

    assert (counted.found, counted.expected) == (1, 2)
    assert counted.excused == ()


def test_nothing_to_report_is_a_confirmation_of_its_own_kind() -> None:
    tally = Tally(
        (Subject("s101", "Школа № 101", confirmed_on=MAY, is_nothing=True), school(102, confirmed=MAY))
    )

    counted = tally.on(MAY)

    assert counted.is_complete
    assert [one.key for one in counted.nothing_to_report] == ["s101"]


def test_nobody_expected_is_not_done() -> None:
    counted = Tally(()).on(MAY)

    assert (counted.expected, counted.share, counted.is_complete) == (0, 0.0, False)


def test_number_is_asked_whoever_fulfils_it() -> None:
    days = [date(2022, 5, day) for day in (20, 10, 25, 28)]
    tally = Tally(tuple(school(index, confirmed=day) for index, day in enumerate(days)), needed=3)

    counted = tally.on(MAY)

    assert (counted.found, counted.expected, counted.completed_on) == (3, 3, date(2022, 5, 25))
    assert tally.on(date(2022, 5, 24)).lacking == 1


def test_one_key_counts_once() -> None:
    late, early = date(2022, 5, 20), date(2022, 5, 10)
    tally = Tally((school(101, confirmed=late), school(101, confirmed=early), school(101)))

    counted = tally.on(MAY)

    assert (counted.found, counted.expected, counted.completed_on) == (1, 1, early)


def test_last_sign_is_the_newest_of_signs_and_confirmations_until_the_day() -> None:
    tally = Tally((school(101, confirmed=date(2022, 3, 1)),), signs=(date(2022, 4, 1), date(2022, 6, 1)))

    assert tally.on(MAY).last_sign_on == date(2022, 4, 1)
    assert tally.on(date(2022, 3, 15)).last_sign_on == date(2022, 3, 1)
    assert tally.on(date(2022, 2, 1)).last_sign_on is None
