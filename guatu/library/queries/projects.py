"""Projects: what they count as, and the stage in which they stand, at a date."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from guatu.domain.codes.check import squeeze
from guatu.library.choices import Stage
from guatu.library.models import Project, ProjectProfile, StageChange

PART = 800
_ORDER = {stage: order for order, stage in enumerate(Stage.values)}


def parts_of(texts: Iterable[str]) -> Iterator[Sequence[str]]:
    """Texts in parts that every database takes in one query."""
    listed = sorted(texts)
    for start in range(0, len(listed), PART):
        yield listed[start : start + PART]


def parts(ids: Iterable[int]) -> Iterator[Sequence[int]]:
    """Ids in parts that every database takes in one query."""
    listed = sorted(set(ids))
    for start in range(0, len(listed), PART):
        yield listed[start : start + PART]


def withdrawn_ones(fresh: Sequence[Project]) -> dict[int, Project]:
    """By `id()` of a project that is to be registered, the one of its region and name that an undone import had made.

    Two different national codes are two projects, whatever they are called.
    """
    if not Project.objects.filter(withdrawn=True).exists():
        return {}
    known: dict[tuple[int, str], list[Project]] = {}
    for part in parts_of({project.match_key for project in fresh}):
        for row in Project.objects.filter(withdrawn=True, match_key__in=part).select_related("region").order_by("pk"):
            known.setdefault((row.region_id, row.match_key), []).append(row)
    found: dict[int, Project] = {}
    for same_code in (True, False):
        for project in fresh:
            rows = known.get((project.region_id, project.match_key), [])
            meant = next((row for row in rows if _same(row, project, same_code)), None)
            if meant is not None and id(project) not in found:
                rows.remove(meant)
                found[id(project)] = meant
    return found


def _same(row: Project, project: Project, same_code: bool) -> bool:
    one, other = squeeze(row.code), squeeze(project.code)
    return one == other if same_code else not (one and other)


def profiles_as_of(
    ids: Iterable[int], day: date, *, known: date | None = None, restated: bool = True
) -> dict[int, ProjectProfile]:
    """The counted attributes that hold at the end of a day, by project."""
    return {
        row.project_id: row
        for part in parts(ids)
        for row in ProjectProfile.objects.filter(project_id__in=part).as_of(day, known=known, restated=restated)
    }


def steps_reached(
    ids: Iterable[int], day: date, *, known: date | None = None, restated: bool = True
) -> dict[int, list[StageChange]]:
    """The steps taken up to the end of a day, by project, oldest first."""
    found: dict[int, list[StageChange]] = {}
    for part in parts(ids):
        rows = StageChange.objects.filter(project_id__in=part).reached(day, known=known, restated=restated)
        for row in rows:
            found.setdefault(row.project_id, []).append(row)
    for steps in found.values():
        steps.sort(key=step_order)
    return found


def step_order(step: StageChange) -> tuple[date, int, int]:
    """Order of steps: by day, on one day by the way of life, a return to work after the stop it ends."""
    return step.effective_on, _ORDER[step.stage] + (len(_ORDER) if step.resumed else 0), step.occurrence


def present_stage(steps: Sequence[StageChange]) -> tuple[str, date | None]:
    """Stage and the day since which, from steps that are sorted oldest first; idea when there is none."""
    if not steps:
        return Stage.IDEA, None
    return steps[-1].stage, steps[-1].effective_on


def sub_projects(project: Project) -> list[Project]:
    """The sub-projects of a package, by name."""
    return list(project.sub_projects.filter(withdrawn=False).order_by("sort_key", "id"))
