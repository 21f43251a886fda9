"""A unit's workbook edited and saved in LibreOffice itself, and handed back in through the pages."""

import io

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from guatu.reporting.models import WorkbookReturn
from tests.library.conftest import at_day
from tests.reporting.test_workbooks import DAY, WAN, edited, handed_in, library_project, merged, report_of, taken_out
from tests.reporting.workbooks import asked_unit
from tests.roundtrip.worlds import column_of
from tests.support.office import edited_in_it, saved_again

pytestmark = pytest.mark.office
ONE, OTHER, THIRD = "长宁路改造", "青桐路快速化改造（一期）", "纱厂北路安置房"


@pytest.fixture
def reporter(shelf):
    with at_day(DAY):
        shelf.unit = asked_unit(shelf.cast, ONE, OTHER, THIRD)
        yield shelf.cast.client("reporter")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """LibreOffice's own folder, made once: its first start takes longest."""
    return tmp_path_factory.mktemp("libreoffice")


@pytest.fixture
def sent(shelf, reporter, tmp_path):
    """The workbook as the unit took it out."""
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(taken_out(reporter, shelf.unit))
    return path


def places(path):
    """(project, heading) → the cell's name, and the rows of projects."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    name_at = column_of(sheet, "项目名称")
    rows = {sheet.cell(at, name_at).value: at for at in range(1, sheet.max_row + 1)}
    headings = {
        "money": "本期完成投资",
        "percent": "形象进度",
        "words": "工程进展",
        "problem": "存在问题",
        "planned": "年度计划投资",
    }
    columns = {code: column_of(sheet, said) for code, said in headings.items()}
    return lambda name, code: f"{get_column_letter(columns[code])}{rows[name]}"


def handed(client, path):
    answer = handed_in(client, path.read_bytes(), path.name)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return answer.url, client.get(answer.url).content.decode()


def test_a_workbook_edited_in_libreoffice_becomes_drafts(reporter, sent, tmp_path, home):
    at = places(sent)
    steps = [
        f'Typed "{at(ONE, "money")}", "０.３亿"',
        f'Typed "{at(ONE, "percent")}", "45%"',
        f'Typed "{at(ONE, "words")}", "主体封顶"',
        f'Typed "{at(OTHER, "money")}", "=100*6"',
        f'Typed "{at(OTHER, "percent")}", "２８．５％"',
        f'Typed "{at(THIRD, "money")}", "约三百万"',
        f'Remark "{at(OTHER, "words")}", "请核实"',
        'sheet.unprotect("")',
        f'Typed "{at(THIRD, "planned")}", "9999"',
        'SortedDown "A8:R10", 1',
        'sheet.Name = "二月定稿"',
        'doc.Sheets.removeByName("_meta")',
    ]
    url, shown = handed(reporter, edited_in_it(sent, tmp_path / "改好.xlsx", steps, home))
    assert shown.count("请选定") > 0
    assert "约三百万" in shown, "what cannot be read is asked about"
    assert "9,999万元" in shown, "a column that is not to be filled in: shown, not taken"
    assert "=100*6" in shown
    assert "请核实" in shown
    key = WorkbookReturn.objects.get().sent.content["projects"]
    refused = merged(reporter, url)
    assert refused.status_code == 422, "the undecided cell stops the merge"
    project = library_project(THIRD)
    row = next(k for k, public_id in key.items() if public_id == str(project.public_id))
    assert merged(reporter, url, **{f"choice.{row}.amount": "typed", f"typed.{row}.amount": "300"}).status_code == 302
    assert report_of(ONE).content == {"amount": 3000 * WAN, "percent": 4500, "words": "主体封顶"}
    assert report_of(OTHER).content == {"amount": 600 * WAN, "percent": 2850}
    assert report_of(THIRD).content == {"amount": 300 * WAN}


def test_one_in_libreoffice_another_in_openpyxl_both_edits_stay(reporter, sent, tmp_path, home):
    at = places(sent)
    first = edited_in_it(sent, tmp_path / "甲.ods", [f'Typed "{at(ONE, "money")}", "300"'], home)
    other = tmp_path / "乙.xlsx"
    other.write_bytes(edited(sent.read_bytes(), 工程进展="主体封顶", 形象进度="35％"))
    (other,) = saved_again([other], "xlsx", home)
    for path in (first, other):
        url, shown = handed(reporter, path)
        assert "请选定" not in shown
        assert merged(reporter, url).status_code == 302
    assert report_of(ONE).content == {"amount": 300 * WAN, "percent": 3500, "words": "主体封顶"}
    version = report_of(ONE).version
    (again,) = saved_again([first], "xlsx", home)
    _url, shown = handed(reporter, again)
    assert "表里没有新的改动" in shown, "saved once more, it is the same edits"
    assert report_of(ONE).version == version


def test_saved_again_without_an_edit_it_changes_nothing(reporter, sent, home):
    (ods,) = saved_again([sent], "ods", home)
    (back,) = saved_again([ods], "xlsx", home)
    (csv,) = saved_again([sent], "csv", home)
    for path in (ods, back, csv):
        _url, shown = handed(reporter, path)
        assert "表里没有新的改动" in shown
        assert "还要说明的" not in shown
    sheet = openpyxl.load_workbook(io.BytesIO(back.read_bytes())).worksheets[0]
    assert sheet.protection.sheet
    assert sheet.cell(8, column_of(sheet, "年度计划投资")).protection.locked
    assert not sheet.cell(8, column_of(sheet, "本期完成投资")).protection.locked
    assert report_of(ONE) is None
