"""What the worker calls: runs one job by its row's id and records how it ended."""

import logging
from functools import partial
from typing import Any

from django.db import transaction
from django_q.conf import Conf
from django_q.exceptions import TimeoutException
from django_q.tasks import async_task

from guatu.core import job_signs, jobs
from guatu.core.actor import CLOCK
from guatu.core.models import AnsweredRequest, Job
from guatu.core.refusals import Conflict, Refusal, sentence

log = logging.getLogger("guatu.jobs")
RUN = "guatu.core.job_runner.run"


def enqueue(row_id: int) -> None:
    """Hand the job to the queue in the transaction that made its row: either both are there or none.

    Where the queue runs jobs at once (tests), that is after the commit.
    """
    if Conf.SYNC:
        transaction.on_commit(partial(run, row_id))
    else:
        async_task(RUN, row_id)


def run(row_id: int) -> str:
    """Run a job and return its state. A job that ended meanwhile is left as it is."""
    row = jobs.take(row_id)
    if row is None:
        _end_if_wished(row_id)
        return ""
    state, result = _outcome(row)
    _end(row_id, state, result)
    log.info("job", extra={"job": str(row.public_id), "status": state, "code": row.kind})
    return state


def _outcome(row: Job) -> tuple[str, dict[str, Any]]:
    """The state in which the job ends, and what its row keeps as the result."""
    kind = jobs.kind_of(row.kind)
    if kind.once and AnsweredRequest.objects.filter(pk=row.public_id).exists():
        return jobs.DONE, {}  # killed after its effect was committed, before its end was recorded
    try:
        return jobs.DONE, kind.work(jobs.JobRun(row, kind.once)) or {}
    except jobs.JobCancelled:
        return jobs.CANCELLED, {}
    except Refusal as refusal:
        return jobs.FAILED, {"code": refusal.code, "words": str(refusal), "items": refusal.items}
    except TimeoutException:
        return jobs.FAILED, _failure("core.job_too_long")
    except Exception:
        log.exception("job", extra={"job": str(row.public_id), "code": row.kind})
        return jobs.FAILED, _failure("core.job_broken")


def _failure(code: str) -> dict[str, Any]:
    return {"code": code, "words": sentence(code, {})}


def _end_if_wished(row_id: int) -> None:
    row = Job.objects.filter(pk=row_id, state__in=jobs.OPEN, cancel_wished=True).first()
    if row is not None:
        _end(row_id, jobs.CANCELLED, {})


def _end(row_id: int, state: str, result: dict[str, Any]) -> None:
    """Record the end; a wish to cancel that arrives at this very moment changes the version, so try again."""
    from guatu.core.actions import finish_job  # actions start jobs, so they import this module

    for _try in range(5):
        try:
            row = finish_job(actor=CLOCK, row_id=row_id, state=state, result=result)
        except Conflict:
            continue
        job_signs.forget(row.public_id)
        return
