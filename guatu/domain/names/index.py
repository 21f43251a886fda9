"""Which of many names share enough with one to be worth a comparison."""

import heapq
from collections import Counter
from collections.abc import Sequence

from guatu.domain.names.likeness import pairs_of

RARE = 6  # pairs of characters that are looked up of a name, the rarest first
READ = 250  # entries that are read for a name
WORTH = 16  # names that are given back


class NameIndex:
    """Cores of names by their pairs of neighbouring characters.

    A name's pairs are looked up from the rarest on: 改造 and 项目 say nothing, 青桐 says almost everything. So five
    thousand names are held against twenty thousand without comparing a hundred million pairs.
    """

    def __init__(self, cores: Sequence[str]) -> None:
        self._by_pair: dict[str, list[int]] = {}
        for number, core in enumerate(cores):
            for pair in pairs_of(core):
                self._by_pair.setdefault(pair, []).append(number)

    def near(self, core: str) -> list[int]:
        """Numbers of the names that share most of the rare pairs, best first; at most WORTH."""
        listed = sorted((found for pair in pairs_of(core) if (found := self._by_pair.get(pair))), key=_rarity)
        counted: Counter[int] = Counter()
        read = 0
        for found in listed[:RARE]:
            if read and read + len(found) > READ:
                break
            counted.update(found[:READ])
            read += len(found)
        return heapq.nsmallest(WORTH, counted, key=lambda number: (-counted[number], number))


def _rarity(found: list[int]) -> tuple[int, int]:
    return len(found), found[0]
