"""What is said when a file cannot be read: the codes of the trust contract with their words filled in."""

from __future__ import annotations

from opora.core.refusal import Refused

MOST_ROWS = 5_000
MOST_DOCUMENT_ROWS = 2_000
MOST_TABLES = 20
MOST_COLUMNS = 100
LAST_COLUMN = 256
MOST_SHEETS = 20
MOST_CELL_LETTERS = 10_000
MOST_SHEET_CELL_LETTERS = 32_767
MOST_PAGES = 300
MOST_READ_PAGES = 60

ACCEPTED = "docx, pdf, xlsx, ods, odt, html, rtf, csv, txt"
EXTERNAL = (
    "F-EXT",
    "Файл ссылается на внешние данные (шаблон, картинка, книга). Ссылки убраны; проверьте документ.",
)


def broken(why: str = "архив оборван") -> Refused:
    """The file cannot be opened; `why` is a short Russian reason."""
    return Refused(f"Файл повреждён и не открывается ({why}). Отправьте его ещё раз.", code="F-BROKEN")


def bomb(why: str = "более 100 МБ") -> Refused:
    """The file would unpack into too much."""
    return Refused(f"Файл отклонён: после распаковки он слишком велик ({why}).", code="F-BOMB", status=413)


def locked() -> Refused:
    """The file is encrypted."""
    return Refused("Файл защищён паролем. Снимите пароль и загрузите снова.", code="F-PASS")


def macros() -> Refused:
    """The file carries macros."""
    return Refused("Файл содержит макросы. Сохраните его как .docx/.xlsx без макросов.", code="F-MACRO")


def active(what: str) -> Refused:
    """The file carries something that acts; `what` names it in Russian."""
    return Refused(
        f"Файл содержит небезопасные вставки: {what}. Уберите их и загрузите снова.", code="F-ACTIVE"
    )


def fetched(what: str = "") -> Refused:
    """The file is made of data of another machine; it is kept as it came, so nobody but its author can part with them."""
    told = f": {what}" if what else ""
    return Refused(
        f"Файл ссылается на внешние данные (шаблон, картинка, книга){told}. "
        "Вставьте их в сам файл или разорвите связь и загрузите снова.",
        code="F-EXT",
    )


def wrong_type(what: str) -> Refused:
    """The content is not of a format that is read."""
    return Refused(f"Формат файла не подходит: {what}. Подходят: {ACCEPTED}.", code="F-TYPE", status=415)


def old_format(words: str, kind: str) -> Refused:
    """An old binary format on a machine that cannot convert it."""
    return Refused(
        f"Это старый формат {words}. Откройте файл и сохраните как .{kind}.", code="F-OLD", status=415
    )


def too_many_rows(most: int, where: str = "") -> Refused:
    """More rows than are read; `where` is the sheet or the page."""
    place = f" ({where})" if where else ""
    return Refused(f"Строк больше {grouped(most)}{place}. Разделите файл.", code="F-ROWS", status=413)


def too_many(words: str) -> Refused:
    """Another count over its limit; `words` is the whole beginning of the sentence."""
    return Refused(f"{words} Разделите файл.", code="F-ROWS", status=413)


def unknown_encoding() -> Refused:
    """Bytes of a text that are no known encoding."""
    return Refused(
        "Не удалось определить кодировку файла. Сохраните его как «CSV UTF-8».", code="F-ENC", status=415
    )


def grouped(number: int) -> str:
    """A number with its thousands apart: «10 000»."""
    return f"{number:,}".replace(",", " ")
