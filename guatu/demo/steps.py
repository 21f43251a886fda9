"""The steps of projects' lives, each registered at a weekly meeting some days after it happened."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from guatu.demo import words
from guatu.demo.model import ProjectPlan, StepPlan, Steps
from guatu.demo.seasons import in_season, lunar_new_year, meeting_after, moment
from guatu.demo.trades import BY_GROUP


def deeds(projects: Sequence[ProjectPlan], gone: Mapping[int, date], first: int, today: date) -> list[Steps]:
    """The weekly meetings of three years with what each registers; nothing of a project that has left the list."""
    meetings: dict[date, list[StepPlan]] = {}
    for project in projects:
        until = min(gone.get(project.number, today), today)
        for step in life(project, first, today.year):
            told = max(meeting_after(step.on), project.registered_on)
            if told < until:
                meetings.setdefault(told, []).append(step)
    return [Steps(at=moment(day, 17, 0), steps=tuple(rows)) for day, rows in sorted(meetings.items())]


def life(project: ProjectPlan, first: int, last: int) -> list[StepPlan]:
    """A project's steps after its registration in reserve, oldest first; the yearly return to work from `first` on."""
    steps = [*_before_the_start(project), *_building(project), *_after(project)]
    returns = [*_ends_of_stops(project), *_yearly_returns(project, first, last)]
    steps += [
        StepPlan(project=project.number, stage="under_construction", on=on, resumed=True, occurrence=place)
        for place, on in enumerate(sorted(set(returns)))
    ]
    for part, done in enumerate(project.parts_done):
        steps.append(StepPlan(project=project.number, part=part, stage="started", on=project.schedule.start))
        steps.append(StepPlan(project=project.number, part=part, stage="completed", on=done))
    return sorted(steps, key=lambda step: step.on)


def _before_the_start(project: ProjectPlan) -> Iterator[StepPlan]:
    span = (project.prelim_on - project.reserve_on).days
    if project.promoted:
        yield StepPlan(project=project.number, stage="signed", on=project.reserve_on + timedelta(days=span // 3))
        yield StepPlan(project=project.number, stage="landed", on=project.reserve_on + timedelta(days=span * 2 // 3))
    yield StepPlan(project=project.number, stage="preliminary", on=project.prelim_on)


def building_from(project: ProjectPlan) -> date:
    """The day from which a project counts as under construction."""
    schedule = project.schedule
    return min(schedule.start + timedelta(days=25 + project.number % 30), schedule.finish - timedelta(days=10))


def _building(project: ProjectPlan) -> Iterator[StepPlan]:
    number, schedule = project.number, project.schedule
    yield StepPlan(project=number, stage="started", on=schedule.start)
    yield StepPlan(project=number, stage="under_construction", on=building_from(project))
    for place, (stopped, _until) in enumerate(schedule.stops):
        yield StepPlan(
            project=number,
            stage="suspended",
            on=stopped,
            occurrence=place,
            reason=words.STOPS[(number + place) % len(words.STOPS)],
        )
    yield StepPlan(project=number, stage="completed", on=schedule.finish)


def _after(project: ProjectPlan) -> Iterator[StepPlan]:
    if not BY_GROUP[project.group].produces:
        return
    running = in_season(project.schedule.finish + timedelta(days=20 + project.number % 40))
    yield StepPlan(project=project.number, stage="in_production", on=running)
    if project.number % 2:
        full = in_season(running + timedelta(days=150 + project.number % 150))
        yield StepPlan(project=project.number, stage="full_output", on=full)


def _ends_of_stops(project: ProjectPlan) -> Iterator[date]:
    return (until for _first, until in project.schedule.stops if until is not None)


def _yearly_returns(project: ProjectPlan, first: int, last: int) -> Iterator[date]:
    """The return to work after the Spring Festival, of what was being built before it."""
    for year in range(first, last + 1):
        late = 40 if project.manner == "slow" else 16
        on = lunar_new_year(year) + timedelta(days=8 + project.number * 7 % late)
        begun = building_from(project) < date(year, 1, 1) and on < project.schedule.finish
        if begun and not _stopped(project, on):
            yield on


def _stopped(project: ProjectPlan, day: date) -> bool:
    return any(first <= day and (until is None or until >= day) for first, until in project.schedule.stops)
