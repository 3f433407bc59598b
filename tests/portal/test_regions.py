"""A region on the portal: its municipalities, its reports without names, their files and feed, taking down."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import docx
import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opora.appointments.models import Appointment
from opora.core.refusal import Refused
from opora.core.uploads import content_of
from opora.documents.actions import SentTwice
from opora.reports.actions import freeze, freeze_region, publish_region_issue, take_down_region_issue
from opora.reports.models import Issue, IssuePublication
from tests.indicators.town import AT, BEGAN, TODAY, Town, browser_of, make_person, make_town

RULES: list[Any] = [[("documents_ready", "schools", 1)], [("documents_ready", "one", 1)]]
WAITED_FOR = "Школа № 101"


@pytest.fixture
def towns(db: None) -> tuple[Town, Town]:
    """Two towns of one region with public roadmaps."""
    made = make_town(name="г. о. Первый"), make_town(name="г. о. Второй")
    for town in made:
        town.plan(*RULES)
        town.municipality.roadmaps.update(is_public=True)
    made[0].approved("Отчёт", activity=made[0].lines[1])
    return made


def coordinator(town: Town) -> Any:
    person = make_person("Региональная")
    region = town.municipality.region
    Appointment.objects.create(
        person=person, duty="regional_coordinator", programme=town.programme, region=region, since=BEGAN
    )
    return person


def frozen(town: Town) -> Issue:
    return freeze_region(
        region=town.municipality.region,
        programme=town.programme,
        since=date(2022, 6, 1),
        as_of=TODAY,
        stretch="cumulative",
        by=town.head,
        at=AT,
    )


def published(town: Town) -> IssuePublication:
    return publish_region_issue(issue=frozen(town), on=TODAY, by=town.head, at=AT)


def test_a_regional_coordinator_puts_an_issue_up_and_takes_it_down(towns: tuple[Town, Town]) -> None:
    issue, region = frozen(towns[0]), towns[0].municipality.region
    client = browser_of(coordinator(towns[0]))
    page, public = f"/reports/issues/{issue.pk}/", f"/open/reports/{issue.pk}/"
    assert "Разместить на портале" in client.get(page).content.decode()
    assert Client().get(public).status_code == 404

    client.post(f"{page}region-publish/")
    client.post(f"{page}region-publish/")

    assert IssuePublication.objects.count() == 1
    assert Client().get(public).status_code == 200
    assert f"/open/reports/{issue.pk}/" in Client().get(f"/open/regions/{region.pk}/").content.decode()

    refused = client.post(f"{page}region-take-down/", {"reason": " "})
    long = client.post(f"{page}region-take-down/", {"reason": "я" * 301})
    assert (refused.status_code, long.status_code) == (422, 400)
    assert "я" * 301 in long.content.decode()
    client.post(f"{page}region-take-down/", {"reason": "Заменён уточнённым"})

    gone = Client().get(public)
    assert gone.status_code == 410
    assert "Заменён уточнённым" in gone.content.decode()
    assert "Сводный отчёт" not in gone.content.decode()
    assert Client().get(f"{public}paper.pdf").status_code == 404
    assert f"/open/reports/{issue.pk}/" not in Client().get(f"/open/regions/{region.pk}/").content.decode()
    assert "Разместить на портале" in client.get(page).content.decode()


def test_the_files_are_those_of_the_day_and_name_nobody_waited_for(towns: tuple[Town, Town]) -> None:
    up = published(towns[0])
    assert WAITED_FOR in up.issue.content
    for ending, starts in (("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        answer: Any = Client().get(f"/open/reports/{up.issue_id}/paper.{ending}")
        assert answer.getvalue().startswith(starts)
        assert answer["Content-Disposition"].startswith("attachment")
    inline: Any = Client().get(f"/open/reports/{up.issue_id}/paper.pdf?inline=1")
    assert inline.getvalue().startswith(b"%PDF")
    assert inline["Content-Disposition"].startswith("inline")
    assert Client().get(f"/open/reports/{up.issue_id}/paper.exe").status_code == 404
    assert WAITED_FOR not in words_of(content_of(up.docx))


def words_of(paper: bytes) -> str:
    made = docx.Document(io.BytesIO(paper))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


def test_a_row_of_publication_is_only_taken_down_once(towns: tuple[Town, Town]) -> None:
    up = published(towns[0])
    told = {"publication": up, "on": TODAY, "by": towns[0].head, "at": AT}
    for change in (
        lambda: IssuePublication.objects.filter(pk=up.pk).update(published_on=date(2022, 1, 1)),
        lambda: IssuePublication.objects.filter(pk=up.pk).delete(),
        lambda: IssuePublication.objects.filter(pk=up.pk).update(taken_down_on=TODAY),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(Refused, match="раньше этого дня"):
        take_down_region_issue(**{**told, "on": TODAY - timedelta(days=1)}, reason="Опечатка")
    take_down_region_issue(**told, reason="Опечатка")
    with pytest.raises(SentTwice):
        take_down_region_issue(**told, reason="Опечатка")
    with pytest.raises(DatabaseError), transaction.atomic():
        IssuePublication.objects.filter(pk=up.pk).update(taken_down_on=None, taken_down_reason="")


def test_one_issue_is_up_once_and_only_from_its_own_day(towns: tuple[Town, Town]) -> None:
    up, town = published(towns[0]), towns[0]
    files = {"docx": up.docx, "pdf": up.pdf, "xlsx": up.xlsx}
    with pytest.raises(DatabaseError, match=r"(?i)unique|only taken down"), transaction.atomic():
        IssuePublication.objects.create(issue=up.issue, published_on=TODAY, published_by=town.head, **files)
    early = {"issue": up.issue, "on": TODAY - timedelta(days=1), "by": town.head, "at": AT}
    with pytest.raises(Refused, match="раньше этого дня"):
        publish_region_issue(**early)
    plan = town.municipality.roadmaps.get()
    of_roadmap = freeze(
        roadmap=plan, since=BEGAN, as_of=TODAY, stretch="interim", line=None, on=TODAY, by=town.head, at=AT
    )
    with pytest.raises(Refused, match="своим документом"):
        publish_region_issue(issue=of_roadmap, on=TODAY, by=town.head, at=AT)


def test_another_day_shows_what_stood_then(towns: tuple[Town, Town]) -> None:
    up = published(towns[0])
    before = (TODAY - timedelta(days=1)).isoformat()
    assert Client().get(f"/open/reports/{up.issue_id}/?on={before}").status_code == 404
    assert Client().get("/open/reports/999999/").status_code == 404


def test_the_front_lists_regions_and_the_region_its_municipalities(towns: tuple[Town, Town]) -> None:
    region = towns[0].municipality.region
    bare = make_town(name="г. о. Без карты").municipality
    front, page = (
        Client().get(address).content.decode().replace("\u00a0", " ")
        for address in ("/", f"/open/regions/{region.pk}/")
    )
    assert f"/open/regions/{region.pk}/" in front
    assert "Выполнено 1 из 2 пунктов" in page
    assert f"/open/places/{towns[1].municipality.pk}/" in page
    assert bare.name in page


def test_a_region_with_nothing_public_is_missing(db: None) -> None:
    town = make_town(name="г. о. Тихий")
    pk = town.municipality.region.pk
    assert Client().get(f"/open/regions/{pk}/").status_code == 404
    assert Client().get(f"/open/regions/{pk}/news.atom").status_code == 404


def test_the_feed_tells_of_reports_and_of_papers(towns: tuple[Town, Town]) -> None:
    up = published(towns[0])
    towns[1].published("Справка", activity=towns[1].lines[1], on=date(2022, 6, 10))
    feed = Client().get(f"/open/regions/{up.issue.region_id}/news.atom").content.decode()
    assert feed.index(f"/open/reports/{up.issue_id}/") < feed.index("Справка")


def test_the_page_asks_the_same_number_of_queries_for_two_and_thirty(towns: tuple[Town, Town]) -> None:
    counts = []
    for count in (2, 30):
        for number in range(min(count, 2), count):
            town = make_town(1, name=f"г. о. {number:03}", curators=0)
            town.plan(*RULES)
            town.municipality.roadmaps.update(is_public=True)
        for _ in range(1 if count == 2 else 5):
            published(towns[0])
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            Client().get(f"/open/regions/{towns[0].municipality.region_id}/")
        counts.append(len(captured))
    assert counts == [10, 10]
