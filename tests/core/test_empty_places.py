"""Every address without parts, in a district without projects: an answer, and never a page with nothing on it."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from guatu.core.pages import Access
from tests.support.cast import Cast, cast

__all__ = ["cast"]

WHO = ("office", "office_head", "reporter", "lead", "head", "street", "owner", "authority", "system_admin")
TAGS = re.compile(r"<(script|style|svg|nav)\b.*?</\1>|<[^>]+>", re.DOTALL)
SAYS = (
    'class="empty"',
    'class="nothing"',
    "<td",
    "<dd",
    'method="post"',
)  # says that nothing is there yet, or shows or asks something

DRAWN = {"reporting:phone"}  # its script draws it from what the phone keeps (test_phone.py)


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> list[str]:
    found: list[str] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            name = ":".join(part for part in (space, pattern.namespace or "") if part)
            found += _names(pattern.url_patterns, name)
        elif pattern.name and not pattern.pattern.converters:
            access: Access | None = getattr(pattern.callback, "guatu_access", None)
            if access is not None and "GET" in access.methods and not space.startswith("api"):
                found.append(f"{space}:{pattern.name}")
    return found


ROUTES = sorted(set(_names(get_resolver().url_patterns)))


def test_there_are_routes_to_walk():
    assert {"core:today", "library:projects", "library:lists", "dispatch:overview", "reporting:import"} <= set(ROUTES)


@pytest.mark.parametrize("who", WHO)
def test_no_page_of_an_empty_district_is_blank(cast: Cast, who: str):
    client = cast.client(who)
    blank = []
    for name in ROUTES:
        response = client.get(reverse(name))
        assert response.status_code in (200, 302, 403, 404), (name, response.status_code)
        if name in DRAWN or response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        body = response.content.decode()
        if "<html" not in body:  # a part of a page, asked for by a script
            continue
        main = body[body.find("<main") : body.find("</main>")]
        heading = re.sub(r'<div class="page-head">.*?</div>\s*</div>', "", main, flags=re.DOTALL)
        words = re.sub(r"\s+", "", TAGS.sub("", heading))
        if len(words) < 8 or not any(mark in heading for mark in SAYS):
            blank.append(name)
    assert blank == []


@pytest.mark.parametrize("who", WHO)
def test_no_table_of_an_empty_district_has_a_head_and_no_row(cast: Cast, who: str):
    client = cast.client(who)
    bare = []
    for name in ROUTES:
        response = client.get(reverse(name))
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            bodies = re.findall(r"<tbody[^>]*>(.*?)</tbody>", response.content.decode(), re.DOTALL)
            bare += [name for body in bodies if "<tr" not in body]
    assert bare == []
