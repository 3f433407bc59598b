"""One press of a button is one deed: a form that comes again is answered as the first time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from opora.accounts.actions import add_person
from opora.accounts.models import User
from opora.core.daily_work import forget_presses
from opora.core.history import record
from opora.core.models import HistoryEntry, Press
from opora.core.presses import KEPT, PressedTwice, Pressing, answered, claim
from tests.appointments.town import Town
from tests.house.doors import person_of
from tests.visits.test_turns import at_once

Browser = Callable[[User | None], Client]
AT = datetime(2022, 9, 1, 9, tzinfo=UTC)
TWICE = "Эта форма уже отправлена"


def filled(browser: Client, **more: Any) -> dict[str, Any]:
    """The form of a new person as the page gives it, filled in."""
    page = browser.get("/people/new/").content.decode()
    key = re.search(r'name="_key" value="([-0-9a-f]{36})"', page)
    assert key
    return {
        "_key": key[1],
        "last_name": "Ростверкова",
        "first_name": "Ольга",
        "email": "olga@example.test",
    } | more


def pressing(mark: str = "a" * 64) -> Pressing:
    return Pressing(mark=mark, at=AT)


def test_two_equal_presses_make_one_person_and_lead_to_one_page(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    told = filled(browser)
    people, deeds = User.objects.count(), HistoryEntry.objects.count()
    first = browser.post("/people/new/", told)
    done = HistoryEntry.objects.count()
    second = browser.post("/people/new/", told)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert (User.objects.count(), HistoryEntry.objects.count()) == (people + 1, done)
    assert done > deeds
    assert TWICE in browser.get(second.url).content.decode()


def test_a_second_key_is_a_second_form(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    keys = {filled(browser)["_key"] for _ in range(3)}
    assert len(keys) == 3


def test_words_corrected_after_back_are_taken_as_new(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    told = filled(browser)
    first = browser.post("/people/new/", told)
    second = browser.post("/people/new/", told | {"last_name": "Балкина", "email": "other@example.test"})
    assert second.url != first.url
    assert User.objects.filter(last_name="Балкина").count() == 1


def test_a_refused_form_may_be_sent_again(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    told = filled(browser, last_name="")
    pages = [browser.post("/people/new/", told).content.decode() for _ in range(2)]
    assert all("Человек не внесён" in page and TWICE not in page for page in pages)
    assert Press.objects.count() == 0


def test_the_press_of_another_person_never_matches(town: Town, browser_of: Browser) -> None:
    told = filled(browser_of(town.coordinator))
    told.pop("email")
    head = browser_of(person_of("head", 900))
    browser_of(town.coordinator).post("/people/new/", told)
    head.post("/people/new/", told)
    assert Press.objects.values("mark").distinct().count() == Press.objects.count()
    assert TWICE not in head.get("/people/").content.decode()


def test_the_content_of_a_file_is_a_part_of_the_press(rf: Any) -> None:
    from opora.desk.middleware import mark_of

    def mark(content: bytes) -> str:
        request = rf.post("/x/", {"_key": "k", "paper": SimpleUploadedFile("a.txt", content)})
        request.user = User()
        made = mark_of(request)
        assert request.FILES["paper"].read() == content
        request.close()
        return made

    assert mark(b"one") == mark(b"one") != mark(b"two")


def test_a_form_without_a_key_claims_nothing(town: Town, browser_of: Browser) -> None:
    told = filled(browser_of(town.coordinator))
    told.pop("_key")
    assert browser_of(town.coordinator).post("/people/new/", told).status_code == 302
    assert Press.objects.count() == 0


@pytest.mark.parametrize("key", ["\x00", "ы" * 3000, "-1"])
def test_a_key_that_is_no_key_breaks_nothing(town: Town, browser_of: Browser, key: str) -> None:
    browser = browser_of(town.coordinator)
    assert browser.post("/people/new/", filled(browser, _key=key)).status_code == 302


def test_the_mark_is_claimed_in_the_transaction_of_the_deed(town: Town) -> None:
    first, second = pressing(), pressing()
    answered.set(first)
    try:
        with transaction.atomic():
            record(town.schools[0], "school.edited", by=town.coordinator, at=AT)
            record(town.schools[0], "school.edited", by=town.coordinator, at=AT)
        answered.set(second)
        with pytest.raises(PressedTwice), transaction.atomic():
            record(town.schools[0], "school.edited", by=town.coordinator, at=AT)
    finally:
        answered.set(None)
    assert second.is_second
    assert Press.objects.get().number == first.number


def test_a_deed_that_is_rolled_back_gives_the_mark_back(town: Town) -> None:
    one = pressing()
    answered.set(one)
    try:
        with transaction.atomic():
            record(town.schools[0], "school.edited", by=None, at=AT)
            transaction.set_rollback(True)
        assert Press.objects.count() == 0
        with transaction.atomic():
            record(town.schools[0], "school.edited", by=None, at=AT)
    finally:
        answered.set(None)
    assert Press.objects.get().number == one.number


def test_many_deeds_of_one_press_claim_once(town: Town, django_assert_num_queries: Any) -> None:
    answered.set(pressing())
    try:
        with transaction.atomic():
            claim()
            with django_assert_num_queries(0):
                claim()
    finally:
        answered.set(None)


@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_one_moment_one_does_the_deed() -> None:
    def press(one: Pressing) -> None:
        answered.set(one)
        add_person(last_name="Ростверкова", first_name="Ольга", by=None, at=AT)

    said = at_once(*(lambda one=one: press(one) for one in (pressing(), pressing())))
    assert said == ["R-TWICE", "done"]
    assert User.objects.count() == 1


def test_a_press_whose_answer_was_lost_leads_back_to_its_page(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    told = filled(browser)
    browser.post("/people/new/", told)
    # What a kill between the deed and the answer leaves behind.
    Press.objects.update(answer="", at=AT)
    people = User.objects.count()
    answer = browser.post("/people/new/", told, headers={"referer": "http://testserver/people/new/?who=1"})
    assert (answer.status_code, answer.url, User.objects.count()) == (302, "/people/new/?who=1", people)
    away = browser.post("/people/new/", told, headers={"referer": "https://elsewhere.example/x"})
    assert away.url == "/people/new/"


def test_old_presses_are_forgotten(db: None) -> None:
    for place, age in enumerate((KEPT * 2, timedelta(hours=1))):
        Press.objects.create(mark=str(place), number=pressing().number, at=AT - age)
    forget_presses.run(moment=AT.isoformat())
    assert [one.mark for one in Press.objects.all()] == ["1"]


def test_the_base_holds_one_press_of_a_mark(db: None) -> None:
    Press.objects.create(mark="a", number=pressing().number, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Press.objects.create(mark="a", number=pressing().number, at=AT)
