"""Rate limits over the shared cache, and the size and kind of uploads."""

import time

from django.core.cache import cache

from guatu.core.refusals import Refusal


def check_rate(key: str, count: int, seconds: int) -> None:
    """Count one use of `key` in the running window of `seconds`; refuse past `count`."""
    window = int(time.time()) // seconds
    name = f"rate:{key}:{window}"
    cache.add(name, 0, seconds * 2)
    if cache.incr(name) > count:
        raise Refusal("core.too_many", seconds=seconds - int(time.time()) % seconds)
