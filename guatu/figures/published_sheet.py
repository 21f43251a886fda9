"""A published table as an office has it, one line a unit and one column a figure, into the lines that are read.

The lines are CSV in the one form of `figures.published`, each with the cell it came from (`at`): whatever the file was,
one reader checks it. What the sheet does not say of the paper (place, source, period …) is given beside it.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from guatu.core.refusals import Refusal
from guatu.core.sheets.child import read_in_child
from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.model import Cell, Row, Sheet
from guatu.domain.published import CODES, MONEY, RATES
from guatu.figures.choices import WORDS
from guatu.figures.published import OPTIONAL, REQUIRED, PublishedRow, read_text

HEAD_MOST: Final = 20  # rows above and with the headings
LINES_MOST: Final = 5_000
GIVEN: Final = ("place", "place_name", "source", "period", "published_on", "basis", "cut", "stated_in", "measure")
"""What may be said of the paper beside its file."""
NOTHING: Final = ("", "-", "—", "–", "/", "／")
PAPER: Final[dict[str, tuple[str, ...]]] = {
    "place": ("地区代码", "行政区划代码", "区划代码"),
    "place_name": ("地区", "地区名称"),
    "source": ("来源", "材料"),
    "period": ("时期", "期间"),
    "published_on": ("公布日期", "发布日期"),
    "basis": ("口径",),
    "cut": ("分法", "维度"),
    "stated_in": ("出处", "所在位置"),
    "measure": ("金额单位",),
    "unit": ("单位", "单位名称", "责任单位", "县市区", "县区", "区县", "类别", "行业", "阶段", "分项"),
    "indicator": ("指标",),
    "value": ("数值",),
}
FIGURES: Final[dict[str, tuple[str, ...]]] = {
    "projects": ("项目个数", "个数", "项目数量"),
    "total_investment": ("计划总投资", "总投资额"),
    "planned_investment": ("年度计划", "计划投资", "年度投资计划", "年度计划完成投资", "年度投资"),
    "investment_to_date": ("完成投资", "累计完成投资", "已完成投资", "完成投资额"),
    "investment_rate": ("完成比例", "占年度计划", "完成年度计划", "占年计划"),
    "new_starts_planned": ("计划开工", "计划新开工数"),
    "started": ("开工数", "开工", "已开工数"),
    "start_rate": (),
    "resumed_started": ("开复工", "开复工数"),
    "resumed_started_rate": (),
    "completed": ("竣工", "竣工数", "建成"),
}
_BRACKETS = re.compile(r"[（(\[【](.*?)[）)\]】]")
_MEASURE = re.compile(r"亿元|万元")
_STATED_UNIT = re.compile(r"单位\s*[:：]\s*(亿元|万元)")


@dataclass(frozen=True, slots=True)
class Head:
    """The heading row: what each column is (a column of the paper or an indicator's code) and its amounts' unit."""

    row: int
    columns: dict[int, str]
    measures: dict[int, str]


def lines_of(path: Path, name: str, given: Mapping[str, str]) -> str:
    """The file's lines as CSV of `figures.published`; `given` stands wherever the file itself says nothing.

    Refused: a file that cannot be opened, one without a table, more lines than a published table has.
    """
    try:
        book = read_in_child(path, name=name)
    except (SheetError, OSError) as why:
        raise Refusal("figures.published_file", name=name) from why
    out = io.StringIO()
    writer = csv.DictWriter(out, [*REQUIRED, *OPTIONAL], lineterminator="\n")
    writer.writeheader()
    found = [(sheet, head) for sheet in book.sheets if (head := _head(sheet)) is not None]
    if not found:
        raise Refusal("figures.published_no_table", name=name)
    count = 0
    for sheet, head in found:
        for line in _lines(sheet, head, given):
            count += 1
            if count > LINES_MOST:
                raise Refusal("figures.published_too_long", name=name, most=LINES_MOST)
            writer.writerow(line)
    return out.getvalue()


def read_path(path: Path, name: str, given: Mapping[str, str]) -> list[PublishedRow]:
    """The file's figures, checked (see `lines_of` and `figures.published.read_text`)."""
    return read_text(lines_of(path, name, given))


def _head(sheet: Sheet) -> Head | None:
    """The first row that names a unit column and a figure, or the one-figure-a-line form."""
    above = ""
    for index, row in enumerate(sheet.rows[:HEAD_MOST]):
        columns: dict[int, str] = {}
        measures: dict[int, str] = {}
        for place, cell in enumerate(row):
            code, measure = _meaning(cell)
            if code and code not in columns.values():
                columns[place] = code
                if code in MONEY and (measure or above):
                    measures[place] = measure or above
        kinds = set(columns.values())
        if {"indicator", "value"} <= kinds or (kinds & set(CODES) and len(kinds) > 1):
            return Head(index, _with_unit(row, columns), measures)
        stated = _STATED_UNIT.search(" ".join(str(cell) for cell in row if cell is not None))
        above = stated[1] if stated else above
    return None


def _with_unit(row: Row, columns: dict[int, str]) -> dict[int, str]:
    """Where no column is called the unit's, the first one under another name is it (吉首市 under 州市)."""
    if "unit" not in columns.values():
        free = next((place for place, cell in enumerate(row) if place not in columns and _text(cell)), None)
        if free is not None:
            columns = {**columns, free: "unit"}
    return columns


def _meaning(cell: Cell) -> tuple[str, str]:
    """What a heading names, and the unit of money that it states."""
    text = re.sub(r"\s", "", _text(cell))
    measure = _MEASURE.search(text)
    word = _BRACKETS.sub("", text).removesuffix("%").removesuffix("亿元").removesuffix("万元")
    return _NAMES.get(word) or _NAMES.get(re.sub(r"^\d{1,2}[-—~至]\d{1,2}月|^本年|^今年", "", word), ""), (
        measure[0] if measure else ""
    )


def _names() -> dict[str, str]:
    names = {word: code for code, words in (PAPER | FIGURES).items() for word in (code, *words)}
    for code in CODES:
        names |= {str(word): code for word in (WORDS[code].name, WORDS[code].short) if word is not None}
    return names


_NAMES = _names()


def _lines(sheet: Sheet, head: Head, given: Mapping[str, str]) -> Iterator[dict[str, str]]:
    rows = sheet.rows[head.row + 1 :]
    figures = {place: code for place, code in head.columns.items() if code in CODES}
    places = {place: _most_places([row[place] for row in rows if place < len(row)]) for place in figures}
    for offset, row in enumerate(rows, start=head.row + 1):
        said = {code: _text(row[place]) for place, code in head.columns.items() if place < len(row) and code in PAPER}
        paper = {name: said.get(name) or given.get(name, "") for name in (*REQUIRED, *OPTIONAL)}
        paper["unit"] = re.sub(r"\s", "", said.get("unit", ""))
        number = sheet.row_number(offset)
        if not figures:
            if any(said.values()):
                yield {**paper, **{"indicator": _code(said.get("indicator", "")), "at": str(number)}}
            continue
        if not paper["unit"]:
            continue  # an empty line, a note under the table
        for place, code in figures.items():
            value = _number(row[place] if place < len(row) else None, places[place], code)
            if value not in NOTHING:
                measure = head.measures.get(place) or paper["measure"] if code in MONEY else ""
                at = f"{sheet.letter(place)}{number}"
                yield {**paper, "indicator": code, "value": value, "measure": measure, "at": at}


def _code(word: str) -> str:
    return _NAMES.get(word, word)


def _number(cell: Cell, places: int, code: str) -> str:
    """A figure as printed: a text as it stands, a number with as many places as its column's longest."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        text = _text(cell).replace(",", "").replace("，", "")
        return text.removesuffix("%").removesuffix("％") if code in RATES else text
    return f"{Decimal(str(cell)):.{places}f}"


def _most_places(cells: Sequence[Cell]) -> int:
    sizes = [Decimal(str(cell)).normalize() for cell in cells if isinstance(cell, int | float)]
    exponents = [size.as_tuple().exponent for size in sizes]
    return max((-each for each in exponents if isinstance(each, int) and each < 0), default=0)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell).strip()
