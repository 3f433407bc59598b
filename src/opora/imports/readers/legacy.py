"""Old .doc and .xls: made into .docx and .xlsx by LibreOffice where it is on the machine."""

from __future__ import annotations

from typing import Final

from opora.core.sandbox import office, run_program
from opora.imports.readers.refusals import old_format

SECONDS: Final = 20
_FORMATS: Final = {"doc": ("Word 97–2003 (.doc)", "docx"), "xls": ("Excel 97–2003 (.xls)", "xlsx")}


def converted(content: bytes, kind: str) -> bytes:
    """The bytes of the same document in the new format.

    Refused: F-OLD without LibreOffice, F-TIME after 20 seconds, F-BROKEN when nothing came out.
    """
    words, new = _FORMATS[kind]
    program = office()
    if program is None:
        raise old_format(words, new)
    return run_program(
        [
            program,
            "-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            new,
            "--outdir",
            "{folder}",
            f"{{folder}}/old.{kind}",
        ],
        given=content,
        given_name=f"old.{kind}",
        wanted_name=f"old.{new}",
        seconds=SECONDS,
    )
