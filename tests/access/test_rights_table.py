"""The rights table, cell by cell: a changed right is a changed line of rights.csv, to be seen and agreed to.

After a change that is meant: GUATU_WRITE_GOLDEN=1 python -m pytest tests/access/test_rights_table.py
"""

import csv
import os
from pathlib import Path

import pytest

from guatu.core import rights
from guatu.core.actor import OPERATOR, Actor, Way
from guatu.core.writing import ACTIONS
from guatu.people.choices import PostKind

GOLDEN = Path(__file__).with_name("rights.csv")


def product_rows():
    """Action, then the scopes' codes for each kind of post; without the rows that tests declare for themselves."""
    kinds = [kind.value for kind in PostKind if kind != PostKind.OPERATOR]
    rows = [["action", *kinds]]
    for right in rights.table():
        rows.append([right.action, *(" ".join(right.grants.get(kind, ())) for kind in kinds)])
    return [row for row in rows if not row[0].startswith("tests.")]


if os.environ.get("GUATU_WRITE_GOLDEN") == "1":
    with GOLDEN.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(product_rows())

with GOLDEN.open(newline="") as file:
    HEAD, *LINES = list(csv.reader(file))
KINDS = HEAD[1:]


def test_the_table_is_the_one_that_was_agreed_to():
    assert product_rows() == [HEAD, *LINES]


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_each_post_has_exactly_the_scopes_of_its_cell(line):
    action, *cells = line
    for kind, cell in zip(KINDS, cells, strict=True):
        actor = Actor(post_kind=kind, way=Way.PAGE)
        assert " ".join(rights.scopes_of(actor, action)) == cell, (action, kind)
        assert rights.can(actor, action).allowed == bool(cell)
    assert rights.scopes_of(OPERATOR, action) == ("installation",)


def test_every_action_needs_a_right_of_the_table():
    assert {info.name: info.right for info in ACTIONS.values() if not rights.known(info.right)} == {}


def test_who_acts_for_another_has_the_reading_rights_and_only_those_writing_ones_that_were_given():
    actor = Actor(post_kind="office_head", way=Way.PAGE, limited_to=frozenset({"people.add_unit"}))
    assert rights.can(actor, "people.view_units").allowed
    assert rights.can(actor, "people.add_unit").allowed
    assert not rights.can(actor, "people.confirm_unit").allowed
