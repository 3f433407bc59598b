"""What the child process does to show a file: the number of its pages and one page redrawn as a PNG."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from PIL.Image import Image

_WIDTH: Final = 1000
_HEIGHT: Final = 1600
_MOST_PIXELS: Final = 40_000_000
# A photo is heavy as a PNG: over this many bytes it is kept in fewer colours.
_HEAVY: Final = 600_000


def main() -> int:
    """Read a line of JSON (`kind`, `page`) and the bytes of a file; answer with a line of JSON and a PNG; always 0."""
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(head)
    pages, drawn = _drawn(content, asked["kind"], int(asked["page"]))
    sys.stdout.buffer.write(json.dumps({"pages": pages}).encode() + b"\n" + drawn)
    sys.stdout.buffer.flush()
    return 0


def _drawn(content: bytes, kind: str, number: int) -> tuple[int, bytes]:
    if kind != "pdf":
        return 1, _png(_picture(content)) if number == 1 else b""
    import pypdfium2

    pdf: Any = pypdfium2.PdfDocument(content)
    count = len(pdf)
    if not 1 <= number <= count:
        return count, b""
    page = pdf[number - 1]
    width, height = page.get_size()
    scale = min(_WIDTH / max(width, 1), _HEIGHT / max(height, 1))
    return count, _png(page.render(scale=scale).to_pil().convert("RGB"))


def _picture(content: bytes) -> Image:
    """The picture redrawn: turned as its camera meant, nothing but the drawing left of it."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS // 2
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
        if opened.width * opened.height > _MOST_PIXELS:
            raise ValueError("too many pixels")
        opened.draft("RGB", (_WIDTH, _HEIGHT))
        opened.thumbnail((_HEIGHT, _HEIGHT))
        turned = ImageOps.exif_transpose(opened)
        turned.thumbnail((_WIDTH, _HEIGHT))
        return _on_white(turned)


def _on_white(picture: Image) -> Image:
    from PIL import Image

    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    whole = picture.convert("RGBA")
    ground = Image.new("RGB", whole.size, "white")
    ground.paste(whole, mask=whole.getchannel("A"))
    return ground


def _png(picture: Image) -> bytes:
    picture.info.clear()
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    if kept.tell() > _HEAVY:
        kept = io.BytesIO()
        picture.quantize(128).save(kept, "PNG")
    return kept.getvalue()
