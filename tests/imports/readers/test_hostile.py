"""Files that must be refused, each with its code of the trust contract and words that say what to do."""

# ruff: noqa: E501 -- raw markup is read best as it stands

from __future__ import annotations

import io
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest

from opora.core.refusal import Refused
from opora.demo.paper import PAPER
from opora.imports.reading import read_in_child, read_source
from tests.imports.readers.papers import TYPES, odf, p, read, tbl, tc, tr, word, words, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def ole(entry: str) -> bytes:
    """The beginning of an old Office file with one entry in its directory."""
    return OLE + entry.encode("utf-16-le") + bytes(64)


def encrypted_zip() -> bytes:
    """A zip whose directory says that its part is locked."""
    content = bytearray(
        zipped({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"}, zipfile.ZIP_STORED)
    )
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        content[at + place] |= 1
    return bytes(content)


def liar() -> bytes:
    """A docx whose directory says that its document has a hundred bytes, and it has two hundred thousand."""
    content = word(p("слово " * 20_000))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    return content.replace(struct.pack("<I", size), struct.pack("<I", 100))


def nested(depth: int) -> bytes:
    return word(f"{'<w:sdt><w:sdtContent>' * depth}{p('а')}{'</w:sdtContent></w:sdt>' * depth}")


ENTITIES = '<!DOCTYPE a [<!ENTITY b "б"><!ENTITY c "&b;&b;&b;">]>'
BAD = {
    "empty": (b"", "plan.docx", "F-EMPTY", "пуст"),
    "large": (b"%PDF-" + bytes(20 * 1024 * 1024), "plan.pdf", "F-SIZE", "20 МБ"),
    "program": (
        b"MZ\x90\x00" + bytes(100),
        "plan.pdf",
        "F-TYPE",
        "программа (exe), а имя заканчивается на .pdf",
    ),
    "picture under its own name": (
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        "plan.png",
        "F-TYPE",
        "картинка (png). Подходят",
    ),
    "elf": (b"\x7fELF" + bytes(100), "plan.docx", "F-TYPE", "программа"),
    "script": (b"#!/bin/sh\nrm -rf /\n", "plan.txt", "F-TYPE", "сценарий"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "plan.docx", "F-TYPE", "картинка"),
    "noise": (bytes(range(256)) * 40, "plan.docx", "F-TYPE", "Формат"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "plan.html.svg", "F-TYPE", "код"),
    "plain zip": (zipped({"a.txt": "а"}), "plan.zip", "F-TYPE", "архив"),
    "presentation": (
        zipped({"[Content_Types].xml": "<a/>", "ppt/presentation.xml": "<a/>"}),
        "a.pptx",
        "F-TYPE",
        "другой документ",
    ),
    "cut zip": (PAPER.read_bytes()[:20_000], "plan.docx", "F-BROKEN", "повреждён"),
    "no document": (zipped({"a.txt": "а"}), "plan.docx", "F-BROKEN", "повреждён"),
    "not xml": (word("<w:p>"), "plan.docx", "F-BROKEN", "повреждён"),
    "too deep": (nested(150), "plan.docx", "F-BROKEN", "вложенност"),
    "far too deep": (nested(5000), "plan.docx", "F-BROKEN", "вложенност"),
    "ratio": (word(p("а" * 5_000_000)), "plan.docx", "F-BOMB", "слишком"),
    "many parts": (zipped({f"{at}": "" for at in range(2001)}), "plan.docx", "F-BOMB", "слишком"),
    "lying size": (liar(), "plan.docx", "F-BOMB", "слишком"),
    "locked zip": (encrypted_zip(), "plan.docx", "F-PASS", "защищён паролем"),
    "locked office": (ole("EncryptedPackage"), "plan.docx", "F-PASS", "защищён паролем"),
    "locked odf": (
        odf("text", "", **{"META-INF__manifest.xml": "<m><encryption-data/></m>"}),
        "plan.odt",
        "F-PASS",
        "защищён паролем",
    ),
    "macros": (word(p("а"), **{"word__vbaProject.bin": b"x"}), "plan.docx", "F-MACRO", "макросы"),
    "macros by name": (word(p("а")), "plan.docm", "F-MACRO", "макросы"),
    "macros by type": (
        word(
            p("а"),
            **{"[Content_Types].xml": "<Types><Override ContentType='a.macroEnabled.main+xml'/></Types>"},
        ),
        "plan.docx",
        "F-MACRO",
        "макросы",
    ),
    "macros in odf": (
        odf("text", "", **{"Basic__Standard__Module1.xml": "<a/>"}),
        "plan.odt",
        "F-MACRO",
        "макросы",
    ),
    "macros in doc": (ole("WordDocument") + ole("_VBA_PROJECT"), "plan.doc", "F-MACRO", "макросы"),
    "object": (
        word(p("а"), **{"word__embeddings__oleObject1.bin": b"x"}),
        "plan.docx",
        "F-ACTIVE",
        "вложенный",
    ),
    "program inside": (word(p("а"), **{"word__media__run.exe": b"MZ"}), "plan.docx", "F-ACTIVE", "программа"),
    "entities": (
        zipped(
            {"[Content_Types].xml": f'<Types xmlns="{TYPES}"/>', "word/document.xml": f"{ENTITIES}<a>&c;</a>"}
        ),
        "plan.docx",
        "F-ACTIVE",
        "DTD",
    ),
    "entities in sheet": (
        zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": f"{ENTITIES}<a/>"}),
        "plan.xlsx",
        "F-ACTIVE",
        "DTD",
    ),
    "name upwards": (zipped({"../../etc/passwd": "а"}), "plan.docx", "F-NAME", "недопустимое"),
    "name of a disk": (zipped({"C:\\a.txt": "а"}), "plan.docx", "F-NAME", "недопустимое"),
    "rows of Word": (word(tbl(*(tr(tc("а")) for _ in range(2001)))), "plan.docx", "F-ROWS", "2 000"),
    "tables of Word": (word(tbl(tr(tc("а"))) * 21), "plan.docx", "F-ROWS", "Таблиц"),
    "a cell of Word": (word(tbl(tr(tc("слово " * 2000)))), "plan.docx", "F-ROWS", "10 000"),
    "rows of csv": ("а;б\n".encode() * 5001, "plan.csv", "F-ROWS", "5 000"),
    "a line of text": (("слово " * 20_000).encode(), "plan.txt", "F-ROWS", "100 КБ"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_with_its_code(case: str) -> None:
    content, name, code, said = BAD[case]

    with pytest.raises(Refused) as caught:
        read_source(content, name)

    assert caught.value.code == code
    assert said in caught.value.words
    assert caught.value.status in {400, 413, 415, 422}


@pytest.mark.parametrize(
    "case", ["empty", "program", "cut zip", "ratio", "locked office", "macros", "name upwards", "entities"]
)
def test_the_code_and_the_words_come_out_of_the_child(case: str) -> None:
    content, name, code, said = BAD[case]

    with pytest.raises(Refused) as caught:
        read_in_child(content, name)

    assert caught.value.code == code
    assert said in caught.value.words


def test_links_outside_are_left_alone_and_told_of() -> None:
    links = (
        '<Relationships><Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://example.org/a.dotm" '
        'TargetMode="External"/></Relationships>'
    )
    source = read(word(p("текст"), **{"word___rels__settings.xml.rels": links}))
    assert words(source) == ["текст"]
    assert [code for code, _ in source.remarks] == ["F-EXT"]


def test_an_ordinary_link_is_not_worth_a_remark() -> None:
    links = '<Relationships><Relationship Type="http://x/hyperlink" Target="http://example.org" TargetMode="External"/></Relationships>'
    assert read(word(p("текст"), **{"word___rels__document.xml.rels": links})).remarks == ()


def test_not_a_roadmap_is_refused_by_the_child() -> None:
    with pytest.raises(Refused) as caught:
        read_in_child(word(p("Просто письмо")), "letter.docx")
    assert caught.value.code == "F-NOTABLE"


def test_nothing_temporary_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read_in_child(PAPER.read_bytes(), PAPER.name)
    with pytest.raises(Refused):
        read_in_child(BAD["cut zip"][0], "plan.docx")
    assert list(tmp_path.iterdir()) == []


def test_an_old_document_is_refused_without_a_converter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    for entry, kind in (("WordDocument", "doc"), ("Workbook", "xls")):
        with pytest.raises(Refused) as caught:
            read_in_child(ole(entry), f"plan.{kind}")
        assert caught.value.code == "F-OLD"
        assert f".{kind}" in caught.value.words
        assert "сохраните" in caught.value.words


@pytest.mark.parametrize("cut", [1, 10, 100, 1000, 10_000, 30_000])
def test_a_file_cut_anywhere_is_refused_and_never_fails(cut: int) -> None:
    with pytest.raises(Refused):
        read_source(PAPER.read_bytes()[:cut], "plan.docx")
