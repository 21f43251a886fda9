"""The user guide as its tests read it: pages of steps, each with a picture and how to come to it.

A step ends with its picture and, hidden from readers, its walk:

    1. 打开 **调度** 页。

       ![调度总览](../images/quzhang-overview.png)
       <!-- walk: as demo-quzhang; open /dispatch/ -->

Bold words are words of the screen: they stand on the page before or after the walk. `walk.py` says what a walk may say.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE, IMAGES = ROOT / "docs" / "guide", ROOT / "docs" / "guide" / "images"
MADE = IMAGES / "made.txt"
IMAGE = re.compile(r"!\[([^\]]+)\]\(([^)]+\.png)\)")
WALK = re.compile(r"<!-- walk: (.+?) -->")
BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Step:
    """One picture: its file's name, how it is come to, and the words of the screen that its text names."""

    page: str
    name: str
    verbs: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What the picture was made from."""
        return hashlib.sha256("\n".join(self.verbs).encode()).hexdigest()[:12]


def texts() -> dict[str, str]:
    """Every page with pictures, the readme last, by its path."""
    found = [*sorted((GUIDE / "zh").glob("*.md")), ROOT / "README.md"]
    return {str(path.relative_to(ROOT)): path.read_text() for path in found}


def steps_of(page: str, text: str) -> Iterator[Step]:
    """A page's steps in their order; a picture without a walk after it is an error."""
    start = 0
    for image in IMAGE.finditer(text):
        walk = WALK.match(text[image.end() :].lstrip())
        assert walk is not None, f"{page}: {image[2]} has no walk"
        verbs = tuple(verb.strip() for verb in walk[1].split(";"))
        words = tuple(BOLD.findall(text[start : image.start()])) if "/zh/" in page else ()
        yield Step(page, Path(image[2]).stem, verbs, words)
        start = image.end()


def steps() -> dict[str, list[Step]]:
    """All steps by page; a page without pictures has none."""
    return {page: found for page, text in texts().items() if (found := list(steps_of(page, text)))}


def made() -> dict[str, str]:
    """Which walk each committed picture was made by."""
    return dict(line.split() for line in MADE.read_text().splitlines()) if MADE.exists() else {}
