"""What higher packages add to the library's pages: the library itself names nothing of theirs."""

import re
from datetime import date

import pytest
from django.http import QueryDict

from guatu.core.registries import COLUMNS
from guatu.domain.lagging import CODES, Reason
from guatu.figures.queries.reasons import reason_words
from guatu.figures.tables import REASONS
from guatu.library.queries.parts import READY, ready_parts, year_chart
from guatu.library.queries.ready_views import ready_views
from guatu.library.tables import project_table
from guatu.publishing.bulletins.progress.tables import _SHORT
from guatu.reporting import actions
from guatu.reporting.compute import ReadingRow
from tests.library.conftest import YI, at_day

DAY = date(2019, 3, 31)


def columns_named(state: str) -> set[str]:
    """The columns that a view's address sorts and filters by."""
    params = QueryDict(state)
    filtered = {name.partition(".")[2] for name in params if re.match(r"(f|from|to)\.", name)}
    return filtered | {name.lstrip("-") for name in params.get("sort", "").split(",") if name}


@pytest.mark.parametrize("with_list", [True, False])
def test_the_librarys_own_views_name_the_librarys_own_columns(shelf, with_list):
    annual_list = shelf.list() if with_list else None
    own = {column.code for column in project_table(annual_list, DAY).columns}
    added = {part.code for _name, part in COLUMNS.items() if part.table == "library.projects"}
    assert not own & added
    for view in ready_views(annual_list, DAY):
        assert columns_named(view.state) <= own, view.words
    for view in ready_parts(annual_list, DAY):
        assert columns_named(view.state) <= added, view.words


def test_views_that_need_a_list_are_not_offered_without_one(shelf):
    assert [str(view.words) for view in ready_parts(shelf.list(), DAY)] == ["最滞后的"]
    assert ready_parts(None, DAY) == []
    assert [name for name, _part in READY.items()] == ["figures.most_behind", "figures.red_and_yellow"]


def test_every_reason_to_lag_has_its_words_wherever_reasons_are_named():
    assert set(REASONS) == set(_SHORT) == set(CODES)
    said = {code: reason_words(Reason(code, 3, DAY)) for code in CODES}
    assert len(set(said.values())) == len(CODES)


def test_the_overview_of_a_project_shows_the_newest_years_chart_to_who_may_see_readings(shelf):
    project = shelf.project("甲路")
    assert year_chart(shelf.office, project) is None
    for on in (date(2018, 12, 31), date(2019, 2, 28)):
        actions.record_readings(actor=shelf.office, rows=[ReadingRow(project=project, on=on, ytd=YI, cumulative=YI)])
    assert year_chart(shelf.office, project).id == "months-2019"
    assert year_chart(shelf.cast.actor("guest"), project) is None
    with at_day("2019-03-31"):
        page = shelf.cast.client("office").get(f"/library/projects/{project.public_id}/").content.decode()
    assert "2019年逐月完成投资" in page
    assert "2018年逐月完成投资" not in page
