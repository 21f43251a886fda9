"""The browser and the district that the guide's pictures are taken in; the date of both is fixed."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.demonstration import Demonstration, demonstration

WRITING = os.environ.get("GUATU_WRITE_GUIDE") == "1"
PROJECTS = 160  # a unit of it has a dozen to report, as in the pictures


@pytest.fixture(scope="module")
def demo(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """The district of the pictures, whether they are written or only walked."""
    with demonstration(chromium, tmp_path_factory.mktemp("guide") / "data", projects=PROJECTS) as served:
        yield served
