"""The words of Word paragraphs: runs, fields, automatic numbers, changes, boxes of text, breaks of pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from opora.imports.readers.docx_numbers import Numbers, W
from opora.imports.readers.docx_styles import Style, Styles, is_on, value_of, whole_number
from opora.imports.readers.markup import local
from opora.imports.readers.refusals import active

# Their words are struck out, or stand elsewhere, or are a picture's.
_DROPPED: Final = frozenset(
    {
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "delInstrText",
        "rPr",
        "pPr",
        "footnoteRef",
        "endnoteRef",
        "rt",
    }
    | {"footnoteReference", "endnoteReference", "annotationRef", "sdtPr", "sdtEndPr", "tblPr", "customXmlPr"}
)
_LETTERS: Final = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WINGDINGS: Final = {0xFC: "✓", 0xFE: "✓", 0x50: "✓", 0x52: "✓", 0xFB: "×", 0xFD: "×", 0x4F: "×", 0xA8: "☐"}


@dataclass(slots=True)
class Words:
    """What one paragraph says, and what was met on the way."""

    text: str
    is_bold: bool
    is_heading: bool
    is_break_first: bool
    breaks: int
    boxes: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    pieces: list[str] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    breaks: int = 0
    leading: int = 0
    has_plain: bool = False
    has_words: bool = False


class Reader:
    """Reads paragraphs one after another, for the numbers count on."""

    def __init__(self, styles: Styles, numbers: Numbers) -> None:
        self._styles = styles
        self._numbers = numbers

    def words(self, paragraph: Any) -> Words:
        """The text of a paragraph with its automatic number."""
        properties = paragraph.find(f"{W}pPr")
        name = value_of(properties, "pStyle")
        style = self._styles.named(self._styles.usual if name is None else name)
        found = _Found()
        if is_on(properties, "pageBreakBefore"):
            found.breaks += 1
            found.leading += 1
        self._walk(paragraph, style, found)
        text = "".join(found.pieces)
        label = self._label(properties, name or self._styles.usual, style)
        is_bold = found.has_words and not found.has_plain
        alignment = value_of(properties, "jc")
        is_centred = bool(style.centred) if alignment is None else alignment == "center"
        outline = whole_number(value_of(properties, "outlineLvl"))
        return Words(
            text=(label + text).strip(" \t\n"),
            is_bold=is_bold,
            is_heading=style.is_heading or (outline is not None and outline < 9) or (is_bold and is_centred),
            is_break_first=bool(found.leading),
            breaks=found.breaks,
            boxes=found.boxes,
        )

    def _label(self, properties: Any, name: str, style: Style) -> str:
        numbers = properties.find(f"{W}numPr") if properties is not None else None
        number_id, level = value_of(numbers, "numId"), whole_number(value_of(numbers, "ilvl"))
        if number_id is None:
            number_id = style.number_id
            if number_id and level is None:
                level = (
                    style.level if style.level is not None else self._numbers.level_of_style(number_id, name)
                )
        if (
            not number_id
            or number_id == "0"
            or is_on(properties.find(f"{W}rPr") if properties is not None else None, "del")
        ):
            return ""
        return self._numbers.next_label(number_id, level or 0)

    def _walk(self, node: Any, style: Style, found: _Found) -> None:
        for child in node:
            name = local(child)
            if name == "r":
                self._run(child, style, found)
            elif name == "AlternateContent":
                self._walk(_chosen(child), style, found)
            elif name == "fldSimple":
                _refuse_command(child.get(f"{W}instr", ""))
                self._walk(child, style, found)
            elif name == "txbxContent":
                found.boxes.append(child)
            elif name not in _DROPPED:
                self._walk(child, style, found)

    def _run(self, run: Any, style: Style, found: _Found) -> None:
        properties = run.find(f"{W}rPr")
        own = self._styles.named(value_of(properties, "rStyle") or "")
        if _settled(is_on(properties, "vanish"), own.hidden, style.hidden):
            self._fields_only(run, found)
            return
        at = len(found.pieces)
        for child in run:
            self._piece(child, style, found)
        written = "".join(found.pieces[at:])
        if not written.strip():
            return
        found.has_words = True
        if not _settled(is_on(properties, "b"), own.bold, style.bold):
            found.has_plain = True
        if value_of(properties, "vertAlign") == "superscript" and written.strip().isdigit():
            found.pieces[at:] = [written.translate(_RAISED)]

    def _piece(self, child: Any, style: Style, found: _Found) -> None:
        name = local(child)
        if name == "t":
            if all(found.fields):
                found.pieces.append(child.text or "")
        elif name in _LETTERS:
            found.pieces.append(_LETTERS[name])
        elif name == "br":
            self._break(child, found)
        elif name == "lastRenderedPageBreak":
            self._page(found)
        elif name in {"fldChar", "instrText"}:
            _refuse_command(child.text or "")
            _step_field(child.get(f"{W}fldCharType"), found.fields)
        elif name == "sym":
            found.pieces.append(_symbol(child))
        elif name == "AlternateContent":
            for inner in _chosen(child):
                self._piece(inner, style, found)
        elif name not in _DROPPED:
            found.boxes += child.iter(f"{W}txbxContent")

    def _break(self, child: Any, found: _Found) -> None:
        if child.get(f"{W}type") == "page":
            self._page(found)
        found.pieces.append("\n")

    @staticmethod
    def _page(found: _Found) -> None:
        found.breaks += 1
        if not "".join(found.pieces).strip():
            found.leading += 1

    @staticmethod
    def _fields_only(run: Any, found: _Found) -> None:
        for child in run.iter(f"{W}fldChar"):
            _step_field(child.get(f"{W}fldCharType"), found.fields)


def _settled(*switches: bool | None) -> bool:
    """The first switch that says anything."""
    return next((switch for switch in switches if switch is not None), False)


def _step_field(kind: str | None, fields: list[bool]) -> None:
    """A field shows only its result: what stands between «separate» and «end»."""
    if kind == "begin":
        fields.append(False)
    elif kind == "separate" and fields:
        fields[-1] = True
    elif kind == "end" and fields:
        fields.pop()


def _refuse_command(code: str) -> None:
    if code.strip().upper().startswith(("DDE", "DDEAUTO")):
        raise active("запуск команды (DDE)")


def _chosen(alternate: Any) -> Any:
    """One of the two ways in which the same thing is written."""
    first = next((child for child in alternate if local(child) == "Choice"), None)
    return first if first is not None else next(iter(alternate), alternate)


def _symbol(node: Any) -> str:
    font = (node.get(f"{W}font") or "").lower()
    try:
        code = int(node.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    if "wingdings" in font:
        return _WINGDINGS.get(code, "•")
    if code == 0xB7:
        return "•"
    return chr(code) if 0x20 <= code < 0xD800 else ""
