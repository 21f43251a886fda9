"""How the record was made: a small district of that day, through the product's own ways.

python -m tests.upgrade.make FOLDER > tests/upgrade/first_district.json
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.imports import books
from tests.support.installation import Installation, fresh

LIST = ("--year", "2019", "--level", "district", "--region", "410303")
ASKED = {
    "figures": ("figures", *LIST, "--as-of", "2019-03-31"),
    "by_class": ("figures", *LIST, "--as-of", "2019-03-31", "--by", "class,kind"),
    "by_unit": ("figures", *LIST, "--as-of", "2019-04-10", "--by", "unit"),
    "trail": ("trail", "verify"),
}


def answers(installation: Installation) -> dict[str, Any]:
    """What the district's commands say."""
    found = {}
    for name, words in ASKED.items():
        said = installation.run(*words, "--json")
        assert said.code == 0, (name, said.out, said.err)
        found[name] = said.json
    return found


def main(folder: Path) -> None:
    """Two imports, a person and an import that is not finished."""
    with fresh(folder / "installation", GUATU_TODAY="2019-04-15") as installation:
        assert installation.run("init").code == 0
        plan = books.write(folder, "plan.xlsx", books.plan_book())
        march = books.write(folder, "march.xlsx", books.workbook(books.progress_rows()))
        for words in (("plan", str(plan), *LIST), ("progress", str(march), *LIST, "--period", "2019-03")):
            done = installation.run("import", *words, "--json")
            assert done.code == 0, done.out
        more = installation.start("tests.upgrade.more", str(plan))
        said, _ = more.communicate(timeout=60)
        assert more.returncode == 0, said
        dumped = installation.start("tests.upgrade.rows", "dump")
        rows, _ = dumped.communicate(timeout=60)
        record = {"answers": answers(installation), "rows": json.loads(rows)}
    sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
