"""What every Office Open XML package is looked through for before it is read: macros, inserted programs, links outside."""

from __future__ import annotations

import re
from typing import Final

from opora.imports.readers.archive import Archive
from opora.imports.readers.markup import parse
from opora.imports.readers.refusals import EXTERNAL, active, macros

_MACRO_TYPE: Final = re.compile(
    rb"macroEnabled|vnd\.ms-office\.vbaProject|ms-excel\.\w*macrosheet", re.IGNORECASE
)
_OLE_PART: Final = re.compile(r"(?:^|/)(?:embeddings/oleobject[^/]*|activex/[^/]*)$", re.IGNORECASE)
_EMBEDDED: Final = re.compile(r"(?:^|/)embeddings/[^/]+$", re.IGNORECASE)
_OFFICE_EMBEDDED: Final = (".docx", ".xlsx", ".pptx", ".xls", ".emf", ".wmf")
_HARMLESS_LINKS: Final = ("hyperlink", "comments")
_ELSEWHERE: Final = re.compile(r"\s*(?:https?:|ftp:|[\\/]{2}|file:/{2}[^/\\]|file:[\\/]{4,})", re.IGNORECASE)


def look_through(archive: Archive) -> tuple[tuple[str, str], ...]:
    """Remarks about a package that may be read. Refused: F-MACRO, F-ACTIVE."""
    refuse_macros(archive)
    refuse_active(archive)
    return (EXTERNAL,) if _links(archive) else ()


def links_elsewhere(archive: Archive) -> list[str]:
    """Addresses on other machines that the package is made of (a template, a picture, a book); links to press are none."""
    return [target for target in _links(archive) if _ELSEWHERE.match(target)]


def refuse_macros(archive: Archive) -> None:
    """Refused (F-MACRO) when the package carries macros of either kind."""
    names = {name.lower() for name in archive.names}
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in name for name in names):
        raise macros()
    if _MACRO_TYPE.search(archive.find("[Content_Types].xml") or b""):
        raise macros()


def refuse_active(archive: Archive) -> None:
    """Refused (F-ACTIVE) when the package carries a program, an object or a command."""
    if archive.programs():
        raise active("вложенная программа")
    for name in archive.names:
        if _OLE_PART.search(name):
            raise active("вложенный объект (OLE или ActiveX)")
        if _EMBEDDED.search(name) and not name.lower().endswith(_OFFICE_EMBEDDED):
            raise active("вложенный файл")
        if "/externallinks/" in name.lower() and name.endswith(".xml") and b"ddeLink" in archive.read(name):
            raise active("запуск команды (DDE)")


def _links(archive: Archive) -> list[str]:
    return [
        target for name in archive.names if name.endswith(".rels") for target in _outside(archive.read(name))
    ]


def _outside(content: bytes) -> list[str]:
    return [
        link.get("Target", "")
        for link in parse(content)
        if link.get("TargetMode") == "External"
        and not link.get("Type", "").rpartition("/")[2].lower().startswith(_HARMLESS_LINKS)
    ]
