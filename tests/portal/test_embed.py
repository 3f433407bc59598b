"""The list for the centre's own site: who may frame it, what it shows, its feeds; what was taken down tells why."""

from __future__ import annotations

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
from opora.documents.models import Publication
from opora.portal.embedding import framing_origins
from tests.documents.conftest import AT, Town, browser_of, other_town, town

__all__ = ["browser_of", "other_town", "town"]
Browser = Callable[[User | None], Client]


def published(town: Town, title: str = "Отчёт центра", **more: Any) -> Publication:
    """An approved document put on the portal on 6 September."""
    return actions.publish(
        document=town.approved(title, **more), where="portal", on=date(2022, 9, 6), by=town.head, at=AT
    )


def address_of(town: Town, what: str = "embed/") -> str:
    return f"/open/places/{town.municipality.pk}/{what}"


def test_nobody_frames_the_list_until_the_operator_names_a_site(town: Town, client: Client) -> None:
    answer = client.get(address_of(town))

    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "OPORA_EMBED_ORIGINS" in answer.content.decode()


def test_only_the_named_sites_frame_the_list_and_nothing_else(
    town: Town, client: Client, settings: Any
) -> None:
    settings.EMBED_ORIGINS = ["https://IMC.example.ru/", "http://localhost:8080"]

    answer = client.get(address_of(town))

    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors https://imc.example.ru http://localhost:8080" in policy
    assert "script-src" not in policy
    assert "X-Frame-Options" not in answer.headers
    assert "OPORA_EMBED_ORIGINS" not in answer.content.decode()
    other = client.get("/").headers
    assert other["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]


@pytest.mark.parametrize(
    "told",
    [
        "*",
        "https://*",
        "https://a.ru; script-src *",
        "https://a.ru\r\nX: y",
        "javascript:1",
        "https://a.ru/path",
        "",
        "'self'",
    ],
)
def test_what_is_no_origin_never_comes_into_the_header(settings: Any, told: str) -> None:
    settings.EMBED_ORIGINS = [told]

    assert framing_origins() == []


def test_the_list_is_small_without_scripts_and_of_one_town(
    town: Town, other_town: Town, client: Client, settings: Any
) -> None:
    settings.EMBED_ORIGINS = ["https://imc.example.ru"]
    published(town, "Отчёт <центра>")
    published(other_town, "Чужой отчёт")
    town.document("Черновик")

    page = client.get(f"{address_of(town)}?theme=dark").content.decode()

    assert "Отчёт &lt;центра&gt;" in page
    assert "Чужой отчёт" not in page
    assert "Черновик" not in page
    assert "<script" not in page
    assert 'data-theme="dark"' in page
    assert "из 3" in page
    assert len(page) < 5_000
    assert 'data-theme="' not in client.get(f'{address_of(town)}?theme=x"y').content.decode()


def test_a_town_without_a_public_roadmap_has_no_list(town: Town, client: Client) -> None:
    town.roadmap.is_public = False
    town.roadmap.save()

    for what in ("embed/", "news.atom", "news.rss"):
        assert client.get(address_of(town, what)).status_code == 404
        assert client.get(f"/open/places/987654321/{what}").status_code == 404


@pytest.mark.parametrize(
    ("what", "item"), [("news.atom", "{http://www.w3.org/2005/Atom}entry"), ("news.rss", ".//item")]
)
def test_a_feed_of_a_town_has_its_own_documents_only(
    town: Town, other_town: Town, client: Client, what: str, item: str
) -> None:
    published(town, "Свой <отчёт>")
    published(other_town, "Чужой отчёт")

    answer = client.get(f"{address_of(town, what)}?on=2022-09-15")

    tree = ElementTree.fromstring(answer.content)
    assert len(tree.findall(item)) == 1
    assert "Свой" in answer.content.decode()


@pytest.mark.parametrize("many", [3, 300])
def test_the_list_costs_the_same_for_three_and_for_three_hundred(
    town: Town, client: Client, many: int
) -> None:
    document = town.approved()
    Publication.objects.bulk_create(
        Publication(
            document=document,
            version=document.versions.get(),
            where="portal",
            published_on=date(2022, 9, 6),
            published_by=town.head,
        )
        for _ in range(many)
    )

    with CaptureQueriesContext(connection) as asked:
        client.get(address_of(town))

    assert len(asked) == 6


def test_the_centre_copies_the_code_and_a_school_does_not(
    town: Town, browser_of: Browser, settings: Any
) -> None:
    town.municipality.name = 'г. о. "Примерск" <1>'
    town.municipality.save()
    settings.EMBED_ORIGINS = ["https://imc.example.ru"]

    page = browser_of(town.head).get("/settings/embed/").content.decode()

    assert f"/open/places/{town.municipality.pk}/embed/" in page
    assert "&lt;iframe src=" in page
    assert "&amp;quot;Примерск&amp;quot;" in page
    assert "https://imc.example.ru" in page
    assert browser_of(town.school_coordinator).get("/settings/embed/").status_code == 403
    settings.EMBED_ORIGINS = []
    assert "OPORA_EMBED_ORIGINS=" in browser_of(town.coordinator).get("/settings/embed/").content.decode()


def test_what_was_taken_down_says_when_and_why_and_shows_nothing_else(town: Town, client: Client) -> None:
    publication = published(town, "Список с именами")
    address = f"/open/documents/{publication.document_id}/"
    actions.take_down(
        publication=publication, reason="В тексте были имена", on=date(2022, 9, 10), by=town.head, at=AT
    )

    answer = client.get(f"{address}?on=2022-09-15")
    page = answer.content.decode().replace("\u00a0", " ")

    assert answer.status_code == 410
    assert "с 6 сентября 2022 по 10 сентября 2022" in page
    assert "В тексте были имена" in page
    assert "Список с именами" not in page
    assert client.get(f"{address}file/?on=2022-09-15").status_code == 404
    assert "В тексте были имена" not in client.get(f"{address}?on=2022-09-08").content.decode()


def test_what_was_put_up_again_keeps_its_history(town: Town, client: Client) -> None:
    publication = published(town)
    address = f"/open/documents/{publication.document_id}/?on=2022-09-15"
    actions.take_down(publication=publication, reason="Опечатка", on=date(2022, 9, 10), by=town.head, at=AT)
    actions.publish(document=publication.document, where="portal", on=date(2022, 9, 12), by=town.head, at=AT)

    answer = client.get(address)

    assert answer.status_code == 200
    assert "снят: Опечатка" in answer.content.decode()


def test_a_document_that_was_never_on_the_portal_is_missing(town: Town, client: Client) -> None:
    draft = town.approved("Не размещён", audience="centre")

    assert client.get(f"/open/documents/{draft.pk}/").status_code == 404
