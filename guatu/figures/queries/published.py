"""Published tables that stand, paper by paper, added up again."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.refusals import Refusal
from guatu.core.ui.numbers import NO_FIGURE
from guatu.domain.money import MoneyUnit, format_number
from guatu.domain.published import (
    MONEY,
    RATES,
    USUAL_MEASURE,
    Cell,
    Contradiction,
    RolledTable,
    Stated,
    TableRow,
    contradictions,
    roll_up,
)
from guatu.domain.rounding import half_up
from guatu.figures.choices import WORDS
from guatu.figures.models import PublishedFigure
from guatu.figures.published import PublishedRow
from guatu.people.models import Region


@dataclass(frozen=True, slots=True)
class Paper:
    """One published paper: what it states, in its order. `key` names it in addresses and on the command line."""

    key: str
    region: Region
    source: str
    period: str
    basis: str
    published_on: date
    stated: tuple[Stated, ...]

    def tables(self) -> list[RolledTable]:
        """Its cuts, added up."""
        return roll_up(self.stated)

    def contradictions(self) -> list[Contradiction]:
        """What it says twice and differently."""
        return contradictions(self.stated)


def papers() -> list[Paper]:
    """Every published paper, the latest period first."""
    kept: dict[tuple[int, str, str], list[PublishedFigure]] = {}
    latest: dict[tuple[Any, ...], PublishedFigure] = {}
    standing = PublishedFigure.objects.standing().select_related("region")
    for row in standing.order_by("effective_on", "booked_on", "pk"):
        latest[tuple(getattr(row, name) for name in PublishedFigure.KEY)] = row  # a later print follows an earlier one
    for row in latest.values():
        kept.setdefault((row.region_id, row.source, row.period), []).append(row)
    found = [_paper(rows) for rows in kept.values()]
    return sorted(found, key=lambda paper: (paper.period, paper.region.path, paper.source), reverse=True)


def paper_of(key: str) -> Paper:
    """The paper of a key; refuses one that there isn't."""
    found = next((paper for paper in papers() if paper.key == key), None)
    if found is None:
        raise Refusal("figures.no_paper", key=key[:40])
    return found


def papers_of(rows: Iterable[PublishedRow]) -> list[Paper]:
    """The standing papers that these figures belong to."""
    named = {(row.place, row.source, row.period) for row in rows}
    return [paper for paper in papers() if (paper.region.code, paper.source, paper.period) in named]


def _paper(rows: list[PublishedFigure]) -> Paper:
    rows.sort(key=lambda row: row.pk)
    first = rows[0]
    name = f"{first.region.code}\t{first.source}\t{first.period}"
    return Paper(
        key=hashlib.sha256(name.encode()).hexdigest()[:12],
        region=first.region,
        source=first.source,
        period=first.period,
        basis=first.basis,
        published_on=max(row.effective_on for row in rows),
        stated=tuple(
            Stated(row.cut, row.stated_in, row.item, row.indicator, row.value, row.measure or USUAL_MEASURE)
            for row in rows
        ),
    )


def shown(code: str, cell: Cell, measure: str) -> str:
    """Our figure of a cell as the paper writes its own: in its unit, with the printed places (rates one at least)."""
    if cell.ours is None:
        return NO_FIGURE
    factor = MoneyUnit(measure).factor if code in MONEY else 1
    size = Fraction(cell.ours) / factor
    decimals = len(cell.printed.partition(".")[2])
    if not cell.printed and code in MONEY:
        decimals = 2
    if code in RATES:
        decimals = max(decimals, 1)
    return format_number(half_up(size, decimals))


def contradiction_words(found: Contradiction) -> str:
    """Which two statements disagree, and by how much."""
    apart = format_number(abs(found.difference))
    words = _("“{item}”的{indicator}：{first}写 {one}，{second}写 {two}，相差 {apart}。")
    return words.format(
        item=found.item or _("合计"),
        indicator=str(WORDS[found.code].name),
        first=found.first[0] or _("一处"),
        one=found.first[1],
        second=found.second[0] or _("另一处"),
        two=found.second[1],
        apart=apart,
    )


def paper_as_json(paper: Paper) -> dict[str, Any]:
    """The stable face of a published paper: each cell as printed, as it amounts to, and whether they agree."""
    return {
        "key": paper.key,
        "place": paper.region.name,
        "code": paper.region.code,
        "period": paper.period,
        "source": paper.source,
        "published_on": paper.published_on,
        "basis": paper.basis,
        "tables": [_table_as_json(table) for table in paper.tables()],
        "contradictions": [
            {
                "cut": row.cut,
                "item": row.item,
                "indicator": row.code,
                "first": {"stated_in": row.first[0], "printed": row.first[1]},
                "second": {"stated_in": row.second[0], "printed": row.second[1]},
                "difference": str(row.difference),
                "words": contradiction_words(row),
            }
            for row in paper.contradictions()
        ],
    }


def _table_as_json(table: RolledTable) -> dict[str, Any]:
    def row(of: TableRow) -> dict[str, Any]:
        cells = {
            code: {"printed": cell.printed, "ours": shown(code, cell, table.measure(code)), "verdict": cell.verdict}
            for code, cell in of.cells.items()
        }
        return {"item": of.item, "rank": of.rank, "cells": cells}

    return {
        "cut": table.cut,
        "stated_in": table.stated_in,
        "codes": list(table.codes),
        "rows": [row(each) for each in table.rows],
        "total": row(table.total),
    }
