"""What a job's page shows of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock, job_signs, jobs
from guatu.core.actor import Actor
from guatu.core.lists import STATES
from guatu.core.models import Job
from guatu.core.registries import ToDoItem
from guatu.core.ui import numbers

FAILED_DAYS = 7  # a failed job stays on Today so long
TONES = {jobs.DONE: "green", jobs.FAILED: "red", jobs.CANCELLED: "yellow"}


def job_context(row: Job) -> dict[str, Any]:
    """State, share done, step, result; addresses to poll and cancel while it is open."""
    still_open = row.state in jobs.OPEN
    result = row.result or {}
    _as_told(row)
    return {
        "page_title": row.words,
        "job": row,
        "state": str(STATES[row.state]),
        "percent": _percent(row),
        "detail": _detail(row),
        "tone": TONES.get(row.state, "azurite"),
        "poll_url": reverse("core:job_progress", args=[row.public_id]) if still_open else "",
        "cancel_url": reverse("core:cancel_job", args=[row.public_id]) if still_open else "",
        "silent": jobs.is_silent(row),
        "result_words": result.get("words", ""),
        "result_url": result.get("url", ""),
        "result_items": result.get("items", []),
    }


def _as_told(row: Job) -> None:
    """A running job says how far it is beside its row too (`job_signs`); the later of the two is shown."""
    sign = job_signs.told(row.public_id) if row.state == jobs.RUNNING else None
    if sign is not None and (row.heartbeat_at is None or sign.at >= row.heartbeat_at.timestamp()):
        row.done, row.total, row.step = sign.done, sign.total, sign.step


def _percent(row: Job) -> int:
    if row.state == jobs.DONE:
        return 100
    return min(100, 100 * row.done // row.total) if row.total else 0


def _detail(row: Job) -> str:
    if row.state not in jobs.OPEN or not row.total:
        return row.step
    if row.total == 100:
        return f"{row.step} {row.done}%".strip()
    return f"{row.step} {numbers.count(row.done)} / {numbers.count(row.total)}".strip()


def unfinished(actor: Actor) -> Sequence[ToDoItem]:
    """The actor's own jobs that still run, and those that failed in the last week."""
    if actor.user_id is None:
        return []
    lately = clock.now() - timedelta(days=FAILED_DAYS)
    rows = Job.objects.filter(started_by=actor.user_id).filter(
        Q(state__in=jobs.OPEN) | Q(state=jobs.FAILED, created_at__gt=lately)
    )
    return [
        ToDoItem(
            row.words,
            reverse("core:job", args=[row.public_id]),
            note=_("没有做完，请打开看原因") if row.state == jobs.FAILED else _("正在办理，可以离开后再看"),
        )
        for row in rows.order_by("-created_at")[:10]
    ]
