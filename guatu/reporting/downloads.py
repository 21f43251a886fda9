"""What an office takes away from an import: the list of what is to be put right, and its own workbook marked up."""

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any, Final

import xlsxwriter
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter.exceptions import OverlappingRange

from guatu.core.actor import Actor
from guatu.core.attachments import path_of
from guatu.core.sheets.child import read_in_child
from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.model import Cell, Sheet
from guatu.core.tables import Column, Table, TableView
from guatu.library.models import ImportDraft
from guatu.reporting.imports import refusal_of
from guatu.reporting.report_page import DOUBTFUL, WRONG, problem_of

SECRET: Final = "row_secret"
MERGED_MOST: Final = 5_000  # rows from which a sheet is written without its merges, in little memory
NAME_MOST: Final = 31
WIDEST: Final = 40
GRADES = {WRONG: gettext_lazy("需改正"), DOUBTFUL: gettext_lazy("请核对")}

ISSUES = Table(
    "reporting.issues",
    gettext_lazy("需改正清单"),
    (
        Column("grade", gettext_lazy("轻重"), weight=8),
        Column("sheet", gettext_lazy("工作表"), weight=14),
        Column("row", gettext_lazy("行"), weight=10),
        Column("column", gettext_lazy("列"), weight=24),
        Column("value", gettext_lazy("填的是"), weight=20),
        Column("message", gettext_lazy("问题"), weight=50),
        Column("advice", gettext_lazy("怎么办"), weight=40),
    ),
)


def issue_table(actor: Actor, draft: ImportDraft) -> TableView:
    """Every issue of a draft, what is wrong first, ready to be written as a file."""
    rows = [{**problem_of(issue), "grade": str(words)} for words, issue in _issues(draft)]
    title = _("{name}需改正清单").format(name=draft.file_name.rpartition(".")[0] or draft.file_name)
    return ISSUES.open(QueryDict(), rows, actor, title=title, sub=draft.file_name)


def _issues(draft: ImportDraft) -> list[tuple[Any, dict[str, Any]]]:
    answer = (draft.report or {}).get("answer", {})
    return [(words, issue) for code, words in GRADES.items() for issue in answer.get(code, [])]


# -- the marked workbook --------------------------------------------------------------------------------------------
def marked_book(actor: Actor, draft: ImportDraft) -> bytes:
    """The file's cells as a new workbook: wrong cells red, doubtful ones yellow, each with its sentence as a comment,
    and a last sheet with all of them. Texts stay texts. A row that is classified is left out.

    Raises Refusal("reporting.file") when the file cannot be read any more.
    """
    try:
        sheets = read_in_child(path_of(draft.file_digest), name=draft.file_name).sheets
    except SheetError as error:
        raise refusal_of(error) from error
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        looks = _Looks(book)
        notes = _notes(draft)
        used: set[str] = set()
        for sheet in sheets:
            _Marked(book, sheet, _name(sheet.name, used), looks, notes[sheet.name]).write()
        _list(book, looks, issue_table(actor, draft), _name(_("需改正清单"), used))
    return out.getvalue()


def _name(wanted: str, used: set[str]) -> str:
    """A sheet's name that a workbook takes, and that is not used yet."""
    plain = "".join(char for char in wanted if char not in "[]:*?/\\")[:NAME_MOST].strip("'") or "Sheet"
    name, number = plain, 2
    while name.lower() in used:
        end = f"_{number}"
        name, number = plain[: NAME_MOST - len(end)] + end, number + 1
    used.add(name.lower())
    return name


def _notes(draft: ImportDraft) -> Mapping[str, dict[int, list[tuple[str, str, str, str]]]]:
    """Sheet → row → (grade, column letter, sentence, code)."""
    found: dict[str, dict[int, list[tuple[str, str, str, str]]]] = defaultdict(lambda: defaultdict(list))
    answer = (draft.report or {}).get("answer", {})
    for grade in (DOUBTFUL, WRONG):  # what is wrong is written last and wins
        for issue in answer.get(grade, []):
            told = problem_of(issue)
            sentence = f"{GRADES[grade]}：{told['message']}{told['advice']}"
            letter = issue["column"].partition(" ")[0]
            found[issue["sheet"]][issue["row"]].append((grade, letter, sentence, issue["code"]))
    return found


class _Looks:
    """The formats of a marked workbook, by mark and by number format."""

    FILLS: Final = {"": None, WRONG: "#F4C7C3", DOUBTFUL: "#FCE8B2"}

    def __init__(self, book: Any) -> None:
        self.by_mark = {
            (mark, pattern): book.add_format(
                {"valign": "vcenter", "border": 1, "border_color": "#BFBFBF", "text_wrap": True}
                | ({"bg_color": fill} if fill else {})
                | ({"num_format": pattern} if pattern else {})
            )
            for mark, fill in self.FILLS.items()
            for pattern in ("", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm")
        }
        self.head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})

    def of(self, mark: str, value: Cell) -> Any:
        """The format of a cell."""
        pattern = ""
        if isinstance(value, datetime) and value.time() != time():
            pattern = "yyyy-mm-dd hh:mm"
        elif isinstance(value, date):
            pattern = "yyyy-mm-dd"
        elif isinstance(value, time | timedelta):
            pattern = "hh:mm"
        return self.by_mark[mark, pattern]


class _Marked:
    """One sheet as it was, with its marks."""

    def __init__(
        self, book: Any, sheet: Sheet, name: str, looks: _Looks, notes: Mapping[int, list[tuple[str, str, str, str]]]
    ) -> None:
        self.sheet, self.page, self.looks, self.notes = sheet, book.add_worksheet(name), looks, notes

    def write(self) -> None:
        """Merges first, then every cell over them."""
        sheet, top, left = self.sheet, self.sheet.first_row - 1, self.sheet.first_column
        if len(sheet.rows) <= MERGED_MOST:
            plain = self.looks.of("", None)
            for first, start, last, end in sheet.merged:
                with suppress(OverlappingRange):  # a damaged file may have them; no workbook takes them
                    self.page.merge_range(top + first, left + start, top + last, left + end, "", plain)
        for index, row in enumerate(sheet.rows):
            self._row(index, row, sheet.row_number(index))
        for index, width in enumerate(_widths(sheet)):
            options = {"hidden": True} if index in sheet.hidden_columns else {}
            self.page.set_column(left + index, left + index, width, None, options)
        for index in sheet.hidden_rows:
            self.page.set_row(top + index, None, None, {"hidden": True})
        if sheet.hidden:
            self.page.hide()

    def _row(self, index: int, row: Sequence[Cell], number: int) -> None:
        notes = self.notes.get(number, [])
        at, left = self.sheet.first_row - 1 + index, self.sheet.first_column
        if any(code == SECRET for _grade, _letter, _sentence, code in notes):
            row = [_("（此行带有涉密标志，未列出）")]
        marks: dict[int, str] = {}
        comments: dict[int, list[str]] = {}
        for grade, letter, sentence, _code in notes:
            place = next((one for one in range(len(row)) if letter and self.sheet.letter(one) == letter), 0)
            marks[place] = grade
            comments.setdefault(place, []).append(sentence)
        for place, value in enumerate(row):
            self._cell(at, left + place, value, self.looks.of(marks.get(place, ""), value))
        for place, sentences in comments.items():
            self.page.write_comment(at, left + place, "\n".join(sentences), {"x_scale": 2, "y_scale": len(sentences)})

    def _cell(self, at: int, place: int, value: Cell, look: Any) -> None:
        if value is None or value == "":
            self.page.write_blank(at, place, None, look)
        elif isinstance(value, bool):
            self.page.write_boolean(at, place, value, look)
        elif isinstance(value, int | float) and isfinite(value):
            self.page.write_number(at, place, value, look)
        elif isinstance(value, date | time | timedelta):
            self.page.write_datetime(at, place, value, look)
        else:
            self.page.write_string(at, place, str(value)[:32_767], look)


def _widths(sheet: Sheet) -> list[int]:
    """A width for each column from the texts of its first rows; a title in one merged cell counts for none."""
    count = max((len(row) for row in sheet.rows[:200]), default=0)
    titles = {(first, start) for first, start, _last, end in sheet.merged if end - start > 1}
    found = [8] * count
    for index, row in enumerate(sheet.rows[:200]):
        for place, value in enumerate(row):
            if (index, place) not in titles and value is not None:
                text = str(value).split("\n")[0]
                found[place] = max(found[place], min(WIDEST, sum(2 if ord(char) > 255 else 1 for char in text) + 2))
    return found


def _list(book: Any, looks: _Looks, view: TableView, name: str) -> None:
    """All issues, those about the whole file too, on a sheet of their own."""
    page = book.add_worksheet(name)
    for place, column in enumerate(view.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, str(column.words), looks.head)
    for at, row in enumerate(view.all_rows(), start=1):
        for place, value in enumerate(row[: len(view.columns)]):
            page.write_string(at, place, str(value or ""), looks.of("", ""))
    page.freeze_panes(1, 0)
