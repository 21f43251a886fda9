"""The cast for the tests of access."""

from tests.support.cast import cast

__all__ = ["cast"]
