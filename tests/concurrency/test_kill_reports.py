"""Killed while reports are handed in, workbooks merged and periods closed: what was confirmed is there, whole."""

import json
import random
import time
from collections.abc import Iterator

import pytest

from tests.support.installation import Installation, fresh

pytestmark = pytest.mark.slow

FULL, LONGEST = 200, 1.2
MORE, PATIENT = 12, 12.0
KINDS = {"report", "closing", "merge"}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with a unit, its list and projects, that is killed over and over."""
    with fresh(tmp_path_factory.mktemp("filed"), GUATU_TODAY="2019-12-28") as made:
        assert made.run("migrate").code == 0
        asked(made, "prepare")
        yield made


def asked(installation: Installation, word: str) -> list[str]:
    """The lines that the filer prints when it is let run to its end."""
    process = installation.start("tests.support.filer", word)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said[-2000:]
    return said.splitlines()


def receipts(installation: Installation, first: int, seconds: float) -> list[tuple[str, int, str]]:
    """(kind, number, id) of what the filer confirmed before it was killed, `seconds` after its first."""
    filer = installation.start("tests.support.filer", str(first))
    assert filer.stdout is not None
    lines = [filer.stdout.readline()]
    time.sleep(seconds)
    filer.kill()
    lines += filer.stdout.readlines()
    filer.wait()
    filer.stdout.close()
    parts = [line.split() for line in lines if line.endswith("\n")]
    told = [part for part in parts if len(part) == 3 and part[0] in ("report", "closing", "merge")]
    assert told, "".join(lines)[-2000:]
    return [(kind, int(number), key) for kind, number, key in told]


def test_a_killed_office_loses_nothing_confirmed_and_keeps_nothing_by_half(installation: Installation, seed, times):
    chance, confirmed, trials = random.Random(seed), [], 0
    while trials < times(FULL) or (KINDS - {kind for kind, _number, _key in confirmed} and trials < times(FULL) + MORE):
        longest = LONGEST if trials < times(FULL) else PATIENT  # a slow machine needs longer to come to every kind
        first = confirmed[-1][1] + 2 if confirmed else 0  # past the one that may have been committed without a word
        confirmed += receipts(installation, first, chance.uniform(0, longest))
        trials += 1
    assert {kind for kind, _number, _key in confirmed} == KINDS, seed
    there = json.loads(asked(installation, "found")[-1])
    for kind in ("report", "closing", "merge"):
        keys = {key for said, _number, key in confirmed if said == kind}
        assert keys <= set(there[kind]), (seed, kind)
    counts = [len(there[kind]) for kind in ("report", "closing", "merge")]
    assert sum(counts) <= len(confirmed) + trials, (seed, "more than one appeared without a word in a kill")
    assert there["half"] == [], seed
    assert there["snapshots"] == len(there["closing"]), seed
    verdict = installation.run("trail", "verify", "--json")
    assert (verdict.code, verdict.json["valid"]) == (0, True), (seed, verdict.out)
