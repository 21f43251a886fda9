"""Who may open what: one entry for every named route of the product.

A package lists its routes in `routes_<package>.py` beside this file:

    ROUTES = {"people:unit": Route("office", "owner", inside=lambda cast: {...}, outside=lambda cast: {...})}

`allowed` names somebody of the cast whose post may open the route, `refused` somebody whose post may not at all (""
when no post is refused); `inside` and `outside` make the address's parts for an object in and out of the allowed one's
scope.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.cast import Cast

Parts = Callable[[Cast], dict[str, Any]]


def nothing(cast: Cast) -> dict[str, Any]:
    """No parts."""
    return {}


@dataclass(frozen=True)
class Route:
    """How one route is tried."""

    allowed: str
    refused: str = ""
    inside: Parts = nothing
    outside: Parts | None = None
    method: str = "get"
    data: Parts = nothing
    status: tuple[int, ...] = (200, 302)


def all_routes() -> dict[str, Route]:
    """Every package's entries."""
    found: dict[str, Route] = {}
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name.startswith("routes_"):
            found.update(importlib.import_module(f"tests.access.{module.name}").ROUTES)
    return found


ROUTES = all_routes()
