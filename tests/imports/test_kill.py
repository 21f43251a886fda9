"""Killed in the middle of an import: the data are as they were or as the whole file says, and the chain is whole."""

import random
import time
from collections.abc import Iterator

import pytest

from tests.imports import books
from tests.support.installation import Installation, fresh

pytestmark = pytest.mark.slow

FULL, ROWS = 40, 400
SECONDS = (0.8, 5.0)  # from before the file is read to after the commit, on a slow machine


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One installation that is killed over and over."""
    with fresh(tmp_path_factory.mktemp("killed"), GUATU_TODAY="2019-04-15") as made:
        assert made.run("init").code == 0
        yield made


def test_a_killed_import_leaves_all_or_nothing(installation: Installation, seed: int, times, tmp_path):
    chance = random.Random(seed)
    rows = books.one_row()
    rows += [[number, f"青桐片区第{number}号地块", *rows[1][2:]] for number in range(2, ROWS + 1)]
    path = str(books.write(tmp_path, "big.xlsx", books.workbook(rows)))
    for turn in range(times(FULL)):
        where = ("import", "plan", path, "--year", str(2019 - turn % 29), "--level", "district", "--region", "410303")
        running = installation.start("guatu.config.main", *where, "--json")
        time.sleep(chance.uniform(*SECONDS))
        running.kill()
        running.communicate()
        tried = installation.run(*where, "--dry-run", "--json").json
        whole = (tried["created"], tried["updated"], tried["unchanged"])
        fresh_list = {(ROWS, 0, 0), (0, ROWS, 0)}  # nothing of this list is in; its projects may be known
        assert whole in fresh_list | {(0, 0, ROWS)}, tried
        verdict = installation.run("trail", "verify", "--json")
        assert (verdict.code, verdict.json["valid"]) == (0, True), verdict.out
        if whole in fresh_list:
            assert installation.run(*where, "--json").code == 0
