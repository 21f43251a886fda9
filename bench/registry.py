"""Jobs of the bench. A job is a pair: what the product does, and the least that has to be done for the same answer.

    @job("overview page", floor="one hand-written SQL roll-up", aim=Aim(times=3))
    def overview(district: District) -> Work: ...

A job's function prepares and returns `Work(run, floor)`, two functions without arguments that are timed. `before` runs
untimed before each timed run (to empty a memory, to put back what was written).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from bench.district import District

LEAST_RUNS, LONG_RUNS, MOST_RUNS, ENOUGH_SECONDS = 3, 2, 30, 3.0


def _nothing() -> None:
    return None


@dataclass(frozen=True, slots=True)
class Work:
    """What is timed: the product's way and the floor."""

    run: Callable[[], object]
    floor: Callable[[], object]
    before: Callable[[], None] = _nothing
    memory: Callable[[], float] | None = None  # peak MB of a process that does it once


@dataclass(frozen=True, slots=True)
class Aim:
    """What the design asks for: at most so many times the floor, so many milliseconds, so much memory."""

    times: float | None = None
    ms: float | None = None
    megabytes: float | None = None

    def words(self) -> str:
        """The aim as a table prints it."""
        limits = ((self.times, "×"), (self.ms, "ms"), (self.megabytes, "MB"))
        return ", ".join(f"≤ {limit:g} {unit}" for limit, unit in limits if limit is not None)

    def missed(self, ms: float, times: float, megabytes: float | None) -> str:
        """What is not met, in words; empty when all is."""
        limits = ((self.times, times, "×"), (self.ms, ms, "ms"), (self.megabytes, megabytes or 0, "MB"))
        return ", ".join(unit for limit, value, unit in limits if limit is not None and value > limit)


@dataclass(frozen=True, slots=True)
class Job:
    """A registered job. `most` leaves out installations with more projects than that."""

    name: str
    floor: str
    aim: Aim
    prepare: Callable[[District], Work]
    most: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians in milliseconds."""

    job: str
    projects: int
    ms: float
    floor_ms: float
    floor: str
    aim: str
    missed: str
    megabytes: float | None = None

    @property
    def ratio(self) -> float:
        """How many times its floor the job takes."""
        return self.ms / self.floor_ms if self.floor_ms else 0.0


JOBS: dict[str, Job] = {}


def job(name: str, *, floor: str, aim: Aim, most: int = 10**9) -> Callable[[Callable[[District], Work]], Job]:
    """Register a job."""

    def register(prepare: Callable[[District], Work]) -> Job:
        JOBS[name] = Job(name, floor, aim, prepare, most)
        return JOBS[name]

    return register


def timed(work: Callable[[], object], before: Callable[[], None] = _nothing) -> float:
    """Median milliseconds of a few runs, after one that warms up; of two, when one takes longer than enough."""
    before()
    begun = time.perf_counter()
    work()
    least = LEAST_RUNS if time.perf_counter() - begun < ENOUGH_SECONDS else LONG_RUNS
    taken: list[float] = []
    begun = time.perf_counter()
    while len(taken) < least or (len(taken) < MOST_RUNS and time.perf_counter() - begun < ENOUGH_SECONDS):
        before()
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken)


def measure(chosen: Job, district: District) -> Measured:
    """Time one job on one district, floor and product by turns in the same process."""
    work = chosen.prepare(district)
    floor_ms = timed(work.floor)
    ms = timed(work.run, work.before)
    floor_again = timed(work.floor)
    megabytes = work.memory() if work.memory is not None else None
    least = min(floor_ms, floor_again)
    aim = chosen.aim
    missed = aim.missed(ms, ms / least if least else 0.0, megabytes)
    return Measured(chosen.name, district.projects, ms, least, chosen.floor, aim.words(), missed, megabytes)
