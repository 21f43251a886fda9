"""Background jobs over django-q2: a kind is registered by name, a job is a row with progress, and it survives a kill.

    @job("library.import", right="library.import_plan")
    def import_plan(run: JobRun) -> dict[str, Any] | None:
        for done, row in enumerate(rows):
            run.stop_if_cancelled()
            run.progress(done, len(rows), _("读取"))
        return {"words": "…", "url": "/library/"}

A worker killed at any moment leaves the job in the queue; after the queue's `retry` it runs again from its start. A
job's effect therefore is one action: `run.actor` carries the job's id as its request id, so that an effect that was
committed before the kill is not made a second time. A kind with several actions says `once=False` and
sees to it itself.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from guatu.core import clock, job_signs, trail
from guatu.core.actor import Actor, Way
from guatu.core.canonical import digest
from guatu.core.models import Job
from guatu.core.refusals import Refusal
from guatu.core.writing import is_writing

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
OPEN = (WAITING, RUNNING)
SILENT_SECONDS = 300  # a running job that says nothing for so long was probably killed
SECONDS_BETWEEN_WRITES = 0.3
_ACTOR_FIELDS = ("post_kind", "label", "user_id", "post_id", "unit_id", "region_path", "for_post_id", "address")

Handler = Callable[["JobRun"], "dict[str, Any] | None"]


def is_silent(row: Job) -> bool:
    """Whether a running job has given no sign of life for long: its worker may have been killed."""
    sign = job_signs.told(row.public_id)
    last = max(sign.at if sign else 0.0, row.heartbeat_at.timestamp() if row.heartbeat_at else 0.0)
    return row.state == RUNNING and clock.now().timestamp() - last > SILENT_SECONDS


class JobCancelled(Exception):
    """The person no longer wants the job; what it was writing is rolled back by the action's transaction."""


@dataclass(frozen=True, slots=True)
class JobKind:
    """A registered kind: its name, the right needed to start it, its work, and whether its effect is one action."""

    name: str
    right: str
    work: Handler
    once: bool


KINDS: dict[str, JobKind] = {}


def job(name: str, *, right: str, once: bool = True) -> Callable[[Handler], Handler]:
    """Register the work of a kind of job."""

    def register(work: Handler) -> Handler:
        if name in KINDS:
            raise ValueError(f"job {name!r} is registered twice")
        KINDS[name] = JobKind(name, right, work, once)
        return work

    return register


def kind_of(name: str) -> JobKind:
    """The kind of a name."""
    if name not in KINDS:
        raise KeyError(f"job {name!r} is not registered")
    return KINDS[name]


def packed(actor: Actor, payload: dict[str, Any]) -> dict[str, Any]:
    """What the job's row keeps: who started it, in which post, and what was handed over."""
    held = asdict(actor)
    return {"actor": {name: held[name] for name in _ACTOR_FIELDS}, "input": payload}


def starter_of(row: Job) -> Actor:
    """The actor who started the job, now arriving by way of it."""
    return Actor(way=Way.JOB, **row.payload["actor"])


class JobRun:
    """The handle that a job's work gets: what was handed over, who acts, progress and the wish to cancel.

    Progress is written at most three times a second: to the job's row, and beside it (`job_signs`) while an action is
    open, whose rows nobody else sees before its end.
    """

    def __init__(self, row: Job, once: bool) -> None:
        self.id = row.pk
        self.public_id = row.public_id
        self.payload: dict[str, Any] = row.payload["input"]
        starter = starter_of(row)
        mark = digest("job", str(row.public_id))
        self.actor = replace(starter, request_id=row.public_id, request_digest=mark) if once else starter
        self._written = 0.0
        self._asked = 0.0
        self._step = ""
        self._wish = False

    def progress(self, done: int, total: int, step: str = "") -> None:
        """Say how far the work is: `done` of `total` of the step named in words."""
        now = time.monotonic()
        if step == self._step and done < total and now - self._written < SECONDS_BETWEEN_WRITES:
            return
        self._written, self._step = now, step
        job_signs.tell(self.public_id, done, total, str(step)[:120])
        if is_writing():
            return
        # No action: how far a job is is no office fact, and the trail would fill with it.
        Job.objects.filter(pk=self.id).update(done=done, total=total, step=str(step)[:120], heartbeat_at=clock.now())

    def cancelled(self) -> bool:
        """Whether the person wishes to cancel; also the job's sign of life."""
        now = time.monotonic()
        if not self._wish and now - self._asked >= SECONDS_BETWEEN_WRITES:
            self._asked = now
            self._wish = job_signs.wished(self.public_id)
            self._wish = self._wish or Job.objects.filter(pk=self.id, cancel_wished=True).exists()
        return self._wish

    def stop_if_cancelled(self) -> None:
        """Raise JobCancelled when the person wishes to cancel."""
        if self.cancelled():
            raise JobCancelled


class Phases:
    """Progress of work in a known number of phases, as one share of a hundred; a wish to cancel stops it here.

    phases = Phases(run, 3)
    phases(120, 5000, _("对照项目库"))     # done, total, words; other words begin the next phase
    """

    def __init__(self, run: JobRun, count: int) -> None:
        self.run, self.count = run, count
        self._phase, self._words, self._share = -1, "", 0

    def __call__(self, done: int, total: int, words: str) -> None:
        """So much of this phase is done."""
        if words != self._words:
            self._phase, self._words = min(self._phase + 1, self.count - 1), words
        of = max(total, 1)
        self._share = min(99, 100 * (self._phase * of + min(done, of)) // (self.count * of))
        self._tell(f"{words} {done} / {total}" if total > 1 else words)

    def written(self, rows: int) -> None:
        """So many rows are written by now, in the running phase."""
        self._tell(_("{words}，已写入 {rows} 处").format(words=self._words, rows=rows))

    def _tell(self, words: str) -> None:
        self.run.stop_if_cancelled()
        self.run.progress(self._share, 100, words)


def take(row_id: int) -> Job | None:
    """Mark a job as running and give it; None when it was finished or cancelled meanwhile."""
    taken = Job.objects.filter(pk=row_id, state__in=OPEN, cancel_wished=False).update(
        state=RUNNING, done=0, total=0, step="", heartbeat_at=clock.now(), version=F("version") + 1
    )
    return Job.objects.get(pk=row_id) if taken else None


@job("core.verify_trail", right="core.verify_trail")
def verify_trail(run: JobRun) -> dict[str, Any]:
    """Read the whole trail and say whether it is whole."""
    verdict = trail.verify()
    if not verdict.valid:
        raise Refusal("core.trail_broken", number=verdict.first_bad or 0, entries=verdict.entries)
    return {"words": _("操作记录完整，共 %(entries)s 条，没有被改动过。") % {"entries": verdict.entries}}
