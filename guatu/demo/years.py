"""What the lists of a year say: which projects, with which kind, plan and goals, on which levels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from guatu.demo import words
from guatu.demo.model import EntryPlan, ProjectPlan, Schedule
from guatu.demo.progress import MILLION, Truth
from guatu.demo.seasons import in_season, lunar_new_year

LEVELS = ("district", "city", "province")
MARKS = {"province": "★", "city": "☆"}
LEADING_GROUP_TOTAL = 1_000 * MILLION  # from a billion yuan on the leading group drives a project itself


@dataclass(frozen=True, slots=True)
class Dates:
    """The planned dates of a project as a year's list prints them."""

    kind: str
    start: date | None
    finish: date


def unfinished(project: ProjectPlan, day: date) -> bool:
    """Whether a project is not completed at the end of a day."""
    return project.schedule.finish > day


def dates_in(project: ProjectPlan, year: int) -> Dates:
    """Kind and planned dates: a start that was missed is planned anew, and so is a finish that has passed."""
    schedule = project.schedule
    first, last = date(year, 1, 1), date(year, 12, 31)
    slip = schedule.start - schedule.planned_start if schedule.start < first else timedelta(0)
    finish = in_season(schedule.planned_finish + slip)
    if finish < date(year, 3, 1):
        finish = date(year, 4 + project.number % 8, 28)
    if schedule.start < first:
        return Dates("continuing", None, finish)
    start = _start_in(schedule, project.number, year)
    if start > last:
        return Dates("preliminary", None, max(finish, start + timedelta(days=200)))
    return Dates("new_start", start, max(finish, start + timedelta(days=120)))


def _start_in(schedule: Schedule, number: int, year: int) -> date:
    if schedule.planned_start.year >= year:
        return schedule.planned_start
    anew = max(lunar_new_year(year) + timedelta(days=12), date(year, 2, 24)) + timedelta(days=number % 90)
    return min(anew, schedule.start) if schedule.start.year == year else anew


def entry_of(truth: Truth, project: ProjectPlan, year: int, number: int, level: str, rng: Random) -> EntryPlan:
    """What the list of a level says of a project in a year."""
    dates = dates_in(project, year)
    completes = dates.finish.year == year and dates.kind != "preliminary"
    planned = truth.planned_year(project, year, _work_from(dates, year), dates.finish, rng.randint(72, 92))
    resume = None
    if dates.kind == "continuing" and not _stopped_at(project.schedule, date(year, 1, 1)):
        resume = lunar_new_year(year) + timedelta(days=10 + project.number % 12)
    return EntryPlan(
        project=project.number,
        number=number,
        kind=dates.kind,
        completes_this_year=completes,
        planned_investment=planned,
        planned_start=dates.start,
        planned_finish=dates.finish,
        planned_resume=resume,
        goal=words.goal_of(dates.kind, completes, dates.finish),
        quarter_goals=words.quarter_goals(dates.kind, year, dates.start, dates.finish),
        layer=layer_of(project),
        mark=mark_of(project, year) if level == "district" else "",
        document=f"政府工作报告（{year}年）第{project.number % 6 + 2}部分" if project.number % 4 == 0 else "",
    )


def _work_from(dates: Dates, year: int) -> date | None:
    """The day from which the year's money flows: 1 January less a day for what began before; None for preliminaries."""
    return date(year - 1, 12, 31) if dates.kind == "continuing" else dates.start


def layer_of(project: ProjectPlan) -> str:
    """Who drives a project."""
    if project.levels or project.total >= LEADING_GROUP_TOTAL:
        return "leading_group"
    return "sector" if project.number % 3 else "unit"


def mark_of(project: ProjectPlan, year: int) -> str:
    """The sign of the highest list that a project is on."""
    levels = levels_in(project, year)
    return next((MARKS[level] for level in ("province", "city") if level in levels), "")


def levels_in(project: ProjectPlan, year: int) -> tuple[str, ...]:
    """The higher lists that a project is on in a year."""
    return project.levels if project.levels and project.level_year <= year else ()


def _stopped_at(schedule: Schedule, day: date) -> bool:
    return any(first <= day and (until is None or until > day) for first, until in schedule.stops)


def stopped_at(project: ProjectPlan, day: date) -> bool:
    """Whether a project is stopped on a day."""
    return _stopped_at(project.schedule, day)


def entries_of(
    truth: Truth, projects: Iterable[ProjectPlan], year: int, level: str, seed: int, *, first: int = 1
) -> tuple[EntryPlan, ...]:
    """The entries of a level's list, ordered by class as lists print them."""
    rng = Random(f"guatu:{seed}:{level}:{year}:{first}")
    listed = [project for project in projects if level == "district" or level in levels_in(project, year)]
    listed.sort(key=lambda project: (project.group, project.number))
    return tuple(
        entry_of(truth, project, year, number, level, rng) for number, project in enumerate(listed, start=first)
    )


def as_draft(entries: Sequence[EntryPlan]) -> tuple[EntryPlan, ...]:
    """The draft of a list: some plans are still other amounts, and goals are not yet set by quarter."""
    return tuple(
        replace(
            entry,
            planned_investment=_draft_amount(entry),
            quarter_goals=(),
            mark="",
        )
        for entry in entries
    )


def _draft_amount(entry: EntryPlan) -> int:
    if entry.project % 11:
        return entry.planned_investment
    return max(MILLION, entry.planned_investment * 9 // 10 // MILLION * MILLION)


def raised_to(projects: list[ProjectPlan], year: int, wanted: int, seed: int) -> list[ProjectPlan]:
    """The same projects, so many of them on higher lists that the year has `wanted` provincial and city ones."""
    rng = Random(f"guatu:{seed}:levels:{year}")
    have = sum(bool(levels_in(project, year)) for project in projects)
    able = [project for project in projects if not project.levels and unfinished(project, date(year, 12, 31))]
    able.sort(key=lambda project: (-project.total, project.number))
    pool = able[: max(0, wanted - have) * 2]
    chosen = {project.number for project in rng.sample(pool, min(max(0, wanted - have), len(pool)))}
    choices = (("city",), ("city",), ("city",), ("city", "province"), ("province",), ("city", "province"))
    return [
        replace(project, levels=rng.choice(choices), level_year=year) if project.number in chosen else project
        for project in projects
    ]
