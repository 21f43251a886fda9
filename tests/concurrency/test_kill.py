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


def _killed_after(installation: Installation, first: int, seconds: float) -> list[tuple[int, str]]:
    """(number, code) of what the writer confirmed before it was killed, `seconds` after its first."""
    writer = installation.start("tests.support.writer", str(first))
    assert writer.stdout is not None
    confirmed = [writer.stdout.readline()]
    time.sleep(seconds)
    writer.kill()
    confirmed += writer.stdout.readlines()
    writer.wait()
    writer.stdout.close()
    pairs = [line.split() for line in confirmed if line.endswith("\n")]
    return [(int(number), code) for number, code in pairs]


def test_a_killed_writer_loses_nothing_confirmed(installation: Installation, seed: int, times):
    chance = random.Random(seed)
    confirmed: list[tuple[int, str]] = []
    for _ in range(times(FULL)):
        # The next writer starts past the one that may have been committed without a word.
        first = confirmed[-1][0] + 2 if confirmed else 0
        found = _killed_after(installation, first, chance.uniform(0, 0.4))
        assert found
        confirmed += found
    verdict = installation.run("trail", "verify", "--json")
    assert (verdict.code, verdict.json["valid"]) == (0, True), verdict.out
    there = set(_regions(installation))
    assert {code for _, code in confirmed} <= there
    ours = {code for code in there if len(code) == 9}
    assert len(ours) <= len(confirmed) + times(FULL), "more than one row appeared without a word in a kill"


def _regions(installation: Installation) -> list[str]:
    listing = installation.start("tests.support.regions")
    codes, _ = listing.communicate(timeout=60)
    assert listing.returncode == 0
    return codes.split()
