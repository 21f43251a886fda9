"""The guide's pages and pictures belong together: no browser is needed to see it."""

import re

from guatu.people.choices import BUILT_IN_POSTS, PostKind
from tests.guide.pages import GUIDE, IMAGES, made, steps, texts
from tests.guide.walk import MOST

ALL_MOST = 6 * 1024 * 1024


def test_every_picture_is_there_small_and_made_by_its_walk_as_it_stands():
    """After a change of a walk: `make guide`."""
    wanted = {step.name: step.digest for found in steps().values() for step in found}
    assert len(wanted) > 25
    assert made() == wanted
    files = {path.stem: path.stat().st_size for path in IMAGES.glob("*.png")}
    assert set(files) == set(wanted)
    assert {name: size for name, size in files.items() if size > MOST} == {}
    assert sum(files.values()) <= ALL_MOST


def test_no_two_steps_write_the_same_picture():
    names = [step.name for found in steps().values() for step in found]
    assert len(names) == len(set(names))


def test_every_post_has_its_page():
    """The guide's first page names each kind of post as the rights table does."""
    index = (GUIDE / "zh" / "README.md").read_text()
    rows = dict(re.findall(r"^\| ([^|]+?) \| .*?\]\(([\w-]+\.md)", index, re.M))
    wanted = {str(kind.label) for kind in PostKind if kind not in BUILT_IN_POSTS}
    assert set(rows) == wanted
    assert {page for page in rows.values() if f"docs/guide/zh/{page}" not in texts()} == set()


def test_every_page_of_the_guide_is_led_to():
    index = (GUIDE / "zh" / "README.md").read_text()
    pages = {path.name for path in (GUIDE / "zh").glob("*.md")} - {"README.md"}
    assert pages
    assert {page for page in pages if f"({page}" not in index} == set()
