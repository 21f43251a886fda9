"""The published bulletins of the trial data: what we add up again against the checks that were made by hand."""

import csv
import os
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from guatu.core.actor import OPERATOR
from guatu.domain.money import MoneyUnit
from guatu.domain.published import MONEY
from guatu.domain.rounding import half_up
from guatu.figures.actions import record_published
from guatu.figures.published import OPTIONAL, REQUIRED, read_text
from guatu.figures.queries import Paper, papers

pytestmark = [pytest.mark.slow, pytest.mark.trial, pytest.mark.django_db]
PLACES = {
    "xiangxi": "433100",
    "qinshui": "140521",
    "wujin": "320412",
    "hunan": "430000",
    "pingdingshan": "410400",
    "jiangmen": "440700",
    "liannan": "441826",
    "henan": "410000",
    "gansu": "620000",
    "guangxi": "450000",
    "luoyang": "410300",
}
COLUMNS = {
    "n_projects": "projects",
    "total_inv_yi": "total_investment",
    "annual_plan_yi": "planned_investment",
    "completed_yi": "investment_to_date",
    "rate_pct_printed": "investment_rate",
    "n_new_planned": "new_starts_planned",
    "n_started": "started",
    "start_rate_pct_printed": "start_rate",
    "n_finished": "completed",
}
RATE_OF = {"completed/plan": "investment_rate", "started/new planned": "start_rate"}


def rows_of(name: str) -> list[dict[str, str]]:
    with (Path(os.environ["GUATU_TRIAL_DATA"]) / name).open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if not row["source_id"].startswith("seed_")]


def period_of(text: str) -> str:
    found = re.match(r"\d{4}(-\d{2}(\.\.\d{2})?)?", text)
    return found[0] if found else "2018"  # three bulletins state no year


def cut_of(row: dict[str, str]) -> tuple[str, str]:
    if row["dimension"] == "全部":
        return "", ""
    found = re.fullmatch(r"(.+?)[（(](正文|汇总表)[）)]", row["dimension"])
    return (found[1], found[2]) if found else (row["dimension"], "")


@pytest.fixture
def loaded(tmp_path) -> dict[str, Paper]:
    periods = {row["source_id"]: period_of(row["period"]) for row in rows_of("bulletin_sources.csv")}
    file = tmp_path / "published.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [*REQUIRED, *OPTIONAL])
        writer.writeheader()
        for row in rows_of("bulletin_rows.csv"):
            cut, stated_in = cut_of(row)
            for column, code in COLUMNS.items():
                if row[column]:
                    writer.writerow(
                        {
                            "place": PLACES[row["source_id"].split("_")[0]],
                            "source": row["source_id"],
                            "period": periods[row["source_id"]],
                            "cut": cut,
                            "stated_in": stated_in,
                            "unit": row["item"],
                            "indicator": code,
                            "value": row[column],
                        }
                    )
    record_published(actor=OPERATOR, rows=read_text(file.read_text(encoding="utf-8")))
    return {paper.source: paper for paper in papers()}


def totals(paper: Paper) -> list[tuple[int, Fraction, str, str]]:
    """(items, sum as printed, printed total, verdict) of every sum of a paper."""
    return [
        (len(table.rows), cell.ours / (MoneyUnit.YI.factor if code in MONEY else 1), cell.printed, cell.verdict)
        for table in paper.tables()
        for code, cell in table.total.cells.items()
        if cell.ours is not None and cell.printed
    ]


def test_every_printed_sum_closes_or_not_as_was_found_by_hand(loaded):
    tried = 0
    for check in rows_of("bulletin_checks.csv"):
        terms = check["expression"].split("+")
        if check["source_id"] not in loaded or not all(re.fullmatch(r"[\d.]+", term) for term in terms):
            continue
        wanted = (len(terms), sum(map(Fraction, terms)))
        found = {row[3] for row in totals(loaded[check["source_id"]]) if row[:2] == wanted and _same(row[2], check)}
        if found:
            assert found <= ({"agrees", "rounded"} if check["closes"] == "yes" else {"differs"}), check
            tried += 1
    assert tried >= 20


def _same(printed: str, check: dict[str, str]) -> bool:
    return Decimal(printed) == Decimal(check["printed"])


def test_every_printed_rate_is_recomputed_as_by_hand(loaded):
    tried = 0
    for check in rows_of("bulletin_rate_checks.csv"):
        cells = [
            row.cells[RATE_OF[check["kind"]]]
            for table in loaded[check["source_id"]].tables()
            for row in (*table.rows, table.total)
            if RATE_OF[check["kind"]] in row.cells
        ]
        [verdict] = {
            cell.verdict
            for cell in cells
            if cell.ours is not None
            and half_up(cell.ours, 4) == Decimal(check["computed"])
            and Decimal(cell.printed or "-1") == Decimal(check["printed"])
        }
        assert (verdict == "agrees") is (check["matches"] == "half-up"), check
        tried += 1
    assert tried >= 20


def test_only_xiangxi_contradicts_itself(loaded):
    found = {name: paper.contradictions() for name, paper in loaded.items() if paper.contradictions()}
    assert [(row.item, row.code, str(row.difference)) for row in found.pop("xiangxi_2021_09")] == [
        ("州直", "investment_to_date", "-22.8"),
        ("州直", "investment_rate", "-5.2"),
    ]
    assert found == {}
