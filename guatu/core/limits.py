"""Rate limits over the shared cache, and the size of what is sent to us."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router, transaction
from django.http import HttpRequest, HttpResponse

from guatu.core.canonical import digest
from guatu.core.errors import too_large
from guatu.core.refusals import Refusal
from guatu.core.signs import whole_number

MARGIN = 1024 * 1024  # what a form may carry beside its files
MEGABYTE = 1024 * 1024


def check_rate(key: str, count: int, seconds: int) -> None:
    """Count one use of `key` in the running window of `seconds`; refuse past `count`.

    The window is process time, not business time. Two uses at the same moment are counted as two.
    """
    window = int(time.time()) // seconds
    name = f"rate:{digest(key)[:40]}:{window}"
    if _count(name, seconds * 2) > count:
        raise Refusal("core.too_many", seconds=seconds - int(time.time()) % seconds)


def _count(name: str, lifetime: int) -> int:
    """Add one under a lock and return the sum: the cache's own `incr` reads and writes in two steps.

    SQLite's transactions are IMMEDIATE, so the first of them holds the lock; PostgreSQL locks the row.
    """
    cache = caches["default"]
    if not isinstance(cache, DatabaseCache):
        cache.add(name, 0, lifetime)
        return int(cache.incr(name))
    alias = router.db_for_write(cache.cache_model_class)
    with transaction.atomic(using=alias):
        cache.add(name, 0, lifetime)
        connection = connections[alias]
        if connection.features.has_select_for_update:
            with connection.cursor() as cursor:
                table = connection.ops.quote_name(cache.cache_model_class._meta.db_table)
                cursor.execute(
                    f"SELECT cache_key FROM {table} WHERE cache_key = %s FOR UPDATE",
                    [cache.make_and_validate_key(name)],
                )
        used = int(cache.get(name, 0)) + 1
        cache.set(name, used, lifetime)
    return used


class SizeLimitMiddleware:
    """Refuses a request that announces more than may be uploaded, before any of it is read.

    Without a Content-Length nothing is read at all (WSGI); `attachments.keep_file` counts again while reading.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = whole_number(request.META.get("CONTENT_LENGTH") or "", digits=4000) or 0
        if size <= settings.UPLOAD_LIMIT + MARGIN:
            return self.get_response(request)
        return too_large(request, size // MEGABYTE, settings.UPLOAD_LIMIT // MEGABYTE)
