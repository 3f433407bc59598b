"""Old .doc and .xls: read where LibreOffice is on the machine, refused with advice where it is not."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from opora.core.refusal import Refused
from opora.core.sandbox import office, run_program
from opora.imports.reading import read_in_child
from tests.imports.readers.papers import make_rtf, make_xlsx
from tests.imports.readers.test_hostile import ole
from tests.imports.readers.test_order import order_rows


def old(content: bytes, new: str, kind: str) -> bytes:
    """The same paper in the old format, made by LibreOffice."""
    words = ["soffice", "-env:UserInstallation=file://{folder}/p", "--headless", "--convert-to", kind]
    return run_program(
        [*words, "--outdir", "{folder}", f"{{folder}}/a.{new}"],
        given=content,
        given_name=f"a.{new}",
        wanted_name=f"a.{kind}",
        seconds=60,
    )


@pytest.mark.parametrize("kind", ["doc", "xls"])
def test_an_old_paper_is_read_or_refused_by_what_the_machine_has(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    if office():
        rows = order_rows()
        content = old(make_rtf(rows), "rtf", "doc") if kind == "doc" else old(make_xlsx(rows), "xlsx", "xls")
        assert len(read_in_child(content, f"order.{kind}")["lines"]) == 45
    else:
        with pytest.raises(Refused) as caught:
            read_in_child(ole("WordDocument" if kind == "doc" else "Workbook"), f"order.{kind}")
        assert caught.value.code == "F-OLD"
    assert list(tmp_path.iterdir()) == []
