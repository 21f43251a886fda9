"""A period is closed after a look at what is open, keeps its figures for ever, and is opened again by two posts."""

from datetime import date

import pytest

from guatu.core.refusals import Refusal
from guatu.figures.models import Snapshot, SnapshotFigure
from guatu.library import actions as library
from guatu.library.models import AnnualList, ClosedPeriod, Project
from guatu.library.queries.checks import open_items
from guatu.library.queries.closing import closed_until
from guatu.reporting import actions
from guatu.reporting.content import ReportContent
from guatu.reporting.models import ReportRule
from guatu.reporting.sent.making import offers
from tests.library.conftest import at_day
from tests.reporting.workbooks import asked_unit

WAN = 10_000
MARCH = date(2019, 3, 31)
NAMES = ("青桐路快速化改造（一期）", "长宁路改造")


@pytest.fixture
def bureau(shelf):
    """The housing bureau in April: two projects report monthly, nothing is reported yet."""
    with at_day("2019-04-03"):
        yield asked_unit(shelf.cast, *NAMES)


@pytest.fixture
def annual(bureau):
    return AnnualList.objects.get()


def reported(shelf, bureau, name=NAMES[0], amount=80 * WAN, *, accept=True):
    """The month's report of a project, handed in, checked and accepted."""
    reporter, project = shelf.cast.actor("reporter"), Project.objects.select_related("region", "unit").get(name=name)
    offer = next(one for one in offers(reporter, bureau, date(2019, 4, 3)) if one.period.code == "2019-03")
    content = ReportContent(amount=amount)
    report, _findings = actions.submit_report(actor=reporter, project=project, expected=offer.expected, content=content)
    if accept:
        actions.check_reports(actor=shelf.cast.actor("reviewer"), reports=[(report, report.version)])
        report.refresh_from_db()
        actions.accept_reports(actor=shelf.office, reports=[(report, report.version)])
    return report


def found(annual, until=MARCH):
    return {check.code: [(item.name, item.words) for item in check.items] for check in open_items(annual, until)}


def close(shelf, annual, reason="", until=MARCH):
    return library.close_period(actor=shelf.head, annual_list=annual, until=until, reason=reason)


def printed(snapshot):
    rows = SnapshotFigure.objects.filter(snapshot=snapshot).order_by("cut", "group", "indicator")
    return list(rows.values_list("cut", "group", "indicator", "value", "printed"))


def test_what_is_open_is_named(shelf, bureau, annual):
    reported(shelf, bureau, accept=False)
    checks = found(annual)
    assert checks["reporting.unaccepted"] == [(NAMES[0], "2019年3月 月报，待单位审核")]
    assert (NAMES[1], "2019年3月 月报") in checks["reporting.missing"]
    assert (NAMES[0], "2019年3月 月报") not in checks["reporting.missing"]
    assert (NAMES[0], "2019年1月 月报") in checks["reporting.missing"]


def test_a_new_edition_of_a_rule_forgets_no_month_before_it(shelf, bureau, annual):
    first = ReportRule.objects.get()
    kept = {"region": first.region, "code": first.code, "name": first.name, "kind": first.kind, "rule": first.rule}
    ReportRule.objects.create(**kept, edition=2, state="in_force", valid_from=date(2019, 3, 10))
    ReportRule.objects.filter(pk=first.pk).update(valid_to=date(2019, 3, 9))
    assert (NAMES[0], "2019年1月 月报") in found(annual)["reporting.missing"]


def test_with_open_points_a_closing_says_why(shelf, bureau, annual):
    with pytest.raises(Refusal) as refused:
        close(shelf, annual)
    assert refused.value.code == "library.close_open_items"
    assert closed_until(annual) is None
    closed = close(shelf, annual, "一个单位搬迁，4月补报")
    assert (closed.open_items, closed.reason) == ({"reporting.missing": 6}, "一个单位搬迁，4月补报")
    assert closed_until(annual) == MARCH


def test_a_closing_keeps_its_figures_whatever_is_corrected_later(shelf, bureau, annual):
    reported(shelf, bureau)
    close(shelf, annual, "其余停工")
    kept = Snapshot.objects.get(kind="closing")
    assert (kept.name, kept.as_of) == ("2019年3月锁定", MARCH)
    before = printed(kept)
    assert before
    reported(shelf, bureau, NAMES[1], 50 * WAN)
    assert printed(kept) == before
    assert {reading.booked_on for reading in Project.objects.get(name=NAMES[1]).readings.all()} == {date(2019, 4, 1)}


def test_a_closed_period_is_opened_again_by_two_posts_and_leaves_a_mark(shelf, bureau, annual):
    closed = close(shelf, annual, "其余停工")
    kept = printed(Snapshot.objects.get(kind="closing"))
    head = shelf.cast.actor("head")
    with pytest.raises(Refusal) as refused:
        library.reopen_period(actor=head, closed=closed, seen=closed.version)
    assert refused.value.code == "library.reopen_not_asked"
    library.ask_reopening(actor=shelf.head, closed=closed, seen=closed.version, reason="漏报一个项目")
    with pytest.raises(Refusal) as refused:
        library.reopen_period(actor=shelf.head, closed=closed, seen=closed.version)
    assert refused.value.code == "core.two_persons"
    assert closed_until(annual) == MARCH
    library.reopen_period(actor=head, closed=closed, seen=closed.version)
    assert closed_until(annual) is None
    reported(shelf, bureau)
    again = close(shelf, annual, "其余停工")
    assert again.pk != closed.pk
    assert [row.name for row in Snapshot.objects.order_by("pk")] == ["2019年3月锁定", "2019年3月锁定（第2次）"]
    assert printed(Snapshot.objects.order_by("pk")[0]) == kept
    assert printed(Snapshot.objects.order_by("pk")[1]) != kept
    page = shelf.cast.client("office").get(f"/library/lists/{annual.public_id}/").content.decode()
    assert "漏报一个项目" in page


def test_only_the_last_closing_is_opened(shelf, bureau, annual):
    first = close(shelf, annual, "停工", date(2019, 2, 28))
    close(shelf, annual, "停工")
    with pytest.raises(Refusal) as refused:
        library.ask_reopening(actor=shelf.head, closed=first, seen=first.version, reason="补报")
    assert refused.value.code == "library.reopen_last_first"


def test_the_pages_of_a_closing(shelf, bureau, annual):
    client = shelf.cast.client("office_head")
    address = f"/library/lists/{annual.public_id}/close/"
    page = client.get(address).content.decode()
    assert "应报未报" in page
    assert NAMES[1] in page
    refused = client.post(address, {"until": "2019-03-31"})
    assert refused.status_code == 422
    assert client.post(address, {"until": "2019-03-31", "reason": "停工"}).status_code == 302
    closed = ClosedPeriod.objects.get()
    asking = f"/library/closings/{closed.public_id}/ask/"
    office = shelf.cast.client("office")
    assert office.post(asking, {"seen": closed.version, "reason": "补报"}).status_code == 302
    closed.refresh_from_db()
    opening = f"/library/closings/{closed.public_id}/reopen/"
    assert "补报" in client.get(opening).content.decode()
    assert client.post(opening, {"seen": closed.version}).status_code == 302
    assert closed_until(annual) is None
