"""A deed bears the real day; an earlier one needs the right and leaves its mark."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from opora.accounts.models import User
from opora.core.deeds import words_of
from opora.core.history import history_of
from opora.documents import actions
from opora.documents.models import Publication
from tests.clock import DayClient
from tests.documents.conftest import AT, TODAY, Town

Browser = Callable[[User | None], DayClient]
ENTERED = "(внесено 15 сентября 2022)"


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_a_coordinator_enters_an_earlier_approval_and_the_day_is_marked(
    town: Town, browser_of: Browser
) -> None:
    document, client = town.document(), browser_of(town.coordinator)
    assert "Каким днём записать" in words(client.get(f"/documents/{document.pk}/approve/"))

    client.post(f"/documents/{document.pk}/approve/", {"on": "2022-09-05", "key": ""})

    document.refresh_from_db()
    assert (document.approved_on, document.approval_entered_on) == (date(2022, 9, 5), TODAY)
    card = words(client.get(f"/documents/{document.pk}/"))
    assert f"5 сентября 2022 {ENTERED}" in card
    assert "документ утверждён, 05.09.2022, внесено 15.09.2022" in card
    assert f"05.09.2022 {ENTERED}" in words(client.get("/documents/"))
    actions.recall_approval(document=document, reason="Ошибка", by=town.head, at=AT)
    document.refresh_from_db()
    assert document.approval_entered_on is None


def test_a_deed_of_today_bears_no_mark(town: Town, browser_of: Browser) -> None:
    document, client = town.document(), browser_of(town.coordinator)
    client.post(f"/documents/{document.pk}/approve/", {"on": "2022-09-15", "key": ""})
    document.refresh_from_db()
    assert (document.approved_on, document.approval_entered_on) == (TODAY, None)
    assert "внесено" not in words_of(history_of(document)[0].verb, history_of(document)[0].facts)


def test_whoever_has_no_right_has_no_field_and_a_sent_day_is_not_read(
    town: Town, browser_of: Browser
) -> None:
    document, client = town.document(), browser_of(town.head)
    address = f"/documents/{document.pk}/approve/"
    assert "Каким днём записать" not in words(client.get(address))

    client.post(address, {"on": "2022-09-05", "key": ""})

    document.refresh_from_db()
    assert (document.approved_on, document.approval_entered_on) == (TODAY, None)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2022-09-16", "ещё не наступило"),
        ("2022-08-31", "раньше этого дня нельзя"),
        ("2022-02-31", "Такого дня"),
    ],
)
def test_no_day_to_come_and_none_before_the_paper(
    town: Town, browser_of: Browser, day: str, told: str
) -> None:
    document = town.document()
    answer = browser_of(town.coordinator).post(f"/documents/{document.pk}/approve/", {"on": day, "key": ""})
    assert answer.status_code == 422
    assert told in words(answer)
    document.refresh_from_db()
    assert document.approved_on is None


def test_whatever_day_is_looked_at_a_deed_is_of_today(town: Town, browser_of: Browser) -> None:
    document, client = town.document(), browser_of(town.school_coordinator)
    own = town.document("Отчёт школы", school=town.schools[0])
    client.post("/look/", {"on": "2022-09-02", "back": "/"})
    page = words(client.get(f"/documents/{own.pk}/send/"))
    assert "Всё, что вы сделаете, запишется сегодняшним днём: 15 сентября 2022" in page

    client.post(f"/documents/{own.pk}/send/", {"on": "2022-09-02", "key": ""})

    own.refresh_from_db()
    assert own.sent_on == TODAY
    assert document.sent_on is None


def test_a_word_is_confirmed_by_an_earlier_day_with_a_mark(town: Town, browser_of: Browser) -> None:
    client, line = browser_of(town.coordinator), town.lines[0]
    client.post(f"/lines/{line.pk}/word/", {"words": "Провели семинар", "happened_on": "2022-05-20"})
    word = line.attestations.get()

    client.post(f"/words/{word.pk}/confirm/", {"on": "2022-05-25", "key": ""})

    word.refresh_from_db()
    assert (word.confirmed_on, word.confirmation_entered_on) == (date(2022, 5, 25), TODAY)
    assert f"подтверждено 25 мая 2022 {ENTERED}" in words(client.get("/words/?which=confirmed"))


def test_a_page_elsewhere_keeps_its_day_with_a_mark_and_the_portal_has_today(
    town: Town, browser_of: Browser
) -> None:
    document, client = town.approved(), browser_of(town.head)
    address = f"/documents/{document.pk}/publish/"
    client.post(
        address,
        {"where": "elsewhere", "address": "https://school.example/1", "on": "2022-09-10", "key": ""},
    )
    client.post(address, {"where": "portal", "on": "2022-09-10", "key": ""})

    days = dict(Publication.objects.values_list("where", "published_on"))
    assert days == {"elsewhere": date(2022, 9, 10), "portal": TODAY}
    assert f"С 10 сентября 2022 {ENTERED}" in words(client.get(f"/documents/{document.pk}/"))
