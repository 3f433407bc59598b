"""The pages of documents as people use them: entering, deeds, refusals that keep what was typed, search."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opora.accounts.models import User
from opora.core.models import StoredFile
from opora.documents import actions
from opora.documents.models import Document, Publication
from tests.documents.conftest import AT, TEXT, TODAY, Town

Browser = Callable[[User | None], Client]
HOSTILE = '<script>alert("1")</script>'


def upload(name: str = "отчёт.txt", content: bytes = TEXT) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def card(**more: Any) -> dict[str, Any]:
    return {"title": "Отчёт центра", "dated_on": "2022-09-01", "then": "draft", **more}


def test_a_coordinator_enters_sends_approves_and_publishes(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    answer = client.post(
        "/documents/add/", card(papers=[upload()], activity=town.lines[0].pk, number="17"), follow=True
    )
    document = Document.objects.get()

    assert "Документ сохранён" in answer.content.decode()
    for day, deed, values in (
        (16, "send", {}),
        (19, "approve", {}),
        (20, "publish", {"where": "portal", "on": "2022-09-19"}),
    ):
        client.day = date(2022, 9, day)
        answer = client.post(f"/documents/{document.pk}/{deed}/", {"key": "", **values})
        assert answer.status_code == 302, answer.content.decode()
    document.refresh_from_db()
    assert (document.sent_on, document.approved_on) == (date(2022, 9, 16), date(2022, 9, 19))
    # The portal shows it since the day on which it was put there, whatever day was sent.
    assert Publication.objects.get().published_on == date(2022, 9, 20)


def test_the_title_is_suggested_from_the_promise_of_the_line(town: Town, browser_of: Browser) -> None:
    page = browser_of(town.coordinator).get(f"/documents/add/?line={town.lines[1].pk}").content.decode()

    assert 'value="Подготовлен отчёт 2"' in page
    assert 'value="2022-09-15"' in page


def test_several_files_become_several_documents_and_a_bad_one_does_not_stop_them(
    town: Town, browser_of: Browser
) -> None:
    files = [upload("Справка_май.txt"), upload("игра.pdf", b"MZ\x90"), upload("Справка июнь.txt", b"june")]

    answer = browser_of(town.coordinator).post("/documents/add/", card(title="", papers=files), follow=True)

    assert sorted(Document.objects.values_list("title", flat=True)) == ["Справка июнь", "Справка май"]
    assert "F-TYPE" in answer.content.decode()
    assert StoredFile.objects.count() == 2


def test_a_refused_file_keeps_what_was_typed_and_leaves_nothing(town: Town, browser_of: Browser) -> None:
    answer = browser_of(town.coordinator).post(
        "/documents/add/", card(number="99-Б", papers=[upload("a.pdf", b"MZ program")])
    )

    page = answer.content.decode()
    assert answer.status_code == 415
    assert "F-TYPE" in page
    assert 'value="99-Б"' in page
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_file_over_the_limit_is_refused_while_it_arrives(town: Town, browser_of: Browser) -> None:
    answer = browser_of(town.coordinator).post(
        "/documents/add/", card(papers=[upload("a.txt", b"a" * (20 * 1024 * 1024 + 1))])
    )

    assert answer.status_code == 413
    assert "F-SIZE" in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_an_empty_file_is_refused(town: Town, browser_of: Browser) -> None:
    answer = browser_of(town.coordinator).post("/documents/add/", card(papers=[upload("a.txt", b"")]))

    assert answer.status_code == 400
    assert "F-EMPTY" in answer.content.decode()


def test_a_full_disk_is_said_and_nothing_is_left(
    town: Town, browser_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", no_space)
    answer = browser_of(town.coordinator).post(
        "/documents/add/", card(title="Не поместится", papers=[upload("b.txt", b"no room for this")])
    )

    assert answer.status_code == 507
    assert "R-SPACE" in answer.content.decode()
    assert "Не поместится" in answer.content.decode()
    assert not Document.objects.exists()


def test_a_form_sent_twice_saves_once_and_shows_the_saved(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    key = str(uuid.uuid4())

    first = client.post("/documents/add/", card(papers=[upload()], key=key))
    second = client.post("/documents/add/", card(papers=[upload()], key=key), follow=True)

    assert Document.objects.count() == 1
    assert second.redirect_chain[-1][0] == first["Location"]
    assert "уже отправлена" in second.content.decode()


def test_a_deed_pressed_twice_is_done_once(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    document = town.approved()

    for _ in range(2):
        answer = client.post(f"/documents/{document.pk}/publish/", {"where": "portal", "on": "2022-09-15"})
        assert answer.status_code == 302
    assert Publication.objects.count() == 1


def test_publishing_says_what_it_waits_for(town: Town, browser_of: Browser) -> None:
    document = town.document()

    page = browser_of(town.coordinator).get(f"/documents/{document.pk}/").content.decode()

    assert "Разместить можно после утверждения" in page
    assert 'aria-disabled="true"' in page
    assert f"/documents/{document.pk}/publish/" not in page


def test_a_refusal_of_a_deed_keeps_the_words(town: Town, browser_of: Browser) -> None:
    document = town.approved()

    answer = browser_of(town.head).post(
        f"/documents/{document.pk}/return/", {"question": "Где подпись?", "on": "2022-09-15"}
    )

    assert answer.status_code == 422
    assert "Где подпись?" in answer.content.decode()
    assert "сначала отзовите утверждение" in answer.content.decode()


def test_titles_are_text_and_never_markup(town: Town, browser_of: Browser) -> None:
    document = town.approved(HOSTILE, number='"><img src=x>')
    client = browser_of(town.coordinator)

    for address in ("/documents/", f"/documents/{document.pk}/", f"/documents/{document.pk}/edit/"):
        page = client.get(address).content.decode()
        assert HOSTILE not in page
        assert "<img src=x>" not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize("text", ["a\x00b", "a\x01b", "a\u202eb", "a\ufffeb"])
def test_characters_that_may_not_be_stored_are_named(town: Town, browser_of: Browser, text: str) -> None:
    answer = browser_of(town.coordinator).post("/documents/add/", card(title=text, papers=[upload()]))

    assert answer.status_code == 422
    assert "недопустимые символы (позиция 2)" in answer.content.decode()
    assert not Document.objects.exists()


def test_two_people_correcting_one_card_see_both_versions(town: Town, browser_of: Browser) -> None:
    document = town.document("Было")
    client = browser_of(town.coordinator)
    seen = client.get(f"/documents/{document.pk}/edit/").context["form"]["seen"].value()
    client.post(
        f"/documents/{document.pk}/edit/", {"title": "Первый", "dated_on": "2022-09-01", "seen": seen}
    )

    answer = client.post(
        f"/documents/{document.pk}/edit/", {"title": "Второй", "dated_on": "2022-09-01", "seen": seen}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "R-CONFLICT" in page
    assert "Первый" in page
    assert "Второй" in page
    document.refresh_from_db()
    assert document.title == "Первый"


def test_search_finds_words_in_any_case_and_filters_narrow(town: Town, browser_of: Browser) -> None:
    town.approved("ОТЧЁТ о ходе работы", number="17-А", kind=town.kind)
    town.document("Справка школы", school=town.schools[0], activity=town.lines[1])
    client = browser_of(town.coordinator)

    def found(query: str) -> list[str]:
        return [row.title for row, *_ in client.get(f"/documents/?{query}").context["rows"]]

    assert found("q=отчет+ХОДЕ") == ["ОТЧЁТ о ходе работы"]
    assert found("q=17-а") == ["ОТЧЁТ о ходе работы"]
    assert found("state=draft") == ["Справка школы"]
    assert found(f"line={town.lines[1].pk}") == ["Справка школы"]
    assert found(f"school={town.schools[0].pk}") == ["Справка школы"]
    assert found(f"kind={town.kind.pk}") == ["ОТЧЁТ о ходе работы"]
    assert found("state=nonsense&line=x&page=99") == found("")
    assert found("on=2022-09-04&state=approved") == []


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_for_three_and_three_hundred(
    town: Town, browser_of: Browser, count: int
) -> None:
    for number in range(count):
        town.document(f"Документ {number}", school=town.schools[number % 2])
    client = browser_of(town.coordinator)
    client.get("/documents/")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get("/documents/")

    assert answer.status_code == 200
    assert len(asked) == 12
    assert len(answer.context["rows"]) == min(count, 50)


def test_a_publication_elsewhere_needs_an_address(town: Town, browser_of: Browser) -> None:
    document = town.approved()

    answer = browser_of(town.coordinator).post(
        f"/documents/{document.pk}/publish/", {"where": "elsewhere", "address": "", "on": "2022-09-15"}
    )

    assert answer.status_code == 422
    assert "Укажите адрес страницы" in answer.content.decode()


def test_a_published_document_is_taken_down_with_a_reason(town: Town, browser_of: Browser) -> None:
    publication = actions.publish(
        document=town.approved(), where="portal", on=date(2022, 9, 6), by=town.head, at=AT
    )
    client = browser_of(town.head)

    without = client.post(f"/publications/{publication.pk}/take-down/", {"reason": " "})
    client.post(f"/publications/{publication.pk}/take-down/", {"reason": "Устарел"})

    publication.refresh_from_db()
    assert without.status_code == 422
    assert publication.taken_down_on == TODAY


def test_a_word_is_given_and_confirmed_by_the_centre(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    line = town.lines[0]

    client.post(f"/lines/{line.pk}/word/", {"words": "Провели семинар", "happened_on": "2022-05-20"})
    word = line.attestations.get()
    assert "Провели семинар" in client.get("/words/").content.decode()
    client.post(f"/words/{word.pk}/confirm/", {"on": TODAY.isoformat()})

    word.refresh_from_db()
    assert (word.confirmed_on, word.confirmed_by) == (TODAY, town.coordinator)


def test_a_word_sent_twice_is_one_word(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    values = {"words": "Провели", "happened_on": "2022-05-20", "_key": str(uuid.uuid4())}

    for _ in range(2):
        assert client.post(f"/lines/{town.lines[0].pk}/word/", values).status_code == 302
    assert town.lines[0].attestations.count() == 1
