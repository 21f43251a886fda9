"""Lists made up by hypothesis, laid out by the export's code and read back by the import's code. No database."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from guatu.core.books.model import Book, Column, Group
from guatu.core.books.office import book_bytes
from guatu.core.sheets.engine import recognise
from guatu.core.sheets.model import Workbook
from guatu.core.sheets.reading import read_bytes
from guatu.core.sheets.result import SheetReading
from guatu.core.sheets.text import match_key
from guatu.domain.dates import DateSpan
from guatu.domain.money import MoneyUnit
from guatu.library.ledgers.plan import PLAN
from guatu.library.models import ListEntry, ProjectClass
from guatu.library.queries.printed import PrintedRow, class_path, own_line
from guatu.reporting.workbooks.plan import laid_out

YEAR = 2026
MONEY = ("total_investment", "cumulative_to_last_year", "planned_investment")
DATES = ("planned_start", "planned_finish")
TEXTS = ("content", "location", "goal", "goal_q1", "goal_q3", "funding", "remark")
LEADING = ("", "", "", "=", "+", "-", "@", "=1+1", "＝", "\t=")
CHARS = "建设厂房道路管网安置三期，。（）()：;、A1 2.5%-—\n"
WORDS = ("望岳", "青桐", "长宁", "春熙", "元丰", "西沟河", "=SUM", "+洛浦", "@锦棠", "合计", "一、沁园", "注：松涛")
ENDS = ("产业园", "改造工程", "学校（一期）", "二期", "道路", "综合治理 项目")
CLASSES = ("产业类", "城建类", "先进制造（含材料）", "民生 保障", "生态环保")
INNER = ("装备制造", "商贸物流", "老旧小区改造（二期）")

amounts = st.one_of(st.integers(0, 5_000).map(lambda wan: wan * 10**6), st.integers(10**4, 5 * 10**10))
dates = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def _text() -> Any:
    body = st.text(CHARS, min_size=1, max_size=40).map(str.strip)
    return st.builds(lambda start, rest: f"{start}{rest}厂", st.sampled_from(LEADING), body)


def _units() -> Any:
    names = st.lists(
        st.sampled_from(("区工信局", "区商务局", "城市建设集团有限公司")), min_size=1, max_size=3, unique=True
    )
    return names.map("、".join)


@st.composite
def cells(draw: Any, number: int) -> dict[str, Any]:
    """One project's cells by field; most fields may be empty."""
    name = f"{draw(st.sampled_from(WORDS))}{number}号{draw(st.sampled_from(ENDS))}"
    found: dict[str, Any] = {"serial": number, "name": draw(st.sampled_from(("", "", "★", "☆▲"))) + name}
    found["kind"] = draw(st.sampled_from(("新开工", "续建", "预备（前期）", "")))
    found["nature"] = draw(st.sampled_from(("新建", "扩建", "改建", "")))
    found["content"] = draw(_text())
    for code in MONEY:
        found[code] = draw(st.none() | amounts)
    for code in DATES:
        found[code] = draw(st.none() | dates)
    for code in TEXTS[1:]:
        found[code] = draw(st.just("") | _text())
    for code in ("responsible_unit", "supporting_units"):
        found[code] = draw(st.just("") | _units())
    found["years"] = draw(st.sampled_from(("", "2024-2027", "2026年3月至2028年底")))
    return {code: value for code, value in found.items() if value is not None and value != ""}


@st.composite
def listed(draw: Any) -> list[PrintedRow]:
    """A list of one to nine projects, in up to three classes of which some have classes within them."""
    count = draw(st.integers(1, 9))
    tops = [ProjectClass(pk=at, name=name, order=at) for at, name in enumerate(CLASSES[: draw(st.integers(0, 3))], 1)]
    inner = [
        ProjectClass(pk=10 * top.pk + at, name=name, order=at, parent=top)
        for top in tops
        for at, name in enumerate(INNER[: draw(st.integers(0, 2))], 1)
    ]
    choices = [None, *tops, *inner]
    rows = []
    for number in range(1, count + 1):
        entry = ListEntry(project_id=number, number=number, project_class=draw(st.sampled_from(choices)))
        rows.append(PrintedRow(entry, draw(cells(number))))
    return sorted(rows, key=lambda row: [place.pk for place in _classes(row)])


def _classes(row: PrintedRow) -> list[ProjectClass]:
    found = row.entry.project_class
    return [] if found is None else [found.parent, found] if found.parent is not None else [found]


def laid(rows: Sequence[PrintedRow], unit: MoneyUnit = MoneyUnit.WAN) -> Book:
    """The export's sheet of a list."""
    return laid_out(
        rows,
        lambda row: row.cells,
        year=YEAR,
        unit=unit,
        title="洛阳市西工区2026年区级重点项目计划表",
        left="西政〔2026〕4号　" + own_line(date(YEAR, 3, 26)),
        notes=["注：另有 1 个敏感项目未列入本表，本表合计不含该项目。"],
    )


def opened(book: Book) -> Workbook:
    """The book as written to a file and opened again."""
    return read_bytes(book_bytes(book), name="计划表.xlsx")


def understood(book: Workbook) -> SheetReading:
    """What the import understands."""
    return recognise(book, PLAN, year=YEAR)


# -- the same sheet, kept otherwise -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Otherwise:
    """How somebody else would have kept the same sheet."""

    seed: int
    unit: MoneyUnit
    unit_in: str  # line, heading, both
    headings: Mapping[str, str]


def kept_otherwise(book: Book, how: Otherwise) -> Book:
    """Columns moved by groups (serials stay first), rows sorted within classes, classes moved, headings reworded."""
    dice = random.Random(how.seed)
    columns = [_reworded(column, how) for column in book.columns]
    blocks: list[list[Column]] = []
    for column in columns:
        if blocks and column.group and blocks[-1][-1].group == column.group:
            blocks[-1].append(column)
        else:
            blocks.append([column])
    rest = blocks[1:]
    dice.shuffle(rest)
    moved = [column for block in [blocks[0], *rest] for column in block]
    return replace(
        book,
        unit=how.unit,
        columns=moved,
        rows=_shuffled(dice, book.rows),
        groups=_shuffled(dice, [_mixed(dice, group) for group in book.groups]),
    )


def _reworded(column: Column, how: Otherwise) -> Column:
    wording = how.headings.get(column.code)
    if wording is None:
        return column
    group, _, heading = wording.rpartition("/")
    if column.code in MONEY and how.unit_in == "heading":
        heading = f"{heading}（{how.unit.value}）"
    return replace(column, heading=heading, group=group)


def _mixed(dice: random.Random, group: Group) -> Group:
    within = _shuffled(dice, [_mixed(dice, each) for each in group.groups])
    return Group(group.label, _shuffled(dice, group.rows), within)


def _shuffled(dice: random.Random, items: Sequence[Any]) -> list[Any]:
    return dice.sample(list(items), len(items))


# -- what is compared -------------------------------------------------------------------------------------------------
def data_of(reading: SheetReading) -> dict[str, dict[str, Any]]:
    """By project, everything that an import would take: values, class and mark. The serial is of the sheet."""
    found = {}
    for row in reading.rows:
        values = {code: value for code, value in row.values.items() if code != "serial"}
        found[match_key(row.values["name"])] = {**values, "class": row.class_path, "mark": row.mark}
    return found


def plain(value: Any) -> Any:
    """A date span that is one day as that day."""
    return value.end if isinstance(value, DateSpan) and value.start == value.end else value


def path_of(row: PrintedRow) -> tuple[str, ...]:
    return class_path(row.entry)
