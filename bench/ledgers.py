"""The import's jobs: a plan ledger of thirty columns as offices keep it, rehearsed and carried out."""

import itertools
from pathlib import Path

from bench import floors, workbooks
from bench.district import District
from bench.memory import of_import
from bench.registry import Aim, Work, job
from guatu.core.actor import OPERATOR
from guatu.reporting import imports

MOST = 50_000  # rows: the design's ledger
FLOOR = "calamine + executemany of the same rows into the same tables"
NOWHERE = "430101"  # a region that no ledger has been of: rehearsals leave it so
_regions = (f"42{city:02}{district:02}" for city, district in itertools.product(range(1, 99), range(1, 99)))


def order_of(path: Path, region: str) -> imports.Order:
    """The order that takes a plan of the bench into a region nobody has used."""
    return imports.Order(
        kind=imports.PLAN, path=path, name=path.name, year=workbooks.YEAR, level="district", region=region
    )


def _preview(path: Path) -> imports.Report:
    order = order_of(path, NOWHERE)
    return imports.preview(OPERATOR, order, imports.read(order))


def _apply(path: Path) -> imports.Report:
    order = order_of(path, next(_regions))
    reading = imports.read(order)
    return imports.reported(
        order, reading, lambda: imports.told(order, reading, imports.take(OPERATOR, order, reading))
    )


def _work(district: District, run: str) -> Work:
    path = workbooks.plan(district.projects, district.seed)
    carry_out = {"preview": _preview, "apply": _apply}[run]
    report = carry_out(path)
    assert report.answer["created"] == district.projects, report.answer["errors"][:3]
    return Work(
        lambda: carry_out(path),
        floors.same_rows(path, order_of(path, NOWHERE)),
        memory=lambda: of_import(run, path, next(_regions)),
    )


@job("plan ledger in, dry run", floor=FLOOR, aim=Aim(times=4, megabytes=400), most=MOST)
def plan_ledger_previewed(district: District) -> Work:
    """Read, recognised, matched, carried out and rolled back: everything but the commit."""
    return _work(district, "preview")


@job("plan ledger in, applied", floor=FLOOR, aim=Aim(times=8, megabytes=400), most=MOST)
def plan_ledger_applied(district: District) -> Work:
    """The same with its trail, committed; every time into another region."""
    return _work(district, "apply")
