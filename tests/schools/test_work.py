"""The anti-risk programme of a school: written, read from a file, done, confirmed."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import lxml.html
import pytest
from django.test import Client
from docx import Document as Docx

from opora.core.history import history_of
from opora.programmes.models import RiskFactor
from opora.schools.models import AntiRiskProgramme, Measure
from tests.appointments.town import Town
from tests.schools.risk_town import add_factors, choose, text_of
from tests.schools.sheets import upload

Browser = Callable[[Any], Client]


@pytest.fixture
def factor(town: Town) -> RiskFactor:
    """A factor that the first school has taken into work."""
    factors = add_factors(town)
    choose(town, town.schools[0], {1: ("high", "chosen", ""), 2: ("high", "chosen", "")})
    return factors[0]


def place(town: Town, factor: RiskFactor, more: str = "") -> str:
    return f"/schools/{town.schools[0].pk}/work/{factor.pk}/{more}"


def written(client: Client, town: Town, factor: RiskFactor, **more: str) -> Any:
    told = {
        "version": "0",
        "aim": "Оснастить кабинеты",
        "t0-name": "Доля оснащённых кабинетов",
        "t0-unit": "%",
        "t0-baseline": "34,5",
        "t0-target": "60",
        "m0-text": "Провести закупку",
        "m0-period_text": "март – май 2022 г.",
        "m0-executors": "Заместитель директора",
        **more,
    }
    return client.post(place(town, factor, "write/"), told)


def paper() -> bytes:
    document = Docx()
    document.add_paragraph("Антирисковая программа «Низкий уровень оснащения школы»")
    document.add_paragraph("Цель: повысить уровень оснащения школы")
    document.add_paragraph("Задачи:")
    document.add_paragraph("1. Провести опись.")
    document.add_paragraph("2. Закупить оборудование.")
    document.add_paragraph("Сроки реализации: март – декабрь 2022 г.")
    document.add_paragraph("Ожидаемые результаты: кабинеты оснащены")
    document.add_paragraph("Исполнители: администрация школы")
    for rows in (
        [
            ("Целевой показатель", "Ед. изм.", "Исходное значение", "Целевое значение"),
            ("Доля кабинетов", "%", "34,5", "60"),
        ],
        [
            (
                "Задача",
                "Мероприятие",
                "Сроки реализации",
                "Показатели реализации",
                "Ответственные",
                "Участники",
            ),
            ("Опись", "Провести инвентаризацию", "март 2022", "Акт", "Завхоз", "Учителя"),
            ("Закупка", "Провести закупку", "апрель – май 2022", "Договор", "Директор", "Администрация"),
        ],
    ):
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def fields_of(answer: Any) -> dict[str, str]:
    page = lxml.html.fromstring(answer.content.decode())
    form = next(one for one in page.forms if "aim" in one.fields)
    # A browser drops the first new line of a textarea, lxml does not.
    return {
        name: (value or "").removeprefix("\n")
        for name, value in form.form_values()
        if name != "csrfmiddlewaretoken"
    }


def test_a_school_writes_its_programme(town: Town, factor: RiskFactor, browser_of: Browser) -> None:
    answer = written(browser_of(town.keeper), town, factor)

    row = AntiRiskProgramme.objects.get()
    measure, target = row.measures.get(), row.targets.get()
    assert answer.status_code == 302
    assert (row.version, row.aim) == (1, "Оснастить кабинеты")
    assert (measure.starts_on, measure.ends_on) == (date(2022, 3, 1), date(2022, 5, 31))
    assert (str(target.baseline), str(target.target), target.actual) == ("34.50", "60.00", None)
    assert history_of(row)[0].verb == "work.written"
    page = text_of(browser_of(town.curator).get(place(town, factor)))
    assert "Оснастить кабинеты" in page
    assert "34,5" in page


def test_a_risk_that_is_not_taken_has_no_programme(
    town: Town, factor: RiskFactor, browser_of: Browser
) -> None:
    other = RiskFactor.objects.get(number=3)

    answer = written(browser_of(town.keeper), town, other)

    assert answer.status_code == 422
    assert "ещё не взят в работу" in text_of(answer)
    assert "Провести закупку" in answer.content.decode()
    assert not AntiRiskProgramme.objects.exists()


def test_two_people_see_both_versions(town: Town, factor: RiskFactor, browser_of: Browser) -> None:
    written(browser_of(town.coordinator), town, factor)

    answer = written(browser_of(town.keeper), town, factor, aim="Мой текст")

    assert answer.status_code == 409
    assert "Пока вы писали" in text_of(answer)
    assert "Оснастить кабинеты" in text_of(answer)
    kept = fields_of(answer)
    assert (kept["aim"], kept["version"]) == ("Мой текст", "1")
    again = browser_of(town.keeper).post(place(town, factor, "write/"), kept)
    assert again.status_code == 302
    assert AntiRiskProgramme.objects.get().aim == "Мой текст"


def test_a_day_that_no_calendar_has_is_named_and_all_is_kept(
    town: Town, factor: RiskFactor, browser_of: Browser
) -> None:
    answer = written(browser_of(town.keeper), town, factor, **{"m0-period_text": "31 февраля 2022 г."})

    assert answer.status_code == 422
    assert "Такого дня нет" in text_of(answer)
    assert fields_of(answer)["m0-text"] == "Провести закупку"
    assert not AntiRiskProgramme.objects.exists()


@pytest.mark.parametrize("figure", ["сто", "1e500", "NaN", "²"])
def test_what_is_no_number_is_told(town: Town, factor: RiskFactor, browser_of: Browser, figure: str) -> None:
    answer = written(browser_of(town.keeper), town, factor, **{"t0-baseline": figure})

    assert answer.status_code == 422
    assert not AntiRiskProgramme.objects.exists()


def test_letters_that_break_a_database_are_refused(
    town: Town, factor: RiskFactor, browser_of: Browser
) -> None:
    answer = written(browser_of(town.keeper), town, factor, aim="цель\x00")

    assert answer.status_code == 422
    assert "недопустимые символы" in text_of(answer)


def test_a_file_of_the_school_fills_the_form_and_writes_nothing(
    town: Town, factor: RiskFactor, browser_of: Browser
) -> None:
    client = browser_of(town.keeper)

    answer = client.post(place(town, factor, "load/"), {"file": upload(paper(), "программа.docx")})

    read = fields_of(answer)
    assert answer.status_code == 200
    assert read["aim"] == "повысить уровень оснащения школы"
    assert read["tasks"].splitlines() == ["1. Провести опись.", "2. Закупить оборудование."]
    assert read["executors"] == "администрация школы"
    assert (read["t0-name"], read["t0-baseline"], read["t0-target"]) == ("Доля кабинетов", "34,5", "60")
    assert (read["m1-text"], read["m1-period_text"]) == ("Провести закупку", "апрель – май 2022")
    assert "март – декабрь 2022" in text_of(answer)
    assert not AntiRiskProgramme.objects.exists()


def test_saving_what_was_read_keeps_the_file(town: Town, factor: RiskFactor, browser_of: Browser) -> None:
    client, content = browser_of(town.keeper), paper()
    read = fields_of(client.post(place(town, factor, "load/"), {"file": upload(content, "программа.docx")}))

    client.post(place(town, factor, "write/"), read)

    assert AntiRiskProgramme.objects.get().measures.count() == 2
    given = client.get(place(town, factor, "file/"))
    assert b"".join(given.streaming_content) == content


def test_reading_again_keeps_the_marks_of_measures(
    town: Town, factor: RiskFactor, browser_of: Browser
) -> None:
    client = browser_of(town.keeper)
    written(client, town, factor, **{"m1-text": "Только у нас"})
    Measure.objects.filter(text="Провести закупку").update(done_on=date(2022, 5, 1))

    read = client.post(place(town, factor, "load/"), {"file": upload(paper(), "программа.docx")})
    client.post(place(town, factor, "write/"), fields_of(read))

    assert "осталось внизу: 2" in text_of(read)
    assert [(one.text, one.done_on) for one in Measure.objects.all()] == [
        ("Провести инвентаризацию", None),
        ("Провести закупку", date(2022, 5, 1)),
        ("Только у нас", None),
    ]


def test_a_foreign_token_of_a_file_is_refused(town: Town, factor: RiskFactor, browser_of: Browser) -> None:
    answer = written(browser_of(town.keeper), town, factor, file="WzEsICJhIl0:x:y")

    assert answer.status_code == 400
    assert "Загрузите его ещё раз" in text_of(answer)


def test_what_is_no_programme_is_refused(town: Town, factor: RiskFactor, browser_of: Browser) -> None:
    for name, content in (
        ("a.docx", b"PK\x03\x04junk"),
        ("b.txt", "Просто письмо.".encode()),
        ("c.txt", b""),
    ):
        answer = browser_of(town.keeper).post(place(town, factor, "load/"), {"file": upload(content, name)})
        assert 400 <= answer.status_code < 500, name
        assert AntiRiskProgramme.objects.count() == 0


def test_the_school_does_and_the_curator_confirms(
    town: Town, factor: RiskFactor, browser_of: Browser
) -> None:
    keeper, curator = browser_of(town.keeper), browser_of(town.curator)
    written(keeper, town, factor)
    measure = Measure.objects.get()
    early = curator.post(place(town, factor, f"measures/{measure.pk}/confirm/"), {"sure": "1"})
    keeper.post(place(town, factor, f"measures/{measure.pk}/done/"), {"on": "2022-06-01"})

    curator.post(place(town, factor, f"measures/{measure.pk}/confirm/"), {"on": "2022-06-05"})

    measure.refresh_from_db()
    assert early.status_code == 422
    assert (measure.done_on, measure.confirmed_on) == (date(2022, 6, 1), date(2022, 9, 15))
    assert measure.confirmed_by == town.curator
    assert "Подтверждено 15 сентября 2022" in text_of(keeper.get(place(town, factor)))
    undone = keeper.post(place(town, factor, f"measures/{measure.pk}/done/"), {"back": "1"})
    assert undone.status_code == 422


@pytest.mark.parametrize("day", ["2100-01-01", "2022-02-31", "завтра"])
def test_a_strange_day_of_a_measure_is_refused(
    town: Town, factor: RiskFactor, browser_of: Browser, day: str
) -> None:
    keeper = browser_of(town.keeper)
    written(keeper, town, factor)

    answer = keeper.post(place(town, factor, f"measures/{Measure.objects.get().pk}/done/"), {"on": day})

    assert answer.status_code == 422
    assert Measure.objects.get().done_on is None


def test_a_confirmed_measure_keeps_its_words(town: Town, factor: RiskFactor, browser_of: Browser) -> None:
    keeper = browser_of(town.keeper)
    written(keeper, town, factor)
    Measure.objects.update(done_on=date(2022, 6, 1), confirmed_on=date(2022, 6, 5))
    pk = str(Measure.objects.get().pk)

    changed = written(keeper, town, factor, version="1", **{"m0-pk": pk, "m0-text": "Другое"})
    removed = written(
        keeper, town, factor, version="1", **{"m0-text": "", "m0-period_text": "", "m0-executors": ""}
    )

    assert (changed.status_code, removed.status_code) == (422, 422)
    assert Measure.objects.get().text == "Провести закупку"


def test_curators_write_no_programmes_and_strangers_see_none(
    town: Town, other_town: Town, factor: RiskFactor, browser_of: Browser
) -> None:
    assert written(browser_of(town.curator), town, factor).status_code == 403
    assert browser_of(other_town.coordinator).get(place(town, factor)).status_code == 404
    assert browser_of(other_town.coordinator).post(place(town, factor, "write/"), {}).status_code == 404
