"""Lists: settings, entries, packages, amendments that balance, the lock, the turn of the year."""

from datetime import date
from decimal import Decimal

import pytest

from guatu.core.refusals import Refusal
from guatu.library import actions
from guatu.library.models import AnnualList, CheckPoint, ListEntry
from guatu.library.queries.lists import Totals, entries_as_of, list_totals, neighbours
from tests.library.conftest import YI, at_day

JAN, JUNE = date(2019, 1, 1), date(2019, 6, 12)


def yi(text):
    """亿元 as a bulletin prints them, in yuan."""
    return int(Decimal(text) * YI)


def amend(shelf, annual_list, on=JUNE, **tables):
    paper = {"document": "武政办发〔2012〕65号", "reason": "年中调整", "approved_by": "区政府常务会议"}
    return actions.amend_list(actor=shelf.head, annual_list=annual_list, on=on, **paper, **tables)


def test_there_is_one_list_of_a_level_region_and_year(shelf):
    shelf.list()
    with pytest.raises(Refusal) as refusal:
        shelf.list()
    assert refusal.value.code == "library.list_exists"
    shelf.list(level="city")
    assert AnnualList.objects.count() == 2


def test_settings_take_only_what_they_can_mean(shelf):
    annual_list = shelf.list(decimals=2)
    change = actions.change_list_settings
    assert change(actor=shelf.office, annual_list=annual_list, seen=1, values={"start_base": "all"})
    for values, code in (({"decimals": 7}, "library.setting_wrong"), ({"colour": 1}, "library.setting_unknown")):
        with pytest.raises(Refusal) as refusal:
            change(actor=shelf.office, annual_list=annual_list, seen=None, values=values)
        assert refusal.value.code == code
    assert AnnualList.objects.get().decimals == 2


def test_an_entry_keeps_what_a_later_one_does_not_name(shelf):
    annual_list, project = shelf.list(), shelf.project()
    shelf.enter(annual_list, project, plan=3 * YI)
    done = actions.put_entry(
        actor=shelf.office, annual_list=annual_list, project=project, on=date(2019, 3, 1), values={"goal": "主体封顶"}
    )
    assert done.added == 1
    assert entries_as_of(annual_list, JAN)[project.pk].goal == ""
    later = entries_as_of(annual_list, date(2019, 3, 1))[project.pk]
    assert (later.goal, later.planned_investment) == ("主体封顶", 3 * YI)


def test_the_same_entries_again_change_nothing(shelf):
    annual_list, projects = shelf.list(), [shelf.project("甲"), shelf.project("乙")]
    assert shelf.enter(annual_list, *projects).added == 2
    assert shelf.enter(annual_list, *projects).unchanged == 2
    assert ListEntry.objects.count() == 2


def test_completing_is_a_kind_only_where_the_list_prints_it_so(shelf):
    project = shelf.project()
    with pytest.raises(Refusal) as refusal:
        shelf.enter(shelf.list(), project, kind="completing")
    assert refusal.value.code == "library.kind_overlaps"
    exclusive = shelf.list(level="city", kinds_exclusive=True)
    assert shelf.enter(exclusive, project, kind="completing").added == 1


def test_a_package_counts_once(shelf):
    annual_list = shelf.list()
    package = shelf.project("停车场打包项目", is_package=True)
    child = shelf.project("一号停车场", package=package)
    shelf.enter(annual_list, package)
    with pytest.raises(Refusal) as refusal:
        shelf.enter(annual_list, child)
    assert refusal.value.code == "library.package_counted"
    other = shelf.list(level="city")
    shelf.enter(other, child)
    with pytest.raises(Refusal):
        shelf.enter(other, package)
    assert list_totals(annual_list, JAN).projects == list_totals(other, JAN).projects == 1


def test_before_less_out_plus_in_and_the_changes_is_after(shelf):
    """武进 2012: 21 out (162/48.3亿), 41 in (192.4/50.7), 9 changed (42.2→36.6, 17.7→15.4); then 228, 1797.8, 514.1."""
    out, come = Totals(21, 162 * YI, yi("48.3")), Totals(41, yi("192.4"), yi("50.7"))
    old, new = Totals(9, yi("42.2"), yi("17.7")), Totals(9, yi("36.6"), yi("15.4"))
    after = Totals(228, yi("1797.8"), yi("514.1"))
    before = after.plus(out).minus(come).plus(old).minus(new)

    annual_list = shelf.list()

    def make(tag, totals):
        """Projects whose sums are the published ones."""
        made = []
        for number in range(totals.projects):
            share = [amount // totals.projects for amount in (totals.total_investment, totals.planned_investment)]
            if number == 0:
                share[0] += totals.total_investment % totals.projects
                share[1] += totals.planned_investment % totals.projects
            project = actions.NewProject(
                name=f"{tag}{number}", region=shelf.cast.region(), profile={"total_investment": share[0]}
            )
            made.append((project, share[1]))
        projects = actions.register_many(actor=shelf.office, rows=[row for row, _plan in made], on=JAN)
        return [
            actions.EntryRow(project=project, values={"planned_investment": plan, "kind": "new_start"})
            for project, (_row, plan) in zip(projects, made, strict=True)
        ]

    leaving, changing, staying = make("出", out), make("变", old), make("留", before.minus(out).minus(old))
    actions.put_entries(actor=shelf.office, annual_list=annual_list, rows=leaving + changing + staying, on=JAN)
    assert list_totals(annual_list, JAN) == before == Totals(208, 1773 * YI, 514 * YI)

    news = {row.project.name.replace("改", "变"): row for row in make("改", new)}
    totals = {name: row.project.profiles.get().total_investment for name, row in news.items()}
    change = [
        actions.ChangeRow(
            project=row.project,
            entry={"planned_investment": news[row.project.name].values["planned_investment"]},
            profile={"total_investment": totals[row.project.name]},
        )
        for row in changing
    ]
    done = amend(shelf, annual_list, take_out=[row.project for row in leaving], take_in=make("入", come), change=change)
    assert (done.before, done.taken_out, done.taken_in) == (before, out, come)
    assert (done.changed_from, done.changed_to, done.after) == (old, new, after)
    moved = done.before.minus(done.taken_out).plus(done.taken_in)
    assert moved.minus(done.changed_from).plus(done.changed_to) == done.after
    assert list_totals(annual_list, date(2019, 6, 11)) == before
    tables = list(annual_list.amendments.order_by("pk"))
    assert [row.kind for row in tables] == ["out", "in", "change"]
    assert [(row.projects_before, row.projects_after) for row in tables] == [(208, 187), (187, 228), (228, 228)]
    assert (tables[-1].total_after, tables[-1].planned_after) == (yi("1797.8"), yi("514.1"))


def test_an_amendment_that_fits_no_entry_changes_nothing(shelf):
    annual_list, listed, stranger = shelf.list(), shelf.project("甲"), shelf.project("乙")
    shelf.enter(annual_list, listed)
    into = actions.EntryRow(project=listed, values={})
    for tables, code in (
        ({"take_out": [stranger]}, "library.not_in_list"),
        ({"take_in": [into]}, "library.already_in_list"),
        ({"take_out": [listed], "change": [actions.ChangeRow(project=listed)]}, "library.listed_twice"),
        ({}, "library.amendment_empty"),
    ):
        with pytest.raises(Refusal) as refusal:
            amend(shelf, annual_list, **tables)
        assert refusal.value.code == code
    assert list(entries_as_of(annual_list, JUNE)) == [listed.pk]
    assert not annual_list.amendments.exists()


def test_a_list_of_another_region_answers_as_one_that_does_not_exist(shelf):
    annual_list, project = shelf.list(), shelf.project()
    with pytest.raises(Refusal) as refusal:
        actions.put_entry(
            actor=shelf.cast.actor("outsider"), annual_list=annual_list, project=project, on=JAN, values={}
        )
    assert refusal.value.code == "core.not_found"
    assert actions.put_entry(
        actor=shelf.cast.actor("office"), annual_list=annual_list, project=project, on=JAN, values={}
    ).added


def test_what_is_locked_stays_and_a_correction_is_booked_on_the_next_day(shelf):
    annual_list, project = shelf.list(), shelf.project()
    shelf.enter(annual_list, project, plan=2 * YI)
    actions.close_period(actor=shelf.head, annual_list=annual_list, until=date(2019, 2, 28))
    shelf.enter(annual_list, project, plan=3 * YI)
    rows = ListEntry.objects.filter(annual_list=annual_list)
    assert rows.as_of(date(2019, 2, 28)).get().planned_investment == 2 * YI
    assert rows.as_of(date(2019, 2, 28), restated=True).get().planned_investment == 3 * YI
    correction = rows.as_of(date(2019, 3, 1)).get()
    assert (correction.effective_on, correction.booked_on) == (JAN, date(2019, 3, 1))
    assert shelf.enter(annual_list, project, plan=3 * YI).unchanged == 1


def test_a_lock_goes_forward_and_not_into_the_future(shelf):
    annual_list = shelf.list()
    actions.close_period(actor=shelf.head, annual_list=annual_list, until=date(2019, 2, 28))
    for until, code in ((date(2019, 1, 31), "library.closed_already"), (date(2019, 4, 30), "library.close_future")):
        with pytest.raises(Refusal) as refusal:
            actions.close_period(actor=shelf.head, annual_list=annual_list, until=until)
        assert refusal.value.code == code


def test_a_check_point_is_set_once_and_moved_within_its_year(shelf):
    annual_list = shelf.list()
    for on in (date(2019, 6, 30), date(2019, 6, 28)):
        actions.set_check_point(actor=shelf.office, annual_list=annual_list, name="双过半", on=on)
    assert CheckPoint.objects.get().on == date(2019, 6, 28)
    with pytest.raises(Refusal):
        actions.set_check_point(actor=shelf.office, annual_list=annual_list, name="年底", on=date(2020, 1, 1))


def test_the_next_project_of_a_list_is_one_that_the_reader_may_see(shelf):
    annual_list = shelf.list()
    first, second, third = (shelf.project(name) for name in ("甲一", "甲二", "甲三"))
    rows = [
        actions.EntryRow(project=project, values={"number": number})
        for number, project in enumerate((first, second, third), start=1)
    ]
    actions.put_entries(actor=shelf.office, annual_list=annual_list, rows=rows, on=JAN)
    assert neighbours(annual_list, second, JAN) == (2, 3, first, third)
    assert neighbours(annual_list, first, JAN, visible=[first.pk, third.pk]) == (1, 2, None, third)


@pytest.fixture
def year(shelf):
    """A list of three: one started, one not, one completed."""
    annual_list = shelf.list()
    started = shelf.project("在建", stage="started", stage_on=date(2019, 2, 1))
    waiting = shelf.project("未开工", stage="preliminary")
    done = shelf.project("竣工", stage="completed", stage_on=date(2019, 3, 1))
    shelf.enter(annual_list, started, waiting, done)
    return annual_list, started, waiting, done


def test_every_unfinished_project_is_carried_over_or_dropped_with_a_reason(shelf, year):
    annual_list, started, waiting, done = year
    with at_day("2019-12-25"):
        carry = {"actor": shelf.head, "annual_list": annual_list}
        for continuing, dropped, code in (
            ([started], {}, "library.carry_undecided"),
            ([started], {waiting.pk: " "}, "core.reason_missing"),
            ([started, waiting, done], {}, "library.not_in_list"),
        ):
            with pytest.raises(Refusal) as refusal:
                actions.carry_over(**carry, continuing=continuing, dropped=dropped)
            assert refusal.value.code == code
        following = actions.carry_over(**carry, continuing=[started], dropped={waiting.pk: "业主放弃"})
        assert (following.year, following.state) == (2020, "provisional")
        entries = entries_as_of(following, date(2020, 1, 1))
        assert {key: entry.kind for key, entry in entries.items()} == {started.pk: "continuing"}
        with pytest.raises(Refusal) as refusal:
            actions.carry_over(**carry, continuing=[started], dropped={waiting.pk: "业主放弃"})
        assert refusal.value.code == "library.carry_done"


def test_a_year_is_not_carried_over_in_march(shelf, year):
    annual_list, started, waiting, _done = year
    with pytest.raises(Refusal) as refusal:
        actions.carry_over(actor=shelf.head, annual_list=annual_list, continuing=[started, waiting], dropped={})
    assert refusal.value.code == "library.carry_early"


def test_the_issued_list_replaces_the_provisional_one_from_new_year_and_says_what_differs(shelf, year):
    annual_list, started, waiting, _done = year
    with at_day("2019-12-25"):
        following = actions.carry_over(
            actor=shelf.head, annual_list=annual_list, continuing=[started, waiting], dropped={}
        )
    with at_day("2020-02-20"):
        fresh = shelf.project("新列入", on="2020-01-01")
        rows = [
            actions.EntryRow(project=started, values={"planned_investment": 5 * YI}),
            actions.EntryRow(project=fresh, values={"planned_investment": YI, "kind": "new_start"}),
        ]
        issue = {"actor": shelf.head, "annual_list": following, "issued_on": date(2020, 2, 18)}
        differences = actions.issue_list(**issue, document_number="西政〔2020〕4号", rows=rows)
        with pytest.raises(Refusal) as refusal:
            actions.issue_list(**issue, document_number="西政〔2020〕5号", rows=rows)
        assert refusal.value.code == "library.not_provisional"
    assert [entry.project for entry in differences.added] == [fresh]
    assert [entry.project for entry in differences.removed] == [waiting]
    assert [(old.planned_investment, new.planned_investment) for old, new in differences.changed] == [(None, 5 * YI)]
    assert set(entries_as_of(following, date(2020, 1, 1))) == {started.pk, fresh.pk}
    as_known = entries_as_of(following, date(2020, 1, 31), known=date(2020, 1, 31))
    assert set(as_known) == {started.pk, waiting.pk}
