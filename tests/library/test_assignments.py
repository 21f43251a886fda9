"""Who answers for a project: naming, moving by document, and what that lets people see."""

from datetime import date

import pytest

from guatu.core.actor import OPERATOR
from guatu.core.models import TrailEntry
from guatu.core.refusals import Refusal
from guatu.library import actions, policies
from guatu.library.models import Assignment
from guatu.library.queries.assignments import holders_of
from guatu.people import actions as people
from tests.library.conftest import at_day

JAN, MAR = date(2019, 1, 1), date(2019, 3, 1)


def held(project, day=MAR):
    return {(row.role, row.slot): row for row in holders_of([project.pk], day).get(project.pk, [])}


def test_a_role_passes_to_another_and_who_held_it_before_stays_known(shelf):
    project = shelf.project()
    for unit, on in (("housing", JAN), ("commerce", MAR)):
        actions.assign(actor=shelf.office, project=project, role="responsible", unit=shelf.cast.unit(unit), on=on)
    assert held(project, date(2019, 2, 28))["responsible", 0].unit == shelf.cast.unit("housing")
    assert held(project)["responsible", 0].unit == shelf.cast.unit("commerce")


def test_supporting_units_stand_side_by_side_and_the_same_one_is_named_once(shelf):
    project = shelf.project()
    for unit in ("housing", "commerce", "housing"):
        actions.assign(actor=shelf.office, project=project, role="supporting", unit=shelf.cast.unit(unit), on=JAN)
    assert sorted(held(project)) == [("supporting", 0), ("supporting", 1)]


def test_a_role_is_ended_with_a_reason(shelf):
    project = shelf.project()
    actions.assign(actor=shelf.office, project=project, role="lead", post=shelf.cast.post("lead"), on=JAN)
    end = {"actor": shelf.office, "project": project, "role": "lead", "on": MAR}
    with pytest.raises(Refusal):
        actions.end_assignment(**end, reason="")
    assert actions.end_assignment(**end, reason="领导班子调整")
    assert not held(project)
    with pytest.raises(Refusal) as refusal:
        actions.assign(actor=shelf.office, project=project, role="lead", on=MAR)
    assert refusal.value.code == "library.nobody_named"


def test_one_document_moves_everything_that_a_post_held_by_one_trail_entry(shelf):
    projects = [shelf.project(name) for name in ("甲", "乙", "丙")]
    lead, head = shelf.cast.post("lead"), shelf.cast.post("head")
    for project in projects[:2]:
        actions.assign(actor=shelf.office, project=project, role="lead", post=lead, on=JAN)
    actions.assign(actor=shelf.office, project=projects[2], role="lead", post=head, on=JAN)
    before = TrailEntry.objects.count()
    move = actions.Move(from_post=lead, to_post=head)
    paper = {"actor": shelf.office, "document": "西办〔2019〕3号", "on": MAR}
    assert actions.move_assignments_by_document(**paper, moves=[move]).added == 2
    assert TrailEntry.objects.count() == before + 1
    assert {held(project)["lead", 0].post for project in projects} == {head}
    assert held(projects[0], date(2019, 2, 28))["lead", 0].post == lead
    with pytest.raises(Refusal) as refusal:
        actions.move_assignments_by_document(**paper, moves=[move])
    assert refusal.value.code == "library.nothing_to_move"


def test_a_unit_sees_the_projects_it_holds_today_and_no_longer_those_it_gave_up(shelf):
    mine, gone, never = (shelf.project(name) for name in ("甲", "乙", "丙"))
    housing, commerce = shelf.cast.unit("housing"), shelf.cast.unit("commerce")
    for project in (mine, gone):
        actions.assign(actor=shelf.office, project=project, role="responsible", unit=housing, on=JAN)
    actions.assign(actor=shelf.office, project=gone, role="responsible", unit=commerce, on=MAR)
    actions.assign(actor=shelf.office, project=never, role="responsible", unit=housing, on=date(2019, 6, 1))
    reporter, other = shelf.cast.actor("reporter"), shelf.cast.actor("other_reporter")
    assert list(policies.visible_projects(reporter)) == [mine]
    assert list(policies.visible_projects(other)) == [gone]
    with at_day("2019-02-01"):
        assert set(policies.visible_projects(reporter)) == {mine, gone}


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("operator", "here there"),
        ("superior", "here there"),
        ("head", "here"),
        ("office", "here"),
        ("supervision", "here"),
        ("outsider", "there"),
        ("street", ""),
        ("reporter", ""),
        ("liaison", ""),
        ("system_admin", ""),
        ("guest", ""),
    ],
)
def test_a_post_sees_what_lies_within_its_scope(shelf, name, sees):
    shelf.project("here")
    shelf.project("there", region="other_district")
    seen = policies.visible_projects(shelf.cast.actor(name))
    assert sorted(project.name for project in seen) == sees.split()


def test_a_sensitive_project_is_found_only_by_those_who_answer_for_it(shelf):
    project = shelf.project("某平台", secrecy="sensitive")
    actions.assign(actor=shelf.office, project=project, role="lead", post=shelf.cast.post("lead"), on=JAN)
    for name, seen, found in (("office", 1, 1), ("lead", 1, 1), ("supervision", 1, 0), ("superior", 1, 0)):
        actor = shelf.cast.actor(name)
        assert policies.visible_projects(actor).count() == seen
        assert policies.findable_projects(actor).count() == found


def test_a_unit_can_not_change_who_answers(shelf):
    project = shelf.project()
    with pytest.raises(Refusal) as refusal:
        actions.assign(
            actor=shelf.cast.actor("reporter"),
            project=project,
            role="responsible",
            unit=shelf.cast.unit("housing"),
            on=JAN,
        )
    assert refusal.value.code == "core.not_allowed"
    assert not Assignment.objects.exists()


def test_what_a_post_answers_for_goes_to_its_next_holder(shelf):
    project, lead = shelf.project(), shelf.cast.post("lead")
    actions.assign(actor=shelf.office, project=project, role="lead", post=lead, on=JAN)
    with pytest.raises(Refusal) as refusal:
        people.end_post(actor=OPERATOR, post=lead, on=MAR, reason="调离")
    assert refusal.value.code == "library.work_left"
    new = people.hand_over_post(actor=OPERATOR, post=lead, on=MAR, document="西任〔2019〕2号", holder="接任者")
    assert held(project)["lead", 0].post == new
    assert held(project, date(2019, 2, 28))["lead", 0].post == lead


def test_a_unit_under_a_wrong_name_has_always_been_the_right_one(shelf):
    project = shelf.project()
    wrong = people.ensure_units(actor=OPERATOR, names=["住建局"], region=shelf.cast.region())["住建局"]
    actions.assign(actor=shelf.office, project=project, role="responsible", unit=wrong, on=JAN)
    people.merge_unit(actor=OPERATOR, unit=wrong, into=shelf.cast.unit("housing"))
    assert held(project, JAN)["responsible", 0].unit == shelf.cast.unit("housing")


def test_a_dissolved_units_work_goes_to_its_successor_from_that_day(shelf):
    project = shelf.project()
    housing, commerce = shelf.cast.unit("housing"), shelf.cast.unit("commerce")
    actions.assign(actor=shelf.office, project=project, role="responsible", unit=commerce, on=JAN)
    people.succeed_unit(actor=OPERATOR, unit=commerce, successor=housing, on=MAR, document="西编〔2019〕1号")
    assert held(project)["responsible", 0].unit == housing
    assert held(project, date(2019, 2, 28))["responsible", 0].unit == commerce
