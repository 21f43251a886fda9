"""The guarantee chain of a list: every project's target spread, its levels judged, and their sums."""

from bench import floors
from bench.district import AS_OF, LIST_SIZE, District
from bench.registry import Aim, Work, job
from guatu.core.actor import OPERATOR
from guatu.figures.queries import ask, chain_of, chains_by, memo
from guatu.library.models import AnnualList


def _work(district: District, *, cold: bool, by: str = "") -> Work:
    asked = ask(OPERATOR, list(AnnualList.objects.filter(pk=district.list_id)), AS_OF)
    chain = chain_of(asked)
    assert chain is not None
    assert chain.levels[-1].members == min(district.projects, LIST_SIZE)

    def run() -> object:
        return chains_by(asked, by) if by else chain_of(asked)

    def floor() -> int:
        return floors.year_of(district.list_id)

    return Work(run, floor, memo.forget) if cold else Work(run, floor)


FLOOR = "the same plans and readings by one hand-written SQL statement"


@job("targets, levels of a list, cold", floor=FLOOR, aim=Aim(ms=2000))
def levels_cold(district: District) -> Work:
    """In a process that remembers nothing: facts, targets and readings are gathered, spread and judged."""
    return _work(district, cold=True)


@job("targets, levels of a list, again", floor=FLOOR, aim=Aim(times=1))
def levels_again(district: District) -> Work:
    """While nothing was written."""
    return _work(district, cold=False)


@job("targets, levels by unit, again", floor=FLOOR, aim=Aim(times=1))
def levels_by_unit(district: District) -> Work:
    """A cut of the same chain, asked for again."""
    return _work(district, cold=False, by="unit")
