"""What comes back: moved, sorted, renamed, added to, and what cannot be believed."""

import io

import openpyxl
import pytest
from openpyxl.comments import Comment as Note

from guatu.core.roundtrip.back import Place
from guatu.core.roundtrip.tables import identity_of
from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.reading import read_bytes
from guatu.core.sheets.words import FILE_ERRORS
from guatu.domain.merge import State, Unread
from tests.roundtrip.worlds import (
    BOOK,
    COLUMNS,
    FIRST,
    HEAD,
    LAYOUT,
    NAMES,
    SENT,
    WAN,
    back,
    column_of,
    edited,
    issues,
    merged,
    now,
    put,
    row_of,
    sent_bytes,
    taken,
)

LAST = len(COLUMNS) + 1


def refused(data, code, sent=SENT, **options):
    with pytest.raises(SheetError) as caught:
        back(data, sent, **options)
    assert caught.value.code == code
    assert caught.value.message == FILE_ERRORS[code] % caught.value.params
    return caught.value


def rows_of(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST, max_row=FIRST + len(NAMES) - 1)]


def fill(sheet, rows, first=FIRST):
    for number, row in enumerate(rows, start=first):
        for place, value in enumerate(row, start=1):
            sheet.cell(number, place).value = value


def unmerge(sheet):
    for box in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(box))


# -- nothing changed --------------------------------------------------------------------------------------------------
def test_a_file_that_nobody_touched_changes_nothing():
    for data in (sent_bytes(), edited()):
        returned = back(data)
        found = merged(data)
        assert (issues(returned), returned.comments) == ([], [])
        assert (found.cells, found.added, found.missing, found.protected) == ((), (), (), ())
        assert found.unchanged == len(NAMES) * 7
        assert returned.columns == {column.code for column in COLUMNS}
        assert returned.headings["填报表", "done"] == "F 投资 / 本月完成投资（万元）"


def test_without_the_database_the_hidden_sheet_is_believed():
    assert back(edited(put("K1", "进展情况", "封顶")), sent=None).sent == SENT


# -- moved about ------------------------------------------------------------------------------------------------------
def turned(sheet):
    fill(sheet, reversed(rows_of(sheet)))


def blank_between(sheet):
    rows = rows_of(sheet)
    fill(sheet, [*rows[:2], [None] * LAST, [None] * LAST, *rows[2:]])


def columns_turned(sheet):
    unmerge(sheet)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD, max_row=FIRST + len(NAMES) - 1)]
    rows = [[row[0], *row[1:3], *row[6:], *row[3:6]] for row in rows]
    fill(sheet, rows, HEAD)


def another_name(sheet):
    sheet.title = "报住建局3月定稿"


def lines_above(sheet):
    sheet.insert_rows(1, 3)
    sheet.cell(1, 1).value = "西工区住房和城乡建设局文件"


def headings_joined(sheet):
    """Two columns under one merged heading, the second of them new and blank."""
    at = column_of(sheet, "进展情况")
    sheet.merge_cells(start_row=HEAD + 1, end_row=HEAD + 1, start_column=4, end_column=5)
    assert at == LAST


HANDS = [turned, blank_between, columns_turned, another_name, lines_above]


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.__name__)
@pytest.mark.parametrize("drop_meta", [False, True], ids=["", "no hidden sheet"])
def test_what_is_moved_about_is_the_same(hand, drop_meta):
    change = put("K4", "本月完成投资", 444.5)
    data = edited(change, hand, drop_meta=drop_meta)
    found = merged(data)
    assert taken(found) == {("K4", "done"): 4445000}
    assert found.unchanged == len(NAMES) * 7 - 1
    assert (found.missing, found.added, found.protected) == ((), (), ())
    assert [code for code, *_ in issues(back(data)) if code != "column_unknown"] == []


def test_all_at_once():
    hands = (columns_turned, turned, blank_between, another_name, lines_above)
    data = edited(put("K4", "形象进度", "５５％"), *hands, drop_meta=True)
    assert [(cell.key, cell.code, cell.state, str(cell.theirs)) for cell in merged(data).cells] == [
        ("K4", "share", State.THEIRS, "55")
    ]


def test_places_are_those_of_the_returned_sheet():
    data = edited(put("K5", "本月完成投资", 1), turned, another_name)
    (cell,) = merged(data).cells
    assert cell.place == Place("报住建局3月定稿", FIRST)


def test_a_row_that_did_not_come_back_is_told_and_nothing_else():
    found = merged(edited(lambda sheet: sheet.delete_rows(row_of(sheet, "K2"))))
    assert (found.missing, found.cells) == (("K2",), ())


def test_a_column_that_did_not_come_back_is_told_and_nothing_else():
    def hand(sheet):
        unmerge(sheet)
        sheet.delete_cols(column_of(sheet, "进展情况"))

    data = edited(hand)
    assert merged(data).cells == ()
    assert [(code, column) for code, _, column in issues(back(data))] == [("column_gone", "进展情况")]


# -- rows that are new, lost, doubled ---------------------------------------------------------------------------------
def test_rows_that_were_added_are_told_with_their_values():
    def hand(sheet):
        row = FIRST + len(NAMES)
        sheet.cell(row, column_of(sheet, "项目名称")).value = "新冷链物流园"
        sheet.cell(row, column_of(sheet, "本月完成投资")).value = "0.3亿"

    (row,) = merged(edited(hand)).added
    assert row.place == Place("填报表", FIRST + len(NAMES))
    assert {code: value for code, value in row.values.items() if value is not None} == {
        "name": "新冷链物流园",
        "done": 3000 * WAN,
    }


def test_sums_and_notes_below_are_no_rows():
    def hand(sheet):
        row = FIRST + len(NAMES) + 4
        sheet.cell(row, column_of(sheet, "项目名称")).value = "合  计"
        sheet.cell(row, column_of(sheet, "总投资")).value = 150000
        sheet.cell(row + 1, column_of(sheet, "项目名称")).value = "填表人：示例"

    data = edited(hand)
    found = merged(data)
    assert (found.added, found.cells) == ((), ())
    assert issues(back(data)) == [("sum_left_out", FIRST + len(NAMES) + 4, "")]


def test_a_lost_key_is_found_by_the_projects_name():
    data = edited(put("K3", "识别码", None), put("K4", "识别码", "４"), put("K5", "识别码", "ｋ５"))
    found = merged(data)
    assert (found.unchanged, found.missing, found.added) == (len(NAMES) * 7, (), ())
    assert issues(back(data)) == [("key_recovered", FIRST + 2, ""), ("key_recovered", FIRST + 3, "")]


def test_the_keys_column_may_be_gone():
    def hand(sheet):
        unmerge(sheet)
        sheet.cell(3, 2).value = sheet.cell(3, 1).value
        sheet.delete_cols(1)

    data = edited(put("K1", "本月完成投资", 9), hand, drop_meta=True)
    assert taken(merged(data)) == {("K1", "done"): 9 * WAN}


def test_a_key_that_nobody_knows_is_told():
    def hand(sheet):
        row = FIRST + len(NAMES)
        sheet.cell(row, 1).value = "K99"
        sheet.cell(row, 3).value = "别处的项目"

    data = edited(hand)
    (row,) = merged(data).unknown
    assert (row.key, row.values["name"]) == ("K99", "别处的项目")
    assert issues(back(data)) == [("key_unknown", FIRST + len(NAMES), "")]


def test_a_row_that_was_copied_is_one_row_where_it_says_the_same():
    def hand(sheet):
        fill(sheet, [rows_of(sheet)[0]], FIRST + len(NAMES))

    found = merged(edited(hand))
    assert (list(found.twice), found.cells) == (["K1"], ())
    other = merged(edited(hand, lambda sheet: put("K1", "本月完成投资", 8)(sheet)))
    assert [(cell.key, cell.code, cell.state) for cell in other.cells] == [("K1", "done", State.CONFLICT)]
    assert taken(other) == {}


def test_a_copy_of_the_sheet_is_read_too_and_disagreement_is_a_conflict():
    book = openpyxl.load_workbook(io.BytesIO(sent_bytes()))
    copy = book.copy_worksheet(book.worksheets[0])
    copy.cell(FIRST, column_of(copy, "本月完成投资")).value = 7
    out = io.BytesIO()
    book.save(out)
    found = merged(out.getvalue())
    assert [(cell.key, cell.theirs, cell.state) for cell in found.cells] == [("K1", 7 * WAN, State.CONFLICT)]
    assert len(found.twice) == len(NAMES)


def test_names_that_were_sorted_without_their_keys_are_refused():
    def hand(sheet):
        at = column_of(sheet, "项目名称")
        names = [sheet.cell(FIRST + number, at).value for number in range(len(NAMES))]
        for number, name in enumerate(sorted(names)):
            sheet.cell(FIRST + number, at).value = name

    error = refused(edited(hand), "rows_mixed")
    assert (error.params["row"], error.params["key"]) == (FIRST, "K1")


def test_a_name_that_was_only_corrected_is_told_and_not_taken():
    found = merged(edited(put("K1", "项目名称", "望岳产业园（一期）"), put("K1", "总投资", 1)))
    assert [(cell.code, cell.theirs) for cell in found.protected] == [("name", "望岳产业园（一期）"), ("total", WAN)]
    assert taken(found) == {}


# -- cells ------------------------------------------------------------------------------------------------------------
def test_what_cannot_be_read_waits_for_a_person_with_its_place():
    data = edited(put("K1", "本月完成投资", "约300"), put("K2", "实际开工时间", "择日"), put("K3", "形象进度", 1.2))
    found = merged(data)
    assert [(cell.key, cell.state, cell.theirs) for cell in found.cells] == [
        ("K1", State.CONFLICT, Unread("约300", "amount.approximate")),
        ("K2", State.CONFLICT, Unread("择日", "date.unreadable")),
        ("K3", State.CONFLICT, Unread("1.2", "beyond_limits")),
    ]
    told = back(data).issues
    assert [(issue.row, issue.column, issue.value) for issue in told] == [
        (FIRST, "F 投资 / 本月完成投资（万元）", "约300"),
        (FIRST + 1, "H 实际开工时间", "择日"),
        (FIRST + 2, "G 形象进度", "1.2"),
    ]


def test_a_share_is_told_by_its_cells_format():
    def plain(key, value):
        def hand(sheet):
            cell = sheet.cell(row_of(sheet, key), column_of(sheet, "形象进度"))
            cell.value, cell.number_format = value, "General"

        return hand

    found = merged(edited(plain("K1", 30), plain("K2", 0.3), plain("K3", 0.305), put("K4", "形象进度", 0.5)))
    assert [(cell.key, str(getattr(cell.theirs, "why", cell.theirs))) for cell in found.cells] == [
        ("K1", "30"),
        ("K2", "percent_doubtful"),
        ("K4", "50"),
    ]


def test_a_cell_that_was_emptied_is_asked_about_where_the_layout_says_so():
    found = merged(edited(put("K1", "本月完成投资", None), put("K1", "进展情况", None)))
    assert [(cell.code, cell.state) for cell in found.cells] == [("done", State.CONFLICT), ("words", State.THEIRS)]


def test_formulas_give_their_value_and_are_told():
    data = _with_formula(300)
    assert taken(merged(data)) == {("K1", "done"): 300 * WAN}
    (issue,) = back(data).issues
    assert (issue.code, issue.row, issue.column[0], issue.params) == ("formula_read", FIRST, "F", {"formula": "=100*3"})


def test_a_formula_without_a_value_says_nothing():
    data = edited(put("K1", "本月完成投资", "=100*3"))
    assert merged(data).cells == ()
    assert issues(back(data)) == [("formula_not_taken", FIRST, "F")]


def test_a_text_that_a_program_took_for_a_formula_is_what_was_sent():
    data = edited(put("K2", "进展情况", "=主体施工"))
    assert merged(data).cells == ()


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#NAME?"])
def test_an_error_empties_nothing_and_is_told(error):
    data = _with_formula(error, ' t="e"')
    assert merged(data).cells == ()
    assert issues(back(data)) == [("error_not_taken", FIRST, "F")]


def _with_formula(value, kind=""):
    """The sent file with a formula and its value put into a cell, as office programs save them."""
    import zipfile

    source = zipfile.ZipFile(io.BytesIO(sent_bytes()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                start = part.index(f'<c r="F{FIRST}"'.encode())
                end = part.index(b"</c>", start)
                cell = part[start:end]
                head = cell[: cell.index(b">")] + kind.encode() + b">"
                part = part.replace(cell, head + f"<f>100*3</f><v>{value}</v>".encode(), 1)
            target.writestr(name, part)
    return out.getvalue()


def test_comments_are_told_with_their_row_and_left_alone():
    def hand(sheet):
        cell = sheet.cell(row_of(sheet, "K3"), column_of(sheet, "本月完成投资"))
        cell.comment = Note("含上月漏报 20 万", "示例")

    data = edited(hand)
    assert merged(data).cells == ()
    (comment,) = back(data).comments
    assert (comment.place, comment.column[0], comment.key, comment.text) == (
        Place("填报表", FIRST + 2),
        "F",
        "K3",
        "含上月漏报 20 万",
    )


def test_cells_that_were_merged_over_are_not_emptied():
    def hand(sheet):
        at = column_of(sheet, "进展情况")
        sheet.merge_cells(start_row=FIRST, end_row=FIRST + 2, start_column=at, end_column=at)

    data = edited(hand)
    assert merged(data).cells == ()
    assert issues(back(data)) == [("cell_merged_over", FIRST + 1, "L"), ("cell_merged_over", FIRST + 2, "L")]


def test_merges_that_lie_over_each_other_are_no_office_programs_work():
    book = read_bytes(sent_bytes(), name="a.xlsx")
    book.sheets[0].merged += [(FIRST, 0, 10**6, 16_000)] * 10_000
    from guatu.core.roundtrip.back import read_back

    with pytest.raises(SheetError, match="truncated"):
        read_back(book, LAYOUT, SENT)


# -- columns ----------------------------------------------------------------------------------------------------------
def test_a_heading_joined_over_another_column_leaves_that_column_out():
    def hand(sheet):
        unmerge(sheet)
        for at in range(1, LAST + 1):
            if sheet.cell(HEAD + 1, at).value is None:
                sheet.cell(HEAD + 1, at).value = sheet.cell(HEAD, at).value
        sheet.delete_rows(HEAD)
        at = column_of(sheet, "形象进度")
        sheet.merge_cells(start_row=HEAD, end_row=HEAD, start_column=at, end_column=at + 1)

    data = edited(put("K1", "形象进度", 0.9), hand)
    found = merged(data)
    assert {(cell.code, str(cell.theirs)) for cell in found.cells} == {("share", "90")}
    assert [code for code, *_ in issues(back(data))] == ["column_gone"]


def test_a_column_of_ones_own_is_told_and_left_alone():
    def hand(sheet):
        sheet.cell(HEAD, LAST + 1).value = "核对人"
        sheet.cell(FIRST, LAST + 1).value = "示例"

    data = edited(hand)
    assert merged(data).cells == ()
    assert [code for code, *_ in issues(back(data))] == ["column_unknown"]


def test_a_column_in_another_unit_is_not_read():
    def hand(sheet):
        sheet.cell(HEAD + 1, column_of(sheet, "本月完成投资")).value = "本月完成投资（元）"
        for row in range(FIRST, FIRST + len(NAMES)):
            sheet.cell(row, 5).value = 5

    data = edited(hand)
    assert merged(data).cells == ()
    assert issues(back(data))[0][0] == "unit_changed"


# -- whole files ------------------------------------------------------------------------------------------------------
def as_csv(encoding="utf-8-sig", **options):
    """The visible sheet as a program saves it as csv: what the cells show."""
    import csv

    sheet = openpyxl.load_workbook(io.BytesIO(edited(**options))).worksheets[0]
    out = io.StringIO()
    writer = csv.writer(out)
    for row in sheet.iter_rows():
        writer.writerow([_shown(cell) for cell in row])
    return out.getvalue().encode(encoding)


def _shown(cell):
    if cell.value is None or isinstance(cell.value, str):
        return cell.value or ""
    if "%" in cell.number_format:
        return f"{cell.value * 100:.2f}%"
    if "#,##0" in cell.number_format:
        whole, _, rest = f"{cell.value:,.4f}".partition(".")
        return f"{whole}.{rest.rstrip('0').ljust(2, '0')}"
    return f"{cell.value:%Y/%m/%d}" if hasattr(cell.value, "year") else str(cell.value)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_file_is_the_same_sheet(encoding):
    data = as_csv(encoding)
    returned = back(data, name="进度表.csv")
    assert issues(returned) == []
    assert merged(data, name="进度表.csv").cells == ()
    refused(data, "sent_unknown", sent=None, name="进度表.csv")


def test_files_that_are_no_sheet_of_ours_are_refused():
    other = openpyxl.Workbook()
    other.active.append(["项目名称", "总投资（万元）"])
    other.active.append(["望岳产业园", 5])
    out = io.BytesIO()
    other.save(out)
    refused(out.getvalue(), "not_sent_out")
    refused("项目名称,总投资\n望岳产业园,5\n".encode(), "not_sent_out", name="a.csv")
    wrong = refused(sent_bytes(id="2026M03-OTHER"), "other_workbook")
    assert wrong.params == {"id": "2026M03-OTHER", "wanted": BOOK.id}


def test_a_sheet_pasted_into_another_ones_file_is_refused():
    def hand(sheet):
        sheet.cell(3, 1).value = "表号：2026M03-OTHER　　校验码：AAAA-BBBB"

    assert refused(edited(hand), "two_ids").params == {"ids": f"{BOOK.id}、2026M03-OTHER"}


def test_a_sheet_without_its_heading_or_its_keys_is_refused():
    def no_heading(sheet):
        unmerge(sheet)
        sheet.delete_rows(HEAD, 2)

    def no_keys(sheet):
        unmerge(sheet)
        sheet.delete_cols(3)
        sheet.delete_cols(1)
        sheet.cell(3, 1).value = f"表号：{BOOK.id}"

    refused(edited(no_heading), "no_heading_back")
    refused(edited(no_keys), "no_keys_back")


def test_a_file_whose_sent_values_nobody_has_is_refused():
    assert refused(edited(drop_meta=True), "sent_unknown", sent=None).params == {"id": BOOK.id}


def test_far_more_rows_than_were_sent_are_refused():
    def hand(sheet):
        for number in range(3 * len(NAMES) + 1001):
            sheet.cell(FIRST + number, 1).value = f"X{number}"

    assert refused(edited(hand), "too_many_back").params == {"sent": len(NAMES), "limit": 1015}


def test_the_id_is_found_in_either_place():
    for data in (sent_bytes(), edited(drop_meta=True), as_csv()):
        assert identity_of(read_bytes(data, name="a")) == BOOK.id

    def hand(sheet):
        sheet.cell(3, 1).value = None

    assert identity_of(read_bytes(edited(hand), name="a")) == BOOK.id


def test_a_row_that_moved_to_another_unit_is_told():
    here = now()
    del here["K1"]
    found = merged(edited(put("K1", "本月完成投资", 5)), here)
    assert [(cell.key, cell.state) for cell in found.cells] == [("K1", State.ROW_LEFT)]
