"""Watches with an end: ordered, changed, ended, withdrawn; who is asked, who says a day, and nothing after it."""

from datetime import date, datetime, timedelta

import pytest

from guatu.core import clock
from guatu.core.refusals import Conflict, Refusal
from guatu.domain.rhythm import Asks
from guatu.reporting import actions
from guatu.reporting.choices import Means
from guatu.reporting.models import Campaign, CampaignDay, ReportRule
from guatu.reporting.policies import visible_watches
from guatu.reporting.queries import rules_in_force, wanted
from guatu.reporting.queries.ready_sheets import READY, as_data
from guatu.reporting.queries.watches import asked_on, standing
from guatu.reporting.watch.page import project_lines
from guatu.reporting.watch.todo import day_sheets, ending
from tests.library.conftest import at_day
from tests.reporting.watches import FIELDS, listed, order, three, watched

DAY = date(2019, 3, 31)


def say(cast, campaign, project, who="reporter", day=DAY, seen=None, **values):
    row = actions.DaySaid(project, values, seen)
    return actions.say_day(actor=cast.actor(who), campaign=campaign, day=day, rows=[row])


def refused(code, run):
    with pytest.raises(Refusal) as found:
        run()
    assert found.value.code == code
    return found.value


def test_a_watch_brings_its_day_rule_which_holds_only_while_it_runs(shelf):
    row = watched(shelf.cast, ends_on=DAY + timedelta(days=3))
    rule = ReportRule.objects.get(campaign=row)
    assert (rule.kind, rule.state, rule.valid_from, rule.valid_to) == ("day", "in_force", DAY, row.ends_on)
    district = shelf.cast.region("district")
    days = {DAY - timedelta(days=1): 0, DAY: 1, row.ends_on: 1, row.ends_on + timedelta(days=1): 0}
    assert {day: len(rules_in_force(district, day)) for day in days} == days


def test_a_watch_displaces_no_other_rule_and_asks_for_no_report(shelf):
    projects = list(three(shelf.cast).values())
    monthly = {"fields": ["money"], "due": {"days": 2, "at": "17:00"}}
    ReportRule.objects.create(
        region=shelf.cast.region("city"),
        code="month",
        name="月报",
        edition=1,
        kind="month",
        state="in_force",
        rule=monthly,
        valid_from=date(2019, 1, 1),
    )
    watched(shelf.cast)
    assert {one.rule.row.kind for one in wanted(projects, DAY)} == {"month"}
    assert {one.row.kind for one in rules_in_force(shelf.cast.region("district"), DAY)} == {"day", "month"}


def test_who_is_asked_and_by_when_it_was_planned(shelf):
    projects = three(shelf.cast)
    campaign = watched(shelf.cast, asks=Asks(kinds=frozenset({"continuing"})))
    office = shelf.cast.actor("office")
    asked = {one.project.name: one.member.planned for one in asked_on(office, campaign, DAY)}
    assert asked == {"长宁路改造": date(2019, 3, 20), "周山物流园": DAY}
    mine = asked_on(shelf.cast.actor("reporter"), campaign, DAY, "reporting.claim")
    assert [one.project for one in mine] == [projects["长宁路改造"]]


def test_what_rests_is_asked_and_what_is_over_is_not(shelf):
    projects = listed(shelf.cast, ("停工项目", "housing", {}), ("竣工项目", "housing", {}))
    type(projects["停工项目"]).objects.filter(name="停工项目").update(stage="suspended")
    type(projects["停工项目"]).objects.filter(name="竣工项目").update(stage="completed")
    asked = asked_on(shelf.office, watched(shelf.cast), DAY)
    assert [one.project.name for one in asked] == ["停工项目"]
    assert asked[0].member.planned == DAY  # its list plans no resumption: from the watch's beginning


def test_a_watch_of_a_list_asks_that_list(shelf):
    three(shelf.cast)
    other = shelf.list(level="city")
    lone = shelf.project("另一名单的项目", stage="started")
    shelf.enter(other, lone, kind="continuing")
    campaign = watched(shelf.cast, annual_list=other)
    assert [one.project.name for one in asked_on(shelf.office, campaign, DAY)] == ["另一名单的项目"]
    assert len(asked_on(shelf.office, watched(shelf.cast, name="全部"), DAY)) == 4


def test_who_is_planned_after_the_end_is_not_asked_unless_all_are(shelf):
    three(shelf.cast)
    early = watched(shelf.cast, ends_on=date(2019, 4, 19))
    assert "青桐路快速化改造（一期）" not in {one.project.name for one in asked_on(shelf.office, early, DAY)}
    flood = watched(shelf.cast, name="汛期", ends_on=date(2019, 4, 19), fields=as_data(READY["flood"].fields))
    assert len(asked_on(shelf.office, flood, DAY)) == 3


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"ends_on": DAY - timedelta(days=1)}, "watch.ends_before"),
        ({"starts_on": date(2019, 1, 1), "ends_on": date(2019, 3, 30)}, "reporting.watch_over"),
        ({"ends_on": DAY + timedelta(days=366)}, "watch.too_long"),
        ({"fields": []}, "watch.field_wrong"),
        ({"fields": [*FIELDS, FIELDS[0]]}, "watch.field_twice"),
    ],
)
def test_what_cannot_be_ordered(shelf, told, code):
    refused(code, lambda: watched(shelf.cast, **told))


def test_only_the_office_orders_and_only_where_it_reaches(shelf):
    with pytest.raises(Refusal):
        watched(shelf.cast, "reporter")
    refused("library.region_out_of_reach", lambda: watched(shelf.cast, region="other_district"))
    watched(shelf.cast)
    refused("reporting.watch_name_taken", lambda: watched(shelf.cast))
    watched(shelf.cast, "outsider", "other_district")  # another district may use the name


def test_it_is_changed_before_it_begins_and_not_after(shelf):
    row = watched(shelf.cast, starts_on=DAY + timedelta(days=2))
    told = order(name="春季开复工", starts_on=DAY + timedelta(days=3), fields=FIELDS[:2])
    with pytest.raises(Conflict):
        actions.change_watch(actor=shelf.office, campaign=Campaign.objects.get(pk=row.pk), seen=7, order=told)
    actions.change_watch(actor=shelf.office, campaign=row, seen=row.version, order=told)
    row.refresh_from_db()
    rule = row.rules.get()
    assert (row.name, len(row.fields), rule.valid_from, rule.name) == (
        "春季开复工",
        2,
        DAY + timedelta(days=3),
        "春季开复工",
    )
    with at_day("2019-04-03"):
        run = lambda: actions.change_watch(actor=shelf.office, campaign=row, seen=row.version, order=order())  # noqa: E731 - one line tells more
        refused("reporting.watch_begun", run)


def test_it_ends_early_with_a_reason_and_then_asks_nothing(shelf):
    projects = three(shelf.cast)
    row = watched(shelf.cast)
    say(shelf.cast, row, projects["长宁路改造"], resumed=True)
    end = {"actor": shelf.office, "campaign": row, "seen": row.version}
    refused("core.reason_missing", lambda: actions.end_watch(**end, on=DAY, reason=" "))
    refused(
        "reporting.watch_end_day", lambda: actions.end_watch(**end, on=DAY + timedelta(days=1), reason="已全面复工")
    )
    actions.end_watch(**end, on=DAY, reason="已全面复工")
    with at_day("2019-04-01"):
        refused(
            "reporting.watch_day_shut",
            lambda: say(shelf.cast, row, projects["长宁路改造"], day=date(2019, 4, 1), resumed=True),
        )
        assert day_sheets(shelf.cast.actor("reporter")) == []
        refused("reporting.watch_not_running", lambda: actions.end_watch(**{**end, "seen": 2}, on=DAY, reason="再结束"))
    assert CampaignDay.objects.count() == 1


def test_it_is_withdrawn_while_nobody_said_anything(shelf):
    projects = three(shelf.cast)
    row, mistake = watched(shelf.cast), watched(shelf.cast, name="部署错了")
    say(shelf.cast, row, projects["长宁路改造"], workers=3)
    for one, code in ((row, "reporting.watch_has_days"), (mistake, "")):
        run = lambda one=one: actions.withdraw_watch(  # noqa: E731 - one line tells more
            actor=shelf.office, campaign=one, seen=one.version, reason="重复"
        )
        refused(code, run) if code else run()
    assert [one.name for one in visible_watches(shelf.office)] == [row.name]
    watched(shelf.cast, name="部署错了")  # its name is free again


def test_a_day_is_said_and_said_again_and_nothing_is_overwritten_unseen(shelf):
    project, row = three(shelf.cast)["长宁路改造"], watched(shelf.cast)
    assert say(shelf.cast, row, project, resumed=False, workers=3).added == 1
    first = CampaignDay.objects.get()
    assert say(shelf.cast, row, project, resumed=False, workers=3).unchanged == 1
    told = refused("reporting.watch_changed", lambda: say(shelf.cast, row, project, resumed=True))
    assert project.name in str(told)
    say(shelf.cast, row, project, seen=first.pk, resumed=True, workers=9)
    rows = [(one.values, one.superseded_at is None) for one in CampaignDay.objects.order_by("pk")]
    assert rows == [({"resumed": False, "workers": 3}, False), ({"resumed": True, "workers": 9}, True)]


def test_yesterday_is_late_and_the_day_before_is_shut(shelf):
    project, row = three(shelf.cast)["长宁路改造"], watched(shelf.cast)
    with at_day("2019-04-02"):
        say(shelf.cast, row, project, day=date(2019, 4, 1), workers=3)
        refused("reporting.watch_day_shut", lambda: say(shelf.cast, row, project, workers=3))
        refused("reporting.watch_day_shut", lambda: say(shelf.cast, row, project, day=date(2019, 4, 3), workers=3))


def test_the_last_day_may_be_handed_in_late_until_the_hour_of_the_next_work_day(shelf):
    """31 March is a Sunday, the watch's last day; Monday is a work day."""
    project, row = three(shelf.cast)["长宁路改造"], watched(shelf.cast, ends_on=DAY)
    with clock.at(datetime(2019, 4, 1, 16, 59, tzinfo=clock.ZONE)):
        say(shelf.cast, row, project, workers=3)
        (line,) = project_lines(
            standing(shelf.office, row, DAY), DAY, asked_on(shelf.cast.actor("reporter"), row, DAY)[:1]
        )
        assert line.marks == ["迟报"]
    with clock.at(datetime(2019, 4, 1, 17, 1, tzinfo=clock.ZONE)):
        refused("reporting.watch_day_shut", lambda: say(shelf.cast, row, project, workers=4))


def test_how_late_a_day_may_be_is_data_of_the_rule(shelf):
    project, row = three(shelf.cast)["长宁路改造"], watched(shelf.cast, ends_on=DAY, late=0)
    rule = row.rules.get().rule
    assert (rule["late"], rule["sheet"]) == (0, ["workers", "vehicles", "materials"])
    with clock.at(datetime(2019, 4, 1, 9, 0, tzinfo=clock.ZONE)):
        refused("reporting.watch_day_shut", lambda: say(shelf.cast, row, project, workers=3))


def test_a_sheet_asks_three_columns_anew_each_day_at_most(shelf):
    anew = [{"code": f"f{n}", "name": f"栏{n}", "kind": "words"} for n in range(4)]
    refused("rhythm.too_many_anew", lambda: watched(shelf.cast, fields=anew))
    watched(shelf.cast, fields=[*anew[:3], {"code": "on", "name": "到位", "kind": "yes"}])


def test_nobody_speaks_for_another_unit_nor_in_another_field(shelf):
    projects, row = three(shelf.cast), watched(shelf.cast)
    refused("core.not_found", lambda: say(shelf.cast, row, projects["周山物流园"], workers=3))
    refused("core.not_found", lambda: say(shelf.cast, row, projects["长宁路改造"], secret=3))
    with pytest.raises(Refusal):
        say(shelf.cast, row, projects["长宁路改造"], "head", workers=3)


def test_the_means_is_kept_and_a_cleared_line_is_missing_again(shelf):
    project, row = three(shelf.cast)["长宁路改造"], watched(shelf.cast)
    rows = [actions.DaySaid(project, {"workers": 3})]
    actions.say_day(actor=shelf.office, campaign=row, day=DAY, rows=rows, means=Means.PHONE)
    standing_row = CampaignDay.objects.get()
    assert standing_row.means == Means.PHONE
    say(shelf.cast, row, project, seen=standing_row.pk)
    assert standing(shelf.office, row, DAY).said == {}


def test_today_asks_the_reporter_until_it_is_said_and_the_office_before_the_end(shelf):
    projects, row = three(shelf.cast), watched(shelf.cast, ends_on=DAY + timedelta(days=8))
    reporter = shelf.cast.actor("reporter")
    (item,) = day_sheets(reporter)
    assert (item.due, item.note) == (DAY, "1 个项目今天没有填")
    assert day_sheets(shelf.office) == []
    assert ending(shelf.office) == []
    say(shelf.cast, row, projects["长宁路改造"], workers=1)
    assert day_sheets(reporter) == []
    with at_day("2019-04-01"):
        assert [one.due for one in ending(shelf.office)] == [row.ends_on]
        assert ending(shelf.cast.actor("outsider")) == []


def test_whose_watches_one_sees(shelf):
    row, other = watched(shelf.cast), watched(shelf.cast, "outsider", "other_district", name="涧西")

    assert list(visible_watches(shelf.cast.actor("reporter"))) == [row]
    assert list(visible_watches(shelf.cast.actor("street"), "reporting.claim")) == [row]
    assert set(visible_watches(shelf.cast.actor("superior"))) == {row, other}
    assert list(visible_watches(shelf.cast.actor("guest"))) == []
