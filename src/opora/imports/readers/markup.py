"""XML parsed with suspicion: no DTD, no entities, nothing fetched, no depth without an end."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from opora.imports.readers.refusals import active, broken

MOST_DEPTH: Final = 200
_DECLARATIONS: Final = (b"<!DOCTYPE", b"<!ENTITY")
_STRICT: Final = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_TOO_DEEP: Final = "/*" * (MOST_DEPTH + 1)


def parse(content: bytes) -> Any:
    """The root element of one XML part. Refused: F-ACTIVE for a DTD, F-BROKEN for what is not XML or too deep."""
    if any(word in content for word in _DECLARATIONS):
        raise active("объявление сущностей (DTD)")
    for strict, usual in _STRICT:
        if strict in content:
            content = content.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken("в нём испорченный XML или слишком глубокая вложенность") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise active("объявление сущностей (DTD)")
    if root.xpath(_TOO_DEEP):
        raise broken(f"вложенность больше {MOST_DEPTH} уровней")
    return root


def stream(content: bytes, *names: str) -> Iterator[Any]:
    """The elements of some local names as they end, each forgotten afterwards; for parts too large to be held.

    Refused as `parse` does.
    """
    if any(word in content for word in _DECLARATIONS):
        raise active("объявление сущностей (DTD)")
    for strict, usual in _STRICT:
        if strict in content:
            content = content.replace(strict, usual)
    found = etree.iterparse(
        io.BytesIO(content),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    try:
        for _, element in found:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken("в нём испорченный XML или слишком глубокая вложенность") from error


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
