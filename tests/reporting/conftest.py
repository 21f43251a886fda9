"""The library's shelf for the tests of readings."""

from tests.library.conftest import cast, shelf

__all__ = ["cast", "shelf"]
