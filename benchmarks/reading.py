"""What reading costs, as JSON: `python benchmarks/reading.py`. Processor time, the best of several whole runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
# ruff: noqa: E402 -- the modules lie beside this file, which is run as it stands

import pypdfium2
import typst

from opora.demo.paper import PAPER, TEXT
from opora.imports.reading import read_in_child, read_source
from opora.imports.subjects.roadmap import understand
from tests.imports.readers.papers import MAKERS
from tests.imports.readers.test_order import order_rows

RUNS = 5
PAGES, LINES = 60, 500


def main() -> None:
    """Print the figures in milliseconds."""
    figures: dict[str, object] = {"command_docx_json_ms": best(lambda: command(PAPER))}
    content = PAPER.read_bytes()
    figures["in_child_docx_ms"] = best(lambda: read_in_child(content, PAPER.name))
    figures["read_docx_ms"] = best(lambda: read_source(content, PAPER.name))
    source = read_source(content, PAPER.name)
    figures["understand_ms"] = best(lambda: understand(source))
    rows = order_rows()
    formats = {kind: make(rows) for kind, make in MAKERS.items()} | {
        "txt": TEXT.read_bytes(),
        "docx": content,
    }
    figures["in_child_ms"] = {
        kind: best(lambda kind=kind: read_in_child(formats[kind], f"order.{kind}")) for kind in formats
    }
    figures["pdf_60_pages_500_lines"] = large_pdf(rows)
    print(json.dumps(figures, indent=2))


def best(work: Callable[[], object]) -> float:
    """Milliseconds of the processor, those of child processes too, in the cheapest of several runs."""
    spent = []
    for _ in range(RUNS):
        start = sum(os.times()[:4])
        work()
        spent.append(sum(os.times()[:4]) - start)
    return round(min(spent) * 1000, 1)


def command(place: Path) -> None:
    """The whole command as a person runs it."""
    subprocess.run([str(ROOT / "opora"), "read", str(place), "--json"], stdout=subprocess.DEVNULL, check=True)


def large_pdf(rows: list[list[str]]) -> dict[str, object]:
    """A paper of 60 pages and 500 lines made by typst, and what it costs."""
    whole = [row for row in rows if len(row) == 4][1:]
    cells = []
    for at in range(LINES):
        _, *texts = whole[at % len(whole)]
        number = f"{at // 50 + 1}.{at % 50 + 1}"
        cells.append(", ".join(f"[{safe(text)}]" for text in (number, *texts)))
    head = "[№ п/п], [Описание действий], [Дата реализации], [Показатель]"
    for margin in [step / 20 for step in range(60, 160)]:
        content = typst.compile(
            f'#set page(margin: (x: 2cm, y: {margin}cm))\n#set text(lang: "ru", size: 11pt)\n= Дорожная карта на 2022 год\n'
            f"#table(columns: (1.6cm, 1fr, 2.6cm, 5.5cm), {head}, {', '.join(cells)})".encode(),
            ignore_system_fonts=True,
        )
        if len(pypdfium2.PdfDocument(content)) == PAGES:
            break
    draft = read_in_child(content, "large.pdf")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "large.pdf"
        place.write_bytes(content)
        spent = best(lambda: command(place))
    return {
        "pages": len(pypdfium2.PdfDocument(content)),
        "lines": len(draft["lines"]),
        "command_ms": spent,
    }


def safe(text: str) -> str:
    """Words that typst takes as they are."""
    return "".join(sign if sign.isalnum() or sign == " " else f"\\u{{{ord(sign):x}}}" for sign in text)


if __name__ == "__main__":
    main()
