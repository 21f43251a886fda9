"""Perceptual prints of pictures: how alike two pictures are, and which of many may be a given one (prints.md).

A print is 255 signs of a picture's low spatial frequencies (a discrete cosine transform of 32 × 32 levels of grey). It
hardly changes when a picture is stored again, made smaller or brighter; a mirrored picture has the same signs but for
the odd horizontal frequencies. A picture has a print of the whole and of parts, so that a tenth cut off is found.
"""

import math
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import add, mul, sub

SIDE = 32  # levels of grey across and down
HALF = SIDE // 2
KEPT = 16  # frequencies across and down
FEW = 8  # of them those of the short print
PRINT_BYTES, SHORT_BYTES = 32, 8
SIGNS = 255  # of a print
ALIKE = 72  # of them in which the same picture may differ: somebody should look at the two
WORTH_A_LOOK = 17  # signs of 63 of the short print
CHUNK = 2048

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in thousandths of width and height."""

_UNIT = 1 << 20
"""One of the cosines below, which are whole numbers: every machine comes to the same signs."""
_COSINES = [[round(math.cos(math.pi * (2 * x + 1) * u / (2 * SIDE)) * _UNIT) for x in range(HALF)] for u in range(KEPT)]
_LANE = 8  # bytes of a number that stands beside others in one long number
_FLIP = sum(1 << (KEPT * u + v) for u in range(1, KEPT, 2) for v in range(KEPT))
_FLIP_SHORT = sum(1 << (FEW * u + v) for u in range(1, FEW, 2) for v in range(FEW))


def _boxes() -> tuple[Box, ...]:
    found: list[Box] = [(0, 0, 1000, 1000)]
    for wide, tall in ((900, 900), (900, 1000), (1000, 900)):
        lefts, tops = sorted({0, (1000 - wide) // 2, 1000 - wide}), sorted({0, (1000 - tall) // 2, 1000 - tall})
        found += [(left, top, left + wide, top + tall) for left in lefts for top in tops]
    return (*found, (25, 25, 975, 975))


PARTS: tuple[Box, ...] = _boxes()
"""The whole and its parts."""

SHORT_OF = (0, 5, 11, 14)
"""The parts that have a short print too: the whole, and the middle without a tenth of both, of width, of height."""


@dataclass(frozen=True, slots=True)
class Prints:
    """A picture's prints: of its parts within its frame, then of the whole with its frame; short ones by SHORT_OF."""

    parts: tuple[int, ...]
    framed: int
    short: tuple[int, ...]

    @property
    def wholes(self) -> tuple[int, int]:
        """The whole without and with a plain frame."""
        return self.parts[0], self.framed


_ALL, _FEW_OF = struct.Struct(f"<{SIDE}Q"), struct.Struct(f"<{KEPT}Q")


def _side_by_side(value: int, count: int) -> int:
    return sum(value << (8 * _LANE * at) for at in range(count))


_LIFT = 1 << 34  # more than any frequency of a line: 255 levels, 32 of them, of _UNIT
_LIFTS = _side_by_side(_LIFT, SIDE)
_LIFTED = [2 * _LIFT * sum(down) * _side_by_side(1, KEPT) if v % 2 == 0 else 0 for v, down in enumerate(_COSINES)]
_EACH, _OVER = _side_by_side(1, KEPT), _side_by_side((1 << (8 * _LANE - 1)) - 1, KEPT)


def _frequencies(lines: Sequence[int]) -> list[int]:
    """The low frequencies along 32 lines, each a long number that holds one number beside the other: all of them are
    worked out at once. Even frequencies need a line plus the one opposite, odd ones the difference.
    """
    back = lines[: HALF - 1 : -1]
    plus, minus = list(map(add, lines[:HALF], back)), list(map(sub, lines[:HALF], back))
    return [sum(map(mul, cosines, minus if u % 2 else plus)) for u, cosines in enumerate(_COSINES)]


def signs(grey: Sequence[int]) -> tuple[int, int]:
    """The print and the short print of 32 × 32 levels of grey (0 to 255, row by row)."""
    columns = []
    for x in range(SIDE):
        spread = bytearray(_LANE * SIDE)
        spread[::_LANE] = bytes(grey[x::SIDE])
        columns.append(int.from_bytes(spread, "little"))
    across = [_ALL.unpack((one + _LIFTS).to_bytes(_LANE * SIDE, "little")) for one in _frequencies(columns)]
    rows = [int.from_bytes(_FEW_OF.pack(*row), "little") for row in zip(*across, strict=True)]
    both = 0
    for v, (down, lifted) in enumerate(zip(_frequencies(rows), _LIFTED, strict=True)):
        both |= ((down - lifted + _OVER) >> (8 * _LANE - 1) & _EACH) << v  # the top bit of what is more than nothing
    lanes = both.to_bytes(_LANE * KEPT, "little")
    pairs = b"".join(lanes[at : at + 2] for at in range(0, _LANE * KEPT, _LANE))
    short = b"".join(lanes[at : at + 1] for at in range(0, _LANE * FEW, _LANE))
    return int.from_bytes(pairs, "little") & ~1, int.from_bytes(short, "little") & ~1


def mirrored(print_: int) -> int:
    """The print of the picture with left and right exchanged."""
    return print_ ^ _FLIP


def distance(left: Prints, right: Prints) -> int:
    """In how many of 255 signs two pictures differ at least: whole against parts, as they are and mirrored."""
    least = KEPT * KEPT
    for one, others in ((left, right), (right, left)):
        for whole in {*one.wholes, *map(mirrored, one.wholes)}:
            for part in (others.framed, *others.parts):
                differ = (whole ^ part).bit_count()
                if differ < least:
                    least = differ
    return least


# -- as bytes ----------------------------------------------------------------------------------------------------------
HEAD_BYTES = SHORT_BYTES * len(SHORT_OF)
ALL_BYTES = HEAD_BYTES + PRINT_BYTES * (len(PARTS) + 1)


def to_bytes(prints: Prints) -> bytes:
    """As it is stored: the short prints first, so that a search reads only these."""
    short = b"".join(one.to_bytes(SHORT_BYTES, "little") for one in prints.short)
    return short + b"".join(one.to_bytes(PRINT_BYTES, "little") for one in (prints.framed, *prints.parts))


def from_bytes(data: bytes) -> Prints | None:
    """What was stored; None where it is no print (a paper, a picture without details)."""
    if len(data) != ALL_BYTES:
        return None
    ends = range(HEAD_BYTES, ALL_BYTES, PRINT_BYTES)
    framed, *parts = (int.from_bytes(data[at : at + PRINT_BYTES], "little") for at in ends)
    shorts = (data[at : at + SHORT_BYTES] for at in range(0, HEAD_BYTES, SHORT_BYTES))
    return Prints(tuple(parts), framed, tuple(int.from_bytes(short, "little") for short in shorts))


# -- among many --------------------------------------------------------------------------------------------------------
def _lanes(value: int, count: int) -> int:
    return int.from_bytes(value.to_bytes(SHORT_BYTES, "little") * count, "little")


_ONES, _TWOS, _FOURS = (_lanes(value, CHUNK) for value in (0x5555555555555555, 0x3333333333333333, 0x0F0F0F0F0F0F0F0F))
_NEAR = bytes(int(count <= WORTH_A_LOOK) for count in range(256))


def _near(chunk: int, lanes: int) -> Iterator[int]:
    """Places in a chunk whose 64 bits differ from the query's in few: all counted at once, as one long number.

    The usual sum of bits in parallel (Warren, Hacker's Delight, 5-1) over 2,048 lanes of 64 bits.
    """
    bits = chunk ^ lanes
    bits -= (bits >> 1) & _ONES
    bits = (bits & _TWOS) + ((bits >> 2) & _TWOS)
    bits = (bits + (bits >> 4)) & _FOURS
    bits += bits >> 8
    bits += bits >> 16
    bits += bits >> 32
    hits = bits.to_bytes(CHUNK * SHORT_BYTES, "little")[::SHORT_BYTES].translate(_NEAR)
    at = hits.find(1)
    while at >= 0:
        yield at
        at = hits.find(1, at + 1)


@dataclass(slots=True)
class Many:
    """The short prints of many pictures by their keys, to be searched at once. Keys are added, never taken out."""

    keys: list[int] = field(default_factory=list)
    _heads: list[bytearray] = field(default_factory=lambda: [bytearray() for _short in SHORT_OF])
    _chunks: list[list[int]] = field(default_factory=lambda: [[] for _short in SHORT_OF])

    def add(self, rows: Iterable[tuple[int, bytes]]) -> None:
        """Add pictures: key and what is stored of it (its first HEAD_BYTES are enough)."""
        for key, head in rows:
            self.keys.append(key)
            for number, heads in enumerate(self._heads):
                heads += head[number * SHORT_BYTES : (number + 1) * SHORT_BYTES]
                if len(heads) == CHUNK * SHORT_BYTES:
                    self._chunks[number].append(int.from_bytes(heads, "little"))
                    heads.clear()

    def likely(self, asked: Prints) -> set[int]:
        """Keys of pictures that are worth a look with `distance`: the whole of one is near a middle of the other."""
        found: set[int] = set()
        pairs = [(asked.short[0], number) for number in range(len(SHORT_OF))]
        pairs.append((asked.short[1], 0))
        for short, number in pairs:
            for wanted in (short, short ^ _FLIP_SHORT):
                found.update(self._near(wanted, number))
        return found

    def _near(self, wanted: int, number: int) -> Iterator[int]:
        lanes = _lanes(wanted, CHUNK)
        for turn, chunk in enumerate(self._chunks[number]):
            start = turn * CHUNK
            yield from (self.keys[start + at] for at in _near(chunk, lanes))
        start, rest = len(self._chunks[number]) * CHUNK, self._heads[number]
        for at in range(0, len(rest), SHORT_BYTES):
            short = int.from_bytes(rest[at : at + SHORT_BYTES], "little")
            if (short ^ wanted).bit_count() <= WORTH_A_LOOK:
                yield self.keys[start + at // SHORT_BYTES]
