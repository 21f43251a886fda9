"""Files that were handed in: stored once under their SHA-256, on the disk before their row commits, served by policy.

    kept = keep_file(upload, kinds=("pdf", "jpeg"))          # bytes safe on the disk, nothing committed
    add_attachment(actor=actor, file=kept, about_kind="library.project", about_id=str(project.public_id))

Bytes whose row never commits stay behind unseen; the same file handed in again finds them.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.base import File
from django.db.models import QuerySet
from django.http import FileResponse

from guatu.core import file_types
from guatu.core.actor import Actor
from guatu.core.logs import as_uuid
from guatu.core.models import Attachment
from guatu.core.refusals import Refusal

CanSee = Callable[[Actor, str], bool]
_POLICIES: dict[str, CanSee] = {}
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file whose bytes are on the disk: SHA-256 (hex), name, media type, kind ("pdf", …), size in bytes."""

    digest: str
    name: str
    media_type: str
    kind: str
    size: int

    @property
    def path(self) -> Path:
        """Where the bytes are."""
        return path_of(self.digest)


def files_dir() -> Path:
    """The folder of all files."""
    return Path(settings.DATA_DIR) / "files"


def path_of(digest: str) -> Path:
    """Where the bytes of a digest are: files/ab/cdef…"""
    return files_dir() / digest[:2] / digest[2:]


def register_attachment_policy(about_kind: str, can_see: CanSee) -> None:
    """Say who may open the files of a kind of object: `can_see(actor, about_id)`, asked at every download."""
    _POLICIES[about_kind] = can_see


def seen_with(visible: Callable[[Actor], QuerySet[Any]], field: str = "public_id") -> CanSee:
    """The policy of files that are seen by whoever sees one of the rows `visible` to the actor whose `field` is the
    object's public id.
    """

    def can_see(actor: Actor, about_id: str) -> bool:
        public_id = as_uuid(about_id)
        return public_id is not None and visible(actor).filter(**{field: public_id}).exists()

    return can_see


def attachment_kinds() -> list[str]:
    """Kinds of objects whose files can be opened."""
    return sorted(_POLICIES)


def visible_attachment(actor: Actor, public_id: Any) -> Attachment | None:
    """The attachment, when the policy of its object lets the actor see it."""
    row = Attachment.objects.filter(public_id=public_id).first()
    policy = _POLICIES.get(row.about_kind) if row is not None else None
    return row if row is not None and policy is not None and policy(actor, row.about_id) else None


def keep_file(
    upload: "File[bytes]", *, kinds: Iterable[str] = file_types.DOCUMENTS, limit: int | None = None
) -> KeptFile:
    """Write an upload to the disk and tell what it is. `limit` in bytes, the installation's by default.

    Refused: too large (counted while reading), a kind that is not asked for, a disk that is full. Nothing
    half-written stays.
    """
    name = clean_name(upload.name or "")
    chunks = upload.chunks()
    most = settings.UPLOAD_LIMIT if limit is None else limit
    try:
        folder = files_dir() / "new"
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder)
        try:
            return _keep(handle, Path(temporary), chunks, name, tuple(kinds), most)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError as problem:
        raise Refusal("core.disk", name=name) from problem


def keep_path(path: Path, name: str, *, kinds: Iterable[str], limit: int | None = None) -> KeptFile:
    """The same with a file that is on the disk already, from the command line."""
    with path.open("rb") as file:
        return keep_file(File(file, name=name), kinds=kinds, limit=limit)


def _keep(
    handle: int, temporary: Path, chunks: Iterable[bytes], name: str, kinds: tuple[str, ...], most: int
) -> KeptFile:
    hasher, size = hashlib.sha256(), 0
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > most:
                raise Refusal("core.file_too_large", name=name, size=size // MEGABYTE, limit=most // MEGABYTE)
            hasher.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    kind = file_types.kind_of(temporary, name)
    if kind not in kinds:
        raise Refusal("core.file_kind", name=name, kinds="、".join(str(file_types.WORDS[one]) for one in kinds))
    digest = hasher.hexdigest()
    _move(temporary, path_of(digest))
    return KeptFile(digest, name, file_types.MEDIA_TYPES[kind], kind, size)


def _move(temporary: Path, target: Path) -> None:
    """Put the bytes in their place (the same bytes, where they are there already); on the disk when this returns."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary.chmod(0o600)
    os.replace(temporary, target)
    for folder in (target.parent, target.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def clean_name(name: str) -> str:
    """A file name without folders and control characters, at most 200 characters, its ending kept."""
    plain = "".join(char for char in name.replace("\\", "/").split("/")[-1] if char.isprintable()).strip()
    if len(plain) > 200:
        stem, dot, ending = plain.rpartition(".")
        plain = f"{stem[: 199 - len(ending)]}.{ending}" if dot and len(ending) < 20 else plain[:200]
    return plain or "file"


def disposition(name: str, *, inline: bool = False) -> str:
    """Content-Disposition with the name in RFC 5987 spelling, and in ASCII for programs that don't read that."""
    plain = "".join(char if char.isascii() and char not in '"\\%' else "_" for char in name)
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def serve(row: Attachment) -> FileResponse:
    """The bytes as a response; pictures may stand in a page, all else is a download."""
    response = FileResponse(path_of(row.digest).open("rb"), content_type=row.media_type)
    response["Content-Disposition"] = disposition(row.name, inline=row.media_type in file_types.SHOWN_IN_PAGE)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Length"] = str(row.size)
    response["ETag"] = f'"{row.digest}"'
    response["Cache-Control"] = "private, no-cache"
    return response
