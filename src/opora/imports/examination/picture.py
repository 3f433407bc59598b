"""A picture: it is whole, of the kind it says, and nothing hides behind it."""

from __future__ import annotations

import io
import warnings
from typing import Final

from PIL import Image

from opora.imports.examination.double import refuse_archive_behind
from opora.imports.readers.refusals import broken

# A telephone keeps a second picture (MPO) in a jpg: a JPEG reader shows the first.
_FORMATS: Final = {"jpg": ("JPEG", "MPO"), "png": ("PNG",), "webp": ("WEBP",)}
_SMALL: Final = (1024, 1024)


def judge(content: bytes, kind: str) -> None:
    """Refused: F-BROKEN, F-ACTIVE. The bound on pixels is `core.filetypes`'s own."""
    refuse_archive_behind(content)
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=_FORMATS[kind]) as picture:
                # A photograph is unpacked at an eighth of its size: its whole stream is read all the same.
                picture.draft(None, _SMALL)
                picture.load()
    except MemoryError:
        raise
    except Exception as error:
        raise broken("картинка не открывается") from error
