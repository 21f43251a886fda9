"""The cast for the tests of people."""

from tests.support.cast import cast

__all__ = ["cast"]
