"""Holds a bulletin's text against the data and its own tables, and knows what a person already answered for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guatu.domain.checker import Finding, check_text, check_text_against_table, find_figures
from guatu.publishing.blocks import Block
from guatu.publishing.bulletins.kind import Made

TITLE = "title"
CONTEXT = 10


@dataclass(frozen=True, slots=True)
class Mark:
    """A number that a person marked as from outside: known again by its print and the words before it."""

    block: str
    printed: str
    before: str


@dataclass(frozen=True, slots=True)
class Found:
    """One number of a block that disagrees. `against_table`: with the row of the table that its sentence names."""

    block: str
    finding: Finding
    context: str
    against_table: bool = False

    @property
    def key(self) -> str:
        """The figure that it should state, "" when none is near."""
        return "" if self.against_table else (self.finding.nearest_key or "")


def before_of(text: str, start: int) -> str:
    """The words before a place, by which a number is known again."""
    return text[max(0, start - CONTEXT) : start]


def numbered(names: Iterable[str]) -> list[str]:
    """The names whose characters could be taken for figures."""
    digits = set("0123456789０１２３４５６７８９零〇一二两三四五六七八九十百千第")
    return [name for name in names if digits & set(name)]


def check_block(block: Block, made: Made, names: Sequence[str], marks: frozenset[Mark]) -> list[Found]:
    """Every number of a block that agrees neither with the data nor with a mark, in order."""
    text = block.text
    source = block.source(made.figures)
    findings = [(finding, False) for finding in check_text(text, made.figures, source, names)]
    seen = {finding.start for finding, _ in findings} | {bound.start for bound in source.figures}
    for rows in made.check_rows:
        labels = [row[0] for row in rows[1:]]
        for finding in check_text_against_table(text, rows, names=[*names, *labels]):
            if all(not (start <= finding.start < start + 1) for start in seen):
                findings.append((finding, True))
                seen.add(finding.start)
    found = [
        Found(block.id, finding, _context(text, finding), against)
        for finding, against in findings
        if Mark(block.id, finding.printed, before_of(text, finding.start)) not in marks
    ]
    return sorted(found, key=lambda each: each.finding.start)


def check(blocks: Sequence[Block], title: str, made: Made, marks: Iterable[Mark] = ()) -> list[Found]:
    """Every number of the paper that disagrees: title first, then the blocks in order."""
    names, answered = numbered(made.names), frozenset(marks)
    whole = [Block(TITLE, "heading", title), *blocks]
    return [found for block in whole if block.text for found in check_block(block, made, names, answered)]


def _context(text: str, finding: Finding) -> str:
    return text[max(0, finding.start - 14) : finding.end + 8].replace("\n", " ")


def standing_marks(blocks: Sequence[Block], title: str, marks: Iterable[Mark], names: Iterable[str]) -> set[Mark]:
    """The marks whose number still stands in the text: only those are printed in the list of outside figures."""
    listed = numbered(names)
    found: set[Mark] = set()
    for block in [Block(TITLE, "heading", title), *blocks]:
        tokens = find_figures(block.text, listed)
        found |= {Mark(block.id, token.printed, before_of(block.text, token.start)) for token in tokens}
    return found & set(marks)
