"""The office's verbs on figures: keep a snapshot, close a period, record a figure from outside."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.writing import Recorded, action, current
from guatu.domain.indicators import DIMENSIONS, EntryFacts, Row
from guatu.domain.periods import Period
from guatu.figures.models import OutsideSeries, PublishedFigure, Snapshot, SnapshotFact, SnapshotFigure
from guatu.figures.published import PublishedRow
from guatu.figures.queries import Figures, ask, group_names, in_full, printed, stored
from guatu.library.models import AnnualList
from guatu.people.actions import ensure_region
from guatu.people.models import Region
from guatu.reporting.choices import Basis, Truth

CUTS: tuple[tuple[str, ...], ...] = (
    (),
    *((dimension,) for dimension in ("class", "unit", "kind", "region", "industry", "stage", "light")),
)


@action("figures.take_snapshot", _("留存快照“{name}”"))
def take_snapshot(
    *,
    actor: Actor,
    annual_list: AnnualList,
    name: str,
    as_of: date,
    basis: str = Basis.DISPATCH,
    kind: str = "named",
) -> Snapshot:
    """Keep a list's facts and printed figures at a date under a name: confirmed ones, which nothing computes again."""
    if Snapshot.objects.filter(annual_list=annual_list, name=name).exists():
        raise Refusal("figures.snapshot_name", list=annual_list.name, name=name)
    asked = ask(actor, [annual_list], as_of, basis=basis, truth=Truth.CONFIRMED)
    act = current()
    rules = asked.rules()
    snapshot = act.add(
        Snapshot(
            kind=kind,
            name=name,
            annual_list=annual_list,
            as_of=as_of,
            known_at=clock.now(),
            basis=basis,
            settings={
                "truth": Truth.CONFIRMED.value,
                "start_base": rules.start_rate_base,
                "time_basis": rules.time_basis,
                "decimals": rules.places,
                "kinds_exclusive": rules.kinds_exclusive,
                "counts_preliminary_cost": rules.counts_preliminary_cost,
            },
        )
    )
    act.about(snapshot, name=name)
    entries, cuts = in_full(actor, asked, CUTS)
    act.add_many(_fact_rows(snapshot, entries))
    act.add_many(list(_figure_rows(snapshot, cuts)))
    return snapshot


def keep_closing(*, actor: Actor, annual_list: AnnualList, until: date) -> Snapshot:
    """The snapshot of a closing, part of its action; a period that was opened and closed again has one of each time."""
    last = (until + timedelta(days=1)).day == 1
    day = Period.containing("month", until).label_zh if last else Period.containing("day", until).label_zh
    before = Snapshot.objects.filter(annual_list=annual_list, kind="closing", as_of=until).count()
    again = f"（第{before + 1}次）" if before else ""
    return take_snapshot(actor=actor, annual_list=annual_list, name=f"{day}锁定{again}", as_of=until, kind="closing")


def _fact_rows(snapshot: Snapshot, entries: Iterable[EntryFacts]) -> list[SnapshotFact]:
    return [
        SnapshotFact(snapshot=snapshot, project_id=entry.project_id, facts=_as_json(entry._asdict()))
        for entry in entries
    ]


def _as_json(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _figure_rows(snapshot: Snapshot, cuts: Iterable[Figures]) -> Iterable[SnapshotFigure]:
    for cut in cuts:
        names = group_names(cut.by, cut.rows)
        for row in cut.rows:
            yield from _group_rows(snapshot, cut.by, row, names, cut.asked.rules().places)


def _group_rows(
    snapshot: Snapshot, by: Sequence[str], row: Row, names: dict[tuple[str, Any], str], places: int
) -> Iterable[SnapshotFigure]:
    group = "\t".join(str(names.get((key, value), value)) for key, value in row.named_group().items())
    for code, value in row.values.items():
        yield SnapshotFigure(
            snapshot=snapshot,
            cut=",".join(by),
            group=group[:200],
            indicator=code,
            value=stored(value),
            printed=printed(code, value, places),
        )


assert all(dimension in DIMENSIONS for by in CUTS for dimension in by)


@action("figures.record_outside", _("登记外部统计数据“{indicator}”（{period}）"))
def record_outside(
    *,
    actor: Actor,
    region: Region,
    indicator: str,
    period: str,
    value: str,
    unit: str,
    source: str,
    on: date,
) -> bool:
    """Record a figure that somebody else published; False when it is already known. `on` is its publication date."""
    act = current()
    act.about(region, indicator=indicator, period=period)
    return act.record(
        OutsideSeries(
            region=region,
            indicator=indicator,
            period=period,
            value=value,
            unit=unit,
            source=source,
            effective_on=on,
        )
    )


@action("figures.record_published", _("导入公布的进度表"), right="figures.record_outside")
def record_published(*, actor: Actor, rows: Sequence[PublishedRow]) -> Recorded:
    """Record tables that somebody else published; what is known already is left out, another value follows it.

    A region that nobody knows is made as "to be confirmed".
    """
    act = current()
    names = {row.place: row.place_name for row in rows}
    regions = {code: ensure_region(actor=actor, code=code, name=name) for code, name in names.items()}
    if regions:
        act.about(next(iter(regions.values())), count=len(rows))
    return act.record_many(
        [
            PublishedFigure(
                region=regions[row.place],
                source=row.source,
                period=row.period,
                basis=row.basis,
                cut=row.stated.cut,
                stated_in=row.stated.stated_in,
                item=row.stated.item,
                indicator=row.stated.code,
                value=row.stated.printed,
                measure=row.stated.measure,
                effective_on=row.published_on,
            )
            for row in rows
        ]
    )
