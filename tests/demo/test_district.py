"""What is written is what was planned: figures, what was known when, the trail, and who answers."""

import stat
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, timedelta

import pytest
from django.conf import settings

from guatu.core import clock, trail
from guatu.demo import bodies, lights
from guatu.demo.build import kept_logins
from guatu.demo.model import Claims, Readings
from guatu.demo.seasons import moment
from guatu.figures.models import LightExemption, LightExplanation, LightRuleSet
from guatu.figures.queries.lit import lights_on
from guatu.figures.queries.memo import forget
from guatu.library.choices import ListState, Role
from guatu.library.models import Amendment, AnnualList, Assignment, CheckPoint, ListEntry, Project, StageChange
from guatu.people.models import Post, User
from guatu.reporting.choices import Truth
from guatu.reporting.models import Reading
from tests.demo.conftest import TODAY, Built, figures, planned

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    forget()
    with clock.at(moment(TODAY)):
        yield


@pytest.mark.parametrize("as_of", [date(2024, 12, 31), date(2025, 9, 30), date(2026, 3, 31), date(2026, 8, 11)])
@pytest.mark.parametrize("levels", [["district"], ["province", "city"]])
def test_figures_agree_with_the_plan(built: Built, as_of: date, levels: list[str]):
    found = figures(as_of.year, levels, as_of)
    assert found == planned(built, as_of.year, levels, as_of)
    assert found["projects"]


@pytest.mark.parametrize("basis", ["statistics", "payment"])
def test_figures_of_the_other_bases_agree_with_the_plan(built: Built, basis: str):
    day = date(2026, 7, 31)
    found = figures(2026, ["district"], day, basis=basis)
    assert found == planned(built, 2026, ["district"], day, basis=basis)
    assert found["investment_to_date"]


@pytest.mark.parametrize(
    ("year", "as_of", "known"),
    [
        (2025, date(2025, 5, 31), date(2025, 6, 2)),  # May's sheets have not come yet
        (2025, date(2025, 5, 31), date(2025, 6, 4)),  # the first has
        (2025, date(2025, 12, 31), date(2025, 12, 29)),  # estimates
        (2026, date(2026, 1, 31), date(2026, 1, 15)),  # the provisional list
        (2026, date(2026, 7, 31), date(2026, 7, 19)),  # before the adjustment
    ],
)
def test_what_was_known_then_is_what_the_plan_had_done_by_then(built: Built, year: int, as_of: date, known: date):
    then = figures(year, ["district"], as_of, known=known)
    assert then == planned(built, year, ["district"], as_of, known=known)
    assert then != figures(year, ["district"], as_of)


def test_every_reading_is_recorded_at_the_moment_of_its_sheet(built: Built):
    numbers = {project.name: project.number for project in built.plan.projects}
    expected = {
        (row.project, row.on, deed.basis): (deed.at.astimezone(UTC), row.cumulative, row.estimate)
        for deed in built.plan.deeds
        if isinstance(deed, Readings)
        for row in deed.rows
    }
    rows = Reading.objects.filter(truth=Truth.CONFIRMED, superseded_at=None).exclude(source="年度结转")
    found = {
        (numbers[row.project.name], row.effective_on, row.basis): (row.recorded_at, row.cumulative, row.estimate)
        for row in rows.select_related("project")
    }
    assert found == expected


def test_nothing_is_recorded_after_yesterday(built: Built):
    for model in (ListEntry, StageChange, Assignment, Reading):
        assert model.objects.exists()
        assert not model.objects.filter(recorded_at__gte=clock.end_of(TODAY - timedelta(days=1))).exists()


def test_the_trail_is_whole_and_in_the_order_of_time(built: Built, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trail, "head_file", lambda: built.folder / "trail.heads")
    verdict = trail.verify()
    assert verdict.valid, verdict
    moments = list(trail.TrailEntry.objects.order_by("number").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert verdict.entries == len(moments)


def test_every_project_of_a_list_has_its_lead_and_unit_or_a_stated_gap(built: Built):
    listed = Project.objects.filter(entries__superseded_at=None, entries__listed=True).distinct()
    gaps = {project.name: project.gaps for project in built.plan.projects}
    for project in listed:
        held = set(Assignment.objects.filter(project=project, superseded_at=None).values_list("role", flat=True))
        for role, member in ((Role.LEAD, "leader"), (Role.RESPONSIBLE, "unit"), (Role.TASK_FORCE, "task_force")):
            assert role in held or gaps[project.name][member] in project.remark


def test_the_lists_stand_with_their_documents_and_check_points(built: Built):
    lists = AnnualList.objects.filter(state=ListState.ISSUED)
    assert {(row.level, row.year) for row in lists} == {
        (level, year) for level in ("district", "city", "province") for year in (2024, 2025, 2026)
    }
    this_year = lists.get(level="district", year=2026)
    batches = list(this_year.batches.order_by("number").values_list("document_number", flat=True))
    assert batches == ["西重项〔2026〕4号（演示）", "西重项〔2026〕19号（演示）"]
    assert CheckPoint.objects.filter(annual_list=this_year).count() == 4
    amendments = Amendment.objects.filter(annual_list=this_year)
    assert {row.kind for row in amendments} == {"out", "in", "change"}
    assert {row.projects_after for row in amendments if row.kind != "out"} == {12}


def test_what_the_reporter_told_waits_for_the_reviewer(built: Built):
    told = [row for deed in built.plan.deeds if isinstance(deed, Claims) for row in deed.rows]
    claimed = Reading.objects.filter(truth=Truth.CLAIMED, period=f"{TODAY:%Y-%m}")
    assert sorted(row.cumulative for row in claimed) == sorted(row.cumulative for row in told)


def test_each_log_in_works_and_is_kept_for_its_owner_only(built: Built, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "DATA_DIR", built.folder)
    logins = built.report["logins"]
    assert kept_logins() == logins
    path = built.folder / "demo-logins.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len({row["password"] for row in logins}) == len(logins) == 17
    for row in logins:
        assert len(row["password"]) >= 10
        assert User.objects.get(username=row["username"]).check_password(row["password"])
    assert Post.objects.filter(user=None, kind="leader").count() == 32


def test_the_district_goes_by_rules_of_lights_and_says_what_holds_its_projects(built: Built):
    rules = LightRuleSet.objects.get(state="in_force")
    assert (rules.valid_from, rules.region.code) == (date(TODAY.year, 1, 1), bodies.REGION)
    shown = lights_on(TODAY)
    colours = Counter(light.colour for light in shown.values())
    assert colours["green"] + colours["blue"] > colours["yellow"] + colours["red"] > 0
    excused = LightExemption.objects.count()
    assert excused == 2
    assert sum(light.exemption is not None for light in shown.values()) == excused
    told = lights_on(TODAY - lights.CARED)
    warned = {project for project, light in told.items() if light.colour in ("red", "yellow")}
    answered = set(LightExplanation.objects.values_list("project_id", flat=True))
    answered |= set(LightExemption.objects.values_list("project_id", flat=True))
    assert answered <= warned
    assert len(answered) == min(len(warned), excused + len(lights.SAID))
