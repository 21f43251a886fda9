"""The browser and the district that the guide's pictures are taken in; the date of both is fixed."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.demonstration import Demonstration, demonstration

WRITING = os.environ.get("GUATU_WRITE_GUIDE") == "1"
PROJECTS_IN_PICTURES = 160


@pytest.fixture(scope="module")
def demo(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """A small district; a fuller one where pictures are written."""
    sizes = {"projects": PROJECTS_IN_PICTURES} if WRITING else {}
    with demonstration(chromium, tmp_path_factory.mktemp("guide") / "data", **sizes) as served:
        yield served
