"""Whether the installation works: for a monitor, without sign-in and without any value that says something about it."""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django_q.conf import Conf
from django_q.models import OrmQ
from django_q.status import Stat

from guatu.core.models import TrailHead

OK, LOW, DOWN = "ok", "low", "down"
MEGABYTE = 1024 * 1024
DISK_LOW, DISK_DOWN = 1024 * MEGABYTE, 64 * MEGABYTE


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return OK if cursor.fetchone() == (1,) else DOWN


def _trail() -> str:
    return OK if TrailHead.objects.filter(id=1).exists() else DOWN


def _disk() -> str:
    free = shutil.disk_usage(settings.DATA_DIR).free
    return OK if free >= DISK_LOW else LOW if free >= DISK_DOWN else DOWN


def _jobs() -> str:
    """The worker's sign of life (a file that it renews twice a second); jobs that wait while there is none: down."""
    if Conf.SYNC or Stat.get_all():
        return OK
    return DOWN if OrmQ.objects.exists() else LOW


PARTS: dict[str, Callable[[], str]] = {"database": _database, "trail": _trail, "disk": _disk, "jobs": _jobs}


def report() -> tuple[bool, dict[str, str]]:
    """(whether pages can be served, the state of each part). A missing worker alone does not stop pages."""
    found = {}
    for name, look in PARTS.items():
        try:
            found[name] = look()
        except (DatabaseError, OSError):
            found[name] = DOWN
    serving = all(state != DOWN for name, state in found.items() if name != "jobs")
    whole = OK if set(found.values()) == {OK} else LOW if serving else DOWN
    return serving, {"status": whole, **found}
