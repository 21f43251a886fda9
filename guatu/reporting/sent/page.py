"""A returned workbook as its page shows it: what is to be decided, what is taken, what was told and left alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.roundtrip.back import Place, Returned
from guatu.core.roundtrip.layout import Column, Layout
from guatu.core.sheets.errors import Yuan
from guatu.core.sheets.fields import FieldKind
from guatu.domain.merge import OURS, THEIRS, Cell, CellKey, Decision, Merge, ReturnedRow, State, Unread
from guatu.domain.periods import Period
from guatu.reporting.content import ReportContent, from_json
from guatu.reporting.desk.known import checks_of, figures_of
from guatu.reporting.desk.words import HEADINGS
from guatu.reporting.desk.words import said as check_words
from guatu.reporting.layouts.respect import shown as held_words
from guatu.reporting.models import WorkbookReturn
from guatu.reporting.sent.columns import with_cells
from guatu.reporting.sent.standing import Standing, merge_of, standing_of

CHOICES: Final = ("ours", "theirs", "typed")
ADDED_MOST: Final = 5
"""Rows that were added, told by name."""


@dataclass(frozen=True, slots=True)
class Line:
    """One cell: whose it is, the three values in words, where it stands in the file, and what was chosen so far."""

    name: str
    column: str
    base: str
    theirs: str
    ours: str
    place: str
    field: str
    choice: str = ""
    typed: str = ""
    takes_theirs: bool = True


def field_of(at: CellKey) -> str:
    """The name of a cell's choice in the form."""
    return f"{at[0]}.{at[1]}"


def said(layout: Layout, code: str, value: Any) -> str:
    """A cell's value in words."""
    if value is None or value == "":
        return str(_("（空）"))
    if isinstance(value, Unread):
        return value.text
    column = layout.by_code.get(code)
    if column is not None and column.kind is FieldKind.MONEY:
        return str(Yuan(value))
    if column is not None and column.kind is FieldKind.PERCENT and isinstance(value, Decimal):
        return f"{value.normalize():f}%"
    return str(value)


@dataclass(frozen=True, slots=True)
class Compared:
    """A return held against what was sent and what stands here."""

    standing: Standing
    merge: Merge
    file: Returned
    period: Period

    def told(self, data: Mapping[str, str]) -> dict[str, Any]:
        """What the page shows, with what was chosen so far (`data`)."""
        of = self.merge.of
        return {
            "conflicts": [_line(self.standing, cell, data) for cell in of(State.CONFLICT)],
            "taken": [_line(self.standing, cell, {}) for cell in of(State.THEIRS)],
            "left": [_line(self.standing, cell, {}) for cell in of(State.ROW_LEFT)],
            "protected": protected(self.standing, self.merge),
            "told": [*told(self.file, self.merge, self.standing), *held_told(self.standing, self.file)],
            "asked": self.asked(),
            "unchanged": self.merge.unchanged,
        }

    def asked(self) -> list[str]:
        """What would be said of the reports with what is taken: what stops them later, and questions."""
        brought: dict[str, dict[str, Any]] = {}
        for cell in self.merge.of(State.THEIRS):
            brought.setdefault(cell.key, {})[cell.code] = cell.theirs
        projects, reports = self.standing.projects, self.standing.reports
        known = figures_of([projects[key] for key in brought], self.period)
        found = []
        for key, cells in brought.items():
            stands = from_json(reports[key].content) if key in reports else ReportContent()
            checks = checks_of(with_cells(stands, cells), known[projects[key].pk])
            found += [f"{projects[key].name}：{HEADINGS[check.field]}，{check_words(check)}" for check in checks]
        return found


def compare(actor: Actor, row: WorkbookReturn, file: Returned) -> Compared:
    """A return as it stands beside the reports now."""
    standing = standing_of(actor, row.sent)
    return Compared(standing, merge_of(row.sent, standing, file), file, Period.parse(row.sent.period))


def protected(standing: Standing, found: Merge) -> list[dict[str, str]]:
    """What was changed in columns that are not to be filled in."""
    layout = standing.layout
    return [
        {
            "name": _name(standing, cell.key),
            "column": _heading(layout, cell.code),
            "base": said(layout, cell.code, cell.base),
            "theirs": said(layout, cell.code, cell.theirs),
            "place": _place(cell.place),
        }
        for cell in found.protected
    ]


def told(returned: Returned, found: Merge, standing: Standing) -> list[str]:
    """What else is to be said of the file: cells that were not read, missing and added rows, remarks."""
    lines = [_issue_words(issue.sheet, issue.row, issue.column, issue.message) for issue in returned.issues]
    if found.missing:
        names = "、".join(_name(standing, key) for key in found.missing)
        lines.append(str(_("传回的表里没有这些项目，它们的填报没有改动：{names}。")).format(names=names))
    if found.added:
        lines.append(_added_words(standing.layout, found.added))
    lines += [
        str(_("{place} {column} 有批注：{text}")).format(
            place=_place(remark.place), column=remark.column, text=remark.text
        )
        for remark in returned.comments
    ]
    return lines


def _added_words(layout: Layout, rows: Sequence[ReturnedRow]) -> str:
    """Rows that somebody wrote below, by what they say first, so that nobody has to look for them."""
    codes = [column.code for column in layout.identifying]
    names = [said(layout, code, row.values[code]) for row in rows for code in codes if row.values.get(code)]
    told = "、".join(names[:ADDED_MOST])
    return str(
        _("表里有 {count} 行自行添加的，没有读取：{names}。新增项目请先报项目办入库。")
        if told
        else _("表里有 {count} 行自行添加的，没有读取。新增项目请先报项目办入库。")
    ).format(count=len(rows), names=told)


def held_told(standing: Standing, returned: Returned) -> list[str]:
    """What was typed into cells that another system holds; it is not read."""
    words = str(_("{name}的“{column}”{system}已有（{value}），表里写的“{theirs}”没有读取。"))
    lines = []
    for row in returned.rows:
        for code, held in standing.held.get(row.key or "", {}).items():
            theirs = said(standing.layout, code, row.values.get(code))
            if code in row.values and row.values[code] not in (None, "", returned.sent.rows[row.key or ""].get(code)):
                name, column = _name(standing, row.key or ""), _heading(standing.layout, code)
                value = held_words(held)
                lines.append(words.format(name=name, column=column, system=held.system, value=value, theirs=theirs))
    return lines


def counts_of(found: Merge) -> dict[str, int]:
    """How many cells of each kind, as kept with the return."""
    return {
        "taken": len(found.of(State.THEIRS)),
        "conflicts": len(found.of(State.CONFLICT)),
        "left": len(found.of(State.ROW_LEFT)),
        "unchanged": found.unchanged,
    }


def decisions_of(cells: Iterable[Cell], data: Mapping[str, str]) -> dict[CellKey, Decision]:
    """What was chosen of the conflicts; a cell without a choice has none."""
    found: dict[CellKey, Decision] = {}
    for cell in cells:
        at = (cell.key, cell.code)
        choice = data.get(f"choice.{field_of(at)}", "")
        if choice == "typed":
            found[at] = Decision("typed", data.get(f"typed.{field_of(at)}", ""))
        elif choice in CHOICES:
            found[at] = THEIRS if choice == "theirs" else OURS
    return found


def _line(standing: Standing, cell: Cell, data: Mapping[str, str]) -> Line:
    layout, at = standing.layout, (cell.key, cell.code)
    field, theirs = field_of(at), cell.theirs
    others = [said(layout, cell.code, value) for value in cell.others if value not in (cell.base, cell.ours)]
    return Line(
        name=_name(standing, cell.key),
        column=_heading(layout, cell.code),
        base=said(layout, cell.code, cell.base),
        theirs=" / ".join([said(layout, cell.code, theirs), *others]),
        ours=said(layout, cell.code, cell.ours),
        place=_place(cell.place),
        field=field,
        choice=data.get(f"choice.{field}", ""),
        typed=data.get(f"typed.{field}", ""),
        takes_theirs=not isinstance(theirs, Unread) and not others,
    )


def _name(standing: Standing, key: str) -> str:
    project = standing.projects.get(key)
    return project.name if project is not None else key


def _heading(layout: Layout, code: str) -> str:
    column: Column | None = layout.by_code.get(code)
    return column.heading if column is not None else code


def _place(place: Any) -> str:
    return str(_("第 {row} 行")).format(row=place.row) if isinstance(place, Place) else ""


def _issue_words(sheet: str, row: int, column: str, message: str) -> str:
    at = " ".join(part for part in (sheet, _place(Place(sheet, row)) if row else "", column) if part)
    return str(_("{at}：{message}")).format(at=at, message=message) if at else message
