"""Rows of a ledger that are likely a known project under another name, and what was said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from guatu.core.refusals import Refusal
from guatu.core.sheets.result import ReadRow
from guatu.domain.codes.check import squeeze
from guatu.library.choices import DoubtChoice
from guatu.library.compute import match_key
from guatu.library.models import Project
from guatu.library.queries.doubt_words import doubt_sentence
from guatu.library.queries.likely import Candidate, RowTold

ASK, TENTATIVE, BEST, NEW = "ask", "tentative", "best", "new"
"""What is done with a row of which nothing was said: refuse, go on as if it were new (a preview), take the likeliest
project, take it as new."""
KNOWN: Final = frozenset((DoubtChoice.SAME, DoubtChoice.RENAME))


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a row: DoubtChoice, and the project that it means."""

    choice: str
    project: Project | None = None


Decisions = Mapping[str, Said]


def row_key(name: str, code: str = "") -> str:
    """A row by its name and code, wherever it stands in the file."""
    typed = squeeze(code) if code else ""
    return f"{match_key(name)}|{typed}"[:220] if typed else match_key(name)


def said_of(decisions: Decisions, name: str, code: str) -> Said | None:
    """What was said of a row: of this name and code, else of this name."""
    return decisions.get(row_key(name, code)) or decisions.get(row_key(name))


@dataclass(slots=True)
class Doubt:
    """A row, what it tells, and the projects that it may mean; `said` is empty while nobody decided."""

    read: ReadRow
    told: RowTold
    candidates: list[Candidate] = field(default_factory=list)
    said: Said | None = None

    def as_dict(self) -> dict[str, Any]:
        """As answers and reports have it."""
        told = self.told
        row = {
            "key": row_key(told.name, told.code),
            "sheet": self.read.sheet,
            "row": self.read.row,
            "name": told.name,
            "told": {"code": told.code, "owner": told.owner, "place": told.site, "total_investment": told.total},
            "candidates": [_candidate(each) for each in self.candidates],
            "decision": self.said.choice if self.said else "",
            "project": str(self.said.project.public_id) if self.said and self.said.project else None,
        }
        return {**row, "message": doubt_sentence(row)}


def _candidate(found: Candidate) -> dict[str, Any]:
    project = found.project
    return {
        "project": str(project.public_id),
        "name": project.name,
        "code": project.code,
        "owner": project.owner_name,
        "place": project.address or project.region.name,
        "total_investment": found.total,
        "listed": found.listed,
        "score": found.score,
        "reasons": list(found.reasons),
    }


def row_told(read: ReadRow) -> RowTold:
    """What a row tells of its project, beside amounts of the year."""
    values = read.values
    return RowTold(
        values["name"],
        values.get("project_code", ""),
        "、".join(values.get("owner", ())),
        values.get("location", ""),
        values.get("total_investment"),
    )


def doubts_of(
    rows: Sequence[ReadRow], found: Sequence[list[Candidate]], decisions: Decisions, undecided: str
) -> list[Doubt]:
    """The rows that are likely known, or of which something was said. `undecided`: see ASK and the others."""
    doubts = []
    for read, candidates in zip(rows, found, strict=True):
        told = row_told(read)
        said = said_of(decisions, told.name, told.code)
        if candidates or (said is not None and said.choice in KNOWN):
            doubts.append(Doubt(read, told, candidates, said))
    if undecided == BEST:
        _take_best(doubts)
    for doubt in doubts:
        if doubt.said is None and undecided == NEW:
            doubt.said = Said(DoubtChoice.NEW)
    return doubts


def _take_best(doubts: Sequence[Doubt]) -> None:
    """Each row the likeliest project that no likelier row takes; a row that is left without one stays a doubt."""
    taken = {doubt.said.project.pk for doubt in doubts if doubt.said and doubt.said.project}
    pairs = [(each.score, doubt, each.project) for doubt in doubts if doubt.said is None for each in doubt.candidates]
    for _score, doubt, project in sorted(pairs, key=lambda pair: -pair[0]):
        if doubt.said is None and project.pk not in taken:
            doubt.said = Said(DoubtChoice.SAME, project)
            taken.add(project.pk)


def refuse_open(doubts: Sequence[Doubt]) -> None:
    """Refuse the whole ledger while a doubt is undecided. The items are all doubts, decided ones too."""
    count = sum(doubt.said is None for doubt in doubts)
    if count:
        raise Refusal("library.doubts_open", items=[doubt.as_dict() for doubt in doubts], count=count)
