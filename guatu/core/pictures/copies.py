"""Copies for looking at: a thumbnail and a view, without the picture's own words (no place leaves with a copy)."""

import io

from django.core.files.base import ContentFile
from PIL import Image

from guatu.core.attachments import KeptFile, keep_file

THUMBNAIL, VIEW = 320, 1600  # longest side in pixels
_QUALITY = {THUMBNAIL: 78, VIEW: 84}


def copy_of(picture: Image.Image, side: int, name: str) -> KeptFile:
    """A JPEG of a decoded picture, its longest side at most `side`, kept on the disk."""
    file = ContentFile(jpeg_of(picture, side), name=f"{name.rpartition('.')[0] or name}-{side}.jpg")
    return keep_file(file, kinds=("jpeg",))


def jpeg_of(picture: Image.Image, side: int) -> bytes:
    """The same as bytes."""
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    small.save(file, "JPEG", quality=_QUALITY.get(side, 80), optimize=True, progressive=True)
    return file.getvalue()
