"""The job of all lists: a hundred lists' closed periods, read from what their closings kept."""

from datetime import date

from django.db import connection

from bench.district import AS_OF, District
from bench.registry import Aim, Work, job
from guatu.core.ids import new_public_id
from guatu.dispatch import all_lists
from guatu.figures.models import Snapshot, SnapshotFigure
from guatu.figures.queries.cubes import KEPT
from guatu.library.models import AnnualList
from guatu.people.models import Region

LISTS, CLOSED = 100, (date(AS_OF.year, 1, 31), date(AS_OF.year, 2, 28))
CUTS = {"": [""], "light": ["red", "yellow", "green", "blue"], "unit": [f"示例单位{number}" for number in range(27)]}
FLOOR = """
SELECT s.annual_list_id, s.as_of, f.cut, f."group", f.indicator, f.value, f.printed
FROM figures_snapshot s JOIN figures_snapshotfigure f ON f.snapshot_id = s.id
WHERE s.kind = 'closing' AND f.cut = '' AND f."group" = ''
"""


def _lists() -> list[AnnualList]:
    """A hundred lists of the year: the district's, and those of regions that have nothing else."""
    have = AnnualList.objects.filter(year=AS_OF.year).count()
    for number in range(have, LISTS):
        code = f"42{number:04}"
        values = {"name": f"示例区{number}", "level": "district", "path": f"420000/{code}/"}
        region, _made = Region.objects.get_or_create(code=code, defaults=values)
        AnnualList.objects.get_or_create(
            region=region, level="district", year=AS_OF.year, defaults={"name": f"示例名单{number}"}
        )
    return list(AnnualList.objects.filter(year=AS_OF.year).select_related("region").order_by("pk")[:LISTS])


def _keep(lists: list[AnnualList]) -> None:
    """Two closings of each list, with the figures of three cuts, as their snapshots are kept."""
    known = set(Snapshot.objects.filter(kind="closing", as_of__in=CLOSED).values_list("annual_list_id", "as_of"))
    for row in lists:
        for number, day in enumerate(CLOSED):
            if (row.pk, day) in known:
                continue
            snapshot = Snapshot.objects.create(
                public_id=new_public_id(),
                kind="closing",
                name=f"{day.isoformat()}锁定",
                annual_list=row,
                as_of=day,
                known_at="2026-03-02T01:00:00+00:00",
                basis="dispatch",
                settings={},
            )
            SnapshotFigure.objects.bulk_create(
                SnapshotFigure(
                    snapshot=snapshot, cut=cut, group=group, indicator=code, value=str(number + 5), printed="5"
                )
                for cut, groups in CUTS.items()
                for group in groups
                for code in KEPT
            )


@job(
    "overview of all lists from cubes",
    floor="the bare query of the closings' figures",
    aim=Aim(ms=30),
)
def all_lists_from_cubes(district: District) -> Work:
    """Every line of the page of a hundred lists of up to 5,000 projects: figures, change, lights of a closed period."""
    lists = _lists()
    _keep(lists)
    told = all_lists.lines(lists, CLOSED[-1])
    assert len(told) == LISTS, f"{len(told)} lists"
    assert all(line.cube is not None and line.before is not None for line in told)

    def floor() -> int:
        with connection.cursor() as cursor:
            cursor.execute(FLOOR)
            return len(cursor.fetchall())

    return Work(lambda: all_lists.lines(lists, CLOSED[-1]), floor)
