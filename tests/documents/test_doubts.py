"""Before something becomes public a question is asked about what looks like personal data; nothing is blocked for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opora.accounts.models import User
from opora.core.jobs import run_next
from opora.documents.doubts import people_named
from opora.documents.models import Publication
from opora.imports.forms import NEW_PLAN
from opora.schools.models import Participation
from tests.documents.conftest import AT, Town

Browser = Callable[[User | None], Client]
PUBLISH = {"where": "portal", "on": "2022-09-10"}


def words_of(town: Town, text: str) -> str:
    return (
        f"/documents/{town.approved('Справка', content=text.encode(), file_name='справка.txt').pk}/publish/"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Список\nСНИЛС 112-233-445 95", "Похоже на СНИЛС: строка 3"),
        ("Сваев Иван 7А\nПролётова Мария 7Б\nОпорный Пётр 8В", "Похоже на список учеников с классами"),
    ],
)
def test_a_question_is_asked_and_the_answer_publishes(
    town: Town, browser_of: Browser, text: str, said: str
) -> None:
    browser, address = browser_of(town.coordinator), words_of(town, text)

    asked = browser.post(address, PUBLISH)

    page = asked.content.decode()
    assert asked.status_code == 422
    assert said in page
    assert 'name="where" value="portal"' in page
    assert "всё равно разместить" in page
    assert not Publication.objects.exists()
    assert browser.post(address, {**PUBLISH, "is_sure": "yes"}).status_code == 302
    assert Publication.objects.count() == 1


def test_an_honest_document_is_published_at_once(town: Town, browser_of: Browser) -> None:
    address = words_of(town, "Отчёт. ИНН 5044012345, тел. 8 495 112-23-34, 7 класс")

    assert browser_of(town.coordinator).post(address, PUBLISH).status_code == 302


@pytest.mark.parametrize("form", ["{last} {first} Петровна", "{last} А. П.", "А. П. {last}", "{last} А.П."])
def test_people_without_consent_are_named_in_the_question(town: Town, browser_of: Browser, form: str) -> None:
    one = town.curator
    named = form.format(last=one.last_name, first=one.first_name)
    browser, address = browser_of(town.coordinator), words_of(town, f"Посещения провела {named}.")

    page = browser.post(address, PUBLISH).content.decode()

    assert "без согласия" in page
    assert one.short_name in page
    User.objects.filter(pk=one.pk).update(may_be_named_since=date(2022, 1, 1))
    assert browser.post(address, PUBLISH).status_code == 302


def test_names_in_other_cases_and_of_others() -> None:
    one = User(last_name="Сваева", first_name="Анна")
    other = User(last_name="Опорный", first_name="Пётр")

    def found(text: str) -> list[User]:
        return people_named(text, [one, other], date(2022, 9, 1))

    assert found("назначить Сваеву А. П. и Опорного П. И.") == [one, other]
    assert found("вместе с А. П. Сваевой") == [one]
    assert found("Сваева Ольга, Опорный мост, Сваевская А. П.") == []


def test_a_withdrawn_consent_is_none(town: Town) -> None:
    one = User(
        last_name="Сваева", first_name="Анна",
        may_be_named_since=date(2022, 1, 1), may_be_named_until=date(2022, 6, 1),
    )  # fmt: skip

    assert people_named("Сваева А. П.", [one], date(2022, 5, 1)) == []
    assert people_named("Сваева А. П.", [one], date(2022, 9, 1)) == [one]


def test_the_words_kept_for_search_are_asked_of(town: Town, browser_of: Browser) -> None:
    address = words_of(town, "СНИЛС 112-233-445 95")
    while run_next(at=AT):
        pass

    assert browser_of(town.coordinator).post(address, PUBLISH).status_code == 422


def test_a_loaded_table_is_remarked_with_its_rows_and_goes_on(town: Town, browser_of: Browser) -> None:
    table = "Название;Краткое название;Примечание\nМОУ «Школа № 5»;Школа № 5;СНИЛС 112-233-445 95\n"

    answer = browser_of(town.coordinator).post(
        "/schools/import/",
        {
            "file": SimpleUploadedFile("список.csv", table.encode()),
            "kind": Participation.Kind.values[0],
            "since": "2022-09-01",
            "municipality": town.municipality.pk,
        },
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "похоже на СНИЛС: строка 2" in page
    assert "Школа № 5" in page


def test_an_order_is_remarked_after_the_redirect(town: Town, browser_of: Browser) -> None:
    table = (
        "№ п/п;Описание действий;Дата реализации;Показатель\n1;Раздел;;\n"
        "1.1.;Провести семинар, СНИЛС 112-233-445 95;15 мая;проведён\n"
    )
    browser = browser_of(town.coordinator)

    answer = browser.post(
        "/imports/",
        {
            "file": SimpleUploadedFile("приказ.csv", table.encode()),
            "what": NEW_PLAN,
            "municipality": town.municipality.pk,
            "programme": town.programme.pk,
        },
        follow=True,
    )

    assert answer.redirect_chain
    assert "похоже на СНИЛС: строка 3" in answer.content.decode()
