"""The API under /api/v1/: the routers of every package that has an `api` module, in the order of the layers."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from ninja import Router

from guatu.core.api import build_api


def _routers() -> list[tuple[str, Router]]:
    found = []
    for app in settings.GUATU_APPS:
        if find_spec(f"{app}.api") is not None:
            router = getattr(import_module(f"{app}.api"), "router", None)
            if isinstance(router, Router):
                found.append(("", router))
    return found


api = build_api(_routers())
