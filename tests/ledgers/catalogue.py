"""All workbooks: the open half, to mend the engine with, and the half held out to see whether that generalises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.result import SheetReading
from guatu.library.queries.ledgers import read_ledger
from tests.ledgers import held_files, held_plans, held_progress, open_files, open_plans, open_progress
from tests.ledgers.judge import judge
from tests.ledgers.truth import Expected

Book = Callable[[Path], Expected]
MODULES = (open_plans, open_files, open_progress, held_plans, held_files, held_progress)
OPEN: tuple[Book, ...] = tuple(book for module in MODULES if not module.HELD_OUT for book in module.BOOKS)
HELD: tuple[Book, ...] = tuple(book for module in MODULES if module.HELD_OUT for book in module.BOOKS)


def differences(book: Book, folder: Path) -> list[str]:
    """Write the workbook, read it, and say where the reading differs from what a colleague would have read."""
    expected = book(folder)
    reading: SheetReading | None = None
    refusal = ""
    try:
        reading = read_ledger(
            expected.kind, expected.file, expected.file.name, year=expected.year, months=expected.period
        )
    except SheetError as error:
        refusal = f"{error.code} {error.params}"
    return judge(expected, reading, refusal)
