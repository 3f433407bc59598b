"""Workbooks in XLSForm become forms; what does not fit is named with its sheet and row, what is bad is refused."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from opora.core.refusal import Refused
from opora.questionnaires.compiling import Compiled, compile_sheets
from opora.questionnaires.content import every_question, form_of
from opora.questionnaires.forms.workbooks import compile_workbook
from opora.questionnaires.judging import judge
from opora.questionnaires.xlsform import RawSheet
from tests.questionnaires.books import HOUSEHOLD, rows_of, saved, workbook
from tests.questionnaires.scene import compiled

HEAD = "type | name | label | relevant | constraint | calculation | required | default"


def compile_text(survey: str, choices: str = "", settings: str = "") -> Compiled:
    """The form of text tables, compiled in this process; a head of the usual columns is put before the rows."""
    told = {"survey": survey, "choices": choices, "settings": settings}
    sheets = []
    for name, text in told.items():
        rows = rows_of(text) if text else []
        numbered = tuple(
            (number, {column: words for column, words in enumerate(row) if words})
            for number, row in enumerate(rows, start=1)
        )
        sheets.append(RawSheet(name, numbered))
    return compile_sheets(sheets, name="Форма")


def compile_rows(*rows: str, choices: str = "") -> Compiled:
    return compile_text("\n".join([HEAD, *rows]), choices)


def refusal_of(*rows: str, choices: str = "") -> str:
    with pytest.raises(Refused) as found:
        compile_rows(*rows, choices=choices)
    return found.value.words


def test_russian_labels_are_chosen_and_what_is_left_out_is_named() -> None:
    made = compiled("household")
    assert made.form.title == "Обследование семей"
    assert [one.label for one in made.form.questions][:2] == ["Населённый пункт", "Член семьи"]
    assert [(one.sheet, one.row) for one in made.remarks] == [("survey", 2), ("survey", 14)]
    assert "geopoint" in made.remarks[1].words


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("household", 10),
        ("cascade", 7),
        ("likert", 6),
        ("self-check", 11),
        ("equipment", 10),
        ("training", 10),
    ],
)
def test_forms_of_many_kinds_compile_and_survive_the_way_into_the_base(name: str, count: int) -> None:
    form = compiled(name).form
    assert len(every_question(form.questions)) == count
    assert form_of(form.as_json()) == form


def test_formulas_stand_as_paths_and_rows_are_kept() -> None:
    form = compiled("household").form
    member = form.questions[1]
    assert (member.kind, member.row) == ("repeat", 4)
    school = next(one for one in member.questions if one.name == "at_school")
    assert school.relevant == "../age >= 6 and ../age <= 18"
    assert next(one for one in form.questions if one.name == "people").calculation == "count( /data/member )"


def test_a_workbook_of_another_program_is_read_too() -> None:
    book = openpyxl.load_workbook(io.BytesIO(HOUSEHOLD))
    book["survey"].insert_rows(2)
    assert compile_workbook(saved(book), "семья.xlsx").form.title == "Обследование семей"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["text | a | А | ${b} = '1'"], "вопроса с именем «b» в форме нет"),
        (["text | a | А", "text | a | Б"], "строка 3: имя «a» уже носит строка 2"),
        (["text | 1 a | А"], "имя «1 a» не подходит"),
        (["text | | А"], "не заполнен столбец «name»"),
        (["select_one нет | a | А"], "на листе «choices» нет списка «нет»"),
        (["begin_group | g | Г", "text | a | А"], "группа «g» не закрыта"),
        (["text | a | А", "end_group"], "ничего не закрывает"),
        (["calculate | a | | | | ${b} + 1", "calculate | b | | | | ${a} + 1"], "по кругу"),
        (["calculate | a | | | | ${a} + 1"], "ссылается на само себя"),
        (["text | a | А | ${a} = '1'"], "ссылается на сам вопрос"),
        (["text | a | А | ${b} = '1'", "text | b | Б | ${a} = '1'"], "по кругу"),
        (["text | a | А | | pulldata('x', 'y', 'z', .)"], "функция pulldata() не поддерживается"),
        (["text | a | А | | count(//a) > 1"], "«//»"),
        (["text | a | А | | . > (1"], "написана не по правилам"),
        (["text | a | А | | if(. = '1', 2)"], "число значений у функций"),
        (["calculate | a | | | | round(1, 2, 3)"], "число значений у функций"),
        (["geopoint | here | Где", "text | a | А | ${here} != ''"], "теряет смысл"),
        (["calculate | a | | "], "нет формулы"),
        (["note | n | Пояснение ${nobody}"], "вопроса с именем «nobody»"),
        (["text | a | А | | regex(., '" + "(аб)" * 25_000 + "')"], "регулярное выражение длиннее 500 знаков"),
        (["text | a | А | | regex(., '((а{9}){99}){99}')"], "слишком сложно"),
        (["text | a | А | | regex(., '(?=а)б')"], "просмотр вперёд"),
        (["text | a | А | | regex(., '(а')"], "написано не по правилам"),
        (["text | a | А | | regex(., ${a})"], "должно стоять в кавычках"),
    ],
)
def test_what_cannot_be_a_form_is_refused_with_its_row(rows: list[str], words: str) -> None:
    told = refusal_of(*rows)
    assert words in told
    assert "Лист «survey», строка" in told


def test_names_that_formulas_speak_of_must_be_of_one_question() -> None:
    told = refusal_of(
        "begin_group | g | Г", "text | a | А", "end_group", "begin_group | h | Х", "text | a | А", "end_group",
        "text | b | Б | ${a} = '1'",
    )  # fmt: skip
    assert "имя «a» носят 2 вопроса" in told


def test_groups_are_no_deeper_than_three() -> None:
    opened = [f"begin_group | g{number} | Г" for number in range(4)]
    assert "глубже 3" in refusal_of(*opened, "text | a | А", *["end_group"] * 4)
    made = compile_rows(*opened[:3], "text | a | А", *["end_group"] * 3)
    assert [one.path for one in every_question(made.form.questions)][-1] == "g0/g1/g2/a"


def test_too_many_questions_are_refused() -> None:
    assert "Вопросов 1\u00a0001, можно не более 1\u00a0000" in refusal_of(
        *[f"text | q{number} | В" for number in range(1001)]
    )
    book = openpyxl.Workbook()
    book.active.title = "survey"
    book.active.append(["type", "name", "label"])
    for number in range(10_000):
        book.active.append(["text", f"q{number}", "В"])
    with pytest.raises(Refused) as found:
        compile_workbook(saved(book), "большая.xlsx")
    assert found.value.code == "F-ROWS"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "F-EMPTY"),
        (b"MZ\x00\x00 not a workbook", "F-TYPE"),
        (b"PK\x03\x04 torn", "F-BROKEN"),
        (workbook("", "list_name | name\na | b"), "F-NOTABLE"),
        (workbook("a | b | c\n1 | 2 | 3"), "F-NOTABLE"),
        (workbook("type | name | label\ngeopoint | a | А"), "F-NOTABLE"),
    ],
)
def test_what_is_no_form_is_told_by_its_code(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as found:
        compile_workbook(content, "форма.xlsx")
    assert found.value.code == code


def test_a_formula_without_a_value_in_a_cell_is_refused() -> None:
    book = openpyxl.load_workbook(io.BytesIO(HOUSEHOLD))
    book["survey"]["B4"] = "=1+1"
    with pytest.raises(Refused) as found:
        compile_workbook(saved(book), "форма.xlsx")
    assert found.value.code == "F-FORM"
    assert "B4" in found.value.words


def test_what_is_taken_otherwise_is_told() -> None:
    made = compile_text(
        """
type | name | label | choice_filter | readonly | default | media::image
select_one yn or_other | a | А | | | |
text | b | Б | | yes | ${a} | picture.png
note | n | | | | |
audio | c | Звук | | | |
text | d | Д | | | today() |
""",
        "list_name | name | label\nyn | yes | Да\nyn | no | Нет",
    )
    told = " ".join(f"{one.row}: {one.words};" for one in made.remarks)
    for words in (
        "3: поле «только для чтения»", "3: значение по умолчанию с формулой",
        "4: у вопроса «n» нет текста", "5: тип «audio»", "столбец «media»",
    ):  # fmt: skip
        assert words in told
    assert [one.default for one in made.form.questions] == ["", "", "", "", "today()"]


@pytest.mark.parametrize("kind", ["select_one", "select_multiple"])
def test_or_other_asks_in_words_after_other(kind: str) -> None:
    made = compile_text(
        f"type | name | label\n{kind} yn or_other | a | А\n{kind} yn | b | Б",
        "list_name | name | label\nyn | yes | Да\nyn | no | Нет",
    )
    asked, words, plain = made.form.questions

    assert made.remarks == ()
    assert [choice.label for choice in asked.choices] == ["Да", "Нет", "Другое"]
    assert [choice.label for choice in plain.choices] == ["Да", "Нет"]
    assert (words.name, words.kind, words.label) == ("a_other", "text", "Другое: напишите, что именно")
    told = {"a": ["other"] if kind == "select_multiple" else "other", "a_other": "Своё"}
    assert judge(made.form, told, date(2022, 9, 15)).answers == told
    assert judge(made.form, {"a": "yes", "a_other": "Своё"}, date(2022, 9, 15)).relevant == {"a", "b"}


def test_or_other_uses_the_question_that_the_workbook_has_itself() -> None:
    made = compile_text(
        "type | name | label\nselect_one yn or_other | a | А\ntext | a_other | Какое же",
        "list_name | name | label\nyn | yes | Да\nyn | other | Иное",
    )
    assert [one.label for one in made.form.questions] == ["А", "Какое же"]
    assert [choice.label for choice in made.form.questions[0].choices] == ["Да", "Иное"]


def test_what_the_product_knows_needs_no_formula() -> None:
    made = compile_rows("calculate | opora_visits_held | | ", "note | n | Было ${opora_visits_held}")
    assert made.form.questions[0].kind == "calculated"
