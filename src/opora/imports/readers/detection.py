"""What a file really is: told by its first bytes and by the names inside a zip, never by the name alone."""

from __future__ import annotations

import re
from typing import Final

from opora.core.filetypes import MAX_SIZE, extension_of
from opora.core.refusal import Refused
from opora.imports.readers.archive import Archive
from opora.imports.readers.refusals import active, broken, locked, macros, wrong_type

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ALIENS: Final = (
    (b"MZ", "это программа (exe)"),
    (b"\x7fELF", "это программа"),
    (b"\xca\xfe\xba\xbe", "это программа"),
    (b"\xcf\xfa\xed\xfe", "это программа"),
    (b"#!", "это программа (сценарий)"),
    (b"@echo off", "это программа (сценарий)"),
    (b"<?php", "это программа (сценарий)"),
    (b"Rar!", "это архив (rar)"),
    (b"7z\xbc\xaf", "это архив (7z)"),
    (b"\x1f\x8b", "это архив (gzip)"),
    (b"BZh", "это архив (bzip2)"),
    (b"\xfd7zXZ", "это архив (xz)"),
    (b"\x89PNG", "это картинка (png)"),
    (b"\xff\xd8\xff", "это картинка (jpg)"),
    (b"GIF8", "это картинка (gif)"),
    (b"II*\x00", "это картинка (tiff)"),
    (b"MM\x00*", "это картинка (tiff)"),
    (b"RIFF", "это картинка, звук или видео"),
    (b"SQLite format 3", "это база данных"),
    (b"%!PS", "это файл для печати (PostScript)"),
    (b"AT&TF", "это скан (djvu)"),
)
_PACKAGES: Final = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb"))
_MAIN_TYPES: Final = (
    (b"wordprocessingml.document.main", "docx"),
    (b"wordprocessingml.template.main", "docx"),
    (b"spreadsheetml.sheet.main", "xlsx"),
    (b"spreadsheetml.template.main", "xlsx"),
)
_OPEN_DOCUMENT: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.text-template": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.spreadsheet-template": "ods",
}
_MACRO_NAMES: Final = frozenset({"docm", "xlsm", "dotm", "xltm", "xlsb", "xlam"})
_NOT_TEXT: Final = frozenset({"docx", "xlsx", "odt", "ods", "pdf"})
_PAGE: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|title|div|p\b)",
    re.IGNORECASE | re.DOTALL,
)


def check_size(content: bytes) -> None:
    """Refused: F-EMPTY, F-SIZE."""
    if not content:
        raise Refused("Файл пуст (0 байт). Выберите файл ещё раз.", code="F-EMPTY", status=400)
    if len(content) > MAX_SIZE:
        mega = f"{len(content) / 1024 / 1024:.1f}".replace(".", ",")
        raise Refused(
            f"Файл слишком большой: {mega} МБ. Допустимый размер — {MAX_SIZE // 1024 // 1024} МБ.",
            code="F-SIZE",
            status=413,
        )


def kind_of(content: bytes, name: str) -> tuple[str, Archive | None]:
    """The format's code (doc and xls too) and the opened archive where it is one.

    Refused: F-EMPTY, F-SIZE, F-TYPE, F-PASS, F-MACRO, F-ACTIVE, F-BROKEN, F-BOMB, F-NAME.
    """
    check_size(content)
    extension = extension_of(name)
    if extension in _MACRO_NAMES:
        raise macros()
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        archive = Archive(content)
        return _package(archive, extension), archive
    if content.startswith(OLE):
        return _old(content, extension), None
    if b"%PDF-" in content[:1024]:
        return "pdf", None
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        return "rtf", None
    for start, words in _ALIENS:
        if content[: len(start)].lower() == start.lower():
            raise wrong_type(_told(words, extension))
    return _text(content, extension), None


def _told(words: str, extension: str) -> str:
    is_told = not extension or f"({extension})" in words
    ending = "" if is_told else f", а имя заканчивается на .{extension}"
    return f"по содержимому {words}{ending}"


def _package(archive: Archive, extension: str) -> str:
    if "[Content_Types].xml" in archive:
        types = archive.read("[Content_Types].xml")
        if b"macroEnabled" in types:
            raise macros()
        kind = next((kind for part, kind in _PACKAGES if part in archive), "") or next(
            (kind for words, kind in _MAIN_TYPES if words in types), ""
        )
        if kind == "xlsb":
            raise wrong_type("это двоичная книга Excel (.xlsb), сохраните её как .xlsx")
        if kind:
            return kind
        raise wrong_type(_told("это другой документ Office, не Word и не Excel", extension))
    if "mimetype" in archive:
        kind = _OPEN_DOCUMENT.get(archive.read("mimetype").strip(), "")
        if kind:
            return kind
        raise wrong_type(_told("это другой документ OpenDocument, не текст и не таблица", extension))
    if extension in {"docx", "xlsx", "odt", "ods"}:
        raise broken(f"внутри нет документа .{extension}")
    if archive.programs():
        raise active("в архиве программа")
    raise wrong_type(_told("это архив (zip)", extension))


def _old(content: bytes, extension: str) -> str:
    """doc or xls. Refused: F-PASS, F-MACRO, F-TYPE."""
    if _has_entry(content, "EncryptedPackage"):
        raise locked()
    if any(_has_entry(content, word) for word in ("_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros")):
        raise macros()
    if _has_entry(content, "WordDocument"):
        return "doc"
    if _has_entry(content, "Workbook") or _has_entry(content, "Book"):
        return "xls"
    raise wrong_type(_told("это другой старый документ Microsoft", extension))


def _has_entry(content: bytes, word: str) -> bool:
    """A storage or a stream of this name in an OLE directory: UTF-16, ended by a zero."""
    return word.encode("utf-16-le") + b"\x00\x00" in content


def _text(content: bytes, extension: str) -> str:
    head = content[:8192]
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            head = head[2:].decode(encoding, errors="ignore").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _PAGE.match(head) or (extension in {"html", "htm"} and b"<" in head):
        return "html"
    if head.lstrip().startswith((b"<?xml", b"<svg", b"<script", b"MIME-Version:")):
        raise wrong_type(_told("это не документ, а код (xml, svg, сценарий)", extension))
    if extension in _NOT_TEXT:
        raise wrong_type(_told("это простой текст", extension))
    return "csv" if extension == "csv" else "txt"
