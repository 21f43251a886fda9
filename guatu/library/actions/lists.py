"""Annual lists: making one, its batches, check points and settings; locking its periods."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current
from guatu.domain.dates import LATEST
from guatu.library.choices import Level, ListState, StartBase, TimeBasis
from guatu.library.models import AnnualList, CheckPoint, ListBatch
from guatu.library.policies import refuse_secret, require_list, require_region
from guatu.people.models import Region

SETTINGS: dict[str, tuple[Any, ...]] = {
    "start_base": tuple(StartBase.values),
    "time_basis": tuple(TimeBasis.values),
    "decimals": (0, 1, 2),
    "kinds_exclusive": (True, False),
    "counts_preliminary_cost": (True, False),
    "cut_off_day": tuple(range(0, 29)),
}
"""Settings of a list and the values they take; `name` is free text."""


@action("library.make_list", _("建立年度名单"))
def make_list(
    *,
    actor: Actor,
    level: str,
    region: Region,
    year: int,
    name: str = "",
    state: str = ListState.PROVISIONAL,
    settings: Mapping[str, Any] | None = None,
) -> AnnualList:
    """Make the list of a level, region and year; there is one of each."""
    require_region(actor, "library.make_list", region)
    if not 1990 <= year < LATEST:
        raise Refusal("library.year_wrong", year=year)
    if level not in Level.values:
        raise Refusal("library.setting_wrong", field=_("级别"), value=level, allowed="、".join(Level.values))
    known = AnnualList.objects.filter(level=level, region=region, year=year).first()
    if known is not None and not known.withdrawn:
        raise Refusal("library.list_exists", year=year, region=region.name, level=str(Level(level).label))
    values = dict(settings or {})
    _check_settings(values)
    label = str(Level(level).label)
    text = name.strip() or str(_("{region}{year}年{level}重点项目名单")).format(
        region=region.name, year=year, level=label
    )
    refuse_secret(text=text)
    annual_list = AnnualList(level=level, region=region, year=year, name=text, state=state, **values)
    annual_list = current().add(annual_list) if known is None else _again(known, annual_list)
    current().about(annual_list, name=annual_list.name)
    return annual_list


def _again(known: AnnualList, fresh: AnnualList) -> AnnualList:
    """A list that an undone import had made, taken in again as it would be made now."""
    columns = ("name", "state", "withdrawn", *SETTINGS)
    current().change(known, **{column: getattr(fresh, column) for column in columns})
    return known


@action("library.change_list", _("修改名单设置"))
def change_list_settings(*, actor: Actor, annual_list: AnnualList, seen: int | None, values: Mapping[str, Any]) -> bool:
    """Change how a list's figures are counted and printed, or its name."""
    require_list(actor, "library.change_list", annual_list)
    _check_settings(values)
    current().about(annual_list, name=annual_list.name)
    return current().change(annual_list, seen=seen, **values)


def _check_settings(values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name == "name":
            refuse_secret(text=str(value))
            continue
        if name not in SETTINGS:
            raise Refusal("library.setting_unknown", field=name)
        if value not in SETTINGS[name]:
            allowed = "、".join(str(choice) for choice in SETTINGS[name])
            raise Refusal("library.setting_wrong", field=name, value=value, allowed=allowed)


@action("library.issue_batch", _("登记名单批次"), right="library.change_list")
def issue_batch(
    *, actor: Actor, annual_list: AnnualList, number: int, document_number: str = "", issued_on: date | None = None
) -> ListBatch:
    """Register an issue of a list with its document number and date; the same one again changes nothing."""
    require_list(actor, "library.change_list", annual_list)
    current().about(annual_list, name=annual_list.name, number=number, document=document_number)
    batch = ListBatch.objects.filter(annual_list=annual_list, number=number).first()
    if batch is None:
        return current().add(
            ListBatch(
                annual_list=annual_list, number=number, document_number=document_number.strip(), issued_on=issued_on
            )
        )
    if batch.withdrawn:
        document = document_number.strip()
        current().change(batch, withdrawn=False, document_number=document, issued_on=issued_on)
        return batch
    if batch.issued_on is not None and issued_on is not None and batch.issued_on != issued_on:
        raise Refusal("library.batch_exists", name=annual_list.name, number=number)
    current().change(
        batch,
        document_number=document_number.strip() or batch.document_number,
        issued_on=issued_on or batch.issued_on,
    )
    return batch


@action("library.set_check_point", _("设定考核节点"), right="library.change_list")
def set_check_point(*, actor: Actor, annual_list: AnnualList, name: str, on: date) -> CheckPoint:
    """Name a date of the list (双过半, 国庆前), or move it."""
    require_list(actor, "library.change_list", annual_list)
    if on.year != annual_list.year:
        raise Refusal("library.check_point_year", name=name, day=on, year=annual_list.year)
    current().about(annual_list, name=name, day=on)
    point = CheckPoint.objects.filter(annual_list=annual_list, name=name.strip()).first()
    if point is None:
        return current().add(CheckPoint(annual_list=annual_list, name=name.strip(), on=on))
    current().change(point, on=on)
    return point
