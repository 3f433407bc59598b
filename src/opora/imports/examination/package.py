"""An office file (docx, xlsx, pptx, odt, ods): no macros, programs, objects, commands, nothing fetched from elsewhere."""

from __future__ import annotations

import re
from typing import Final

from opora.imports.readers.archive import Archive
from opora.imports.readers.markup import parse
from opora.imports.readers.office import links_elsewhere, refuse_active, refuse_macros
from opora.imports.readers.refusals import active, broken, fetched, locked, macros

_MAIN: Final = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "odt": "content.xml",
    "ods": "content.xml",
}
_OLE: Final = b"\xd0\xcf\x11\xe0"
_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_MARKUP: Final = (".xml", ".rels", ".vml", ".rdf")
_DECLARED: Final = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING: Final = re.compile(rb"""^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)""")
_ENCODINGS: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "utf-16", "windows-1251", "iso-8859-1"})
_FIELD: Final = re.compile(r"<(?:[\w.-]+:)?(?:instrText|delInstrText)\b[^>]*>([^<]*)<")
_SIMPLE_FIELD: Final = re.compile(r"""\b(?:[\w.-]+:)?instr\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_COMMAND: Final = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)
_DDE_LINK: Final = re.compile(r"<(?:\w+:)?ddeLink\b")
_INCLUDED: Final = re.compile(
    r"""\bINCLUDE(?:PICTURE|TEXT)\s+(?:"|&quot;)?\s*(?:https?:|ftp:|\\\\)""", re.IGNORECASE
)
_RUN: Final = re.compile(r"""\baction\s*=\s*["']ppaction://(?:program|macro|ole)""", re.IGNORECASE)
_WEB_QUERY: Final = re.compile(r"<(?:\w+:)?webPr\b[^>]*\burl\s*=", re.IGNORECASE)
_OPEN_LINK: Final = re.compile(
    r"""<(?!text:a\b|draw:a\b|office:\w+-?event|number:)[\w-]+:[\w-]+\b[^>]*\bxlink:href\s*=\s*["']\s*(?:https?:|ftp:|//|\\\\)""",
    re.IGNORECASE,
)
_OPEN_MACRO: Final = re.compile(r"vnd\.sun\.star\.script:|<script:event-listener\b", re.IGNORECASE)
_OPEN_COMMAND: Final = re.compile(r"""<(?:office|text|table):dde-|\bDDE\s*\(""", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"&#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}));")
_MOST_INNER: Final = 50


def judge(content: bytes, kind: str) -> None:
    """Refused: F-MACRO, F-ACTIVE, F-EXT, F-PASS, F-BROKEN, F-BOMB, F-NAME."""
    if b"%PDF-" in content[:1024]:
        raise active("за файлом спрятан другой документ")
    archive = Archive(content)
    refuse_macros(archive)
    refuse_active(archive)
    _refuse_parts(archive)
    is_open = kind in {"odt", "ods"}
    for name in sorted(archive.names):
        if name.lower().endswith(_MARKUP):
            words = _words(archive.read(name))
            _refuse_words_of_open(name, words) if is_open else _refuse_words(name, words)
    elsewhere = [] if is_open else links_elsewhere(archive)
    if elsewhere:
        raise fetched(f"«{elsewhere[0][:80]}»")
    parse(archive.read(_MAIN[kind]))


def _refuse_parts(archive: Archive) -> None:
    """Programs and objects under any name; inner office files are looked at by their directories."""
    inner = 0
    for name in archive.names:
        head = archive.head(name)
        if head.startswith(_PROGRAMS):
            raise active("вложенная программа")
        if head.startswith(_OLE) and not _is_old_table(archive, name):
            raise active("вложенный объект (OLE)")
        if head.startswith(b"PK\x03\x04"):
            inner += 1
            if inner > _MOST_INNER:
                raise broken("в нём слишком много вложенных файлов")
            inside = Archive(archive.read(name))
            refuse_macros(inside)
            refuse_active(inside)


def _is_old_table(archive: Archive, name: str) -> bool:
    """An old table behind a chart; with macros it is refused."""
    if not name.lower().endswith((".xls", ".doc", ".ppt")):
        return False
    content = archive.read(name)
    if any(f"{word}".encode("utf-16-le") in content for word in ("_VBA_PROJECT", "Macros")):
        raise macros()
    return True


def _words(content: bytes) -> str:
    """A part as text. Refused (F-BROKEN) in an encoding that office programs do not write, F-ACTIVE with a DTD."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        words = content.decode("utf-16", errors="replace")
    elif b"\x00" in content[:64]:
        raise broken("неизвестная кодировка внутри")
    else:
        told = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
        if told and told.group(1).decode().lower() not in _ENCODINGS:
            raise broken("неизвестная кодировка внутри")
        words = content.decode("utf-8", errors="replace")
    if _DECLARED.search(words):
        raise active("объявление сущностей (DTD)")
    return _NUMBERED.sub(_letter, words) if "&#" in words else words


def _letter(found: re.Match[str]) -> str:
    """A letter written by its number: «&#68;DEAUTO» is a command all the same."""
    hexadecimal, decimal = found.groups()
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(number) if number < 0x110000 else ""


def _refuse_words(name: str, words: str) -> None:
    if "instr" in words:
        fields = "".join(_FIELD.findall(words)) + " " + " ".join(map("".join, _SIMPLE_FIELD.findall(words)))
        if _COMMAND.search(fields):
            raise active("запуск команды (DDE)")
        if _INCLUDED.search(fields):
            raise fetched()
    if "ppaction" in words and _RUN.search(words):
        raise active("запуск команды")
    if "ddeLink" in words and _DDE_LINK.search(words):
        raise active("запуск команды (DDE)")
    if name.lower().endswith("connections.xml") and _WEB_QUERY.search(words):
        raise fetched()


def _refuse_words_of_open(name: str, words: str) -> None:
    if name == "META-INF/manifest.xml" and "encryption-data" in words:
        raise locked()
    if _OPEN_MACRO.search(words):
        raise macros()
    if _OPEN_COMMAND.search(words):
        raise active("запуск команды (DDE)")
    if (
        "xlink:href" in words
        and name.endswith(("content.xml", "styles.xml", "meta.xml"))
        and _OPEN_LINK.search(words)
    ):
        raise fetched()
