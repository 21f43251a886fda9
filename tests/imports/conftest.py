"""The cast's office, imports through the product's one way in, in April 2019."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from guatu.core.actor import OPERATOR, Actor
from guatu.core.models import TrailEntry
from guatu.domain.periods import Period
from guatu.library.models import AnnualList, Project
from guatu.reporting import imports
from tests.imports import books
from tests.library.conftest import at_day
from tests.support.cast import Cast, cast

__all__ = ["cast"]


@dataclass
class Desk:
    """Short ways to import a file, always through the same function as command line and pages."""

    folder: Path
    actor: Actor = OPERATOR

    def order(self, data: bytes | Sequence[Sequence[Any]], name: str = "台账.xlsx", **more: Any) -> imports.Order:
        body = data if isinstance(data, bytes) else books.workbook(data)
        more = {"kind": imports.PLAN, "year": 2019, "level": "district", "region": "410303", **more}
        return imports.Order(path=books.write(self.folder, "ledger", body), name=name, **more)

    def plan(self, data: bytes | Sequence[Sequence[Any]] | None = None, **more: Any) -> dict[str, Any]:
        order = self.order(books.plan_book() if data is None else data, **more)
        reading = imports.read(order)

        def carry_out() -> imports.Report:
            return imports.told(order, reading, imports.take(self.actor, order, reading))

        return imports.reported(order, reading, carry_out).answer

    def progress(
        self, data: bytes | Sequence[Sequence[Any]] | None = None, period: str = "2019-03", **more: Any
    ) -> dict[str, Any]:
        more = {"kind": imports.PROGRESS, "period": Period.parse(period), **more}
        return self.plan(books.progress_rows() if data is None else data, **more)

    def preview(self, data: bytes | Sequence[Sequence[Any]] | None = None, **more: Any) -> imports.Report:
        order = self.order(books.plan_book() if data is None else data, **more)
        return imports.preview(self.actor, order, imports.read(order))


def counts(answer: dict[str, Any]) -> tuple[int, int, int]:
    """(created, updated, unchanged)."""
    return answer["created"], answer["updated"], answer["unchanged"]


def codes(issues: Sequence[dict[str, Any]]) -> list[str]:
    return [issue["code"] for issue in issues]


def nothing_there() -> bool:
    """Whether nothing of an import is in the data."""
    return not (Project.objects.exists() or AnnualList.objects.exists() or TrailEntry.objects.exists())


@pytest.fixture
def desk(db: None, tmp_path: Path):
    """An empty installation's desk."""
    with at_day("2019-04-15"):
        yield Desk(tmp_path)


@pytest.fixture
def office(cast: Cast, tmp_path: Path):
    """The office's desk in the cast's district."""
    with at_day("2019-04-15"):
        yield Desk(tmp_path, cast.actor("office"))
