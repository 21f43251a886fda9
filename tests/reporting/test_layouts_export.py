"""Sheets of other systems filled from what is held, and read back by heading, alias, unit, code and name."""

import io
from datetime import date

import openpyxl
import pytest

from guatu.core.refusals import Refusal
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.reporting import actions
from guatu.reporting.layouts.book import layout_file
from guatu.reporting.layouts.compare import compare
from guatu.reporting.layouts.filling import fill
from guatu.reporting.layouts.page import gaps, shown_rows
from guatu.reporting.layouts.reading import read_export
from guatu.reporting.layouts.ready import ready_layouts
from guatu.reporting.layouts.schema import as_json, file_of, read_layout, stored
from guatu.reporting.layouts.sources import Missing
from guatu.reporting.models import LayoutExport, SheetLayout
from tests.reporting.layouts import MARCH, NAMES, WAN, edited, exported, listed, upload, used


@pytest.fixture
def annual(shelf):
    """Two projects with dispatch figures of February and March."""
    found = listed(shelf.cast, 2019, *NAMES)
    for project in Project.objects.order_by("pk"):
        for on, ytd, words in ((date(2019, 2, 28), 300 * WAN, ""), (date(2019, 3, 31), 512_3400, "主体封顶")):
            row = actions.ReadingRow(project=project, on=on, ytd=ytd, cumulative=ytd, words=words, percent=2850)
            actions.record_readings(actor=shelf.office, rows=[row])
    return found


def filled(shelf, code, annual):
    return fill(shelf.office, ready_layouts()[code], annual, MARCH)


def read(tmp_path, code, data, name="导出.xlsx"):
    path = tmp_path / name
    path.write_bytes(data)
    return read_export(ready_layouts()[code], MARCH, path, name)


def beside(shelf, tmp_path, code, annual, data, chosen=None):
    reading = read(tmp_path, code, data)
    return compare(shelf.office, ready_layouts()[code], annual, MARCH, reading, chosen or {})


def test_a_sheet_is_filled_from_what_is_known_of_the_month(shelf, annual):
    found = filled(shelf, "provincial_month", annual)
    cells = found.rows[0].cells
    assert (cells["serial"], cells["name"]) == (1, NAMES[0])
    assert (cells["dispatch.ytd"], cells["dispatch.amount"]) == (512_3400, 212_3400)
    assert (cells["words"], cells["total_investment"]) == ("主体封顶", 12_345 * WAN)
    assert [one.column.source for one in found.empties] == ["content", "years", "problem", "next_plan"]
    assert found.empties[0].count == 2
    assert found.empties[0].why is Missing.LIBRARY


def test_columns_that_are_empty_of_the_same_projects_are_told_once(shelf, annual):
    found = filled(shelf, "statistics_206", annual)
    told = gaps(found)
    assert sum(len(gap.columns) for gap in told) == len(found.empties)
    assert len(told) < len(found.empties)
    (statistics,) = [gap for gap in told if gap.first.why is Missing.STATISTICS]
    assert {"statistics.ytd", "statistics.cumulative"} <= {column.source for column in statistics.columns}


def test_the_preview_shows_amounts_in_the_sheets_unit_of_yi(shelf, annual):
    found = filled(shelf, "provincial_month", annual)
    places = {column.source: at for at, column in enumerate(found.layout.columns)}
    first = shown_rows(found)[0]
    assert (first[places["dispatch.ytd"]].text, first[places["dispatch.ytd"]].look) == ("0.0512", "num nw")
    assert (first[places["content"]].text, first[places["name"]].look) == ("—", "long")


def test_the_statistics_basis_is_never_filled_from_dispatch_figures(shelf, annual):
    found = filled(shelf, "statistics_206", annual)
    assert not [code for row in found.rows for code in row.cells if code.startswith("statistics.")]
    why = {one.column.source: one.why for one in found.empties}
    assert why["statistics.ytd"] is Missing.STATISTICS
    row = actions.ReadingRow(project=found.rows[0].project, on=date(2019, 3, 31), ytd=77 * WAN)
    actions.record_readings(actor=shelf.office, rows=[row], basis="statistics")
    again = filled(shelf, "statistics_206", annual)
    assert [row.cells.get("statistics.ytd") for row in again.rows] == [77 * WAN, None]


def test_last_months_figure_is_not_this_months(shelf, annual):

    found = fill(shelf.office, ready_layouts()["provincial_month"], annual, Period.parse("2019-01"))
    assert not [
        code for row in found.rows for code in row.cells if code.startswith("dispatch.") and code[9:] != "before"
    ]


def test_rows_are_those_of_the_layout(shelf, annual):
    assert len(filled(shelf, "special_bond_month", annual).rows) == 2
    Project.objects.filter(name=NAMES[0]).update(funding="企业自筹")
    assert [row.project.name for row in filled(shelf, "special_bond_month", annual).rows] == [NAMES[1]]


@pytest.mark.parametrize("code", ["national_projects", "provincial_month", "special_bond_month"])
def test_what_went_out_reads_back_the_same(shelf, annual, tmp_path, code):
    found = beside(shelf, tmp_path, code, annual, exported(shelf.cast, used(shelf.cast, code), annual))
    assert [met.project.name for met in found.met] == list(NAMES)
    assert found.sides
    assert found.differing == []
    assert all(side.same for side in found.sides)


def test_a_workbook_is_printed_in_its_own_unit_with_title_and_unit_line(shelf, annual):
    book = openpyxl.load_workbook(io.BytesIO(exported(shelf.cast, used(shelf.cast, "provincial_month"), annual)))
    sheet = book.worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows(max_row=4) for cell in row if cell.value is not None]
    assert any("2019年3月省重点项目进展情况表" in text for text in texts)
    assert any("单位：亿元" in text for text in texts)
    values = [cell.value for row in sheet.iter_rows(min_row=5) for cell in row]
    assert 1.2345 in values
    assert sheet.print_title_rows


def test_a_column_in_another_unit_than_the_sheets_says_so_and_reads_back(shelf, annual, tmp_path):

    plain = as_json(ready_layouts()["provincial_month"])
    plain["columns"] = [
        {**one, "unit": "元"} if one.get("source") == "dispatch.ytd" else one for one in plain["columns"]
    ]
    layout = read_layout(plain)
    data = layout_file(fill(shelf.office, layout, annual, MARCH))[1]
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    found = compare(shelf.office, layout, annual, MARCH, read_export(layout, MARCH, path, "a.xlsx"), {})
    (side, _other) = [one for one in found.sides if one.source == "dispatch.ytd"]
    assert (side.value, side.same) == (512_3400, True)


def test_a_column_moved_and_headings_reworded_are_still_read(shelf, annual, tmp_path):
    out = openpyxl.Workbook()
    page = out.active
    page.append(["单位：亿元"])
    page.append(["存在的主要问题", "今年以来完成投资", "投资项目在线审批监管平台代码", "项目名称"])
    for project in Project.objects.order_by("-pk"):
        page.append(["缺土方", 0.0512, project.code, "随便叫什么"])
    kept = io.BytesIO()
    out.save(kept)
    found = beside(shelf, tmp_path, "national_projects", annual, kept.getvalue())
    assert [met.project.name for met in found.met] == [NAMES[1], NAMES[0]]
    ytd = [side.value for side in found.sides if side.source == "dispatch.ytd"]
    assert ytd == [512 * WAN, 512 * WAN]
    assert [side.source for side in found.differing] == ["dispatch.ytd"] * 2


def test_a_doubtful_name_is_left_to_a_person_and_a_strange_one_is_told(shelf, annual, tmp_path):
    data = exported(shelf.cast, used(shelf.cast), annual)
    data = edited(data, (1, "项目代码", None), (1, "项目名称", "青桐路快速化改造工程一期项目部"), (2, "项目代码", None))
    data = edited(data, (2, "项目名称", "某县生物质电厂"))
    found = beside(shelf, tmp_path, "national_projects", annual, data)
    doubtful = [met for met in found.met if met.doubtful]
    assert [met.number for met in doubtful] == [1]
    assert [met.name for met in found.strange] == ["某县生物质电厂"]
    assert not found.sides
    key = str(Project.objects.get(name=NAMES[0]).public_id)
    again = beside(shelf, tmp_path, "national_projects", annual, data, {"1": key})
    assert {side.name for side in again.sides} == {NAMES[0]}
    assert not beside(shelf, tmp_path, "national_projects", annual, data, {"1": ""}).sides


def test_a_project_that_comes_twice_is_read_once(shelf, annual, tmp_path):
    code = Project.objects.get(name=NAMES[0]).code
    data = edited(exported(shelf.cast, used(shelf.cast), annual), (2, "项目代码", code), (2, "项目名称", NAMES[0]))
    found = beside(shelf, tmp_path, "national_projects", annual, data)
    assert [met.twice for met in found.met] == [0, 1]
    assert {side.name for side in found.sides} == {NAMES[0]}


@pytest.mark.parametrize("data", [b"not a workbook", b"PK\x03\x04 broken", b"\x00" * 5000])
def test_a_file_that_is_none_is_refused_with_a_sentence(shelf, annual, tmp_path, data):
    with pytest.raises(Refusal) as refused:
        read(tmp_path, "national_projects", data)
    assert refused.value.code in ("reporting.file", "reporting.layout_wrong")


def test_another_sheet_is_refused(shelf, annual, tmp_path):
    out = openpyxl.Workbook()
    out.active.append(["项目名称", "总投资（万元）"])
    out.active.append([NAMES[0], 5])
    kept = io.BytesIO()
    out.save(kept)
    with pytest.raises(Refusal) as refused:
        read(tmp_path, "national_projects", kept.getvalue())
    assert refused.value.code == "reporting.layout_wrong"


def test_a_secret_row_is_refused(shelf, annual, tmp_path):
    data = edited(exported(shelf.cast, used(shelf.cast), annual), (1, "工程形象进度", "（涉密）主体封顶"))
    with pytest.raises(Refusal) as refused:
        read(tmp_path, "national_projects", data)
    assert refused.value.code == "library.secret"


def test_formulas_of_ours_go_out_as_texts(shelf, annual):
    Project.objects.filter(name=NAMES[0]).update(owner_name='=HYPERLINK("http://x")')
    book = openpyxl.load_workbook(io.BytesIO(exported(shelf.cast, used(shelf.cast), annual)))
    cell = next(c for row in book.worksheets[0].iter_rows() for c in row if "HYPERLINK" in str(c.value))
    assert cell.data_type != "f"


def test_an_export_through_its_pages_is_kept(shelf, annual):
    row = used(shelf.cast)
    client = shelf.cast.client("reporter")
    page = client.get(f"/reports/layouts/{row.public_id}/?list={annual.public_id}&period=2019-03").content.decode()
    assert "2 个项目" in page
    assert "还没有到这一步" not in page
    answer = client.post(f"/reports/layouts/{row.public_id}/book/", {"list": annual.public_id, "period": "2019-03"})
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
    kept = LayoutExport.objects.get()
    assert (kept.period, len(kept.filled)) == ("2019-03", 2)
    assert "dispatch.ytd" in next(iter(kept.filled.values()))
    wrong = client.get(f"/reports/layouts/{row.public_id}/?list={annual.public_id}&period=2019-W12")
    assert wrong.status_code == 422
    assert "期间 2019-W12" in wrong.content.decode()


def test_another_units_reporter_gets_none_of_the_rows(shelf, annual):
    row = used(shelf.cast)
    assert fill(shelf.cast.actor("other_reporter"), stored(row.layout), annual, MARCH).rows == []
    answer = shelf.cast.client("other_reporter").post(
        f"/reports/layouts/{row.public_id}/book/", {"list": annual.public_id, "period": "2019-03"}
    )
    assert answer.status_code == 404


def test_columns_are_changed_on_a_page_as_a_new_edition(shelf, annual):
    row = used(shelf.cast)
    client = shelf.cast.client("office")
    address = f"/reports/layouts/{row.public_id}/columns/"
    assert "工程形象进度" in client.get(address).content.decode()
    data = {"seen": row.version, "layout.name": "国库表", "layout.title": "{place}{period}表", "layout.unit": "亿元"}
    data |= {"heading.0": "项目名称", "source.0": "name", "order.0": "2", "heading.1": "序号", "source.1": "serial"}
    data |= {"order.1": "1", "heading.2": "本年完成", "source.2": "dispatch.ytd", "holder.2": "on", "order.2": "3"}
    data |= {"aliases.2": "今年完成、年内完成"}
    wrong = client.post(address, {**data, "heading.1": "项目名称"})
    assert wrong.status_code == 422
    assert "都叫“项目名称”" in wrong.content.decode()
    done = client.post(address, data)
    assert done.status_code == 302, done.content.decode()
    row.refresh_from_db()

    new = SheetLayout.objects.get(replaced=False)
    assert (row.replaced, new.edition, new.code) == (True, 2, "national_projects")
    layout = stored(new.layout)
    assert [one.heading for one in layout.columns] == ["序号", "项目名称", "本年完成"]
    assert layout.columns[2].aliases == ("今年完成", "年内完成")
    assert client.post(address, data).status_code == 404, "a former edition is never changed"


def test_the_office_puts_ready_and_own_layouts_in_use(shelf):
    client = shelf.cast.client("office")
    assert "可以启用的" in client.get("/reports/layouts/").content.decode()
    assert client.post("/reports/layouts/use/", {"code": "statistics_206"}).status_code == 302

    data = file_of(ready_layouts()["statistics_206"])
    client.post("/reports/layouts/upload/", {"file": upload(data, "样表.json")})
    assert list(SheetLayout.objects.order_by("edition").values_list("edition", "replaced")) == [(1, True), (2, False)]
    client.post("/reports/layouts/upload/", {"file": upload(b"[" * 9, "样表.json")})
    assert "第 1 行的括号" in client.get("/reports/layouts/").content.decode()
    row = SheetLayout.objects.get(replaced=False)
    assert client.get(f"/reports/layouts/{row.public_id}/layout.json").content == data
    assert client.post(f"/reports/layouts/{row.public_id}/stop/").status_code == 302
    assert not SheetLayout.objects.filter(replaced=False).exists()
