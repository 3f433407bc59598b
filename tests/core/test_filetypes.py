"""What a file is, is told by its bytes; what may not be kept is refused with its code."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.core.filetypes import CONTENT_TYPES, MAX_SIZE, clean_name, kind_of, kind_of_signature
from opora.core.refusal import Refused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = "[Content_Types].xml"


def packed(*names: str, **contents: bytes) -> bytes:
    """A zip with empty parts of these names, and parts with these contents."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"")
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()


GOOD = {
    "a.docx": packed(TYPES, "word/document.xml"),
    "a.xlsx": packed(TYPES, "xl/workbook.xml"),
    "a.pptx": packed(TYPES, "ppt/presentation.xml"),
    "a.odt": packed(mimetype=b"application/vnd.oasis.opendocument.text"),
    "a.ods": packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
    "a.pdf": b"%PDF-1.7\nscan",
    "a.rtf": b"{\\rtf1 words}",
    "a.txt": "Просто слова".encode(),
    "b.txt": "Слова в старой кодировке".encode("cp1251"),
    "c.txt": "Слова".encode("utf-16"),
    "a.csv": "номер;дата\n1;2".encode(),
    "a.jpg": b"\xff\xd8\xff\xe0 picture",
    "a.JPEG": b"\xff\xd8\xff\xe0 picture",
    "a.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 100, 100),
    "a.webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
}
BAD = [
    ("F-EMPTY", "a.txt", b""),
    ("F-TYPE", "a.pdf", b"MZ\x90\x00"),
    ("F-TYPE", "a.docx", GOOD["a.pdf"]),
    ("F-TYPE", "a", GOOD["a.pdf"]),
    ("F-TYPE", "a.zip", packed("a.txt")),
    ("F-TYPE", "a.txt", b"<html><script>alert(1)</script>"),
    ("F-TYPE", "a.txt", b"\xef\xbb\xbf <!-- x --> <svg onload=alert(1)>"),
    ("F-TYPE", "a.txt", b"\x00\x01\x02binary"),
    ("F-TYPE", "a.png", b"GIF89a"),
    ("F-OLD", "a.doc", OLE + "WordDocument".encode("utf-16-le")),
    ("F-OLD", "a.xls", OLE + "Workbook".encode("utf-16-le")),
    ("F-PASS", "a.docx", OLE + "EncryptedPackage".encode("utf-16-le")),
    ("F-BROKEN", "a.docx", GOOD["a.docx"][:60]),
    ("F-MACRO", "a.docx", packed(TYPES, "word/document.xml", "word/vbaProject.bin")),
    ("F-MACRO", "a.docm", GOOD["a.docx"]),
    ("F-MACRO", "a.odt", packed("Basic/script.xml", mimetype=b"application/vnd.oasis.opendocument.text")),
    ("F-NAME", "a.docx", packed(TYPES, "word/document.xml", "../../etc/passwd")),
    ("F-NAME", "a.docx", packed(TYPES, "word/document.xml", "C:/autoexec.bat")),
    ("F-BOMB", "a.docx", packed(TYPES, "word/document.xml", bomb=b"0" * 5_000_000)),
    ("F-BOMB", "a.docx", packed(TYPES, "word/document.xml", *(f"p{n}" for n in range(2_000)))),
    ("F-BOMB", "a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 60_000, 60_000)),
    ("F-ACTIVE", "a.pdf", b"%PDF-1.7 /OpenAction << /S /JavaScript >>"),
    ("F-ACTIVE", "a.rtf", b"{\\rtf1 {\\object\\objdata 0105}}"),
    ("F-SIZE", "a.txt", b"a" * (MAX_SIZE + 1)),
]


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_known_by_its_bytes(name: str) -> None:
    assert kind_of(GOOD[name], name) == name.split(".")[1].lower().replace("jpeg", "jpg")


@pytest.mark.parametrize(("code", "name", "content"), BAD, ids=[f"{code} {name}" for code, name, _ in BAD])
def test_a_bad_file_is_refused_with_its_code(code: str, name: str, content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        kind_of(content, name)

    assert refusal.value.code == code
    assert 400 <= refusal.value.status < 500


@given(
    st.binary(max_size=400), st.sampled_from(["a.txt", "a.docx", "a.pdf", "a.png", "a.jpg", "a", "..", ""])
)
def test_any_bytes_are_known_or_refused(content: bytes, name: str) -> None:
    for start in (b"", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8X", OLE):
        assert verdict(start + content, name) in {*CONTENT_TYPES, "refused"}


def verdict(content: bytes, name: str) -> str:
    """The kind, or that the file was refused with a code of its own."""
    try:
        return kind_of(content, name)
    except Refused as refusal:
        return "refused" if refusal.code.startswith("F-") else "refused without a code"


@given(st.text(max_size=300))
def test_a_cleaned_name_is_short_flat_and_ends_with_its_kind(name: str) -> None:
    cleaned = clean_name(name, "pdf")

    assert cleaned.lower().endswith(".pdf")
    assert len(cleaned) <= 210
    assert not set(cleaned) & set('/\\<>:"|?*\n\r\0')


def test_names_lose_folders_and_keep_letters() -> None:
    assert clean_name("C:\\Мои документы\\Отчёт за май.PDF", "pdf") == "Отчёт за май.pdf"
    assert clean_name("../../etc/passwd", "txt") == "passwd.txt"
    assert clean_name("...", "pdf") == "файл.pdf"


def test_a_signature_is_der_or_pem_with_its_ending() -> None:
    assert kind_of_signature(b"\x30\x82\x01\x00", "a.docx.sig") == "sig"
    assert kind_of_signature(b"-----BEGIN PKCS7-----", "a.p7s") == "sig"
    with pytest.raises(Refused):
        kind_of_signature(b"\x30\x82", "a.exe")
    with pytest.raises(Refused):
        kind_of_signature(b"words", "a.sig")


def of_many_names(count: int, said: int) -> bytes:
    """A zip whose directory names so many parts, all of them at one empty place, and says that they are so many."""
    name = b"xl/worksheets/sheet0000000.xml"
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0) + name
    one = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, *[0] * 7, len(name), *[0] * 6) + name
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, said, said, len(one) * count, len(local), 0)
    return local + one * count + end


@pytest.mark.parametrize(("count", "said"), [(250_000, 0xFFFF), (250_000, 5), (10_000, 1), (2_001, 2_001)])
def test_a_directory_of_many_names_is_refused_unread(count: int, said: int) -> None:
    """Seen by the memory: a name that is read costs hundreds of bytes, and the whole file has 19 MB of them."""
    content = of_many_names(count, said)
    tracemalloc.start()
    with pytest.raises(Refused) as caught:
        kind_of(content, "a.xlsx")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.code == "F-BOMB"
    assert most < (8 if count < 100_000 else 1) * 1024 * 1024


def test_as_many_parts_as_may_be_are_looked_at() -> None:
    assert (
        kind_of(packed(TYPES, "word/document.xml", *(f"p{one}" for one in range(1_998))), "a.docx") == "docx"
    )
