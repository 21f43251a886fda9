"""Every HTML answer is parsed strictly: a stray end tag or a block inside a paragraph fails the test that saw it."""

import re

import html5lib
from html5lib.constants import E as WORDS

# What a fragment has to stand in, by its first tag; htmx swaps such pieces into a table, a list or a field.
CONTAINERS = {
    "tr": "tbody",
    "td": "tr",
    "th": "tr",
    "tbody": "table",
    "thead": "table",
    "tfoot": "table",
    "caption": "table",
    "colgroup": "table",
    "col": "colgroup",
    "option": "select",
    "optgroup": "select",
}
_FIRST_TAG = re.compile(r"<([a-z][a-z0-9-]*)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def faults(text: str) -> list[str]:
    """What is wrong with a page or a fragment, each with its line; empty when nothing is."""
    parser = html5lib.HTMLParser()
    if text.lstrip()[:9].lower() == "<!doctype":
        parser.parse(text)
    else:
        first = _FIRST_TAG.search(_COMMENT.sub("", text))
        parser.parseFragment(text, container=CONTAINERS.get(first.group(1).lower() if first else "", "div"))
    lines = text.splitlines() or [""]
    return [
        f"line {line}: {WORDS[code] % values} — {lines[min(line, len(lines)) - 1].strip()[:120]}"
        for (line, _column), code, values in parser.errors
    ]
