"""What is wrong with a Word template: dangers of its package, broken brackets, unknown fields, each with its place."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import docx
from docx.oxml.ns import qn
from jinja2 import TemplateSyntaxError
from lxml import etree

from opora.core.directory import parts_of
from opora.core.refusal import Refused
from opora.reports.word.fields import faults_in
from opora.reports.word.filling import rules

MOST_FAULTS: Final = 20
MOST_PARAGRAPHS: Final = 20_000
_LONGEST_QUOTE: Final = 60
# The first word of a field, in any case: these bring something from outside of the file.
_FETCHING: Final = frozenset({"includepicture", "includetext", "ddeauto", "dde", "import", "include", "link"})
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKUP: Final = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00")
_ACTIVE: Final = re.compile(
    r"(?:^|/)(?:embeddings|activeX|customUI)/|altchunk|\.(?:exe|js|vbs|bin)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a template: where it stands and what is written there."""

    place: str
    text: str


def refuse_dangers(content: bytes) -> None:
    """Refused: F-MACRO, F-ACTIVE, F-EXT, F-BROKEN, whatever in the package acts, reaches outside or swells."""
    names = [part.filename for part in parts_of(content)]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in names:
            if "vbaproject" in name.lower():
                raise Refused("Файл содержит макросы. Сохраните его как .docx без макросов.", code="F-MACRO")
            if _ACTIVE.search(name) and not name.lower().endswith("printersettings1.bin"):
                raise _active("вложенный объект или программа")
            part = package.read(name)
            if name.lower().endswith((".xml", ".rels")) or part.lstrip().startswith(_MARKUP):
                _refuse_in_part(_read(part), is_links=name.lower().endswith(".rels"))


def _read(part: bytes) -> Any:
    """The tree of a part: letters may be written in many ways, only a reader knows what they come to."""
    rules_of_reading = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.parse(io.BytesIO(part), rules_of_reading)
    except etree.XMLSyntaxError as error:
        raise Refused("Файл повреждён и не открывается. Отправьте его ещё раз.", code="F-BROKEN") from error
    if tree.docinfo.internalDTD is not None or tree.docinfo.doctype:
        raise _active("сценарий в разметке")
    return tree.getroot()


def _refuse_in_part(root: Any, *, is_links: bool) -> None:
    for one in root.iter(etree.Element):
        if any("macroEnabled" in value for value in one.attrib.values()):
            raise Refused("Файл содержит макросы. Сохраните его как .docx без макросов.", code="F-MACRO")
        if etree.QName(one).localname == "altChunk":
            raise _active("вложенный документ")
        is_outside = is_links and one.get("TargetMode", "").lower() == "external"
        if is_outside and not one.get("Type", "").endswith("/hyperlink"):
            raise Refused(
                "Файл ссылается на внешние данные (шаблон, картинка, книга). Уберите ссылки и загрузите снова.",
                code="F-EXT",
            )
    if any(words.split()[0].lower() in _FETCHING for words in _instructions(root)):
        raise _active("поле, которое открывает другой файл")


def _instructions(root: Any) -> Iterator[str]:
    """What the fields of a part say; one may be written by pieces, each in a run of its own."""
    pieces: list[str] = []
    for one in root.iter(f"{_WORD}instrText", f"{_WORD}fldChar", f"{_WORD}fldSimple"):
        if one.tag == f"{_WORD}instrText":
            pieces.append(one.text or "")
            continue
        yield from filter(str.strip, ["".join(pieces), one.get(f"{_WORD}instr") or ""])
        pieces = []
    yield from filter(str.strip, ["".join(pieces)])


def _active(what: str) -> Refused:
    return Refused(
        f"Файл содержит небезопасные вставки: {what}. Уберите их и загрузите снова.", code="F-ACTIVE"
    )


def faults_of(content: bytes, example: dict[str, Any]) -> list[str]:
    """What is wrong, in Russian with the place of each; empty when nothing is. `example` holds every field there is."""
    environment = rules()
    faults: list[str] = []
    for lines in _parts(content):
        source = "\n".join(line.text for line in lines)
        try:
            tree = environment.parse(source)
        except TemplateSyntaxError as wrong:
            faults.append(_broken(lines, wrong))
            continue
        for number, words in faults_in(tree, example, environment):
            line = lines[min(number, len(lines)) - 1]
            faults.append(f"{words}: {line.place}.")
    return list(dict.fromkeys(faults))[:MOST_FAULTS]


def _broken(lines: list[Line], wrong: TemplateSyntaxError) -> str:
    if "Unexpected end of template" in (wrong.message or ""):
        return "Условие или цикл не закрыты: не хватает {% endif %} или {% endfor %}."
    line = lines[min(wrong.lineno, len(lines)) - 1]
    quote = line.text.strip()
    quote = quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}…"
    return f"Не разобрать скобки {{{{ }}}} или {{% %}}: {line.place}, «{quote}»."


def _parts(content: bytes) -> Iterator[list[Line]]:
    """The texts that are filled: the page itself, then headers and footers."""
    paper = docx.Document(io.BytesIO(content))
    yield _lines(paper.element.body, "")
    seen: set[int] = set()
    for section in paper.sections:
        for part, words in (
            (section.header, "верхний колонтитул"),
            (section.first_page_header, "верхний колонтитул первой страницы"),
            (section.footer, "нижний колонтитул"),
            (section.first_page_footer, "нижний колонтитул первой страницы"),
        ):
            if not part.is_linked_to_previous and id(part.part.element) not in seen:
                seen.add(id(part.part.element))
                yield _lines(part.part.element, f"{words}, ")


def _lines(root: Any, where: str) -> list[Line]:
    tables = {table: number for number, table in enumerate(root.iter(qn("w:tbl")), 1)}
    lines: list[Line] = []
    outside = 0
    for paragraph in root.iter(qn("w:p")):
        if len(lines) >= MOST_PARAGRAPHS:
            raise Refused("Абзацев в шаблоне больше 20 000. Уберите лишнее.", code="F-ROWS", status=413)
        cell = next(paragraph.iterancestors(qn("w:tc")), None)
        if cell is None:
            outside += 1
            place = f"{where}абзац {outside}"
        else:
            place = where + _place_of(cell, tables)
        lines.append(Line(place, plain(_text(paragraph))))
    return lines or [Line("начало", "")]


def _place_of(cell: Any, tables: dict[Any, int]) -> str:
    row = next(cell.iterancestors(qn("w:tr")))
    table = next(row.iterancestors(qn("w:tbl")))
    down = list(table.iterchildren(qn("w:tr"))).index(row) + 1
    across = list(row.iterchildren(qn("w:tc"))).index(cell) + 1
    return f"таблица {tables[table]}, строка {down}, столбец {across}"


def _text(paragraph: Any) -> str:
    own = (
        run.text or "" for run in paragraph.iter(qn("w:t")) if next(run.iterancestors(qn("w:p"))) is paragraph
    )
    return "".join(own).replace("\n", " ")


def plain(text: str) -> str:
    """A paragraph without what docxtpl adds to Jinja: `{%tr for … %}` becomes `{% for … %}`."""
    text = re.sub(r"\{([%{#])-?(?:tr|tc|p|r)\s", r"{\1 ", text)
    text = re.sub(r"\{%\s*(?:colspan|cellbg)\s+([^%]*)%\}", r"{{ \1 }}", text)
    text = re.sub(r"\{%\s*(?:vm|hm)\s*%\}", "", text)
    for typed, meant in (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'")):
        text = text.replace(typed, meant)
    return text
