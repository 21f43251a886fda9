"""The chain of targets cut into groups, by light too: what a list's page asks for."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from guatu.domain.indicators import DIMENSIONS
from guatu.domain.targets import GroupChain, Member, group_chain
from guatu.figures.queries.answers import facts
from guatu.figures.queries.chain import Chained, gathered_chains, judged_in, members_in, members_of, why_none
from guatu.figures.queries.entries import entries
from guatu.figures.queries.memo import derived, until_written
from guatu.figures.queries.sql import Asked

GroupValue: TypeAlias = str | int | None


def chained(asked: Asked) -> Sequence[Chained]:
    """Every entry with its targets and its light; none where the question has no chain."""
    plain, lit = entries(asked), facts(asked)
    members = members_of(asked)
    if plain is lit:
        return members
    by_project = {one.project_id: one for one in lit}
    return [replace(one, facts=by_project[one.facts.project_id]) for one in members]


def chains_by(asked: Asked, dimension: str) -> dict[GroupValue, GroupChain]:
    """The chain of each group of one cut (`guatu.domain.indicators.DIMENSIONS`); of themes groups overlap."""
    if why_none(asked):
        return {}
    source, rules = gathered_chains(asked), asked.rules()

    def make() -> dict[GroupValue, GroupChain]:
        groups: dict[GroupValue, list[Member]] = {}
        for one in chained(asked) if dimension == "light" else members_in(source):
            for value in DIMENSIONS[dimension](one.facts, rules):
                groups.setdefault(value, []).append(one.member)
        on = judged_in(source, asked)
        return {value: group_chain(members, on) for value, members in groups.items()}

    remember = until_written if dimension == "light" else derived  # a light hangs on more than the chain's rows
    return remember(source, ("chains", dimension, rules, source.serial), make)
