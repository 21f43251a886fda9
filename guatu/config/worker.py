"""The job worker: takes up at once what a killed one had begun, then runs jobs until it is stopped."""

from datetime import UTC, datetime

import django
from django.core.management import call_command

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""The queue hands out what is locked until a moment that has passed."""


def take_up_again() -> int:
    """Free everything in the queue that a worker had taken; how many that were.

    An installation has one worker, which calls this before it begins: whoever had taken a job is gone. Without it a
    job whose worker was killed waits for the queue's `retry`.
    """
    from django_q.models import OrmQ

    freed: int = OrmQ.objects.filter(lock__gt=LONG_AGO).update(lock=LONG_AGO)
    return freed


def main() -> None:
    """`python -m guatu.config.worker`, started by the supervisor."""
    django.setup()
    take_up_again()
    call_command("qcluster")


if __name__ == "__main__":
    main()
