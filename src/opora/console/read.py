"""`./opora read`: a file with a roadmap becomes a draft, as JSON or as a summary for a person."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from opora.core.arguments import RussianParser
from opora.core.refusal import Refused
from opora.imports.reading import read_in_child

DESCRIPTION: Final = """Прочитать дорожную карту из файла: docx, pdf, xlsx, ods, odt, html, rtf, csv, txt (и doc, xls,
если на машине есть LibreOffice). Ничего не сохраняется.

Код выхода: 0 — прочитано; 2 — нет такого файла; 3 — не тот формат; 4 — файл повреждён; 5 — пароль, макросы или
опасные вставки; 6 — превышены пределы (размер, строки, страницы, время); 7 — нет таблицы мероприятий; 8 — скан без
текста; 9 — другое."""
NO_FILE: Final = 2
OTHER: Final = 9
EXIT_CODES: Final = {
    "F-TYPE": 3,
    "F-OLD": 3,
    "F-ENC": 3,
    "F-EMPTY": 4,
    "F-BROKEN": 4,
    "F-NAME": 4,
    "F-PASS": 5,
    "F-MACRO": 5,
    "F-ACTIVE": 5,
    "F-SIZE": 6,
    "F-BOMB": 6,
    "F-PAGES": 6,
    "F-ROWS": 6,
    "F-TIME": 6,
    "R-BUSY": 9,
    "F-NOTABLE": 7,
    "F-SCAN": 8,
}
_LEVELS: Final = {"error": "Ошибка", "warning": "Замечание", "info": "К сведению"}


def run(arguments: list[str]) -> int:
    """Read one file and print the draft; 0 or the code of the refusal, told on stderr in one sentence."""
    parser = RussianParser(prog="./opora read", description=DESCRIPTION)
    parser.add_argument("file", metavar="ФАЙЛ", help="файл с дорожной картой")
    parser.add_argument("--year", type=int, metavar="ГОД", help="год плана, если его нет в тексте")
    parser.add_argument("--json", action="store_true", help="вывести черновик как JSON")
    options = parser.parse_args(arguments)
    try:
        content = Path(options.file).read_bytes()
    except FileNotFoundError:
        return _refuse(f"Файла «{options.file}» нет.", NO_FILE)
    except IsADirectoryError:
        return _refuse(f"«{options.file}» — папка, а нужен файл.", NO_FILE)
    except (OSError, ValueError):
        return _refuse(f"Файл «{options.file}» не открывается: нет права читать его.", NO_FILE)
    try:
        draft = read_in_child(content, Path(options.file).name, year=options.year)
    except Refused as refusal:
        code = f"{refusal.code}: " if refusal.code else ""
        return _refuse(f"{code}{refusal.words}", EXIT_CODES.get(refusal.code, OTHER))
    print(json.dumps(draft, ensure_ascii=False, indent=2) if options.json else summary(draft))
    return 0


def summary(draft: dict[str, Any]) -> str:
    """The draft in words: order, sections with their lines and terms, remarks."""
    order = draft["order"]
    lines = [draft["title"] or "Без названия", _order_words(order)]
    lines.append(
        f"Год: {draft['year'] or 'не указан'}. Разделов: {len(draft['sections'])}, строк: {len(draft['lines'])}, "
        f"замечаний: {len(draft['problems'])}."
    )
    titles = {section["number"]: section["title"] for section in draft["sections"]}
    shown: int | None = None
    for line in draft["lines"]:
        if line["section"] != shown:
            shown = line["section"]
            lines += ["", titles.get(shown, "Вне разделов")]
        lines.append(_line_words(line))
    if draft["problems"]:
        lines += ["", "Замечания:"]
        lines += [_problem_words(problem) for problem in draft["problems"]]
    return "\n".join(lines)


def _order_words(order: dict[str, Any]) -> str:
    parts = [
        f"от {order['date']}" if order["date"] else "",
        f"№ {order['number']}" if order["number"] else "",
    ]
    known = " ".join(part for part in parts if part) or "реквизиты не найдены"
    people = "; ".join(part for part in (order["issuer"], order["signed_by"]) if part)
    return f"Приказ {known}" + (f" ({people})" if people else "")


def _line_words(line: dict[str, Any]) -> str:
    number = line["number"] or (f"[{line['suggested_number']}]" if line["suggested_number"] else "—")
    period = line["period"]
    days = " — ".join(day for day in (period["start"], period["end"]) if day)
    term = period["text"] + (
        f" ({days}{', далее постоянно' if period['open_ended'] else ''})" if days else ""
    )
    text = " ".join(line["text"].split())
    return (
        f"  {number:<6}{text[:90]}{'…' if len(text) > 90 else ''} · {' '.join(term.split()) or 'без срока'}"
    )


def _problem_words(problem: dict[str, Any]) -> str:
    place = f", строка {problem['line']}" if problem["line"] else ""
    return f"  {_LEVELS.get(problem['level'], 'Замечание')}{place}: {problem['message']}"


def _refuse(words: str, code: int) -> int:
    print(" ".join(words.split()), file=sys.stderr)
    return code
