"""Likely the same project under another name: shown, decided once, never asked again, and nothing goes in before."""

from datetime import date

import pytest

from guatu.core.models import TrailEntry
from guatu.core.refusals import Refusal
from guatu.domain.periods import Period
from guatu.library import actions
from guatu.library.models import NotTheSame, OtherName, Project
from guatu.library.queries import likely
from guatu.library.queries.doubts import BEST, NEW, Said, row_key
from guatu.library.queries.search import find_projects
from guatu.reporting.decisions import NameSaid, decisions_of
from guatu.reporting.models import Reading
from tests.imports import books
from tests.imports.conftest import codes, counts
from tests.support.cast import Cast

OLD, TYPED = "望岳智能装备产业园", "望岳智能装备产业园区建设项目"
AMOUNTS = ("序号", "项目名称", "本月完成投资（万元）")


def ledger(*names: str, **cells):
    """A plan ledger of these projects."""
    rows = books.one_row(**cells)
    first = rows[1]
    return [rows[0], *([number, name, *first[2:]] for number, name in enumerate(names, start=1))]


@pytest.fixture
def known(office):
    """The office's desk, with one project in last year's list."""
    office.plan(ledger(OLD, 项目业主="望岳投资有限公司"), year=2018)
    return office


def said(choice: str, name: str = TYPED, of: str = OLD) -> dict[str, Said]:
    project = None if choice == "new" else Project.objects.select_related("region").get(name=of)
    return {row_key(name): Said(choice, project)}


def test_a_row_that_is_likely_known_is_shown_and_nothing_goes_in(known):
    before = TrailEntry.objects.count()
    answer = known.plan(ledger(TYPED, "青桐数据中心"))
    (doubt,) = answer["doubts"]
    assert (doubt["row"], doubt["name"], doubt["decision"], doubt["project"]) == (2, TYPED, "", None)
    assert doubt["told"]["total_investment"] == 120000 * books.WAN
    (candidate,) = doubt["candidates"]
    assert (candidate["name"], candidate["owner"], candidate["listed"]) == (OLD, "望岳投资有限公司", False)
    assert candidate["score"] >= 90
    assert "same_total" in candidate["reasons"]
    assert f"“{TYPED}”可能就是库里的“{OLD}”" in doubt["message"]
    assert (answer["errors"], answer["created"], TrailEntry.objects.count()) == ([], 0, before)


def test_a_preview_counts_what_is_undecided_as_new(known):
    report = known.preview(ledger(TYPED, "青桐数据中心"))
    assert (report.answer["created"], report.undecided, report.wrong) == (2, 1, False)


def test_the_same_project_keeps_its_own_name_and_is_not_asked_again(known):
    answer = known.plan(ledger(TYPED), decisions=said("same"))
    assert (counts(answer), answer["doubts"][0]["decision"]) == ((0, 1, 0), "same")
    project = Project.objects.get()
    other = OtherName.objects.get()
    assert (project.name, other.name, other.how, other.project) == (OLD, TYPED, "decided", project)
    again = known.plan(ledger(TYPED))
    assert (counts(again), again["doubts"], codes(again["warnings"])) == ((0, 0, 1), [], ["known_as"])
    assert OtherName.objects.count() == 1


def test_the_same_project_may_take_the_ledgers_name(known):
    known.plan(ledger(TYPED), decisions=said("rename"))
    project = Project.objects.get()
    other = OtherName.objects.get()
    assert (project.name, other.name, other.how) == (TYPED, OLD, "former")
    again = known.plan(ledger(OLD))
    assert (counts(again), again["doubts"]) == ((0, 0, 1), [])
    assert Project.objects.get().name == TYPED


def test_another_project_is_registered_and_told_apart_for_ever(known):
    answer = known.plan(ledger(TYPED), decisions=said("new"))
    assert counts(answer) == (1, 0, 0)
    old = Project.objects.get(name=OLD)
    assert [(row.project, row.match_key) for row in NotTheSame.objects.all()] == [(old, row_key(TYPED))]
    assert known.plan(ledger(TYPED))["doubts"] == []
    told = likely.RowTold(TYPED, total=120000 * books.WAN)
    new = Project.objects.get(name=TYPED)
    where = {"listed": (), "taken": {new.pk}, "on": date(2019, 1, 1), "within": False}
    assert likely.likely(old.region, [told], **where) == [[]]
    NotTheSame.objects.update(withdrawn=True)
    assert [each.project for each in likely.likely(old.region, [told], **where)[0]] == [old]


@pytest.mark.parametrize("other", ["望岳智能装备产业园（二期）", "望岳智能装备产业园Ⅱ期", "望岳智能装备产业园2标段"])
def test_other_phases_and_sections_are_other_projects(office, other):
    office.plan(ledger("望岳智能装备产业园一期", "望岳智能装备产业园1标段"), year=2018)
    doubts = office.plan(ledger(other))["doubts"]
    assert all("_missing" in " ".join(each["reasons"]) for doubt in doubts for each in doubt["candidates"])
    sisters = {each["name"] for doubt in doubts for each in doubt["candidates"]}
    assert ("望岳智能装备产业园一期" in sisters) == ("期" not in other)


def test_a_project_that_another_row_means_for_certain_is_no_candidate(known):
    assert known.plan(ledger(TYPED, OLD))["doubts"] == []
    assert Project.objects.count() == 2


def test_two_national_codes_are_two_projects(office):
    office.plan(ledger(OLD, 项目代码="2018-410303-35-03-000001"), year=2018)
    assert office.plan(ledger(TYPED, 项目代码="2019-410303-35-03-000002"))["doubts"] == []


def test_two_rows_said_to_be_one_project_are_an_error_with_both_places(known):
    second = "西工区望岳智能装备产业园项目"
    decisions = said("same") | said("same", second)
    answer = known.plan(ledger(TYPED, second), decisions=decisions)
    assert codes(answer["errors"]) == ["row_twice"]
    assert [doubt["decision"] for doubt in answer["doubts"]] == ["same", "same"]
    assert not OtherName.objects.exists()


def test_all_as_new_or_all_as_the_likeliest_without_asking(known):
    assert counts(known.preview(ledger(TYPED), undecided=NEW).answer) == (1, 0, 0)
    best = known.preview(ledger(TYPED, "西工区望岳智能装备产业园项目"), undecided=BEST)
    assert sorted(doubt["decision"] for doubt in best.answer["doubts"]) == ["", "same"]
    assert counts(known.plan(ledger(TYPED), undecided=BEST)) == (0, 1, 0)


def test_rows_that_match_exactly_are_not_compared(known, monkeypatch):
    monkeypatch.setattr(likely, "_pool", lambda *_args: pytest.fail("nothing is doubtful here"))
    assert counts(known.plan(ledger(OLD))) == (0, 1, 0)


# -- progress ---------------------------------------------------------------------------------------------------------
def test_progress_asks_which_project_of_the_list_is_meant(office):
    office.plan()
    month = [AMOUNTS, [1, books.NAMES[0], 10], [2, "常宁冷链物流园区", 20]]
    answer = office.progress(month)
    (doubt,) = answer["doubts"]
    assert [each["name"] for each in doubt["candidates"]] == ["长宁冷链物流园"]
    assert not Reading.objects.filter(period="2019-03").exists()
    decisions = said("same", "常宁冷链物流园区", "长宁冷链物流园")
    assert counts(office.progress(month, decisions=decisions)) == (2, 0, 0)
    assert Reading.objects.get(period="2019-03", project__name="长宁冷链物流园").ytd == 20 * books.WAN
    assert office.progress(month)["doubts"] == []


def test_progress_of_none_of_them_is_not_in_the_list(office):
    office.plan()
    month = [AMOUNTS, [1, books.NAMES[0], 10], [2, "常宁冷链物流园区", 20]]
    preview = office.preview(month, kind="progress", period=Period.parse("2019-03"))
    assert (preview.answer["projects"], preview.undecided) == (1, 1)
    answer = office.progress(month, decisions=said("new", "常宁冷链物流园区"))
    assert codes(answer["errors"]) == ["not_in_list"]
    assert [doubt["decision"] for doubt in answer["doubts"]] == ["new"]


# -- names ------------------------------------------------------------------------------------------------------------
def test_every_way_to_another_name_keeps_the_old_one(known, cast: Cast):
    project = Project.objects.select_related("region").get()
    office = cast.actor("office")
    actions.change_project(actor=office, project=project, seen=project.version, values={"name": "望岳装备园"})
    actions.change_projects(actor=office, changes=[(project, {"name": "望岳产业新城"})])
    assert list(project.other_names.order_by("pk").values_list("name", "how")) == [
        (OLD, "former"),
        ("望岳装备园", "former"),
    ]
    assert find_projects(office, "望岳智能") == [project]
    page = cast.client("office").get(f"/library/projects/{project.public_id}/").content.decode()
    assert "曾用名" in page
    assert OLD in page
    history = cast.client("office").get(f"/library/projects/{project.public_id}/?tab=history").content.decode()
    assert f"又名 {OLD}" in history
    assert counts(known.plan(ledger(OLD))) == (0, 1, 0)
    actions.change_project(actor=office, project=project, seen=None, values={"name": OLD})
    assert set(project.other_names.filter(withdrawn=False).values_list("name", flat=True)) == {
        "望岳装备园",
        "望岳产业新城",
    }


def test_a_former_name_of_two_is_ambiguous_and_a_present_one_wins(office, cast: Cast):
    office.plan(ledger("甲园区路网", "乙园区路网"), year=2018)
    actor = cast.actor("office")
    for project in Project.objects.order_by("pk"):
        for name in ("共同旧名广场", f"{project.name}今名"):
            actions.change_project(actor=actor, project=project, seen=None, values={"name": name})
    assert codes(office.plan(ledger("共同旧名广场"))["errors"]) == ["match_ambiguous"]
    project = Project.objects.first()
    actions.change_project(actor=actor, project=project, seen=None, values={"name": "共同旧名广场"})
    assert counts(office.plan(ledger("共同旧名广场"))) == (0, 1, 0)


def test_a_code_renames_but_never_back_to_a_former_name(office):
    code = "2018-410303-35-03-000001"
    office.plan(ledger("甲园区路网", 项目代码=code), year=2018)
    answer = office.plan(ledger("乙片区广场", 项目代码=code))
    assert codes(answer["warnings"]) == ["renamed"]
    again = office.plan(ledger("甲园区路网", 项目代码=code), year=2018)
    assert ("known_as" in codes(again["warnings"]), counts(again)) == (True, (0, 0, 1))
    assert "renamed" not in codes(again["warnings"])
    assert Project.objects.get().name == "乙片区广场"


def test_a_decision_names_a_project_within_reach(known, cast: Cast):
    office = cast.actor("office")
    found = decisions_of(office, "410303", [NameSaid(1, TYPED, OLD), NameSaid(2, "青桐数据中心")])
    assert [each.choice for each in found.values()] == ["same", "new"]
    with pytest.raises(Refusal) as refused:
        decisions_of(office, "410303", [NameSaid(1, TYPED, "没有这个项目")])
    assert refused.value.code == "library.decision_unknown"
    with pytest.raises(Refusal) as refused:
        decisions_of(cast.actor("outsider"), "410303", [NameSaid(1, TYPED, OLD)])
    assert refused.value.code == "library.region_out_of_reach"
