"""A job worker, or the start of one job: `python -m tests.core.killed_worker work|start|state`."""

import json
import sys
import time
from pathlib import Path

import django
from django.conf import settings

django.setup()

from django.core.management import call_command  # noqa: E402  needs the set-up above

from guatu.core.actions import start_job  # noqa: E402
from guatu.core.actor import OPERATOR  # noqa: E402
from guatu.core.jobs import JobRun, job  # noqa: E402
from guatu.core.models import Job, TrailEntry  # noqa: E402
from guatu.core.writing import action, current  # noqa: E402
from guatu.people.models import Region  # noqa: E402

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


def state() -> dict[str, object]:
    """How the job and its effect stand."""
    row = Job.objects.get(kind="tests.slow")
    regions = Region.objects.filter(code=CODE).count()
    entries = TrailEntry.objects.filter(action="tests.slow_region").count()
    return {"state": row.state, "regions": regions, "entries": entries}


if __name__ == "__main__":
    if sys.argv[1] == "work":
        call_command("qcluster")
    elif sys.argv[1] == "start":
        start_job(actor=OPERATOR, kind="tests.slow", words="慢")
    else:
        sys.stdout.write(json.dumps(state()))
