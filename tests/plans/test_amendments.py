"""The difference of two plans: what is matched with what, and words marked one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from opora.plans.amendments import PlanLine, difference, word_pieces


def line(key: object, number: str, text: str, **other: object) -> PlanLine:
    return PlanLine(key=str(key), number=number, text=text, **other)  # type: ignore[arg-type]  # -- few fields


OLD = [
    line(1, "1.1", "Назначение муниципальных координаторов"),
    line(2, "1.2", "Подготовка отчётов кураторов по первому этапу", starts_on=date(2022, 5, 1)),
    line(3, "1.3", "Проведение итогового семинара для школ"),
]


def told(old: list[PlanLine], new: list[PlanLine]) -> list[tuple[object, object, list[str]]]:
    return [
        (pair.old and pair.old.key, pair.new and pair.new.key, sorted(pair.what))
        for pair in difference(old, new)
    ]


def test_the_same_plan_has_no_difference() -> None:
    assert told(OLD, OLD) == [("1", "1", ["same"]), ("2", "2", ["same"]), ("3", "3", ["same"])]


def test_a_moved_term_and_new_words_of_one_line_are_told_apart() -> None:
    new = [replace(OLD[1], starts_on=date(2022, 6, 1)), replace(OLD[2], text="Проведение семинара для школ")]

    assert told(OLD[1:], new) == [("2", "2", ["moved"]), ("3", "3", ["reworded"])]


def test_a_line_put_in_shifts_numbers_and_drops_nothing() -> None:
    new = [
        OLD[0],
        line("new", "1.2", "Совещание с директорами"),
        replace(OLD[1], number="1.3"),
        replace(OLD[2], number="1.4"),
    ]

    assert told(OLD, new) == [
        ("1", "1", ["same"]),
        (None, "new", ["added"]),
        ("2", "2", ["reworded"]),
        ("3", "3", ["reworded"]),
    ]


def test_a_renumbered_line_with_changed_words_is_found_by_likeness() -> None:
    new = [replace(OLD[1], number="4.7", text="Подготовка отчётов кураторов по первому этапу работы")]

    assert ("2", "2", ["reworded"]) in told(OLD, new)


def test_quite_other_words_under_the_same_number_are_a_new_wording() -> None:
    assert told(OLD[:1], [line("n", "1.1", "Опрос родителей")]) == [("1", "n", ["reworded"])]


def test_a_line_that_is_not_there_any_more_is_dropped() -> None:
    assert told(OLD, OLD[:2])[-1] == ("3", None, ["dropped"])


@given(st.lists(st.sampled_from(OLD), unique=True), st.permutations(OLD))
def test_every_line_of_both_plans_is_told_once(old: list[PlanLine], new: list[PlanLine]) -> None:
    pairs = difference(old, new)

    assert [pair.new for pair in pairs if pair.new] == new
    assert sorted(str(pair.old.key) for pair in pairs if pair.old) == sorted(str(one.key) for one in old)


@given(st.text(), st.text())
def test_pieces_join_back_into_both_texts(before: str, after: str) -> None:
    pieces = word_pieces(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "in") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "out") == after


def test_only_the_changed_word_is_marked() -> None:
    pieces = word_pieces("отчёт о региональной карте", "отчёт о муниципальной карте")

    assert [(piece.text, piece.kind) for piece in pieces] == [
        ("отчёт о", "same"),
        (" региональной", "out"),
        (" муниципальной", "in"),
        (" карте", "same"),
    ]


def test_a_number_or_a_section_that_the_order_does_not_print_is_no_change() -> None:
    old = [line(1, "1.1", "Совещание", section=1)]

    assert told(old, [line("n", "", "Совещание", section=0)]) == [("1", "n", ["same"])]


def test_kinds_of_dashes_and_spaces_are_no_change() -> None:
    old = [line(1, "1.1", "Школы – участницы", period_text="май-июнь 2022")]

    assert told(old, [line("n", "1.1", "Школы – участницы", period_text="май – июнь  2022")])[0][2] == [
        "same"
    ]


def test_two_thousand_changed_lines_are_matched() -> None:
    old = [line(n, str(n), f"Дело {n} школы города по плану") for n in range(2000)]
    new = [line(n, f"9.{n}", f"Дело {n} школы города по новому плану") for n in range(2000)]

    assert all(pair.old and pair.new and pair.old.key == pair.new.key for pair in difference(old, new))
