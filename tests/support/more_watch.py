"""What the demonstration district has of watches and stamped sheets after some work, and the pages that show it."""

from collections.abc import Iterator
from datetime import timedelta

OFFICE, REPORTER, REVIEWER = "demo-xiangmuban", "demo-tianbao", "demo-shenhe"
RULE = {"fields": ["money", "percent", "words", "problem"], "due": {"days": 5, "at": "17:00"}}


def watch_pages() -> Iterator[tuple[str, str]]:
    """The running watch, one to come, a stamped sheet of the reporter's unit with a scan that waits."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    from guatu.core import clock
    from guatu.core.actor import OPERATOR
    from guatu.core.attachments import keep_file
    from guatu.core.editions import RuleState
    from guatu.people.queries import actor_from_text
    from guatu.reporting import actions
    from guatu.reporting.choices import ReportKind
    from guatu.reporting.content import ReportContent
    from guatu.reporting.models import Campaign, ReportRule
    from guatu.reporting.queries.ready_sheets import READY, as_data
    from guatu.reporting.sent.making import offers
    from guatu.reporting.stamped.sheet import RIGHT, to_stamp
    from guatu.reporting.units import units_within

    today = clock.today()
    running = Campaign.objects.get()
    yield OFFICE, reverse("reporting:watches")
    yield OFFICE, reverse("reporting:watch", args=[running.public_id])
    yield REPORTER, reverse("reporting:watch_day", args=[running.public_id, today.isoformat()])
    order = actions.WatchOrder(
        name="国庆期间值守",
        document="",
        starts_on=today + timedelta(days=10),
        ends_on=today + timedelta(days=20),
        fields=as_data(READY["flood"].fields),
    )
    coming = actions.make_watch(actor=OPERATOR, region=running.region, order=order)
    for name in ("watch_change", "watch_withdraw"):
        yield OFFICE, reverse(f"reporting:{name}", args=[coming.public_id])
    yield OFFICE, reverse("reporting:watch_end", args=[running.public_id])
    if not ReportRule.objects.filter(kind=ReportKind.MONTH).exists():
        ReportRule.objects.create(
            **{"region": running.region, "code": "month", "name": "月报", "edition": 1, "kind": ReportKind.MONTH},
            **{"state": RuleState.IN_FORCE, "rule": RULE, "valid_from": today.replace(month=1, day=1)},
        )
    reporter = actor_from_text(REPORTER)
    unit = next(one for one in units_within(reporter, RIGHT) if one.pk == reporter.unit_id)
    (offer, *_more) = offers(reporter, unit, today)
    for one in offer.asked:
        if one.missing:
            said = ReportContent(words="主体结构施工", problem="", amount=1_200_000)
            seen = one.report.version if one.report is not None else None
            actions.submit_report(actor=reporter, project=one.project, expected=offer.expected, content=said, seen=seen)
    waiting = to_stamp(reporter, unit)[0]
    sheet = actions.print_sheet(actor=reporter, unit=unit, reports=waiting.reports)
    scan = keep_file(SimpleUploadedFile("盖章扫描.pdf", b"%PDF-1.4\n%%EOF\n"), kinds=("pdf",))
    actions.receive_sheet(actor=reporter, sent=sheet, file=scan)
    for who in (REPORTER, REVIEWER):
        yield who, reverse("reporting:stamped")
        yield who, reverse("reporting:stamped_sheet", args=[sheet.public_id])
