"""One verdict on the year wherever it stands: overview, page of groups, tab, rows, target sheet, lede."""

import ast
import inspect
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

import guatu
from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.domain.targets import verdict
from guatu.figures.choices import STATE_WORDS
from guatu.figures.queries import chain_of, chained, chains_by, judged_on, levels_of
from guatu.figures.queries.targets_tab import project_targets
from tests.figures.conftest import District, cast, district
from tests.figures.test_chain import asked, by_name, weekly

__all__ = ["cast", "district"]
DAY = date(2019, 3, 22)
ROOT = Path(inspect.getfile(guatu)).parent
JUDGES = {"judge", "verdict", "outlook"}
"""What says a level's state, the verdict on the year and its forecast."""
PERMITTED = {
    "guatu/domain/targets": JUDGES,
    "guatu/figures/queries/targets_tab.py": {"verdict"},
    "guatu/plans/targets_cli.py": {"verdict"},
}


def _asks_for(path: Path) -> set[str]:
    """The judging functions that a module imports from the domain."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("guatu.domain.targets"):
            found |= {alias.name for alias in node.names} & JUDGES
    return found


def test_nobody_judges_a_level_but_the_domain():
    """Pages show levels and verdicts; a state is never worked out anew from its amounts."""
    for path in ROOT.rglob("*.py"):
        name = path.relative_to(ROOT.parent).as_posix()
        if not name.startswith("guatu/domain/targets/"):
            assert _asks_for(path) <= PERMITTED.get(name, set()), name


def test_the_year_and_its_forecast_come_from_the_years_level(district):
    weekly(district, "甲", [40, 5, 4, 3])
    weekly(district, "乙", [60, 20, 20, 20])
    question = asked(district, DAY)
    chain = chain_of(question)
    year = by_name(chain)["year"].level
    assert chain.verdict == verdict(one.level for one in chain.levels if one.level is not None)
    assert chain.verdict.year is year
    assert chain.verdict.year_state == year.state
    assert chain.verdict.outlook.at_recent == year.done + year.recent_daily * year.work_days_left
    assert chain.verdict.outlook.at_capacity == year.done + year.capacity_daily * year.work_days_left
    for one in chained(question):
        told = levels_of(one, judged_on(question))
        tab = project_targets(OPERATOR, district.projects[_name(district, one)], district.annual_list, DAY)
        assert tab.verdict == verdict(told.values())
        assert tab.verdict.year == told["year"] == tab.levels["year"]


def _name(district: District, one) -> str:
    return next(name for name, project in district.projects.items() if project.pk == one.facts.project_id)


@pytest.mark.parametrize(("amounts", "state"), [([40, 5, 4, 3], "lost"), ([60, 20, 20, 20], "holds")])
def test_every_page_says_the_same_of_the_year(district, cast, amounts, state):
    project = weekly(district, "甲", amounts)
    district.assign(project, "responsible", unit=cast.unit("housing"))
    listed, client = district.annual_list, cast.client("office")
    question = asked(district, DAY)
    chain = chain_of(question)
    assert chain.verdict.year_state == state
    group = chains_by(question, "unit")[cast.unit("housing").pk]
    assert group.verdict == chain.verdict  # one project, one unit
    word = str(STATE_WORDS[state])
    query = f"?lists={listed.public_id}&as_of={DAY}"
    with clock.at(clock.end_of(DAY)):
        overview = client.get(reverse("dispatch:overview") + query).content.decode()
        groups = client.get(reverse("dispatch:chain") + query + "&by=unit").content.decode()
        tab = client.get(reverse("library:project", args=[project.public_id]) + "?tab=targets").content.decode()
        rows = client.get(reverse("dispatch:chain_rows") + query + "&level=year").content.decode()
    for page in (overview, groups, tab, rows):
        assert word in page
    for other in set(STATE_WORDS) - {state}:
        assert f"全年{STATE_WORDS[other]}" not in overview + groups + tab
