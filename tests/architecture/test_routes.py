"""Every address declares who may ask for it, and what it declares stands in the rights table."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from guatu.config.api import api
from guatu.core import rights
from guatu.core.pages import ANYONE, SIGNED_IN, Access

# Addresses of libraries, by the module of their view, with the reason why they need no right of ours.
OF_LIBRARIES = {
    "django.views.i18n": "the language of the pages, the same for everybody",
    "django.contrib.staticfiles.views": "files that hold no data",
    "ninja.openapi.views": "the description of the API, the same for everybody",
    "ninja.operation": "the API's operations, checked one by one below",
}

ASKED = re.compile(r"\b(?:api_actor|once)\(\s*request\s*(?:,\s*\"([a-z_.]+)\")?")


def _routes(patterns: list[Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here, pattern.callback


def _pages() -> list[tuple[str, Any]]:
    found = [(address, getattr(view, "func", view)) for address, view in _routes(get_resolver().url_patterns)]
    ours = [(address, view) for address, view in found if view.__module__ not in OF_LIBRARIES]
    assert ours, "no address was found"
    return ours


def _operations() -> list[tuple[str, Any]]:
    found = [
        (f"{'|'.join(operation.methods)} {path}", operation.view_func)
        for _, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
    ]
    assert found, "no operation of the API was found"
    return found


def test_every_page_declares_its_access():
    assert [address for address, view in _pages() if not isinstance(getattr(view, "guatu_access", None), Access)] == []


def test_every_right_that_a_page_declares_stands_in_the_table():
    declared = {address: view.guatu_access.right for address, view in _pages() if hasattr(view, "guatu_access")}
    assert declared
    assert {
        address: right
        for address, right in declared.items()
        if right not in (ANYONE, SIGNED_IN) and not rights.known(right)
    } == {}


def _said_by(view: Any) -> str:
    """The source of an operation and of the helpers of its own module that it calls."""
    view = inspect.unwrap(view)
    names = [view.__globals__.get(name) for name in view.__code__.co_names]
    helpers = [part for part in names if inspect.isfunction(part) and part.__module__ == view.__module__]
    return "\n".join(inspect.getsource(part) for part in (view, *helpers))


def test_every_operation_of_the_api_asks_for_its_actor_by_a_right_of_the_table():
    """`api_actor(request, right)` or `once(request, right, …)` refuses without the right; without one: any token."""
    wrong = []
    for address, view in _operations():
        asked = ASKED.findall(_said_by(view))
        if not asked or any(right and not rights.known(right) for right in asked):
            wrong.append(address)
    assert wrong == []
