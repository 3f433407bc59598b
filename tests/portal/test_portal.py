"""The portal as a stranger sees it: only what is public, no names, and what is published now."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opora.accounts.models import User
from opora.documents import actions
from opora.documents.models import Document, Publication
from opora.indicators.models import Indicator
from opora.plans.models import Activity, Responsibility
from tests.documents.conftest import AT, TEXT, TODAY, Town, browser_of, make_town, other_town, town

__all__ = ["browser_of", "other_town", "town"]
Browser = Callable[[User | None], Client]
PUBLIC = (
    "/",
    "/open/documents/",
    "/open/accessibility/",
    "/open/personal-data/",
    "/open/news.atom",
    "/open/news.rss",
)


def published(town: Town, title: str = "Отчёт центра", on: date = date(2022, 9, 6)) -> Publication:
    """An approved document put on the portal."""
    return actions.publish(document=town.approved(title), where="portal", on=on, by=town.head, at=AT)


def test_an_empty_portal_says_what_will_be_here(db: None, browser_of: Browser) -> None:
    for address in PUBLIC:
        assert browser_of(None).get(address).status_code == 200
    assert "Дорожных карт здесь пока нет" in browser_of(None).get("/").content.decode()


def test_the_only_town_is_shown_directly_and_several_as_a_list(town: Town, browser_of: Browser) -> None:
    alone = browser_of(None).get("/").content.decode()
    second = make_town("г. о. Соседск")
    together = browser_of(None).get("/").content.decode()

    assert "по общей дорожной карте из 3" in alone.replace("\u00a0", " ")
    assert f"/open/places/{town.municipality.pk}/" in together
    assert f"/open/places/{second.municipality.pk}/" in together
    assert "г. о. Соседск" in browser_of(None).get(f"/open/places/{second.municipality.pk}/").content.decode()


def test_a_roadmap_that_is_not_public_is_missing(town: Town, browser_of: Browser) -> None:
    town.roadmap.is_public = False
    town.roadmap.save()
    client = browser_of(None)

    pk, line = town.roadmap.pk, town.lines[0].pk
    for address in (
        f"/open/{pk}/",
        f"/open/{pk}/lines/{line}/",
        f"/open/{pk}/data.csv",
        f"/open/{pk}/data.json",
    ):
        assert client.get(address).status_code == 404
    assert client.get(f"/open/places/{town.municipality.pk}/").status_code == 404
    assert "Дорожных карт здесь пока нет" in client.get("/").content.decode()


def test_an_approved_document_makes_its_line_done_in_public(town: Town, browser_of: Browser) -> None:
    Indicator.objects.create(activity=town.lines[0], kind="documents_ready")
    client = browser_of(None)
    before = client.get(f"/open/{town.roadmap.pk}/?state=late").context["shown"]
    town.approved(dated_on=date(2022, 5, 30))

    after = client.get(f"/open/{town.roadmap.pk}/?state=done").context["shown"]

    assert (before, after) == (2, 1)
    assert (
        "Отчёт"
        not in client.get(f"/open/{town.roadmap.pk}/lines/{town.lines[0].pk}/").context["publications"]
    )


def test_only_what_is_published_now_is_given_out(town: Town, browser_of: Browser) -> None:
    client = browser_of(None)
    draft, approved = town.document("Черновик"), town.approved("Утверждён, не размещён")
    publication = published(town)
    public = f"/open/documents/{publication.document_id}/"

    for hidden in (draft, approved):
        assert client.get(f"/open/documents/{hidden.pk}/").status_code == 404
        assert client.get(f"/open/documents/{hidden.pk}/file/").status_code == 404
    given = client.get(f"{public}file/")
    assert given.getvalue() == TEXT
    assert given["Content-Disposition"].startswith("attachment")
    listed = client.get("/open/documents/").content.decode()
    assert "Отчёт центра" in listed
    assert "Черновик" not in listed
    assert "не размещён" not in listed

    actions.take_down(publication=publication, reason="Ошибка", on=TODAY, by=town.head, at=AT)
    assert client.get(public).status_code == 410
    assert client.get(f"{public}file/").status_code == 404


def test_a_published_page_tells_the_days_of_publication_and_change(town: Town, browser_of: Browser) -> None:
    publication = published(town)
    actions.take_down(publication=publication, reason="Опечатка", on=date(2022, 9, 8), by=town.head, at=AT)
    actions.publish(document=publication.document, where="portal", on=date(2022, 9, 9), by=town.head, at=AT)

    page = browser_of(None).get(f"/open/documents/{publication.document_id}/").content.decode()

    assert "6\u00a0сентября\u00a02022" in page
    assert "9\u00a0сентября\u00a02022" in page


def test_a_name_is_public_only_with_consent(town: Town, browser_of: Browser) -> None:
    User.objects.filter(pk=town.coordinator.pk).update(post="методист", workplace="Методический центр")
    Responsibility.objects.create(activity=town.lines[0], person=town.coordinator, since=date(2022, 3, 1))
    client, address = browser_of(None), f"/open/{town.roadmap.pk}/lines/{town.lines[0].pk}/"

    without = client.get(address).content.decode()
    User.objects.filter(pk=town.coordinator.pk).update(may_be_named_since=date(2022, 9, 1))
    given = client.get(address).content.decode()
    User.objects.filter(pk=town.coordinator.pk).update(may_be_named_until=date(2022, 9, 10))
    withdrawn = client.get(address).content.decode()

    assert "Мостова" not in without
    assert "методист, Методический центр" in without
    assert "Мостова" in given
    assert "Мостова" not in withdrawn


def test_no_public_page_names_anybody(town: Town, browser_of: Browser) -> None:
    publication = published(town)
    client = browser_of(None)
    pk = town.roadmap.pk
    addresses = [
        *PUBLIC,
        f"/open/{pk}/",
        f"/open/{pk}/lines/{town.lines[0].pk}/",
        f"/open/{pk}/data.csv",
        f"/open/{pk}/data.json",
        f"/open/documents/{publication.document_id}/",
    ]

    for address in addresses:
        page = client.get(address).content.decode()
        for person in User.objects.all():
            assert person.last_name not in page, address


def test_titles_and_lines_are_text_and_never_markup(town: Town, browser_of: Browser) -> None:
    hostile = '<script>alert("1")</script>'
    Activity.objects.filter(pk=town.lines[0].pk).update(text=hostile, promise=hostile)
    publication = published(town, hostile)
    client = browser_of(None)

    for address in (
        "/",
        f"/open/{town.roadmap.pk}/",
        f"/open/{town.roadmap.pk}/lines/{town.lines[0].pk}/",
        "/open/documents/",
        f"/open/documents/{publication.document_id}/",
        "/open/news.atom",
    ):
        assert hostile not in client.get(address).content.decode(), address


def test_open_data_has_every_line_as_text(town: Town, browser_of: Browser) -> None:
    Activity.objects.filter(pk=town.lines[0].pk).update(text="=1+1")
    client = browser_of(None)

    rows = list(
        csv.reader(
            io.StringIO(client.get(f"/open/{town.roadmap.pk}/data.csv").content.decode("utf-8-sig")),
            delimiter=";",
        )
    )
    data = client.get(f"/open/{town.roadmap.pk}/data.json").json()

    assert [row[2] for row in rows[1:]] == ["1.1", "1.2", "1.3"]
    assert rows[1][3] == "'=1+1"
    assert data["as_of"] == "2022-09-15"
    assert [line["text"] for line in data["lines"]] == ["=1+1", "Мероприятие 2", "Мероприятие 3"]


def test_the_order_is_given_out_only_when_its_file_is_published(town: Town, browser_of: Browser) -> None:
    document = town.approved("Приказ об утверждении дорожной карты", activity=None)
    town.roadmap.file = document.versions.get().file
    town.roadmap.save()
    client = browser_of(None)
    before = client.get("/").context["order"]

    actions.publish(document=document, where="portal", on=TODAY, by=town.head, at=AT)

    assert before is None
    assert client.get("/").context["order"].document == document
    assert f'href="/open/documents/{document.pk}/"' in client.get("/").content.decode()


def test_the_front_costs_the_same_for_two_and_for_six_towns(db: None, browser_of: Browser) -> None:
    client, costs = browser_of(None), []
    for names in ("АБ", "ВГДЕ"):
        for name in names:
            made = make_town(f"г. о. {name}")
            for line in made.lines:
                Indicator.objects.create(activity=line, kind="documents_ready")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/").status_code == 200
        costs.append(len(asked))

    assert costs == [6, 6]


@pytest.mark.parametrize("feed", ["/open/news.atom", "/open/news.rss"])
def test_feeds_are_whole_xml_with_the_latest_first(town: Town, browser_of: Browser, feed: str) -> None:
    published(town, "Ранний & первый", date(2022, 9, 6))
    published(town, "Поздний", date(2022, 9, 8))

    tree = ElementTree.fromstring(browser_of(None).get(feed).content)

    titles = [node.text for node in tree.iter() if node.tag.endswith("title")][1:]
    assert titles == ["Поздний", "Ранний & первый"]


@pytest.mark.parametrize("feed", ["/open/news.atom", "/open/news.rss"])
def test_names_of_news_last_when_the_address_changes(
    town: Town, browser_of: Browser, settings: Any, feed: str
) -> None:
    published(town, "Первый", date(2022, 9, 6))
    told = []
    for site in ("http://127.0.0.1:9000", "https://opora.example.org"):
        settings.SITE_ADDRESS = site
        tree = ElementTree.fromstring(browser_of(None).get(feed).content)
        told.append({node.text for node in tree.iter() if node.tag.split("}")[-1] in ("id", "guid")})
        assert f"{site}/open/documents/" in browser_of(None).get(feed).content.decode()

    assert told[0] == told[1]
    assert all(str(name).startswith("urn:opora:") for name in told[0])


def test_a_stranger_cannot_look_beyond_today(town: Town, browser_of: Browser) -> None:
    answer = browser_of(None).get("/?on=2029-01-01")

    assert answer.status_code == 200
    assert answer.context["day"] == answer.wsgi_request.today


def test_a_past_day_shows_what_was_published_then(town: Town, browser_of: Browser) -> None:
    published(town)

    assert "Отчёт центра" not in browser_of(None).get("/open/documents/?on=2022-09-05").content.decode()
    assert "Отчёт центра" in browser_of(None).get("/open/documents/?on=2022-09-06").content.decode()


@pytest.mark.parametrize(
    "query", ["q=%00", "q=" + "а" * 500, "page=999", "page=x", "state=x&month=2022-99&section=y"]
)
def test_questions_that_make_no_sense_are_answered(town: Town, browser_of: Browser, query: str) -> None:
    client = browser_of(None)

    assert client.get(f"/open/documents/?{query}").status_code == 200
    assert client.get(f"/open/{town.roadmap.pk}/?{query}").status_code == 200


@pytest.mark.parametrize("count", [3, 300])
def test_the_public_list_costs_the_same_for_three_and_three_hundred(
    town: Town, browser_of: Browser, count: int
) -> None:
    for number in range(count):
        published(town, f"Документ {number}")
    client = browser_of(None)

    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/open/documents/")

    assert answer.status_code == 200
    assert len(asked) == 2
    assert Document.objects.count() == count
