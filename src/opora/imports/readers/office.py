"""What every Office Open XML package is looked through for before it is read: macros, inserted programs, links outside."""

from __future__ import annotations

import re
from typing import Final

from opora.imports.readers.archive import Archive
from opora.imports.readers.markup import parse
from opora.imports.readers.refusals import EXTERNAL, active, macros

_MACRO_TYPE: Final = re.compile(rb"macroEnabled|vnd\.ms-office\.vbaProject", re.IGNORECASE)
_OLE_PART: Final = re.compile(r"(?:^|/)(?:embeddings/oleobject[^/]*|activex/[^/]*)$", re.IGNORECASE)
_EMBEDDED: Final = re.compile(r"(?:^|/)embeddings/[^/]+$", re.IGNORECASE)
_OFFICE_EMBEDDED: Final = (".docx", ".xlsx", ".pptx", ".xls", ".emf", ".wmf")
_HARMLESS_LINKS: Final = ("hyperlink", "comments")


def look_through(archive: Archive) -> tuple[tuple[str, str], ...]:
    """Remarks about a package that may be read. Refused: F-MACRO, F-ACTIVE."""
    _refuse_macros(archive)
    _refuse_active(archive)
    return (EXTERNAL,) if _has_external(archive) else ()


def _refuse_macros(archive: Archive) -> None:
    names = {name.lower() for name in archive.names}
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in name for name in names):
        raise macros()
    if _MACRO_TYPE.search(archive.find("[Content_Types].xml") or b""):
        raise macros()


def _refuse_active(archive: Archive) -> None:
    if archive.programs():
        raise active("вложенная программа")
    for name in archive.names:
        if _OLE_PART.search(name):
            raise active("вложенный объект (OLE или ActiveX)")
        if _EMBEDDED.search(name) and not name.lower().endswith(_OFFICE_EMBEDDED):
            raise active("вложенный файл")
        if "/externallinks/" in name.lower() and name.endswith(".xml") and b"ddeLink" in archive.read(name):
            raise active("запуск команды (DDE)")


def _has_external(archive: Archive) -> bool:
    return any(name.endswith(".rels") and _leads_outside(archive.read(name)) for name in archive.names)


def _leads_outside(content: bytes) -> bool:
    if b"External" not in content:
        return False
    return any(
        link.get("TargetMode") == "External"
        and not link.get("Type", "").rpartition("/")[2].lower().startswith(_HARMLESS_LINKS)
        for link in parse(content)
    )
