"""Tables that somebody else published, added up again: sums, rates, ranks, and statements that contradict each other.

docs/algorithms/published.md. Amounts become whole yuan, rates stay per cent; what was printed is kept as printed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Final, Literal, NamedTuple, TypeAlias

from guatu.domain.checker import check_table
from guatu.domain.money import MoneyUnit
from guatu.domain.rounding import half_up

USUAL_MEASURE: Final = MoneyUnit.YI.value
"""The unit of amounts where a paper states none: 亿元."""
MONEY: Final = ("total_investment", "planned_investment", "investment_to_date")
COUNTS: Final = ("projects", "new_starts_planned", "started", "resumed_started", "completed")
RATES: Final[dict[str, tuple[str, str]]] = {
    "investment_rate": ("investment_to_date", "planned_investment"),
    "start_rate": ("started", "new_starts_planned"),
    "resumed_started_rate": ("resumed_started", "resumed_started_planned"),
}
"""Rate → the two figures whose share it is."""
CODES: Final = (
    *("projects", "total_investment", "planned_investment", "investment_to_date", "investment_rate"),
    *("new_starts_planned", "started", "start_rate", "resumed_started", "resumed_started_rate", "completed"),
)
"""What a published table may state, in the order of its columns."""

Verdict: TypeAlias = Literal["", "agrees", "rounded", "differs"]
Size: TypeAlias = Fraction | None


class Stated(NamedTuple):
    """One printed figure: of an item ("" is the whole) in a cut ("" is none), said in one place of the paper.

    ``printed`` is a plain decimal; amounts are in ``measure``.
    """

    cut: str
    stated_in: str
    item: str
    code: str
    printed: str
    measure: str = USUAL_MEASURE


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: as printed ("" where it is not), what it amounts to by the others, and whether the two agree.

    ``ours`` is the sum of the parts in a total and the share in a rate (per cent), exact; None where it does not
    follow. "rounded": not the same digits, but values that round to the printed cells give it.
    """

    printed: str
    ours: Size
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class TableRow:
    """One item's cells by code; ``rank`` by recomputed investment rate, 1 the best, equal rates the same."""

    item: str
    cells: Mapping[str, Cell]
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class RolledTable:
    """One cut as one place of the paper has it: its columns, its items, and the whole beside their sum."""

    cut: str
    stated_in: str
    codes: tuple[str, ...]
    rows: tuple[TableRow, ...]
    total: TableRow
    measures: Mapping[str, str]

    def measure(self, code: str) -> str:
        """The unit of an amount's column; 亿元 where the paper states none."""
        return self.measures.get(code) or USUAL_MEASURE


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two places of one paper that say different figures of one item: ``difference`` = second − first, as printed."""

    cut: str
    item: str
    code: str
    first: tuple[str, str]
    second: tuple[str, str]
    difference: Decimal


def size_of(code: str, printed: str, measure: str = USUAL_MEASURE) -> Fraction:
    """A printed figure in whole yuan, as a count, or in per cent."""
    return Fraction(printed) * (MoneyUnit(measure).factor if code in MONEY else 1)


def roll_up(stated: Sequence[Stated]) -> list[RolledTable]:
    """Every cut of a paper, each place that states it apart, in the paper's order; a paper without cuts as one."""
    cuts = dict.fromkeys((row.cut, row.stated_in) for row in stated if row.item)
    whole = {row.code: row for row in stated if not row.item and not row.cut}
    if not cuts:
        return [_roll("", "", [], whole)]
    return [
        _roll(
            *cut,
            [row for row in stated if (row.cut, row.stated_in) == cut and row.item],
            whole | {row.code: row for row in stated if (row.cut, row.stated_in) == cut and not row.item},
        )
        for cut in cuts
    ]


def contradictions(stated: Sequence[Stated]) -> list[Contradiction]:
    """What is said twice of one item of one cut and differs: which two places, and by how much."""
    said: dict[tuple[str, str, str], list[Stated]] = {}
    for row in stated:
        said.setdefault((row.cut, row.item, row.code), []).append(row)
    return [
        Contradiction(
            first.cut,
            first.item,
            first.code,
            (first.stated_in, first.printed),
            (second.stated_in, second.printed),
            _as_printed(second) - _as_printed(first),
        )
        for rows in said.values()
        for first, second in combinations(rows, 2)
        if size_of(first.code, first.printed, first.measure) != size_of(second.code, second.printed, second.measure)
    ]


def _as_printed(row: Stated) -> Decimal:
    return Decimal(row.printed)


def _roll(cut: str, stated_in: str, parts: Sequence[Stated], whole: Mapping[str, Stated]) -> RolledTable:
    items: dict[str, dict[str, Stated]] = {}
    for row in parts:
        items.setdefault(row.item, {})[row.code] = row
    known = {row.code for row in parts} | ({} if parts else whole).keys()
    codes = tuple(code for code in CODES if code in known)
    sums: dict[str, Size] = {code: _sum(items, code) for code in codes if code not in RATES}
    measures = {row.code: row.measure for row in [*whole.values(), *parts] if row.code in MONEY}
    wrong = _wrong(codes, items, whole, sums, measures)
    rows = tuple(
        TableRow(item, {code: _cell(code, cells, (place, code) in wrong) for code in codes})
        for place, (item, cells) in enumerate(items.items(), start=1)
    )
    total = _total(codes, whole, sums, {code for place, code in wrong if place == len(items) + 1})
    return RolledTable(cut, stated_in, codes, _ranked(rows), total, measures)


def _sum(items: Mapping[str, Mapping[str, Stated]], code: str) -> Size:
    """The sum over the items, two at least; None where one does not state it: a part sum would look like the whole."""
    stated = [cells[code] for cells in items.values() if code in cells]
    if len(stated) < max(len(items), 2):
        return None
    return sum((size_of(code, row.printed, row.measure) for row in stated), Fraction(0))


def _share(above: Size, below: Size) -> Size:
    return None if above is None or not below else 100 * above / below


def _cell(code: str, cells: Mapping[str, Stated], wrong: bool) -> Cell:
    stated = cells.get(code)
    printed = "" if stated is None else stated.printed
    if code not in RATES:
        return Cell(printed, None if stated is None else size_of(code, printed, stated.measure), "")
    above, below = (_size(cells.get(name)) for name in RATES[code])
    ours = _share(above, below)
    return Cell(printed, ours, _verdict(code, stated, ours, wrong))


def _size(stated: Stated | None) -> Size:
    return None if stated is None else size_of(stated.code, stated.printed, stated.measure)


def _total(codes: Sequence[str], whole: Mapping[str, Stated], sums: Mapping[str, Size], wrong: set[str]) -> TableRow:
    sizes = {code: _size(whole[code]) if code in whole else sums.get(code) for code in CODES}
    cells: dict[str, Cell] = {}
    for code in codes:
        stated = whole.get(code)
        ours = _share(*(sizes.get(name) for name in RATES[code])) if code in RATES else sums.get(code)
        verdict = _verdict(code, stated, ours, code in wrong)
        cells[code] = Cell("" if stated is None else stated.printed, ours, verdict)
    return TableRow("", cells)


def _verdict(code: str, stated: Stated | None, ours: Size, wrong: bool) -> Verdict:
    if stated is None or ours is None:
        return ""
    factor = MoneyUnit(stated.measure).factor if code in MONEY else 1
    number = Decimal(stated.printed)
    if half_up(ours / factor, _places(number)) == number:
        return "agrees"
    return "differs" if wrong else "rounded"


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _wrong(
    codes: Sequence[str],
    items: Mapping[str, Mapping[str, Stated]],
    whole: Mapping[str, Stated],
    sums: Mapping[str, Size],
    measures: Mapping[str, str],
) -> set[tuple[int, str]]:
    """(row, code) of what no rounding explains, as the checker of papers finds it; the total is the last row."""
    heads = {
        **dict.fromkeys(MONEY, "投资（亿元）"),
        **dict.fromkeys(COUNTS, "项目（个）"),
        **dict.fromkeys(RATES, "率（%）"),
    }
    rows = [["", *(heads[code] for code in codes)]]
    rows += [[item, *(_text(cells.get(code)) for code in codes)] for item, cells in items.items()]
    rows.append(["合计", *(_total_text(code, whole, sums, measures) for code in codes)])
    trios = [
        (codes.index(code) + 1, codes.index(above) + 1, codes.index(below) + 1)
        for code, (above, below) in RATES.items()
        if {code, above, below} <= set(codes)
    ]
    return {(found.row, codes[found.column - 1]) for found in check_table(rows, shares=trios)}


def _text(stated: Stated | None) -> str:
    return "" if stated is None else stated.printed


def _total_text(code: str, whole: Mapping[str, Stated], sums: Mapping[str, Size], measures: Mapping[str, str]) -> str:
    """The printed total; where none is printed the sum, so that a rate can be judged; none for a part sum."""
    stated = whole.get(code)
    if code in RATES:
        return _text(stated)
    found = sums.get(code)
    if found is None:
        return ""
    if stated is not None:
        return stated.printed
    return str(half_up(found / (MoneyUnit(measures[code]).factor if code in MONEY else 1), 4))


def _ranked(rows: tuple[TableRow, ...]) -> tuple[TableRow, ...]:
    """The rows with their ranks, in the paper's order."""
    rates = [cell.ours for row in rows if (cell := row.cells.get("investment_rate")) and cell.ours is not None]
    if len(rates) < 2:
        return rows
    return tuple(
        TableRow(
            row.item, row.cells, None if (ours := row.cells["investment_rate"].ours) is None else _rank(ours, rates)
        )
        for row in rows
    )


def _rank(ours: Fraction, rates: Sequence[Fraction]) -> int:
    return 1 + sum(other > ours for other in rates)
