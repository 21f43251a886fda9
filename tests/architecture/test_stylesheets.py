"""Stylesheets share one space of names: what one lays out, no other may lay out differently under the same class."""

import re
from collections import defaultdict
from pathlib import Path

CSS = Path(__file__).parents[2] / "assets/src/css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CONDITION = re.compile(r"@[\w-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")  # @media and the like, with what is in it
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
DISPLAY = re.compile(r"(?:^|[;\s])display\s*:")


def test_each_class_is_laid_out_in_one_stylesheet() -> None:
    """A class whose `display` two files give is two things with one name: the later file breaks the earlier's page."""
    places: dict[str, set[str]] = defaultdict(set)
    for path in sorted(CSS.glob("*.css")):
        text = CONDITION.sub("", COMMENT.sub("", path.read_text(encoding="utf-8")))
        for selectors, body in RULE.findall(text):
            if DISPLAY.search(body):
                for selector in selectors.split(","):
                    if re.fullmatch(r"\.[\w-]+", selector.strip()):
                        places[selector.strip()].add(path.name)
    assert len(places) > 20
    assert {name: sorted(files) for name, files in places.items() if len(files) > 1} == {}
