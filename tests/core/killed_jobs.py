"""A job that takes its time and tells where it is, for workers that are killed."""

import time
from pathlib import Path

from django.conf import settings

from guatu.core.actions import start_job
from guatu.core.actor import OPERATOR
from guatu.core.jobs import JobRun, job
from guatu.core.models import Job, TrailEntry
from guatu.core.writing import action, current
from guatu.people.models import Region

CODE = "410303900"


@action("tests.slow_region", "登记区划", right="core.start_job")
def slow_region(*, actor):
    region = current().add(Region(code=CODE, name="慢", level="town", path=CODE + "/"))
    current().about(region, name="慢")


def tell(step):
    """Where the work is, for the test that waits to kill it: a file, since asking a process takes too long."""
    with (Path(settings.DATA_DIR) / "steps").open("a") as file:
        file.write(step + "\n")


@job("tests.slow", right="core.start_job")
def slow(run: JobRun):
    tell("before")
    time.sleep(1)
    slow_region(actor=run.actor)
    tell("after")
    time.sleep(1)
    return {"words": "done"}


def start():
    """Put the job into the queue."""
    start_job(actor=OPERATOR, kind="tests.slow", words="慢")


def state() -> dict[str, object]:
    """How the job and its effect stand."""
    row = Job.objects.get(kind="tests.slow")
    regions = Region.objects.filter(code=CODE).count()
    entries = TrailEntry.objects.filter(action="tests.slow_region").count()
    return {"state": row.state, "regions": regions, "entries": entries}
