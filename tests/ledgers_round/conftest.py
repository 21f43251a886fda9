"""The office's desk of the imports' tests, and the demonstration district, written once a module."""

from tests.demo.conftest import built
from tests.imports.conftest import desk, office
from tests.support.cast import cast

__all__ = ["built", "cast", "desk", "office"]
