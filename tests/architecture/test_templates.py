"""Templates: each is used, each compiles, and none carries what the page's policy refuses."""

import re

from django.template.loader import get_template

from tests.architecture import code

REFUSED = {
    "a style attribute": re.compile(r"<[^>]*\sstyle="),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+="),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>"),
    "a style element": re.compile(r"<style\b"),
    "an outside address": re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//"),
    "htmx's own evaluation": re.compile(r"\shx-on|hx-vals=[\"']js:"),
}


# Parts of the look that the first page to need them will take; the list only grows shorter.
WAITING = {"core/wall.html"}


def _name(path) -> str:
    parts = path.parts
    return "/".join(parts[parts.index("templates") + 1 :])


def test_every_template_is_used():
    texts = [module.text for module in code.written()] + [path.read_text() for path in code.templates()]
    unused = {name for name in map(_name, code.templates()) if not any(name in text for text in texts)}
    assert unused == WAITING, "delete what nobody uses; take out of the list what is used by now"


def test_every_template_compiles():
    for path in code.templates():
        get_template(_name(path))


def test_no_template_carries_what_the_policy_refuses():
    wrong = [
        f"{path.relative_to(code.ROOT)}: {what}: {found.group()[:80]}"
        for path in code.templates()
        for what, pattern in REFUSED.items()
        if (found := pattern.search(path.read_text()))
    ]
    assert wrong == []


def test_every_form_that_writes_has_one_head():
    own = "core/partials/form_head.html"
    written = [_name(path) for path in code.templates() if 'name="request_id"' in path.read_text()]
    assert written == [own], f"include {own}"
    forms = re.compile(r"<form[^>]*method=\"post\"[^>]*>(.*?)</form>", re.DOTALL)
    bare = [
        _name(path)
        for path in code.templates()
        for body in forms.findall(path.read_text())
        if own not in body and "{% csrf_token %}" not in body and "/components/" not in path.as_posix()  # samples
    ]
    assert bare == []
