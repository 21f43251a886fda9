"""Rules, reports and phoned-in figures of one bureau, for the tests of pages and routes."""

from datetime import date
from typing import Any

from guatu.core import clock
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.reporting import actions
from guatu.reporting.content import ReportContent
from guatu.reporting.models import Report, ReportRule
from guatu.reporting.queries.asked import wanted
from guatu.reporting.queries.rule_presets import PRESETS
from tests.reporting.workbooks import asked_unit
from tests.support.cast import Cast


def drafted(cast: Cast, who: str = "office", region: str = "district", preset: str = "week_raised") -> ReportRule:
    """A ready rule as a region's draft."""
    ready = PRESETS[preset]
    kept = {"code": ready.kind, "name": ready.name, "kind": ready.kind, "rule": ready.rule}
    return actions.draft_rule(actor=cast.actor(who), region=cast.region(region), **kept)


def adopted(cast: Cast, row: ReportRule, day: date | None = None, who: str = "office_head") -> ReportRule:
    """The same in force."""
    day = day or clock.today()
    return actions.adopt_rule(actor=cast.actor(who), row=row, seen=row.version, valid_from=day, approved_by="领导小组")


def rule_of(cast: Cast, who: str = "office", region: str = "district") -> dict[str, Any]:
    """The part of an address that names a draft."""
    return {"public_id": drafted(cast, who, region).public_id}


def in_force(cast: Cast, region: str = "district") -> dict[str, Any]:
    """The part of an address that names a rule in force."""
    row = drafted(cast, "operator", region)
    return {"public_id": adopted(cast, row, who="operator").public_id}


def last_month(cast: Cast, unit: str = "housing") -> dict[str, Any]:
    """The parts of an address that name a project of a unit and the month that it reports."""
    asked_unit(cast, f"{unit}示例项目", unit=unit)
    one = wanted(Project.objects.select_related("region", "unit"), clock.today())[0]
    return {"public_id": one.project.public_id, "period": one.expected.period.code}


def period(cast: Cast) -> dict[str, Any]:
    """The part of an address that names the month that is reported."""
    return {"period": last_month(cast)["period"]}


def phoned(cast: Cast, project: Project, code: str, said_by: str = "责任单位填报员", **said: Any) -> Report:
    """What a unit said by phone."""
    one = wanted([project], clock.today(), Period.parse(code))[0]
    return actions.phone_in(
        actor=cast.actor("office"),
        project=project,
        expected=one.expected,
        content=ReportContent(**said),
        said_by=said_by,
        said_at=clock.now(),
        seen=one.report.version if one.report is not None else None,
    )


def phoned_in(cast: Cast, unit: str = "housing") -> dict[str, Any]:
    """The parts of an address that name a figure said by phone."""
    parts = last_month(cast, unit)
    phoned(cast, Project.objects.select_related("region", "unit").get(), parts["period"], words="主体封顶")
    return parts


def rule_form(**more: Any) -> dict[str, Any]:
    """A weekly rule as its form is sent."""
    return {
        "name": "省市重点项目周报",
        "fields_asked": ["money", "words", "problem"],
        "levels": ["district"],
        "projects": "",
        "closes": "4",
        "days": "1",
        "counts": "workday",
        "at": "17:00",
        "remind": ["0"],
        "every": "2",
    } | more
