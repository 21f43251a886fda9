"""The rows behind a figure: hostile addresses are answered, and no file names what its reader may not take along."""

import io
import zipfile

import pytest
from django.urls import reverse

from tests.library.conftest import YI


@pytest.fixture
def listed(shelf):
    """A list with an open and a sensitive project."""
    shelf.enter(shelf.list(), shelf.project("青桐路改造"), shelf.project("某平台", secrecy="sensitive"), plan=2 * YI)


@pytest.mark.parametrize("key", ["²", "９", "9" * 19, "9" * 5000, "-1", "x"])
def test_a_group_that_is_no_rows_number_has_no_rows(shelf, listed, key):
    answer = shelf.cast.client("office").get(reverse("dispatch:rows"), {"indicator": "projects", "g.unit": key})
    assert answer.status_code == 200
    assert "青桐路改造" not in answer.content.decode()


def taken_along(response) -> str:
    """All text of a CSV or a workbook."""
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return content.decode("utf-8-sig")


@pytest.mark.parametrize("export", ["csv", "xlsx"])
@pytest.mark.parametrize("route", ["dispatch:rows", "dispatch:bases"])
def test_a_sensitive_project_is_counted_on_the_page_and_left_out_of_other_peoples_files(shelf, listed, route, export):
    for name, inside in (("supervision", False), ("office", True)):
        text = taken_along(shelf.cast.client(name).get(reverse(route), {"export": export}))
        assert "青桐路改造" in text
        assert ("某平台" in text) is inside
