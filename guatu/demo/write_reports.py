"""Carrying out what concerns reports: the district's rules, and a month's reports as returned workbooks bring them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.attachments import keep_file
from guatu.demo import reports
from guatu.demo.model import ReportRules, Reports
from guatu.demo.write_people import People
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.people.models import Region
from guatu.reporting import actions
from guatu.reporting.actions.corrected import locked_until
from guatu.reporting.choices import Means, ReportKind, ReportState
from guatu.reporting.models import Reading, Report
from guatu.reporting.policies import may_skip_check
from guatu.reporting.queries import readings_as_of
from guatu.reporting.queries.asked import Wanted, wanted
from guatu.reporting.queries.rule_presets import CODES, PRESETS

LEFT = 7  # of so many projects one has still to report
OWN = 3  # reports of the reporter's own unit that have come: one by phone, the others wait for the unit's check
TOO_MUCH = 200_000  # yuan
CORRECTED = "监理复核工程量，上月多报20万元"
SAID_BY = "责任单位填报人"


def adopt(deed: ReportRules, region: Region, office: Actor, head: Actor) -> None:
    """The office drafts the rules from what stands ready, its head puts them in force."""
    for code in reports.PRESETS:
        ready = PRESETS[code]
        named: dict[str, Any] = {"code": CODES[ready.kind], "name": ready.name, "kind": ready.kind, "rule": ready.rule}
        row = actions.draft_rule(actor=office, region=region, **named)
        approved_by = reports.APPROVED_BY.format(year=deed.valid_from.year)
        actions.adopt_rule(actor=head, row=row, seen=row.version, valid_from=deed.valid_from, approved_by=approved_by)


def report(deed: Reports, people: People) -> None:
    """Most units' reports say what the month's sheet says already; half of them are accepted, one unit's others are
    approved by a stamped sheet. The reporter's own unit has one figure that was said by phone, one report that corrects
    the locked month and waits for the unit's check, and the rest still to do.
    """
    office, head, own = people.actor("office"), people.actor("office_head"), people.units["housing"]
    done: list[Report] = []
    mine: list[tuple[Wanted, actions.ReportContent]] = []
    for place, (one, content) in enumerate(told(Period.parse(deed.month))):
        if one.project.unit_id == own.pk:
            mine.append((one, content))
        elif place % LEFT:
            done.append(_handed_in(one, content, office))
    ready = [(row, row.version) for row in done[::2] if may_skip_check(row.unit)]
    if ready:
        actions.accept_reports(actor=head, reports=ready)
    _stamp(done, office, head)
    mine.sort(key=lambda row: _before(row[0]) is None)  # what can be corrected first
    come = mine[: min(OWN, max(1, len(mine) // 2))]
    for one, content in come[-1:]:
        said: dict[str, Any] = {"said_by": SAID_BY, "said_at": clock.now()}
        actions.phone_in(actor=office, project=one.project, expected=one.expected, content=content, **said)
    for one, content in come[:-1]:
        _correct(one, replace(content, amount=None), people.actor("reporter"))


def told(period: Period) -> Iterator[tuple[Wanted, actions.ReportContent]]:
    """The monthly reports that are asked for a period, of projects of which the month's sheet says the last word."""
    rows = list(Project.objects.filter(withdrawn=False).select_related("region", "unit").order_by("pk"))
    asked = [one for one in wanted(rows, clock.today(), period) if one.rule.row.kind == "month"]
    known, before = sheets_of([one.project.pk for one in asked], period)
    for one in asked:
        reading = known.get(one.project.pk)
        if reading is not None and reading.effective_on == period.end and not reading.estimate:
            yield one, content_of(reading, before.get(one.project.pk))


def sheets_of(ids: Sequence[int], period: Period) -> tuple[dict[int, Reading], dict[int, Reading]]:
    """What stands of projects at a period's end, and what stood before it."""
    return readings_as_of(ids, period.end), readings_as_of(ids, period.start - timedelta(days=1))


def _handed_in(one: Wanted, content: actions.ReportContent, office: Actor) -> Report:
    row, _findings = actions.submit_report(
        actor=office, project=one.project, expected=one.expected, content=content, means=Means.WORKBOOK
    )
    return row


def content_of(reading: Reading, before: Reading | None) -> actions.ReportContent:
    """What a report says that says what a sheet said; the period's amount is what came to the year's sum before."""
    same_year = before is not None and before.effective_on.year == reading.effective_on.year
    last = (before.ytd or 0) if before is not None and same_year else 0
    return actions.ReportContent(
        amount=None if reading.ytd is None else max(0, reading.ytd - last),
        ytd=reading.ytd,
        cumulative=reading.cumulative,
        percent=reading.percent,
        words=reading.words,
        problem=reading.problem,
        next_plan=reading.next_plan,
    )


def _stamp(reports: Sequence[Report], office: Actor, head: Actor) -> None:
    """The unit with most reports that wait approves them on paper: its sheet is printed, stamped, scanned, counted."""
    waiting: dict[int, list[Report]] = {}
    for row in reports:
        if row.state == ReportState.SUBMITTED and row.unit_id is not None:
            waiting.setdefault(row.unit_id, []).append(row)
    if not waiting:
        return
    theirs = max(waiting.values(), key=len)
    unit = theirs[0].unit
    assert unit is not None  # it was chosen by its unit
    sheet = actions.print_sheet(actor=office, unit=unit, reports=theirs)
    name = f"{unit.name}{sheet.period_words}审核表（盖章扫描件，演示）.pdf"
    scan = keep_file(ContentFile(actions.sheet_pdf(sheet), name=name), kinds=("pdf",))
    back = actions.receive_sheet(actor=office, sent=sheet, file=scan)
    actions.count_sheet(actor=head, row=back, seen=back.version)


def _before(one: Wanted) -> Report | None:
    """The last accepted report before it."""
    rows = Report.objects.filter(project=one.project, kind=ReportKind.MONTH, state=ReportState.ACCEPTED)
    return rows.filter(on__lt=one.expected.on).order_by("on").last()


def _correct(one: Wanted, content: actions.ReportContent, reporter: Actor) -> None:
    """A project's report names what was too much in the locked month's, and is handed in."""
    before = _before(one)
    ytd = before.content.get("ytd") if before is not None else None
    seen = None
    if before is not None and ytd is not None and ytd > TOO_MUCH and locked_until(one.project, before.on):
        row = actions.correct_locked(
            actor=reporter, report=before, expected=one.expected, reason=CORRECTED, ytd=ytd - TOO_MUCH
        )
        seen = row.version
    actions.submit_report(actor=reporter, project=one.project, expected=one.expected, content=content, seen=seen)
