"""Who sees which documents, and who may do what with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opora.accounts.models import User
from opora.documents import actions
from opora.documents.models import Attestation, Document
from opora.indicators.models import Indicator
from tests.documents.conftest import AT, TEXT, TODAY, Town

Browser = Callable[[User | None], Client]


def titles(client: Client) -> set[str]:
    return {row.title for row, *_ in client.get("/documents/").context["rows"]}


def test_a_school_sees_its_own_and_the_approved_of_the_centre(town: Town, browser_of: Browser) -> None:
    town.document("Черновик центра")
    town.approved("Отчёт центра")
    town.document("Черновик своей школы", school=town.schools[0])
    town.approved("Справка чужой школы", school=town.schools[1])

    for who in (town.school_coordinator, town.curator):
        assert titles(browser_of(who)) == {"Отчёт центра", "Черновик своей школы"}
    assert len(titles(browser_of(town.head))) == 4


def test_what_is_not_theirs_is_the_same_as_missing(town: Town, other_town: Town, browser_of: Browser) -> None:
    foreign = other_town.approved("Чужой", school=other_town.schools[0])
    sibling = town.document("Соседней школы", school=town.schools[1])

    for who, row in (
        (town.coordinator, foreign),
        (town.school_coordinator, sibling),
        (town.curator, sibling),
    ):
        client = browser_of(who)
        for address in ("", "edit/", "files/1/", "send/", "file/"):
            there = client.get(f"/documents/{row.pk}/{address}").status_code
            missing = client.get(f"/documents/999999/{address}").status_code
            assert there == missing == 404, address


def test_a_school_does_not_correct_a_document_of_the_centre(town: Town, browser_of: Browser) -> None:
    document = town.approved("Отчёт центра")
    client = browser_of(town.school_coordinator)

    assert client.get(f"/documents/{document.pk}/").status_code == 200
    assert client.get(f"/documents/{document.pk}/edit/").status_code == 404
    assert client.get(f"/documents/{document.pk}/approve/").status_code == 403


def test_a_coordinator_does_not_approve_for_another_town(
    town: Town, other_town: Town, browser_of: Browser
) -> None:
    foreign = other_town.document()

    answer = browser_of(town.coordinator).post(f"/documents/{foreign.pk}/approve/", {"on": "2022-09-15"})

    assert answer.status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == Document.State.DRAFT


def test_a_school_enters_only_for_itself(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.school_coordinator)
    said = {"title": "Справка", "dated_on": "2022-09-01", "then": "send"}

    def enter(school: str) -> int:
        file = SimpleUploadedFile("a.txt", TEXT)
        return client.post("/documents/add/", {**said, "school": school, "papers": [file]}).status_code

    assert enter(str(town.schools[1].pk)) == 422
    assert enter("") == 422
    assert enter(str(town.schools[0].pk)) == 302
    assert Document.objects.get().state == Document.State.SENT


def test_a_school_cannot_approve_while_entering(town: Town, browser_of: Browser) -> None:
    said = {
        "title": "Справка",
        "dated_on": "2022-09-01",
        "then": "approve",
        "school": town.schools[0].pk,
        "papers": [SimpleUploadedFile("a.txt", TEXT)],
    }

    answer = browser_of(town.school_coordinator).post("/documents/add/", said)

    assert answer.status_code == 422
    assert not Document.objects.exists()


def test_a_curator_who_enters_for_a_led_school_is_named(town: Town, browser_of: Browser) -> None:
    said = {
        "title": "Отчёт куратора",
        "dated_on": "2022-09-01",
        "then": "send",
        "school": town.schools[0].pk,
        "papers": [SimpleUploadedFile("a.txt", TEXT)],
    }

    browser_of(town.curator).post("/documents/add/", said)

    assert Document.objects.get().curator == town.curator


def test_a_line_of_another_town_is_missing(town: Town, other_town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)

    assert client.get(f"/documents/add/?line={other_town.lines[0].pk}").status_code == 404
    assert client.get(f"/lines/{other_town.lines[0].pk}/word/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/documents/", "/documents/add/", "/documents/1/", "/words/", "/lines/1/word/"]
)
def test_a_stranger_is_led_to_the_door(town: Town, browser_of: Browser, path: str) -> None:
    answer = browser_of(None).get(path)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/?next=")


def test_a_school_gives_its_word_only_for_lines_counted_by_schools(town: Town, browser_of: Browser) -> None:
    by_schools, of_centre = town.lines[:2]
    Indicator.objects.create(activity=by_schools, kind="attested", scope="schools")
    client = browser_of(town.school_coordinator)
    said = {"words": "Готово", "happened_on": "2022-05-20"}

    refused = client.post(f"/lines/{of_centre.pk}/word/", said)
    foreign = client.post(f"/lines/{by_schools.pk}/word/", {**said, "school": town.schools[1].pk})
    own = client.post(f"/lines/{by_schools.pk}/word/", {**said, "school": town.schools[0].pk})

    assert (refused.status_code, foreign.status_code, own.status_code) == (403, 422, 302)
    assert Attestation.objects.get().school == town.schools[0]


def test_a_school_takes_back_only_its_own_word(town: Town, browser_of: Browser) -> None:
    word = actions.attest(
        activity=town.lines[0],
        school=town.schools[0],
        words="Готово",
        happened_on=TODAY,
        by=town.curator,
        at=AT,
    )
    said = {"reason": "Ошибка", "on": "2022-09-15"}
    button = f"/words/{word.pk}/withdraw/"

    for who, is_offered in ((town.school_coordinator, False), (town.curator, True), (town.coordinator, True)):
        assert (button in browser_of(who).get("/words/").content.decode()) is is_offered
    assert browser_of(town.school_coordinator).post(f"/words/{word.pk}/withdraw/", said).status_code == 404
    assert browser_of(town.school_coordinator).post(f"/words/{word.pk}/confirm/", said).status_code == 403
    assert browser_of(town.curator).post(f"/words/{word.pk}/withdraw/", said).status_code == 302
