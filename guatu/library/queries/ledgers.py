"""Reading a ledger's file: plan ledgers and progress sheets, through the sheet engine's child process."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence
from guatu.core.sheets.child import read_in_child
from guatu.core.sheets.engine import recognise
from guatu.core.sheets.errors import Issue
from guatu.core.sheets.fields import FieldKind, FieldSet
from guatu.core.sheets.mapping import Mapping, load_mapping, mapping_from
from guatu.core.sheets.result import ReadRow, SheetReading
from guatu.core.sheets.text import cell_text, flat
from guatu.domain.money import MoneyUnit
from guatu.library.ledgers.plan import PLAN
from guatu.library.ledgers.progress import PROGRESS
from guatu.library.policies import is_secret, may_be_secret

LEDGERS: dict[str, FieldSet] = {PLAN.code: PLAN, PROGRESS.code: PROGRESS}
GROUPS: dict[str, Sentence] = {
    "project": _("项目"),
    "time": _("时间"),
    "money": _("投资"),
    "goal": _("目标"),
    "funding": _("资金来源"),
    "people": _("责任"),
    "mix": _("投资构成"),
    "progress": _("进展"),
    "check": _("核对用"),
    "other": _("其他"),
}
_OF_A_PLAN = frozenset({"total_investment", "planned_investment"})
_SHORT = 8  # a cell that is a secrecy mark and nothing else is no longer
_YES = frozenset({"是", "√", "✓", "1", "有", "涉密"})


def read_ledger(
    kind: str,
    path: Path,
    name: str,
    *,
    year: int,
    unit: MoneyUnit | None = None,
    mapping: Mapping | None = None,
    months: tuple[int, int] | None = None,
) -> SheetReading:
    """What a file holds as a ledger of `kind` (plan, progress). Raises SheetError when it cannot be read at all.

    `months` are the first and last month of a progress sheet. A row that carries a secrecy mark is an error.
    """
    book = read_in_child(path, name=name)
    reading = recognise(book, LEDGERS[kind], year=year, unit=unit, mapping=mapping, period=months)
    if kind == PLAN.code:
        _refuse_progress_sheet(reading)
    _refuse_secret_rows(reading)
    return reading


def _refuse_progress_sheet(reading: SheetReading) -> None:
    """A sheet with a period's amounts and none of a plan's is a progress sheet: its 形象进度 is no goal of the year."""
    if any(column.code in _OF_A_PLAN for column in reading.columns):
        return
    done = PROGRESS.by_code["investment_of_period"].keys | PROGRESS.by_code["investment_to_date"].keys
    for column in reading.columns:
        if "/".join(piece.key for piece in column.pieces) in done:
            reading.errors.append(Issue("is_progress_sheet", column.sheet, 0, column.place))
            return


def ledger_map(kind: str, path: Path) -> Mapping:
    """The column map in a YAML file for ledgers of `kind`. Raises SheetError when it is none."""
    return load_mapping(path, LEDGERS[kind])


def ledger_map_from(kind: str, data: Any) -> Mapping:
    """The same from plain values, as the page remembers it."""
    return mapping_from(data, LEDGERS[kind])


def ledger_fields(kind: str) -> list[tuple[str, str]]:
    """(code, words) of every field of a kind of ledger, for choosing by hand."""
    return [(field.code, str(field.label)) for field in LEDGERS[kind].fields]


def ledger_groups(kind: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The same by what they are about, for a long list of choices."""
    found: dict[str, list[tuple[str, str]]] = {}
    for field in LEDGERS[kind].fields:
        found.setdefault(field.group, []).append((field.code, str(field.label)))
    return [(str(GROUPS.get(group, GROUPS["other"])), fields) for group, fields in found.items()]


def money_fields(kind: str) -> frozenset[str]:
    """Codes of the fields that are amounts."""
    return frozenset(field.code for field in LEDGERS[kind].fields if field.kind is FieldKind.MONEY)


def _refuse_secret_rows(reading: SheetReading) -> None:
    """涉密 is refused at every entrance: in a name or text, in a 密级 column, in a column 是否涉密."""
    marked: dict[str, dict[int, str]] = {}
    for column in reading.columns:
        if "涉密" in column.heading or "密级" in column.heading:
            marked.setdefault(column.sheet, {})[column.index] = column.place
    for row in reading.rows:
        if _is_secret(row, marked.get(row.sheet, {})):
            # The value is left out: what is classified is not to be shown or kept.
            reading.errors.append(Issue("row_secret", row.sheet, row.row, "", "", {}))


def _is_secret(row: ReadRow, marked: dict[int, str]) -> bool:
    texts = [cell for cell in row.cells if isinstance(cell, str)]
    if not marked and not may_be_secret(texts, [text for text in texts if len(text) <= _SHORT]):
        return False
    if is_secret(text="\n".join(texts)) or any(len(text) <= _SHORT and is_secret(marker=text) for text in texts):
        return True
    cells = [flat(cell_text(row.cells[at])) for at in marked if at < len(row.cells)]
    return any(cell in _YES or is_secret(marker=cell) for cell in cells)
