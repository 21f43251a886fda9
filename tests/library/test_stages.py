"""The way of a project: gates, corrections, stops, withdrawals, and the cache that follows them."""

from datetime import date

import pytest
from django.urls import reverse

from guatu.core.refusals import Conflict, Refusal
from guatu.core.registries import FACTS, FactSource
from guatu.library import actions
from guatu.library.models import Project, StageChange
from tests.library.conftest import at_day


def step(shelf, project, stage, on, **more):
    project.refresh_from_db()
    return actions.change_stage(
        actor=shelf.office, project=project, seen=project.version, stage=stage, on=date.fromisoformat(on), **more
    )


def stage_of(project):
    project.refresh_from_db()
    return project.stage, project.stage_on.isoformat()


def test_a_step_moves_the_project_and_its_history_stays(shelf):
    project = shelf.project(stage="preliminary")
    step(shelf, project, "started", "2019-03-08")
    assert stage_of(project) == ("started", "2019-03-08")
    assert [row.stage for row in StageChange.objects.reached(date(2019, 3, 7))] == ["preliminary"]


def test_a_step_back_and_a_step_before_the_last_one_are_refused(shelf):
    project = shelf.project(stage="started", stage_on=date(2019, 2, 1))
    for stage, on, code in (
        ("reserve", "2019-03-01", "library.stage_not_allowed"),
        ("completed", "2019-01-05", "library.stage_before_last"),
        ("completed", "2019-04-01", "library.stage_in_future"),
    ):
        with pytest.raises(Refusal) as refusal:
            step(shelf, project, stage, on)
        assert refusal.value.code == code
    assert stage_of(project) == ("started", "2019-02-01")


def test_only_promoted_projects_are_signed(shelf):
    project, promoted = shelf.project("道路", stage="reserve"), shelf.project("工厂", stage="reserve", promoted=True)
    with pytest.raises(Refusal):
        step(shelf, project, "signed", "2019-03-01")
    step(shelf, promoted, "signed", "2019-03-01")


def test_a_corrected_date_of_a_stage_withdraws_the_former_one(shelf):
    project = shelf.project(stage="preliminary")
    step(shelf, project, "started", "2019-03-20")
    with pytest.raises(Refusal) as refusal:
        step(shelf, project, "started", "2019-03-05")
    assert refusal.value.code == "core.reason_missing"
    step(shelf, project, "started", "2019-03-05", reason="开工令日期为3月5日")
    assert stage_of(project) == ("started", "2019-03-05")
    assert StageChange.objects.filter(stage="started", superseded_at__isnull=True).count() == 1
    assert StageChange.objects.filter(stage="started").count() == 2


def test_an_earlier_start_found_after_the_lock_leaves_the_locked_figures_and_counts_restated(shelf):
    project = shelf.project(stage="preliminary", on="2019-01-01")
    annual_list = shelf.list()
    shelf.enter(annual_list, project)
    step(shelf, project, "started", "2019-03-20")
    actions.close_period(actor=shelf.head, annual_list=annual_list, until=date(2019, 3, 31))
    with at_day("2019-04-10"):
        step(shelf, project, "started", "2019-02-20", reason="补录开工令")
    reached = StageChange.objects.filter(stage="started").reached
    assert not reached(date(2019, 2, 28)).exists()
    assert reached(date(2019, 3, 31)).get().effective_on == date(2019, 3, 20)
    assert reached(date(2019, 4, 30)).get().effective_on == date(2019, 2, 20)
    assert reached(date(2019, 2, 28), restated=True).get().effective_on == date(2019, 2, 20)


def test_a_start_that_was_not_one_is_taken_back_from_the_next_open_day(shelf):
    project = shelf.project(stage="preliminary")
    annual_list = shelf.list()
    shelf.enter(annual_list, project)
    row = step(shelf, project, "started", "2019-03-20")
    actions.close_period(actor=shelf.head, annual_list=annual_list, until=date(2019, 3, 31))
    with at_day("2019-04-10"):
        project.refresh_from_db()
        actions.withdraw_stage(
            actor=shelf.office, project=project, seen=project.version, step=row, reason="只是举行了仪式"
        )
        assert stage_of(project)[0] == "preliminary"
    reached = StageChange.objects.filter(stage="started").reached
    assert reached(date(2019, 3, 31)).exists()
    assert not reached(date(2019, 4, 30)).exists()
    assert not reached(date(2019, 3, 31), restated=True).exists()


def test_a_project_stops_and_resumes_more_than_once(shelf):
    project = shelf.project(stage="under_construction")
    for stop, start in (("2019-01-20", "2019-02-20"), ("2019-03-01", "2019-03-10")):
        project.refresh_from_db()
        with pytest.raises(Refusal) as untold:
            step(shelf, project, "suspended", stop)
        assert untold.value.code == "core.reason_missing"
        step(shelf, project, "suspended", stop, reason="环保管控")
        assert stage_of(project) == ("suspended", stop)
        actions.resume(actor=shelf.office, project=project, seen=project.version, on=date.fromisoformat(start))
        assert stage_of(project) == ("under_construction", start)
    assert StageChange.objects.filter(superseded_at__isnull=True).count() == 5
    with pytest.raises(Refusal) as refusal:
        actions.resume(actor=shelf.office, project=project, seen=project.version, on=date(2019, 3, 12))
    assert refusal.value.code == "library.not_suspended"


@pytest.fixture
def gate(shelf):
    """Before the start the district asks for a permit, which nobody can tell of, and for 5亿."""
    FACTS._items.pop("test.permit", None)
    FACTS.add("test.permit", FactSource("test.permit", "施工许可", lambda ids, day, known: {}))
    actions.declare_gate(
        actor=shelf.head,
        region=shelf.cast.region(),
        stage="started",
        rules=[
            {"fact": "test.permit", "op": "holds", "why": "建筑法第七条"},
            {"fact": "library.total_investment", "op": "at_least", "value": 500_000_000, "why": "入统门槛"},
        ],
    )
    yield
    FACTS._items.pop("test.permit")


def test_a_fact_that_nobody_knows_never_opens_a_gate(shelf, gate):
    project = shelf.project(stage="preliminary")
    with pytest.raises(Refusal) as refusal:
        step(shelf, project, "started", "2019-03-08")
    assert refusal.value.code == "library.gate_not_met"
    assert [(item["fact"], item["known"]) for item in refusal.value.items] == [("test.permit", False)]
    assert stage_of(project)[0] == "preliminary"


def test_an_unmet_gate_is_passed_with_a_named_approver_and_a_reason_that_stay(shelf, gate):
    project = shelf.project(stage="preliminary", total=1)
    head = shelf.cast.post("office_head")
    with pytest.raises(Refusal) as refusal:
        step(shelf, project, "started", "2019-03-08", approver=head)
    assert refusal.value.code == "core.reason_missing"
    row = step(shelf, project, "started", "2019-03-08", approver=head, reason="先行用地已批")
    row = StageChange.objects.get(pk=row.pk)
    assert row.passed_by.startswith("项目办主任")
    assert {item["fact"] for item in row.unmet} == {"test.permit", "library.total_investment"}
    assert row.reason == "先行用地已批"


def test_nobody_lets_his_own_step_pass_and_a_reporter_lets_none_pass(shelf, gate):
    project = shelf.project(stage="preliminary")
    with pytest.raises(Refusal) as refusal:
        step(shelf, project, "started", "2019-03-08", approver=shelf.cast.post("reporter"), reason="x")
    assert refusal.value.code == "library.approver_not_allowed"
    with pytest.raises(Refusal) as refusal:
        actions.change_stage(
            actor=shelf.head,
            project=project,
            seen=project.version,
            stage="started",
            on=date(2019, 3, 8),
            approver=shelf.cast.post("office_head"),
            reason="x",
        )
    assert refusal.value.code == "core.two_persons"


def test_two_who_change_a_stage_at_once_do_not_overwrite_each_other(shelf):
    project = shelf.project(stage="preliminary")
    stale = Project.objects.get()
    step(shelf, project, "started", "2019-03-08")
    with pytest.raises(Conflict):
        actions.change_stage(
            actor=shelf.office,
            project=stale,
            seen=stale.version,
            stage="suspended",
            on=date(2019, 3, 9),
            reason="环保管控",
        )


def test_leaving_the_library_needs_a_second_person_and_no_list(shelf):
    project, annual_list = shelf.project(stage="reserve"), shelf.list()
    shelf.enter(annual_list, project)
    leave = {"actor": shelf.office, "project": project, "seen": None, "on": date(2019, 3, 20), "reason": "业主放弃"}
    with pytest.raises(Refusal) as refusal:
        actions.exit_project(**leave, approver=shelf.cast.post("office"))
    assert refusal.value.code == "core.two_persons"
    with pytest.raises(Refusal) as refusal:
        actions.exit_project(**leave, approver=shelf.cast.post("office_head"))
    assert refusal.value.code == "library.still_listed"
    actions.amend_list(
        actor=shelf.head,
        annual_list=annual_list,
        document="西政办〔2019〕9号",
        reason="业主放弃",
        approved_by="区政府常务会议",
        on=date(2019, 3, 15),
        take_out=[project],
    )
    actions.exit_project(**leave, approver=shelf.cast.post("office_head"))
    assert stage_of(project) == ("exited", "2019-03-20")


def test_a_step_recorded_in_error_is_withdrawn_on_its_page(shelf, cast):
    project = shelf.project(stage="preliminary")
    wrong = step(shelf, project, "started", "2019-03-20")
    project.refresh_from_db()
    address = reverse("library:withdraw_stage", args=[project.public_id])
    office = cast.client("office")
    first = StageChange.objects.exclude(pk=wrong.pk).get()
    page = office.get(address).content.decode()
    assert f'value="{wrong.pk}"' in page
    assert f'value="{first.pk}"' not in page  # what it was registered with stays
    assert office.post(address, {"step": wrong.pk, "reason": "", "seen": project.version}).status_code == 422
    office.post(address, {"step": wrong.pk, "reason": "只是举行了仪式", "seen": project.version})
    assert stage_of(project)[0] == "preliminary"
    again = {"step": wrong.pk, "reason": "再撤一次", "seen": project.version}
    assert office.post(address, again).status_code == 422
