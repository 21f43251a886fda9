"""A photo that arrives in parts: what came stays on the disk, so that a cut line goes on where it stopped."""

import hashlib
import time
from pathlib import Path
from uuid import UUID

from django.core.files.base import File

from guatu.core.actor import Actor
from guatu.core.attachments import MEGABYTE, KeptFile, files_dir, keep_file
from guatu.core.refusals import Refusal

PHOTOS = ("jpeg", "png")
PHOTO_LIMIT = 30 * MEGABYTE
DAY = 24 * 3600  # seconds
FORGOTTEN = 30 * DAY  # after which a photo that never came whole is given up
UNFINISHED_MOST = 20
"""Photos of one person that may lie here unfinished: a phone sends one after another, so a few are left where lines
were cut; more than these would let one person fill the disk (20 x 30 MB).
"""


def _path(actor: Actor, client_id: UUID) -> Path:
    return files_dir() / "parts" / f"{actor.user_id}-{client_id}"


def have(actor: Actor, client_id: UUID) -> int:
    """How many bytes of a photo are here."""
    path = _path(actor, client_id)
    return path.stat().st_size if path.exists() else 0


def add_part(actor: Actor, client_id: UUID, offset: int, total: int, part: "File[bytes]") -> int:
    """Put a part where it belongs; how many bytes are here then. A part that leaves a gap is not taken.

    Refused: a photo that is too large; one more where UNFINISHED_MOST of the person wait for their rest.
    """
    if total > PHOTO_LIMIT:
        limit = PHOTO_LIMIT // MEGABYTE
        raise Refusal("core.file_too_large", name=part.name or "", size=total // MEGABYTE, limit=limit)
    path = _path(actor, client_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    _forget_old(path.parent)
    if not path.exists():
        _require_room(path.parent, actor)
    with path.open("ab"):
        pass
    with path.open("r+b") as kept:
        here = kept.seek(0, 2)
        if offset <= here:
            kept.seek(offset)
            for chunk in part.chunks():
                kept.write(chunk[: max(0, total - kept.tell())])
            here = max(here, kept.tell())
    return here


def whole(actor: Actor, client_id: UUID, name: str, sha256: str) -> KeptFile:
    """The photo of all its parts as a kept file; a sum that is not the phone's drops the parts and is refused."""
    path = _path(actor, client_id)
    with path.open("rb") as parts:
        digest = hashlib.file_digest(parts, "sha256").hexdigest()
        if sha256 and digest != sha256:
            path.unlink(missing_ok=True)
            raise Refusal("reporting.outbox_damaged")
        parts.seek(0)
        return keep_file(File(parts, name=name), kinds=PHOTOS, limit=PHOTO_LIMIT)


def forget(actor: Actor, client_id: UUID) -> None:
    """The parts of a photo that was taken."""
    _path(actor, client_id).unlink(missing_ok=True)


def _require_room(folder: Path, actor: Actor) -> None:
    """Room for one more unfinished photo of a person. Those untouched for a day make way, the oldest first: the phone
    still has them and begins again.
    """
    waiting = sorted(folder.glob(f"{actor.user_id}-*"), key=lambda path: path.stat().st_mtime)
    surplus = len(waiting) - UNFINISHED_MOST + 1
    if surplus <= 0:
        return
    old = [path for path in waiting[:surplus] if path.stat().st_mtime < time.time() - DAY]
    if len(old) < surplus:
        raise Refusal("reporting.outbox_unfinished", count=len(waiting))
    for path in old:
        path.unlink(missing_ok=True)


def _forget_old(folder: Path) -> None:
    oldest = time.time() - FORGOTTEN
    for path in folder.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
