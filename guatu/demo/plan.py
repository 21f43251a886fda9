"""The whole district from a seed and a date: three years of lists that end on the date. No database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from guatu.demo import bodies, lights, node_plans, outside, readings, reports, steps, trades, watches, words, years
from guatu.demo.draw import Cohort, draw_project
from guatu.demo.model import (
    Amend,
    AnyDeed,
    CarryOver,
    DistrictPlan,
    Draft,
    EntryPlan,
    Issue,
    Leave,
    Name,
    ProjectPlan,
    Reassign,
    Register,
)
from guatu.demo.progress import MILLION, Truth
from guatu.demo.seasons import WorkDays, in_season, moment
from guatu.demo.years import LEVELS

FULL = 240
SIZES = (162, 200, 240)  # entries of the district's list in the three years
RAISED = (16, 22, 28)  # provincial and city ones among them
OFFICE = "西重项办"
BODY = {"district": "西重项", "city": "洛重项", "province": "豫重项"}


@dataclass
class _Growing:
    """The district while it is being planned."""

    seed: int
    today: date
    full: int
    truth: Truth
    owners: int
    projects: list[ProjectPlan] = field(default_factory=list)
    deeds: list[AnyDeed] = field(default_factory=list)
    gone: dict[int, date] = field(default_factory=dict)  # project → the day it left the list
    listed: dict[int, list[tuple[int, date, date]]] = field(default_factory=dict)  # year → (project, from, until)
    named: dict[int, int] = field(default_factory=dict)  # place of the year → real names given so far

    def scaled(self, count: int) -> int:
        """A count of the full district, for this one's size."""
        return max(1, (count * self.full + FULL // 2) // FULL)

    def draw(self, cohort: Cohort, count: int) -> list[ProjectPlan]:
        """New projects of a cohort, appended to the district's; the named ones come first of all."""
        fresh = []
        for _ in range(count):
            number = len(self.projects) + 1
            named = self._next_named(cohort)
            real = (named[0], trades.BY_GROUP[named[1]]) if named else None
            project = draw_project(self.seed, number, cohort, self.owners, real)
            self.projects.append(project)
            fresh.append(project)
        return fresh

    def _next_named(self, cohort: Cohort) -> tuple[str, tuple[str, str]] | None:
        """The next real name for this cohort: they stand among the new starts of the three years."""
        if cohort.kind != "new_start":
            return None
        place = cohort.year - (self.today.year - 2)
        share = min(trades.NAMED_BY_YEAR[place], self.scaled(trades.NAMED_BY_YEAR[place]))
        first = sum(trades.NAMED_BY_YEAR[:place])
        taken = self.named.get(place, 0)
        if taken >= share:
            return None
        self.named[place] = taken + 1
        return trades.NAMED[first + taken]

    def by_number(self, numbers: Iterable[int]) -> list[ProjectPlan]:
        """Projects as they are now."""
        return [self.projects[number - 1] for number in numbers]

    def raise_levels(self, numbers: list[int], year: int, wanted: int) -> None:
        """Put some of a year's projects on higher lists."""
        for project in years.raised_to(self.by_number(numbers), year, wanted, self.seed):
            self.projects[project.number - 1] = project


def make_plan(seed: int, today: date, *, projects: int = FULL) -> DistrictPlan:
    """The district of a seed that ends on `today` (a fact is in it when it was recorded before that day).

    `projects` is the size of this year's list; smaller districts are for quick trials. The same seed, date and size
    give the same plan.
    """
    first = today.year - 2
    work = WorkDays(date(first - 6, 1, 1), date(today.year + 18, 12, 31))
    owners = min(40, max(2, projects // 6))
    growing = _Growing(seed, today, projects, Truth(work), owners)
    for place, year in enumerate(range(first, today.year + 1)):
        _plan_year(growing, year, SIZES[place], RAISED[place], opening=place == 0)
    _reassign(growing, first + 1)
    growing.deeds += steps.deeds(growing.projects, growing.gone, first, today)
    growing.deeds += readings.deeds(growing.truth, growing.projects, growing.listed, first, today)
    growing.deeds += readings.claims(growing.truth, growing.projects, growing.listed[today.year], today)
    growing.deeds += node_plans.deeds(growing.projects, growing.deeds, growing.gone, today)
    growing.deeds += outside.deeds(seed, first, today)
    growing.deeds += lights.deeds(today)
    growing.deeds += reports.deeds(today)
    growing.deeds += watches.deeds(today)
    done = sorted((deed for deed in growing.deeds if deed.at.date() < today), key=lambda deed: deed.at)
    return DistrictPlan(
        seed=seed,
        today=today,
        founded_at=moment(date(first, 1, 3), 9, 0),
        units=bodies.units(owners),
        posts=bodies.posts(),
        classes=trades.classes(),
        themes=trades.THEMES,
        streets=bodies.STREETS,
        projects=tuple(growing.projects),
        deeds=tuple(done),
    )


# -- a year -----------------------------------------------------------------------------------------------------------
def _plan_year(growing: _Growing, year: int, size: int, raised: int, *, opening: bool) -> None:
    carried = [] if opening else _carry_over(growing, year - 1)
    fresh = _newcomers(growing, year, growing.scaled(size) - len(carried), opening=opening)
    numbers = carried + [project.number for project in fresh]
    growing.raise_levels(numbers, year, growing.scaled(raised))
    growing.listed[year] = [(number, date(year, 1, 1), date.max) for number in numbers]
    draft_on = date(year, 1, 5) if opening else date(year - 1, 12, 30)
    growing.deeds.append(
        Name(
            at=moment(draft_on, 15, 0),
            projects=tuple(project.number for project in fresh),
            on=draft_on,
            document=f"{OFFICE}〔{draft_on.year}〕2号（演示）",
        )
    )
    for place, level in enumerate(LEVELS):
        _make_list(growing, year, level, draft_on, place, numbers, opening=opening)
    if not opening:
        _amend(growing, year)


def _newcomers(growing: _Growing, year: int, count: int, *, opening: bool) -> list[ProjectPlan]:
    registered_on = date(year, 1, 4) if opening else date(year - 1, 11, 18)
    count = max(1, count)
    shares = (("continuing", 40), ("new_start", 47)) if opening else (("new_start", 78),)
    fresh: list[ProjectPlan] = []
    for kind, share in shares:
        fresh += growing.draw(Cohort(year, kind, registered_on), count * share // 100)
    fresh += growing.draw(Cohort(year, "preliminary", registered_on), count - len(fresh))
    growing.deeds.append(Register(at=moment(registered_on), projects=tuple(project.number for project in fresh)))
    return fresh


def _make_list(
    growing: _Growing, year: int, level: str, draft_on: date, place: int, numbers: list[int], *, opening: bool
) -> None:
    entries = years.entries_of(growing.truth, growing.by_number(numbers), year, level, growing.seed)
    issued_on = {"province": date(year, 1, 22), "city": date(year, 1, 30), "district": date(year, 2, 10)}[level]
    growing.deeds.append(
        Draft(
            at=moment(draft_on, 16, 10 * place),
            level=level,
            year=year,
            entries=years.as_draft(entries),
            make=opening,
        )
    )
    growing.deeds.append(
        Issue(
            at=moment(issued_on + timedelta(days=year % 4), 10, 0),
            level=level,
            year=year,
            document=f"{BODY[level]}〔{year}〕{4 + place}号（演示）",
            entries=entries,
            check_points=(
                ("牡丹文化节前", date(year, 4, 5)),
                ("双过半", date(year, 6, 30)),
                ("国庆前", date(year, 9, 30)),
                ("年底", date(year, 12, 31)),
            ),
        )
    )


def _carry_over(growing: _Growing, year: int) -> list[int]:
    """End a year's lists: what is unfinished goes on, a few are dropped; returns what goes on."""
    year_end, on = date(year, 12, 31), date(year, 12, 30)
    standing = [number for number, _from, until in growing.listed[year] if until > year_end]
    left = [project for project in growing.by_number(standing) if years.unfinished(project, year_end)]
    rng = Random(f"guatu:{growing.seed}:drop:{year}")
    idle = [project for project in left if not project.levels and _idle(project, year_end)]
    dropped = {
        project.number: rng.choice(words.DROPS) for project in rng.sample(idle, min(growing.scaled(5), len(idle) // 2))
    }
    for number in dropped:
        growing.gone[number] = on
    for place, level in enumerate(LEVELS):
        rows = [project for project in left if level == "district" or level in years.levels_in(project, year)]
        growing.deeds.append(
            CarryOver(
                at=moment(on, 14, 10 * place),
                level=level,
                year=year,
                continuing=tuple(project.number for project in rows if project.number not in dropped),
                dropped={project.number: dropped[project.number] for project in rows if project.number in dropped},
            )
        )
    for number in sorted(dropped)[: growing.scaled(2)]:
        leaves_on = date(year + 1, 3, 25)
        document = f"{OFFICE}〔{year + 1}〕7号（演示）"
        growing.deeds.append(
            Leave(
                at=moment(leaves_on, 11, number % 60),
                project=number,
                on=leaves_on,
                reason=dropped[number],
                document=document,
            )
        )
    return [project.number for project in left if project.number not in dropped]


def _idle(project: ProjectPlan, day: date) -> bool:
    """Whether nothing goes on: not started, or stopped."""
    return project.schedule.start > day or years.stopped_at(project, day)


def _amend(growing: _Growing, year: int) -> None:
    """The adjustment of the summer: as many in, as the second batch, as out; some plans and totals are changed."""
    on = date(year, 7, 20)
    rng = Random(f"guatu:{growing.seed}:amend:{year}")
    listed = growing.by_number(number for number, _from, _until in growing.listed[year])
    count = growing.scaled(6)
    movable = [project for project in listed if not project.levels]
    idle = [project for project in movable if project.schedule.start > on + timedelta(days=30) or _idle(project, on)]
    out = sorted(rng.sample([project.number for project in idle], min(count, len(idle))))
    late = growing.draw(Cohort(year, "late", date(year, 7, 6)), len(out))
    rest = [project for project in movable if project.number not in out and years.unfinished(project, on)]
    changing = sorted(rng.sample(rest, min(growing.scaled(9), len(rest))), key=lambda project: project.number)
    entries = years.entries_of(growing.truth, late, year, "district", growing.seed, first=len(listed) + 1)
    issued = years.entries_of(growing.truth, listed, year, "district", growing.seed)
    changed = tuple(_changed(entry, rng) for entry in issued if entry.project in {each.number for each in changing})
    totals = {project.number: _other_total(project) for project in changing[: growing.scaled(2)]}
    for number in out:
        growing.gone[number] = on
    growing.listed[year] = [
        (number, since, on - timedelta(days=1) if number in out else until)
        for number, since, until in growing.listed[year]
    ] + [(project.number, on, date.max) for project in late]
    registered = tuple(project.number for project in late)
    document = f"西重项〔{year}〕19号（演示）"
    growing.deeds += [
        Register(at=moment(date(year, 7, 6)), projects=registered),
        Name(at=moment(on, 9, 0), projects=registered, on=on, document=document),
        Amend(
            at=moment(on, 16, 0),
            level="district",
            year=year,
            on=on,
            document=document,
            reason="根据项目推进实际，对年度名单进行中期调整",
            out=tuple(out),
            entries=entries,
            changed=changed,
            totals=totals,
        ),
    ]


def _changed(entry: EntryPlan, rng: Random) -> EntryPlan:
    """An entry with another plan and a later finish."""
    amount = max(MILLION, entry.planned_investment * rng.choice((80, 85, 90, 110, 115)) // 100 // MILLION * MILLION)
    return replace(
        entry, planned_investment=amount, planned_finish=in_season(entry.planned_finish + timedelta(days=20))
    )


def _other_total(project: ProjectPlan) -> int:
    """The total after the approved budget."""
    return project.total * 108 // 100 // MILLION * MILLION


def _reassign(growing: _Growing, year: int) -> None:
    """One document moves everything that a leader held to another."""
    on = date(year, 9, 10)
    held = {project.roles.get("lead", "") for project in growing.projects if project.registered_on < on}
    busy = [key for key in sorted(held) if key.startswith("leader") and key != bodies.LEAD_WITH_LOGIN]
    if len(busy) > 1:
        document = f"西重项〔{year}〕23号（演示）"
        growing.deeds.append(
            Reassign(at=moment(on, 9, 0), from_post=busy[0], to_post=busy[1], on=on, document=document)
        )
