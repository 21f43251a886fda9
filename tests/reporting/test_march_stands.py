"""March is closed; whatever is corrected later, March's kept figures, its answers and its bulletin never change."""

from datetime import date

import pytest

from guatu.core.actor import OPERATOR
from guatu.core.attachments import path_of
from guatu.core.refusals import Refusal
from guatu.figures.models import Snapshot, SnapshotFact, SnapshotFigure
from guatu.figures.queries import as_json, ask, figures
from guatu.library import actions as library
from guatu.library.models import AnnualList, ClosedPeriod, Project
from guatu.library.queries.checks import open_items
from guatu.plans import actions as plans
from guatu.plans.models import Node
from guatu.publishing import actions as publishing
from guatu.publishing import issuing
from guatu.publishing.models import Bulletin
from guatu.reporting import actions
from guatu.reporting.actions import ReadingRow, record_readings
from guatu.reporting.models import Report
from tests.dispatch.plans import give_plan
from tests.library.conftest import YI, at_day
from tests.reporting.workbooks import asked_unit

MARCH, CLOSED = date(2019, 3, 31), "2019-04-03"
NAMES = ("青桐路快速化改造（一期）", "长宁路改造")


@pytest.fixture
def annual(shelf):
    """March told of two projects, and closed on 3 April."""
    with at_day(CLOSED):
        asked_unit(shelf.cast, *NAMES)
        tell(shelf, NAMES[0], MARCH, 3 * YI // 10)
        tell(shelf, NAMES[1], MARCH, 2 * YI // 10)
        annual = AnnualList.objects.select_related("region").get()
        library.close_period(actor=shelf.head, annual_list=annual, until=MARCH, reason="月报未开始使用")
    return annual


def tell(shelf, name, on, ytd, **more):
    row = ReadingRow(project=Project.objects.get(name=name), on=on, ytd=ytd, cumulative=ytd)
    return record_readings(actor=shelf.office, rows=[row], source="月报", **more)


def bulletin(shelf, annual):
    """The March bulletin as it was issued: its papers."""
    draft = publishing.draft_bulletin(actor=shelf.office, kind="progress", lists=[annual], as_of=MARCH)
    row = Bulletin.objects.select_related("region").get(pk=draft.pk)
    issuing.issue(shelf.head, row, seen=row.version, number=1)
    return row.pk


def papers(pk):
    row = Bulletin.objects.get(pk=pk)
    return [path_of(kept.digest).read_bytes() for kept in (row.docx, row.pdf)]


def answers(shelf, annual, known=None):
    asked = ask(shelf.office, [annual], MARCH, known=known)
    return [as_json(figures(shelf.office, asked, by)) for by in ((), ("unit",), ("stage",), ("kind",))]


def kept(pk):
    rows = SnapshotFigure.objects.filter(snapshot=pk).order_by("pk").values_list("cut", "group", "indicator", "printed")
    return list(rows), list(SnapshotFact.objects.filter(snapshot=pk).order_by("pk").values_list("project_id", "facts"))


def test_march_stays_as_it_was_closed(shelf, annual):
    closing = Snapshot.objects.get(kind="closing")
    with at_day("2019-04-04"):
        issued = bulletin(shelf, annual)
        before = (kept(closing.pk), answers(shelf, annual), papers(issued))
        known = answers(shelf, annual, date(2019, 4, 4))
    with at_day("2019-04-20"):
        first, second = (Project.objects.get(name=name) for name in NAMES)
        library.change_project(actor=shelf.office, project=first, seen=first.version, values={"name": "青桐大道"})
        tell(shelf, NAMES[1], date(2019, 3, 15), YI // 10)
        tell(shelf, NAMES[1], MARCH, 4 * YI // 10)
        third = library.register_project(
            actor=shelf.office, row=library.NewProject(name="新增项目", region=annual.region), on=date(2019, 4, 18)
        )
        entry = library.EntryRow(project=third, values={"planned_investment": YI, "kind": "new_start"})
        library.amend_list(
            actor=shelf.head,
            annual_list=annual,
            document="西重项〔2019〕8号",
            reason="增补",
            approved_by="区重点项目领导小组",
            on=date(2019, 4, 18),
            take_in=[entry],
            take_out=[second],
        )
        assert kept(closing.pk) == before[0]
        assert answers(shelf, annual) == before[1]
        assert papers(issued) == before[2]
        assert answers(shelf, annual, date(2019, 4, 4)) == known
        asked = ask(shelf.office, [annual], date(2019, 4, 20))
        assert figures(shelf.office, asked).whole.values["projects"] == 2


def test_closing_the_same_day_twice_is_refused(shelf, annual):
    with at_day(CLOSED), pytest.raises(Refusal) as refused:
        library.close_period(actor=shelf.head, annual_list=annual, until=MARCH, reason="再锁一次")
    assert refused.value.code == "library.closed_already"
    assert ClosedPeriod.objects.count() == Snapshot.objects.count() == 1


def test_two_sums_of_one_day_are_named_before_closing(shelf, annual):
    with at_day(CLOSED):
        project = Project.objects.get(name=NAMES[0])
        row = ReadingRow(project=project, on=date(2019, 4, 2), ytd=YI // 2, cumulative=YI // 2)
        actions.claim_reading(actor=shelf.cast.actor("reporter"), row=row)
        record_readings(
            actor=shelf.office,
            rows=[ReadingRow(project=project, on=date(2019, 4, 2), ytd=4 * YI // 10, cumulative=4 * YI // 10)],
            source="电话",
        )
        found = {check.code: check.items for check in open_items(annual, date(2019, 4, 3))}
    (item,) = found["reporting.contradictory"]
    assert item.name == NAMES[0]
    assert "0.50" in item.words
    assert "0.40" in item.words


def test_a_node_that_a_report_calls_done_and_the_plan_does_not_is_named_before_closing(shelf, annual):
    with at_day(CLOSED):
        project = Project.objects.get(name=NAMES[0])
        give_plan(project, [("主体封顶", "2019-01-10", "2019-09-30")], deadline="2019-12-30", approved="2019-01-05")
        node = Node.objects.get()
        said = {"nodes": [{"node": str(node.public_id), "finished": "2019-04-01"}]}
        days = {"start": date(2019, 4, 1), "end": date(2019, 4, 7), "on": date(2019, 4, 3)}
        Report.objects.create(project=project, kind="week", period="2019-W14", state="accepted", content=said, **days)

        def named():
            found = {check.code: check.items for check in open_items(annual, date(2019, 4, 3))}
            return [item.words for item in found["reporting.contradictory"]]

        assert named() == ["2019年第14周 周报，报告称“主体封顶”已于2019-04-01完成，计划里没有完成日期"]
        day = date(2019, 4, 1)
        plans.record_dates(actor=OPERATOR, node=node, sort="actual", start=day, finish=day, reason="补记")
        assert named() == []
