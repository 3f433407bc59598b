"""Municipalities that come with a list of schools, and lists of municipalities with their centres."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from django.test import Client

from opora.accounts.models import User
from opora.appointments.models import Appointment
from opora.core.history import history_of
from opora.schools.models import Municipality, Region, School
from tests.appointments.town import Town, make_town, open_as, person
from tests.schools.sheets import upload, workbook
from tests.schools.test_import import words_of

Browser = Callable[[Any], Client]
LETTERS = "абвгдежзиклмноп"
SCHOOLS, PLACES = "/schools/import/", "/schools/municipalities/"
HEAD = ("Регион", "Муниципалитет", "Школа")
CENTRES = (
    "Муниципалитет",
    "Методический центр",
    "Краткое название центра",
    "Адрес",
    "Должность руководителя",
    "Руководитель",
)
CENTRE = (
    "г. о. Дальнинск",
    "Центр «Мост» г. о. Дальнинск",
    "ЦМ",
    "ул. Мостовая, 1",
    "Заведующий",
    "Ясная Вера Ильинична",
)


@pytest.fixture
def regional(town: Town) -> User:
    """The coordinator of the region."""
    who = person("Краева")
    Appointment.objects.create(
        person=who,
        duty="regional_coordinator",
        programme=town.programme,
        region=town.municipality.region,
        since=date(2022, 1, 10),
    )
    return who


def give(client: Client, rows: Sequence[Sequence[Any]], address: str = SCHOOLS) -> Any:
    asked = {"file": upload(workbook(rows)), "kind": "low_results", "since": "2022-01-01"}
    return client.post(address, asked)


def agree(client: Client, preview: Any, address: str = SCHOOLS, **answers: Any) -> Any:
    import lxml.html

    page = lxml.html.fromstring(preview.content.decode())
    form = next(one for one in page.forms if "mark" in one.fields)
    fields: dict[str, Any] = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value or "")
    return client.post(address, {**fields, "agree": "1", **answers}, follow=True)


def codes_in(preview: Any) -> list[str]:
    import lxml.html

    page = lxml.html.fromstring(preview.content.decode())
    return [str(one) for one in page.xpath('//input[@name="place" and @type="checkbox"]/@value')]


def test_an_unknown_municipality_waits_for_a_tick(town: Town, regional: User, browser_of: Browser) -> None:
    client = browser_of(regional)
    rows = [
        HEAD,
        ("Примерная обл.", "г. о. Дальнинск", "Школа № 7"),
        ("", "Дальнинск", "Школа № 8"),
        ("", "Примерск", "Школа № 9"),
    ]

    preview = give(client, rows)
    agree(client, preview)

    assert "Будет заведён: 1 муниципалитет" in words_of(preview)
    assert "г. о. ДальнинскПримерная область, 2 школы" in words_of(preview)
    assert Municipality.objects.count() == 1
    assert set(School.objects.values_list("number", flat=True)) == {101, 102, 103, 9}


def test_a_ticked_one_is_shown_with_its_schools_and_then_entered(
    town: Town, regional: User, browser_of: Browser
) -> None:
    client = browser_of(regional)
    rows = [HEAD, ("", "г. о. Дальнинск", "Школа № 7"), ("", "Дальнинск", "Школа № 8")]
    preview = give(client, rows)

    shown = agree(client, preview, place=codes_in(preview))
    before = Municipality.objects.count()
    done = agree(client, shown)

    assert "посмотрите и согласитесь" in words_of(shown)
    assert "Новых школ: 2" in words_of(shown)
    assert before == 1
    place = Municipality.objects.get(name="г. о. Дальнинск")
    assert (place.region, place.schools.count()) == (town.municipality.region, 2)
    assert [entry.verb for entry in history_of(place)] == ["municipality.added"]
    assert "г. о. Дальнинск: методический центр" in words_of(done), "the page says what to fill in"
    assert "без изменений: 2" in words_of(give(client, rows))


def test_another_region_is_never_entered(
    town: Town, other_town: Town, regional: User, browser_of: Browser
) -> None:
    client = browser_of(regional)
    rows = [
        HEAD,
        ("Соседняя область", "г. о. Соседск", "Школа № 7"),
        ("Соседняя область", "г. о. Новый", "Школа № 8"),
        ("Неведомая область", "г. о. Новый", "Школа № 9"),
    ]

    preview = give(client, rows)
    agree(client, preview, place=[f"{other_town.municipality.region_id}:новый"])

    assert "региона «Соседняя область» нет среди тех, что вы ведёте" in words_of(preview)
    assert "региона «Неведомая область» нет среди тех, что вы ведёте" in words_of(preview)
    assert (Municipality.objects.count(), Region.objects.count()) == (2, 2)
    assert not School.objects.filter(number__in=(7, 8, 9)).exists()


def test_the_coordinator_of_a_town_enters_no_other(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)

    preview = give(client, [HEAD, ("", "г. о. Дальнинск", "Школа № 7")])
    places = give(client, [CENTRES, CENTRE], PLACES)
    agree(client, places, PLACES)

    assert codes_in(preview) == []
    assert "нет среди тех, что вы ведёте" in words_of(preview)
    assert "такого муниципалитета нет среди тех, что вы ведёте" in words_of(places)
    assert Municipality.objects.count() == 1


def test_two_who_enter_one_municipality_do_not_double_it(
    town: Town, regional: User, browser_of: Browser
) -> None:
    client = browser_of(regional)
    rows = [HEAD, ("", "г. о. Дальнинск", "Школа № 7")]
    preview = give(client, rows)
    shown = agree(client, preview, place=codes_in(preview))
    agree(client, agree(client, give(client, rows), place=codes_in(preview)))

    late = agree(client, shown)

    assert late.status_code in {200, 409}
    assert Municipality.objects.filter(name="г. о. Дальнинск").count() == 1
    assert School.objects.filter(number=7).count() == 1


def test_a_list_of_municipalities_enters_changes_and_repeats(
    town: Town, regional: User, browser_of: Browser
) -> None:
    client = browser_of(regional)
    rows = [CENTRES, CENTRE, ("Примерск", "", "МЦ Примерска", "", "", "")]

    preview = give(client, rows, PLACES)
    agree(client, preview, PLACES)
    again = give(client, rows, PLACES)

    assert "Будет заведено: 1, изменится: 1, без изменений: 0" in words_of(preview)
    assert "центр, коротко: Методический центр → МЦ Примерска" in words_of(preview)
    assert "Будет заведено: 0, изменится: 0, без изменений: 2" in words_of(again)
    made = Municipality.objects.get(name="г. о. Дальнинск")
    told = (made.centre_name, made.centre_short_name, made.centre_address, made.head_post, made.head_name)
    assert told == CENTRE[1:]
    town.municipality.refresh_from_db()
    assert town.municipality.centre_short_name == "МЦ Примерска"
    assert town.municipality.head_name == "Пролётова Анна Петровна", "an empty cell changes nothing"
    assert history_of(town.municipality)[0].verb == "municipality.changed"


def test_doubts_of_a_list_of_municipalities_are_told(
    town: Town, other_town: Town, regional: User, browser_of: Browser
) -> None:
    content = workbook(
        [
            ("Регион", "Муниципалитет", "Директор"),
            ("", "Примерск", "Я" * 400),
            ("", "г. о. Примерск", "Дважды"),
            ("Соседняя область", "Соседск", "Чужой"),
        ]
    )

    answer = browser_of(regional).post(PLACES, {"file": upload(content)})

    said = words_of(answer)
    assert "руководитель: длиннее 300 знаков" in said
    assert "«г. о. Примерск» уже был (лист «Список», строка 2), взята первая строка" in said
    assert "региона «Соседняя область» нет среди тех, что вы ведёте" in said


def test_bad_lists_of_municipalities_are_refused_in_russian(
    town: Town, regional: User, browser_of: Browser
) -> None:
    client = browser_of(regional)
    for content in (b"", workbook([("Привет", "мир")]), workbook([CENTRES]), b"\x00" * 300):
        answer = client.post(PLACES, {"file": upload(content)})
        assert 400 <= answer.status_code < 500
        assert any(word in words_of(answer) for word in ("Не найден", "F-EMPTY", "F-TYPE"))
    assert client.post(PLACES, {"text": " "}).status_code == 400


def test_the_region_sees_doors_only_to_what_it_may(town: Town, regional: User, browser_of: Browser) -> None:
    page = open_as(browser_of(regional), "/schools/")

    assert PLACES in page
    assert "/programmes/" in page  # the programme of the next year is the region's to make
    neighbour = make_town("г. о. Соседск", "Соседняя область")
    assert browser_of(regional).get(f"/schools/{neighbour.schools[0].pk}/change/").status_code == 404


def test_a_name_that_is_too_long_is_told(town: Town, regional: User, browser_of: Browser) -> None:
    long = "г. о. " + "Д" * 300
    client = browser_of(regional)

    for rows, address in (
        ([HEAD, ("", long, "Школа № 7")], SCHOOLS),
        ([CENTRES, (long, *CENTRE[1:])], PLACES),
    ):
        preview = give(client, rows, address)
        agree(client, preview, address)
        assert "длиннее 200 знаков" in words_of(preview)

    assert Municipality.objects.count() == 1


def test_the_number_of_queries_does_not_grow(
    town: Town, regional: User, browser_of: Browser, django_assert_max_num_queries: Any
) -> None:
    client = browser_of(regional)
    rows = [
        CENTRES,
        *(
            ("г. о. Город " + LETTERS[n % 15] + LETTERS[n // 15], f"Центр {n}", "", "", "", "")
            for n in range(200)
        ),
    ]
    preview = give(client, rows, PLACES)

    with django_assert_max_num_queries(40):
        agree(client, preview, PLACES)

    assert Municipality.objects.count() == 201
