"""What the progress report says: sums, gains, lateness, words, changes, and that frozen values come back whole."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.core.refusal import Refused
from opora.plans.actions import amend_roadmap
from opora.plans.amendments import Pair, changed
from opora.plans.queries import plan_line
from opora.reports import content, phrases
from opora.reports.actions import write_words
from opora.reports.kinds import progress
from tests.imports.ground import draft
from tests.indicators.town import AT, TODAY, Town, browser_of, make_town

SINCE = date(2022, 6, 1)


def built(
    town: Town, since: date = SINCE, as_of: date = TODAY, stretch: str = "cumulative"
) -> content.Progress:
    return progress.build(town.roadmap, since=since, as_of=as_of, stretch=stretch)


def test_sums_add_up_and_tell_what_is_late(town: Town) -> None:
    report = built(town)
    totals = report.totals

    assert (totals.total, totals.done, totals.done_late, totals.late) == (4, 1, 1, 2)
    assert totals.finished + totals.under_way + totals.late + totals.ahead == totals.total
    assert sum(row.totals.total for row in report.sections) == 4
    assert [line.number for line in report.late] == ["3.1", "4.1"]


def test_only_what_was_done_within_the_stretch_is_gained(town: Town) -> None:
    assert built(town).gained == ("2.1",)
    assert built(town, since=date(2022, 5, 5)).gained == ("1.1", "2.1")
    assert built(town, since=date(2022, 6, 11)).gained == ()
    assert built(town, since=SINCE, as_of=date(2022, 6, 9)).gained == ()


def test_a_late_line_names_whom_it_waits_for_and_whom_it_does_not(town: Town) -> None:
    line = built(town).late[0]

    assert (line.result, line.days_late) == ("1 из 2 школ", 107)
    assert line.missing == (town.schools[2].short_name,)
    assert line.excused == (f"{town.schools[1].short_name} (Ремонт)",)
    assert phrases.reason(line) == f"Не хватает: {town.schools[2].short_name}."


def test_evidence_bears_the_day_and_the_place_of_publication(town: Town) -> None:
    papers = {line.number: line.evidence for line in built(town).lines}

    assert [(one.title, one.dated_on, one.address) for one in papers["2.1"]] == [
        ("Справка", date(2022, 6, 10), "размещён на портале")
    ]
    assert papers["4.1"] == ()


def test_words_about_a_late_line_stand_in_the_report(town: Town) -> None:
    assert len(built(town).without_words) == 2

    write_words(activity=town.lines[3], words="Перенесли на октябрь", by=town.coordinator, at=AT)

    assert [line.number for line in built(town).without_words] == ["3.1"]
    assert phrases.reason(built(town).late[1]) == "Перенесли на октябрь. Подтверждения пока нет."


def test_words_written_again_replace_the_first_and_long_ones_are_refused(town: Town) -> None:
    for words in ("Раз", "Два"):
        write_words(activity=town.lines[3], words=words, by=town.coordinator, at=AT)
    assert built(town).late[1].words == "Два"

    with pytest.raises(Refused, match="Слишком длинно"):
        write_words(activity=town.lines[3], words="д" * 2001, by=town.coordinator, at=AT)


def test_changes_by_an_order_within_the_stretch_are_told(town: Town) -> None:
    line = town.lines[3]
    old = plan_line(line)
    new = old.__class__(
        **{**{name: getattr(old, name) for name in old.__slots__}, "ends_on": date(2022, 9, 30)}
    )
    assert changed(old, new, ["ends_on"])
    amend_roadmap(
        roadmap=town.roadmap,
        draft=draft(order={"number": "77", "date": "2022-08-01"}, lines=[]),
        pairs=[Pair(old=old, new=new, what=frozenset({"moved"}))],
        file=None,
        file_name="",
        by=town.coordinator,
        at=AT,
    )

    moved = built(town).moved

    assert [(row.number, row.order) for row in moved] == [("4.1", "приказ № 77 от 01.08.2022")]
    assert built(town, since=date(2022, 8, 2)).moved == ()
    assert [line.number for line in built(town).late] == ["3.1"]
    assert [line.number for line in built(town, as_of=date(2022, 7, 31)).late] == ["3.1", "4.1"]


def test_a_stretch_that_begins_with_the_programme_gains_all_but_what_was_done_before_it(town: Town) -> None:
    assert built(town, since=town.programme.starts_on).gained == ("1.1", "2.1")
    town.approved("Ранний", activity=town.lines[3], on=date(2021, 11, 5))
    assert "4.1" not in built(town, since=town.programme.starts_on).gained


def test_a_page_of_the_whole_year_asks_for_one_day_only(town: Town) -> None:
    client, address = browser_of(town.coordinator), f"/reports/{town.roadmap.pk}/progress/"
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert len(captured) == 19  # one of them: the words as they stand, for whoever saves them after another


def test_the_report_on_an_earlier_day_knows_nothing_of_later_ones(town: Town) -> None:
    assert [line.status for line in built(town, as_of=date(2022, 6, 9)).lines] == [
        "done",
        "late",
        "late",
        "late",
    ]


def test_the_frozen_text_gives_the_same_report_back(town: Town) -> None:
    report = built(town)
    text = content.as_text(report)

    assert content.from_text(text) == report
    assert content.hash_of(text) == content.hash_of(content.as_text(content.from_text(text)))


def test_a_report_of_three_hundred_lines_asks_as_often_as_one_of_three(db: None) -> None:
    counts = []
    for count in (1, 100):
        town = make_town(name=f"Город {count}")
        town.plan(
            *(
                [
                    [("documents_ready", "schools", 1)],
                    [("documents_published", "one", 1)],
                    [("attested", "one", 1)],
                ]
                * count
            )
        )
        with CaptureQueriesContext(connection) as captured:
            assert len(built(town).lines) == 3 * count
        counts.append(len(captured))

    assert counts == [18, 18]
