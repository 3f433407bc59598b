"""One page of a PDF as pdfium gives it: letters with their boxes, and the straight lines drawn on it."""

from __future__ import annotations

import ctypes
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

_MOST_LETTERS: Final = 60_000
_MOST_OBJECTS: Final = 20_000
_MOST_LINES: Final = 4_000
_MOST_FORMS: Final = 4
_THIN: Final = 3.0


class Letter(NamedTuple):
    """A letter and its box; x grows to the right, y grows downwards, in points."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    is_bold: bool = False

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        return self.bottom - self.top


class Line(NamedTuple):
    """A level line (at y, from x to x) or an upright one (at x, from y to y)."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """What is on one page; `number` starts at 1."""

    number: int
    letters: list[Letter]
    level: list[Line]
    upright: list[Line]
    pictures: int
    unreadable: int = 0


def read_page(document: Any, number: int) -> Page:
    """The letters and the straight lines of a page, turned so that its words stand upright."""
    handle = pdfium.FPDF_LoadPage(document, number - 1)
    page = Page(number, [], [], [], 0)
    if not handle:
        return page
    try:
        sides = _read_letters(handle, page)
        _read_objects(handle, page)
        page.letters = [_turned_letter(letter, sides) for letter in page.letters]
        _turn_lines(page, sides)
    finally:
        pdfium.FPDF_ClosePage(handle)
    return page


def _read_letters(handle: Any, page: Page) -> int:
    """Fill in the letters as they lie; returns by how many quarters most of them are turned."""
    text = pdfium.FPDFText_LoadPage(handle)
    if not text:
        return 0
    box = pdfium.FS_RECTF()
    place = ctypes.byref(box)
    angles: Counter[int] = Counter()
    fonts: dict[int, bool] = {}
    try:
        count = min(pdfium.FPDFText_CountChars(text), _MOST_LETTERS)
        for at in range(count):
            code = pdfium.FPDFText_GetUnicode(text, at)
            if pdfium.FPDFText_IsGenerated(text, at) == 1:
                continue
            if code in {0, 0xFFFD, 0xFFFE, 0xFFFF} or 0xE000 <= code <= 0xF8FF:
                page.unreadable += 1
                continue
            pdfium.FPDFText_GetLooseCharBox(text, at, place)
            letter = "-" if code == 2 else chr(code) if code < 0x110000 else " "
            if at % 16 == 0:
                angles[round(pdfium.FPDFText_GetCharAngle(text, at) * 57.29578 / 90) % 4] += 1
            is_bold = _is_bold(pdfium.FPDFText_GetTextObject(text, at), fonts)
            page.letters.append(Letter(letter, box.left, box.right, box.top, box.bottom, is_bold))
    finally:
        pdfium.FPDFText_ClosePage(text)
    return angles.most_common(1)[0][0] if angles else 0


def _is_bold(item: Any, fonts: dict[int, bool]) -> bool:
    """Whether the font of a piece of text is bold; fonts are asked once."""
    font = pdfium.FPDFTextObj_GetFont(item) if item else None
    if not font:
        return False
    key = ctypes.cast(font, ctypes.c_void_p).value or 0
    if key not in fonts:
        name = ctypes.create_string_buffer(128)
        pdfium.FPDFFont_GetBaseFontName(font, name, 128)
        fonts[key] = b"bold" in name.value.lower() or pdfium.FPDFFont_GetWeight(font) >= 600
    return fonts[key]


def _turned_letter(letter: Letter, sides: int) -> Letter:
    left, top = _turned(letter.left, letter.top, sides)
    right, bottom = _turned(letter.right, letter.bottom, sides)
    return Letter(
        letter.text, min(left, right), max(left, right), min(top, bottom), max(top, bottom), letter.is_bold
    )


def _turned(x: float, y: float, sides: int) -> tuple[float, float]:
    """A point of the page (y upwards) as seen when its words stand upright (y downwards)."""
    if sides == 3:
        return y, x
    if sides == 2:
        return -x, y
    if sides == 1:
        return -y, -x
    return x, -y


def _turn_lines(page: Page, sides: int) -> None:
    level, upright = page.level, page.upright
    page.level, page.upright = [], []
    for lines, is_level in ((level, True), (upright, False)):
        for line in lines:
            one = _turned(*((line.start, line.at) if is_level else (line.at, line.start)), sides)
            other = _turned(*((line.end, line.at) if is_level else (line.at, line.end)), sides)
            if abs(one[1] - other[1]) < abs(one[0] - other[0]):
                page.level.append(Line(one[1], *sorted((one[0], other[0]))))
            else:
                page.upright.append(Line(one[0], *sorted((one[1], other[1]))))


def _read_objects(handle: Any, page: Page) -> None:
    count = min(pdfium.FPDFPage_CountObjects(handle), _MOST_OBJECTS)
    for at in range(count):
        _read_object(pdfium.FPDFPage_GetObject(handle, at), page, _IDENTITY, 0)


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Final[_Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _read_object(item: Any, page: Page, outer: _Matrix, depth: int) -> None:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        if len(page.level) + len(page.upright) < _MOST_LINES:
            _read_path(item, page, _times(_matrix(item), outer))
    elif kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING}:
        page.pictures += 1
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MOST_FORMS:
        inner = _times(_matrix(item), outer)
        for at in range(min(pdfium.FPDFFormObj_CountObjects(item), _MOST_OBJECTS)):
            _read_object(pdfium.FPDFFormObj_GetObject(item, at), page, inner, depth + 1)


def _matrix(item: Any) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(found)):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    if other == _IDENTITY:
        return one
    a, b, c, d, e, f = one
    m, n, o, p, q, r = other
    return a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r


def _read_path(path: Any, page: Page, matrix: _Matrix) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value and not fill.value:
        return
    for points in _strokes(path, matrix):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        width, height = max(xs) - min(xs), max(ys) - min(ys)
        if min(width, height) <= _THIN:
            _add_line(xs, ys, page)
        elif stroke.value:
            for one, other in pairwise(points):
                _add_edge(one, other, page)


def _add_line(xs: list[float], ys: list[float], page: Page) -> None:
    """A stroke or a thin filled box, which is how Word draws a border."""
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if width >= height and width > _THIN:
        page.level.append(Line((min(ys) + max(ys)) / 2, min(xs), max(xs)))
    elif height > _THIN:
        page.upright.append(Line((min(xs) + max(xs)) / 2, min(ys), max(ys)))


def _add_edge(one: tuple[float, float], other: tuple[float, float], page: Page) -> None:
    width, height = abs(one[0] - other[0]), abs(one[1] - other[1])
    if height < 1 and width > _THIN:
        page.level.append(Line((one[1] + other[1]) / 2, *sorted((one[0], other[0]))))
    elif width < 1 and height > _THIN:
        page.upright.append(Line((one[0] + other[0]) / 2, *sorted((one[1], other[1]))))


def _strokes(path: Any, matrix: _Matrix) -> list[list[tuple[float, float]]]:
    """The points of each stroke of a path in the page's own measure; curves are left out."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    strokes: list[list[tuple[float, float]]] = []
    for at in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_LINES)):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not strokes:
            strokes.append([point])
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            strokes[-1].append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and len(strokes[-1]) > 1:
            strokes[-1].append(strokes[-1][0])
    return [points for points in strokes if len(points) > 1]
