"""Targets that guard each other (以日保周、以周保月、以月保季、以季保年): docs/algorithms/targets.md."""

from guatu.domain.targets.byhand import BY_HAND
from guatu.domain.targets.done import SUSTAINED, Done, Pace, shown_pace
from guatu.domain.targets.grid import MONTHS, QUARTERS, YearGrid
from guatu.domain.targets.groups import GroupChain, GroupLevel, Member, group_chain
from guatu.domain.targets.levels import CHAIN, Level, LevelName, Stand, State, judge, levels
from guatu.domain.targets.lists import Lists, lists_of
from guatu.domain.targets.moves import Move, Moves, moves
from guatu.domain.targets.profiles import NodeCost, Shape, by_month, by_nodes, even, s_curve
from guatu.domain.targets.respreading import Respread, respread
from guatu.domain.targets.spreading import Spread, spread
from guatu.domain.targets.verdict import Outlook, Verdict, VerdictCode, outlook, verdict

__all__ = [
    "BY_HAND",
    "CHAIN",
    "MONTHS",
    "QUARTERS",
    "SUSTAINED",
    "Done",
    "GroupChain",
    "GroupLevel",
    "Level",
    "LevelName",
    "Lists",
    "Member",
    "Move",
    "Moves",
    "NodeCost",
    "Outlook",
    "Pace",
    "Respread",
    "Shape",
    "Spread",
    "Stand",
    "State",
    "Verdict",
    "VerdictCode",
    "YearGrid",
    "by_month",
    "by_nodes",
    "even",
    "group_chain",
    "judge",
    "levels",
    "lists_of",
    "moves",
    "outlook",
    "respread",
    "s_curve",
    "shown_pace",
    "spread",
    "verdict",
]
