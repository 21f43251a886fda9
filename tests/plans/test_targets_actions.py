"""Setting targets: sums close, locked months stay, who may do what, and what changed meanwhile."""

from datetime import date, datetime

import pytest

from guatu.core import clock
from guatu.core.models import TrailEntry
from guatu.core.refusals import Conflict, Refusal
from guatu.domain.periods import Period
from guatu.library.models import ClosedPeriod
from guatu.plans import actions
from guatu.plans.models import Target, TargetProfile, TargetSheet
from guatu.plans.queries.targets import last_said, sheet_rows, spread_of, standing
from tests.figures.conftest import YI, District, cast, district

__all__ = ["cast", "district"]
YEAR = 250_000_000
MILLION = 1_000_000
NOW = datetime(2019, 3, 20, 9, tzinfo=clock.ZONE)


@pytest.fixture
def project(district: District, cast):
    found = district.project("甲", total=20 * YI, planned=YEAR)
    district.assign(found, "responsible", unit=cast.unit("housing"))
    with clock.at(NOW):
        yield found


def plan(district, project):
    target, said = standing(district.annual_list, project)
    return spread_of(district.annual_list, target, said)


def refused(code):
    return pytest.raises(Refusal, check=lambda fault: fault.code == code)


def test_a_month_by_hand_is_taken_from_the_others_of_its_quarter_and_given_back(cast, district, project):
    actions.set_target(
        actor=cast.actor("office"),
        project=project,
        annual_list=district.annual_list,
        amounts={Period.parse("2019-04"): 30 * MILLION},
    )
    now = plan(district, project)
    assert now.quarters == (60 * MILLION, 62 * MILLION, 66 * MILLION, 62 * MILLION)
    assert now.months[3:6] == (30 * MILLION, 16_800_000, 15_200_000)  # 32 million over 21 and 19 days
    assert sum(now.days()) == YEAR
    actions.set_target(
        actor=cast.actor("office"),
        project=project,
        annual_list=district.annual_list,
        amounts={Period.parse("2019-04"): None},
    )
    assert plan(district, project).months[3] == 22 * MILLION
    entry = TrailEntry.objects.order_by("-number")[0]
    assert entry.action == "plans.set_target"


def test_locked_months_keep_their_targets_and_take_no_new_ones(cast, district, project):
    ClosedPeriod.objects.create(annual_list=district.annual_list, until=date(2019, 2, 28), closed_at=NOW)
    before = plan(district, project).months[:2]
    actions.set_target_profile(
        actor=cast.actor("office"), project=project, annual_list=district.annual_list, profile="s-curve"
    )
    after = plan(district, project)
    assert TargetProfile.objects.get().profile == "s-curve"
    assert after.months[:2] == before == (22 * MILLION, 17 * MILLION)
    assert after.months[6] > 23 * MILLION  # the curve's middle
    assert sum(after.months) == YEAR
    with refused("plans.target_locked"):
        actions.set_target(
            actor=cast.actor("office"),
            project=project,
            annual_list=district.annual_list,
            amounts={Period.parse("2019-02"): MILLION},
        )


def test_what_does_not_close_is_refused_with_the_period_and_nothing_is_written(cast, district, project):
    months = {Period.parse(f"2019-0{month}"): 10 * MILLION for month in (4, 5, 6)}
    quarter = {Period.parse("2019-Q2"): 62 * MILLION}
    with pytest.raises(Refusal) as fault:
        actions.set_target(
            actor=cast.actor("office"), project=project, annual_list=district.annual_list, amounts={**quarter, **months}
        )
    assert fault.value.code == "targets.hand_differs"
    assert "2019-Q2" in str(fault.value)
    assert not Target.objects.exists()


def test_a_unit_divides_its_quarters_and_moves_none(cast, district, project):
    reporter = cast.actor("reporter")

    def give(**amounts):
        periods = {Period.parse(code): amount for code, amount in amounts.items()}
        actions.set_target(actor=reporter, project=project, annual_list=district.annual_list, amounts=periods)

    give(**{"2019-05": 30 * MILLION})
    assert plan(district, project).months[4] == 30 * MILLION
    with refused("plans.quarter_for_office"):
        give(**{"2019-Q2": 70 * MILLION})
    with refused("plans.quarter_moves"):
        give(**{"2019-04": 30 * MILLION, "2019-06": 30 * MILLION})
    with refused("core.not_allowed"):
        actions.set_target_profile(actor=reporter, project=project, annual_list=district.annual_list, profile="s-curve")
    with refused("core.not_found"):
        actions.set_target(
            actor=cast.actor("other_reporter"),
            project=project,
            annual_list=district.annual_list,
            amounts={Period.parse("2019-05"): MILLION},
        )


def test_who_saved_meanwhile_is_not_overwritten(cast, district, project):
    seen = last_said(project.pk, district.annual_list.pk)
    amounts = {Period.parse("2019-05"): 30 * MILLION}
    who = {"actor": cast.actor("office"), "project": project, "annual_list": district.annual_list}
    actions.set_target(**who, amounts=amounts, seen=seen)
    with pytest.raises(Conflict):
        actions.set_target(**who, amounts={Period.parse("2019-05"): MILLION}, seen=seen)
    with pytest.raises(Conflict):
        actions.set_target_profile(**who, profile="s-curve", seen=seen)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"profile": "weights", "weights": [1, 2]}, "targets.weights_count"),
        ({"profile": "weights", "weights": [0] * 12}, "targets.weights_zero"),
        ({"profile": "steep"}, "plans.profile_unknown"),
        ({"profile": "even", "capacity_daily": -1}, "plans.capacity_negative"),
    ],
)
def test_a_profile_that_is_none_is_refused(cast, district, project, how, code):
    with refused(code):
        actions.set_target_profile(actor=cast.actor("office"), project=project, annual_list=district.annual_list, **how)


def test_a_project_outside_the_list_has_no_targets(cast, district, project):
    ours = district.annual_list
    district.annual_list = type(ours).objects.create(level="city", region=district.region, year=2019, name="市级")
    with refused("plans.target_not_listed"):
        actions.set_target_profile(
            actor=cast.actor("office"), project=project, annual_list=district.annual_list, profile="even"
        )


def test_an_issued_sheet_is_frozen(cast, district, project):
    head, listed = cast.actor("office_head"), district.annual_list
    issue = {
        "actor": head,
        "annual_list": listed,
        "document_number": "西重项〔2019〕3号",
        "issued_on": date(2019, 3, 20),
    }
    sheet = actions.issue_target_sheet(**issue)
    row = sheet.content["rows"][0]
    assert (row["name"], row["year"]) == ("甲", YEAR)
    assert row["quarters"] == [60 * MILLION, 62 * MILLION, 66 * MILLION, 62 * MILLION]
    assert sum(row["months"]) == YEAR
    actions.set_target(actor=head, project=project, annual_list=listed, amounts={Period.parse("2019-Q2"): 80 * MILLION})
    assert sheet_rows(listed, date(2019, 3, 20))[0]["quarters"][1] == 80 * MILLION
    assert TargetSheet.objects.get().content["rows"][0]["quarters"][1] == 62 * MILLION
    with refused("plans.sheet_number_taken"):
        actions.issue_target_sheet(**issue)
    with refused("core.not_allowed"):
        actions.issue_target_sheet(**{**issue, "actor": cast.actor("office"), "document_number": "4号"})
    with refused("plans.sheet_in_future"):
        actions.issue_target_sheet(**{**issue, "document_number": "4号", "issued_on": date(2019, 4, 1)})
