"""«Мой день»: what waits for whom, what is late, what is near, who has been silent; of own schools only where due."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.accounts.models import User
from opora.appointments.models import Appointment
from opora.documents import actions as documents
from opora.plans.actions import assign_responsible
from opora.plans.models import Activity
from opora.schools.models import Region
from tests.indicators.town import AT, BEGAN, TODAY, Promised, Town, browser_of, make_person, make_town

MOST_QUERIES = 12
EVERYTHING: tuple[list[Promised], ...] = (
    [("people_appointed", "schools", 1)],
    [("documents_ready", "one", 1), ("documents_published", "one", 1)],
    [("attested", "schools", 1)],
)


def day_of(person: User, on: date = TODAY) -> str:
    answer = browser_of(person, on).get("/today/")
    assert answer.status_code == 200
    return answer.content.decode()


def sent(town: Town, title: str) -> int:
    document = town.document(title)
    documents.send_for_approval(document=document, by=town.coordinator, at=AT, on=date(2022, 9, 1))
    return document.pk


def test_a_head_is_greeted_and_told_what_waits_for_approval(town: Town) -> None:
    town.plan([("documents_ready", "one", 1)])
    pk = sent(town, "Справка об оснащении")

    shown = day_of(town.head)

    assert "Добрый день, Анна Петровна" in shown
    assert "Четверг, 15" in shown
    assert "Согласовать: Справка об оснащении" in shown
    assert f'href="/documents/{pk}/"' in shown


def test_a_word_waits_for_those_who_may_confirm_it(town: Town) -> None:
    town.plan([("attested", "one", 1)])
    word = town.word(words="Вебинар проведён")
    curator = town.curators[0]
    town.appoint("curator", town.schools[0], curator)

    assert f"/words/{word.pk}/confirm/" in day_of(town.head)
    assert "Вебинар проведён" not in day_of(curator)

    documents.confirm(attestation=word, on=TODAY, by=town.head, at=AT)
    assert f"/words/{word.pk}/confirm/" not in day_of(town.head)


def test_a_returned_document_waits_for_the_one_who_entered_it(town: Town) -> None:
    town.plan([("documents_ready", "one", 1)])
    document = town.document("Анализ программ")
    documents.return_with_question(
        document=document, question="Какие школы вошли?", on=date(2022, 9, 1), by=town.head, at=AT
    )

    assert "Ответить на вопрос: Анализ программ" in day_of(town.coordinator)
    assert "Какие школы вошли?" in day_of(town.coordinator)
    assert "Ответить на вопрос" not in day_of(town.head)


def test_the_day_looked_at_decides_what_waits(town: Town) -> None:
    town.plan([("documents_ready", "one", 1)])
    sent(town, "Справка")

    assert "Согласовать: Справка" in day_of(town.head)
    assert "Согласовать: Справка" not in day_of(town.head, date(2022, 8, 31))


def test_late_lines_name_whom_they_lack_with_one_button(town: Town) -> None:
    town.plan([("documents_ready", "schools", 1)], [("documents_ready", "one", 1)])
    town.approved(school=town.schools[0])

    shown = day_of(town.coordinator)

    assert "Срок прошёл <span" in shown
    assert "Школа № 102, Школа № 103" in shown
    assert f"/documents/add/?line={town.lines[0].pk}" in shown
    assert "Срок прошёл 107" in shown


def test_a_curator_sees_only_what_own_schools_lack(town: Town) -> None:
    town.plan([("documents_ready", "schools", 1)], [("documents_ready", "one", 1)])
    curator = town.curators[0]
    town.appoint("curator", town.schools[1], curator)

    shown = day_of(curator)

    assert "Школа № 102" in shown
    assert "Школа № 101" not in shown
    assert "Школа № 103" not in shown
    assert town.lines[1].text not in shown


def test_a_school_that_did_its_part_sees_the_line_no_more(town: Town) -> None:
    town.plan([("documents_ready", "schools", 1)])
    keeper = make_person("Камнева")
    town.appoint("school_coordinator", town.schools[0], keeper)
    assert town.lines[0].text in day_of(keeper)

    town.approved(school=town.schools[0])
    assert town.lines[0].text not in day_of(keeper)


def test_lines_in_work_wait_for_the_one_who_leads_them(town: Town) -> None:
    town.plan([("documents_ready", "one", 1)])
    in_may = date(2022, 4, 1)
    assert "Ваши пункты в работе" not in day_of(town.coordinator, in_may)

    assign_responsible(activities=town.lines, person=town.coordinator, since=BEGAN, by=town.head, at=AT)

    assert "Ваши пункты в работе" in day_of(town.coordinator, in_may)
    assert "Ваши пункты в работе" not in day_of(town.head, in_may)


def test_the_fortnight_shows_the_days_on_which_terms_end(town: Town) -> None:
    town.plan([("documents_ready", "one", 1)], [("documents_ready", "one", 1)])
    Activity.objects.filter(pk=town.lines[0].pk).update(ends_on=date(2022, 9, 20))
    Activity.objects.filter(pk=town.lines[1].pk).update(ends_on=date(2022, 9, 30))

    shown = day_of(town.coordinator)

    assert shown.count('class="ev"') == 1
    assert 'id="d2022-09-20"' in shown
    assert 'id="d2022-09-30"' not in shown
    assert "30\u00a0сентября наступает срок пункта" in shown


def test_schools_silent_for_more_than_fourteen_days_are_named(town: Town) -> None:
    town.plan([("documents_ready", "schools", 1)])
    town.approved(school=town.schools[0], on=date(2022, 9, 1))
    town.word(school=town.schools[1], on=date(2022, 8, 31))

    shown = day_of(town.coordinator).split("Давно не слышно")[1]

    assert "Школа № 101" not in shown
    assert "15 дней, с 31" in shown.replace("\u00a0", " ")
    assert "Школа № 103" in shown


@pytest.mark.parametrize("kind", ["nobody", "no roadmap for her", "no roadmap for him"])
def test_an_empty_day_teaches_what_starts_it(town: Town, kind: str) -> None:
    person = make_person("Новенькая") if kind == "nobody" else town.coordinator
    told = "Обязанности пока нет"
    if kind == "no roadmap for her":
        told = "Загрузить приказ"
    if kind == "no roadmap for him":
        person, told = town.head, "когда муниципальный координатор загрузит приказ"

    assert told in day_of(person)


def test_nothing_waiting_is_said_kindly(town: Town) -> None:
    town.plan([("documents_ready", "one", 1)])
    town.approved()

    assert "Сейчас вас ничто не ждёт" in day_of(town.head)


def test_words_that_look_like_markup_are_shown_as_words(town: Town) -> None:
    town.plan([("attested", "one", 1)])
    town.word(words="<script>alert(1)</script>")

    shown = day_of(town.head)
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize("who", ["coordinator", "head", "curator", "regional"])
def test_the_day_costs_at_most_twelve_queries_whatever_its_size(db: None, who: str) -> None:
    counts = []
    for size in (1, 20):
        town = make_town(3 * size, name=f"Город {size}")
        town.plan(*EVERYTHING * size)
        for number in range(size):
            sent(town, f"Справка {number}")
            town.word(words=f"Слово {number}", school=town.schools[number])
        person = {"coordinator": town.coordinator, "head": town.head, "curator": town.curators[0]}.get(who)
        for school in town.schools[:size]:
            town.appoint("curator", school, town.curators[0])
        if person is None:
            person = make_person("Областная")
            Appointment.objects.create(
                person=person,
                duty="regional_coordinator",
                programme=town.programme,
                region=Region.objects.get(),
                since=BEGAN,
            )
        client = browser_of(person)
        client.get("/today/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/today/").status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1] <= MOST_QUERIES
