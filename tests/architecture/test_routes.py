"""Every address declares who may ask for it, and what it declares stands in the rights table."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from guatu.core import rights
from guatu.core.pages import ANYONE, SIGNED_IN, Access

# Addresses of libraries, by the module of their view, with the reason why they need no right of ours.
OF_LIBRARIES = {
    "django.views.i18n": "the language of the pages, the same for everybody",
    "django.contrib.staticfiles.views": "files that hold no data",
    "ninja.openapi.views": "the description of the API, the same for everybody",
}


def _routes(patterns: list[Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield from _views(here, pattern.callback)


def _views(address: str, callback: Any) -> Iterator[tuple[str, Any]]:
    """The view itself, or each operation of an API address."""
    path_view = getattr(getattr(callback, "__self__", None), "operations", None)
    if path_view is None:
        yield address, callback
        return
    for operation in path_view:
        yield f"{'|'.join(operation.methods)} {address}", operation.view_func


def _all() -> list[tuple[str, Any]]:
    found = list(_routes(get_resolver().url_patterns))
    assert found, "no address was found"
    return [(address, view) for address, view in found if getattr(view, "__module__", "") not in OF_LIBRARIES]


def test_every_address_declares_its_access():
    assert [address for address, view in _all() if not isinstance(getattr(view, "guatu_access", None), Access)] == []


def test_every_declared_right_stands_in_the_table():
    declared = {address: view.guatu_access.right for address, view in _all() if hasattr(view, "guatu_access")}
    assert declared
    assert {
        address: right
        for address, right in declared.items()
        if right not in (ANYONE, SIGNED_IN) and not rights.known(right)
    } == {}


def test_only_listed_addresses_may_set_style_attributes():
    """The policy is loosened for ECharts' tooltip only; a new address here needs the same reason."""
    loosened = {address for address, view in _all() if getattr(getattr(view, "guatu_access", None), "styles", False)}
    assert loosened <= STYLED, f"not listed here: {sorted(loosened - STYLED)}"


STYLED = {
    "system/components/",
    "dispatch/",
    "library/projects/<uuid:public_id>/",
}
