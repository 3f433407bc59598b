"""Wordings of other roadmaps get sensible kinds; what is unknown is attested; any text is survived."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.indicators.register import KINDS_BY_CODE
from opora.indicators.suggest import suggest_kinds, suggest_target
from tests.indicators.wordings import other_lines

OTHERS = other_lines()


@pytest.mark.parametrize(
    ("kinds", "text", "promise"), OTHERS, ids=[f"{i}-{line[0][0]}" for i, line in enumerate(OTHERS)]
)
def test_wording_of_another_roadmap_gets_its_kind(kinds: tuple[str, ...], text: str, promise: str) -> None:
    suggestion = suggest_kinds(text, promise)

    assert suggestion.kind == kinds[0]
    if len(kinds) > 1:
        assert suggestion.kinds == kinds


def test_the_table_of_other_wordings_is_wide() -> None:
    assert len(OTHERS) >= 80
    assert {line[0][0] for line in OTHERS} == set(KINDS_BY_CODE)


def test_unknown_wording_is_attested_with_little_confidence() -> None:
    suggestion = suggest_kinds("Организация подвоза обучающихся", "Подвоз организован")

    assert (suggestion.kind, suggestion.kinds, suggestion.why) == ("attested", ("attested",), ())
    assert suggestion.confidence <= 0.3


def test_title_of_the_section_speaks_when_the_line_is_silent() -> None:
    suggestion = suggest_kinds("Школы муниципалитета", "", "Проведение вебинаров и семинаров")

    assert suggestion.kind == "events_held"
    assert suggestion.confidence < suggest_kinds("Проведение вебинаров", "").confidence


def test_promise_outweighs_the_text() -> None:
    suggestion = suggest_kinds("Проведение анкетирования педагогов", "Подготовлена аналитическая справка")

    assert suggestion.kind == "documents_ready"


def test_what_an_event_is_about_is_not_promised() -> None:
    suggestion = suggest_kinds("", "Проведён вебинар по размещению документов в ИС МЭДК")

    assert suggestion.kinds == ("events_held",)


def test_yo_and_capitals_do_not_matter() -> None:
    quiet = suggest_kinds("Отчёты кураторов", "отчёты кураторов подготовлены")
    loud = suggest_kinds("ОТЧЕТЫ КУРАТОРОВ", "ОТЧЕТЫ КУРАТОРОВ ПОДГОТОВЛЕНЫ")

    assert (quiet.kinds, quiet.confidence) == (loud.kinds, loud.confidence)


@pytest.mark.parametrize(
    ("text", "promise", "kind", "scope", "number"),
    [
        ("Вебинары", "Проведено не менее 3 вебинаров", "events_held", "number", 3),
        ("Вебинары", "Проведены два установочных вебинара", "events_held", "number", 2),
        ("Семинары", "4 семинара", "events_held", "number", 4),
        ("Выезды", "Не менее двух выездов в каждую школу", "visits_held", "schools", 2),
        ("Назначение", "Кураторы назначены для всех школ", "people_appointed", "schools", 1),
        ("Назначение", "Назначены координаторы во всех ОО-участницах", "people_appointed", "schools", 1),
        ("Назначение", "Назначен муниципальный координатор", "people_appointed", "one", 1),
        ("Программы", "Программы разработаны в 100% школ", "documents_ready", "schools", 1),
        ("Карты", "Разработаны в 100% муниципальных образований", "documents_ready", "municipalities", 1),
        ("Отчёты", "Отчёты всех кураторов приняты", "forms_filled", "curators", 1),
        ("Анкетирование", "Анкеты заполнены всеми школами", "forms_filled", "schools", 1),
        ("Вебинар проекта 500+ (1 этап)", "Вебинар для 9 классов проведён", "events_held", "one", 1),
        ("Обучение", "Не менее 80% педагогов прошли курсы", "rosters_formed", "one", 1),
        ("Семинар 15 марта 2022 года", "Семинар проведён", "events_held", "one", 1),
    ],
)
def test_target_is_read_from_the_words(text: str, promise: str, kind: str, scope: str, number: int) -> None:
    target = suggest_target(text, promise, kind)

    assert (target.scope, target.number) == (scope, number)


@given(st.text(max_size=300), st.text(alphabet="назчкоритврлш школа «».,;(по для)\n", max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_a_known_kind_and_target(text: str, promise: str) -> None:
    suggestion = suggest_kinds(text, promise, text)
    target = suggest_target(text, promise, suggestion.kind)

    assert suggestion.kinds[0] == suggestion.kind
    assert len(set(suggestion.kinds)) == len(suggestion.kinds)
    assert set(suggestion.kinds) <= set(KINDS_BY_CODE)
    assert 0 <= suggestion.confidence <= 1
    assert target.number >= 1
    assert suggest_kinds(text, promise, text) == suggestion
