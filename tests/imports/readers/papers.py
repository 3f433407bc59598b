"""Small papers in every format made from one table of cells, and the bytes of hostile ones."""

# ruff: noqa: E501 -- raw markup is read best as it stands

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import docx
import openpyxl
import typst

from opora.imports.reading import read_source
from opora.imports.table import Paragraph, Source, Table

Rows = Sequence[Sequence[str]]
HEADER = ["№ п/п", "Описание действий", "Дата реализации", "Показатель"]
ROWS: Rows = [
    HEADER,
    ["1. Организационное сопровождение"],
    ["1.1", "Назначение координаторов", "декабрь 2021", "Назначены координаторы"],
    ["1.10", "Отчёт «500+»; вторая часть", "ноябрь – декабрь 2022", "Отчёт подготовлен"],
    ["", "Работа группы", "до 15 апреля 2022", "Группа работает"],
]
TITLE = "Дорожная карта на 2022 год"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(
    f'xmlns:{short}="{ODF}:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("draw", "drawing"),
    )
)


def zipped(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the given parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(body: str, **parts: bytes | str) -> bytes:
    """A .docx of raw XML: `body` is what stands inside w:body; other parts by name with «__» for «/»."""
    space = f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    document = (
        f"<?xml version='1.0' encoding='UTF-8'?><w:document {space}><w:body>{body}</w:body></w:document>"
    )
    whole: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
        "word/document.xml": document,
    }
    whole |= {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    return zipped(whole)


def p(text: str, properties: str = "") -> str:
    """A Word paragraph of one run."""
    inside = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{inside}<w:r><w:t xml:space='preserve'>{escape(text)}</w:t></w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    """A Word cell; plain text becomes a paragraph."""
    inside = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A Word row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """A Word table."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def sheet(rows: str, **more: str) -> bytes:
    """An .xlsx of raw XML: `rows` stands inside sheetData; `before`, `after` beside it; `styles`, `strings`, `book`."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
        "xl/workbook.xml": f'<workbook {space} xmlns:r="{links}">{more.get("book", "")}'
        '<sheets><sheet name="План" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="r1" Type="{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {space}>{more.get('before', '')}<sheetData>{rows}</sheetData>{more.get('after', '')}</worksheet>",
    }
    if "styles" in more:
        parts["xl/styles.xml"] = f"<styleSheet {space}>{more['styles']}</styleSheet>"
    if "strings" in more:
        parts["xl/sharedStrings.xml"] = f"<sst {space}>{more['strings']}</sst>"
    return zipped(parts)


def odf(kind: str, body: str, styles: str = "", **parts: bytes | str) -> bytes:
    """An .odt («text») or .ods («spreadsheet») of raw XML."""
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": content,
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{ODF}:manifest:1.0"><m:file-entry m:full-path="/" '
            f'm:media-type="application/vnd.oasis.opendocument.{kind}"/><m:file-entry m:full-path="content.xml" '
            'm:media-type="text/xml"/></m:manifest>',
        }
        | {name.replace("__", "/"): part for name, part in parts.items()}
    )


def make_docx(rows: Rows, title: str = TITLE) -> bytes:
    document = docx.Document()
    document.add_paragraph(title)
    width = max(map(len, rows))
    table = document.add_table(rows=0, cols=width)
    for texts in rows:
        cells = table.add_row().cells
        if len(texts) == 1:
            cells[0].merge(cells[-1])
        for cell, text in zip(cells, texts, strict=False):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_xlsx(rows: Rows, title: str = TITLE) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.append([title])
    width = max(map(len, rows))
    for texts in rows:
        page.append([text or None for text in texts])
        if len(texts) == 1:
            page.merge_cells(start_row=page.max_row, end_row=page.max_row, start_column=1, end_column=width)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _odf_table(rows: Rows) -> str:
    width = max(map(len, rows))
    lines = []
    for texts in rows:
        span = f' table:number-columns-spanned="{width}"' if len(texts) == 1 else ""
        cells = "".join(
            f'<table:table-cell office:value-type="string"{span}><text:p>{escape(text)}</text:p></table:table-cell>'
            for text in texts
        )
        covered = f'<table:covered-table-cell table:number-columns-repeated="{width - 1}"/>' if span else ""
        lines.append(f"<table:table-row>{cells}{covered}</table:table-row>")
    return f'<table:table table:name="План">{"".join(lines)}</table:table>'


def make_odt(rows: Rows, title: str = TITLE) -> bytes:
    return odf("text", f"<text:p>{escape(title)}</text:p>{_odf_table(rows)}")


def make_ods(rows: Rows, title: str = TITLE) -> bytes:
    return odf("spreadsheet", _odf_table([[title], *rows]))


def make_html(rows: Rows, title: str = TITLE) -> bytes:
    width = max(map(len, rows))
    lines = "".join(
        "<tr>"
        + "".join(f"<td colspan={width if len(texts) == 1 else 1}>{escape(text)}</td>" for text in texts)
        for texts in rows
    )
    return f"<!DOCTYPE html><meta charset=utf-8><p>{title}</p><table>{lines}</table>".encode()


def make_rtf(rows: Rows, title: str = TITLE) -> bytes:
    def coded(text: str) -> str:
        return "".join(
            letter if letter < "\x7f" else f"\\'{byte[0]:02x}" if byte else f"\\u{ord(letter)}?"
            for letter in text
            for byte in [letter.encode("cp1251", errors="ignore")]
        )

    width = max(map(len, rows))
    lines = ["{\\rtf1\\ansi\\ansicpg1251 " + coded(title) + "\\par"]
    for texts in rows:
        edges = [2000 * width] if len(texts) == 1 else [2000 * at for at in range(1, width + 1)]
        lines.append("\\trowd" + "".join(f"\\cellx{edge}" for edge in edges))
        lines.append("\\pard\\intbl " + "".join(f"{coded(text)}\\cell " for text in texts) + "\\row")
    return ("\n".join(lines) + "\\pard\\par}").encode("ascii")


def make_csv(rows: Rows, title: str = TITLE) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerows([[title], *rows])
    return out.getvalue().encode("utf-8-sig")


def make_txt(rows: Rows, title: str = TITLE) -> bytes:
    width = max(map(len, rows))
    return "\n".join(
        [title, "", *("\t".join([*texts, *[""] * (width - len(texts))]) for texts in rows)]
    ).encode()


def make_pdf(rows: Rows, title: str = TITLE, more: str = "") -> bytes:
    def safe(text: str) -> str:
        return "".join(
            f"\\u{{{ord(letter):x}}}" if not letter.isalnum() and letter != " " else letter for letter in text
        )

    width = max(map(len, rows))
    cells = "".join(
        f"table.cell(colspan: {width if len(texts) == 1 else 1})[{safe(text)}],"
        for texts in rows
        for text in texts
    )
    source = f'#set text(lang: "ru", size: 10pt)\n{more}\n{safe(title)}\n\n#table(columns: (1.5cm, 1fr, 3cm, 5cm), {cells})'
    return typst.compile(source.encode(), ignore_system_fonts=True)


MAKERS: dict[str, Callable[[Rows], bytes]] = {
    "docx": make_docx,
    "xlsx": make_xlsx,
    "odt": make_odt,
    "ods": make_ods,
    "html": make_html,
    "rtf": make_rtf,
    "csv": make_csv,
    "txt": make_txt,
    "pdf": make_pdf,
}


def read(content: bytes, name: str = "") -> Source:
    """The file as read in this very process."""
    return read_source(content, name)


def table_of(source: Source) -> Table:
    """The only table of a source."""
    (table,) = source.tables
    return table


def texts(table: Table) -> list[list[str]]:
    """Cell texts of a table row by row."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def words(source: Source) -> list[str]:
    """The paragraphs of a source."""
    return [block.text for block in source.blocks if isinstance(block, Paragraph)]


def squeezed(text: str) -> str:
    """A text without any white space."""
    return re.sub(r"\s+", "", text)


def filled(source: Source) -> list[list[str]]:
    """Filled cells of all rows of all tables without white space, rows with nothing left out."""
    rows = [
        [squeezed(cell.text) for cell in row.cells if cell.text.strip()]
        for table in source.tables
        for row in table.rows
    ]
    return [row for row in rows if row]
