"""What the child process does with snapshots of one document: the pictures in order become the pages of one PDF."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

_LONGEST: Final = 2000
_MOST_PIXELS: Final = 40_000_000
_MOST_BYTES: Final = 19 * 1024 * 1024
_QUALITIES: Final = (78, 50, 30)
# A4 in points, upright.
_SHEET: Final = (595.0, 842.0)


class Page(NamedTuple):
    """One picture redrawn: the bytes of a JPEG and its sides."""

    drawn: bytes
    width: int
    height: int


def main() -> int:
    """Read a line of JSON (`sizes`) and the pictures one after another; answer with a PDF, or «!3» for a broken third."""
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    sizes = json.loads(head)["sizes"]
    sys.stdout.buffer.write(_answer(content, sizes))
    sys.stdout.buffer.flush()
    return 0


def _answer(content: bytes, sizes: list[int]) -> bytes:
    pages: list[Page] = []
    start = 0
    for number, size in enumerate(sizes, start=1):
        try:
            pages.append(_page(content[start : start + size]))
        except MemoryError:
            raise
        except Exception:  # a library met bytes that its author never saw
            return f"!{number}".encode()
        start += size
    for quality in _QUALITIES[1:]:
        if sum(len(page.drawn) for page in pages) > _MOST_BYTES:
            pages = [_lighter(page, quality) for page in pages]
    return _pdf(pages)


def _page(content: bytes) -> Page:
    """The picture turned as its camera meant, of a bounded size, with nothing but the drawing left of it."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS // 2
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
        if opened.width * opened.height > _MOST_PIXELS:
            raise ValueError("too many pixels")
        opened.draft("RGB", (_LONGEST, _LONGEST))
        opened.thumbnail((_LONGEST, _LONGEST))
        turned = ImageOps.exif_transpose(opened)
        return _kept(_on_white(turned), _QUALITIES[0])


def _on_white(picture: Image) -> Image:
    from PIL import Image

    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    whole = picture.convert("RGBA")
    ground = Image.new("RGB", whole.size, "white")
    ground.paste(whole, mask=whole.getchannel("A"))
    return ground


def _lighter(page: Page, quality: int) -> Page:
    from PIL import Image

    with Image.open(io.BytesIO(page.drawn)) as opened:
        return _kept(opened.convert("RGB"), quality)


def _kept(picture: Image, quality: int) -> Page:
    picture.info.clear()
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=quality, optimize=True)
    return Page(kept.getvalue(), picture.width, picture.height)


def _pdf(pages: list[Page]) -> bytes:
    """A PDF of whole-page pictures. Nothing in it depends on the moment: the same snapshots give the same bytes."""
    numbers = [3 + 3 * place for place in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (ru-RU) >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
    ]
    for number, page in zip(numbers, pages, strict=True):
        parts += _objects_of(page, number)
    made, places = io.BytesIO(), []
    made.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    for number, part in enumerate(parts, start=1):
        places.append(made.tell())
        made.write(f"{number} 0 obj\n".encode() + part + b"\nendobj\n")
    table = made.tell()
    made.write(f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n".encode())
    made.writelines(f"{place:010} 00000 n \n".encode() for place in places)
    made.write(f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode())
    return made.getvalue()


def _objects_of(page: Page, number: int) -> list[bytes]:
    """The page, what is drawn on it, and the picture; an A4 sheet lies as the picture does."""
    across, down = _SHEET if page.height >= page.width else _SHEET[::-1]
    scale = min(across / page.width, down / page.height)
    width, height = page.width * scale, page.height * scale
    drawing = (
        f"q {width:.2f} 0 0 {height:.2f} {(across - width) / 2:.2f} {(down - height) / 2:.2f} cm /P Do Q"
    )
    return [
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {across:.0f} {down:.0f}] /Contents {number + 1} 0 R"
        f" /Resources << /XObject << /P {number + 2} 0 R >> >> >>".encode(),
        f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream".encode(),
        f"<< /Type /XObject /Subtype /Image /Width {page.width} /Height {page.height} /ColorSpace /DeviceRGB"
        f" /BitsPerComponent 8 /Filter /DCTDecode /Length {len(page.drawn)} >>\nstream\n".encode()
        + page.drawn
        + b"\nendstream",
    ]
