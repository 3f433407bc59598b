"""Publications elsewhere: looking at the page, what a person saw, the list, the daily work, what the portal tells."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opora.accounts.models import User
from opora.core.egress import Gate, is_public
from opora.core.history import history_of
from opora.core.jobs import put_down_daily, run_next
from opora.core.models import Job
from opora.core.refusal import Refused
from opora.documents import actions
from opora.documents.actions.checks import note_look, note_seen
from opora.documents.looking import look_at
from opora.documents.models import Publication, PublicationCheck
from opora.documents.page_words import carries
from tests.documents.conftest import AT, Town

Browser = Callable[[User | None], Client]
TITLE = "Отчёт «О ходе» проекта — 500+"


class Site(BaseHTTPRequestHandler):
    """A site of a region with a page of every kind."""

    def log_message(self, *words: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        pages = {
            "/carries/": '<body><h1>отчет "о ходе" проекта - 500+</h1>',
            "/other/": "<body><h1>Новости</h1>",
            "/hidden/": f"<head><title>{TITLE}</title></head><body><script>'{TITLE}'</script>",
            "/empty/": "",
        }
        body = pages.get(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header(
            "content-type", "application/pdf" if self.path == "/file/" else "text/html; charset=utf-8"
        )
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write((body or "").encode())


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def elsewhere(
    town: Town, address: str = "https://imc.example.ru/500plus/", title: str = TITLE
) -> Publication:
    """An approved document that stands at an address elsewhere."""
    return actions.publish(
        document=town.approved(title),
        where="elsewhere",
        address=address,
        on=date(2022, 9, 6),
        by=town.head,
        at=AT,
    )


def gate_to(site: str) -> Gate:
    port = int(site.rsplit(":", 1)[1])
    return Gate(is_allowed=lambda ip: ip == "127.0.0.1" or is_public(ip), ports=frozenset({80, 443, port}))


@pytest.mark.parametrize(
    ("page", "is_there"),
    [
        ("<body>Отчёт «О ходе» проекта — 500+", True),
        ('<body><p>ОТЧЕТ<b> "о&nbsp;ходе"</b>\n проекта&#45;500+', True),
        ("<body>Отчёт о ходе проекта 5000", False),
        ("<body>Суперотчёт о ходе проекта 500", False),
        (f"<head><title>{TITLE}</title><body>", False),
        (f"<body><style>{TITLE}</style><!-- {TITLE} -->", False),
        ("", False),
        ("<" * 10_000, False),
    ],
)
def test_a_title_is_sought_among_the_words_that_a_reader_sees(page: str, is_there: bool) -> None:
    assert carries(page, TITLE) is is_there


def test_a_title_without_a_letter_is_on_no_page() -> None:
    assert not carries("<body>— «» —", "«»")


@pytest.mark.parametrize(
    ("path", "outcome", "words"),
    [
        ("carries", "carries", ""),
        ("other", "other", "не нашлось"),
        ("hidden", "other", "не нашлось"),
        ("empty", "other", "пуста"),
        ("gone", "silent", "404"),
    ],
)
def test_a_look_tells_what_stands_at_the_address(
    town: Town, site: str, settings: Any, path: str, outcome: str, words: str
) -> None:
    settings.EGRESS = True

    look = look_at(elsewhere(town, f"{site}/{path}/"), gate=gate_to(site))

    assert look is not None
    assert look.outcome == outcome
    assert words in look.words


def test_an_inner_address_is_not_asked_and_said_so(town: Town, site: str, settings: Any) -> None:
    settings.EGRESS = True

    look = look_at(elsewhere(town, "http://127.0.0.1/"))

    assert look is not None
    assert (look.outcome, "внутренний адрес" in look.words) == ("refused", True)


def test_with_asking_off_there_is_no_look_and_no_row(town: Town) -> None:
    publication = elsewhere(town)
    assert look_at(publication) is None

    put_down_daily(at=AT)
    while run_next(at=AT + timedelta(hours=1)):
        pass

    assert not PublicationCheck.objects.exists()
    assert not Job.objects.filter(state="failed").exists()


def test_each_address_is_asked_once_a_day_by_the_worker(town: Town, settings: Any) -> None:
    settings.EGRESS = True
    publication = elsewhere(town, "http://10.0.0.1/")
    taken = elsewhere(town, "http://10.0.0.2/", "Снятый")
    actions.take_down(publication=taken, reason="Устарел", on=date(2022, 9, 7), by=town.head, at=AT)
    actions.publish(
        document=town.approved("На портале"), where="portal", on=date(2022, 9, 6), by=town.head, at=AT
    )

    for day in (AT, AT + timedelta(hours=2), AT + timedelta(days=1)):
        put_down_daily(at=day)
        while run_next(at=day + timedelta(minutes=30)):
            pass

    assert {one.publication_id for one in PublicationCheck.objects.all()} == {publication.pk}
    assert [one.outcome for one in PublicationCheck.objects.all()] == ["refused", "refused"]


def test_history_tells_only_of_a_change(town: Town) -> None:
    publication = elsewhere(town)
    for outcome in ("carries", "carries", "silent", "silent", "carries"):
        note_look(publication=publication, outcome=outcome, words="", at=AT)

    verbs = [entry.verb for entry in history_of(publication.document)]
    assert publication.checks.count() == 5
    assert verbs.count("document.page_checked") == 3


def test_what_is_taken_down_or_on_the_portal_is_not_checked(town: Town) -> None:
    publication = elsewhere(town)
    actions.take_down(publication=publication, reason="Устарел", on=date(2022, 9, 7), by=town.head, at=AT)
    portal = actions.publish(
        document=town.approved("Другой"), where="portal", on=date(2022, 9, 6), by=town.head, at=AT
    )

    with pytest.raises(Refused, match="снят с этого адреса"):
        note_look(publication=publication, outcome="carries", words="", at=AT)
    with pytest.raises(Refused, match="на портале"):
        note_seen(publication=portal, outcome="carries", words="", by=town.head, at=AT)


def test_a_person_says_what_was_seen_while_asking_is_off(town: Town, browser_of: Browser) -> None:
    publication = elsewhere(town)
    client = browser_of(town.head)
    address = f"/publications/{publication.pk}/check/"

    page = client.get(address).content.decode()
    assert "OPORA_EGRESS=on" in page
    assert ">Проверить сейчас</button>" not in page
    assert client.post(address, {"how": "ask"}).status_code == 422
    assert client.post(address, {"how": "seen"}).status_code == 422
    bad = client.post(address, {"how": "seen", "outcome": "refused", "words": "моё слово"})
    assert (bad.status_code, "моё слово" in bad.content.decode()) == (422, True)

    answer = client.post(
        address, {"how": "seen", "outcome": "carries", "words": "внизу страницы"}, follow=True
    )

    check = publication.checks.get()
    assert (check.outcome, check.checked_by, check.words) == ("carries", town.head, "внизу страницы")
    assert "Записано: это увидели вы" in answer.content.decode()
    assert (
        "страница размещения просмотрена"
        in client.get(f"/documents/{publication.document_id}/").content.decode()
    )


def test_a_person_asks_for_a_look_now(town: Town, browser_of: Browser, settings: Any) -> None:
    settings.EGRESS = True
    publication = elsewhere(town, "http://192.168.0.5/")
    client = browser_of(town.coordinator)
    address = f"/publications/{publication.pk}/check/"

    for _ in range(2):
        assert client.post(address, {"how": "ask"}).status_code == 302
    assert "Страница проверяется" in client.get(address).content.decode()
    assert Job.objects.filter(task__endswith="check_publication").count() <= 2

    while run_next(at=datetime(2100, 1, 1, tzinfo=UTC)):
        pass
    assert {one.outcome for one in publication.checks.all()} == {"refused"}
    assert "Страница проверяется" not in client.get(f"{address}?on=today").content.decode()
    assert "внутренний адрес" in client.get(f"{address}?on=today").content.decode()


def test_the_list_tells_where_documents_are_up_and_what_does_not_answer(
    town: Town, browser_of: Browser
) -> None:
    silent, carrying, other = (
        elsewhere(town, f"https://imc.example.ru/{number}/", f"Справка {number}") for number in (1, 2, 3)
    )
    elsewhere(town, "https://imc.example.ru/4/", "Справка 4")
    actions.publish(
        document=town.approved("На портале"), where="portal", on=date(2022, 9, 6), by=town.head, at=AT
    )
    for publication, outcome in ((silent, "silent"), (carrying, "carries"), (other, "other")):
        note_look(publication=publication, outcome=outcome, words="", at=AT)
    client = browser_of(town.head)

    def titles(which: str) -> set[str]:
        rows = client.get(f"/documents/publications/?which={which}").context["rows"]
        return {row[0].document.title for row in rows}

    assert len(titles("all")) == len(titles("вздор")) == 5
    assert titles("silent") == {"Справка 1"}
    assert titles("other") == {"Справка 3"}
    assert titles("never") == {"Справка 4"}
    assert titles("portal") == {"На портале"}
    assert "Страница не отвечает" in client.get("/documents/publications/").content.decode()


def test_a_look_of_a_later_day_is_not_known_before(town: Town, browser_of: Browser) -> None:
    publication = elsewhere(town)
    note_look(publication=publication, outcome="silent", words="", at=AT + timedelta(days=30))

    rows = browser_of(town.head).get("/documents/publications/").context["rows"]

    assert [row[3] for row in rows] == ["Не проверялась"]


def test_a_school_sees_publications_of_what_it_sees_and_checks_none(town: Town, browser_of: Browser) -> None:
    publication = elsewhere(town)
    foreign = town.approved("Соседей", school=town.schools[1])
    actions.publish(document=foreign, where="portal", on=date(2022, 9, 6), by=town.head, at=AT)
    client = browser_of(town.school_coordinator)

    page = client.get("/documents/publications/").content.decode()

    assert TITLE in page
    assert "Соседей" not in page
    assert f"/publications/{publication.pk}/check/" not in page
    assert client.get(f"/publications/{publication.pk}/check/").status_code == 403


@pytest.mark.parametrize("many", [3, 300])
def test_the_list_costs_the_same_for_three_and_for_three_hundred(
    town: Town, browser_of: Browser, many: int
) -> None:
    document = town.approved()
    rows = Publication.objects.bulk_create(
        Publication(
            document=document,
            where="elsewhere",
            address=f"https://imc.example.ru/{number}/",
            published_on=date(2022, 9, 6),
            published_by=town.head,
        )
        for number in range(many)
    )
    PublicationCheck.objects.bulk_create(
        PublicationCheck(publication=row, checked_at=AT, outcome="carries", checked_by=town.head)
        for row in rows
    )
    client = browser_of(town.coordinator)
    client.get("/documents/publications/")

    with CaptureQueriesContext(connection) as asked:
        client.get("/documents/publications/")

    assert len(asked) == 7
