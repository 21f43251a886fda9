"""Real-looking workbooks, written for one test each; names and totals are those that the press printed (亿元)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from guatu.core.sheets.engine import recognise
from guatu.core.sheets.reading import read_bytes
from guatu.core.sheets.result import SheetReading
from guatu.library.ledgers.plan import PLAN

# Name, place, total investment in 亿元: collective starts at Luoyang, fourth quarter of 2019 and 2020.
CHANHE = (
    ("河南能源化工集团汽车物流园项目", "瀍河回族区", "10"),
    ("君河湾商业综合体项目", "瀍河回族区", "15"),
    ("史家湾交通枢纽及维保基地项目", "瀍河回族区", "12"),
    ("洛阳市瀍东污水处理厂二期扩建工程", "瀍河回族区", "1.3"),
)
LUOLONG = (
    ("华耀城关林商业中心", "洛龙区", "100"),
    ("洛龙区道路绿化及综合整治", "洛龙区", "1.3"),
    ("洛阳南山公园牡丹田园综合体", "洛龙区", "30"),
    ("隋唐遗址保护区村民给水项目", "洛龙区", "1.5"),
)
CHANGSHA = (
    ("新姚路(蔡家冲路至杉木冲路)", "全长400米,宽36米", "0.13"),
    ("韶州路(新姚路至长沙大道)", "全长716米,宽36米", "0.19"),
    ("杉木冲路(长沙大道至新姚路)", "全长860米,宽30米", "0.3149"),
    ("含光路(金星大道至金谷路)", "全长650米,宽36米", "0.2643"),
    ("开福寺路(湘江大道至芙蓉路)", "全长1200米,宽26米", "0.8427"),
)
YI, WAN = 10**8, 10**4


@dataclass
class Book:
    """Sheets as they are written: cells, merges (top, left, bottom, right, text), hidden rows and columns."""

    cells: dict[str, list[list[Any]]]
    merges: dict[str, list[tuple[int, int, int, int, str]]] = field(default_factory=dict)
    hidden_rows: dict[str, Sequence[int]] = field(default_factory=dict)
    hidden_sheets: Sequence[str] = ()

    def data(self) -> bytes:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
        for name, rows in self.cells.items():
            sheet = book.add_worksheet(name)
            for index, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(index, column, value)
            for top, left, bottom, right, text in self.merges.get(name, ()):
                sheet.merge_range(top, left, bottom, right, text)
            for row_index in self.hidden_rows.get(name, ()):
                sheet.set_row(row_index, None, None, {"hidden": True})
            if name in self.hidden_sheets:
                sheet.hide()
        book.close()
        return out.getvalue()


def plan(book: Book | bytes, **options: Any) -> SheetReading:
    data = book.data() if isinstance(book, Book) else book
    return recognise(read_bytes(data, name="台账.xlsx"), PLAN, **{"year": 2019, **options})


def one_sheet(*rows: Sequence[Any], merges: Sequence[tuple[int, int, int, int, str]] = ()) -> Book:
    return Book({"Sheet1": [list(row) for row in rows]}, {"Sheet1": list(merges)})


def codes(issues: Sequence[Any]) -> list[str]:
    return [issue.code for issue in issues]


def fields_of(reading: SheetReading) -> dict[str, str]:
    return {column.heading: column.code for column in reading.columns}


def names(reading: SheetReading) -> list[str]:
    return [row.values.get("name", "") for row in reading.rows]


def amounts(reading: SheetReading, code: str) -> list[int | None]:
    return [row.values.get(code) for row in reading.rows]
