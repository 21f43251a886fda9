"""What a file or a request says of doubtful rows, by their names: which known project each means, or that it is new."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.library.choices import DoubtChoice
from guatu.library.policies import require_projects, require_region
from guatu.library.queries.doubts import Said, row_key
from guatu.library.queries.matching import Candidates, candidates
from guatu.people.models import Region

HEADS = frozenset(("name", "名称", "项目名称", "表中名称"))
RENAMES = frozenset(("rename", "改名", "是", "true", "1"))


@dataclass(frozen=True, slots=True)
class NameSaid:
    """A name as the ledger has it; the project's name or code ("" a new one); whether it takes the ledger's name.
    `row` is where it was said, from 1 on.
    """

    row: int
    name: str
    project: str = ""
    rename: bool = False


def read_decisions(path: Path) -> list[NameSaid]:
    """A CSV file in UTF-8 or GB18030: name, project's name or code or nothing, `rename` or nothing."""
    if not path.is_file():
        raise Refusal("reporting.no_file", name=str(path))
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    rows = [(number, [cell.strip() for cell in row]) for number, row in enumerate(csv.reader(io.StringIO(text)), 1)]
    return [
        NameSaid(number, row[0], row[1] if len(row) > 1 else "", len(row) > 2 and row[2].lower() in RENAMES)
        for number, row in rows
        if row and row[0] and not (number == 1 and row[0].lower() in HEADS)
    ]


def decisions_of(actor: Actor, region_code: str, said: Sequence[NameSaid]) -> dict[str, Said]:
    """The same as an import takes it. Refused where a project is not known, not in the actor's scope, or ambiguous."""
    region = Region.objects.filter(code=region_code).first()
    named = [each for each in said if each.project]
    if region is None:
        known = Candidates(frozenset())
    else:
        require_region(actor, "library.draft_import", region)  # before a name is looked up: none is to be probed
        known = candidates(region, [(each.project, each.project) for each in named], ())
    found = {row_key(each.name): _said(known, each) for each in said}
    require_projects(actor, "library.draft_import", [each.project for each in found.values() if each.project])
    return found


def _said(known: Candidates, each: NameSaid) -> Said:
    if not each.project:
        return Said(DoubtChoice.NEW)
    meant = known.find(each.project, each.project) or known.find(each.project, "")
    if not meant:
        raise Refusal("library.decision_unknown", row=each.row, project=each.project)
    if len(meant) > 1:
        raise Refusal("library.decision_ambiguous", row=each.row, project=each.project, count=len(meant))
    return Said(DoubtChoice.RENAME if each.rename else DoubtChoice.SAME, meant[0])
