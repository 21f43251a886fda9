"""A foreign portfolio goes in through a column map: each release one list, to the pound. The published file is tried
by `make soak`, from the folder that GUATU_TRIAL_DATA names; here a small one of the same kinds of dirt stands in."""

import csv
import json
import os
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from guatu.core.sheets.engine import recognise
from guatu.core.sheets.mapping import mapping_from
from guatu.core.sheets.reading import read_bytes
from guatu.core.sheets.result import SheetReading
from guatu.library.imports.plan import plan_rows
from guatu.library.ledgers.plan import PLAN
from tests.support.installation import Installation, fresh
from tests.trials import portfolio
from tests.trials.portfolio import Control

MILLION = 10**6
WHERE = ("--level", "district", "--region", "410303")


@pytest.fixture(scope="module")
def chance(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(request.config.option.seed)


@pytest.fixture
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with fresh(tmp_path_factory.mktemp("portfolio"), GUATU_TODAY="2026-03-26") as made:
        assert made.run("init").code == 0
        yield made


def take_in(
    installation: Installation, folder: Path, rows: Sequence[Sequence[str]], releases: Sequence[str], *words: str
) -> dict[str, dict[str, Any]]:
    """Every release of a file through the command line, in the order of the years."""
    path, told = folder / "portfolio.csv", folder / "map.yaml"
    path.write_bytes(portfolio.as_csv(rows))
    answers = {}
    for release in releases:
        told.write_text(portfolio.map_of(release), encoding="utf-8")
        where = ("--year", str(portfolio.year_of(release)), *WHERE, "--map", str(told), *words)
        done = installation.run("import", "plan", str(path), *where, "--json")
        assert done.code == 0, done.out[-3000:] + done.err
        answers[release] = done.json
    return answers


def standing(installation: Installation) -> dict[str, list[dict[str, Any]]]:
    """What the database holds, asked past the command line."""
    asked = installation.start("tests.trials.standing")
    said, _ = asked.communicate(timeout=120)
    assert asked.returncode == 0, said
    found: dict[str, list[dict[str, Any]]] = json.loads(said)
    return found


def check(answers: dict[str, Any], held: dict[str, list[dict[str, Any]]], controls: dict[str, Control]) -> None:
    """Answers and database against the control totals: rows, rows with an amount, their sum to the pound."""
    every = sum(control.projects for control in controls.values())
    for release, control in controls.items():
        answer, rows = answers[release], held[str(portfolio.year_of(release))]
        assert (answer["rows_read"], answer["projects"]) == (control.projects, control.projects), release
        assert answer["totals"]["total_investment"] == control.total * MILLION, release
        assert len(rows) == control.projects, release
        amounts = {row["number"]: row["amount"] for row in rows}
        printed = {number: amounts[number] for number in control.amounts}
        assert len(printed) == control.with_amount, release
        assert printed == {number: int(amount * MILLION) for number, amount in control.amounts.items()}, release
        assert sum(printed.values()) == control.total * MILLION, release
        (left_out,) = [issue for issue in answer["warnings"] if issue["code"] == "rows_left_out"]
        assert str(every - control.projects) in left_out["message"]


def unchanged(answers: dict[str, dict[str, Any]]) -> None:
    for release, answer in answers.items():
        assert (answer["created"], answer["updated"]) == (0, 0), (release, answer["created"], answer["updated"])
        assert answer["unchanged"] == answer["projects"]


def words_are_kept(rows: Sequence[dict[str, str]], last: str, held: Sequence[dict[str, Any]]) -> None:
    """What stood in an amount's place is in the project's remark, word for word. `last`: the newest release."""
    remarks = {row["number"]: row["remark"] for row in held}
    release = [row for row in rows if row["year"] == last]
    said = {number: row["wlc_m"].strip() for number, row in enumerate(release, 1) if row["wlc_m"][:1].isalpha()}
    said = {number: text for number, text in said.items() if text.lower() not in ("na", "n/a")}
    assert said
    for number, text in said.items():
        assert text in remarks[number]


def test_a_portfolio_of_several_releases_goes_in_through_a_map(installation, chance, tmp_path):
    rows, controls = portfolio.dirty(chance)
    answers = take_in(installation, tmp_path, rows, portfolio.RELEASES)
    held = standing(installation)
    check(answers, held, controls)
    whole = [dict(zip(portfolio.HEADS, row, strict=True)) for row in rows[1:]]
    words_are_kept(whole, portfolio.RELEASES[-1], held["2021"])
    newest = portfolio.RELEASES[-1]
    moved = portfolio.shuffled(rows, chance)
    unchanged(take_in(installation, tmp_path, moved, [newest]))
    assert standing(installation)["2021"] == held["2021"]
    assert installation.run("trail", "verify", "--json").json["valid"]


def test_every_cell_of_a_date_column_is_read_or_kept(chance):
    rows, _ = portfolio.dirty(chance)
    reading = read(rows)
    for row in reading.rows:
        shown = row.raw("planned_finish")
        if shown.startswith("Low"):
            assert "planned_finish" not in row.values
            assert shown in row.values["remark"]
        else:
            assert row.values["planned_finish"].end.isoformat() == "2029-03-31"
        start = row.raw("planned_start")
        assert ("planned_start" in row.values) == (start != "No")
        if start != "No":
            day = row.values["planned_start"].start
            assert {f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day:%Y-%m-%d} 00:00:00"} >= {start}


# -- what is not taken silently ----------------------------------------------------------------------------------------
def read(rows: Sequence[Sequence[str]], **said: Any) -> SheetReading:
    """The first release, read in this process; `said` replaces keys of the map."""
    import yaml

    mapping = {**yaml.safe_load(portfolio.map_of("2019-20")), **said}
    book = read_bytes(portfolio.as_csv(rows), name="portfolio.csv")
    return recognise(book, PLAN, year=2019, mapping=mapping_from(mapping, PLAN))


def small(**cells: str) -> list[list[str]]:
    """A heading and two rows, of which the second says `cells`."""
    usual = {"year": "2019-20", "gmpp_id": "A_1", "project": "First Programme", "wlc_m": "£1.00"}
    other = {**usual, "gmpp_id": "A_2", "project": "Second Programme", **cells}
    return [portfolio.HEADS, *([row.get(head, "") for head in portfolio.HEADS] for row in (usual, other))]


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"project": ""}, "name_missing", "C project"),
        ({"wlc_m": "$12.00"}, "amount.currency", "O wlc_m"),
        ({"wlc_m": "£12.00.1"}, "amount.unreadable", "O wlc_m"),
        ({"wlc_m": "£1,27,43.00"}, "amount.unreadable", "O wlc_m"),
        ({"wlc_m": "-£3.00"}, "amount_negative", "O wlc_m"),
        ({"wlc_m": "£99,999,999.00"}, "amount.absurd", "O wlc_m"),
        ({"start": "01/01/0019"}, "date.absurd_year", "H start"),
    ],
)
def test_what_cannot_be_right_is_an_error_with_its_place(cells, code, column):
    errors = read(small(**cells)).errors
    assert [(issue.code, issue.row, issue.column) for issue in errors] == [(code, 3, column)]


def test_a_day_that_no_format_fits_is_told_and_not_imported():
    reading = read(small(start="31/02/2019"))
    assert "planned_start" not in reading.rows[1].values
    told = [(issue.code, issue.row, issue.column) for issue in reading.warnings if issue.row]
    assert ("date.unreadable", 3, "H start") in told


@pytest.mark.parametrize(
    ("cells", "errors"),
    [
        ({"gmpp_id": "A_1"}, ["code_twice"]),
        ({"project": "First Programme", "gmpp_id": ""}, ["row_twice"]),
        ({"project": "First Programme"}, []),
        ({"gmpp_id": ""}, []),
    ],
)
def test_a_double_id_is_refused_with_its_place_and_a_missing_one_is_none(cells, errors):
    found = plan_rows(read(small(**cells)), 2019)
    assert [(issue.code, issue.row) for issue in found.errors] == [(code, 3) for code in errors]
    assert all("第 2 行" in issue.message for issue in found.errors)


def test_a_foreign_sign_is_refused_where_the_map_does_not_name_it():
    columns = {"project": "name", "year": "ignore", "wlc_m": {"field": "total_investment", "factor": MILLION}}
    assert [issue.code for issue in read(small(), columns=columns).errors] == ["amount.currency"] * 2
    columns["wlc_m"]["currency"] = "£"
    assert read(small(wlc_m="12743.5"), columns=columns).total("total_investment") == 12_744_500_000


def test_without_leave_words_in_an_amounts_place_are_an_error():
    columns = {"project": "name", "wlc_m": {"field": "total_investment", "currency": "£", "factor": MILLION}}
    rows = small(wlc_m=portfolio.WITHHELD[0])
    assert [issue.code for issue in read(rows, columns=columns).errors] == ["amount.unreadable"]
    columns["wlc_m"]["blank"] = "EXEMPT*"
    assert read(rows, columns=columns).errors == []


def test_part_of_a_yuan_is_rounded_and_said():
    columns = {"project": "name", "wlc_m": {"field": "total_investment", "currency": "£", "factor": 3}}
    reading = read(small(wlc_m="£40000.5"), columns=columns)
    assert reading.total("total_investment") == 3 + 120_002
    assert [issue.code for issue in reading.warnings if issue.row == 3] == ["amount.fraction_of_yuan"]


def test_a_condition_on_a_column_that_is_not_there_imports_nothing():
    reading = read(small(), where={"release": "2019-20"})
    assert [issue.code for issue in reading.errors] == ["where_missing"]
    assert "release" in reading.errors[0].message


def test_a_release_that_is_not_in_the_file_is_an_error():
    reading = read(small(), where={"year": ["1999-*", "2001-02"]})
    assert ([issue.code for issue in reading.errors], reading.rows) == (["no_rows"], [])


def test_rows_that_are_left_out_are_not_checked_and_sums_over_them_neither():
    rows = [*small(year="2020-21", wlc_m="£1.00.00"), ["合计", "", "", *[""] * 11, "£3.00", ""]]
    reading = read(rows)
    assert (reading.errors, len(reading.rows), reading.printed_totals) == ([], 1, [])
    (told,) = [issue for issue in reading.warnings if issue.code == "rows_left_out"]
    assert told.params == {"count": 1, "taken": 1}


# -- the published file ------------------------------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.trial
def test_the_published_portfolio_matches_its_control_totals(installation, chance, tmp_path):
    folder = Path(os.environ["GUATU_TRIAL_DATA"])
    rows = portfolio.rows_of(folder / "uk_gmpp_2019_2026.csv")
    controls = portfolio.controls_of(rows)
    with (folder / "uk_gmpp_control_totals.csv").open(encoding="utf-8-sig", newline="") as lines:
        published = {line["year"]: line for line in csv.DictReader(lines)}
    assert list(published) == list(controls)
    for release, line in published.items():
        control = controls[release]
        stated = (int(line["projects"]), int(line["with_numeric_wlc"]), Decimal(line["sum_wlc_m"]))
        assert (control.projects, control.with_amount, control.total) == stated, release
    table = [list(rows[0]), *(list(row.values()) for row in rows)]
    answers = take_in(installation, tmp_path, table, list(controls))
    held = standing(installation)
    check(answers, held, controls)
    newest = list(controls)[-1]
    words_are_kept(rows, newest, held[str(portfolio.year_of(newest))])
    without = [row for row in held["2025"] if not row["code"]]
    assert len({row["code"] for row in held["2025"] if row["code"]}) + bool(without) == int(
        published["2025-26"]["distinct_ids"]
    )
    unchanged(take_in(installation, tmp_path, portfolio.shuffled(table, chance), [newest]))
    assert standing(installation)["2025"] == held["2025"]
    assert installation.run("trail", "verify", "--json").json["valid"]
