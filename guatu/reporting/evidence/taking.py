"""What a file that was handed in says of itself, worked out before a word is written: time, place, prints."""

from dataclasses import dataclass

from guatu.core.attachments import KeptFile
from guatu.core.pictures.copies import THUMBNAIL, copy_of
from guatu.core.pictures.exif import Said, read_exif
from guatu.core.pictures.opening import decoded, opened
from guatu.core.pictures.printing import prints_of
from guatu.domain.prints import to_bytes

NOTHING_SAID = Said()
PICTURES = ("jpeg", "png")
PAPERS = (*PICTURES, "pdf")


@dataclass(frozen=True, slots=True)
class Taken:
    """A file on the disk with what it says: a paper that is no picture has neither thumbnail nor prints; `side`: the
    longer side of a picture in pixels.
    """

    file: KeptFile
    said: Said = NOTHING_SAID
    thumbnail: KeptFile | None = None
    prints: bytes = b""
    side: int = 0


def take(file: KeptFile) -> Taken:
    """Read a kept file; a picture that cannot be opened whole is refused (core.picture_…)."""
    if file.kind not in PICTURES:
        return Taken(file)
    with opened(file.path, file.name) as picture:
        said, side = read_exif(picture), max(picture.size)
        plain = decoded(picture, file.name)
    prints = prints_of(plain)
    found = to_bytes(prints) if prints is not None else b""
    return Taken(file, said, copy_of(plain, THUMBNAIL, file.name), found, side)
