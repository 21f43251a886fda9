"""Sheets of other systems: put in use, changed, filled, read back; what they hold is kept with its day and file."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actions import add_attachment
from guatu.core.actor import Actor
from guatu.core.attachments import KeptFile
from guatu.core.editions import next_edition
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current, require_reason
from guatu.domain.periods import Period
from guatu.library.models import AnnualList, Project
from guatu.library.policies import refuse_secret, require_list, require_projects, require_region
from guatu.people.models import Region
from guatu.reporting.choices import ReadBackState
from guatu.reporting.layouts.schema import Layout, as_json, stored
from guatu.reporting.models import HeldValue, LayoutExport, LayoutReturn, SheetLayout

ABOUT = "reporting.sheetlayout"


@action("reporting.use_layout", _("启用“{name}”（第 {edition} 版）"), right="reporting.confirm")
def use_layout(
    *, actor: Actor, region: Region, layout: Layout, former: SheetLayout | None = None, seen: int = 0
) -> SheetLayout:
    """A region uses a layout from now on: a ready one, an uploaded one, or a changed one; the edition before it with
    the same code is replaced. `former`, under the version that was `seen`, is the one that was changed on a page.

    Raises Conflict when somebody changed it meanwhile.
    """
    require_region(actor, "reporting.confirm", region)
    refuse_secret(text=f"{layout.name}\n{layout.title}")
    act = current()
    rows = SheetLayout.objects.filter(region=region, code=layout.code)
    before = rows.filter(replaced=False).first()
    if former is not None:
        act.change(former, seen=seen, replaced=True)
    elif before is not None:
        act.change(before, replaced=True)
    edition = next_edition(rows)
    row = act.add(
        SheetLayout(
            region=region,
            code=layout.code,
            edition=edition,
            layout=as_json(layout),
            made_by=actor.label[:120],
            made_at=clock.now(),
        )
    )
    act.about(row, name=layout.name, edition=edition)
    return row


@action("reporting.stop_layout", _("停用“{name}”"), right="reporting.confirm")
def stop_layout(*, actor: Actor, row: SheetLayout, seen: int) -> None:
    """A region no longer uses a layout; what was read by it stays."""
    require_region(actor, "reporting.confirm", row.region)
    current().about(row, name=row.layout["name"])
    current().change(row, seen=seen, replaced=True)


@action("reporting.export_layout", _("按“{name}”导出{period}"), right="library.export_list")
def export_layout(
    *, actor: Actor, row: SheetLayout, annual_list: AnnualList, period: Period, filled: Mapping[str, list[str]]
) -> LayoutExport:
    """Keep which cells an export took over: project public id → sources."""
    projects = Project.objects.filter(public_id__in=list(filled)).select_related("region")
    require_projects(actor, "library.export_list", projects)
    act = current()
    act.about(row, name=row.layout["name"], period=period.label_zh, projects=len(filled))
    return act.add(
        LayoutExport(
            layout=row,
            annual_list=annual_list,
            period=period.code,
            filled=dict(filled),
            made_by=actor.label[:120],
            made_at=clock.now(),
        )
    )


@action("reporting.receive_layout", _("读回“{name}”{period}"), right="reporting.confirm")
def receive_layout(
    *, actor: Actor, row: SheetLayout, annual_list: AnnualList, period: Period, file: KeptFile, counts: dict[str, int]
) -> LayoutReturn:
    """Keep another system's export. The same file again is the return that is there; one that was given up or
    taken back waits anew."""
    require_list(actor, "reporting.confirm", annual_list)
    act = current()
    act.about(row, name=row.layout["name"], period=period.label_zh)
    known = LayoutReturn.objects.filter(
        layout=row, annual_list=annual_list, period=period.code, original__digest=file.digest
    ).first()
    if known is not None:
        if known.state in (ReadBackState.DROPPED, ReadBackState.WITHDRAWN):
            act.change(known, state=ReadBackState.WAITING, counts=counts, decisions={})
        return known
    original = add_attachment(actor=actor, file=file, about_kind=ABOUT, about_id=str(row.public_id))
    return act.add(
        LayoutReturn(
            layout=row,
            annual_list=annual_list,
            period=period.code,
            as_of=min(period.end, clock.today()),
            original=original,
            counts=counts,
            returned_by=actor.label[:120],
            returned_at=clock.now(),
        )
    )


@action("reporting.accept_layout", _("采用“{name}”{period}中的 {count} 格"), right="reporting.confirm")
def accept_layout(
    *, actor: Actor, row: LayoutReturn, seen: int, values: Iterable[tuple[Project, str, Any]], decisions: dict[str, str]
) -> int:
    """What the other system's export says is held by it from now on: (project, source, value). How many cells are new
    or changed. A value that it held already keeps the time at which it was first read."""
    told = list(values)
    require_list(actor, "reporting.confirm", row.annual_list)
    require_projects(actor, "reporting.confirm", {project.pk: project for project, _source, _value in told}.values())
    _require(row, ReadBackState.WAITING)
    layout, act = stored(row.layout.layout), current()
    for _project, _source, value in told:
        refuse_secret(text=str(value), where=row.original.name)
    known = _known(row, layout.system, told)
    fresh, changed = [], 0
    for project, source, value in told:
        before = known.get((project.pk, source))
        if before is None:
            fresh.append(_held(row, layout.system, project, source, value))
        elif before.withdrawn or before.value != value:
            now = clock.now()
            act.change(before, value=value, as_of=row.as_of, read_at=now, returned=row, withdrawn=False)
            changed += 1
    act.add_many(fresh)
    count = len(fresh) + changed
    act.about(row.layout, name=layout.name, period=row.period_words, count=count)
    act.change(row, seen=seen, state=ReadBackState.ACCEPTED, accepted_at=clock.now(), decisions=decisions)
    return count


def _known(row: LayoutReturn, system: str, told: list[tuple[Project, str, Any]]) -> dict[tuple[int, str], HeldValue]:
    rows = HeldValue.objects.filter(period=row.period, system=system)
    wanted = {project.pk for project, _source, _value in told}
    return {(one.project_id, one.source): one for one in rows if one.project_id in wanted}


def _held(row: LayoutReturn, system: str, project: Project, source: str, value: Any) -> HeldValue:
    return HeldValue(
        project=project,
        source=source,
        period=row.period,
        system=system,
        value=value,
        as_of=row.as_of,
        read_at=clock.now(),
        returned=row,
    )


@action("reporting.drop_layout", _("放弃读回的“{name}”{period}"), right="reporting.confirm")
def drop_layout(*, actor: Actor, row: LayoutReturn, seen: int) -> None:
    """Give a return up: nothing of it is kept but the file."""
    require_list(actor, "reporting.confirm", row.annual_list)
    _require(row, ReadBackState.WAITING)
    current().about(row.layout, name=row.layout.layout["name"], period=row.period_words)
    current().change(row, seen=seen, state=ReadBackState.DROPPED)


@action("reporting.withdraw_layout", _("收回“{name}”{period}已采用的数"), right="reporting.confirm")
def withdraw_layout(*, actor: Actor, row: LayoutReturn, seen: int, reason: str) -> int:
    """Take back what was accepted of a file: its cells are typed here again. How many."""
    require_list(actor, "reporting.confirm", row.annual_list)
    _require(row, ReadBackState.ACCEPTED)
    text = require_reason(reason, _("收回已采用的数"))
    act = current()
    act.about(row.layout, reason=text, name=row.layout.layout["name"], period=row.period_words)
    act.change(row, seen=seen, state=ReadBackState.WITHDRAWN)
    held = list(HeldValue.objects.filter(returned=row, withdrawn=False))
    for one in held:
        act.change(one, withdrawn=True)
    return len(held)


def _require(row: LayoutReturn, state: ReadBackState) -> None:
    if row.state != state:
        label = ReadBackState(row.state).label
        raise Refusal("reporting.layout_done", name=row.original.name, state=str(label))
