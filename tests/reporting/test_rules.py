"""Rules of reporting: drafted from what stands ready, adopted by another person, followed by editions, never edited."""

from datetime import date

import pytest

from guatu.core.actor import OPERATOR
from guatu.core.refusals import Conflict, Refusal
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.library.queries.lists import entries_of_projects, ruling_entry
from guatu.reporting import actions
from guatu.reporting.desk.known import known_of
from guatu.reporting.models import ReportRule
from guatu.reporting.policies import visible_rules
from guatu.reporting.queries.asked import rules_in_force, wanted
from guatu.reporting.rhythm.chase import rounds
from tests.library.conftest import at_day
from tests.reporting.rhythm import adopted, drafted, rule_form
from tests.reporting.watches import watched
from tests.reporting.workbooks import asked_unit


def refused(run) -> str:
    with pytest.raises(Refusal) as caught:
        run()
    return caught.value.code


def test_who_wrote_a_draft_does_not_adopt_it(shelf):
    cast = shelf.cast
    row = drafted(cast, "office_head")
    assert refused(lambda: adopted(cast, row)) == "core.two_persons"
    actions.change_rule(actor=shelf.office, row=row, seen=row.version, name="周报", rule=row.rule)
    assert refused(lambda: adopted(cast, row)) == "core.two_persons"
    adopted(cast, row, who="head")
    assert (row.state, row.approved_by, row.valid_from) == ("in_force", "领导小组", date(2019, 3, 31))


def test_a_later_edition_ends_the_one_before_and_none_begins_in_the_past(shelf):
    cast = shelf.cast
    first = adopted(cast, drafted(cast))
    second = drafted(cast)
    assert second.edition == 2
    for day in (date(2019, 3, 30), date(2019, 3, 31)):
        assert refused(lambda day=day: adopted(cast, second, day)) == "core.edition_backdated"
    adopted(cast, second, date(2019, 4, 8))
    first.refresh_from_db()
    assert first.valid_to == date(2019, 4, 7)
    held = [rules_in_force(cast.region(), day)[0].row for day in (date(2019, 4, 7), date(2019, 4, 8))]
    assert held == [first, second]


def test_what_is_in_force_is_not_edited_and_no_draft_is_adopted_twice(shelf):
    row = adopted(shelf.cast, drafted(shelf.cast))
    change = {"actor": shelf.office, "row": row, "seen": row.version, "name": "别的", "rule": row.rule}
    assert refused(lambda: actions.change_rule(**change)) == "core.edition_stands"
    assert refused(lambda: adopted(shelf.cast, row)) == "core.edition_stands"


def test_anothers_change_of_a_draft_is_not_overwritten(shelf):
    row = drafted(shelf.cast)
    seen = row.version
    actions.change_rule(actor=shelf.head, row=row, seen=seen, name="一", rule=row.rule)
    mine = ReportRule.objects.get(pk=row.pk)
    with pytest.raises(Conflict):
        actions.change_rule(actor=shelf.office, row=mine, seen=seen, name="二", rule=row.rule)


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("day", ["money"], "reporting.rule_daily"),
        ("week", ["money", "words", "problem", "nodes"], "rhythm.too_many_fields"),
        ("week", ["photos"], "rhythm.asked_by_month"),
    ],
)
def test_what_a_week_cannot_bear_is_refused(shelf, kind, fields, code):
    rule = {"fields": fields, "due": {"days": 1, "at": "17:00"}}
    named = {"region": shelf.cast.region(), "code": kind, "name": "要求", "kind": kind, "rule": rule}
    assert refused(lambda: actions.draft_rule(actor=shelf.office, **named)) == code


def test_a_draft_is_not_ended(shelf):
    row = drafted(shelf.cast)
    ended = {"actor": shelf.head, "row": row, "seen": row.version, "last": date(2019, 4, 5), "reason": "不要"}
    assert refused(lambda: actions.end_rule(**ended)) == "core.edition_draft"


def test_who_may_do_everything_sees_the_drafts_too(shelf):
    row = drafted(shelf.cast)
    assert list(visible_rules(OPERATOR)) == [row]
    assert list(visible_rules(shelf.office)) == [row]
    assert list(visible_rules(shelf.cast.actor("reporter"))) == []


def test_what_a_watch_asks_ends_with_it_and_not_by_itself(shelf):
    campaign = watched(shelf.cast)
    row = campaign.rules.get()
    ended = {"actor": shelf.head, "row": row, "seen": row.version, "last": row.valid_from, "reason": "不要"}
    assert refused(lambda: actions.end_rule(**ended)) == "reporting.rule_of_watch"
    assert list(visible_rules(shelf.office)) == [row]
    actions.withdraw_watch(actor=shelf.office, campaign=campaign, seen=campaign.version, reason="部署错了")
    assert list(visible_rules(shelf.office)) == []
    page = f"/reports/rules/{row.public_id}/"
    assert shelf.cast.client("office").get(page).status_code == 404


def test_a_rule_that_ends_asks_until_its_last_day(shelf):
    row = adopted(shelf.cast, drafted(shelf.cast))
    ended = {"actor": shelf.head, "row": row, "seen": row.version}
    early = date(2019, 3, 30)
    assert refused(lambda: actions.end_rule(**ended, last=early, reason="合并")) == "reporting.rule_end_early"
    actions.end_rule(**ended, last=date(2019, 4, 5), reason="并入月报")
    ended["seen"] = row.version
    assert refused(lambda: actions.end_rule(**ended, last=date(2019, 4, 6), reason="再报")) == "reporting.rule_end_late"
    assert [bool(rules_in_force(shelf.cast.region(), date(2019, 4, day))) for day in (5, 6)] == [True, False]


def test_nothing_is_asked_of_a_day_before_the_rule_was_in_force(shelf):
    asked_unit(shelf.cast, "甲路")
    ReportRule.objects.all().delete()
    adopted(shelf.cast, drafted(shelf.cast, preset="month_25"))
    projects = Project.objects.select_related("region", "unit")
    with at_day("2019-04-24"):
        assert wanted(projects, date(2019, 4, 24)) == []
    with at_day("2019-04-25"):
        assert [one.expected.period.code for one in wanted(projects, date(2019, 4, 25))] == ["2019-04"]


def test_two_rules_of_a_kind_ask_a_project_once(shelf):
    asked_unit(shelf.cast, "甲路", "乙路")
    ready = ReportRule.objects.get()
    ReportRule.objects.create(
        region=ready.region, code="also", name="又一月报", edition=1, kind="month", state="in_force",
        rule={**ready.rule, "closes": 25}, valid_from=ready.valid_from,
    )  # fmt: skip
    found = wanted(Project.objects.select_related("region", "unit"), date(2019, 3, 31))
    assert sorted((one.project.name, one.rule.row.code) for one in found) == [("乙路", "month"), ("甲路", "month")]


def beside(cast, asks, **more):
    """A second monthly rule beside the one in force, drafted by the office."""
    ready = ReportRule.objects.get(code="month")
    named = {"region": ready.region, "code": "month-2", "name": "又一月报", "kind": "month"}
    return actions.draft_rule(actor=cast.actor("office"), **named, rule={**ready.rule, "asks": asks, **more})


def test_two_rules_of_a_kind_that_may_ask_the_same_project_do_not_stand_beside_each_other(shelf):
    asked_unit(shelf.cast, "甲路", "乙路")
    ReportRule.objects.update(rule={**ReportRule.objects.get().rule, "asks": {"levels": ["city", "district"]}})
    row = beside(shelf.cast, {"levels": ["district"], "kinds": ["continuing"]})
    with pytest.raises(Refusal) as caught:
        adopted(shelf.cast, row)
    assert caught.value.code == "reporting.rule_twice"
    assert "会问到同一个项目" in str(caught.value)
    actions.change_rule(
        actor=shelf.office,
        row=row,
        seen=row.version,
        name=row.name,
        rule={**row.rule, "asks": {"levels": ["province"]}},
    )
    adopted(shelf.cast, row)
    assert row.state == "in_force"


def test_two_rules_of_a_kind_for_other_projects_are_chased_each_by_its_own_due_day(shelf):
    asked_unit(shelf.cast, "甲路", "乙路")
    first, second = (str(Project.objects.get(name=name).public_id) for name in ("甲路", "乙路"))
    ready = ReportRule.objects.get()
    ReportRule.objects.update(rule={**ready.rule, "asks": {"projects": [first]}})
    ReportRule.objects.create(
        region=ready.region, code="also", name="又一月报", edition=1, kind="month", state="in_force",
        rule={**ready.rule, "asks": {"projects": [second]}, "due": {"days": 6, "at": "12:00"}},
        valid_from=ready.valid_from,
    )  # fmt: skip
    with at_day("2019-04-04"):
        listed = rounds(shelf.office, date(2019, 4, 4))
        assert [[row.project.name for row in one.asked] for one in listed] == [["甲路"], ["乙路"]]
        assert listed[0].expected.due < listed[1].expected.due
        client = shelf.cast.client("office")
        page = client.get("/reports/chase/").content.decode()
        assert f"&amp;due={listed[1].key}" in page
        shown = client.get(f"/reports/chase/2019-03/?state=asked&due={listed[1].key}").content.decode()
    assert ("甲路" in shown, "乙路" in shown) == (False, True)


def test_a_project_is_asked_by_the_level_of_its_highest_list(shelf):
    asked_unit(shelf.cast, "甲路", "乙路")
    ReportRule.objects.update(rule={**ReportRule.objects.get().rule, "asks": {"levels": ["city"]}})
    shelf.enter(shelf.list(level="city"), Project.objects.get(name="乙路"))
    found = wanted(Project.objects.select_related("region", "unit"), date(2019, 3, 31))
    assert [one.project.name for one in found] == ["乙路"]


def test_a_project_on_two_lists_is_asked_and_measured_by_the_same_one(shelf):
    asked_unit(shelf.cast, "甲路")
    project = Project.objects.select_related("region", "unit").get()
    shelf.enter(shelf.list(level="city"), project, plan=77_0000, kind="continuing")
    listed = entries_of_projects([project.pk], date(2019, 3, 31))[project.pk]
    assert len(listed) == 2
    entry = ruling_entry(listed, 2019)
    assert (entry.annual_list.level, ruling_entry(listed, 2020)) == ("city", None)
    assert known_of([project], Period.parse("2019-03"))[project.pk].before.planned == 77_0000


# -- pages -------------------------------------------------------------------------------------------------------------
def test_a_draft_is_written_in_plain_words_and_looked_at_before_it_is_saved(shelf):
    cast = shelf.cast
    asked_unit(cast, "甲路", "乙路")
    row, client = drafted(cast), cast.client("office")
    address = f"/reports/rules/{row.public_id}/edit/"
    sent = rule_form(seen=row.version, projects="甲路\n", every="")
    looked = client.post(address, {**sent, "do": "look"}).content.decode()
    assert "现在会问到 1 个项目、1 个单位。" in looked
    assert "2019年第14周" in looked  # the 13th was due on Friday
    row.refresh_from_db()
    assert row.rule["asks"] == {"levels": ["province", "city"]}
    assert client.post(address, {**sent, "do": "save"}).status_code == 302
    row.refresh_from_db()
    key = str(Project.objects.get(name="甲路").public_id)
    assert row.rule == {
        "asks": {"levels": ["district"], "projects": [key]},
        "fields": ["money", "words", "problem"],
        "closes": 4,
        "due": {"days": 1, "at": "17:00", "counts": "workday"},
        "remind": [0],
    }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"projects": "没有的路"}, "没有找到这些项目：没有的路"),
        ({"fields_asked": ["money", "words", "problem", "next_plan"]}, "日报、周报最多填 3 项，现要求 4 项"),
        ({"at": "25:00"}, "几点前"),
    ],
)
def test_a_form_says_what_is_wrong(shelf, wrong, said):
    row = drafted(shelf.cast)
    answer = shelf.cast.client("office").post(f"/reports/rules/{row.public_id}/edit/", rule_form(seen=1, **wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_way_of_a_rule_over_pages(shelf):
    cast = shelf.cast
    office, head = cast.client("office"), cast.client("office_head")
    begun = office.post("/reports/rules/new/", {"region": cast.region().code, "preset": "month_25"})
    row = ReportRule.objects.get()
    assert begun["Location"] == f"/reports/rules/{row.public_id}/edit/"
    base = f"/reports/rules/{row.public_id}/"
    assert "批准执行" not in office.get(base).content.decode()
    assert "批准执行" in head.get(base).content.decode()
    head.post(base + "adopt/", {"valid_from": "2019-04-01", "approved_by": "领导小组", "seen": row.version})
    listed = cast.client("reporter").get("/reports/rules/").content.decode()
    assert "重点项目月报" in listed
    assert "当月 25 日，以后的填预计数" in listed
    assert "截至日后第 2 个工作日 17:00 前" in listed
    office.post(base + "next/")
    assert ReportRule.objects.filter(edition=2, state="draft").exists()
    assert cast.client("reporter").get("/reports/rules/").content.decode().count("重点项目月报") == 1


def test_a_preview_says_what_asks_already(shelf):
    asked_unit(shelf.cast, "甲路")
    ready = ReportRule.objects.get()
    draft = actions.draft_rule(
        actor=shelf.office, region=ready.region, code="also", name="又一月报", kind="month", rule=ready.rule
    )
    shown = shelf.cast.client("office").get(f"/reports/rules/{draft.public_id}/").content.decode()
    assert "其中 1 个项目“月报”已经在问" in shown
