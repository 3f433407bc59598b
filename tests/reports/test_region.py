"""A region's report: municipalities side by side, and nothing counted twice at any level."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opora.accounts.models import User
from opora.appointments.models import Appointment
from opora.core.refusal import Refused
from opora.reports.actions import freeze_region, publish_issue
from opora.reports.asked import Asked
from opora.reports.kinds import region_progress
from opora.reports.models import Issue
from opora.reports.note import Missing, Note, Paragraph, Table, from_text
from opora.reports.views.sheets import ON_SCREEN
from opora.schools.models import Municipality, Region
from tests.indicators.town import AT, BEGAN, TODAY, Town, browser_of, make_person, make_town

RULES: list[Any] = [[("documents_ready", "schools", 1)], [("documents_ready", "one", 1)]]


def asked(town: Town, **changes: Any) -> Asked:
    told = {
        "programme": town.programme,
        "region": town.municipality.region,
        "since": date(2022, 6, 1),
        "as_of": TODAY,
        "stretch": "cumulative",
    }
    return Asked(**{**told, **changes})


def table(note: Note, title: str) -> Table:
    return next(one for one in note.tables if one.title == title)


def figures(note: Note) -> dict[str, tuple[Any, ...]]:
    """The rows of the municipalities by name, «Итого» too."""
    return {getattr(row[0], "text", row[0]): row[1:] for row in table(note, "Муниципалитеты").rows}


def coordinator_of(region: Region, town: Town) -> User:
    person = make_person("Региональная")
    Appointment.objects.create(
        person=person, duty="regional_coordinator", programme=town.programme, region=region, since=BEGAN
    )
    return person


@pytest.fixture
def towns(db: None) -> tuple[Town, Town]:
    """Two towns of three schools with the same two lines; the second line of the first town is done."""
    first, second = make_town(name="г. о. Первый"), make_town(name="г. о. Второй")
    for town in (first, second):
        town.plan(*RULES)
    first.approved("Отчёт", activity=first.lines[1])
    return first, second


def test_municipalities_stand_side_by_side_and_sum_up(towns: tuple[Town, Town]) -> None:
    note = region_progress.build(asked(towns[0]))

    assert figures(note) == {
        "г. о. Второй": (3, 2, 0, 0, 2, 0, 0, 0, 0),
        "г. о. Первый": (3, 2, 1, 0, 1, 0, 0, 1, 0),
        "Итого": (6, 4, 1, 0, 3, 0, 0, 1, 0),
    }
    by_schools, by_one = table(note, "Пункты").rows
    assert by_schools[1:] == (2, 0, 2, "0 из 6 школ")
    assert by_one[1:] == (2, 1, 1, "1 из 2 документов")


def test_a_second_order_of_a_town_counts_no_school_line_or_paper_again(towns: tuple[Town, Town]) -> None:
    first, _ = towns
    school_paper = first.approved("График", activity=first.lines[0], school=first.schools[0])
    before = region_progress.build(asked(first))
    first.plan(*RULES)
    # The same file, entered again under the line of the second order, about the same school.
    again = first.approved(
        "График", activity=first.lines[0], school=first.schools[0], content="График 1".encode()
    )
    assert school_paper.versions.get().file_id == again.versions.get().file_id

    note = region_progress.build(asked(first))

    naive = sum(2 for _ in first.municipality.roadmaps.all()) + 2
    assert (naive, figures(note)["Итого"][1]) == (6, 4)
    assert table(note, "Пункты").rows[0][4] == table(before, "Пункты").rows[0][4] == "1 из 6 школ"
    assert figures(note)["г. о. Первый"][0] == 3
    assert figures(note)["г. о. Первый"][7] == figures(before)["г. о. Первый"][7] == 2
    assert figures(note)["Итого"][2] == figures(before)["Итого"][2] == 1


def test_one_paper_of_two_towns_is_one_in_the_sum_and_the_report_says_so(towns: tuple[Town, Town]) -> None:
    first, second = towns
    for town in (first, second):
        town.approved("Общий порядок", activity=town.lines[1], content="Общий порядок".encode())

    note = region_progress.build(asked(first))

    papers = {name: row[7] for name, row in figures(note).items()}
    assert papers == {"г. о. Второй": 1, "г. о. Первый": 2, "Итого": 2}
    assert papers["Итого"] != papers["г. о. Второй"] + papers["г. о. Первый"]
    assert any(isinstance(one, Paragraph) and "1\u00a0повтор" in one.text for one in note.blocks)


def test_a_paper_named_in_words_of_another_line_is_the_same_paper(towns: tuple[Town, Town]) -> None:
    first, _ = towns
    paper = first.approved("Протокол", activity=first.lines[1])
    before = figures(region_progress.build(asked(first)))["Итого"][7]
    first.word(activity=first.lines[0], document=paper, confirmed_on=TODAY, school=first.schools[0])

    assert figures(region_progress.build(asked(first)))["Итого"][7] == before == 2


def test_cumulative_counts_from_the_beginning_and_interim_within_the_stretch(
    towns: tuple[Town, Town],
) -> None:
    first, _ = towns
    first.approved("Июльский", activity=first.lines[0], school=first.schools[1], on=date(2022, 7, 1))

    whole = region_progress.build(asked(first))
    stretch = region_progress.build(asked(first, stretch="interim"))

    assert figures(whole)["Итого"][7] == 2
    assert figures(stretch)["Итого"][7] == 1
    assert "с нарастающим итогом" in whole.head.title
    assert stretch.head.title.startswith("Промежуточный")


def test_gains_are_counted_since_the_day_asked_for(towns: tuple[Town, Town]) -> None:
    assert figures(region_progress.build(asked(towns[0])))["Итого"][6] == 0
    early = region_progress.build(asked(towns[0], since=date(2022, 5, 1)))
    assert figures(early)["г. о. Первый"][6] == 1


def test_a_town_without_a_roadmap_is_named_as_missing(towns: tuple[Town, Town]) -> None:
    make_town(name="г. о. Третий")
    note = region_progress.build(asked(towns[0]))
    assert [one.text for one in note.blocks if isinstance(one, Missing)] == [
        "Нет данных: дорожной карты нет у г. о. Третий."
    ]


def test_a_late_line_names_whom_it_waits_for(towns: tuple[Town, Town]) -> None:
    rows = table(region_progress.build(asked(towns[0])), "Срок прошёл").rows
    assert rows[0][1:] == ("г. о. Второй", "0 из 3", "Школа № 101, Школа № 102, Школа № 103")


def test_an_earlier_day_knows_nothing_of_later_papers(towns: tuple[Town, Town]) -> None:
    early = region_progress.build(asked(towns[0], since=date(2022, 4, 1), as_of=date(2022, 5, 4)))
    assert figures(early)["Итого"][2:4] == (0, 4)


def test_a_hundred_towns_are_asked_for_as_often_as_three(db: None) -> None:
    counts = []
    made: list[Town] = []
    for count in (3, 100):
        for number in range(len(made), count):
            made.append(make_town(1, name=f"г. о. {number:03}", curators=0))
            made[-1].plan(*RULES)
        with CaptureQueriesContext(connection) as captured:
            assert len(figures(region_progress.build(asked(made[0])))) == count + 1
        counts.append(len(captured))
    assert counts == [18, 18]


def test_a_regional_coordinator_makes_freezes_and_takes_the_report(towns: tuple[Town, Town]) -> None:
    region = towns[0].municipality.region
    client = browser_of(coordinator_of(region, towns[0]))
    address = f"/reports/regions/{region.pk}/{towns[0].programme.pk}/region_progress"
    assert "Сводный отчёт по региону" in client.get("/reports/?kind=region_progress").content.decode()
    shown = client.get(f"{address}/").content.decode()
    assert "г. о. Первый" in shown
    for ending, starts in (("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        assert client.get(f"{address}.{ending}").content.startswith(starts)

    told = {"stretch": "cumulative", "since": "2022-06-01", "as_of": "2022-09-15", "words": "Помочь Второму"}
    answer = client.post(f"{address}/freeze/", told)

    issue = Issue.objects.get()
    assert answer.headers["Location"] == f"/reports/issues/{issue.pk}/"
    assert (issue.region, issue.document, issue.number) == (region, None, 1)
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Помочь Второму" in page
    assert "содержание не менялось" in page
    assert client.get(f"/reports/issues/{issue.pk}/paper.pdf").content.startswith(b"%PDF")
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Issue.objects.filter(pk=issue.pk).update(hash="0" * 64)


def test_an_issue_of_a_region_keeps_its_content_and_has_nothing_to_publish(towns: tuple[Town, Town]) -> None:
    first, second = towns
    person = coordinator_of(first.municipality.region, first)
    told = {"since": date(2022, 6, 1), "as_of": TODAY, "stretch": "interim", "by": person, "at": AT}
    issue = freeze_region(region=first.municipality.region, programme=first.programme, **told)
    second.approved("Поздний", activity=second.lines[1])

    assert figures(from_text(issue.content))["Итого"][2] == 1
    with pytest.raises(Refused, match="нет документа"):
        publish_issue(issue=issue, on=TODAY, by=person, at=AT)
    with pytest.raises(Refused, match="Слишком длинно"):
        freeze_region(region=first.municipality.region, programme=first.programme, words="д" * 2001, **told)
    assert Issue.objects.count() == 1


def test_a_town_sees_neither_the_report_of_the_region_nor_its_issue(towns: tuple[Town, Town]) -> None:
    first, _ = towns
    region = first.municipality.region
    told = {"since": date(2022, 6, 1), "as_of": TODAY, "stretch": "interim", "by": first.head, "at": AT}
    issue = freeze_region(region=region, programme=first.programme, **told)
    client: Client = browser_of(first.coordinator)

    address = f"/reports/regions/{region.pk}/{first.programme.pk}/region_progress/"
    assert client.get(address).status_code == 403
    assert client.get(f"/reports/issues/{issue.pk}/").status_code == 404
    assert "region_progress" not in client.get("/reports/").content.decode()
    assert Municipality.objects.filter(region=region).count() == 2


def test_a_long_table_is_cut_on_the_screen_and_whole_in_the_note(db: None) -> None:
    town = make_town(1, curators=0)
    town.plan(*[[("documents_ready", "one", 1)]] * (ON_SCREEN + 5))
    note = region_progress.build(asked(town))
    client = browser_of(coordinator_of(town.municipality.region, town))
    address = f"/reports/regions/{town.municipality.region_id}/{town.programme.pk}/region_progress/"

    page = client.get(address).content.decode().replace("\u00a0", " ")

    assert len(table(note, "Пункты").rows) == ON_SCREEN + 5
    assert f"На экране {ON_SCREEN} строк из {ON_SCREEN + 5}." in page
