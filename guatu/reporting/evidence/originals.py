"""A phone sends a small copy of a photo first and the original after it: when the one takes the other's place."""

from typing import Final

from guatu.core.attachments import path_of
from guatu.core.pictures.opening import opened
from guatu.domain.prints import ALIKE, distance, from_bytes
from guatu.reporting.evidence.taking import Taken
from guatu.reporting.models import Evidence

COPY_SIDE: Final = 2_560
"""The longer side of a phone's copy in pixels, as assets/src/js/phone/photos.js makes it."""


def completes(row: Evidence, taken: Taken) -> bool:
    """Whether a picture is the original of the copy that stands: larger than a copy ever is, and the same picture.

    A copy is completed once; another picture never takes its place.
    """
    with opened(path_of(row.original.digest), row.original.name) as standing:
        side = max(standing.size)
    return side <= COPY_SIDE < taken.side and _alike(bytes(row.prints), taken.prints)


def _alike(one: bytes, other: bytes) -> bool:
    left, right = from_bytes(one), from_bytes(other)
    if left is None or right is None:
        return left is right  # both without details: nothing to tell them apart by
    return distance(left, right) <= ALIKE
