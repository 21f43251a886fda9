"""Checks a table by itself (totals, shares) and a text against the table beside it."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from guatu.domain.checker.text import Finding
from guatu.domain.checker.tokens import Token, find_figures
from guatu.domain.errors import DomainError
from guatu.domain.money import find_unit, format_number
from guatu.domain.rounding import half_up

Rows: TypeAlias = Sequence[Sequence[str]]
ShareColumns: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class TableFinding:
    """A cell that does not agree (row and column from 0, the heading being row 0): a total or a share."""

    kind: Literal["total", "share"]
    row: int
    column: int
    printed: str
    expected: str


_TOTAL: Final = re.compile(r"^[（(]?(?:合计|总计|共计|总体|全[省市州区县](?:合计)?)")
_SUBTOTAL: Final = re.compile(r"小计")
_SHARE: Final = re.compile(r"率|占比|比重|[%％]")
_NOT_ADDED: Final = re.compile(r"率|占比|比重|[%％]|序号|排名|位次|名次")
_COUNT: Final = re.compile(r"个数|项目数|项数|个）|个\)|（个|\(个|（项|\(项|数量")


def check_table(
    rows: Rows, *, label_column: int = 0, shares: Sequence[ShareColumns] | None = None
) -> list[TableFinding]:
    """Totals that are not the sum of their rows, and shares that are not their two columns' ratio.

    ``rows[0]`` is the heading. A total may stand first or last; 小计 adds up the rows since the one before. Amounts may
    be off by what rounding of each cell allows, counts by nothing. ``shares``: (share, numerator, denominator) columns;
    by default a 率 or 占比 column goes with the 完成/开工 and the 计划 column when there is one of each. A share is
    found wrong only when no values that round to the printed cells give it.
    """
    if not rows:
        return []
    heading = rows[0]
    findings = [finding for column in range(len(heading)) for finding in _totals(rows, column, label_column)]
    for trio in _guess_shares(heading) if shares is None else shares:
        findings += _shares(rows, trio)
    return sorted(findings, key=lambda finding: (finding.row, finding.column))


def check_text_against_table(
    text: str, rows: Rows, *, label_column: int = 0, names: Collection[str] = ()
) -> list[Finding]:
    """Figures that a sentence states of a row of the table, and that the row does not have.

    A figure belongs to the row whose label was named last before it in its sentence; it must agree with a cell of the
    row of the same kind (money, count, per cent). Amount columns take their unit from the heading. Sentences that name
    no row are left alone.
    """
    if not rows:
        return []
    labels = {
        row[label_column].strip(): number for number, row in enumerate(rows) if number and row[label_column].strip()
    }
    findings: list[Finding] = []
    for token in find_figures(text, [*names, *labels]):
        number = _row_named_before(text, token, labels)
        if number is None:
            continue
        cells = _cells_of_kind(rows[0], rows[number], token, label_column)
        if cells and not any(token.as_printed(cell) == token.number for cell in cells):
            size = Fraction(token.number) * token.factor
            nearest = min(cells, key=lambda cell: abs(cell - size))
            expected = format_number(token.as_printed(nearest))
            key = rows[number][label_column].strip()
            findings.append(Finding("differs", token.start, token.end, token.printed, expected, key))
    return findings


def _number(cell: str) -> Decimal | None:
    plain = cell.strip().replace(",", "").replace("−", "-").rstrip("%％")
    return Decimal(plain) if re.fullmatch(r"-?\d+(?:\.\d+)?", plain, re.ASCII) else None


def _half_step(number: Decimal, heading: str) -> Fraction:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return Fraction(0) if _COUNT.search(heading) else Fraction(1, 2 * 10 ** max(-exponent, 0))


def _column(rows: Rows, column: int) -> dict[int, Decimal]:
    """Row → number, of the rows that have one."""
    numbers = ((place, _number(row[column])) for place, row in enumerate(rows) if place and column < len(row))
    return {place: number for place, number in numbers if number is not None}


def _totals(rows: Rows, column: int, label_column: int) -> list[TableFinding]:
    heading = rows[0][column]
    if column == label_column or _NOT_ADDED.search(heading):
        return []
    numbers = _column(rows, column)
    findings: list[TableFinding] = []
    plain: list[Decimal] = []
    since: list[Decimal] = []
    totals: list[int] = []
    for place, number in numbers.items():
        label = rows[place][label_column].strip()
        if _TOTAL.search(label):
            totals.append(place)
        elif _SUBTOTAL.search(label):
            findings += _sum_finding(place, column, number, since, heading)
            since = []
        else:
            plain.append(number)
            since.append(number)
    for place in totals:
        findings += _sum_finding(place, column, numbers[place], plain, heading)
    return findings


def _sum_finding(row: int, column: int, printed: Decimal, parts: list[Decimal], heading: str) -> list[TableFinding]:
    if len(parts) < 2:
        return []
    total = sum(parts, Decimal(0))
    slack = sum((_half_step(part, heading) for part in (*parts, printed)), Fraction(0))
    counts_only = all(part == part.to_integral_value() for part in (*parts, printed)) and not _speaks_of_money(heading)
    if abs(Fraction(total - printed)) <= (0 if counts_only else slack):
        return []
    return [TableFinding("total", row, column, str(printed), str(total))]


def _speaks_of_money(heading: str) -> bool:
    """Whether a heading names a unit of money (or speaks of it), so that its whole numbers may be rounded ones."""
    return bool(re.search(r"[万亿]?元|投资|资金", heading))


def _guess_shares(heading: Sequence[str]) -> list[ShareColumns]:
    shares = [place for place, title in enumerate(heading) if _SHARE.search(title)]
    done = [place for place, title in enumerate(heading) if re.search("完成|开工", title) and place not in shares]
    plan = [place for place, title in enumerate(heading) if "计划" in title and place not in (*shares, *done)]
    if len(shares) == len(done) == len(plan) == 1:
        return [(shares[0], done[0], plan[0])]
    return []


def _shares(rows: Rows, trio: ShareColumns) -> list[TableFinding]:
    share, above, below = trio
    columns = [_column(rows, column) for column in trio]
    findings: list[TableFinding] = []
    for place, printed in columns[0].items():
        numerator, denominator = columns[1].get(place), columns[2].get(place)
        if numerator is None or denominator is None or denominator <= 0:
            continue
        lowest, highest = _share_bounds(numerator, denominator, rows[0][above], rows[0][below])
        half = _half_step(printed, "")
        if highest < Fraction(printed) - half or lowest > Fraction(printed) + half:
            exponent = printed.as_tuple().exponent
            assert isinstance(exponent, int)
            expected = half_up(Fraction(100) * Fraction(numerator) / Fraction(denominator), max(-exponent, 0))
            findings.append(TableFinding("share", place, share, rows[place][share].strip(), str(expected)))
    return findings


def _share_bounds(above: Decimal, below: Decimal, above_title: str, below_title: str) -> tuple[Fraction, Fraction]:
    """The least and the greatest share of all values that print as these two cells."""
    over, under = Fraction(above), Fraction(below)
    over_slack = _half_step(above, above_title) if _speaks_of_money(above_title) else Fraction(0)
    under_slack = _half_step(below, below_title) if _speaks_of_money(below_title) else Fraction(0)
    return 100 * (over - over_slack) / (under + under_slack), 100 * (over + over_slack) / max(
        under - under_slack, Fraction(1, 10**9)
    )


def _row_named_before(text: str, token: Token, labels: dict[str, int]) -> int | None:
    start = max(text.rfind(sign, 0, token.start) for sign in "。；\n") + 1
    before = text[start : token.start]
    named = {label: before.rfind(label) + len(label) for label in labels if label in before}
    return labels[max(named, key=lambda label: (named[label], len(label)))] if named else None


def _cells_of_kind(heading: Sequence[str], row: Sequence[str], token: Token, label_column: int) -> list[Fraction]:
    """The row's values of a token's kind: money in yuan, others as they are."""
    cells: list[Fraction] = []
    for column, cell in enumerate(row):
        number = _number(cell)
        if number is None or column == label_column:
            continue
        kind, factor = _kind_of(heading[column])
        if kind == token.kind:
            cells.append(Fraction(number) * factor)
    return cells


def _kind_of(title: str) -> tuple[str, int]:
    if _SHARE.search(title):
        return "percent", 1
    try:
        unit = find_unit(title)
    except DomainError:
        return "other", 1
    return ("money", unit.factor) if unit is not None else ("count", 1)
