"""Killed in the middle of an undo: the import stands whole or is taken back whole, and the chain is whole."""

import random
import time
from collections.abc import Iterator

import pytest

from tests.imports import books
from tests.support.installation import Installation, fresh

pytestmark = pytest.mark.slow

FULL, ROWS = 40, 400
SECONDS = (0.8, 4.0)  # from the start of the process to after the commit, on a slow machine
LIST = ("--year", "2019", "--level", "district", "--region", "410303")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One installation that is killed over and over."""
    with fresh(tmp_path_factory.mktemp("killed"), GUATU_TODAY="2019-04-15") as made:
        assert made.run("init").code == 0
        yield made


def test_a_killed_undo_takes_back_all_or_nothing(installation: Installation, seed: int, times, tmp_path):
    chance = random.Random(seed)
    rows = books.one_row()
    rows += [[number, f"青桐片区第{number}号地块", *rows[1][2:]] for number in range(2, ROWS + 1)]
    path = str(books.write(tmp_path, "big.xlsx", books.workbook(rows)))
    draft = ""
    for _turn in range(times(FULL)):
        if not draft:
            draft = installation.run("import", "plan", path, *LIST, "--json").json["draft"]
        running = installation.start("guatu.config.main", "import", "undo", draft, "--reason", "传错了", "--json")
        time.sleep(chance.uniform(*SECONDS))
        running.kill()
        running.communicate()
        tried = installation.run("import", "plan", path, *LIST, "--dry-run", "--json").json
        whole = (tried["created"], tried["updated"], tried["unchanged"])
        assert whole in {(ROWS, 0, 0), (0, 0, ROWS)}, tried
        state = installation.run("import", "list", "--json").json["imports"][0]["state"]
        assert state == ("undone" if whole == (ROWS, 0, 0) else "applied")
        verdict = installation.run("trail", "verify", "--json")
        assert (verdict.code, verdict.json["valid"]) == (0, True), verdict.out
        draft = "" if state == "undone" else draft
