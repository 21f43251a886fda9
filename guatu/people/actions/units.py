"""Units: registered, found by the name a ledger prints, confirmed, merged, renamed, ended, succeeded."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.registries import run_duties
from guatu.core.undoing import NEVER
from guatu.core.writing import action, current, require_reason
from guatu.people import policies
from guatu.people.models import Region, Unit
from guatu.people.naming import clean_name, guess_kind


@action("people.add_unit", _("登记单位"))
def add_unit(
    *,
    actor: Actor,
    name: str,
    region: Region,
    kind: str = "",
    short_name: str = "",
    parent: Unit | None = None,
    credit_code: str = "",
    order: int = 0,
    valid_from: date | None = None,
) -> Unit:
    """Register a unit that is known to be right. Raises people.unit_exists when the region has one of that name."""
    policies.can_on_region(actor, "people.add_unit", region).require()
    cleaned = clean_name(name)
    if Unit.objects.filter(region=region, name=cleaned).exists():
        raise Refusal("people.unit_exists", name=cleaned, region=region.name)
    act = current()
    unit = act.add(
        Unit(
            name=cleaned,
            short_name=clean_name(short_name),
            kind=kind or guess_kind(cleaned),
            region=region,
            parent=parent,
            credit_code=credit_code,
            order=order,
            valid_from=valid_from,
        )
    )
    act.about(unit, name=cleaned)
    return unit


@action("people.ensure_units", _("登记待确认单位"), right="people.add_unit")
def ensure_units(*, actor: Actor, names: Iterable[str], region: Region, kind: str = "") -> dict[str, Unit]:
    """Units by the names as given, looked for in the region and then in those above it; unknown ones are made.

    A unit that was merged or has a successor answers with the unit that took its place.
    """
    asked = {name: clean_name(name) for name in names if clean_name(name)}
    found = _named(set(asked.values()), region)
    missing = sorted(set(asked.values()) - set(found))
    act = current()
    made = [Unit(name=name, kind=kind or guess_kind(name), region=region, confirmed=False) for name in missing]
    for unit in act.add_many(made):
        found[unit.name] = unit
    for unit in {unit.pk: unit for unit in found.values() if unit.valid_to == NEVER}.values():
        act.change(unit, valid_to=None)  # an undone import had made it, and it is named again
    if made:
        act.about(made[0], names="、".join(missing[:10]), count=len(made))
    return {name: found[cleaned] for name, cleaned in asked.items()}


def _named(names: set[str], region: Region) -> dict[str, Unit]:
    """Units of the region and those above it by full or short name; the nearest region's full name wins."""
    units = Unit.objects.filter(Q(name__in=names) | Q(short_name__in=names), region__path__in=region.lineage)
    rows = units.select_related("region", "successor__region", "successor__successor__region")
    found: dict[str, Unit] = {}
    for unit in sorted(rows, key=lambda row: (len(row.region.path), row.valid_to is None, row.pk)):
        if unit.short_name in names and unit.short_name not in found:
            found[unit.short_name] = _in_its_place(unit)
    for unit in sorted(rows, key=lambda row: (len(row.region.path), row.valid_to is None, row.pk)):
        if unit.name in names:
            found[unit.name] = _in_its_place(unit)
    return found


def _in_its_place(unit: Unit) -> Unit:
    """The unit that took this one's place by today, through any number of successions."""
    seen = {unit.pk}
    while unit.successor is not None and unit.valid_to is not None and unit.valid_to <= clock.today():
        if unit.successor.pk in seen:
            break
        unit = unit.successor
        seen.add(unit.pk)
    return unit


@action("people.confirm_unit", _("确认单位"))
def confirm_unit(*, actor: Actor, unit: Unit, kind: str = "", seen: int | None = None) -> bool:
    """Say that a unit made from a ledger is right, and of what kind it is."""
    policies.can_on_unit(actor, "people.confirm_unit", unit).require()
    act = current()
    act.about(unit, name=unit.name)
    return act.change(unit, seen=seen, kind=kind or unit.kind, confirmed=True)


@action("people.merge_unit", _("合并待确认单位"))
def merge_unit(*, actor: Actor, unit: Unit, into: Unit, seen: int | None = None) -> None:
    """Say that a unit "to be confirmed" is another spelling of one we know; ledgers then find the other.

    Moment "people.unit_merged" (actor, unit, into) lets packages above move what names the unit.
    """
    policies.can_on_unit(actor, "people.merge_unit", unit).require()
    policies.can_on_unit(actor, "people.merge_unit", into).require()
    if unit.pk == into.pk:
        raise Refusal("people.merge_same", name=unit.name)
    if unit.confirmed:
        raise Refusal("people.merge_confirmed", name=unit.name)
    _require_standing(into)
    act = current()
    act.about(unit, name=unit.name, into=into.name)
    for post in unit.posts.all():
        act.change(post, unit=into)
    act.change(unit, seen=seen, valid_to=clock.today(), successor=into, confirmed=True)
    run_duties("people.unit_merged", actor=actor, unit=unit, into=into)


@action("people.rename_unit", _("更改单位名称"))
def rename_unit(*, actor: Actor, unit: Unit, name: str, short_name: str = "", seen: int | None = None) -> bool:
    """Correct a unit's name. A unit that becomes another (机构改革) is succeeded instead, so that history stays."""
    policies.can_on_unit(actor, "people.rename_unit", unit).require()
    cleaned = clean_name(name)
    if Unit.objects.filter(region=unit.region, name=cleaned).exclude(pk=unit.pk).exists():
        raise Refusal("people.unit_exists", name=cleaned, region=unit.region.name)
    act = current()
    act.about(unit, name=cleaned)
    return act.change(unit, seen=seen, name=cleaned, short_name=clean_name(short_name) or unit.short_name)


@action("people.end_unit", _("撤销单位"))
def end_unit(*, actor: Actor, unit: Unit, on: date, reason: str, seen: int | None = None) -> None:
    """End a unit that nothing takes the place of. Moment "people.unit_ended" may refuse while work is left."""
    policies.can_on_unit(actor, "people.end_unit", unit).require()
    act = current()
    act.about(unit, reason=require_reason(reason, _("撤销单位")), name=unit.name)
    run_duties("people.unit_ended", actor=actor, unit=unit, on=on)
    act.change(unit, seen=seen, valid_to=on)


@action("people.succeed_unit", _("撤并单位"))
def succeed_unit(
    *, actor: Actor, unit: Unit, successor: Unit, on: date, document: str, seen: int | None = None
) -> None:
    """Another unit takes this one's place from `on`, by a document; moment "people.unit_succeeded" moves its work."""
    policies.can_on_unit(actor, "people.succeed_unit", unit).require()
    policies.can_on_unit(actor, "people.succeed_unit", successor).require()
    if unit.pk == successor.pk:
        raise Refusal("people.merge_same", name=unit.name)
    _require_standing(successor)
    act = current()
    act.about(unit, reason=require_reason(document, _("撤并单位的依据文件")), name=unit.name, into=successor.name)
    act.change(unit, seen=seen, valid_to=on, successor=successor)
    run_duties("people.unit_succeeded", actor=actor, unit=unit, successor=successor, on=on, document=document)


def _require_standing(unit: Unit) -> None:
    if unit.valid_to is not None and unit.valid_to <= clock.today():
        raise Refusal("people.unit_ended", name=unit.name, on=unit.valid_to)
