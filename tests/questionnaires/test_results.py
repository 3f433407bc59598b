"""What plain answers come to: numbers, shares, texts, repeats in all, scales, differences of two stages."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.questionnaires.charts import bars_of, number_words, per_cent, told_of
from opora.questionnaires.content import Choice, Form, Question
from opora.questionnaires.results import Summary, difference, is_scale, summarise
from tests.questionnaires.gathering import FORM, SAID


def question(summary: Summary, path: str) -> Any:
    return next(one for one in summary.questions if one.path == path)


def test_numbers_are_counted_with_their_mean_median_and_ends() -> None:
    told = summarise(FORM, [{"teachers": number} for number in (10, 20, 60)] + [{"teachers": None}, {}])
    of = question(told, "/teachers")

    assert (of.asked, of.answered) == (5, 3)
    assert (of.numbers.mean, of.numbers.median, of.numbers.least, of.numbers.greatest) == (30, 20, 10, 60)
    assert of.numbers.total == 90


def test_choices_are_shares_of_those_who_answered() -> None:
    told = summarise(
        FORM,
        [{"agree": "4", "risks": ["time", "staff"]}, {"agree": "1", "risks": ["time"]}, {"agree": "4"}, {}],
    )
    agree, risks = question(told, "/agree"), question(told, "/risks")

    assert [(one.label, one.count, round(one.share, 2)) for one in agree.shares] == [
        ("Не согласен", 1, 0.33), ("Скорее не согласен", 0, 0), ("Скорее согласен", 0, 0), ("Согласен", 2, 0.67),
    ]  # fmt: skip
    assert agree.is_scale
    assert [(one.code, one.count, one.share) for one in risks.shares] == [("time", 2, 1.0), ("staff", 1, 0.5)]
    assert not risks.is_scale


def test_a_code_that_the_form_does_not_know_is_told_as_it_stands() -> None:
    (agree,) = summarise(Form("", (FORM.questions[1],)), [{"agree": "9"}]).questions
    assert (agree.shares[-1].label, agree.shares[-1].count) == ("9", 1)


def test_a_group_is_looked_into_and_a_repeat_is_counted_in_all() -> None:
    told = summarise(FORM, [SAID, {"pairs": [{"hours": 4}]}, {"more": "strange", "pairs": "strange"}])

    assert question(told, "/more/words").texts == ("=1+1",)
    assert question(told, "/pairs").numbers.total == 3
    hours = question(told, "/pairs/hours")
    assert (hours.asked, hours.numbers.total, hours.is_repeated) == (3, 7.5, True)
    assert question(told, "/pairs/topic").texts == ("Урок", "План")


def test_nameless_answers_are_hidden_until_there_are_five() -> None:
    few = summarise(FORM, [SAID] * 4, is_nameless=True)
    assert (few.answers, few.is_hidden, few.questions) == (4, True, ())
    assert not summarise(FORM, [SAID] * 5, is_nameless=True).is_hidden
    assert not summarise(FORM, [SAID], is_nameless=False).is_hidden


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("1", "2", "3", "4", "5"), True),
        (("1 — совсем нет", "2", "3 — очень"), True),
        (("Полностью удовлетворены", "Скорее да", "Скорее нет", "Не удовлетворены", "Затрудняюсь"), True),
        (("никогда", "редко", "часто"), True),
        (("Да", "Скорее да", "Скорее нет", "Нет"), True),
        (("Школа № 1", "Школа № 2", "Лицей"), False),
        (("2021", "2022", "2023"), False),
        (("да", "нет"), False),
    ],
)
def test_a_scale_is_known_by_its_words(labels: tuple[str, ...], expected: bool) -> None:
    asked = Question(
        "q", "/q", "one", "?", choices=tuple(Choice(str(n), one) for n, one in enumerate(labels))
    )
    assert is_scale(asked) is expected


def test_stages_differ_by_means_and_shares_of_the_same_questions() -> None:
    before = summarise(FORM, [{"teachers": 10, "agree": "1"}, {"teachers": 20, "agree": "4"}])
    after = summarise(FORM, [{"teachers": 40, "agree": "4"}])

    told = {one.path: one for one in difference(before, after)}

    assert told.keys() == {"/teachers", "/agree", "/pairs"}
    assert [(row.before, row.after, row.step) for row in told["/teachers"].rows] == [(15, 40, 25)]
    assert [round(row.step, 2) for row in told["/agree"].rows] == [-0.5, 0, 0, 0.5]
    other = Form("", (Question("teachers", "/teachers", "text", "?"),))
    assert difference(summarise(other, [{"teachers": "10"}]), after) == []


@given(st.lists(st.tuples(st.text(max_size=5), st.integers(0, 50)), min_size=1, max_size=9))
def test_bars_fill_a_band_and_the_sentence_tells_them_all(rows: list[tuple[str, int]]) -> None:
    whole = sum(number for _, number in rows) or 1
    bars = bars_of([(label, number, number / whole) for label, number in rows])

    ends = [float(bar.x.rstrip("%")) + float(bar.width.rstrip("%")) for bar in bars]
    assert all(end <= 100.05 for end in ends)
    assert all(bar.per_cent in told_of("Вопрос", bars) for bar in bars)


def test_figures_are_written_as_in_russian() -> None:
    assert (number_words(12), number_words(3.5), number_words(7 / 3)) == ("12", "3,5", "2,33")
    assert (per_cent(0.4), per_cent(0.001), per_cent(0)) == ("40\xa0%", "<1\xa0%", "0\xa0%")


def test_order_of_answers_changes_nothing() -> None:
    rows: list[dict[str, Any]] = [{"teachers": number, "agree": str(number % 4 + 1)} for number in range(50)]
    mixed = list(rows)
    random.Random(1).shuffle(mixed)
    assert summarise(FORM, rows) == summarise(FORM, mixed)
