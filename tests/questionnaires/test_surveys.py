"""Results of surveys made elsewhere: read in a child, looked at, kept all or nothing, replaced by a second load."""

from __future__ import annotations

from datetime import date
from typing import Any

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.core.history import history_of
from opora.core.refusal import Refused
from opora.core.uploads import content_of
from opora.questionnaires.actions.surveys import load_survey
from opora.questionnaires.models import Survey, SurveyFigure
from opora.questionnaires.told_survey import Figure, ToldFigure, figures_of
from tests.indicators.town import AT, Town, browser_of, make_town
from tests.questionnaires.gathering import seen
from tests.schools.sheets import csv_of, upload, workbook

ROWS = (
    ("Вопрос", "Ответ", "Количество", "Всего", "Группа"),
    ("Помогает ли куратор?", "Да", 8, 10, "директора"),
    ("", "Нет", 2, 10, ""),
    ("Помогает ли куратор?", "Да", 3, 4, "кураторы"),
    ("Сколько посещений нужно?", "=1+1", 4, 4, "кураторы"),
)
LIST, ONE = 7, 7


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


def load(town: Town, content: bytes, name: str = "опрос.xlsx", **more: Any) -> Any:
    told = {"title": "Опрос директоров", "held_on": "2022-05-20", "file": upload(content, name), **more}
    return browser_of(town.coordinator).post("/surveys/load/", told)


def agree(town: Town, preview: Any) -> Any:
    form = next(one for one in lxml.html.fromstring(preview.content.decode()).forms if "rows" in one.fields)
    told = {name: value or "" for name, value in form.form_values()}
    return browser_of(town.coordinator).post("/surveys/load/", {**told, "agree": "1"}, follow=True)


def test_a_table_is_looked_at_and_then_kept_with_its_file(town: Town) -> None:
    content = workbook(ROWS)
    preview = load(town, content)
    assert "4 результата" in seen(preview).replace("\xa0", " ")
    assert not Survey.objects.exists()

    page = agree(town, preview)

    survey = Survey.objects.get()
    assert page.redirect_chain[-1][0] == f"/surveys/{survey.pk}/"
    assert content_of(survey.file) == content  # type: ignore[arg-type]  # -- the file is there
    assert list(SurveyFigure.objects.values_list("group", "question", "answer", "amount", "total")) == [
        ("директора", "Помогает ли куратор?", "Да", 8, 10),
        ("директора", "Помогает ли куратор?", "Нет", 2, 10),
        ("кураторы", "Помогает ли куратор?", "Да", 3, 4),
        ("кураторы", "Сколько посещений нужно?", "=1+1", 4, 4),
    ]
    words = seen(page).replace("\xa0", " ")
    assert "директора: ответили 10" in words
    assert "Да 8 80 %" in words


def test_the_same_survey_takes_the_place_of_its_figures(town: Town) -> None:
    agree(town, load(town, workbook(ROWS)))
    again = load(
        town, csv_of([("Вопрос", "Ответ", "Количество"), ("Довольны?", "да", "3"), ("", "нет", "1")]), "а.csv"
    )
    assert "уже загружен" in seen(again)
    assert "взята сумма ответов" in seen(again)
    agree(town, again)

    survey = Survey.objects.get()
    assert [(one.answer, one.amount, one.total) for one in survey.figures.all()] == [
        ("да", 3, 4),
        ("нет", 1, 4),
    ]
    assert [entry.verb for entry in history_of(survey)] == ["survey.loaded_again", "survey.loaded"]


def test_what_is_not_a_table_of_results_is_refused_and_the_words_stay(town: Town) -> None:
    answer = load(town, workbook([("Школа", "Год"), ("Школа № 1", 2022)]))
    assert answer.status_code == 422
    assert "F-NOTABLE" in seen(answer)
    assert 'value="Опрос директоров"' in answer.content.decode()
    assert load(town, b"").status_code == 400
    assert load(town, workbook(ROWS), held_on="2022-99-99").status_code == 422
    broken = browser_of(town.coordinator).post(
        "/surveys/load/", {"title": "О", "held_on": "2022-05-20", "rows": "[", "agree": "1"}
    )
    assert broken.status_code == 400
    assert not Survey.objects.exists()


def test_a_row_that_does_not_fit_becomes_a_remark() -> None:
    told = figures_of(
        ToldFigure(f"строка {place}", *row)
        for place, row in enumerate(
            [("В", "да", "5", "4"), ("В", "нет", "много", ""), ("", "да", "1", ""), ("В", "ок", "1", "2"),
             ("В", "ок", "1", "2"), ("В", "x", "1", "y"), ("В" * 1001, "x", "1", "")], 1
        )
    )  # fmt: skip
    assert [one.answer for one in told.kept] == ["ок"]
    assert [words.split(":")[0] for words in told.remarks] == [
        f"строка {place}" for place in (2, 3, 5, 6, 7, 1)
    ]


def test_nothing_and_a_day_to_come_are_refused(town: Town) -> None:
    said: dict[str, Any] = {
        "municipality": town.municipality, "programme": town.programme, "title": "О", "file": None,
        "file_name": "", "by": town.coordinator, "at": AT,
    }  # fmt: skip
    with pytest.raises(Refused, match="нет строк"):
        load_survey(figures=[], held_on=date(2022, 5, 1), **said)
    with pytest.raises(Refused, match="ещё не наступило"):
        load_survey(figures=[Figure("", "В", "О", 1, 1)], held_on=date(2023, 5, 1), **said)
    assert not Survey.objects.exists()


def test_three_surveys_and_three_hundred_cost_the_same(db: None) -> None:
    costs = []
    for number, name in ((3, "Малый"), (300, "Большой")):
        town = make_town(1, name=name)
        for place in range(number):
            survey = load_survey(
                municipality=town.municipality, programme=town.programme, title=f"Опрос {place}",
                held_on=date(2022, 5, 1), file=None, file_name="", by=town.coordinator, at=AT,
                figures=[Figure("", f"Вопрос {one}", "да", 1, 2) for one in range(3 if number == 3 else 30)],
            )  # fmt: skip
        client = browser_of(town.coordinator)
        told = []
        for address in ("/surveys/", f"/surveys/{survey.pk}/"):
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            told.append(len(captured))
        costs.append(tuple(told))
    assert costs == [(LIST, ONE), (LIST, ONE)]
