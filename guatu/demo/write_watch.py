"""Carrying out what concerns the watch: it is ordered, and most projects' days are handed in."""

from datetime import date
from typing import Final

from guatu.core.actor import Actor
from guatu.demo.model import WatchDay, WatchOrdered
from guatu.domain.rhythm import Asks
from guatu.domain.stages import BEGUN
from guatu.domain.watch import Field, Value
from guatu.library.models import Project
from guatu.people.models import Region
from guatu.reporting import actions
from guatu.reporting.choices import Means
from guatu.reporting.models import Campaign
from guatu.reporting.queries.ready_sheets import READY, as_data
from guatu.reporting.queries.watches import asked_on

SHORT: Final = ("商品混凝土供应紧张", "钢筋规格不齐", "砂石料进场慢")
DANGER: Final = ("基坑西侧少量积水，已抽排", "临时道路局部冲刷，已铺垫")


def order(deed: WatchOrdered, region: Region, office: Actor) -> None:
    """The office orders the watch from a ready form."""
    ready = READY[deed.ready]
    order_ = actions.WatchOrder(
        name=deed.name,
        document=deed.document,
        starts_on=deed.at.date(),
        ends_on=deed.ends,
        fields=as_data(ready.fields),
        asks=Asks(kinds=frozenset(ready.kinds)),
    )
    actions.make_watch(actor=office, region=region, order=order_)


def say(deed: WatchDay, office: Actor) -> None:
    """A day: one project in nine says nothing, one in seven is told over the telephone."""
    day = deed.at.date()
    campaign = Campaign.objects.select_related("region", "annual_list").get(name=deed.watch)
    asked = [one.project for one in asked_on(office, campaign, day)]
    fields = READY["flood" if "汛" in deed.watch else "resumption"].fields
    said: dict[Means, list[actions.DaySaid]] = {Means.PRODUCT: [], Means.PHONE: []}
    for place, project in enumerate(asked):
        if (place + day.toordinal()) % 9:
            means = Means.PHONE if place % 7 == 3 else Means.PRODUCT
            said[means].append(actions.DaySaid(project, _values(fields, project, place, day)))
    for means, rows in said.items():
        if rows:
            actions.say_day(actor=office, campaign=campaign, day=day, rows=rows, means=means)


def _values(fields: tuple[Field, ...], project: Project, place: int, day: date) -> dict[str, Value]:
    """What a project says of a day, drawn from its place and the day."""
    draw = (place * 37 + day.toordinal() * 11) % 100
    begun = project.stage in BEGUN
    drawn: dict[str, Value] = {
        "resumed": begun,
        "workers": draw % 23 if begun else 0,
        "vehicles": draw % 4,
        "materials": SHORT[draw % 3] if draw % 13 == 0 else "",
        "on_duty": draw % 17 != 0,
        "people": 3 + place % 8,
        "found": draw % 5 // 3,
        "mended": draw % 5 // 4,
        "danger": DANGER[draw % 2] if draw % 29 == 0 else "",
    }
    return {field.code: drawn[field.code] for field in fields if drawn[field.code] != ""}
