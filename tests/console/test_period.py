"""`./opora period` answers one phrase in JSON or in a Russian sentence, and a stream of JSON lines."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from opora.console.period import run


def answer(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert run(arguments) == 0
    return capsys.readouterr().out.strip()


def stream(
    lines: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *more: str
) -> tuple[int, list[dict[str, Any]]]:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8"))
    code = run(["--batch", "-", *more])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_phrase_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    said = json.loads(answer(["до 15 апреля", "--year", "2022", "--json"], capsys))

    assert said == {
        "text": "до 15 апреля",
        "start": None,
        "end": "2022-04-15",
        "open_ended": False,
        "recurrence": None,
        "confidence": "assumed",
        "problems": [],
    }


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("март-апрель", "Март – апрель 2022. Год взят из плана."),
        ("15.03.22", "15 марта 2022 года."),
        (
            "май – март 2022",
            "С 1 мая 2022 года по 31 марта 2022 года. Окончание раньше начала: проверьте срок.",
        ),
        ("31.02.2022", "Такой даты нет в календаре. Укажите дату или период."),
        ("по графику", "Срок без календарных дат, остаётся словами."),
        ("чепуха", "Срок не понят. Укажите дату или период."),
        ("ежемесячно с сентября 2021", "С 1 сентября 2021 года, ежемесячно."),
    ],
)
def test_a_phrase_in_a_russian_sentence(
    phrase: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer([phrase, "--year", "2022"], capsys) == sentence


def test_a_phrase_without_a_year_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(["март"], capsys) == "Год не указан: добавьте его в срок или задайте --year."


def test_the_plan_of_a_school_year(capsys: pytest.CaptureFixture[str]) -> None:
    said = json.loads(answer(["сентябрь – май", "--school-year", "2021", "--json"], capsys))

    assert (said["start"], said["end"]) == ("2021-09-01", "2022-05-31")


def test_a_stream_gives_one_line_for_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = '{"text": "март", "year": 2022}\n{"text": "май 2023"}\n{"text": "с сентября по май", "school_year": 2021}\n'

    code, answers = stream(lines.encode(), monkeypatch, capsys)

    assert code == 0
    assert [(each["start"], each["end"], each["confidence"]) for each in answers] == [
        ("2022-03-01", "2022-03-31", "assumed"),
        ("2023-05-01", "2023-05-31", "sure"),
        ("2021-09-01", "2022-05-31", "assumed"),
    ]


def test_the_year_of_the_call_serves_lines_without_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, answers = stream(
        b'{"text": "15.03"}\n{"text": "15.03", "year": 2024}', monkeypatch, capsys, "--year", "2022"
    )

    assert [each["end"] for each in answers] == ["2022-03-15", "2024-03-15"]


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b'["text"]',
        b'{"year": 2022}',
        b'{"text": 5}',
        b'{"text": "x", "year": "2022"}',
        b'{"text": "x", "year": true}',
        b'{"text": "x", "year": 99999}',
        b"\xff\xfe",
        b"[" * 5000,
        b'{"text": "x", "year": ' + b"9" * 5000 + b"}",
    ],
    ids=[
        "no JSON",
        "a list",
        "no text",
        "text is no string",
        "year in quotes",
        "year is a truth",
        "no year of a plan",
        "no UTF-8",
        "too deep",
        "a number without end",
    ],
)
def test_a_bad_line_gets_an_error_and_the_others_go_on(
    line: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answers = stream(line + b'\n{"text": "2022"}\n', monkeypatch, capsys)

    assert code == 1
    assert list(answers[0]) == ["error"]
    assert answers[1]["end"] == "2022-12-31"


def test_a_broken_letter_does_not_stop_the_stream(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answers = stream(b'{"text": "\\ud800 2022"}\n', monkeypatch, capsys)

    assert (code, answers[0]["text"]) == (0, "\ud800 2022")


def test_a_stream_from_a_file_and_from_one_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = tmp_path / "asked.jsonl"
    asked.write_text('{"text": "2022"}\n', encoding="utf-8")

    assert run(["--batch", str(asked)]) == 0
    assert json.loads(capsys.readouterr().out)["start"] == "2022-01-01"
    assert run(["--batch", str(tmp_path / "none")]) == 1
    assert "не открывается" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["март", "--year", "двадцать"], ["март", "--year", "20222"]])
def test_a_wrong_call_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(arguments)

    assert stop.value.code == 64
    assert capsys.readouterr().out == ""
