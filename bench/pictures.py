"""A picture that is handed in, held against 200,000 earlier ones; beside comparing the short prints one by one."""

import random

from bench.district import District
from bench.registry import Aim, Work, job
from guatu.core.pictures.printing import prints_of
from guatu.demo.scenes import scene
from guatu.domain.prints import HEAD_BYTES, SHORT_BYTES, WORTH_A_LOOK, Many, Prints, distance, from_bytes, to_bytes

PICTURES, DRAWN, SIZE, SEED = 200_000, 200, (480, 360), 6


def _drawn() -> list[bytes]:
    made = (prints_of(scene(number, SIZE)) for number in range(DRAWN))
    return [to_bytes(prints) for prints in made if prints is not None]


def _varied(dice: random.Random, base: bytes) -> bytes:
    """A print with a quarter of its signs turned: pictures of sites are more alike than chance."""
    size = 8 * len(base)
    return (int.from_bytes(base, "little") ^ (dice.getrandbits(size) & dice.getrandbits(size))).to_bytes(
        len(base), "little"
    )


@job("a picture among 200,000", floor="whole short prints compared in a loop, once", aim=Aim(ms=150))
def among_many(district: District) -> Work:
    """The likely ones by their short prints, then each of them by its parts."""
    dice, bases = random.Random(SEED), _drawn()
    stored = [_varied(dice, bases[number % len(bases)]) for number in range(PICTURES)]
    many = Many()
    many.add((key, data[:HEAD_BYTES]) for key, data in enumerate(stored))
    shorts = [int.from_bytes(data[:SHORT_BYTES], "little") for data in stored]
    asked = from_bytes(bases[0])
    assert asked is not None
    wanted: Prints = asked

    def run() -> int:
        found = (from_bytes(stored[key]) for key in many.likely(wanted))
        return min((distance(wanted, one) for one in found if one is not None), default=0)

    def floor() -> int:
        return sum((short ^ wanted.short[0]).bit_count() <= WORTH_A_LOOK for short in shorts)

    return Work(run, floor)
