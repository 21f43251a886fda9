"""Hold a reading of a ledger against the truth and say every difference in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from guatu.core.sheets.result import PrintedTotal, ReadRow, SheetReading
from tests.ledgers.truth import ANY, Expected, OneOf, OrTold, Told, TrueRow, TrueTotal


def judge(expected: Expected, reading: SheetReading | None, refusal: str = "") -> list[str]:
    """Differences, [] when there are none. ``refusal``: the sentence with which the file was refused, if it was."""
    if expected.stops:
        return _stopped(expected, reading, refusal)
    if reading is None:
        return [f"refused: {refusal}"]
    found = dict(_matches(expected, reading))
    differences = [
        *_rows(expected, reading, found),
        *_totals(expected, reading),
        *_findings(expected, reading),
        *_false_alarms(expected, reading),
        *_losses(expected, reading),
    ]
    return differences


def _stopped(expected: Expected, reading: SheetReading | None, refusal: str) -> list[str]:
    if reading is None:
        return [] if refusal.strip() else ["refused without a sentence"]
    return [] if reading.errors else [f"not stopped ({expected.stops}): {reading.rows_read} rows were read"]


# -- words -------------------------------------------------------------------------------------------------------------
def plain(value: Any) -> str:
    """Without spaces and line breaks, in half width: two spellings of the same words."""
    text = unicodedata.normalize("NFKC", str(value))
    return "".join(sign for sign in text if not sign.isspace() and sign not in "\u200b\ufeff")


def _class_word(text: str) -> str:
    return plain(text).removesuffix("项目").removesuffix("类")


# -- rows --------------------------------------------------------------------------------------------------------------
def _matches(expected: Expected, reading: SheetReading) -> Iterator[tuple[int, ReadRow]]:
    """The read row of each true one (by its place in the list): by sheet and row, else by name."""
    free = list(reading.rows)
    for place, true in enumerate(expected.rows):
        here = [
            read
            for read in free
            if ((read.sheet, read.row) == (true.sheet, true.row) if true.row else _same_name(true, read))
        ]
        if here:  # of two tables side by side, the project of the same name
            read = next((read for read in here if _same_name(true, read)), here[0])
            free.remove(read)
            yield place, read


def _same_name(true: TrueRow, read: ReadRow) -> bool:
    return plain(read.values.get("name", "")) == plain(true.name)


def _rows(expected: Expected, reading: SheetReading, found: dict[int, ReadRow]) -> Iterator[str]:
    known = {id(read) for read in found.values()}
    for place, true in enumerate(expected.rows):
        if place not in found:
            yield f"missing row: {true.sheet} {true.row} {true.name}"
            continue
        yield from _row(true, found[place], reading)
    for read in reading.rows:
        if id(read) not in known:
            yield f"invented row: {read.sheet} {read.row} {read.values.get('name')!r}"


def _row(true: TrueRow, read: ReadRow, reading: SheetReading) -> Iterator[str]:
    where = f"{read.sheet} {read.row} {true.name}"
    if not _same_name(true, read):
        yield f"{where}: name is {read.values.get('name')!r}"
    if plain(read.mark) != plain(true.mark):
        yield f"{where}: mark is {read.mark!r}, not {true.mark!r}"
    if not _class_is_right(true, read):
        yield f"{where}: class is {read.class_path} / {read.values.get('class')!r}, not {true.classes}"
    for code, wanted in true.values.items():
        if code == "class" and true.classes is not None:
            continue
        actual = read.values.get(code)
        told = bool(_issues(reading, read.sheet, read.row, _heading(read, code)))
        if not _right(wanted, actual, told):
            yield f"{where}: {code} is {_said(actual)}{', told' if told else ''}, not {_said(wanted)}"


def _class_is_right(true: TrueRow, read: ReadRow) -> bool:
    if true.classes is None:
        return True
    wanted = tuple(_class_word(name) for name in true.classes)
    path = tuple(_class_word(name) for name in read.class_path)
    own = read.values.get("class")
    column = (_class_word(own),) if own else ()
    return wanted in (path, path + column, column + path) or bool(column and wanted == column)


def _heading(read: ReadRow, code: str) -> str:
    column = read.columns.get(code)
    return column.place if column else ""


# -- values ------------------------------------------------------------------------------------------------------------
def _right(wanted: Any, actual: Any, told: bool) -> bool:
    if wanted is ANY:
        return True
    if isinstance(wanted, OneOf):
        return any(_right(value, actual, told) for value in wanted.values)
    if isinstance(wanted, OrTold):
        return _same(wanted.value, actual) or (actual is None and told)
    if isinstance(wanted, Told):
        return actual is None or (wanted.value is not None and _same(wanted.value, actual))
    return _same(wanted, actual)


def _same(wanted: Any, actual: Any) -> bool:
    if wanted is None or actual is None:
        return wanted is None and (actual is None or actual == "")
    if isinstance(wanted, tuple) and wanted and isinstance(wanted[0], date):
        return _same_span(wanted, actual)
    if isinstance(wanted, tuple) or isinstance(actual, tuple):
        return _names(wanted) == _names(actual)
    if isinstance(wanted, str) or isinstance(actual, str):
        return plain(wanted) == plain(actual)
    return bool(wanted == actual)


def _names(value: Any) -> tuple[str, ...]:
    return tuple(plain(name) for name in (value if isinstance(value, tuple) else (value,)))


def _same_span(wanted: tuple[date, date], actual: Any) -> bool:
    """A stated end (3月底) may be kept as its last day or as the month that it ends."""
    first, last = _ends(actual)
    if (first, last) == wanted:
        return True
    stated_end = wanted[0] == wanted[1] and (wanted[1] + timedelta(days=1)).day == 1
    return stated_end and last == wanted[1] and (last - first).days <= 31


def _ends(value: Any) -> tuple[date, date]:
    """First and last day of a DateSpan, of a YearSpan, or of a plain date."""
    if isinstance(value, date):
        return value, value
    first, last = value.start, value.end
    return getattr(first, "start", first), getattr(last, "end", last)


def _said(value: Any) -> str:
    if hasattr(value, "start"):
        return f"{_ends(value)[0]}…{_ends(value)[1]}"
    if isinstance(value, tuple) and value and isinstance(value[0], date):
        return f"{value[0]}…{value[1]}"
    return "blank" if value is None else repr(value)


# -- totals, findings, losses ------------------------------------------------------------------------------------------
def _is(total: TrueTotal, printed: PrintedTotal) -> bool:
    if printed.field != total.field:
        return False
    if total.row:
        return (printed.sheet, printed.row) == (total.sheet, total.row)
    return plain(total.label) == plain(printed.label)


def _totals(expected: Expected, reading: SheetReading) -> Iterator[str]:
    for total in expected.totals:
        checked = [printed for printed in reading.printed_totals if _is(total, printed)]
        where = f"{total.sheet} {total.row} {total.label} {total.field}"
        if not checked:
            yield f"total not checked: {where}"
        elif total.agrees and not all(printed.agrees for printed in checked):
            yield f"right total called wrong: {where}: {checked}"
        elif not total.agrees and all(printed.agrees for printed in checked):
            yield f"wrong total not found: {where}"
    for printed in reading.printed_totals:
        known = any(_is(total, printed) for total in expected.totals)
        if not printed.agrees and not known:
            where = f"{printed.sheet} {printed.row} {printed.field} {printed.label}"
            yield f"a total that nobody doubts is called wrong: {where}"


def _issues(reading: SheetReading, sheet: str, row: int, column: str) -> list[Any]:
    """Issues at a cell; one that names the row only counts for each of its cells."""
    return [
        issue
        for issue in (*reading.errors, *reading.warnings)
        if (not sheet or issue.sheet == sheet)
        and (not row or issue.row == row)
        and (not column or not issue.column or plain(column) in plain(issue.column))
        and issue.code not in _GENERAL
    ]


_GENERAL = frozenset(("row_hidden", "hidden_row"))  # said of a row as a whole: no word about any of its cells


def _findings(expected: Expected, reading: SheetReading) -> Iterator[str]:
    for finding in expected.findings:
        if not _issues(reading, finding.sheet, finding.row, finding.column):
            yield f"not told: {finding.sheet} {finding.row} {finding.column}: {finding.what}"


def _false_alarms(expected: Expected, reading: SheetReading) -> Iterator[str]:
    """An error stops the whole import, so each must have its reason in the truth."""
    places = {(finding.sheet, finding.row) for finding in expected.findings}
    places |= {
        (row.sheet, row.row)
        for row in expected.rows
        if any(isinstance(value, (OrTold, Told, OneOf)) for value in row.values.values())
    }
    unplaced = any(not row for _, row in places)
    for issue in reading.errors:
        if (issue.sheet, issue.row) not in places and not unplaced:
            yield f"false alarm: {issue.sheet} {issue.row} {issue.column} {issue.code} {issue.value!r}"


def _losses(expected: Expected, reading: SheetReading) -> Iterator[str]:
    """A filled column must be imported or told with a reason; what is said of one heading may stand in its group's."""
    for heading in expected.headings:
        columns = [column for column in reading.columns if plain(heading) in plain(column.heading)]
        if not columns:
            yield f"silent loss: the column {heading!r} is not among the columns"
        for column in columns:
            if not column.code and not column.reason:
                yield f"silent loss: {column.place!r} is not imported and no reason is given"
    for word in expected.never:
        if any(plain(word) == plain(read.values.get("name", "")) for read in reading.rows):
            yield f"no project: {word!r}"
