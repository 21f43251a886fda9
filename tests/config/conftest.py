"""One installation for all tests of the command line; each reads it, none breaks it."""

from collections.abc import Iterator

import pytest

from tests.support.installation import Installation, fresh


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation of a district with its first administrator."""
    with fresh(tmp_path_factory.mktemp("installation")) as made:
        answer = made.run("init", "--region", "410303", "--name", "西工区", "--json")
        assert answer.code == 0, answer.err or answer.out
        yield made
