"""A bulletin's text as blocks: each knows which figure stands where, so that an edited text can be held against data.

A figure's key names its cut, group and indicator ("unit.区住建局.investment_rate"; the whole list has no group:
"whole.projects"). A block keeps keys and places only; values come from the data at the time of the check.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from guatu.core.official.model import Column, Row, Run, Table
from guatu.domain.checker import check_text, find_figures
from guatu.domain.words import Bound, Figure, Sentence

BlockKind = Literal["heading", "paragraph"]
_NEVER_PRINTED = Fraction(10**40)


class Place(NamedTuple):
    """text[start:end] prints the figure of this key."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Block:
    """One heading (`level` 1 to 4) or paragraph. `made` is the text as it was written; an empty one is not printed."""

    id: str
    kind: BlockKind
    text: str
    level: int = 0
    places: tuple[Place, ...] = ()
    made: str = ""

    @property
    def edited(self) -> bool:
        """Whether a person changed it."""
        return self.text != self.made

    def source(self, figures: Mapping[str, Figure]) -> Sentence:
        """The text with the figures that its places must print; a key that the data no longer has is left out."""
        bound = [
            Bound(place.start, place.end, place.key, figures[place.key], self.text[place.start : place.end])
            for place in self.places
            if place.key in figures
        ]
        return Sentence(self.text, tuple(bound))


def heading(block_id: str, text: str, level: int = 1) -> Block:
    """A heading without its number: the layout makes it."""
    return Block(block_id, "heading", text, level, (), text)


def paragraph(block_id: str, sentence: Sentence) -> Block:
    """A paragraph of a sentence with its figures."""
    places = tuple(Place(bound.start, bound.end, bound.key) for bound in sentence.figures)
    return Block(block_id, "paragraph", sentence.text, 0, places, sentence.text)


def with_text(block: Block, text: str, names: Iterable[str] = ()) -> Block:
    """The block with another text; every figure that kept its place among the words stays bound to its key."""
    if text == block.text:
        return block
    listed = list(names)
    # Values that no text prints make the checker name every figure whose place it recognises, with its key.
    blank = tuple(
        Bound(place.start, place.end, place.key, Figure(_kind_at(block, place, listed), _NEVER_PRINTED), "")
        for place in block.places
    )
    found = check_text(text, {}, Sentence(block.text, blank), listed)
    places = {f.start: Place(f.start, f.end, f.nearest_key) for f in found if f.kind == "differs" and f.nearest_key}
    return replace(block, text=text, places=tuple(places[start] for start in sorted(places)))


def _kind_at(block: Block, place: Place, names: Sequence[str]) -> Any:
    kinds = [t.kind for t in find_figures(block.text, names) if t.start < place.end and place.start < t.end]
    return "count" if not kinds or kinds[0] == "quantity" else kinds[0]


def split_key(key: str) -> tuple[str, str, str]:
    """(cut, group, indicator) of a figure's key; the group is empty for the whole."""
    cut, _, rest = key.partition(".")
    group, _, indicator = rest.rpartition(".")
    return cut, group, indicator


# -- JSON: what a row keeps -------------------------------------------------------------------------------------------
def blocks_to_json(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Blocks as a row keeps them."""
    return [
        {
            "id": block.id,
            "kind": block.kind,
            "level": block.level,
            "text": block.text,
            "made": block.made,
            "figures": [list(place) for place in block.places],
        }
        for block in blocks
    ]


def blocks_from_json(rows: Iterable[Mapping[str, Any]]) -> list[Block]:
    """Blocks of a row."""
    return [
        Block(
            row["id"],
            row["kind"],
            row["text"],
            row["level"],
            tuple(Place(start, end, key) for start, end, key in row["figures"]),
            row["made"],
        )
        for row in rows
    ]


def tables_to_json(tables: Iterable[Table]) -> list[dict[str, Any]]:
    """Tables as an issued bulletin keeps them."""
    return [
        {
            "title": table.title,
            "unit": table.unit,
            "note": table.note,
            "columns": [[c.heading, c.weight, c.align, c.group] for c in table.columns],
            "rows": [{"cells": [cell.text for cell in row.cells], "total": row.total} for row in table.rows],
        }
        for table in tables
    ]


def tables_from_json(rows: Iterable[Mapping[str, Any]]) -> list[Table]:
    """Tables of an issued bulletin."""
    return [
        Table(
            tuple(Column(*column) for column in row["columns"]),
            tuple(Row(tuple(Run(cell) for cell in line["cells"]), line["total"]) for line in row["rows"]),
            title=row["title"],
            unit=row["unit"],
            note=row["note"],
        )
        for row in rows
    ]
