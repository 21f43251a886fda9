"""A docx that comes back from WPS, held against the paper that left: which paragraphs and cells differ."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from guatu.core.official.docx import to_docx
from guatu.core.official.model import Document
from guatu.core.official.read_back import DocumentText, docx_text
from guatu.publishing.blocks import Block

_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．]|（\d+）)\s*")
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A cell of a table that was changed outside; tables come from the data, so it is shown and not taken over."""

    table: str
    row: str
    column: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class TextDifference:
    """A paragraph that was changed; `ours` empty: added behind the block before it, `theirs` empty: removed."""

    block: str
    ours: str
    theirs: str


@dataclass(slots=True)
class Comparison:
    """What came back: the new text of every block, the title, and the differences in words."""

    title: str
    texts: dict[str, str]
    changed: list[TextDifference] = field(default_factory=list)
    cells: list[CellDifference] = field(default_factory=list)
    missing_tables: int = 0


def compare(document: Document, blocks: Sequence[Block], theirs: DocumentText) -> Comparison:
    """Hold a returned text against the document that left with these blocks."""
    ours = docx_text(to_docx(document))
    owners = _owners(ours.paragraphs, blocks, document.title)
    found = Comparison(document.title, {block.id: block.text for block in blocks})
    said: dict[str, list[str]] = {}
    for mine, other in _pairs(ours.paragraphs, theirs.paragraphs):
        owner = _owner_of(mine, owners, ours.paragraphs)
        if owner:
            said.setdefault(owner, []).extend(_bare(theirs.paragraphs[place], owner, blocks) for place in other)
    _take(found, said, blocks, document.title)
    _compare_tables(found, document, ours, theirs)
    return found


def _take(found: Comparison, said: dict[str, list[str]], blocks: Sequence[Block], title: str) -> None:
    for block in blocks:
        text = "\n".join(line for line in said.get(block.id, []) if line)
        if block.text and text != block.text:
            found.texts[block.id] = text
            found.changed.append(TextDifference(block.id, block.text, text))
    new_title = "".join(said.get("title", [])) or title
    if new_title != title.replace("\n", ""):
        found.title = new_title
        found.changed.insert(0, TextDifference("title", title, new_title))


def _bare(text: str, owner: str, blocks: Sequence[Block]) -> str:
    """A heading without the number that the layout makes."""
    kind = next((block.kind for block in blocks if block.id == owner), "paragraph")
    return _NUMBER.sub("", text.strip()) if kind == "heading" else text.strip()


def _owners(paragraphs: Sequence[str], blocks: Sequence[Block], title: str) -> dict[int, str]:
    """Place of each of our own paragraphs → the block (or the title) that it prints."""
    owners: dict[int, str] = {}
    place = 0
    joined = title.replace("\n", "")
    for number, text in enumerate(paragraphs):
        if text.strip() and joined.startswith(text.replace("\n", "").strip()):
            owners[number] = "title"
            joined = joined[len(text.replace("\n", "").strip()) :]
            place = number + 1
            if not joined:
                break
    for block in blocks:
        for line in (part.strip() for part in block.text.split("\n") if part.strip()):
            for number in range(place, len(paragraphs)):
                plain = paragraphs[number].strip()
                if plain == line or (block.kind == "heading" and _NUMBER.sub("", plain) == line):
                    owners[number], place = block.id, number + 1
                    break
    return owners


def _owner_of(mine: Sequence[int], owners: dict[int, str], paragraphs: Sequence[str]) -> str:
    """The block that some of our paragraphs print; what was added belongs to the block before it."""
    return next((owners[place] for place in mine if place in owners), "")


def _pairs(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[list[int], list[int]]]:
    """Our paragraph and what stands in its place in theirs; added ones go with the paragraph before."""
    matcher = SequenceMatcher(None, [line.strip() for line in ours], [line.strip() for line in theirs], autojunk=False)
    last: list[int] = []
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            for shift in range(a2 - a1):
                last = [a1 + shift]
                yield last, [b1 + shift]
        elif tag == "insert":
            yield last, list(range(b1, b2))
        else:
            for mine, other in _aligned(ours, theirs, range(a1, a2), range(b1, b2)):
                last = mine or last
                yield last, other


def _aligned(
    ours: Sequence[str], theirs: Sequence[str], mine: range, others: range
) -> Iterator[tuple[list[int], list[int]]]:
    """Within a changed stretch: each of theirs goes with the likest of ours that is not yet passed."""
    place = mine.start
    taken: dict[int, list[int]] = {number: [] for number in mine}
    for other in others:
        likeness = {number: _ratio(ours[number], theirs[other]) for number in range(place, mine.stop)}
        best = max(likeness, key=lambda number: (likeness[number], -number), default=None)
        if best is not None and (likeness[best] >= _ALIKE or not taken[place]):
            place = best if likeness[best] >= _ALIKE else place
        if taken:
            taken[min(place, mine.stop - 1)].append(other)
    for number in mine:
        yield [number], taken[number]


def _ratio(mine: str, other: str) -> float:
    return SequenceMatcher(None, mine, other, autojunk=False).ratio()


def _compare_tables(found: Comparison, document: Document, ours: DocumentText, theirs: DocumentText) -> None:
    titles = [part.title for part in document.attachments]
    found.missing_tables = max(0, len(ours.tables) - len(theirs.tables))
    for number, (mine, other) in enumerate(zip(ours.tables, theirs.tables, strict=False)):
        title = titles[number] if number < len(titles) else ""
        found.cells += _cells(title, mine, other)


def _cells(title: str, mine: list[list[str]], other: list[list[str]]) -> Iterator[CellDifference]:
    head = mine[0] if mine else []
    for place in range(max(len(mine), len(other))):
        row = mine[place] if place < len(mine) else []
        back = other[place] if place < len(other) else []
        label = next((cell for cell in (row or back)[1:2] if cell), str(place))
        for column in range(max(len(row), len(back))):
            one = row[column].strip() if column < len(row) else ""
            two = back[column].strip() if column < len(back) else ""
            if one != two:
                yield CellDifference(title, label, head[column] if column < len(head) else "", one, two)
