"""`./opora period`: the period reader alone, for one phrase or for a stream of JSON lines."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from opora.core.arguments import RussianParser
from opora.core.periods import Period, print_period, problems, read_period

_SENTENCES = {
    "period_reversed": "Окончание раньше начала: проверьте срок.",
    "date_missing_in_calendar": "Такой даты нет в календаре. Укажите дату или период.",
    "year_missing": "Год не указан: добавьте его в срок или задайте --year.",
    "period_unreadable": "Срок не понят. Укажите дату или период.",
}
_ASSUMED = "Год взят из плана."
_NO_CALENDAR = "Срок без календарных дат, остаётся словами."


def run(arguments: list[str]) -> int:
    """Read the phrase or the stream: 0, or 1 when a line of the stream was not what was asked for."""
    parser = _parser()
    options = parser.parse_args(arguments)
    _speak_utf8()
    if options.batch is not None:
        return _batch(options)
    if options.text is None:
        parser.error("нужен текст срока или --batch ФАЙЛ")
    period = read_period(options.text, year=options.year, school_year=options.school_year)
    codes = problems(options.text, period, year=options.year, school_year=options.school_year)
    print(_json(_as_json(period, codes)) if options.json else _sentence(period, codes))
    return 0


def _parser() -> RussianParser:
    parser = RussianParser(
        prog="./opora period",
        description="Читает срок мероприятия, написанный словами, и показывает его даты.",
        epilog='Пример: ./opora period "март – апрель" --year 2022 --json',
    )
    parser.add_argument("text", nargs="?", metavar="ТЕКСТ", help="срок, как он написан в дорожной карте")
    parser.add_argument("--year", type=_year, metavar="ГОД", help="год плана: для сроков без года")
    parser.add_argument("--school-year", type=_year, metavar="ГОД", help="первый год плана на учебный год")
    parser.add_argument("--json", action="store_true", help="ответ в JSON")
    parser.add_argument(
        "--batch", metavar="ФАЙЛ", help='строки JSON {"text": …, "year": …}; «-» — со стандартного ввода'
    )
    return parser


def _year(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1900 <= int(text[:9]) < 2199:
        raise argparse.ArgumentTypeError(f"«{text}» — не год, нужны четыре цифры")
    return int(text)


def _speak_utf8() -> None:
    # A lone surrogate of the input is written as a JSON escape instead of stopping the stream.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _as_json(period: Period, codes: tuple[str, ...]) -> dict[str, Any]:
    return {
        "text": period.text,
        "start": period.start.isoformat() if period.start else None,
        "end": period.end.isoformat() if period.end else None,
        "open_ended": period.open_ended,
        "recurrence": period.recurrence,
        "confidence": period.confidence,
        "problems": list(codes),
    }


def _sentence(period: Period, codes: tuple[str, ...]) -> str:
    said: list[str] = []
    if period.start or period.end or period.open_ended or period.recurrence:
        words = print_period(period)
        said.append(f"{words[:1].upper()}{words[1:]}.")
    if period.confidence == "assumed":
        said.append(_ASSUMED)
    said += [_SENTENCES[code] for code in codes]
    if not period.start and not period.end and not codes:
        said.append(_NO_CALENDAR)
    return " ".join(said)


def _batch(options: argparse.Namespace) -> int:
    if options.batch == "-":
        return _stream(sys.stdin.buffer, options)
    try:
        with Path(options.batch).open("rb") as lines:
            return _stream(lines, options)
    except OSError:
        print(f"Файл «{options.batch}» не открывается. Проверьте имя.", file=sys.stderr)
        return 1


def _stream(lines: Iterable[bytes], options: argparse.Namespace) -> int:
    outcome = 0
    for line in lines:
        if not line.strip():
            continue
        try:
            answer = _answer(line, options)
        except ValueError as wrong:
            answer, outcome = {"error": str(wrong)}, 1
        print(_json(answer))
    sys.stdout.flush()
    return outcome


def _answer(line: bytes, options: argparse.Namespace) -> dict[str, Any]:
    """One line answered; ValueError with a Russian sentence when it is not what the stream is made of."""
    try:
        asked = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ValueError("Строка не является JSON.") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise ValueError("Нужен объект с полем text, в котором строка.")
    year = _asked_year(asked, "year", options.year)
    school_year = _asked_year(asked, "school_year", options.school_year)
    period = read_period(asked["text"], year=year, school_year=school_year)
    return _as_json(period, problems(asked["text"], period, year=year, school_year=school_year))


def _asked_year(asked: dict[str, Any], name: str, otherwise: int | None) -> int | None:
    year = asked.get(name)
    if year is None:
        return otherwise
    if isinstance(year, bool) or not isinstance(year, int) or not 1900 <= year < 2199:
        raise ValueError(f"Поле {name} — не год, нужно число из четырёх цифр.")
    return year
