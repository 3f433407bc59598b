"""Answers judged by the rules of forms: conditions, calculations, required ones, repeats, values as they are typed."""

from __future__ import annotations

import re
from datetime import date
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from opora.questionnaires import functions, regular
from opora.questionnaires.content import Form, Question
from opora.questionnaires.judging import Judged, judge
from tests.questionnaires.scene import compiled
from tests.questionnaires.test_compiling import compile_rows

TODAY = date(2022, 9, 15)
YES_NO = "list_name | name | label\nyn | yes | Да\nyn | no | Нет"


def judged(name: str, answers: dict[str, Any]) -> Judged:
    return judge(compiled(name).form, answers, TODAY)


def faults(found: Judged) -> list[tuple[str, str]]:
    return [(fault.place, fault.words) for fault in found.faults]


def test_a_household_is_judged_row_by_row() -> None:
    found = judged(
        "household",
        {
            "village": "Ив",
            "member": [
                {"role": "сын", "age": "10", "at_school": "yes", "grade": "12"},
                {"role": "мать", "age": "40", "at_school": "yes"},
                {"age": "сто"},
            ],
        },
    )
    assert faults(found) == [
        ("village", "Слишком коротко"),
        ("member/1/grade", "Классы от 1 до 11"),
        ("member/3/role", "ответьте на этот вопрос"),
        ("member/3/age", "нужно целое число, например 12"),
    ]
    assert found.answers["member"][1] == {"role": "мать", "age": 40}
    assert (found.answers["people"], found.answers["total_age"]) == (3, 50)
    assert "member/2/at_school" not in found.relevant


def test_conditions_follow_one_another() -> None:
    assert faults(judged("cascade", {})) == [("has_group", "Ответьте «да» или «нет»")]
    found = judged(
        "cascade", {"has_group": "yes", "ways": ["other", "meet"], "often": "seldom", "plan": "yes"}
    )
    assert faults(found) == [
        ("other_way", "ответьте на этот вопрос"),
        ("why_seldom", "ответьте на этот вопрос"),
    ]
    assert found.answers == {"has_group": "yes", "ways": ["meet", "other"], "often": "seldom"}


def test_a_condition_of_a_group_holds_for_everything_inside() -> None:
    assert faults(judged("likert", {"climate": {"c1": "2", "c2": "3", "c3": "4"}})) == []
    found = judged("likert", {"climate": {"c1": "1", "c2": "3", "c3": "4"}})
    assert [place for place, _ in faults(found)] == ["more/words"]


def test_calculations_over_repeats_inside_of_repeats() -> None:
    row = {"what": "Доска", "amount": "2", "price": "100,5"}
    found = judged(
        "equipment",
        {
            "project": [
                {"which": "cos", "thing": [row, row]},
                {"which": "tochka", "thing": [{**row, "price": "400"}]},
            ]
        },
    )
    assert [one["spent"] for one in found.answers["project"]] == [402, 800]
    assert found.answers["total"] == 1202
    assert faults(found) == [("used", "ответьте на этот вопрос")]


def test_a_division_by_zero_gives_nothing() -> None:
    staff = {"teachers": "0", "young": "0"}
    found = judged("self-check", {"risks": ["staff"], "staff": staff, "filled": "2022-09-15"})
    assert "share" not in found.answers["staff"]
    assert faults(found) == [("staff/teachers", "От 1 до 499")]


def test_days_are_compared_and_told_as_days() -> None:
    found = judged("self-check", {"risks": ["family"], "filled": "16.09.2022"})
    assert faults(found) == [("filled", "День ещё не наступил")]
    assert found.answers["filled"] == "2022-09-16"
    assert faults(judged("self-check", {"risks": ["family"], "filled": "31.02.2022"}))[0][1].startswith(
        "такого дня нет"
    )
    found = judged(
        "training", {"about": {"held": "06.05.2022", "theme": "Ч"}, "numbers": {"came": "60", "online": "41"}}
    )
    assert (found.answers["day_words"], found.answers["mark"]) == ("06.05.2022", "много")
    assert found.answers["numbers"]["всего"] == 101


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("round(2.345, 2)", 2.35), ("round(2.5)", 3), ("1 div 0", None), ("0 div 0", None), ("number('x')", None),
        ("if(1 > 2, 'а', 'б')", "б"), ("coalesce('', 'б')", "б"), ("concat('а', 1, 'б')", "а1б"), ("int(2.9)", 2),
        ("today()", "2022-09-15"), ("date('2022-01-31')", "2022-01-31"), ("today() - date('2022-09-01')", 14),
        ("format-date(today(), '%d.%m.%y')", "15.09.22"), ("max(1, 5, 3)", 5), ("min(4, '')", 4), ("pow(2, 10)", 1024),
        ("string-length('школа')", 5), ("contains('школа', 'кол')", "true"), ("not(true())", "false"),
        ("selected('а б', 'б')", "true"), ("count-selected('а б в')", 3), ("selected-at('а б', 1)", "б"),
        ("substr('школа', 1, 3)", "ко"), ("join('; ', 'а', 'б')", "а; б"), ("regex('105', '[0-9]+')", "true"),
        ("regex('105а', '[0-9]+')", "false"), ("ends-with('школа', 'ла')", "true"), ("abs(-3)", 3),
        ("pow(0, -1)", None), ("round('х', 2)", None), ("10 mod 4", 2), ("translate('аб', 'б', 'в')", "ав"),
    ],
)  # fmt: skip
def test_functions(formula: str, value: Any) -> None:
    form = compile_rows(f"calculate | a | | | | {formula}").form
    assert judge(form, {}, TODAY).answers.get("a") == value


def test_formulas_may_look_further_down_the_form() -> None:
    form = compile_rows(
        "text | first | Первый | ${total} > 5", "calculate | total | | | | ${a} + ${b}", "integer | a | А",
        "integer | b | Б",
    ).form  # fmt: skip
    assert "first" in judge(form, {"a": "3", "b": "3"}, TODAY).relevant
    assert "first" not in judge(form, {"a": "3", "b": "2"}, TODAY).relevant


def test_a_repeat_without_rows_is_asked_by_its_condition() -> None:
    form = compile_rows(
        "select_one yn | has | Есть?", "begin_repeat | act | Дела | ${has} = 'yes'", "text | what | Что | | | | yes",
        "end_repeat", "calculate | n | | | | count(${act})", choices=YES_NO,
    ).form  # fmt: skip
    assert "act" in judge(form, {"has": "yes"}, TODAY).relevant
    hidden = judge(form, {"has": "no", "act": [{"what": ""}]}, TODAY)
    assert "act" not in hidden.relevant
    assert hidden.faults == ()
    assert judge(form, {"has": "yes", "act": [{}, {}]}, TODAY).answers["n"] == 2


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("integer", "1 234", 1234), ("integer", "−5", -5), ("integer", "1,5", None), ("integer", True, None),
        ("decimal", "12,50", 12.5), ("decimal", "1e9", None), ("decimal", "9" * 30, None),
        ("date", "2022-09-15", "2022-09-15"),
        ("date", "15.9.2022", "2022-09-15"), ("date", "вчера", None), ("text", "  да\r\n ", "да"), ("text", ["а"], None),
        ("text", "я" * 20_001, None), ("file", {"file": "7"}, None),
        ("file", {"file": 7, "name": "а"}, {"file": 7, "name": "а"}),
    ],
)  # fmt: skip
def test_typed_values(kind: str, typed: Any, value: Any) -> None:
    form = compile_rows(f"{kind} | a | А").form
    found = judge(form, {"a": typed}, TODAY)
    assert bool(found.faults) == (value is None)
    assert found.faults or found.answers["a"] == value


def test_answers_that_no_list_offers_are_told() -> None:
    form = compile_rows("select_one yn | a | А", "select_multiple yn | b | Б", choices=YES_NO).form
    found = judge(form, {"a": "maybe", "b": ["yes", "x"]}, TODAY)
    assert [place for place, _ in faults(found)] == ["a", "b"]


@given(
    st.dictionaries(
        st.sampled_from(["village", "member", "people", "x"]),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
            ),
            max_leaves=6,
        ),
    )
)
def test_anything_may_be_judged(answers: dict[str, Any]) -> None:
    found = judged("household", answers)
    assert {fault.place for fault in found.faults} <= found.relevant


@given(
    st.sampled_from(sorted(functions.FUNCTIONS)),
    st.lists(st.text() | st.floats() | st.booleans(), max_size=3),
)
def test_no_function_breaks(name: str, values: list[Any]) -> None:
    words = ", ".join(f"$v{number}" for number in range(len(values)))
    asked = {
        f"v{number}": value if not isinstance(value, str) else "".join(filter(str.isprintable, value))
        for number, value in enumerate(values)
    }
    try:
        found = etree.XPath(f"{name}({words})", extensions=functions.EXTENSIONS)(
            etree.Element("data"), **asked
        )
    except (etree.XPathError, TypeError):
        return  # a wrong number of arguments: told of when the form is compiled or empty when it is judged
    assert isinstance(found, str | float | bool | list)


@pytest.mark.parametrize(
    ("expression", "fits", "does_not"),
    [
        (
            r"^[А-ЯЁ][а-яё]+(-[А-ЯЁ][а-яё]+)?( [А-ЯЁ]\.){2}$",
            "Иванова-Петрова А. Б.".replace(". Б", ". Б"),
            "иванова А. Б.",
        ),
        (r"[0-9]{10}|[0-9]{12}", "1234567890", "12345678901"),
        (r".{10,}", "десять знаков", "мало"),
        (r"(?i)мбоу.*", "МБОУ «Школа»", "ГБОУ"),
        (r"[^@ ]+@[^@ ]+\.[a-z]{2,}", "a@example.org", "a@b"),
        (r"\d+(,\d{1,2})?", "12,5", "12,555"),
        (r"", "", "а"),
        (r"\p{L}+", "Иван", "Иван 2"),
        (r"[\p{L} -]+", "Анна-Мария Ёлкина", "Анна_1"),
        (r"\p{Lu}\p{Ll}+\d\p{N}", "Иван12", "иван12"),
    ],
)
def test_regular_expressions(expression: str, fits: str, does_not: str) -> None:
    assert regular.matches(expression, fits)
    assert not regular.matches(expression, does_not)


@pytest.mark.parametrize(
    "expression", [r"(a+)+b", r"(a|aa)+b", r"(.*.*)*b", r"a*a*a*a*a*a*a*a*b", r"((a{1,20}){1,20})*b"]
)
def test_no_expression_walks_for_long(expression: str) -> None:
    started = process_time()
    assert not regular.matches(expression, "a" * 1500)
    assert regular.matches(expression, "a" * 20 + "b")
    assert process_time() - started < 60


@given(st.text(alphabet="абв1 .", max_size=30))
def test_the_walk_agrees_with_the_library(text: str) -> None:
    for expression in (r"(а|б)*в?[1 ]{0,3}", r"[^а]+", r"а+?б|в.*", r"(а(б|в){1,2})+", r"^\w+( \w+)*$"):
        assert regular.matches(expression, text) == (re.fullmatch(expression, text) is not None)


def test_values_put_together_of_one_another_stay_short() -> None:
    rows = ["text | q | Слово", "calculate | c0 | | | | concat(${q}, ${q})"]
    rows += [f"calculate | c{one + 1} | | | | concat(${{c{one}}}, ${{c{one}}})" for one in range(60)]
    form = compile_rows(*rows).form
    found = judge(form, {"q": "я" * 1000}, TODAY)
    assert len(found.values["c0"]) == 2000
    assert max(len(one) for one in found.values.values()) == 20_000


def test_a_function_with_too_few_values_does_not_stop_an_answer_that_is_kept_already() -> None:
    """Forms compiled earlier may hold such a formula: nobody could answer them any more."""
    asked = Question("a", "a", "text", "А", constraint="if(. = '1', 2)")
    assert [one.place for one in judge(Form("Ф", (asked,)), {"a": "1"}, TODAY).faults] == ["a"]
