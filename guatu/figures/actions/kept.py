"""The office's verbs on figures: keep a snapshot, close a period, record a figure from outside."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.bulk import no_collection
from guatu.core.canonical import canonical
from guatu.core.changes import texts_of
from guatu.core.refusals import Refusal
from guatu.core.writing import Recorded, action, current
from guatu.domain.indicators import DIMENSIONS, EntryFacts
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
    with no_collection():
        entries, cuts = in_full(actor, asked, CUTS)
        act.freeze(SnapshotFact, snapshot, _fact_columns(snapshot, entries), spelled=("facts",))
        act.freeze(SnapshotFigure, snapshot, _figure_columns(snapshot, cuts))
    return snapshot


def keep_closing(*, actor: Actor, annual_list: AnnualList, until: date) -> Snapshot:
    """The snapshot of a closing, part of its action; a period that was opened and closed again has one of each time."""
    last = (until + timedelta(days=1)).day == 1
    day = Period.containing("month", until).label_zh if last else Period.containing("day", until).label_zh
    before = Snapshot.objects.filter(annual_list=annual_list, kind="closing", as_of=until).count()
    again = f"（第{before + 1}次）" if before else ""
    return take_snapshot(actor=actor, annual_list=annual_list, name=f"{day}锁定{again}", as_of=until, kind="closing")


def _fact_columns(snapshot: Snapshot, entries: Sequence[EntryFacts]) -> dict[str, Sequence[Any]]:
    """The rows of SnapshotFact by columns: a list has thousands of them."""
    columns: dict[str, Sequence[Any]] = dict(zip(EntryFacts._fields, zip(*entries, strict=True), strict=False))
    if not columns:
        return {}
    themes = {marks: canonical(marks) for marks in set(columns["themes"])}
    facts = columns | {"themes": [themes[marks] for marks in columns["themes"]]}
    return {
        "snapshot_id": [snapshot.pk] * len(entries),
        "project_id": columns["project_id"],
        "facts": texts_of(facts, spelled=("themes",)),
    }


def _figure_columns(snapshot: Snapshot, cuts: Iterable[Figures]) -> dict[str, Sequence[Any]]:
    rows = [row for cut in cuts for row in _figure_rows(cut)]
    columns = dict(zip(("cut", "group", "indicator", "value", "printed"), zip(*rows, strict=True), strict=True))
    return {"snapshot_id": [snapshot.pk] * len(rows), **columns}


def _figure_rows(cut: Figures) -> Iterable[tuple[str, str, str, str, str]]:
    names, places, by = group_names(cut.by, cut.rows), cut.asked.rules().places, ",".join(cut.by)
    for row in cut.rows:
        group = "\t".join(str(names.get((key, value), value)) for key, value in row.named_group().items())
        for code, value in row.values.items():
            yield by, group[:200], code, stored(value), printed(code, value, places)


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
