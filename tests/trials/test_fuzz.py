"""Whatever a file holds: a reading with places or a refusal with a sentence, never anything else; nothing changes."""

import io
import os
import random
import resource
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guatu.core.actor import OPERATOR
from guatu.core.models import TrailEntry
from guatu.core.refusals import Refusal
from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.result import SheetReading
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.library.queries import ledgers
from guatu.reporting import imports
from tests.imports import books
from tests.imports.conftest import Desk
from tests.library.conftest import at_day
from tests.trials import mutations
from tests.trials.formats import WRITERS

FILES, CELLS = 2000, 6000  # in full, in make soak
SECONDS, QUICK = 20, 3  # of processor: a file in its child; a dozen rows in this process
GROWTH = 300 * 1024  # kilobytes that this process may grow by: a file's own memory is its child's
MARCH = {"plan": None, "progress": (3, 3)}


def sound(reading: SheetReading, sheets: set[str]) -> None:
    """Every row and every issue has its place and its sentence."""
    for row in reading.rows:
        assert row.sheet in sheets
        assert row.row >= 1
    for issue in [*reading.errors, *reading.warnings]:
        assert issue.message, issue
        assert issue.sheet in sheets or not issue.sheet, issue
        assert issue.row >= 0
        assert set(issue.as_dict()) >= {"sheet", "row", "column", "value", "code", "message"}


def busy() -> float:
    """Seconds of processor that this process and its children have used: others on the machine do not count."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def outcome(kind: str, path: Path) -> str:
    """ "read", or the code of the refusal."""
    begun = busy()
    try:
        reading = ledgers.read_ledger(kind, path, "台账", year=2019, months=MARCH[kind])
    except SheetError as error:
        return named(error.code, error.message)
    finally:
        assert busy() - begun < SECONDS
    sheets = {column.sheet for column in reading.columns} | {row.sheet for row in reading.rows}
    sound(reading, sheets | _passed_over(reading))
    return "read"


def named(code: str, sentence: str) -> str:
    """The code of a refusal, whose sentence says something."""
    assert len(sentence) > 4, code
    return code


def _passed_over(reading: SheetReading) -> set[str]:
    """Sheets that were not read are named by their issues alone."""
    passed_over = ("sheet_hidden", "sheet_skipped")
    return {issue.sheet for issue in reading.warnings if issue.code in passed_over}


@pytest.fixture
def still(db: None, tmp_path: Path) -> Iterator[None]:
    """A district with its list: its database and this process's memory stay as they were."""
    with at_day("2019-04-15"):
        Desk(tmp_path).plan()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    counts = (TrailEntry.objects.count(), Project.objects.count())
    with at_day("2019-04-15"):
        yield
    assert (TrailEntry.objects.count(), Project.objects.count()) == counts
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < GROWTH


def told(capsys: pytest.CaptureFixture[str], found: Counter[str]) -> None:
    with capsys.disabled():
        print("\n ", dict(found.most_common()))  # noqa: T201 - what a soak finds is read by people


# -- files -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", list(WRITERS))
def test_each_kind_of_file_reads_the_same(kind, tmp_path):
    path = books.write(tmp_path, "ledger", WRITERS[kind](books.plan_rows()))
    reading = ledgers.read_ledger("plan", path, "台账", year=2019)
    assert (reading.errors, reading.rows_read, reading.total("total_investment")) == ([], 5, books.TOTAL)
    assert [total.agrees for total in reading.printed_totals] == [True] * 11


@pytest.mark.slow
@pytest.mark.parametrize("kind", list(WRITERS))
def test_a_spoiled_file_is_read_or_refused(kind, still, seed, times, tmp_path, capsys):
    chance = random.Random(f"{seed} {kind}")
    found: Counter[str] = Counter()
    for number in range(times(FILES // len(WRITERS))):
        ledger = chance.choice(("plan", "progress"))
        data = WRITERS[kind](books.plan_rows() if ledger == "plan" else books.progress_rows())
        spoil = chance.choice(mutations.BYTES)
        if zipfile.is_zipfile(io.BytesIO(data)) and number % 4:
            spoil = mutations.inside
        path = books.write(tmp_path, "ledger", spoil(data, chance))
        found[outcome(ledger, path)] += 1
    told(capsys, found)
    assert found.total() > 0


# -- cells -------------------------------------------------------------------------------------------------------------
def carried_out(kind: str, reading: SheetReading) -> str:
    """What a preview of the reading comes to."""
    more: dict[str, Any] = {"kind": kind, "year": 2019, "level": "district", "region": "410303"}
    period = Period.parse("2019-03") if kind == "progress" else None
    order = imports.Order(path=Path("ledger"), name="台账.xlsx", period=period, **more)
    try:
        report = imports.preview(OPERATOR, order, reading)
    except Refusal as refusal:
        return named(refusal.code, str(refusal))
    for issue in [*report.answer["errors"], *report.answer["warnings"]]:
        assert issue["message"]
    return "refused" if report.wrong else "previewed"


def progress_with_shares() -> list[list[Any]]:
    """The month's sheet with dates and shares."""
    rows = books.progress_rows()
    rows[1] += ["完成率（%）", "形象进度（%）", "实际开工时间"]
    for row in rows[2:-1]:
        row += [23.3, "12%", "2019年3月"]
    return rows


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["plan", "progress"])
def test_odd_cells_are_read_or_named(kind, still, seed, times, capsys, monkeypatch):
    chance = random.Random(f"{seed} {kind} cells")
    rows = books.plan_rows() if kind == "plan" else progress_with_shares()
    found: Counter[str] = Counter()
    for _ in range(times(CELLS // 2)):
        book = mutations.book(rows, chance)
        begun = busy()
        monkeypatch.setattr(ledgers, "read_in_child", lambda path, *, name, book=book: book)
        try:
            reading = ledgers.read_ledger(kind, Path("ledger"), "台账.xlsx", year=2019, months=MARCH[kind])
        except SheetError as error:
            found[named(error.code, error.message)] += 1
            continue
        assert busy() - begun < QUICK
        sound(reading, {sheet.name for sheet in book.sheets})
        found[carried_out(kind, reading)] += 1
    told(capsys, found)
    assert found["refused"] + found["previewed"] > 0
