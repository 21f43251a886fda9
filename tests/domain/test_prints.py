"""Prints: the limit, what mirroring does, what is stored, and the search among many."""

import itertools
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain import prints
from guatu.domain.prints import (
    ALIKE,
    CHUNK,
    FEW,
    KEPT,
    PARTS,
    SIDE,
    Many,
    Prints,
    distance,
    from_bytes,
    mirrored,
    signs,
    to_bytes,
)
from tests.domain.worked import worked

DICE = random.Random(6)


def some(dice: random.Random = DICE) -> Prints:
    parts = tuple(dice.getrandbits(255) for _part in PARTS)
    return Prints(parts, parts[0], tuple(dice.getrandbits(63) for _short in prints.SHORT_OF))


def grey(dice: random.Random) -> list[int]:
    return [dice.randint(0, 255) for _point in range(SIDE * SIDE)]


@pytest.mark.parametrize("row", worked("prints", "Alike"), ids=lambda row: row["alike"])
def test_the_limit(row):
    one = some()
    turned = one.parts[0] ^ ((1 << int(row["signs that differ"])) - 1)
    other = Prints((turned,) * len(PARTS), turned, one.short)
    alone = Prints((one.parts[0],) * len(PARTS), one.parts[0], one.short)
    assert (distance(alone, other) <= ALIKE) is (row["alike"] == "yes")


@given(st.integers(0, 10_000))
def test_mirroring_turns_the_odd_frequencies_and_nothing_else(number):
    points = grey(random.Random(number))
    other_way = [point for at in range(0, SIDE * SIDE, SIDE) for point in points[at : at + SIDE][::-1]]
    assert signs(other_way)[0] == mirrored(signs(points)[0])


def test_light_and_contrast_change_no_sign():
    points = [point // 2 for point in grey(random.Random(1))]
    assert signs([point + 90 for point in points]) == signs(points)
    assert signs([point * 2 for point in points]) == signs(points)


def test_what_is_stored_is_read_back():
    one = some()
    assert from_bytes(to_bytes(one)) == one
    assert from_bytes(b"") is None
    assert from_bytes(to_bytes(one)[1:]) is None


def test_a_part_of_one_is_like_the_whole_of_the_other():
    one, other = some(), some()
    cut = Prints((one.parts[7], *other.parts[1:]), one.parts[7], other.short)
    assert distance(one, cut) == distance(cut, one) == 0
    assert distance(one, other) > ALIKE


def test_the_search_finds_the_same_as_comparing_each_in_full_chunks_and_in_the_rest():
    dice = random.Random(3)
    rows = [some(dice) for _row in range(CHUNK + 40)]
    many = Many()
    many.add((key, to_bytes(row)) for key, row in enumerate(rows))
    for place in (0, 7, CHUNK - 1, CHUNK, CHUNK + 39):
        short = rows[place].short
        few = Prints(rows[place].parts, 0, (short[0] ^ 0b1011, *short[1:]))
        assert place in many.likely(few)
    asked = some(dice)
    pairs = [(asked.short[0], at) for at in range(4)] + [(asked.short[1], 0)]
    brute = {
        key
        for key, row in enumerate(rows)
        for short, at in pairs
        for turn in (0, prints._FLIP_SHORT)
        if (short ^ turn ^ row.short[at]).bit_count() <= prints.WORTH_A_LOOK
    }
    assert many.likely(asked) == brute


def test_signs_are_those_of_the_plain_formula():
    levels = grey(random.Random(7))
    across = [[math.cos(math.pi * (2 * x + 1) * u / (2 * SIDE)) for x in range(SIDE)] for u in range(KEPT)]
    whole, short = signs(levels)
    for u, v in itertools.product(range(KEPT), repeat=2):
        value = sum(levels[y * SIDE + x] * across[u][x] * across[v][y] for y in range(SIDE) for x in range(SIDE))
        assert (whole >> (KEPT * u + v)) & 1 == int(value > 0 and (u, v) != (0, 0))
        if u < FEW and v < FEW:
            assert (short >> (FEW * u + v)) & 1 == (whole >> (KEPT * u + v)) & 1


def test_a_level_of_grey_has_no_signs():
    assert {signs([level] * SIDE * SIDE) for level in (0, 1, 128, 255)} == {(0, 0)}
