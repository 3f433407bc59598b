"""Makes order.docx, the Word template of the order about appointments; run it after a change of the layout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

HERE = Path(__file__).resolve().parent
CENTRE, LEFT, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
# Width of the text between the margins of ГОСТ Р 7.0.97-2025: 210 - 20 - 10 mm.
WIDTH = 180


def make() -> Document:
    """The template: requisites, title, points with their people, signature, who has read it."""
    paper = docx.Document()
    _set_page(paper)
    _set_styles(paper)
    _add(paper, "{{ centre_name }}", CENTRE, bold=True)
    _add(paper, "{{ centre_address }}", CENTRE, size=12)
    _add(paper, "ПРИКАЗ", CENTRE, bold=True, before=18)
    _add(paper, "{{ day }}\t№ {{ number }}", LEFT, before=6, tab=WIDTH)
    _add(paper, "{{ place }}", CENTRE)
    title = paper.add_heading("{{ title }}", level=1)
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(12)
    _add(paper, "{{ preamble }}", BOTH, indent=True)
    _add(paper, "ПРИКАЗЫВАЮ:", LEFT)
    _add(paper, "{%p for point in points %}", LEFT)
    _add(paper, "{{ loop.index }}. {{ point.words }}", BOTH, indent=True)
    _add(paper, "{%p set number_of_point = loop.index %}", LEFT)
    _add(paper, "{%p for line in point.lines %}", LEFT)
    person = "{{ line.name }}{% if line.post %}, {{ line.post }}{% endif %}{{ line.since }}"
    _add(
        paper,
        f"{{{{ number_of_point }}}}.{{{{ loop.index }}}}. {{{{ line.place }}}} — {person}.",
        BOTH,
        indent=True,
    )
    _add(paper, "{%p endfor %}", LEFT)
    _add(paper, "{%p endfor %}", LEFT)
    _add(
        paper,
        "{{ points|length + 1 }}. Контроль за исполнением приказа оставляю за собой.",
        BOTH,
        indent=True,
    )
    _add(paper, "{{ head_post }}\t{{ head_name }}", LEFT, before=30, tab=WIDTH)
    _add(paper, "С приказом ознакомлены:", LEFT, before=24, size=12)
    _add(paper, "{%p for reader in readers %}", LEFT)
    _add(paper, "_______________ {{ reader }}\t«___» __________ 20___ г.", LEFT, size=12, tab=WIDTH)
    _add(paper, "{%p endfor %}", LEFT)
    return paper


def _set_page(paper: Document) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(20), Mm(10)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text
        run._r.append(element)


def _set_styles(paper: Document) -> None:
    for name in ("Normal", "Heading 1"):
        style: Any = paper.styles[name]
        style.font.name, style.font.size = "Times New Roman", Pt(14)
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for attribute in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(attribute), "Times New Roman")
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "ru-RU")
        properties.append(language)
        colour = properties.find(qn("w:color"))
        if colour is not None:
            properties.remove(colour)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.space_before = Pt(0)
        style.paragraph_format.line_spacing = 1.15


def _add(
    paper: Document,
    words: str,
    alignment: WD_ALIGN_PARAGRAPH,
    *,
    bold: bool = False,
    before: int = 0,
    size: int = 14,
    indent: bool = False,
    tab: int = 0,
) -> None:
    paragraph = paper.add_paragraph()
    paragraph.alignment = alignment
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(size)
    paragraph.paragraph_format.space_before = Pt(before)
    if indent:
        paragraph.paragraph_format.first_line_indent = Mm(12.5)
    if tab:
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(tab), WD_TAB_ALIGNMENT.RIGHT)


if __name__ == "__main__":
    make().save(str(HERE / "order.docx"))
