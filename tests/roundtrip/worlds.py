"""A unit's workbook of a month, and hands that edit it as office programs do."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from guatu.core.roundtrip.back import Returned, read_back
from guatu.core.roundtrip.layout import Column, Layout, SentRow, UnitWorkbook
from guatu.core.roundtrip.merging import merge_returned
from guatu.core.roundtrip.meta import Sent, sent_of
from guatu.core.roundtrip.out import unit_workbook_bytes
from guatu.core.sheets.fields import Choice, FieldKind
from guatu.core.sheets.reading import read_bytes
from guatu.domain.merge import NOTHING_EARLIER, Earlier, Merge

WAN, YI = 10**4, 10**8
STATES = (Choice("new", ("新开工",)), Choice("old", ("续建", "续建项目")), Choice("stopped", ("停工",)))
COLUMNS = (
    Column(code="serial", heading="序号", kind=FieldKind.INTEGER, compared=False, width=6),
    Column(code="name", heading="项目名称", identifies=True, width=30),
    Column(code="total", heading="总投资", kind=FieldKind.MONEY, group="投资"),
    Column(code="planned", heading="2026年计划投资", kind=FieldKind.MONEY, group="投资"),
    Column(
        code="done",
        heading="本月完成投资",
        kind=FieldKind.MONEY,
        group="投资",
        editable=True,
        least=0,
        most=10**12,
        asks_if_cleared=True,
        note="只填本月完成的投资",
    ),
    Column(
        code="share",
        heading="形象进度",
        kind=FieldKind.PERCENT,
        editable=True,
        least=Decimal(0),
        most=Decimal(100),
    ),
    Column(code="start", heading="实际开工时间", kind=FieldKind.DATE, editable=True, width=14),
    Column(code="state", heading="建设状态", kind=FieldKind.CHOICE, editable=True, choices=STATES),
    Column(code="houses", heading="已征迁户数", kind=FieldKind.INTEGER, editable=True, least=0),
    Column(code="phone", heading="联系电话", kind=FieldKind.CODE, editable=True, width=16),
    Column(code="words", heading="进展情况", editable=True, longest=200, width=40),
)
LAYOUT = Layout("month-1", COLUMNS, 2026)
NAMES = ("望岳产业园", "青桐中心", "长宁路改造", "春熙学校", "元丰片区征迁")
HEAD, FIRST = 5, 7
"""Rows of the first heading and of the first project, as the sheet counts them."""
ROWS = tuple(
    SentRow(
        f"K{number}",
        {
            "serial": number,
            "name": name,
            "total": number * YI,
            "planned": number * 3000 * WAN,
            "done": number * 100 * WAN + 5678,
            "share": Decimal(number) * 10 + Decimal("0.5"),
            "start": date(2026, 1, number) if number % 2 else None,
            "state": "old" if number % 2 else "new",
            "houses": number * 7 if number > 2 else None,
            "phone": f"0{number}79640000{number}",
            "words": "=主体施工" if number == 2 else f"第{number}栋\n基础施工",
        },
    )
    for number, name in enumerate(NAMES, start=1)
)
BOOK = UnitWorkbook(
    id="2026M03-X7K2",
    layout=LAYOUT,
    title="2026年3月重点项目进度表",
    unit="区住建局",
    period="2026年3月",
    rows=ROWS,
    notes=["说明：只填浅黄色各格；需要排序时请选中整张表。"],
    spare_rows=3,
)
SENT = sent_of(BOOK)
Hand = Callable[[Worksheet], object]


def now(**changed: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What stands here: as sent, but for what is named (`K1={"done": 5}`)."""
    return {key: {**values, **changed.get(key, {})} for key, values in SENT.rows.items()}


def column_of(sheet: Worksheet, heading: str) -> int:
    """The number of the column under a heading, as the sheet counts them (1 is A)."""
    for row in sheet.iter_rows(min_row=1, max_row=12):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith(heading):
                return cell.column
    raise AssertionError(heading)


def row_of(sheet: Worksheet, key: str) -> int:
    """The row of a key, as the sheet counts them."""
    at = column_of(sheet, "识别码")
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, at).value == key)


def put(key: str, heading: str, value: Any) -> Hand:
    """A hand that writes a cell."""

    def hand(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, key), column_of(sheet, heading)).value = value

    return hand


def edited(*hands: Hand, data: bytes | None = None, drop_meta: bool = False) -> bytes:
    """The workbook after some hands were at it and openpyxl saved it."""
    book = openpyxl.load_workbook(io.BytesIO(data or sent_bytes()))
    for hand in hands:
        hand(book.worksheets[0])
    if drop_meta:
        del book["_meta"]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sent_bytes(**changed: Any) -> bytes:
    """The file as it goes out."""
    return unit_workbook_bytes(replace(BOOK, **changed))[0]


def back(data: bytes, sent: Sent | None = SENT, name: str = "进度表.xlsx", layout: Layout = LAYOUT) -> Returned:
    """What a file says that came back."""
    return read_back(read_bytes(data, name=name, extras=True), layout, sent)


def merged(data: bytes, here: Any = None, earlier: Earlier = NOTHING_EARLIER, **options: Any) -> Merge:
    """The file held against what was sent and what is now (as sent, if nothing else is said)."""
    return merge_returned(LAYOUT, back(data, **options), now() if here is None else here, earlier)


def taken(found: Merge) -> dict[tuple[str, str], Any]:
    """(key, code) → value of every cell that would be taken."""
    from guatu.domain.merge import settle

    return {(change.key, change.code): change.value for change in settle(found).changes}


def issues(returned: Returned) -> list[tuple[str, int, str]]:
    """(code, row, letter) of everything that was told."""
    assert all(issue.message for issue in returned.issues)
    return [(issue.code, issue.row, issue.column.partition(" ")[0]) for issue in returned.issues]
