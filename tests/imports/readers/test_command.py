"""`./opora read`: exit codes, one sentence on stderr, JSON and a summary on stdout."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from opora.console.read import run
from opora.demo.paper import PAPER, TEXT
from tests.imports.readers.papers import make_docx, p, word, zipped

LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(64)


def test_json_has_the_shape_of_the_issue(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(PAPER), "--json"]) == 0

    draft = json.loads(capsys.readouterr().out)
    assert draft["order"]["number"] == "04-06/06-2"
    assert draft["order"]["date"] == "2022-02-28"
    assert (draft["year"], len(draft["sections"]), len(draft["lines"])) == (2022, 6, 45)
    assert {
        "section",
        "number",
        "suggested_number",
        "text",
        "period",
        "promise",
        "responsible",
        "place",
    } <= set(draft["lines"][0])
    assert draft["lines"][0]["place"].items() >= {"page": 2, "table": 1, "row": 3}.items()


def test_the_summary_names_order_sections_lines_and_remarks(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(TEXT)]) == 0

    out = capsys.readouterr().out
    assert "Приказ от 2022-02-28 № 04-06/06-2" in out
    assert "Разделов: 6, строк: 45" in out
    assert "[6.1] Повышение квалификации учителей" in out
    assert "Замечания:" in out


def test_the_year_may_be_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        ["№", "Мероприятие", "Срок", "Результат"],
        ["1", "Проведение семинара", "май", "Семинар проведён"],
    ]
    place = tmp_path / "plan.docx"
    place.write_bytes(make_docx(rows, "План мероприятий"))

    assert run([str(place), "--year", "2024", "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["lines"][0]["period"]["start"] == "2024-05-01"


@pytest.mark.parametrize(
    ("content", "name", "code", "exit_code"),
    [
        (b"MZ", "plan.pdf", "F-TYPE", 3),
        (b"", "plan.docx", "F-EMPTY", 4),
        (b"PK\x03\x04", "plan.docx", "F-BROKEN", 4),
        (LOCKED, "plan.docx", "F-PASS", 5),
        (word(p("а"), **{"word__vbaProject.bin": b"x"}), "plan.docx", "F-MACRO", 5),
        (zipped({f"{at}": "" for at in range(2001)}), "plan.docx", "F-BOMB", 6),
        (word(p("Просто письмо")), "plan.docx", "F-NOTABLE", 7),
    ],
)
def test_a_refusal_is_one_sentence_with_its_code(
    content: bytes, name: str, code: str, exit_code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / name
    place.write_bytes(content)

    assert run([str(place)]) == exit_code

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"{code}: ")
    assert told.err.count("\n") == 1
    assert str(tmp_path) not in told.err


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(tmp_path / "нет.docx")]) == 2
    assert run([str(tmp_path)]) == 2
    assert "папка" in capsys.readouterr().err


def test_the_reading_of_word_needs_neither_django_nor_slow_libraries() -> None:
    words = (
        "import sys; from opora.imports.reading import read_source; from opora.imports.subjects.roadmap import understand;"
        "import opora.imports.child, opora.console.read;"
        f"understand(read_source(open({str(PAPER)!r}, 'rb').read(), 'order.docx'));"
        "slow = ('django', 'pymorphy3', 'openpyxl', 'docx', 'pypdfium2', 'selectolax');"
        "print([name for name in slow if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, env={"PYTHONPATH": "src"}, check=True
    )
    assert done.stdout.strip() == "[]"
