"""Regions: made on first use with their parents, confirmed and renamed by the office."""

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current
from guatu.domain.codes import RegionCode
from guatu.domain.errors import DomainError
from guatu.people import policies
from guatu.people.models import Region


@action("people.add_region", _("登记行政区划"))
def add_region(*, actor: Actor, code: str, name: str) -> Region:
    """Register a region under the actor's own, with its name; one that is there already only gets confirmed."""
    region = ensure_region(actor=actor, code=code, name=name, confirmed=True)
    policies.can_on_region(actor, "people.add_region", region).require()
    return region


@action("people.ensure_region", _("登记待确认区划"), right="people.add_region")
def ensure_region(*, actor: Actor, code: str, name: str = "", confirmed: bool = False) -> Region:
    """The region of a GB/T 2260 code, made with its missing parents as "to be confirmed" when it isn't there.

    A name that is given fills one that nobody confirmed yet. Raises Refusal("people.region_code") for a code that is
    malformed or of no existing province.
    """
    nodes = _lineage(code)
    known = {row.code: row for row in Region.objects.filter(code__in=[node.code for node in nodes])}
    act = current()
    parent: Region | None = None
    for node in nodes:
        region = known.get(node.code)
        last = node is nodes[-1]
        if region is None:
            region = act.add(
                Region(
                    code=node.code,
                    name=(name if last else "") or _known_name(node),
                    level=node.level,
                    parent=parent,
                    path=f"{parent.path if parent else ''}{node.code}/",
                    confirmed=confirmed and last,
                )
            )
            act.about(region, code=node.code)
        elif last and name and not region.confirmed and (region.name != name or confirmed):
            act.change(region, name=name, confirmed=confirmed)
            act.about(region, code=node.code)
        parent = region
    assert parent is not None  # a lineage has at least its province
    return parent


def _lineage(code: str) -> list[RegionCode]:
    """The code and all above it, the province first."""
    try:
        node = RegionCode.parse(code)
    except DomainError:
        raise Refusal("people.region_code", code=code) from None
    return [*reversed(node.ancestors), node]


def _known_name(node: RegionCode) -> str:
    """What a region is called until somebody says so: provinces have their names, others their code."""
    return node.province_name if node.parent is None else node.code


@action("people.confirm_region", _("确认行政区划"))
def confirm_region(*, actor: Actor, region: Region, name: str = "", seen: int | None = None) -> bool:
    """Say that a region made on first use is right, with its proper name."""
    policies.can_on_region(actor, "people.confirm_region", region).require()
    act = current()
    act.about(region, code=region.code)
    return act.change(region, seen=seen, name=name.strip() or region.name, confirmed=True)


@action("people.rename_region", _("更改行政区划名称"))
def rename_region(*, actor: Actor, region: Region, name: str, seen: int | None = None) -> bool:
    """Correct a region's name."""
    policies.can_on_region(actor, "people.rename_region", region).require()
    act = current()
    act.about(region, code=region.code, name=name)
    return act.change(region, seen=seen, name=name.strip())
