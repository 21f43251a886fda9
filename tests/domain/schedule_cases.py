"""西工小街: a street rebuilt within 2019, as a back-plan. Its fixed dates are those of the district's list."""

from datetime import date

from guatu.domain.schedule.types import Change, Constraint, Crash, Link, Node, Plan
from guatu.domain.workdays import Closure, official_calendar

HEATING_STOP = Closure(date(2019, 11, 15), date(2019, 11, 20), "采暖季停工")
CALENDAR = official_calendar([HEATING_STOP])


def xigong_street(today, deadline=date(2019, 12, 31)):
    """Design fixed by 30 June, tender done and works begun by 1 October, finished by the deadline."""
    nodes = (
        Node("方案设计", 55, finish_no_later=date(2019, 6, 30), crash=Crash(8, 3000)),
        Node("招标公告", 20, unit="calendar"),
        Node("评标定标", 30, finish_no_later=date(2019, 10, 1), crash=Crash(5, 2000)),
        Node("开工", 0, finish_no_later=date(2019, 10, 1)),
        Node("管网施工", 35, crash=Crash(7, 8000)),
        Node("路面施工", 30, crash=Crash(5, 12000)),
        Node("竣工验收", 3),
    )
    links = (
        Link("方案设计", "招标公告"),
        Link("招标公告", "评标定标"),
        Link("评标定标", "开工"),
        Link("开工", "管网施工"),
        Link("管网施工", "路面施工", "SS", 25),
        Link("管网施工", "路面施工", "FF", 5),
        Link("路面施工", "竣工验收"),
    )
    return Plan(nodes, links, today, deadline, CALENDAR)


def said(one: Change | Constraint) -> str:
    """A change or a constraint as the page writes it."""
    if one.link is not None:
        lag = f"+{one.link.lag}" if one.link.lag else ""
        return f"{one.link.start} {one.link.type}{lag} {one.link.to}"
    if isinstance(one, Change) and one.days is not None:
        return f"{one.node} {one.days}"
    return " ".join(part for part in (one.kind, one.node, str(one.date)) if part)
