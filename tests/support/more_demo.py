"""What a demonstration district has only after some work: a snapshot, a bulletin, a published paper, an import, a job.

`python -m tests.support.more_demo` makes them in the served installation and prints "log-in, tab, address" of the pages
that they have. `python -m tests.support.more_demo stretch` gives the district names of 80 characters and amounts of 12
digits instead, and prints the same of the pages where they stand.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.support.more_watch import watch_pages
from tests.support.small_demo import TODAY

if TYPE_CHECKING:
    from guatu.library.models import AnnualList, Project

Page = tuple[str, str]
OFFICE, HEAD, SYSTEM, REPORTER = "demo-xiangmuban", "demo-zhuren", "demo-xitong", "demo-tianbao"
REVIEWER = "demo-shenhe"
NAME = (
    "超长名称示范片区综合交通枢纽及配套基础设施建设与既有城区更新改造提升工程第一阶段一标段征迁安置房及地下综合管廊"
    "与海绵城市附属设施配套道路绿化亮化示范项目（甲地）"
)
AMOUNT = 999_999_999_999  # yuan: twelve digits


def more() -> Iterator[Page]:
    """The objects, with the posts that may see them."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    from guatu.core import clock
    from guatu.core.actor import OPERATOR
    from guatu.core.attachments import keep_file
    from guatu.core.models import Job
    from guatu.figures.actions import draft_light_rules, record_published, take_snapshot
    from guatu.figures.published import read_text
    from guatu.figures.queries import papers
    from guatu.library.actions import ask_reopening
    from guatu.library.models import AnnualList, ClosedPeriod, ListEntry, Project
    from guatu.people.actions import add_closure, add_sitting
    from guatu.people.models import User
    from guatu.people.queries import actor_from_text
    from guatu.plans.actions import begin_draft, save_template
    from guatu.plans.models import Node, PlanDraft
    from guatu.plans.queries import content_in_force
    from guatu.plans.templates_ready import READY
    from guatu.publishing.actions import draft_bulletin
    from guatu.reporting import drafts, imports
    from tests.figures.bulletins import qinshui
    from tests.imports import books

    annual = AnnualList.objects.filter(year=TODAY.year, level="district").first()
    assert annual is not None
    snapshot = take_snapshot(actor=OPERATOR, annual_list=annual, name="常委会", as_of=TODAY)
    yield OFFICE, reverse("dispatch:snapshot", args=[snapshot.public_id])
    bulletin = draft_bulletin(actor=OPERATOR, kind="progress", lists=[annual], as_of=TODAY)
    for name in ("bulletin", "edit", "return"):
        yield OFFICE, reverse(f"publishing:{name}", args=[bulletin.public_id])
    record_published(actor=OPERATOR, rows=read_text(qinshui()))
    yield OFFICE, reverse("figures:published")
    yield OFFICE, reverse("figures:published_paper", args=[papers()[0].key])
    user = User.objects.get(username=OFFICE)
    job = Job.objects.create(kind="core.verify_trail", words="校验操作记录", started_by=user, created_at=clock.now())
    yield OFFICE, reverse("core:job", args=[job.public_id])
    file = keep_file(SimpleUploadedFile("台账.xlsx", books.plan_book()), kinds=("xlsx",))
    order = imports.Order(
        kind=imports.PLAN, path=file.path, name=file.name, year=2019, level="district", region=annual.region.code,
        period=None,
    )  # fmt: skip
    values = {"region": annual.region, "level": "district", "year": 2019}
    draft = drafts.begin(actor_from_text(OFFICE), file, order, values)
    yield OFFICE, reverse("reporting:import_draft", args=[draft.public_id])
    for name in ("list", "list_settings", "list_batch", "list_check_point", "list_enter"):
        yield OFFICE, reverse(f"library:{name}", args=[annual.public_id])
    for name in ("list_amend", "list_issue", "list_carry", "list_close"):
        yield HEAD, reverse(f"library:{name}", args=[annual.public_id])
    yield OFFICE, reverse("reporting:export", args=[annual.public_id])
    yield OFFICE, reverse("people:user", args=[user.public_id])
    closure = add_closure(
        actor=OPERATOR, words="采暖期停工", kind="season", region=annual.region, document="秋冬季方案", yearly=True,
        starts_on=date(TODAY.year - 1, 11, 15), ends_on=date(TODAY.year, 3, 15),
    )  # fmt: skip
    sitting = add_sitting(actor=OPERATOR, name="区政府常务会", region=annual.region, weekdays=[2])
    yield OFFICE, reverse("people:calendar")
    yield OFFICE, reverse("people:closure", args=[closure.public_id])
    yield OFFICE, reverse("people:sitting", args=[sitting.public_id])
    yield SYSTEM, reverse("people:calendar_year", args=[TODAY.year])
    yield SYSTEM, reverse("people:calendar_year", args=[TODAY.year + 5])
    rules = draft_light_rules(actor=OPERATOR, region=annual.region, preset="yinchuan")
    for name in ("light_rule_set", "edit_light_rules"):
        yield OFFICE, reverse(f"figures:{name}", args=[rules.public_id])
    yield OFFICE, reverse("figures:draft_light_rules")
    yield HEAD, reverse("figures:adopt_light_rules", args=[rules.public_id])
    yield OFFICE, reverse("figures:target_sheet", args=[annual.public_id])
    yield HEAD, reverse("figures:issue_target_sheet", args=[annual.public_id])
    entry = ListEntry.objects.filter(annual_list=annual, listed=True, project__plan__isnull=False).first()
    assert entry is not None
    project = entry.project.public_id
    for name in ("project_lights", "explain_light"):
        yield OFFICE, reverse(f"figures:{name}", args=[project])
    yield HEAD, reverse("figures:exempt_light", args=[project])
    for name in ("target_profile", "target_amounts"):
        yield OFFICE, reverse(f"figures:{name}", args=[project, annual.public_id])
    node = Node.objects.filter(plan__project=entry.project, withdrawn=False).first()
    assert node is not None
    for name in ("node", "items"):
        yield OFFICE, reverse(f"plans:{name}", args=[project, node.public_id])
    without = Project.objects.filter(plan_drafts=None).first()
    assert without is not None
    yield OFFICE, reverse("plans:begin", args=[without.public_id])
    if not PlanDraft.objects.filter(project=entry.project).exists():
        begin_draft(actor=OPERATOR, project=entry.project, content=content_in_force(entry.project))
    yield OFFICE, reverse("plans:draft", args=[project])
    yield HEAD, reverse("plans:template", args=[project])
    own = save_template(
        actor=OPERATOR, region=annual.region, code="own", name="本区模板", content=content_in_force(entry.project)
    )
    yield HEAD, reverse("plans:templates")
    yield HEAD, reverse("plans:own_template", args=[own.public_id])
    yield HEAD, reverse("plans:ready_template", args=[READY[0].code])
    stop = add_closure(
        actor=OPERATOR,
        words="管线迁改",
        region=entry.project.region,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=9),
        subject=entry.project.trail_subject(),
        document="示例〔2026〕7号",
    )
    yield OFFICE, reverse("plans:closure", args=[project])
    yield OFFICE, reverse("plans:closure_end", args=[project, stop.public_id])
    yield OFFICE, reverse("demo:printed")
    yield SYSTEM, reverse("people:users")
    yield "demo-shenji", reverse("core:access")
    for name in ("library:declare_gate", "people:double_duty"):
        yield HEAD, reverse(name)
    yield from workbooks(annual)
    yield from evidence(entry.project)
    yield from layouts(annual)
    yield from rhythm(annual)
    yield from watch_pages()
    closed = ClosedPeriod.objects.get(annual_list=annual)
    ask_reopening(actor=OPERATOR, closed=closed, seen=closed.version, reason="漏报一个项目")
    yield OFFICE, reverse("library:closing_ask", args=[closed.public_id])
    yield HEAD, reverse("library:closing_reopen", args=[closed.public_id])
    yield from reviewed()


def reviewed() -> Iterator[Page]:
    """A unit's report that waits for its reviewer (the watch's sheet brought it), and a locked one to be corrected."""
    from django.urls import reverse

    from guatu.domain.periods import Period
    from guatu.domain.rhythm import expected
    from guatu.people.queries import actor_from_text, calendar_for
    from guatu.reporting import actions
    from guatu.reporting.content import ReportContent
    from guatu.reporting.models import Report
    from guatu.reporting.sent.making import RIGHT, offers
    from guatu.reporting.units import units_within

    reporter, reviewer, office = (actor_from_text(login) for login in (REPORTER, REVIEWER, OFFICE))
    unit = next(one for one in units_within(reporter, RIGHT) if one.pk == reporter.unit_id)
    (offer,) = offers(reporter, unit, TODAY)
    one = offer.asked[-1]
    said = ReportContent(words="基础施工", problem="管线迁改")
    begin, end = date(TODAY.year, 1, 1), date(TODAY.year, 1, 31)
    calendar = calendar_for(one.project.region, closures=False)
    january = expected(one.rule.rhythm, Period("month", begin, end), calendar)
    locked, _found = actions.submit_report(actor=reporter, project=one.project, expected=january, content=said)
    actions.check_reports(actor=reviewer, reports=[(locked, locked.version)])
    actions.accept_reports(actor=office, reports=[(locked, locked.version)])
    report = Report.objects.filter(unit=unit, period=offer.expected.period.code, state="submitted").order_by("pk")[0]
    yield REPORTER, reverse("reporting:report_correct", args=[locked.public_id])
    yield REVIEWER, reverse("reporting:review")
    yield REVIEWER, reverse("reporting:report_return", args=[report.public_id])
    yield OFFICE, reverse("reporting:reports")


def evidence(project: "Project") -> Iterator[Page]:
    """A photo that was taken far from its site, and the rules of what counts."""
    from django.urls import reverse

    from guatu.core.actor import OPERATOR
    from guatu.reporting.actions import adopt_evidence_rules
    from guatu.reporting.models import EvidenceRule
    from tests.support.photos import handed_in

    piece = handed_in(OPERATOR, project, place=(100.0, 30.0), taken="2030:01:01 08:00:00")
    for name in ("evidence_piece", "withdraw_evidence"):
        yield OFFICE, reverse(f"reporting:{name}", args=[piece.public_id])
    yield OFFICE, reverse("reporting:hand_in_evidence", args=[project.public_id])
    yield HEAD, reverse("reporting:findings")
    yield HEAD, reverse("reporting:finding", args=[piece.findings.order_by("pk")[0].public_id])
    adopt_evidence_rules(actor=OPERATOR, region=project.region)
    rule = EvidenceRule.objects.filter(valid_to=None).order_by("pk")[0]
    for name in ("evidence", "evidence_rules", "add_evidence_rule"):
        yield OFFICE, reverse(f"reporting:{name}")
    yield OFFICE, reverse("reporting:evidence_rule", args=[rule.public_id])


def workbooks(annual: "AnnualList") -> Iterator[Page]:
    """A unit's workbook that went out and came back with a cell that was changed on both sides."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    from guatu.core.attachments import keep_file
    from guatu.core.roundtrip.layout import SentRow
    from guatu.core.roundtrip.out import unit_workbook_bytes
    from guatu.people.queries import actor_from_text
    from guatu.reporting import actions
    from guatu.reporting.content import ReportContent
    from guatu.reporting.sent.making import RIGHT, offers, workbook_of
    from guatu.reporting.units import units_within

    actor = actor_from_text(REPORTER)
    unit = next(one for one in units_within(actor, RIGHT) if one.pk == actor.unit_id)
    offer = next(one for one in offers(actor, unit, TODAY) if one.kind == "month")
    book, projects = workbook_of(unit, offer)
    sent = actions.send_workbook(actor=actor, unit=unit, offer=offer, book=book, projects=projects)
    project = next(one.project for one in offer.asked if one.report is None)
    actions.save_report(actor=actor, project=project, expected=offer.expected, content=ReportContent(amount=2_000_000))
    first, *others = book.rows
    edited = SentRow(first.key, {**first.values, "amount": 3_000_000, "words": "主体封顶"})
    data, _sent = unit_workbook_bytes(replace(book, rows=[edited, *others]))
    kept = keep_file(SimpleUploadedFile("填报表.xlsx", data), kinds=("xlsx",))
    returned = actions.receive_workbook(actor=actor, sent=sent, file=kept, counts={"taken": 1, "conflicts": 1})
    yield REPORTER, reverse("reporting:workbooks")
    yield REPORTER, reverse("reporting:workbook_return", args=[returned.public_id])


def layouts(annual: "AnnualList") -> Iterator[Page]:
    """A sheet of another system in use, and their export of it with a figure that differs from ours."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    from guatu.core.attachments import keep_file
    from guatu.people.queries import actor_from_text
    from guatu.reporting import actions
    from guatu.reporting.layouts.book import layout_file
    from guatu.reporting.layouts.filling import fill
    from guatu.reporting.layouts.page import period_of
    from guatu.reporting.layouts.ready import ready_layouts

    actor, layout = actor_from_text(OFFICE), ready_layouts()["national_projects"]
    row = actions.use_layout(actor=actor, region=annual.region, layout=layout)
    period = period_of(layout, annual, "")
    filled = fill(actor, layout, annual, period)
    filled.rows[0].cells["dispatch.ytd"] = 7_000_000
    kept = keep_file(SimpleUploadedFile("国库导出.xlsx", layout_file(filled)[1]), kinds=("xlsx",))
    returned = actions.receive_layout(
        actor=actor, row=row, annual_list=annual, period=period, file=kept, counts={"rows": 1, "held": 2}
    )
    yield OFFICE, reverse("reporting:layouts")
    for name in ("layout", "layout_columns"):
        yield OFFICE, reverse(f"reporting:{name}", args=[row.public_id])
    yield OFFICE, reverse("reporting:layout_return", args=[returned.public_id])


def rhythm(annual: "AnnualList") -> Iterator[Page]:
    """A draft of a rule, one in force, who has still to report, and a figure that was said by phone."""
    from django.urls import reverse

    from guatu.core.actor import OPERATOR
    from guatu.reporting import actions
    from guatu.reporting.models import Report, ReportRule
    from guatu.reporting.queries.rule_presets import PRESETS

    ready = PRESETS["quarter"]
    draft = actions.draft_rule(
        actor=OPERATOR, region=annual.region, code="quarter", name=ready.name, kind=ready.kind, rule=ready.rule
    )
    for name in ("rule", "edit_rule"):
        yield OFFICE, reverse(f"reporting:{name}", args=[draft.public_id])
    yield HEAD, reverse("reporting:adopt_rule", args=[draft.public_id])
    stands = ReportRule.objects.filter(kind="month", state="in_force").first()
    assert stands is not None
    yield HEAD, reverse("reporting:end_rule", args=[stands.public_id])
    for name in ("rules", "begin_rule", "chase", "chase_estimates", "burden"):
        yield OFFICE, reverse(f"reporting:{name}")
    phoned = Report.objects.filter(to_confirm=True).select_related("project").first()
    assert phoned is not None
    for name in ("chase_rows", "chase_phones"):
        yield OFFICE, reverse(f"reporting:{name}", args=[phoned.period])
    yield "demo-shenhe", reverse("reporting:phoned", args=[phoned.project.public_id, phoned.period])
    yield OFFICE, reverse("reporting:phone_in", args=[phoned.project.public_id, phoned.period])


def stretch() -> Iterator[Page]:
    """Names and amounts at their limits, written beneath the actions: this is no district that anybody would enter."""
    from django.urls import reverse

    from guatu.library.models import AnnualList, ListEntry, Project, ProjectProfile
    from guatu.people.models import Unit
    from guatu.reporting.models import Campaign, Report

    assert len(NAME) == 80
    annual = AnnualList.objects.filter(year=TODAY.year, level="district").first()
    assert annual is not None
    entries = ListEntry.objects.filter(annual_list=annual)[:6]
    for entry in entries:
        ListEntry.objects.filter(pk=entry.pk).update(planned_investment=AMOUNT)
        ProjectProfile.objects.filter(project=entry.project).update(total_investment=AMOUNT)
        Project.objects.filter(pk=entry.project_id).update(name=NAME, owner_name=NAME)
    reports = list(Report.objects.order_by("pk").select_related("project"))
    Project.objects.filter(pk__in={row.project_id for row in reports}).update(name=NAME)
    for unit in Unit.objects.all()[:6]:
        Unit.objects.filter(pk=unit.pk).update(name=NAME, short_name="")
    for place, pk in enumerate(sorted({row.unit_id for row in reports if row.unit_id})):
        Unit.objects.filter(pk=pk).update(name=f"{NAME[:-1]}{place:x}", short_name="")  # a name is had once in a region
    AnnualList.objects.filter(pk=annual.pk).update(name=NAME)
    places = ("dispatch:overview", "dispatch:rows", "dispatch:cut", "dispatch:bases", "library:projects")
    for name in (*places, "library:lists", "people:units", "publishing:new"):
        yield OFFICE, reverse(name)
    yield OFFICE, reverse("library:list", args=[annual.public_id])
    for name in ("project", "change", "profile", "stage", "assign"):
        yield OFFICE, reverse(f"library:{name}", args=[entries[0].project.public_id])
    yield OFFICE, reverse("people:unit", args=[unit.public_id])
    for name in ("review", "reports", "chase", "chase_estimates", "burden", "evidence", "watches", "layouts"):
        yield OFFICE, reverse(f"reporting:{name}")
    last = max(row.period for row in reports if row.kind == "month")
    for name in ("chase_rows", "chase_phones"):
        yield OFFICE, reverse(f"reporting:{name}", args=[last])
    yield OFFICE, reverse("reporting:watch", args=[Campaign.objects.order_by("pk")[0].public_id])
    yield OFFICE, reverse("reporting:report", args=[reports[0].public_id])
    yield HEAD, reverse("reporting:findings")
    for name in ("sheet", "workbooks", "stamped", "phone"):
        yield REPORTER, reverse(f"reporting:{name}")
    yield REVIEWER, reverse("reporting:review")


if __name__ == "__main__":
    from guatu.config import main

    main.set_up()
    for row in stretch() if "stretch" in sys.argv else more():
        sys.stdout.write("\t".join(row) + "\n")
