"""Open a picture of an unknown hand: what it is by its content, never larger than memory bears, whole or refused."""

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from guatu.core.refusals import Refusal

PIXELS_MOST = 60_000_000  # a telephone's largest photos have 50 million
SIDE_MOST = 20_000
DECODED_SIDE = 2_048  # a JPEG is decoded at about this size; nothing here needs more
FORMATS = ("JPEG", "PNG")
_UNREADABLE = (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError)
_BROKEN_WORDS = (*_UNREADABLE, struct.error, TypeError, KeyError, AttributeError, ArithmeticError)
"""What Pillow raises over a broken EXIF block, which is no fault of the picture."""


@contextmanager
def opened(path: Path, name: str) -> Iterator[Image.Image]:
    """The picture of a file, not yet decoded; `name` is for the sentence of a refusal.

    Refused: core.picture_unknown (no JPEG or PNG), core.picture_large (more pixels than PIXELS_MOST).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
            picture = Image.open(path, formats=FORMATS)
    except Image.DecompressionBombError as problem:
        raise _large(name) from problem
    except (UnidentifiedImageError, *_UNREADABLE) as problem:
        raise Refusal("core.picture_unknown", name=name) from problem
    with picture:
        if picture.width * picture.height > PIXELS_MOST or max(picture.size) > SIDE_MOST:
            raise _large(name)
        yield picture


def _large(name: str) -> Refusal:
    return Refusal("core.picture_large", name=name, limit=PIXELS_MOST // 10_000)


def decoded(picture: Image.Image, name: str) -> Image.Image:
    """The picture in colours, turned as it was held; refused with core.picture_broken where bytes are missing."""
    try:
        picture.draft("RGB", (DECODED_SIDE, DECODED_SIDE))
        picture.load()
        plain = picture if picture.mode in ("RGB", "L") else _on_white(picture)
        return _turned(plain).convert("RGB")
    except _UNREADABLE as problem:
        raise Refusal("core.picture_broken", name=name) from problem


def _on_white(picture: Image.Image) -> Image.Image:
    """What is transparent is white, as browsers show it."""
    layer = picture.convert("RGBA")
    white = Image.new("RGBA", layer.size, "white")
    white.alpha_composite(layer)
    with suppress(*_BROKEN_WORDS):
        if picture.getexif():
            white.info["exif"] = picture.getexif().tobytes()
    return white


def _turned(picture: Image.Image) -> Image.Image:
    """As it was held, where it says so."""
    try:
        return ImageOps.exif_transpose(picture)
    except _BROKEN_WORDS:
        return picture
