"""The same file taken in by two programs at the same moment, into an installation that knows nothing yet."""

import json

from tests.imports import books
from tests.support.installation import fresh
from tests.trials.test_uk import standing

WHERE = ("--year", "2019", "--level", "district", "--region", "410303", "--json")


def test_two_first_imports_at_once_make_one_list(tmp_path):
    """Region, list, units and projects are all new to both: one makes them, the other finds them."""
    path = str(books.write(tmp_path, "plan.xlsx", books.plan_book()))
    with fresh(tmp_path / "installation", GUATU_TODAY="2019-04-15") as installation:
        assert installation.run("init").code == 0
        running = [installation.start("guatu.config.main", "import", "plan", path, *WHERE) for _ in range(2)]
        answers = [json.loads(each.communicate(timeout=120)[0]) for each in running]
        assert [each.returncode for each in running] == [0, 0], answers
        assert sorted((answer["created"], answer["updated"], answer["unchanged"]) for answer in answers) == [
            (0, 0, 5),
            (5, 0, 0),
        ]
        assert [row["number"] for row in standing(installation)["2019"]] == [1, 2, 3, 4, 5]
        assert installation.run("trail", "verify", "--json").json["valid"]
