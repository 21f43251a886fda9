"""Yuan against the time passed: the gauge, the cuts, the list of who lags, the library's table and the lines agree."""

from datetime import date

import pytest

from guatu.core.registries import COLUMNS
from guatu.dispatch.cuts import table
from guatu.dispatch.focus import my_projects
from guatu.dispatch.lede import lede
from guatu.dispatch.queries import laggards, overview
from guatu.dispatch.rows import opened
from guatu.dispatch.tables import ROWS
from guatu.domain.indicators import EntryFacts
from guatu.domain.lagging import Lag
from guatu.figures.queries import ask, figures, lags, printed
from tests.dispatch.conftest import District
from tests.figures.conftest import YI
from tests.library.conftest import at_day

APRIL = date(2019, 4, 30)
DUE = {"months": 25_466_666_667, "days": 25_117_808_219}  # 4/12 and 120/365 of 764 亿
DONE = 200 * YI


def part(code):
    """A column that the figures add to the table of projects."""
    return COLUMNS.get(f"figures.{code}")


def column(code, actor, given):
    """Its values by project."""
    return part(code).lookup(actor, given)


@pytest.fixture
def planned(district: District) -> District:
    """One project with 764 亿 planned and 200 亿 done: a third of it is no round number of 万."""
    project = district.project("甲", total=900 * YI, planned=764 * YI)
    district.stage(project, "started", date(2019, 1, 2))
    district.reading(project, date(2019, 4, 28), ytd=DONE)
    return district


@pytest.mark.parametrize("basis", ["months", "days"])
def test_every_place_says_the_same_yuan_against_time(planned, cast, basis):
    planned.annual_list.time_basis = basis
    planned.annual_list.save()
    office, gap = cast.actor("office"), DONE - DUE[basis]
    asked = ask(office, [planned.annual_list], APRIL)
    view, cut = overview(office, asked), table(office, asked, "class")
    given = {"list": planned.annual_list, "day": APRIL}
    assert view.gauge.against_time == gap
    assert [row.gap for row in view.classes] == [row.gap for row in view.units] == [gap]
    assert (cut.gap, [row.gap for row in cut.rows]) == (gap, [gap])
    assert [row.behind for row in view.worst] == [gap]
    assert [lag.gap for lag in lags(asked)] == [-gap]
    assert list(column("due", office, given).values()) == [DUE[basis]]


@pytest.mark.parametrize("basis", ["months", "days"])
def test_the_lines_of_the_plan_pass_through_what_is_due(planned, cast, basis):
    planned.annual_list.time_basis = basis
    planned.annual_list.save()
    office = cast.actor("office")
    line = next(
        one for one in overview(office, ask(office, [planned.annual_list], APRIL)).chart.series if one.role == "plan"
    )
    ((_done, spark),) = column("months", office, {"list": planned.annual_list, "day": APRIL}).values()
    assert line.data[3] == sum(spark[:4]) == DUE[basis]
    assert line.data[11] == sum(spark) == 764 * YI


def test_points_are_rounded_once(planned, cast):
    """28.125 % less 8.333… % are 19.79 points, not 28.13 − 8.33."""
    project = planned.project("乙", total=9600, planned=9600)
    planned.annual_list.entries.exclude(project=project).update(listed=False)
    planned.reading(project, date(2019, 1, 31), ytd=2700)
    office, day = cast.actor("office"), date(2019, 1, 31)
    given = {"list": planned.annual_list, "day": day}
    sums = {"ytd": 2700, "due": column("due", office, given)[project.pk], "planned_investment": 9600}
    values = overview(office, ask(office, [planned.annual_list], day)).figures.whole.values
    assert str(values["lead"]) == str(part("against_time").total(sums)) == "19.79"
    with at_day("2019-01-31"):
        assert my_projects(office)["points"] == "19.8"


def test_a_rate_that_nobody_reported_is_no_figure(planned, cast):
    silent = planned.project("丙", total=YI, planned=YI)
    told, untold = (
        Lag(EntryFacts(silent.pk, 1, planned_investment=YI, investment_to_date=done), 0, None, ()) for done in (0, None)
    )
    assert [row.rate for row in laggards(cast.actor("office"), [told, untold])] == [0, None]


def test_every_place_prints_the_same_rate(planned, cast):
    """87.548 % is 87.5 with one place in sentence, tables and snapshot, as the bulletin has it; not 87.6."""
    project = planned.project("丁", total=3_435_700, planned=3_435_700)
    planned.annual_list.entries.exclude(project=project).update(listed=False)
    planned.reading(project, APRIL, ytd=3_007_892)
    office = cast.actor("office")
    asked = ask(office, [planned.annual_list], APRIL)
    values = figures(office, asked).whole.values
    assert str(values["investment_rate"]) == "87.55"
    assert printed("investment_rate", values["investment_rate"], 1) == "87.5"
    assert "87.5%" in lede(overview(office, asked), "")
    row = opened(office, asked, "projects", {}).rows[0]
    columns = {column.code: column for column in ROWS.columns}
    assert columns["rate"].format.html(row.rate) == "87.5"
    assert columns["rate"].format.html(columns["rate"].total({"done": row.done, "planned": row.planned})) == "87.5"
    assert str(column("rate", office, {"list": planned.annual_list, "day": APRIL})[project.pk]) == "87.55"


def test_what_nobody_reported_is_no_figure_in_rows_and_cuts(district, cast):
    district.project("丙", total=YI, planned=YI)
    office = cast.actor("office")
    asked = ask(office, [district.annual_list], APRIL)
    opening, cut = opened(office, asked, "projects", {}), table(office, asked, "class")
    share = next(column for column in ROWS.columns if column.code == "rate").total
    assert [row.rate for row in opening.rows] == [None]
    assert share({"done": None, "planned": YI}) is None
    assert [cut.whole["investment_rate"], cut.gap, cut.rows[0].values["investment_rate"], cut.rows[0].gap] == [None] * 4
    assert opened(office, asked, "reported", {}).title == "本年已有数据"
