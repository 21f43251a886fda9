"""The life of a project: stages, transitions, gates and commitments, as data (docs/algorithms/stages.md)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final, Literal, TypeAlias, get_args

from guatu.domain.errors import DomainError

Stage: TypeAlias = Literal[
    "idea",
    "reserve",
    "signed",
    "landed",
    "preliminary",
    "started",
    "under_construction",
    "completed",
    "in_production",
    "full_output",
    "suspended",
    "exited",
]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
SIDE_STAGES: Final[frozenset[Stage]] = frozenset({"suspended", "exited"})
PROMOTED_ONLY: Final[frozenset[Stage]] = frozenset({"signed", "landed"})
"""Signing and landing are stages of promoted (招商, social-capital) projects only."""

_MAIN: Final[tuple[Stage, ...]] = tuple(stage for stage in STAGES if stage not in SIDE_STAGES)


def _since(stage: Stage) -> tuple[Stage, ...]:
    return _MAIN[_MAIN.index(stage) :]


BEGUN: Final = _since("started")
"""A project in one of these has begun to be built (开工)."""
BEFORE_START: Final = _MAIN[: _MAIN.index("started")]
DONE: Final = _since("completed")
"""Built to the end (竣工), whether or not anything is made in it yet."""
AT_WORK: Final = tuple(stage for stage in BEGUN if stage not in DONE)
IN_OUTPUT: Final = _since("in_production")
OVER: Final[tuple[Stage, ...]] = (*DONE, "exited")
"""Nothing is built any more: done, or out."""


def rank(stage: Stage) -> int | None:
    """Place on the main way (idea 0 … full output 9, signing and landing before preliminaries); None off it."""
    return None if stage in SIDE_STAGES else _MAIN.index(stage)


def allowed_transitions(stage: Stage, *, promoted: bool = True, before: Stage | None = None) -> tuple[Stage, ...]:
    """Where a project may go from a stage, in the order of the main way.

    Forward by any number of steps (a project may enter the list under construction); to suspended and exited from
    anywhere else. From suspended back to the stage it stood at (``before``) or any later one, or out. From exited only
    back into the idea or reserve stage (it is taken up anew). Stepping back is a correction, not a transition.
    """
    if stage == "exited":
        return ("idea", "reserve")
    side: tuple[Stage, ...] = ("exited",) if stage == "suspended" else ("suspended", "exited")
    first = (rank(before) or 0) if stage == "suspended" and before else 0
    if stage != "suspended":
        first = _MAIN.index(stage) + 1
    ahead = tuple(step for step in _MAIN[first:] if promoted or step not in PROMOTED_ONLY)
    return (*ahead, *side)


Operator: TypeAlias = Literal[
    "is", "is_not", "at_least", "at_most", "more_than", "less_than", "one_of", "known", "holds"
]


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition of a gate: fact, operator, value, and why it is demanded (a reference to the paper)."""

    fact: str
    op: Operator
    value: object = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """What must hold before a project enters a stage. A gate that is not met is passed only with a named approver."""

    stage: Stage
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class GateResult:
    """The gate's rules by outcome. ``unknown`` is never met: the fact is not known yet."""

    met: tuple[Rule, ...]
    unmet: tuple[Rule, ...]
    unknown: tuple[Rule, ...]

    @property
    def open(self) -> bool:
        """Whether the project may pass without an approver."""
        return not self.unmet and not self.unknown


_COMPARISONS: Final[dict[Operator, Callable[[Any, Any], bool]]] = {
    "is": eq,
    "is_not": ne,
    "at_least": ge,
    "at_most": le,
    "more_than": gt,
    "less_than": lt,
    "one_of": lambda fact, value: fact in value if isinstance(value, Collection) else False,
    "known": lambda fact, value: True,
    "holds": lambda fact, value: bool(fact),
}


def evaluate(gate: Gate, facts: Mapping[str, object]) -> GateResult:
    """Holds the facts against a gate. A fact that is absent or None is unknown, so never met.

    Raises gate.unknown_operator and gate.not_comparable (a text against a number) for a wrongly written gate.
    """
    met: list[Rule] = []
    unmet: list[Rule] = []
    unknown: list[Rule] = []
    for rule in gate.rules:
        fact = facts.get(rule.fact)
        if fact is None:
            unknown.append(rule)
        else:
            (met if _holds(rule, fact) else unmet).append(rule)
    return GateResult(tuple(met), tuple(unmet), tuple(unknown))


def _holds(rule: Rule, fact: object) -> bool:
    comparison = _COMPARISONS.get(rule.op)
    if comparison is None:
        raise DomainError("gate.unknown_operator", fact=rule.fact, op=rule.op)
    try:
        return comparison(fact, rule.value)
    except TypeError:
        raise DomainError("gate.not_comparable", fact=rule.fact, value=rule.value) from None


FIVE_ONES: Final = ("leader", "task_force", "plan", "unit", "followed_through")
"""五个一 as most places count them; a region's own members are data.

One leader, one task force (一套班子 is not a leader), one plan, one responsible unit, followed to the end (一抓到底 is
no person: it holds while no named one has been left without a successor).
"""


def missing_commitments(members: Iterable[str], facts: Mapping[str, object]) -> tuple[str, ...]:
    """The members of 四个一 / 五个一 / 六个一 that a project lacks, in the region's order.

    ``facts`` maps a member to whom or what is named for it; absent, None, empty and False are missing. A fact
    ``"<member>.reason"`` (a stated reason why not) fills its member's place.
    """
    return tuple(member for member in members if not facts.get(member) and not facts.get(f"{member}.reason"))
