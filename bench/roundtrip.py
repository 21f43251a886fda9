"""The largest workbook: written, read back in a child, merged three ways; beside a bare reader and writer."""

import io
import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from bench.district import District
from bench.registry import Aim, Work, job
from bench.workbooks import rows as ledger_rows
from guatu.core.roundtrip.back import read_back
from guatu.core.roundtrip.layout import Column, Layout, SentRow, UnitWorkbook
from guatu.core.roundtrip.merging import merge_returned, settle_returned
from guatu.core.roundtrip.meta import Sent
from guatu.core.roundtrip.out import unit_workbook_bytes
from guatu.core.roundtrip.values import cell_of
from guatu.core.sheets.child import read_in_child
from guatu.core.sheets.fields import Choice, FieldKind
from guatu.domain.merge import State

ROWS, SEED, WAN = 5_000, 6, 10**4
MONEY, DATE, PERCENT = FieldKind.MONEY, FieldKind.DATE, FieldKind.PERCENT
STATES = (Choice("going", ("续建",)), Choice("new", ("新开工",)), Choice("stopped", ("停工",)))
LAYOUT = Layout(
    "bench-1",
    (
        Column(code="serial", heading="序号", kind=FieldKind.INTEGER, compared=False),
        Column(code="name", heading="项目名称", identifies=True),
        Column(code="code", heading="项目代码", kind=FieldKind.CODE),
        Column(code="place", heading="建设地点"),
        Column(code="content", heading="建设规模及主要内容"),
        Column(code="total", heading="总投资", kind=MONEY),
        Column(code="before", heading="至2025年底累计完成投资", kind=MONEY),
        Column(code="planned", heading="2026年计划投资", kind=MONEY),
        Column(code="last", heading="上月累计完成投资", kind=MONEY),
        Column(code="owner", heading="项目业主"),
        Column(code="lead", heading="分包领导"),
        Column(code="contact", heading="联系人"),
        Column(code="state", heading="建设状态", kind=FieldKind.CHOICE, choices=STATES, editable=True),
        Column(code="done", heading="本月完成投资", kind=MONEY, editable=True, least=0),
        Column(code="done_of_year", heading="本年累计完成投资", kind=MONEY, editable=True, least=0),
        Column(code="share", heading="形象进度", kind=PERCENT, editable=True, least=Decimal(0), most=Decimal(100)),
        Column(code="start", heading="实际开工时间", kind=DATE, editable=True),
        Column(code="words", heading="进展情况", editable=True),
        Column(code="problem", heading="存在问题", editable=True),
        Column(code="next", heading="下步计划", editable=True),
    ),
    2026,
)


def _rows() -> Iterator[SentRow]:
    chance = random.Random(SEED)
    for line in ledger_rows(ROWS, SEED):
        known = {
            "serial": line[0],
            "name": line[1],
            "code": line[2],
            "place": line[5],
            "content": line[6],
            "total": line[10] * WAN,
            "before": line[11] * WAN,
            "planned": line[12] * WAN,
            "last": line[12] * WAN // 4,
            "owner": line[19],
            "lead": line[24],
            "contact": line[26],
        }
        known |= {
            "state": "going" if line[3] == "续建" else "new",
            "done_of_year": line[12] * WAN // 4,
            "share": Decimal(chance.randint(0, 1000)) / 10,
            "start": date(2025, chance.randint(1, 12), chance.randint(1, 28)) if chance.random() < 0.7 else None,
            "words": line[chance.randint(13, 16)],
        }
        yield SentRow(f"P{line[0]:05}", known)


def _edited(row: SentRow, chance: random.Random) -> dict[str, Any]:
    """A row after a month: the amounts of nearly every project, the words of many."""
    done = chance.randint(0, 10**7)
    values = {**row.values, "done": done, "done_of_year": row.values["done_of_year"] + done}  # type: ignore[operator]  # an amount
    if chance.random() < 0.5:
        values |= {"words": "主体施工，累计完成部分楼层", "next": "组织验收"}
    return values


def _bare(path: Path, sent: Sent) -> Any:
    """Reading the returned file and writing the sent values, and nothing else."""
    lines = [
        [cell_of(LAYOUT, column, values[column.code]) for column in LAYOUT.columns] for values in sent.rows.values()
    ]
    lines = [[str(cell) if isinstance(cell, date) else cell for cell in line] for line in lines]

    def run() -> int:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as file:
            sheet = file.add_worksheet()
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
        return sum(len(sheet.to_python()) for sheet in map(_opened(path).get_sheet_by_index, (0, 1)))

    return run


def _opened(path: Path) -> Any:
    return CalamineWorkbook.from_path(str(path))


@job(
    "5,000-row workbook merged three ways",
    floor="calamine reading it, xlsxwriter writing the same values",
    aim=Aim(ms=6_000),
    most=5_000,
)
def workbook_round(district: District) -> Work:
    """Out with known values, rules and what was sent; back in another order; cell by cell against what is now."""
    chance = random.Random(SEED)
    rows = list(_rows())
    book = UnitWorkbook(
        id="BENCH-5000", layout=LAYOUT, title="月度进度表", unit="示例单位", period="2026年3月", rows=rows
    )
    sent = unit_workbook_bytes(book)[1]
    theirs = [SentRow(row.key, _edited(row, chance)) for row in rows]
    chance.shuffle(theirs)
    path = Path(tempfile.mkdtemp(prefix="guatu-bench-round-")) / "returned.xlsx"
    path.write_bytes(unit_workbook_bytes(replace(book, rows=theirs))[0])
    now = {key: dict(values) for key, values in sent.rows.items()}
    for key in chance.sample(sorted(now), ROWS // 10):
        now[key]["words"] = "现场核实：基础完成"

    def run() -> tuple[int, int]:
        unit_workbook_bytes(book)
        returned = read_back(read_in_child(path, name=path.name, extras=True), LAYOUT, sent)
        found = merge_returned(LAYOUT, returned, now)
        return len(settle_returned(LAYOUT, found).changes), len(found.of(State.CONFLICT))

    changes, conflicts = run()
    assert changes > ROWS
    assert 0 < conflicts < ROWS // 10
    return Work(run, _bare(path, sent))
