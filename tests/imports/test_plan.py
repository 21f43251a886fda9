"""A plan ledger becomes projects, entries, classes, assignments, stages and year-end readings: once, and only once."""

from datetime import date

import pytest

from guatu.core.models import TrailEntry
from guatu.core.refusals import Refusal
from guatu.figures.queries import ask, figures, find_lists
from guatu.library.models import AnnualList, Assignment, ListEntry, Project, ProjectProfile, StageChange
from guatu.people.models import Post, Region, Unit
from guatu.reporting.models import Reading
from tests.imports import books
from tests.imports.books import PLANNED, TOTAL, WAN
from tests.imports.conftest import Desk, codes, counts


def entry_of(name: str) -> ListEntry:
    return ListEntry.objects.standing().get(project__name=name)


def held(name: str) -> dict[tuple[str, int], str]:
    rows = Assignment.objects.standing().filter(project__name=name).select_related("unit", "post")
    return {(row.role, row.slot): str(row.post or row.unit) for row in rows}


def test_the_usual_ledger_goes_into_an_empty_installation(desk):
    answer = desk.plan()
    assert answer["errors"] == []
    assert (answer["rows_read"], answer["projects"], *counts(answer)) == (5, 5, 5, 0, 0)
    assert answer["totals"] == {"projects": 5, "total_investment": TOTAL, "planned_investment": PLANNED}
    assert answer["skipped"] == 5
    assert all(total["agrees"] for total in answer["printed_totals"])
    assert Region.objects.get(code="410303").confirmed is False
    assert [row.code for row in Region.objects.order_by("path")] == ["410000", "410300", "410303"]
    assert TrailEntry.objects.count() == 1


def test_figures_agree_with_the_ledgers_own_totals(desk):
    answer = desk.plan()
    asked = ask(desk.actor, find_lists(2019, ["district"], "410303"), date(2019, 1, 31))
    row = figures(desk.actor, asked).whole.values
    assert {name: row[name] for name in answer["totals"]} == answer["totals"]
    by_class = {line.group[0]: line.values["projects"] for line in figures(desk.actor, asked, ("class",)).rows}
    assert by_class == {"产业类": 3, "城建类": 2}


def test_the_same_file_again_changes_nothing(desk):
    desk.plan()
    before = TrailEntry.objects.count(), ListEntry.objects.count(), Reading.objects.count()
    assert counts(desk.plan()) == (0, 0, 5)
    assert (TrailEntry.objects.count(), ListEntry.objects.count(), Reading.objects.count()) == before


def test_a_blank_cell_leaves_what_stands_and_a_filled_one_changes_it(desk):
    desk.plan()
    rows = books.plan_rows()
    for row in rows:
        if len(row) > 9 and row[1] == "长宁冷链物流园":
            row[3], row[8], row[11] = None, 15000, None
    answer = desk.plan(rows)
    assert counts(answer) == (0, 1, 4)
    project = Project.objects.get(name="长宁冷链物流园")
    assert project.content == "冷库 8 万吨"
    assert entry_of(project.name).planned_investment == 15000 * WAN
    assert held(project.name)[("responsible", 0)] == "区商务局"


def test_units_and_leaders_are_split_named_and_to_be_confirmed(desk):
    answer = desk.plan()
    assert held("望岳智能装备产业园") == {
        ("responsible", 0): "区工信局",
        ("supporting", 0): "区商务局",
        ("lead", 0): "梁秋白",
    }
    assert held("元丰路快速化改造")[("supporting", 0)] == "区城管局"
    posts = {post.holder: (post.title, post.confirmed) for post in Post.objects.all()}
    assert posts == {"梁秋白": ("副区长", False), "张三": ("副区长", False), "沈一诺": ("副区长", False)}
    assert sorted(answer["new_units"]) == sorted(Unit.objects.values_list("name", flat=True))
    assert sorted(answer["new_leaders"]) == ["张三 副区长", "梁秋白 副区长", "沈一诺 副区长"]


def test_a_cell_that_names_fewer_units_ends_the_others(desk):
    desk.plan()
    rows = books.plan_rows()
    for row in rows:
        if len(row) > 9 and row[1] == "望岳智能装备产业园":
            row[11] = "区工信局"
    desk.plan([*rows])
    roles = held("望岳智能装备产业园")
    assert roles[("responsible", 0)] == "区工信局"
    assert ("supporting", 0) in roles  # a cell of responsible units says nothing of the supporting ones


def test_stages_follow_the_kind_and_the_years(desk):
    desk.plan()
    steps = {row.project.name: (row.stage, row.effective_on) for row in StageChange.objects.select_related("project")}
    assert steps["望岳智能装备产业园"] == ("under_construction", date(2017, 1, 1))
    assert steps["春熙片区城中村改造"] == ("under_construction", date(2018, 1, 1))
    assert steps["长宁冷链物流园"] == ("preliminary", date(2019, 1, 1))
    assert {row.stage for row in Project.objects.filter(name="长宁冷链物流园")} == {"preliminary"}


def test_the_amount_to_last_years_end_is_a_reading_of_its_last_day(desk):
    desk.plan(name="计划表.xlsx")
    row = Reading.objects.standing().get(project__name="春熙片区城中村改造")
    assert (row.effective_on, row.cumulative, row.basis, row.truth) == (
        date(2018, 12, 31),
        60000 * WAN,
        "dispatch",
        "confirmed",
    )
    assert row.source == "计划表.xlsx"


def test_category_rows_become_classes_in_their_order(desk):
    desk.plan()
    found = {row.project.name: row.project_class for row in ListEntry.objects.select_related("project_class")}
    assert found["长宁冷链物流园"].name == "产业类"
    assert found["元丰路快速化改造"].order > found["长宁冷链物流园"].order


def test_the_list_is_issued_by_its_document_number_and_provisional_without(desk):
    desk.plan()
    assert AnnualList.objects.get().state == "provisional"
    rows = books.plan_rows(title="西工区2018年重点项目计划表（西政〔2018〕4号）")
    desk.plan(rows, year=2018)
    issued = AnnualList.objects.get(year=2018)
    assert issued.state == "issued"
    assert [(row.number, row.document_number) for row in issued.batches.all()] == [(1, "西政〔2018〕4号")]


def test_completing_as_a_kind_makes_the_kinds_exclusive(desk):
    rows = books.plan_rows()
    rows[4][2] = "计划竣工"
    desk.plan(rows)
    assert AnnualList.objects.get().kinds_exclusive is True
    entry = entry_of("望岳智能装备产业园")
    assert (entry.kind, entry.completes_this_year) == ("completing", True)


def test_xinjian_is_the_bureaus_nature_unless_xujian_stands_beside_it(desk):
    rows = [*books.one_row(建设性质="新建"), [2, "长宁冷链物流园", "改建", "冷库", 30000, 12000]]
    desk.plan(rows)
    natures = {row.project.name: row.nature for row in ProjectProfile.objects.select_related("project")}
    assert natures == {"望岳智能装备产业园": "new", "长宁冷链物流园": "rebuild"}
    rows[2][2] = "续建"
    desk.plan(rows, level="city")
    kinds = dict(ListEntry.objects.filter(annual_list__level="city").values_list("project__name", "kind"))
    assert kinds == {"望岳智能装备产业园": "new_start", "长宁冷链物流园": "continuing"}


def test_a_two_row_heading_with_units_in_it_is_read(desk):
    rows = [
        ["序号", "项目名称", "建设性质", "建设内容", "投资（亿元）", None],
        [None, None, None, None, "总投资", "2019年计划"],
        [1, "望岳智能装备产业园", "续建", "厂房", 12, 3.5],
    ]
    merges = [(0, at, 1, at, rows[0][at]) for at in range(4)] + [(0, 4, 0, 5, "投资（亿元）")]
    answer = desk.plan(books.workbook(rows, merges=merges))
    assert answer["totals"]["total_investment"] == 12 * books.YI
    assert answer["totals"]["planned_investment"] == 35 * books.YI // 10


def test_csv_in_gb18030_is_read(desk):
    rows = books.one_row()
    text = "\r\n".join(",".join(str(cell) for cell in row) for row in rows)
    answer = desk.plan(text.encode("gb18030"), name="计划.csv")
    assert counts(answer) == (1, 0, 0)
    assert Project.objects.get().name == "望岳智能装备产业园"


def test_a_project_is_found_by_its_code_under_another_name(desk):
    code = "2019-410303-70-03-012345"
    desk.plan(books.one_row(项目代码=code))
    answer = desk.plan(books.one_row(项目代码=code, 项目名称="望岳智能装备产业园（东区）"))
    assert counts(answer) == (0, 1, 0)
    assert "renamed" in codes(answer["warnings"])
    assert Project.objects.get().name == "望岳智能装备产业园（东区）"


def test_two_codes_are_two_projects_of_one_name(desk):
    rows = books.one_row(项目代码="2019-410303-70-03-012345")
    rows.append([*rows[1][:6], "2019-410303-70-03-054321"])
    answer = desk.plan(rows)
    assert (answer["errors"], answer["created"]) == ([], 2)


def test_a_project_lies_in_the_street_that_its_place_names(office, cast):
    office.plan()
    assert Project.objects.get(name="青桐数据中心（一期）").region == cast.region("street_region")
    assert Project.objects.get(name="长宁冷链物流园").region == cast.region("district")


def test_the_city_list_names_the_same_projects_once(desk):
    desk.plan()
    desk.plan(level="city")
    assert Project.objects.count() == 5
    assert ListEntry.objects.standing().count() == 10


def test_a_next_batch_keeps_the_entries_of_the_first(desk):
    desk.plan(batch=1)
    desk.plan(books.one_row(项目名称="西沟河综合治理"), batch=2)
    batches = {row.project.name: row.batch.number for row in ListEntry.objects.standing().select_related("batch")}
    assert batches["长宁冷链物流园"] == 1
    assert batches["西沟河综合治理"] == 2


def test_nothing_of_a_cell_is_lost_for_want_of_a_column(desk):
    long = "望岳路以北、青桐街以东、" * 20
    answer = desk.plan(
        books.one_row(
            建设地点=long, 资金来源="自筹", 级别="省重点", 联系人及电话="李四 13800000000", 一季度目标="完成桩基"
        )
    )
    project = Project.objects.get()
    assert codes(answer["warnings"]) == ["text_moved"]
    assert long in project.remark
    assert "省重点" in project.remark
    assert (project.contact, project.contact_phone) == ("李四", "13800000000")
    assert ListEntry.objects.get().quarter_goals == ["完成桩基", "", "", ""]


@pytest.mark.parametrize("who", ["office", "office_head"])
def test_an_import_by_a_post_needs_its_region(who, cast, office, tmp_path):
    own = Desk(tmp_path, cast.actor(who))
    assert counts(own.plan()) == (5, 0, 0)
    with pytest.raises(Refusal) as refused:
        own.plan(region="410305")
    assert refused.value.code == "library.region_out_of_reach"
    with pytest.raises(Refusal) as refused:
        Desk(tmp_path, cast.actor("reporter")).plan()
    assert refused.value.code == "core.not_allowed"
