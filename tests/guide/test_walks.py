"""Each step of the guide is walked in Chromium; with GUATU_WRITE_GUIDE=1 (`make guide`) its picture is written."""

import pytest

from tests.e2e.demonstration import Demonstration
from tests.guide.conftest import WRITING
from tests.guide.pages import IMAGES, MADE, made, steps
from tests.guide.walk import walker

pytestmark = pytest.mark.browser
STEPS = steps()


@pytest.mark.parametrize("page", sorted(STEPS))
def test_a_reader_finds_what_the_page_says(demo: Demonstration, page: str):
    faults: list[str] = []
    with walker(demo) as reader:
        for step in STEPS[page]:
            faults += reader.take(step)
            if WRITING:
                reader.picture(IMAGES / f"{step.name}.png")
                keep(step.name, step.digest)
    assert faults == [], "\n".join(faults)


def keep(name: str, digest: str) -> None:
    """Note which walk a picture was made by; pictures of steps that are gone are taken away."""
    wanted = {step.name for found in STEPS.values() for step in found}
    rows = {known: said for known, said in {**made(), name: digest}.items() if known in wanted}
    MADE.write_text("".join(f"{known} {said}\n" for known, said in sorted(rows.items())))
    for path in IMAGES.glob("*.png"):
        if path.stem not in wanted:
            path.unlink()
