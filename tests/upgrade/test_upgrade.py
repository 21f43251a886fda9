"""A district kept under the first landed migrations is upgraded: nothing is lost, and it answers as it did."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.imports import books
from tests.support.installation import Installation, fresh
from tests.upgrade.make import LIST, answers

RECORD = Path(__file__).parent / "first_district.json"


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8"))
    assert {"library.project", "library.listentry", "reporting.reading", "library.importdraft"} <= set(found["rows"])
    return found


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The record's rows in a database of their day, and then `guatu migrate`."""
    with fresh(tmp_path_factory.mktemp("upgraded"), GUATU_TODAY="2019-04-16") as made:
        loading = made.start("tests.upgrade.rows", "load", str(RECORD))
        said, _ = loading.communicate(timeout=120)
        assert loading.returncode == 0, said
        done = made.run("migrate", "--json")
        assert done.code == 0, done.out + done.err
        yield made


def _holds(now: Any, before: Any) -> None:
    """Whether an answer still says all it said; later versions may say more."""
    if isinstance(before, dict):
        for key, value in before.items():
            assert key in now, key
            _holds(now[key], value)
    elif isinstance(before, list):
        assert len(now) == len(before)
        for new, old in zip(now, before, strict=True):
            _holds(new, old)
    else:
        assert now == before


def test_figures_and_trail_answer_as_before(upgraded, record):
    _holds(answers(upgraded), record["answers"])


def test_every_row_is_there_with_what_it_said(upgraded, record):
    dumped = upgraded.start("tests.upgrade.rows", "dump")
    said, _ = dumped.communicate(timeout=120)
    assert dumped.returncode == 0, said
    rows = json.loads(said)
    for label, listed in record["rows"].items():
        key = _key(listed)
        now = {row[key]: row for row in rows[label]}
        for row in listed:
            assert row[key] in now, (label, row[key])
            kept = {name: now[row[key]][name] for name in row if name in now[row[key]]}
            assert _plain(kept) == _plain({name: row[name] for name in kept}), label


def _key(rows: list[dict[str, Any]]) -> str:
    return "id" if "id" in rows[0] else next(iter(rows[0]))


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A moment is the same in whichever zone it is printed; only its instant counts."""
    from django.utils.dateparse import parse_datetime

    def instant(value: Any) -> Any:
        moment = parse_datetime(value) if isinstance(value, str) and len(value) > 18 and value[:2] == "20" else None
        return moment.timestamp() if moment is not None and moment.tzinfo else value

    return {name: instant(value) for name, value in row.items()}


def test_work_goes_on_in_what_was_upgraded(upgraded, record, tmp_path):
    plan = str(books.write(tmp_path, "plan.xlsx", books.plan_book()))
    again = upgraded.run("import", "plan", plan, *LIST, "--json")
    assert (again.code, again.json["created"], again.json["updated"]) == (0, 0, 0), again.out
    april = books.workbook(books.progress_rows((100, 100, 0, 100, 100), (7100, 1600, 0, 12100, 2700)))
    path = str(books.write(tmp_path, "april.xlsx", april))
    done = upgraded.run("import", "progress", path, *LIST, "--period", "2019-W15", "--json")
    assert (done.code, done.json["projects"]) == (0, 5), done.out
    verdict = upgraded.run("trail", "verify", "--json").json
    assert verdict["valid"]
    assert verdict["entries"] > record["answers"]["trail"]["entries"]
