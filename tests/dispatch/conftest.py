"""The library's shelf, for the pages that dispatch from it."""

from tests.library.conftest import shelf
from tests.support.cast import cast

__all__ = ["cast", "shelf"]
