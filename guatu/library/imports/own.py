"""A ledger that the product printed itself: what in it only repeats what stands.

Names of units and leaders, line ends, lists of themes: a print does not always read back by itself to the rows that it
was made from (a unit with a successor, a post without a holder). A cell that is what would be printed says nothing new.
"""

from collections.abc import Iterable

from guatu.core.books.office import cell_words
from guatu.core.sheets.header import DOCUMENT
from guatu.core.sheets.text import flat
from guatu.library.imports.plan import PlanRow
from guatu.library.models import ListBatch
from guatu.library.queries.printed import PrintedRow, class_path

_DETAILS = {
    "content": ("content",),
    "location": ("address",),
    "years": ("years",),
    "owner": ("owner_name",),
    "owner_code": ("owner_credit_code",),
    "project_code": ("code",),
    "liaison": ("contact", "contact_phone"),
    "phone": ("contact_phone",),
    "funding": ("funding",),
    "remark": ("remark",),
}
_ENTRY = {
    "serial": ("number",),
    "name": ("mark",),
    "goal": ("goal",),
    "document_clause": ("document",),
    "kind": ("kind",),
    "management_layer": ("layer",),
}
_WHO = {
    "responsible_unit": "responsible",
    "supporting_units": "supporting",
    "local_unit": "local",
    "task_force": "task_force",
    "lead": "leads",
    "sector_lead": "sector_leads",
}


def same_document(batches: Iterable[ListBatch], document: str) -> ListBatch | None:
    """The issue that carries a document number, also where more words stand around it."""
    for batch in batches:
        found = DOCUMENT.search(batch.document_number)
        if document in (batch.document_number, found[0].replace(" ", "") if found else ""):
            return batch
    return None


def drop_repeated(row: PlanRow, stands: PrintedRow) -> None:
    """Take out of a row what it only repeats of what stands."""
    cells = stands.cells
    unsaid = {name for code, names in _DETAILS.items() if _repeats(row, code, cells) for name in names}
    for code, name in _WHO.items():
        if _repeats(row, code, cells):
            setattr(row, name, ())
    if _repeats(row, "theme", cells):
        row.themes = ()
    if _repeats(row, "nature", cells):
        unsaid.add("nature")
    if row.profile.get("total_investment") == cells.get("total_investment"):
        unsaid.add("total_investment")
    if tuple(map(flat, row.class_path)) == tuple(map(flat, class_path(stands.entry))):
        row.class_path = ()
    row.unsaid = frozenset(unsaid | _repeated_of_entry(row, stands))


def _repeated_of_entry(row: PlanRow, stands: PrintedRow) -> set[str]:
    cells, entry = stands.cells, row.entry
    unsaid = {name for code, names in _ENTRY.items() if _repeats(row, code, cells) for name in names}
    unsaid |= {name for name, value in entry.items() if value == getattr(stands.entry, name)}
    if not row.read.raw("completes_this_year") and ("kind" in unsaid or "kind" not in entry):
        unsaid.add("completes_this_year")
    before = [*stands.entry.quarter_goals, "", "", "", ""][:4]
    goals = entry.get("quarter_goals", [])
    if all(not new or cell_words(new) == cell_words(old) for new, old in zip(goals, before, strict=False)):
        unsaid.add("quarter_goals")
    return unsaid


def _repeats(row: PlanRow, code: str, cells: dict[str, object]) -> bool:
    return code in row.read.columns and code in cells and _plain(row.read.raw(code)) == _plain(str(cells[code]))


def _plain(text: str) -> str:
    return "\n".join(line.strip() for line in cell_words(text).split("\n"))
