"""Styles and numbered lists of an OpenDocument file, as far as reading needs them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from opora.imports.readers.docx_numbers import shaped
from opora.imports.readers.markup import local

STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO: Final = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_SHAPES: Final = {
    "1": "decimal",
    "i": "lowerRoman",
    "I": "upperRoman",
    "a": "lowerLetter",
    "A": "upperLetter",
}
_MOST_PARENTS: Final = 20


@dataclass(slots=True)
class OdfStyle:
    """What a style says of itself; None means «as the parent»."""

    parent: str = ""
    bold: bool | None = None
    centred: bool | None = None
    hidden: bool | None = None
    breaks_before: bool = False
    list_style: str = ""
    is_shown: bool = True


@dataclass(slots=True)
class _Level:
    shape: str
    prefix: str
    suffix: str
    shown: int
    start: int


@dataclass(slots=True)
class Lists:
    """Counters of numbered lists by the name of their style."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    def begin(self, style: str, level: int, *, goes_on: bool) -> None:
        """A list element opens; its level counts anew unless it goes on with the one before."""
        if not goes_on:
            self.counted.setdefault(style, {}).pop(level, None)

    def next_label(self, style: str, level: int) -> str:
        """The number before the next item, with a space after it; empty for an unknown list."""
        known = self.levels.get(style, {})
        own = known.get(level)
        if own is None:
            return ""
        counted = self.counted.setdefault(style, {})
        counted[level] = counted.get(level, own.start - 1) + 1
        for deeper in [at for at in counted if at > level]:
            del counted[deeper]
        if own.shape == "bullet":
            return "• "
        if not own.shape:
            return ""
        parts = []
        for at in range(max(1, level - own.shown + 1), level + 1):
            upper = known.get(at, own)
            parts.append(shaped(counted.get(at, upper.start), upper.shape or "decimal"))
        return f"{own.prefix}{'.'.join(parts)}{own.suffix} "


class OdfStyles:
    """Styles by name, each with what its parents give it, and the lists of the document."""

    def __init__(self, *roots: Any) -> None:
        self._own: dict[str, OdfStyle] = {}
        self.lists = Lists()
        for root in roots:
            for node in root.iter(f"{STYLE}style"):
                self._own[node.get(f"{STYLE}name", "")] = _read_style(node)
            for node in root.iter(f"{TEXT}list-style"):
                self.lists.levels[node.get(f"{STYLE}name", "")] = _read_levels(node)

    def named(self, name: str | None) -> OdfStyle:
        """The style with its parents' properties; an empty one where there is none of this name."""
        whole = OdfStyle()
        own = self._own.get(name or "")
        if own is not None:
            whole.breaks_before, whole.is_shown = own.breaks_before, own.is_shown
        for _ in range(_MOST_PARENTS):
            if own is None:
                break
            whole.bold = own.bold if whole.bold is None else whole.bold
            whole.centred = own.centred if whole.centred is None else whole.centred
            whole.hidden = own.hidden if whole.hidden is None else whole.hidden
            whole.list_style = whole.list_style or own.list_style
            own = self._own.get(own.parent)
        return whole


def _read_style(node: Any) -> OdfStyle:
    style = OdfStyle(
        parent=node.get(f"{STYLE}parent-style-name", ""), list_style=node.get(f"{STYLE}list-style-name", "")
    )
    for child in node:
        weight, alignment = child.get(f"{FO}font-weight"), child.get(f"{FO}text-align")
        if weight is not None:
            style.bold = weight in {"bold", "600", "700", "800", "900"}
        if alignment is not None:
            style.centred = alignment == "center"
        if child.get(f"{TEXT}display") is not None:
            style.hidden = child.get(f"{TEXT}display") == "none"
        style.breaks_before |= child.get(f"{FO}break-before") == "page"
        style.is_shown &= child.get(f"{TABLE}display") != "false"
    return style


def _read_levels(node: Any) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for child in node:
        number = child.get(f"{TEXT}level", "")
        if not number.isdigit():
            continue
        is_bullet = local(child) == "list-level-style-bullet"
        shape = "bullet" if is_bullet else _SHAPES.get(child.get(f"{STYLE}num-format", ""), "")
        levels[int(number)] = _Level(
            shape=shape,
            prefix=child.get(f"{STYLE}num-prefix", ""),
            suffix=child.get(f"{STYLE}num-suffix", ""),
            shown=small(child.get(f"{TEXT}display-levels"), 1),
            start=small(child.get(f"{TEXT}start-value"), 1),
        )
    return levels


def small(text: str | None, otherwise: int) -> int:
    """A whole number out of an attribute, else another one."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise
