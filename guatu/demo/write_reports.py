"""Carrying out what concerns reports: the district's rules, and a month's reports as returned workbooks bring them."""

from typing import Any

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.demo import reports
from guatu.demo.model import ReportRules, Reports
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.people.models import Region, Unit
from guatu.reporting import actions
from guatu.reporting.choices import Means
from guatu.reporting.models import Reading, Report
from guatu.reporting.policies import may_skip_check
from guatu.reporting.queries import readings_as_of
from guatu.reporting.queries.asked import Wanted, wanted
from guatu.reporting.queries.rule_presets import CODES, PRESETS

LEFT = 7  # of so many projects one has still to report
SAID_BY = "责任单位填报人"


def adopt(deed: ReportRules, region: Region, office: Actor, head: Actor) -> None:
    """The office drafts the rules from what stands ready, its head puts them in force."""
    for code in reports.PRESETS:
        ready = PRESETS[code]
        named: dict[str, Any] = {"code": CODES[ready.kind], "name": ready.name, "kind": ready.kind, "rule": ready.rule}
        row = actions.draft_rule(actor=office, region=region, **named)
        approved_by = reports.APPROVED_BY.format(year=deed.valid_from.year)
        actions.adopt_rule(actor=head, row=row, seen=row.version, valid_from=deed.valid_from, approved_by=approved_by)


def report(deed: Reports, own: Unit, office: Actor, head: Actor) -> None:
    """Most units' reports say what the month's sheet says already; half of them are accepted. The reporter's own unit
    has one figure that was said by phone, and the rest still to do.
    """
    period = Period.parse(deed.month)
    rows = list(Project.objects.filter(withdrawn=False).select_related("region", "unit").order_by("pk"))
    asked = [one for one in wanted(rows, clock.today(), period) if one.rule.row.kind == "month"]
    known = readings_as_of([one.project.pk for one in asked], period.end)
    done: list[Report] = []
    phoned = False
    for place, one in enumerate(asked):
        reading = known.get(one.project.pk)
        if reading is None or reading.effective_on != period.end or reading.estimate:
            continue
        if one.project.unit_id != own.pk and place % LEFT:
            done.append(_handed_in(one, reading, office))
        elif one.project.unit_id == own.pk and not phoned:
            phoned = True
            said: dict[str, Any] = {"said_by": SAID_BY, "said_at": clock.now()}
            actions.phone_in(
                actor=office, project=one.project, expected=one.expected, content=_content(reading), **said
            )
    ready = [(row, row.version) for row in done[::2] if may_skip_check(row.unit)]
    if ready:
        actions.accept_reports(actor=head, reports=ready)


def _handed_in(one: Wanted, reading: Reading, office: Actor) -> Report:
    content = _content(reading)
    row, _findings = actions.submit_report(
        actor=office, project=one.project, expected=one.expected, content=content, means=Means.WORKBOOK
    )
    return row


def _content(reading: Reading) -> actions.ReportContent:
    return actions.ReportContent(
        ytd=reading.ytd,
        cumulative=reading.cumulative,
        percent=reading.percent,
        words=reading.words,
        problem=reading.problem,
        next_plan=reading.next_plan,
    )
