"""Styles of a Word document, as far as reading needs them: bold, hidden, heading, centred, numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from opora.imports.readers.docx_numbers import W
from opora.imports.readers.markup import parse

_HEADING: Final = re.compile(r"(?:heading|title|subtitle|заголовок|название)\b", re.IGNORECASE)
_OFF: Final = frozenset({"0", "false", "off", "none"})
_MOST_PARENTS: Final = 20


@dataclass(slots=True)
class Style:
    """What a paragraph or a run is unless it says otherwise; None means «as the parent»."""

    parent: str = ""
    bold: bool | None = None
    hidden: bool | None = None
    centred: bool | None = None
    is_heading: bool = False
    number_id: str | None = None
    level: int | None = None


class Styles:
    """Styles by identifier, each with what its parents give it."""

    def __init__(self, content: bytes | None) -> None:
        self._own: dict[str, Style] = {}
        self._whole: dict[str, Style] = {}
        self.usual = ""
        if content is None:
            return
        for node in parse(content).iter(f"{W}style"):
            name = node.get(f"{W}styleId", "")
            self._own[name] = _read_style(node)
            if node.get(f"{W}type") == "paragraph" and node.get(f"{W}default") in {"1", "true", "on"}:
                self.usual = name

    def named(self, name: str) -> Style:
        """The style with its parents' properties; an empty one where there is none of this name."""
        known = self._whole.get(name)
        if known is None:
            known = self._whole[name] = self._with_parents(name)
        return known

    def _with_parents(self, name: str) -> Style:
        whole = Style()
        for _ in range(_MOST_PARENTS):
            own = self._own.get(name)
            if own is None:
                break
            whole.bold = own.bold if whole.bold is None else whole.bold
            whole.hidden = own.hidden if whole.hidden is None else whole.hidden
            whole.centred = own.centred if whole.centred is None else whole.centred
            whole.is_heading = whole.is_heading or own.is_heading
            whole.number_id = own.number_id if whole.number_id is None else whole.number_id
            whole.level = own.level if whole.level is None else whole.level
            name = own.parent
        return whole


def is_on(properties: Any, name: str) -> bool | None:
    """Whether a switch like `w:b` is on; None where it is not mentioned."""
    if properties is None:
        return None
    node = properties.find(f"{W}{name}")
    return None if node is None else node.get(f"{W}val") not in _OFF


def value_of(properties: Any, name: str) -> str | None:
    """The `w:val` of a child; None where there is none."""
    if properties is None:
        return None
    node = properties.find(f"{W}{name}")
    return None if node is None else node.get(f"{W}val", "")


def whole_number(text: str | None) -> int | None:
    """A small whole number out of an attribute, else None."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else None


def _read_style(node: Any) -> Style:
    run, paragraph = node.find(f"{W}rPr"), node.find(f"{W}pPr")
    numbers = paragraph.find(f"{W}numPr") if paragraph is not None else None
    level = whole_number(value_of(paragraph, "outlineLvl"))
    alignment = value_of(paragraph, "jc")
    return Style(
        parent=value_of(node, "basedOn") or "",
        bold=is_on(run, "b"),
        hidden=is_on(run, "vanish"),
        centred=None if alignment is None else alignment == "center",
        is_heading=bool(_HEADING.match(value_of(node, "name") or "")) or (level is not None and level < 9),
        number_id=value_of(numbers, "numId"),
        level=whole_number(value_of(numbers, "ilvl")),
    )
