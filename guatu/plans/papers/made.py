"""Papers made in the background: kept for a day as files of the data folder, handed to whoever ordered them."""

from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.jobs import DONE, OPEN
from guatu.core.models import Job
from guatu.core.policies import visible_jobs

KIND: Final = "plans.paper"
FOLDER: Final = "papers"
KEPT: Final = timedelta(days=1)
"""A paper holds what its reader might see when it was made, so it is not kept for long."""


def _path(job: UUID, ending: str) -> Path:
    return Path(settings.DATA_DIR) / FOLDER / f"{job}.{ending}"


def keep(job: UUID, ending: str, content: bytes) -> None:
    """Put a paper aside, whole or not at all, and throw away those whose day has passed."""
    path = _path(job, ending)
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.iterdir():
        if clock.now().timestamp() - old.stat().st_mtime > KEPT.total_seconds():
            old.unlink(missing_ok=True)
    fresh = path.with_suffix(".part")
    fresh.write_bytes(content)
    fresh.replace(path)


def _own(actor: Actor) -> Any:
    """The papers that the actor ordered in the post now held."""
    return visible_jobs(actor).filter(kind=KIND, started_by=actor.user_id, post_id=actor.post_id)


def under_way(actor: Actor, payload: dict[str, Any]) -> Job | None:
    """The same paper, ordered and not made yet."""
    rows = _own(actor).filter(state__in=OPEN)
    return next((row for row in rows if row.payload["input"] == payload), None)


def ordered(actor: Actor, job: UUID) -> Job | None:
    """The order of a paper that was made; None for everybody but whoever ordered it."""
    row: Job | None = _own(actor).filter(public_id=job, state=DONE).first()
    return row


def kept(row: Job) -> tuple[str, Path] | None:
    """(name, path) of an ordered paper; None once its day has passed."""
    path = _path(row.public_id, row.payload["input"]["ending"])
    late = row.finished_at is None or clock.now() - row.finished_at > KEPT
    return None if late or not path.is_file() else (str((row.result or {})["name"]), path)
