"""Registering and changing projects: one trail entry, no lost update, search keys, secrecy."""

from datetime import date

import pytest

from guatu.core.models import TrailEntry
from guatu.core.refusals import Conflict, Refusal
from guatu.library import actions
from guatu.library.compute import match_key, name_keys
from guatu.library.models import Project, ProjectProfile
from tests.library.conftest import YI

JAN, MAR = date(2019, 1, 1), date(2019, 3, 1)


def test_a_registered_project_has_its_search_keys_its_profile_and_its_first_stage(shelf):
    project = shelf.project(total=28 * YI, stage="preliminary")
    assert (project.initials.split()[0], project.match_key) == ("qtlkshgzyq", "青桐路快速化改造一期")
    assert ProjectProfile.objects.get(project=project).total_investment == 28 * YI
    assert project.stage_changes.get().stage == "preliminary"
    assert (Project.objects.get().stage, Project.objects.get().stage_on) == ("preliminary", JAN)


def test_a_polyphone_is_found_by_either_reading():
    assert (
        name_keys("重庆路长途站").initials.split() == ["cqlctz", "zqlztz"]
        or "cqlctz" in name_keys("重庆路长途站").initials
    )


def test_names_match_whatever_their_brackets_width_and_marks():
    assert match_key("★ 青桐路（一期）") == match_key("青桐路(一期)") == match_key("▲青桐路 [一期]")
    assert match_key("青桐路（一期）") != match_key("青桐路（二期）")
    assert match_key("ＡＢ１号") == match_key("ab1号")


def test_many_projects_are_registered_by_one_act_with_one_trail_entry(shelf):
    before = TrailEntry.objects.count()
    rows = [actions.NewProject(name=f"示范项目{number}", region=shelf.cast.region()) for number in range(30)]
    projects = actions.register_many(actor=shelf.office, rows=rows, on=JAN)
    assert [project.name for project in projects] == [row.name for row in rows]
    assert TrailEntry.objects.count() == before + 1
    assert TrailEntry.objects.latest("number").changes_count == 90


def test_a_second_project_of_the_same_name_is_refused_in_the_region_and_taken_in_another(shelf):
    shelf.project("青桐路（一期）")
    with pytest.raises(Refusal) as refusal:
        shelf.project("青桐路(一期)")
    assert refusal.value.code == "library.name_taken"
    shelf.project("青桐路(一期)", region="other_district")
    assert Project.objects.count() == 2


def test_the_office_registers_in_its_own_region_only(shelf):
    row = actions.NewProject(name="邻区项目", region=shelf.cast.region("other_district"))
    with pytest.raises(Refusal) as refusal:
        actions.register_project(actor=shelf.office, row=row, on=JAN)
    assert refusal.value.code == "library.region_out_of_reach"
    actions.register_project(actor=shelf.cast.actor("outsider"), row=row, on=JAN)


def test_the_second_of_two_who_change_a_project_is_shown_the_firsts_values(shelf):
    project = shelf.project()
    mine, theirs = Project.objects.get(), Project.objects.get()
    actions.change_project(actor=shelf.office, project=theirs, seen=project.version, values={"scale": "3.2 公里"})
    with pytest.raises(Conflict) as conflict:
        actions.change_project(actor=shelf.office, project=mine, seen=project.version, values={"scale": "4 公里"})
    assert conflict.value.theirs == {"scale": "3.2 公里"}
    assert Project.objects.get().scale == "3.2 公里"


def test_a_renamed_project_is_found_by_its_new_name(shelf):
    project = shelf.project("青桐路")
    actions.change_project(actor=shelf.office, project=project, seen=project.version, values={"name": "梧桐路"})
    assert Project.objects.get().initials == "wtl"


def test_a_figure_counted_from_march_leaves_january_as_it_was(shelf):
    project = shelf.project(total=10 * YI, profile={"industry": "E48"})
    actions.set_profile(actor=shelf.office, project=project, on=MAR, values={"total_investment": 12 * YI})
    rows = ProjectProfile.objects.filter(project=project)
    assert rows.as_of(date(2019, 2, 28)).get().total_investment == 10 * YI
    later = rows.as_of(MAR).get()
    assert (later.total_investment, later.industry) == (12 * YI, "E48")


def test_what_holds_already_is_not_recorded_again(shelf):
    project = shelf.project(total=10 * YI)
    done = actions.set_profile(actor=shelf.office, project=project, on=MAR, values={"total_investment": 10 * YI})
    assert (done.added, done.unchanged) == (0, 1)


@pytest.mark.parametrize(
    "values",
    [{"name": "某工程（涉密）"}, {"content": "机密★10年"}, {"secrecy": "秘密"}, {"remark": "【绝密】"}],
)
def test_classified_content_is_refused_whether_registered_or_changed(shelf, values):
    project = shelf.project()
    with pytest.raises(Refusal) as refusal:
        actions.change_project(actor=shelf.office, project=project, seen=None, values=values)
    assert refusal.value.code == "library.secret"
    details = {name: value for name, value in values.items() if name != "name"}
    row = actions.NewProject(name=values.get("name", "另一项目"), region=shelf.cast.region(), details=details)
    with pytest.raises(Refusal):
        actions.register_many(actor=shelf.office, rows=[row], on=JAN)
    assert Project.objects.count() == 1


def test_a_name_that_only_speaks_of_secrecy_is_no_mark(shelf):
    assert shelf.project("商业秘密保护示范基地").pk


def test_a_negative_amount_and_an_unknown_column_are_refused(shelf):
    with pytest.raises(Refusal) as refusal:
        shelf.project(total=-1)
    assert refusal.value.code == "library.amount_negative"
    with pytest.raises(Refusal) as refusal:
        shelf.project(colour="red")
    assert refusal.value.code == "library.field_unknown"
    assert not Project.objects.exists()


def test_a_sub_project_holds_no_sub_projects(shelf):
    package = shelf.project("停车场打包项目", is_package=True)
    child = shelf.project("一号停车场", package=package)
    with pytest.raises(Refusal) as refusal:
        shelf.project("一号停车场北区", package=child)
    assert refusal.value.code == "library.package_nested"
