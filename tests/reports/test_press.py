"""Several people ask for PDFs at once, and each gets the paper asked for."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pypdfium2

from opora.reports.renderers import pdf
from tests.reports.values import report_saying


def test_threads_of_one_server_typeset_at_once_and_none_is_refused() -> None:
    words = [f"Слово{number}" for number in range(8)]
    with ThreadPoolExecutor(8) as people:
        made = list(people.map(lambda word: pdf.render(report_saying(word)), words))
    for word, file in zip(words, made, strict=True):
        pages = pypdfium2.PdfDocument(io.BytesIO(file))
        assert word in "".join(page.get_textpage().get_text_range() for page in pages)
