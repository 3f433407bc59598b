"""What a file is by its first bytes and, for a zip, by its directory; nothing is parsed here."""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zipfile
from pathlib import PurePosixPath

from opora.core.directory import parts_of
from opora.core.refusal import Refused
from opora.core.russian import clean

MAX_SIZE = 20 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
RATIO_SINCE = 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_NAME = 200

# kind → the type it is served with; the first of EXTENSIONS is the one written after the name
CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pdf": "application/pdf",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "csv": "text/csv",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "sig": "application/pkcs7-signature",
}
EXTENSIONS = {"jpg": ("jpg", "jpeg"), "sig": ("sig", "p7s", "sgn")}
INLINE = frozenset({"pdf", "jpg", "png"})
ACCEPTED = "docx, xlsx, pptx, odt, ods, pdf, rtf, txt, csv, jpg, png, webp"

_OFFICE = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx"))
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ALIENS = (
    (b"MZ", "программа (exe)"),
    (b"\x7fELF", "программа"),
    (b"#!", "программа (сценарий)"),
    (b"Rar!", "архив (rar)"),
    (b"7z\xbc\xaf", "архив (7z)"),
    (b"\x1f\x8b", "архив (gzip)"),
    (b"GIF8", "картинка (gif)"),
    (b"BM", "картинка (bmp)"),
    (b"ITSF", "справка (chm)"),
)
_MACRO_EXTENSIONS = {"docm", "xlsm", "pptm", "dotm", "xltm", "xlsb"}
_WEB_PAGE = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|script|svg|\?xml|body|head)", re.IGNORECASE | re.DOTALL
)


def kind_of(content: bytes, name: str) -> str:
    """The kind of a document's file: a key of CONTENT_TYPES other than sig.

    Refused (F-EMPTY, F-SIZE, F-TYPE, F-OLD, F-PASS, F-MACRO, F-ACTIVE, F-NAME, F-BROKEN, F-BOMB) when it is
    not one that may be kept, or when the name ends with something else than the content is.
    """
    _check_size(content)
    extension = extension_of(name)
    kind, words = _look(content, extension)
    if kind and extension in EXTENSIONS.get(kind, (kind,)):
        return kind
    if not kind or extension:
        ends = f"имя заканчивается на .{extension}" if extension else "у имени нет окончания"
        raise _wrong_type(f"по содержимому это {words or kind}, а {ends}. Подходят: {ACCEPTED}")
    raise _wrong_type(f"по содержимому это {kind}, а у имени нет окончания. Допишите к имени .{kind}")


def kind_of_signature(content: bytes, name: str) -> str:
    """«sig» for a detached signature. Refused (F-EMPTY, F-SIZE, F-TYPE) when it is not one."""
    _check_size(content)
    is_binary = content[:1] == b"\x30" and content[1:2] in {b"\x80", b"\x81", b"\x82", b"\x83"}
    is_text = content.lstrip()[:10] == b"-----BEGIN" or re.fullmatch(rb"MI[A-Za-z0-9+/=\s]+", content.strip())
    if extension_of(name) not in EXTENSIONS["sig"] or not (is_binary or is_text):
        raise _wrong_type("отсоединённая подпись — это файл .sig или .p7s рядом с документом")
    return "sig"


def extension_of(name: str) -> str:
    """The end of a file name in lower case, without the point."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower().lstrip(".")


def clean_name(name: str, kind: str) -> str:
    """A file name for showing and downloading only: no folders, no controls, its own ending."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = " ".join(re.sub(r'[<>:"|?*\n\t]', " ", clean(name)).split()).strip(" .")
    extension = extension_of(name)
    stem = name[: -len(extension) - 1] if extension in EXTENSIONS.get(kind, (kind,)) else name
    ending = extension if extension in EXTENSIONS.get(kind, (kind,)) else kind
    return f"{stem.strip(' .')[:MAX_NAME] or 'файл'}.{ending}"


def _check_size(content: bytes) -> None:
    if not content:
        raise Refused("Файл пуст (0 байт). Выберите файл ещё раз.", code="F-EMPTY", status=400)
    if len(content) > MAX_SIZE:
        mega = f"{len(content) / 1024 / 1024:.1f}".replace(".", ",")
        raise Refused(
            f"Файл слишком большой: {mega} МБ. Допустимый размер — {MAX_SIZE // 1024 // 1024} МБ.",
            code="F-SIZE",
            status=413,
        )


def _look(content: bytes, extension: str) -> tuple[str, str]:
    """The kind (empty when it is none of ours) and what to call the content in words."""
    if content.startswith(b"PK"):
        return _look_into_zip(content, extension)
    if content.startswith(_OLE):
        raise _old_office(content)
    if content.lstrip(b"\xef\xbb\xbf\r\n\t \x00").startswith(b"%PDF-"):
        _refuse_active(re.search(rb"/(?:Launch|JavaScript)\b", content))
        return "pdf", ""
    if content.startswith(b"{\\rtf"):
        _refuse_active(re.search(rb"\\objdata|\\objupdate", content))
        return "rtf", ""
    picture = _picture(content)
    if picture:
        return picture, "картинка"
    for start, words in _ALIENS:
        if content.startswith(start):
            return "", words
    return _look_at_text(content, extension)


def _look_into_zip(content: bytes, extension: str) -> tuple[str, str]:
    try:
        parts = parts_of(content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            kind = _kind_in(archive, {part.filename for part in parts})
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError, EOFError) as error:
        raise Refused(
            "Файл повреждён и не открывается (архив оборван). Отправьте его ещё раз.", code="F-BROKEN"
        ) from error
    _check_parts(parts)
    _refuse_macros({part.filename.lower() for part in parts}, extension)
    return kind, "" if kind else "архив (zip)"


def _kind_in(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "[Content_Types].xml" in names:
        return next((kind for part, kind in _OFFICE if part in names), "")
    if "mimetype" in names and archive.getinfo("mimetype").file_size <= 100:
        # A literal word of a hundred letters at most: the only part that is opened.
        return _OPEN_DOCUMENT.get(archive.read("mimetype").strip(), "")
    return ""


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    for part in parts:
        path = part.filename.replace("\\", "/")
        if (
            path.startswith("/")
            or re.match(r"[A-Za-z]:", path)
            or ".." in path.split("/")
            or "\x00" in part.orig_filename
        ):
            raise Refused(f"В архиве недопустимое имя файла: «{clean(part.filename)[:60]}».", code="F-NAME")
        if part.flag_bits & 1:
            raise _locked()
    is_bomb = sum(part.file_size for part in parts) > MAX_UNPACKED or any(
        part.file_size > RATIO_SINCE and part.file_size > MAX_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if is_bomb:
        raise Refused("Файл отклонён: после распаковки он слишком велик (более 100 МБ).", code="F-BOMB")


def _refuse_macros(names: set[str], extension: str) -> None:
    has_macros = any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names) or any(
        name.startswith(("basic/", "scripts/")) for name in names
    )
    if has_macros or extension in _MACRO_EXTENSIONS:
        raise Refused("Файл содержит макросы. Сохраните его как .docx/.xlsx без макросов.", code="F-MACRO")
    _refuse_active(
        any("/activex/" in name or name.endswith((".exe", ".dll", ".js", ".vbs")) for name in names)
    )


def _refuse_active(found: object) -> None:
    if found:
        raise Refused(
            "Файл содержит небезопасные вставки: вложенная программа, запуск команды или сценарий.",
            code="F-ACTIVE",
        )


def _old_office(content: bytes) -> Refused:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _locked()
    for part, words, kind in (
        ("WordDocument", "Word 97–2003 (.doc)", "docx"),
        ("Workbook", "Excel 97–2003 (.xls)", "xlsx"),
    ):
        if part.encode("utf-16-le") in content:
            return Refused(
                f"Это старый формат {words}. Откройте файл и сохраните как .{kind}.", code="F-OLD", status=415
            )
    return _wrong_type(f"это старый формат Microsoft Office. Подходят: {ACCEPTED}")


def _locked() -> Refused:
    return Refused("Файл защищён паролем. Снимите пароль и загрузите снова.", code="F-PASS")


def _wrong_type(words: str) -> Refused:
    return Refused(f"Формат файла не подходит: {words}.", code="F-TYPE", status=415)


def _picture(content: bytes) -> str:
    """jpg, png or webp, else an empty string. Refused (F-BOMB) when the header says more than 40 Mpx."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        _check_pixels(*struct.unpack(">II", content[16:24].ljust(8, b"\x00")))
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        _check_pixels(*_jpeg_sides(content))
        return "jpg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        if content[12:16] == b"VP8X":
            sides = content[24:30].ljust(6, b"\x00")
            _check_pixels(int.from_bytes(sides[:3], "little") + 1, int.from_bytes(sides[3:], "little") + 1)
        return "webp"
    return ""


def _jpeg_sides(content: bytes) -> tuple[int, int]:
    """Height and width of a jpeg by its frame header; 0, 0 when there is none."""
    place = 2
    while place + 9 < len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return height, width
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return 0, 0


def _check_pixels(one: int, other: int) -> None:
    if one * other > MAX_PIXELS:
        raise Refused(
            f"Картинка слишком велика: {one * other // 1_000_000} Мпикс. Можно не более 40.", code="F-BOMB"
        )


def _look_at_text(content: bytes, extension: str) -> tuple[str, str]:
    if _WEB_PAGE.match(content[:4096].removeprefix(b"\xef\xbb\xbf")):
        return "", "страница или рисунок из кода (html, svg, xml)"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        text = _decoded(content)
    if re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]", text[:200_000]):
        return "", "что-то неизвестное"
    return ("csv" if extension == "csv" else "txt"), "простой текст"


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")
