"""A job worker, or the start of one job: `python -m tests.core.killed_worker work|start|state`."""

import json
import sys
from importlib import import_module

import django
from django.core.management import call_command


def main(word: str) -> None:
    """The job's kind is known once its module is imported, which needs the applications."""
    django.setup()
    jobs = import_module("tests.core.killed_jobs")
    if word == "work":
        call_command("qcluster")
    elif word == "start":
        jobs.start()
    else:
        sys.stdout.write(json.dumps(jobs.state()))


if __name__ == "__main__":
    main(sys.argv[1])
