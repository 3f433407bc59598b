"""Files that are kept and given on to colleagues: what does more than show words is refused, honest ones pass."""

# ruff: noqa: E501 -- raw markup is read best as it stands

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from opora.accounts.models import User
from opora.core.examination import kind_examined
from opora.core.models import StoredFile
from opora.core.refusal import Refused
from opora.documents.models import Document
from tests.documents.conftest import Town
from tests.documents.test_upload import ADDRESS, common, given
from tests.imports.readers.papers import TYPES, odf, p, word, zipped
from tests.imports.readers.test_pdf import PAGE, PAGES, pdf

Browser = Callable[[User | None], Client]
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CATALOGUE = "<</Type/Catalog/Pages 2 0 R{}>>"
PROGRAM = b"MZ\x90\x00" + bytes(60)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def acting(entry: str, *objects: str, trailer: str = "") -> bytes:
    """A PDF of one page whose catalogue carries an entry."""
    return pdf(CATALOGUE.format(entry), PAGES, PAGE, *objects, trailer=trailer)


def packed(said: bytes, way: str = "/FlateDecode", **more: str) -> str:
    """A stream of objects."""
    body = zlib.compress(said) if "Flate" in way else said
    if "85" in way:
        import base64

        body = base64.a85encode(body) + b"~>"
    filler = "/Note(" + "x" * int(more.get("filler", "0")) + ")"
    return f"<</Type/{more.get('type', 'ObjStm')}/N 1/First 4{filler}/Filter{way}{more.get('parms', '')}/Length {len(body)}>>\nstream\n{body.decode('latin-1')}\nendstream"


def rels(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{LINK}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )


def book(types: str = "", **parts: bytes | str) -> bytes:
    """An .xlsx of one empty sheet and other parts by name with «__» for «/»."""
    whole: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">{types}</Types>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
    }
    whole |= {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    return zipped(whole)


def picture(kind: str = "JPEG", side: int = 400) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(out, kind)
    return out.getvalue()


def stray_zip() -> bytes:
    return zipped({"run.exe": PROGRAM})


def field(words: str) -> str:
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">{words}</w:instrText></w:r></w:p>'


SCRIPT = b"1 0 <</S/JavaScript/JS(1)>>"
HOSTILE: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "pdf escaped script": ("F-ACTIVE", "a.pdf", lambda: acting("/OpenAction<</S/Java#53cript/JS(1)>>")),
    "pdf escaped command": ("F-ACTIVE", "a.pdf", lambda: acting("/OpenAction<</S/L#61unch/F(cmd)>>")),
    "pdf packed script": ("F-ACTIVE", "a.pdf", lambda: acting("", packed(SCRIPT))),
    "pdf packed, escaped twice": (
        "F-ACTIVE",
        "a.pdf",
        lambda: acting("", packed(SCRIPT.replace(b"/JavaScript", b"/J#61vaScript"), type="Obj#53tm")),
    ),
    "pdf packed behind a long head": ("F-ACTIVE", "a.pdf", lambda: acting("", packed(SCRIPT, filler="900"))),
    "pdf packed in 85": ("F-ACTIVE", "a.pdf", lambda: acting("", packed(SCRIPT, "[/ASCII85Decode/FlateDecode]"))),
    "pdf packed strangely": (
        "F-ACTIVE",
        "a.pdf",
        lambda: acting("", packed(SCRIPT, parms="/DecodeParms<</Predictor 12>>")),
    ),
    "pdf script behind a false stream": (
        "F-ACTIVE",
        "a.pdf",
        lambda: acting("/OpenAction<</S/JavaScript/JS(1)>>").replace(b"%PDF-1.4\n", b"%PDF-1.4\n%stream\n"),
    ),
    "pdf with a program": (
        "F-ACTIVE",
        "a.pdf",
        lambda: acting(
            "/Names<</EmbeddedFiles<</Names[(run.exe) 4 0 R]>>>>",
            "<</Type/Filespec/F(run.exe)/EF<</F 5 0 R>>>>",
            "<</Type/EmbeddedFile/Length 2>>\nstream\nMZ\nendstream",
        ),
    ),
    "pdf that sends": ("F-ACTIVE", "a.pdf", lambda: acting("/OpenAction<</S/SubmitForm/F(http://x.test)>>")),
    "pdf with a password": (
        "F-PASS",
        "a.pdf",
        lambda: acting(
            "",
            "<</Filter/Standard/V 1/R 2/O<" + "41" * 32 + ">/U<" + "42" * 32 + ">/P -4>>",
            trailer="/Encrypt 4 0 R/ID[<00><00>]",
        ),
    ),
    "pdf and archive at once": ("F-ACTIVE", "a.pdf", lambda: acting("") + stray_zip()),
    "pdf cut": ("F-BROKEN", "a.pdf", lambda: b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF"),
    "archive and pdf at once": (
        "F-ACTIVE",
        "a.docx",
        lambda: zipped({"%PDF-1.4": "", "[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}),
    ),
    "docx with an object": ("F-ACTIVE", "a.docx", lambda: word(p("а"), **{"word/embeddings/oleObject1.bin": OLE})),
    "docx with a program as picture": (
        "F-ACTIVE",
        "a.docx",
        lambda: word(p("а"), **{"word/media/image1.png": PROGRAM}),
    ),
    "docx with an object as picture": ("F-ACTIVE", "a.docx", lambda: word(p("а"), **{"word/media/image1.png": OLE})),
    "docx with macros in a table inside": (
        "F-MACRO",
        "a.docx",
        lambda: word(p("а"), **{"word/embeddings/sheet1.xlsx": book(**{"xl/vbaProject.bin": b"x"})}),
    ),
    "docx with a far template": (
        "F-EXT",
        "a.docx",
        lambda: word(p("а"), **{"word/_rels/settings.xml.rels": rels("attachedTemplate", "https://x.test/a.dotm")}),
    ),
    "docx with a far picture": (
        "F-EXT",
        "a.docx",
        lambda: word(p("а"), **{"word/_rels/document.xml.rels": rels("image", "\\\\host\\share\\a.png")}),
    ),
    "docx with a far picture by numbers of letters": (
        "F-EXT",
        "a.docx",
        lambda: word(
            p("а"),
            **{"word/_rels/document.xml.rels": rels("image", "https://x.test/a").replace("External", "&#69;xternal")},
        ),
    ),
    "docx with a command by numbers of letters": ("F-ACTIVE", "a.docx", lambda: word(field("&#68;DEAUTO cmd"))),
    "docx with a command under another prefix": (
        "F-ACTIVE",
        "a.docx",
        lambda: word(field("DDEAUTO cmd").replace("w:instrText", "y:instrText").replace("<w:p>", '<w:p xmlns:y="urn:y">')),
    ),
    "docx that fetches": ("F-EXT", "a.docx", lambda: word(field('INCLUDEPICTURE "https://x.test/a.png"'))),
    "docx with a command": ("F-ACTIVE", "a.docx", lambda: word(field("DDEAUTO c:\\\\windows\\\\cmd.exe"))),
    "docx with a command in pieces": ("F-ACTIVE", "a.docx", lambda: word(field("DDE") + field("AUTO cmd"))),
    "docx with entities": (
        "F-ACTIVE",
        "a.docx",
        lambda: word(p("а"), **{"word/settings.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}),
    ),
    "docx with entities in utf-16": (
        "F-ACTIVE",
        "a.docx",
        lambda: word(p("а"), **{"word/settings.xml": '<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("utf-16")}),
    ),
    "docx in a rare encoding": (
        "F-BROKEN",
        "a.docx",
        lambda: word(p("а"), **{"word/settings.xml": '<?xml version="1.0" encoding="UTF-7"?><a/>'}),
    ),
    "docx of no xml": ("F-BROKEN", "a.docx", lambda: word("<w:p>")),
    "xlsx with old macros": (
        "F-MACRO",
        "a.xlsx",
        lambda: book(**{"xl/macrosheets/sheet1.xml": "<a/>"}),
    ),
    "xlsx with old macros under another name": (
        "F-MACRO",
        "a.xlsx",
        lambda: book(
            '<Override PartName="/xl/worksheets/s.xml" ContentType="application/vnd.ms-excel.macrosheet+xml"/>'
        ),
    ),
    "xlsx with a command": (
        "F-ACTIVE",
        "a.xlsx",
        lambda: book(**{"xl/externalLinks/externalLink1.xml": '<x><ddeLink ddeService="cmd"/></x>'}),
    ),
    "xlsx that asks the web": (
        "F-EXT",
        "a.xlsx",
        lambda: book(**{"xl/connections.xml": '<c><connection><webPr url="https://x.test"/></connection></c>'}),
    ),
    "pptx that runs": (
        "F-ACTIVE",
        "a.pptx",
        lambda: zipped(
            {
                "[Content_Types].xml": "<a/>",
                "ppt/presentation.xml": "<a/>",
                "ppt/slides/slide1.xml": '<a><hlinkClick action="ppaction://program?x"/></a>',
            }
        ),
    ),
    "odt with a far picture": (
        "F-EXT",
        "a.odt",
        lambda: odf("text", '<draw:image xmlns:draw="urn:d" xlink:href="https://x.test/a.png" xmlns:xlink="http://www.w3.org/1999/xlink"/>'),
    ),
    "odt with a script": (
        "F-MACRO",
        "a.odt",
        lambda: odf("text", '<x:a xmlns:x="urn:x" href="vnd.sun.star.script:Run"/>'),
    ),
    "rtf with an object": ("F-ACTIVE", "a.rtf", lambda: b"{\\rtf1{\\object\\objemb{\\*\\objclass Package}}}"),
    "rtf with a command": ("F-ACTIVE", "a.rtf", lambda: b"{\\rtf1{\\field{\\*\\fldinst DDEAUTO cmd }}}"),
    "rtf with a far template": ("F-EXT", "a.rtf", lambda: b"{\\rtf1{\\*\\template https://x.test/a.dotm}}"),
    "csv with a command": ("F-ACTIVE", "a.csv", lambda: b"1;=cmd|'/C calc'!A0\n"),
    "jpg cut": ("F-BROKEN", "a.jpg", lambda: picture()[:3000]),
    "png broken": ("F-BROKEN", "a.png", lambda: picture("PNG")[:9000]),
    "webp broken": ("F-BROKEN", "a.webp", lambda: b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(60)),
    "jpg and archive at once": ("F-ACTIVE", "a.jpg", lambda: picture() + stray_zip()),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_acts_hides_or_is_broken_is_refused_by_its_code(case: str) -> None:
    code, name, made = HOSTILE[case]

    with pytest.raises(Refused) as caught:
        kind_examined(made(), name)

    assert caught.value.code == code, caught.value.words
    assert (
        "/" not in caught.value.words.replace("docx/xlsx", "").replace(".docx/.xlsx", "") or code == "F-EXT"
    )


def test_a_pdf_whose_objects_swell_is_refused() -> None:
    swollen = packed(b"1 0 " + b" " * 120_000_000)

    with pytest.raises(Refused) as caught:
        kind_examined(acting("", swollen), "a.pdf")

    assert caught.value.code == "F-BOMB"


HONEST: dict[str, Callable[[], bytes]] = {
    "signed.pdf": lambda: acting(
        "/AcroForm<</SigFlags 3/Fields[4 0 R]>>/Perms<</DocMDP 5 0 R>>",
        "<</FT/Sig/T(Signature1)/V 5 0 R>>",
        "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<30820100>>>",
    ),
    "form.pdf": lambda: acting("/AcroForm<</Fields[4 0 R]>>", "<</FT/Tx/T(name)/DA(/Helv 0 Tf 0 g)>>"),
    "link.pdf": lambda: acting("/OpenAction<</S/GoTo/D[3 0 R/Fit]>>", "<</S/URI/URI(https://example.test)>>"),
    "packed.pdf": lambda: acting("", packed(b"1 0 <</Type/Font/BaseFont/JSans>>")),
    "ours.pdf": lambda: typst.compile("= Отчёт\n#table(columns: 2, [1], [а])".encode()),
    "links.docx": lambda: word(
        p("а") + field('HYPERLINK "https://example.test"'),
        **{
            "word/_rels/document.xml.rels": rels("hyperlink", "https://example.test"),
            "word/_rels/settings.xml.rels": rels("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm"),
        },
    ),
    "chart.docx": lambda: word(p("а"), **{"word/embeddings/sheet1.xlsx": book(), "word/media/a.emf": b"\x01\x00"}),
    "formulas.xlsx": lambda: book(
        **{
            "xl/worksheets/sheet1.xml": "<sheetData><c><f>SUM(A1:A5)</f><v>5</v></c></sheetData>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": rels("externalLinkPath", "Книга2.xlsx"),
            "xl/sharedStrings.xml": "<sst><si><t>Протокол DDE, cmd и ddeLink</t></si></sst>",
        }
    ),
    "words.odt": lambda: odf(
        "text",
        '<text:p><text:a xlink:href="https://example.test" xmlns:xlink="http://www.w3.org/1999/xlink">а</text:a></text:p>',
    ),
    "words.rtf": lambda: b"{\\rtf1{\\field{\\*\\fldinst HYPERLINK \"https://example.test\"}}}",
    "table.csv": "школа;балл\n=СУММ(А1);-5\n|cmd|\n".encode,
    "phone.jpg": lambda: picture() + b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 40,
    "scan.png": lambda: picture("PNG"),
    "small.webp": lambda: picture("WEBP"),
}  # fmt: skip


@pytest.mark.parametrize("name", HONEST)
def test_honest_files_pass(name: str) -> None:
    assert kind_examined(HONEST[name](), name) == name.rpartition(".")[2]


def test_a_hostile_file_of_a_batch_is_named_and_the_others_go_on(town: Town, browser_of: Browser) -> None:
    hostile = SimpleUploadedFile("приказ.pdf", HOSTILE["pdf packed script"][2]())

    answer = browser_of(town.coordinator).post(
        ADDRESS, common(papers=[given("первый.txt"), hostile, given("третий.txt")])
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "F-ACTIVE" in page
    assert "сценарий" in page
    assert "приказ.pdf" in page
    assert sorted(Document.objects.values_list("title", flat=True)) == ["первый", "третий"]
    assert StoredFile.objects.count() == 2


def test_a_directory_of_many_names_is_judged_outside_of_the_web_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heavy = zipped({f"{at}": "" for at in range(3_000)})
    monkeypatch.setattr(zipfile, "ZipFile", None)  # this process has nothing to open it by

    with pytest.raises(Refused) as caught:
        kind_examined(heavy, "a.docx")

    assert caught.value.code == "F-BOMB"
