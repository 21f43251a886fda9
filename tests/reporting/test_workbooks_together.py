"""Several people fill in one workbook: whatever the order in which their files come back, no edit is lost."""

import io
import random
from itertools import permutations

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.core import clock
from guatu.core.attachments import keep_file
from guatu.core.roundtrip.back import read_back
from guatu.core.roundtrip.kept import sent_from_json
from guatu.core.roundtrip.out import unit_workbook_bytes
from guatu.core.sheets.reading import read_bytes
from guatu.domain.merge import OURS, State
from guatu.reporting import actions
from guatu.reporting.models import Report
from guatu.reporting.sent.making import offers, workbook_of
from guatu.reporting.sent.standing import layout_sent, merge_of, standing_of
from tests.library.conftest import at_day
from tests.reporting.workbooks import asked_unit
from tests.roundtrip.worlds import column_of

WAN = 10_000
NAMES = ("青桐路改造", "长宁路改造", "纱厂北路安置房", "洛浦路改造")
WRITTEN = {
    "amount": ("本期完成投资", [(300, 300 * WAN), ("０.０３亿", 300 * WAN), ("450万元", 450 * WAN), (120.5, 1205000)]),
    "percent": ("形象进度", [(0.35, 3500), ("35％", 3500), ("28.5%", 2850), ("４０%", 4000)]),
    "words": ("工程进展", [("主体封顶", "主体封顶"), ("基坑支护", "基坑支护"), ("桩基  ", "桩基")]),
    "problem": ("存在问题", [("缺混凝土", "缺混凝土"), ("管线未迁", "管线未迁")]),
}


@pytest.fixture
def sent(shelf):
    """The unit's workbook as it went out: its row and its bytes."""
    with at_day("2019-03-29"):
        unit = asked_unit(shelf.cast, *NAMES)
        actor = shelf.cast.actor("reporter")
        (offer,) = offers(actor, unit, clock.today())
        book, projects = workbook_of(unit, offer)
        row = actions.send_workbook(actor=actor, unit=unit, offer=offer, book=book, projects=projects)
        yield row, unit_workbook_bytes(book)[0]


def filled(chance, data):
    """One person's file: some cells written in some spelling, rows in an order of their own, the sheet renamed, the
    hidden sheet gone; and what was meant, by (project, field).
    """
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    name_at = column_of(sheet, "项目名称")
    rows = {
        cell.value: cell.row for (cell,) in sheet.iter_rows(min_col=name_at, max_col=name_at) if cell.value in NAMES
    }
    meant = {}
    for name in NAMES:
        for field, (heading, ways) in WRITTEN.items():
            if chance.random() < 0.35:
                typed, value = chance.choice(ways)
                sheet.cell(rows[name], column_of(sheet, heading)).value = typed
                meant[name, field] = value
    order = chance.sample(sorted(rows.values()), len(rows))
    lines = {at: [cell.value for cell in sheet[at]] for at in rows.values()}
    for at, source in zip(sorted(rows.values()), order, strict=True):
        for cell, value in zip(sheet[at], lines[source], strict=True):
            cell.value = value
    if chance.random() < 0.5:
        sheet.title = "定稿"
        del book["_meta"]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), meant


def come_back(shelf, sent, data):
    """The file handed in and merged, ours kept where both wrote; (project, field) of the conflicts."""
    actor, layout = shelf.cast.actor("reporter"), layout_sent(sent)
    file = keep_file(SimpleUploadedFile("填报表.xlsx", data), kinds=("xlsx",))
    row = actions.receive_workbook(actor=actor, sent=sent, file=file, counts={})
    if row.merged_at is not None:
        return set()
    returned = read_back(
        read_bytes(data, name="填报表.xlsx", extras=True), layout, sent_from_json(layout, sent.content["sent"])
    )
    standing = standing_of(actor, sent)
    open_cells = merge_of(sent, standing, returned).of(State.CONFLICT)
    decisions = {(cell.key, cell.code): OURS for cell in open_cells}
    actions.merge_workbook(actor=actor, row=row, seen=row.version, returned=returned, decisions=decisions)
    return {(standing.projects[cell.key].name, cell.code) for cell in open_cells}


def reports():
    rows = Report.objects.select_related("project")
    return {(row.project.name, field): value for row in rows for field, value in row.content.items()}


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("number", range(2))
def test_no_edit_of_anybody_is_lost_in_any_order(shelf, sent, number, order):
    row, data = sent
    chance = random.Random(f"together {number}")
    files = [filled(chance, data) for _ in order]
    values = {}
    for _data, meant in files:
        for at, value in meant.items():
            values.setdefault(at, set()).add(value)
    asked = set()
    for one in order:
        asked |= come_back(shelf, row, files[one][0])
    assert asked == {at for at, said in values.items() if len(said) > 1}, "what two wrote differently, nothing else"
    found = reports()
    assert set(found) == set(values), "nothing was written that nobody wrote"
    assert all(found[at] in said for at, said in values.items())
    versions = sorted(Report.objects.values_list("pk", "version"))
    for one in order:
        assert come_back(shelf, row, files[one][0]) == set()
    assert sorted(Report.objects.values_list("pk", "version")) == versions, "twice is once"
