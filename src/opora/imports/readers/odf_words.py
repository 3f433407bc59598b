"""The words of OpenDocument paragraphs, and what every OpenDocument package is looked through for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from opora.imports.readers.archive import Archive
from opora.imports.readers.markup import local, parse
from opora.imports.readers.odf_styles import TEXT, OdfStyles, small
from opora.imports.readers.refusals import EXTERNAL, active, locked, macros

_DROPPED: Final = frozenset(
    {
        "note",
        "annotation",
        "annotation-end",
        "tracked-changes",
        "bookmark",
        "ruby-text",
        "hidden-text",
        "desc",
        "title",
    }
)
_TAKEN: Final = frozenset({"image", "section-source", "table-source", "object", "fill-image"})
_LINK: Final = "{http://www.w3.org/1999/xlink}href"
_MOST_SPACES: Final = 200


@dataclass(slots=True)
class OdfWords:
    """What one paragraph says, and what was met on the way."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    breaks: int = 0
    plain: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip(" \t\n")


def look_through(archive: Archive, content: Any) -> tuple[tuple[str, str], ...]:
    """Remarks about a package that may be read. Refused: F-MACRO, F-ACTIVE."""
    for name in archive.names:
        low = name.lower()
        if low.startswith(("basic/", "scripts/")) and not low.endswith(
            ("/", "script-lc.xml", "script-lb.xml", "dialog-lc.xml")
        ):
            raise macros()
    if archive.programs():
        raise active("вложенная программа")
    for node in content.iter():
        name = local(node)
        if name in {"object-ole", "plugin", "applet"}:
            raise active("вложенный объект")
        if name in {"dde-connection-decl", "dde-link"}:
            raise active("запуск команды (DDE)")
    return (EXTERNAL,) if _leads_outside(content) else ()


def _leads_outside(content: Any) -> bool:
    """Pictures, sections and sheets taken from elsewhere; a link in the text is only a link."""
    for node in content.iter():
        target = node.get(_LINK)
        if not target or local(node) not in _TAKEN:
            continue
        if "://" in target or target.startswith(("../", "/", "file:")):
            return True
    return False


def words_of(node: Any, styles: OdfStyles) -> OdfWords:
    """The words of a paragraph or a heading."""
    words = OdfWords()
    style = styles.named(node.get(f"{TEXT}style-name"))
    if not style.hidden:
        _walk(node, styles, words, bool(style.bold))
    return words


def content_of(archive: Archive) -> tuple[Any, OdfStyles]:
    """The root of content.xml and the styles it uses. Refused: F-PASS, F-BROKEN, F-ACTIVE."""
    manifest = archive.find("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise locked()
    content = parse(archive.read("content.xml"))
    usual = archive.find("styles.xml")
    return content, OdfStyles(*([parse(usual)] if usual else []), content)


def _walk(node: Any, styles: OdfStyles, words: OdfWords, is_bold: bool) -> None:
    _say(node.text, words, is_bold)
    for child in node:
        name = local(child)
        if name == "s":
            words.pieces.append(" " * min(small(child.get(f"{TEXT}c"), 1), _MOST_SPACES))
        elif name == "tab":
            words.pieces.append("\t")
        elif name == "line-break":
            words.pieces.append("\n")
        elif name == "soft-page-break":
            words.breaks += 1
        elif name == "text-box":
            words.boxes.append(child)
        elif name == "span":
            style = styles.named(child.get(f"{TEXT}style-name"))
            if not style.hidden:
                _walk(child, styles, words, is_bold if style.bold is None else style.bold)
        elif name not in _DROPPED:
            _walk(child, styles, words, is_bold)
        _say(child.tail, words, is_bold)


def _say(text: str | None, words: OdfWords, is_bold: bool) -> None:
    if text:
        # A line feed in the XML is only a space; several are one.
        squeezed = " ".join(text.replace("\n", " ").replace("\t", " ").split(" ")) if "\n" in text else text
        words.pieces.append(squeezed)
        words.plain |= bool(text.strip()) and not is_bold
