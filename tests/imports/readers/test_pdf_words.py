"""Letters of a PDF become lines whatever their boxes are, and words broken by narrow cells are whole again."""

from __future__ import annotations

import pytest

from opora.imports.readers.pdf_page import Letter
from opora.imports.readers.pdf_words import Speller, TextLine, lines_of, text_of


def letters(text: str, top: float, bottom: float, stop_top: float) -> list[Letter]:
    """Letters of five points each; full stops have a lower box, as in fonts that give the true one."""
    return [
        Letter(sign, 5.0 * at, 5.0 * at + 4.8, stop_top if sign == "." else top, bottom)
        for at, sign in enumerate(text)
    ]


def test_low_boxes_of_full_stops_keep_a_date_on_one_line() -> None:
    found = lines_of([*letters("12.04.2024", 10.0, 20.6, 16.2), *letters("20.05.2024", 23.0, 33.6, 29.2)])
    assert [line.text for line in found] == ["12.04.2024", "20.05.2024"]


def narrow(*texts: str) -> list[TextLine]:
    """Lines of a cell of 33 points; «~» at the end of a line is the space its maker left."""
    made = []
    for text in texts:
        words = text.rstrip("~")
        width = min(6.0 * len(words), 30.0)
        first = min(6.0 * len(words.split(" ", maxsplit=1)[0]), 30.0)
        made.append(TextLine(words, 0.0, width, 0.0, 10.0, text.endswith("~"), first, False, []))
    return made


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Меро", "прият", "ия"), "Мероприятия"),
        (("Форм", "ирова", "ние~", "заявк", "и на~", "курсы"), "Формирование заявки на курсы"),
        (("дирек", "торам", "и~", "школ"), "директорами школ"),
        (("участ", "ников", "проек", "та"), "участников проекта"),
    ],
    ids=["трижды разорвано", "пробелы в конце строк", "короткое окончание", "целые слова рядом"],
)
def test_a_word_broken_by_a_narrow_cell_is_whole_again(lines: tuple[str, ...], expected: str) -> None:
    assert text_of(narrow(*lines), 33.0, True, Speller()) == expected
