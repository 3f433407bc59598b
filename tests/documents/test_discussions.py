"""A draft is shown and discussed until a day, proposals are settled one by one, approval asks about the open ones."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opora.accounts.models import User
from opora.core.refusal import Refused
from opora.documents.actions.discussions import (
    add_comment,
    close_discussion,
    open_discussion,
    settle_comment,
)
from opora.documents.models import Comment, Document
from tests.documents.conftest import AT, TEXT, Town

Browser = Callable[[User | None], Client]
LATER = date(2100, 1, 1)


def discussed(town: Town, until: date = LATER, **more: Any) -> Document:
    """A draft of the centre that is open for proposals."""
    draft = town.document("Рекомендации", **more)
    open_discussion(document=draft, until=until, by=town.head, at=AT)
    draft.refresh_from_db()
    return draft


def proposed(town: Town, draft: Document, words: str = "Добавить срок", **more: Any) -> Comment:
    """A proposal of the school to the first version."""
    said = {"version": draft.versions.get(number=1), "by": town.school_coordinator, "at": AT}
    return add_comment(document=draft, words=words, **{**said, **more})


def test_a_draft_is_seen_by_those_it_concerns_only_while_it_is_discussed(
    town: Town, other_town: Town, browser_of: Browser
) -> None:
    draft = town.document("Рекомендации")
    client = browser_of(town.school_coordinator)
    assert client.get(f"/documents/{draft.pk}/").status_code == 404

    open_discussion(document=draft, until=LATER, by=town.head, at=AT)
    assert client.get(f"/documents/{draft.pk}/files/1/").getvalue() == TEXT
    for address in ("", "comments/"):
        assert client.get(f"/documents/{draft.pk}/{address}").status_code == 200
        assert browser_of(town.curator).get(f"/documents/{draft.pk}/{address}").status_code == 200
        assert (
            browser_of(other_town.school_coordinator).get(f"/documents/{draft.pk}/{address}").status_code
            == 404
        )

    close_discussion(document=draft, by=town.head, at=AT)
    assert client.get(f"/documents/{draft.pk}/").status_code == 404
    with pytest.raises(Refused, match="закрывать нечего"):
        close_discussion(document=draft, by=town.head, at=AT)


def test_the_whole_way_of_recommendations(town: Town, browser_of: Browser) -> None:
    draft = town.document("Рекомендации")
    head, school = browser_of(town.head), browser_of(town.school_coordinator)
    head.post(f"/documents/{draft.pk}/discuss/", {"until": LATER.isoformat()})
    page = school.get(f"/documents/{draft.pk}/comments/").content.decode()
    assert "Предложений пока нет" in page

    version = draft.versions.get()
    for place, words in (("Раздел 2", "Добавить срок"), ("", "Убрать таблицу")):
        school.post(
            f"/documents/{draft.pk}/comments/", {"version": version.pk, "place": place, "words": words}
        )
    assert ">2</span>" in head.get(f"/documents/{draft.pk}/?on=today").content.decode()

    first, second = Comment.objects.order_by("pk")
    bare = head.post(f"/documents/{draft.pk}/comments/{first.pk}/settle/", {"outcome": "left"})
    assert (bare.status_code, "почему оставлено как есть" in bare.content.decode()) == (422, True)
    head.post(f"/documents/{draft.pk}/comments/{first.pk}/settle/", {"outcome": "taken"})

    stopped = head.post(f"/documents/{draft.pk}/approve/", {"on": "2022-09-15"})
    assert stopped.status_code == 422
    assert "Не разобрано: 1 предложение" in stopped.content.decode().replace("\u00a0", " ")
    assert "Утвердить, хотя не разобрано 1 предложение" in stopped.content.decode().replace("\u00a0", " ")
    head.post(
        f"/documents/{draft.pk}/comments/{second.pk}/settle/", {"outcome": "left", "answer": "Таблица нужна"}
    )
    assert head.post(f"/documents/{draft.pk}/approve/", {"on": "2022-09-15"}).status_code == 302
    assert (
        head.post(f"/documents/{draft.pk}/publish/", {"where": "portal", "on": "2022-09-15"}).status_code
        == 302
    )
    told = school.get(f"/documents/{draft.pk}/comments/?on=today").content.decode()
    assert "Таблица нужна" in told
    assert "Документ утверждён" in told


def test_approval_with_open_proposals_is_a_choice(town: Town, browser_of: Browser) -> None:
    draft = discussed(town)
    proposed(town, draft)
    client = browser_of(town.head)

    client.post(f"/documents/{draft.pk}/approve/", {"on": "2022-09-15", "is_open_left": "on"})

    draft.refresh_from_db()
    assert draft.state == Document.State.APPROVED


def test_open_proposals_stand_first_and_the_day_decides_what_is_open(town: Town, browser_of: Browser) -> None:
    draft = discussed(town)
    first, second = proposed(town, draft, "Первое"), proposed(town, draft, "Второе")
    settle_comment(comment=first, outcome="taken", answer="", by=town.head, at=AT + timedelta(days=2))
    client = browser_of(town.coordinator)

    before = client.get(f"/documents/{draft.pk}/comments/?on=2022-09-15").context
    after = client.get(f"/documents/{draft.pk}/comments/?on=2022-09-17").context

    assert [one.words for one in before["page"]] == ["Первое", "Второе"]
    assert [one.words for one in after["page"]] == ["Второе", "Первое"]
    assert (before["talk"].waiting, after["talk"].waiting) == (2, 1)
    assert not client.get(f"/documents/{draft.pk}/comments/?on=2022-09-10").context["page"].object_list
    assert second.outcome == Comment.Outcome.OPEN


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"words": "  "}, "Напишите, что вы предлагаете"),
        ({"words": "плохо\x00"}, "недопустимые символы"),
        ({"words": "x" * 20_001}, "Слишком длинно"),
        ({"place": "x" * 201}, "Слишком длинно"),
        ({"at": AT + timedelta(days=36_500)}, "принимались до"),
    ],
)
def test_a_proposal_is_refused_in_words(town: Town, change: dict[str, Any], words: str) -> None:
    draft = discussed(town)

    with pytest.raises(Refused, match=words):
        proposed(town, draft, **{"words": "Добавить", **change})
    assert not Comment.objects.exists()


def test_what_was_typed_is_kept_on_a_refusal(town: Town, browser_of: Browser) -> None:
    draft = discussed(town)
    client = browser_of(town.curator)

    answer = client.post(
        f"/documents/{draft.pk}/comments/", {"version": 987654, "place": "Раздел 7", "words": "Моё"}
    )

    assert answer.status_code == 422
    assert all(words in answer.content.decode() for words in ("Раздел 7", "Моё"))
    strange = client.post(f"/documents/{draft.pk}/comments/", {"version": "x" * 50, "words": "\x00"})
    assert strange.status_code == 422


def test_the_same_form_sent_twice_is_one_proposal_and_an_answer_is_given_once(
    town: Town, browser_of: Browser
) -> None:
    draft = discussed(town)
    client = browser_of(town.school_coordinator)
    values = {"version": draft.versions.get().pk, "words": "Добавить", "_key": str(uuid.uuid4())}
    for _ in range(2):
        assert client.post(f"/documents/{draft.pk}/comments/", values).status_code == 302

    comment = Comment.objects.get()
    head = browser_of(town.head)
    for outcome in ("taken", "left"):
        head.post(
            f"/documents/{draft.pk}/comments/{comment.pk}/settle/", {"outcome": outcome, "answer": "Ответ"}
        )
    comment.refresh_from_db()
    assert comment.outcome == "taken"


def test_what_may_not_be_discussed_says_why(town: Town, browser_of: Browser) -> None:
    of_school = town.document(school=town.schools[0])
    closed = town.document("Для центра", audience="centre")
    approved = town.approved()
    for document, words in (
        (of_school, "документ школы"),
        (closed, "только центру"),
        (approved, "утверждён"),
    ):
        with pytest.raises(Refused, match=words):
            open_discussion(document=document, until=LATER, by=town.head, at=AT)
    with pytest.raises(Refused, match="уже прошло"):
        open_discussion(document=town.document("Новый"), until=date(2022, 9, 14), by=town.head, at=AT)

    draft = town.document("Ещё один")
    empty = browser_of(town.head).post(f"/documents/{draft.pk}/discuss/", {"until": ""})
    assert (empty.status_code, "Укажите день" in empty.content.decode()) == (422, True)
    with pytest.raises(Refused, match="сейчас не принимаются"):
        proposed(town, draft)


def test_a_school_neither_opens_nor_settles(town: Town, browser_of: Browser) -> None:
    draft = discussed(town)
    comment = proposed(town, draft)
    client = browser_of(town.school_coordinator)

    assert client.get(f"/documents/{draft.pk}/discuss/").status_code == 403
    assert client.post(f"/documents/{draft.pk}/comments/{comment.pk}/settle/").status_code == 403
    assert "settle" not in client.get(f"/documents/{draft.pk}/comments/").content.decode()


@pytest.mark.parametrize("many", [3, 300])
def test_the_page_of_proposals_costs_the_same(town: Town, browser_of: Browser, many: int) -> None:
    draft = discussed(town)
    version = draft.versions.get()
    Comment.objects.bulk_create(
        Comment(document=draft, version=version, words=f"Слово {number}", said_at=AT, said_by=town.curator)
        for number in range(many)
    )
    client = browser_of(town.coordinator)
    client.get(f"/documents/{draft.pk}/comments/")

    with CaptureQueriesContext(connection) as asked:
        client.get(f"/documents/{draft.pk}/comments/")

    assert len(asked) == 12


def test_a_document_kept_for_the_centre_is_not_seen_by_schools(town: Town, browser_of: Browser) -> None:
    kept = town.approved("Только центру", audience="centre")
    own = town.approved("Своей школы", school=town.schools[0], audience="centre")
    client = browser_of(town.school_coordinator)

    assert client.get(f"/documents/{kept.pk}/").status_code == 404
    assert client.get(f"/documents/{kept.pk}/files/1/").status_code == 404
    assert client.get(f"/documents/{own.pk}/").status_code == 200
    for who in (town.coordinator, town.head):
        assert "Только центр и школа" in browser_of(who).get(f"/documents/{kept.pk}/").content.decode()
    assert "Только центру" not in browser_of(None).get("/open/documents/").content.decode()


def test_the_fields_of_a_card_are_written_and_corrected(town: Town, browser_of: Browser) -> None:
    factor = town.programme.risk_factors.create(number=1, name="Низкая мотивация")
    document = town.document(storage_term="5 лет", audience="centre")
    client = browser_of(town.coordinator)
    values = {"title": "Отчёт", "dated_on": "2022-09-01", "factor": factor.pk, "storage_term": "постоянно"}

    assert client.post(f"/documents/{document.pk}/edit/", {**values, "audience": "вздор"}).status_code == 422
    client.post(f"/documents/{document.pk}/edit/", {**values, "audience": "place"})

    document.refresh_from_db()
    assert (document.factor, document.storage_term, document.audience) == (factor, "постоянно", "place")
    page = client.get(f"/documents/{document.pk}/").content.decode()
    assert all(words in page for words in ("Низкая мотивация", "постоянно", "Все участники программы"))


def test_a_school_keeps_what_it_may_not_choose(town: Town, browser_of: Browser) -> None:
    document = town.document(school=town.schools[0], audience="centre")
    values = {
        "title": "Новое имя",
        "dated_on": "2022-09-01",
        "school": town.schools[0].pk,
        "audience": "place",
    }

    answer = browser_of(town.school_coordinator).post(f"/documents/{document.pk}/edit/", values)

    document.refresh_from_db()
    assert answer.status_code == 302
    assert (document.title, document.audience) == ("Новое имя", "centre")


def test_a_term_too_long_or_a_strange_audience_is_refused(town: Town) -> None:
    for change in ({"storage_term": "x" * 101}, {"audience": "everybody"}, {"storage_term": "\x00"}):
        with pytest.raises(Refused):
            town.document(**change)
    assert not Document.objects.exists()


def test_what_is_said_on_a_day_stands_on_the_page_of_that_day(town: Town, browser_of: Browser) -> None:
    draft = town.document("Рекомендации")
    head, school = browser_of(town.head), browser_of(town.school_coordinator)
    head.post(f"/documents/{draft.pk}/discuss/?on=2022-09-16", {"until": "2022-09-20"})
    address = f"/documents/{draft.pk}/comments/"

    school.post(f"{address}?on=2022-09-17", {"version": draft.versions.get().pk, "words": "Добавить срок"})
    said = Comment.objects.get()
    head.post(f"{address}{said.pk}/settle/?on=2022-09-18", {"outcome": "taken"})

    assert "Добавить срок" not in school.get(f"{address}?on=2022-09-16").content.decode()
    assert "не разобрано 1" in school.get(f"{address}?on=2022-09-17").content.decode()
    assert "не разобрано 0" in school.get(f"{address}?on=2022-09-18").content.decode()
    late = school.post(f"{address}?on=2022-09-21", {"version": draft.versions.get().pk, "words": "Поздно"})
    assert "принимались до 20.09.2022" in late.content.decode()
