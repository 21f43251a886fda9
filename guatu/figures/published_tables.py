"""A published table as the page shows it: units × figures, printed and recomputed side by side."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from guatu.core.ui.numbers import NO_FIGURE
from guatu.domain.published import MONEY, RATES, Cell, RolledTable, TableRow
from guatu.domain.rounding import half_up
from guatu.figures.choices import WORDS
from guatu.figures.queries import Paper, contradiction_words, shown


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell: the number to show, whether it was printed or is our sum, and what does not agree with it."""

    text: str
    printed: bool
    verdict: str
    ours: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One line: the item, its figures, its recomputed rate for the bar, and its rank."""

    item: str
    cells: list[ShownCell]
    rate: Decimal | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class ShownTable:
    """One cut with its heads."""

    title: str
    heads: list[str]
    total: ShownRow
    rows: list[ShownRow]
    ranked: bool
    with_bar: bool


def tables_of(paper: Paper) -> list[ShownTable]:
    """A paper's tables."""
    return [_table(table) for table in paper.tables()]


def disagreements(paper: Paper) -> list[str]:
    """What the paper says twice and differently, and which sums and rates no rounding explains, as sentences."""
    found = [contradiction_words(row) for row in paper.contradictions()]
    for table in paper.tables():
        for row in (table.total, *table.rows):
            found += [_wrong(table, row, code) for code, cell in row.cells.items() if cell.verdict == "differs"]
    return found


def _wrong(table: RolledTable, row: TableRow, code: str) -> str:
    cell = row.cells[code]
    return _("{where}“{item}”的{indicator}：公布 {printed}，按各行计算为 {ours}。").format(
        where=_title(table),
        item=row.item or _("合计"),
        indicator=str(WORDS[code].name),
        printed=cell.printed,
        ours=shown(code, cell, table.measure(code)),
    )


def _title(table: RolledTable) -> str:
    if not table.cut:
        return _("全部")
    place = f"（{table.stated_in}）" if table.stated_in else ""
    return _("分{words}").format(words=table.cut) + place


def _table(table: RolledTable) -> ShownTable:
    rows = [_row(table, row) for row in table.rows]
    with_bar = any(row.rate is not None for row in rows)
    return ShownTable(
        title=_title(table),
        heads=[_head(code, table.measure(code)) for code in table.codes],
        total=_row(table, table.total),
        rows=rows,
        ranked=any(row.rank for row in rows),
        with_bar=with_bar,
    )


def _head(code: str, measure: str) -> str:
    words = WORDS[code].short or WORDS[code].name
    unit = measure if code in MONEY else "%" if code in RATES else ""
    return f"{words} {unit}".strip()


def _row(table: RolledTable, row: TableRow) -> ShownRow:
    share = row.cells.get("investment_rate")
    ours = share.ours if share is not None else None
    cells = [_cell(code, row.cells[code], table.measure(code)) for code in table.codes]
    return ShownRow(row.item or _("合计"), cells, None if ours is None else half_up(Fraction(ours), 1), row.rank)


def _cell(code: str, cell: Cell, measure: str) -> ShownCell:
    ours = shown(code, cell, measure)
    text = cell.printed or ours
    beside = ours if cell.printed and cell.verdict and ours != NO_FIGURE else ""
    return ShownCell(text, bool(cell.printed), cell.verdict, beside)
