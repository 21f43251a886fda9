"""How many queries a page needs, with few and with many rows, recorded beside the tests so that growth shows.

    def test_library_page_queries(query_counts_of, …):
        query_counts_of("table", {3: few, 30: many})    # callables; each is run once and counted

The counts stand in `query_counts.json` in the test's folder; `make counts` records them anew.
"""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

RECORD = "GUATU_RECORD_COUNTS"
Counts = dict[str, dict[str, int]]


def _read(path: Path) -> Counts:
    found: Counts = json.loads(path.read_text()) if path.exists() else {}
    return found


def count(work: Callable[[], object]) -> int:
    """Queries that one run needs."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def check(folder: Path, name: str, runs: Mapping[int, Callable[[], object]]) -> None:
    """Count each run (by number of rows) and compare with what is recorded; record when asked to."""
    path = folder / "query_counts.json"
    counted = {str(rows): count(work) for rows, work in runs.items()}
    recorded = _read(path)
    if os.environ.get(RECORD) == "1":
        recorded[name] = counted
        path.write_text(json.dumps(recorded, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
        return
    assert name in recorded, f"no query counts are recorded for {name!r}: run `make counts`"
    assert counted == recorded[name], (
        f"{name}: queries by number of rows are {counted}, recorded {recorded[name]}. "
        "Fewer is welcome (run `make counts`); more needs a reason in the commit."
    )
