"""The component page shows every part: a new partial that it leaves out is found here."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from guatu.core.ui import samples
from guatu.core.ui.views import components

FOLDER = Path(get_template("core/base.html").origin.name).parent
PARTS = sorted(path.stem for path in (FOLDER / "partials").glob("*.html"))
USED = re.compile(r'{% (?:include|extends) "(core/[a-z_/]+\.html)"')
# Parts of the look that a tag of the template library draws, by the class of what is drawn.
TAGS = {"light", "months", "spark", "rate_bar"}


def templates_of(name: str, seen: set[str]) -> set[str]:
    """Every template that a template draws on."""
    if name not in seen:
        seen.add(name)
        for other in USED.findall((FOLDER.parent / name).read_text()):
            templates_of(other, seen)
    return seen


@pytest.fixture
def html():
    with translation.override("zh-hans"):
        return components(RequestFactory().get("/system/components/")).content.decode()


def test_every_part_of_core_is_on_the_component_page(html):
    used = templates_of("core/components.html", set())
    missing = [name for name in PARTS if f"core/partials/{name}.html" not in used]
    assert missing == []


@pytest.mark.parametrize("mark", sorted(TAGS))
def test_a_part_drawn_by_a_tag_is_drawn(html, mark):
    assert f'class="{"rate" if mark == "rate_bar" else mark}' in html


@pytest.mark.parametrize("state", ["is-hover", "is-focus", "is-down", "disabled", 'aria-busy="true"', "hint-error"])
def test_every_state_is_shown(html, state):
    assert state in html


def test_the_page_shows_long_text_and_the_night(html):
    assert samples.LONG in html
    assert 'data-theme="night"' in html
