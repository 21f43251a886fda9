"""What passes between a running job and its page beside the database: how far it is, and the wish to stop it.

While a job's transaction is open nobody else sees its rows, and on SQLite nobody else can write. So both are small
files in the data folder, which the worker and the pages share anyway. A lost file is no loss: the job's row says how
it ended.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from guatu.core import clock

FOLDER = "job_signs"


@dataclass(frozen=True, slots=True)
class Sign:
    """How far a job is: `done` of `total` of a step, and when it said so (seconds of the business clock)."""

    done: int
    total: int
    step: str
    at: float


def _path(public_id: UUID, kind: str) -> Path:
    return Path(settings.DATA_DIR) / FOLDER / f"{public_id}.{kind}"


def tell(public_id: UUID, done: int, total: int, step: str) -> None:
    """Say how far a job is. A disk that is full stops no job."""
    path = _path(public_id, "progress")
    text = json.dumps([done, total, step, clock.now().timestamp()])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(text)
        os.replace(fresh, path)
    except OSError:
        return


def told(public_id: UUID) -> Sign | None:
    """What a job said last."""
    try:
        done, total, step, at = json.loads(_path(public_id, "progress").read_text())
    except (OSError, ValueError):
        return None
    return Sign(int(done), int(total), str(step), float(at))


def wish(public_id: UUID) -> None:
    """Ask a running job to stop. Its row says so too, as soon as it can be written."""
    path = _path(public_id, "cancel")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def wished(public_id: UUID) -> bool:
    """Whether somebody asked the job to stop."""
    return _path(public_id, "cancel").exists()


def forget(public_id: UUID) -> None:
    """The job has ended."""
    for kind in ("progress", "cancel"):
        _path(public_id, kind).unlink(missing_ok=True)
