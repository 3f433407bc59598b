"""The register of unified forms through its pages: entered, seen by need, taken, returned, renewed, withdrawn."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.core.refusal import Refused
from opora.documents.actions.form_templates import add_form, add_form_version, return_form, take_form
from opora.documents.models import Document, FormCopy, FormTemplate
from opora.schools.models import Participation, School
from tests.documents.conftest import Town
from tests.documents.owed_town import APRIL, AT, TODAY, choose, factor, furnish
from tests.documents.test_marks import seen
from tests.house.world_marks import blank

LIST, COPIES = "/forms/", "/forms/copies/"
LIST_QUERIES = 14


@pytest.fixture(autouse=True)
def furnished(town: Town) -> None:
    furnish(town)
    choose(town, town.schools[0], 1)
    choose(town, town.schools[1], 2)


def add(town: Town, number: str, *factors: int, **more: Any) -> FormTemplate:
    said = {
        "programme": town.programme,
        "municipality": town.municipality,
        "number": number,
        "title": f"Форма {number}",
        "factors": [factor(one) for one in factors],
        "content": blank(number),
        "file_name": "форма.docx",
        "by": town.coordinator,
        "at": AT,
        "on": APRIL,
    }
    return add_form(**{**said, **more})


def upload(content: bytes, name: str = "форма.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_coordinator_enters_a_form_renews_it_and_withdraws_it(town: Town) -> None:
    coordinator = seen(town.coordinator)

    card = coordinator.send(
        coordinator.open("/forms/add/"),
        number="7", title="Отчёт по риску", factors=[str(factor(1).pk)], file=upload(blank("first")),
        on="2022-04-01", activity=str(town.lines[0].pk),
    )  # fmt: skip
    template = FormTemplate.objects.get()
    assert card.address.endswith(f"/forms/{template.pk}/")
    assert (template.activity, list(template.factors.all())) == (town.lines[0], [factor(1)])
    coordinator.send(
        coordinator.open(f"/forms/{template.pk}/version/"),
        file=upload(blank("second")), changed="Добавлена графа", on="2022-05-01",
    )  # fmt: skip
    coordinator.send(
        coordinator.open(f"/forms/{template.pk}/edit/"), number="7а", title="Отчёт по двум рискам",
        factors=[str(factor(1).pk), str(factor(2).pk)],
    )  # fmt: skip
    words = coordinator.send(
        coordinator.open(f"/forms/{template.pk}/withdraw/"), reason="Заменена общей"
    ).words

    assert "Добавлена графа" in words
    assert "Выведена из реестра" in words
    assert [version.number for version in template.versions.order_by("number")] == [1, 2]
    assert "7а Отчёт по двум рискам" in seen(town.coordinator, date(2022, 5, 2)).open(LIST).words
    assert "7а Отчёт по двум рискам" not in seen(town.coordinator, TODAY).open(LIST).words


def test_a_number_of_the_register_is_given_once_and_a_form_is_a_file_to_fill_in(town: Town) -> None:
    add(town, "1")

    with pytest.raises(Refused, match="уже есть"):
        add(town, "1")
    with pytest.raises(Refused) as refusal:
        add(town, "2", content=b"plain words", file_name="форма.txt")
    assert refusal.value.code == "F-TYPE"
    coordinator = seen(town.coordinator)
    page = coordinator.send(
        coordinator.open("/forms/add/"), number="1", title="Другая", file=upload(blank("x")), on="2022-04-01", status=422
    )  # fmt: skip
    assert page.tree.find(".//input[@name='title']").get("value") == "Другая"


def test_a_school_sees_exactly_what_its_factors_need_and_forms_for_everybody(town: Town) -> None:
    for number, factors in (("1", ()), ("2", (1,)), ("3", (2,)), ("4", (1, 2))):
        add(town, number, *factors)

    words = seen(town.school_coordinator).open(LIST).words

    assert [number for number in "1234" if f"Форма {number}" in words] == ["1", "2", "4"]


def test_a_school_takes_a_form_and_returns_it_filled(town: Town) -> None:
    template = add(town, "1", 1, activity=town.lines[0])
    keeper = seen(town.school_coordinator)

    taken = keeper.send(keeper.open(LIST), f"/forms/{template.pk}/take/")
    assert taken.content == blank("1")
    assert "attachment" in taken.headers["Content-Disposition"]
    copy = FormCopy.objects.get()
    assert (copy.school, copy.taken_on, copy.taken_by) == (town.schools[0], TODAY, town.school_coordinator)

    back = keeper.open(f"/forms/copies/{copy.pk}/return/")
    keeper.send(back, file=upload(b"", "пусто.txt"), status=400)
    keeper.send(back, file=upload("Заполнено".encode(), "форма.txt"))
    again = keeper.send(back, file=upload("Заполнено".encode(), "форма.txt"))
    assert "уже отправлена" in again.content.decode()

    document = Document.objects.get()
    copy.refresh_from_db()
    assert (copy.returned_on, copy.document) == (TODAY, document)
    assert (document.kind and document.kind.code, document.school, document.factor, document.state) == (
        "filled-form", town.schools[0], factor(1), "sent",
    )  # fmt: skip
    assert document.activity == town.lines[0]
    assert "вернули в. 1" in seen(town.coordinator).open(COPIES).words


def test_whoever_has_an_older_version_is_told_and_takes_the_new_one(town: Town) -> None:
    template = add(town, "1")
    take_form(version=template.versions.get(), school=town.schools[0], by=town.coordinator, at=AT, on=APRIL)
    add_form_version(
        template=template, content=blank("new"), file_name="форма.docx", by=town.coordinator, at=AT, on=TODAY
    )
    keeper = seen(town.school_coordinator)

    assert "взяли в. 1" in seen(town.coordinator).open(COPIES).words
    assert "есть новее" in keeper.open(LIST).words
    taken = keeper.send(keeper.open(LIST), f"/forms/{template.pk}/take/")

    assert taken.content == blank("new")
    assert "Взята версия 2" in keeper.open(LIST).words
    assert "Взята версия 1" in seen(town.coordinator, date(2022, 9, 14)).open(f"/forms/{template.pk}/").words


def test_taking_twice_is_taking_once_and_a_form_of_a_later_day_is_not_there_yet(town: Town) -> None:
    template = add(town, "1", on=date(2022, 5, 1))
    version = template.versions.get()

    for _ in range(2):
        take_form(version=version, school=town.schools[0], by=town.coordinator, at=AT, on=TODAY)
    with pytest.raises(Refused, match="действует с"):
        take_form(version=version, school=town.schools[1], by=town.coordinator, at=AT, on=APRIL)

    assert FormCopy.objects.count() == 1
    assert "Форма 1" not in seen(town.coordinator, APRIL).open(LIST).words


def test_a_keeper_takes_for_the_own_school_only(town: Town) -> None:
    template = add(town, "1")
    keeper = seen(town.school_coordinator)
    page = keeper.open(LIST)

    answer = keeper.send(page, f"/forms/{template.pk}/take/", school=str(town.schools[1].pk))

    assert "для какой школы" in answer.tree.text_content()
    assert FormCopy.objects.count() == 0


def test_the_register_as_a_workbook_tells_who_has_what(town: Town) -> None:
    template = add(town, "1", 1, title="=1+1 форма")
    copy = take_form(
        version=template.versions.get(), school=town.schools[0], by=town.coordinator, at=AT, on=APRIL
    )
    return_form(
        copy=copy, content=b"filled", file_name="a.txt", by=town.coordinator, at=AT, on=date(2022, 4, 5)
    )

    book = seen(town.coordinator).client.get("/forms/register.xlsx").content
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.values)

    assert rows[0][-2:] == ("Школа № 101", "Школа № 102")
    assert rows[1][:3] == ("1", "=1+1 форма", "1. Фактор номер 1")
    assert rows[1][-2] == "Возвращена, версия 1 (05.04.2022)"


@pytest.mark.parametrize("address", [LIST, COPIES])
def test_pages_over_many_schools_and_forms_cost_the_same(address: str, town: Town) -> None:
    coordinator, costs = seen(town.coordinator), []
    for turn in range(2):
        for number in range(1 + 9 * turn):
            template = add(town, f"{turn}-{number}", 1, 2)
            take_form(
                version=template.versions.get(), school=town.schools[0], by=town.coordinator, at=AT, on=APRIL
            )
        with CaptureQueriesContext(connection) as captured:
            assert coordinator.client.get(address).status_code == 200
        costs.append(len(captured))
        made = School.objects.bulk_create(
            School(municipality=town.municipality, name=f"Ш {turn}-{one}", short_name=f"Ш {turn}-{one}")
            for one in range(300)
        )
        Participation.objects.bulk_create(
            Participation(school=one, programme=town.programme, since=date(2022, 1, 10)) for one in made
        )

    assert costs[0] == costs[1] <= LIST_QUERIES, costs
