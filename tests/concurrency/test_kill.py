"""Killed at any moment: what was confirmed is there, what was not is not, and the chain is whole. Both databases."""

import random
import time
from collections.abc import Iterator

import pytest

from tests.support.installation import Installation, fresh

pytestmark = pytest.mark.slow

FULL = 200


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One installation that is killed over and over."""
    with fresh(tmp_path_factory.mktemp("killed")) as made:
        assert made.run("migrate").code == 0
        yield made


def _killed_after(installation: Installation, first: int, seconds: float) -> list[str]:
    """Codes that the writer confirmed before it was killed, `seconds` after its first."""
    writer = installation.start("tests.support.writer", str(first))
    assert writer.stdout is not None
    confirmed = [writer.stdout.readline()]
    time.sleep(seconds)
    writer.kill()
    confirmed += writer.stdout.readlines()
    writer.wait()
    writer.stdout.close()
    return [line.strip() for line in confirmed if line.endswith("\n")]


def test_a_killed_writer_loses_nothing_confirmed(installation: Installation, seed: int, times):
    chance = random.Random(seed)
    confirmed: list[str] = []
    for _ in range(times(FULL)):
        # The next writer starts past the one that may have been committed without a word.
        first = int(confirmed[-1][2:]) + 2 if confirmed else 103001
        found = _killed_after(installation, first, chance.uniform(0, 0.4))
        assert found
        confirmed += found
    verdict = installation.run("trail", "verify", "--json")
    assert (verdict.code, verdict.json["valid"]) == (0, True), verdict.out
    listed = installation.start("tests.support.regions")
    there, _ = listed.communicate(timeout=60)
    assert listed.returncode == 0
    assert set(confirmed) <= set(there.split())
