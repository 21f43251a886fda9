"""A table merged cell by cell, three ways: as it was sent, as it came back, as it is now (docs/algorithms/merge.md).

A value is anything that can be compared and hashed; None is a blank cell. Whoever calls has brought the values of a
column to one form before: this module knows no units and no formats.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Literal, TypeAlias

from guatu.domain.errors import DomainError

Value: TypeAlias = Hashable
Row: TypeAlias = Mapping[str, Value]
Table: TypeAlias = Mapping[str, Row]
"""Rows by key, values by column code; a code that a row does not name is blank."""
CellKey: TypeAlias = tuple[str, str]
"""(row key, column code)."""
Content: TypeAlias = frozenset[tuple[str, Value]]


class State(Enum):
    """What became of a cell."""

    UNCHANGED = "unchanged"  # nobody touched it
    OURS = "ours"  # changed here only: it stays
    THEIRS = "theirs"  # changed in the returned table only: it is taken
    SAME = "same"  # what came back is what stands here already
    SETTLED = "settled"  # an earlier return brought this value and it was dealt with: nothing is done again
    CONFLICT = "conflict"  # a person decides
    ROW_LEFT = "row_left"  # changed in the returned table, and the row is no longer here: told, never written


@dataclass(frozen=True, slots=True)
class Unread:
    """What stands in a cell that cannot be read as its column's kind; ``why`` is a code. It is never written."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A row as it came back: ``values`` holds only the columns that came back, None where the cell is blank.

    ``key`` is None on a row that was added. ``place`` is the caller's own word for where it stands.
    """

    key: str | None
    values: Row
    place: Hashable = None

    @property
    def content(self) -> Content:
        """What stands in it, for telling an added row that comes again."""
        return frozenset((code, value) for code, value in self.values.items() if value is not None)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not unchanged. ``others`` are further values that copies of the same row hold."""

    key: str
    code: str
    state: State
    base: Value
    theirs: Value
    ours: Value
    others: tuple[Value, ...] = ()
    place: Hashable = None


@dataclass(frozen=True, slots=True)
class Touched:
    """A protected cell that came back changed: told, never taken."""

    key: str
    code: str
    base: Value
    theirs: Value
    place: Hashable = None


@dataclass(frozen=True, slots=True)
class Rules:
    """Columns that are ``protected``, and those that are never emptied without asking (``asks_if_cleared``)."""

    protected: frozenset[str] = frozenset()
    asks_if_cleared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier returns of the same table brought and was dealt with: values by cell, contents of added rows."""

    values: Mapping[CellKey, Collection[Value]] = field(default_factory=dict)
    rows: Collection[Content] = frozenset()


@dataclass(frozen=True, slots=True)
class Merge:
    """``cells`` are all that are not unchanged, in the order in which their rows came back; ``missing`` are keys that
    were sent and did not come back (never a deletion); ``unknown`` rows have a key that was not sent; ``again`` are
    added rows that an earlier return brought already; ``twice`` holds the rows of a key that came back more than once.
    """

    cells: tuple[Cell, ...]
    unchanged: int
    added: tuple[ReturnedRow, ...]
    again: tuple[ReturnedRow, ...]
    unknown: tuple[ReturnedRow, ...]
    missing: tuple[str, ...]
    twice: Mapping[str, tuple[ReturnedRow, ...]]
    protected: tuple[Touched, ...]

    def of(self, state: State) -> tuple[Cell, ...]:
        """The cells of one state."""
        return tuple(cell for cell in self.cells if cell.state is state)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person says of a cell: ours stays, theirs is taken, or ``value`` is written."""

    choice: Literal["ours", "theirs", "typed"]
    value: Value = None


@dataclass(frozen=True, slots=True)
class Change:
    """A value to write. ``seen`` is what stood there: the writer refuses where something else stands by then."""

    key: str
    code: str
    seen: Value
    value: Value
    decided: bool
    place: Hashable = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """``changes`` are to be written, ``open`` cells wait for a decision; ``brought`` is what the caller keeps, so that
    the same table coming back again changes nothing (``Earlier``)."""

    changes: tuple[Change, ...]
    open: tuple[Cell, ...]
    brought: tuple[tuple[CellKey, Value], ...]


OURS: Final = Decision("ours")
THEIRS: Final = Decision("theirs")
NO_RULES: Final = Rules()
NOTHING_EARLIER: Final = Earlier()
_NO_ROW: Final[Row] = {}
_MAY_BE_DECIDED: Final = frozenset({State.THEIRS, State.CONFLICT})
_STAYS: Final = frozenset({State.OURS, State.ROW_LEFT})


def merge(
    base: Table,
    returned: Iterable[ReturnedRow],
    now: Table,
    rules: Rules = NO_RULES,
    earlier: Earlier = NOTHING_EARLIER,
) -> Merge:
    """What a returned table changes: nothing is written here and nothing of either side is lost.

    Every value that came back other than it was sent is in ``cells``, ``protected``, ``added``, ``again`` or
    ``unknown``. The order of the returned rows and of their columns plays no part in what is taken.
    """
    rows: dict[str, list[ReturnedRow]] = {}
    added: list[ReturnedRow] = []
    again: list[ReturnedRow] = []
    unknown: list[ReturnedRow] = []
    for row in returned:
        if row.key is None:
            (again if row.content in earlier.rows else added).append(row)
        elif row.key in base:
            rows.setdefault(row.key, []).append(row)
        else:
            unknown.append(row)
    cells: list[Cell] = []
    touched: list[Touched] = []
    unchanged = 0
    for key, copies in rows.items():
        sent, here = base[key], now.get(key)
        for code, found in _values(copies):
            if code in rules.protected:
                touched += _touched(key, code, sent.get(code), found, here)
                continue
            cell = _cell(key, code, sent.get(code), found, here, rules, earlier)
            if cell is None:
                unchanged += 1
            else:
                cells.append(cell)
    return Merge(
        cells=tuple(cells),
        unchanged=unchanged,
        added=tuple(added),
        again=tuple(again),
        unknown=tuple(unknown),
        missing=tuple(key for key in base if key not in rows),
        twice={key: tuple(copies) for key, copies in rows.items() if len(copies) > 1},
        protected=tuple(touched),
    )


Found: TypeAlias = dict[Value, Hashable]
"""The different values of one cell in the copies of its row, each with the place of the first copy that has it."""


def _values(copies: list[ReturnedRow]) -> Iterator[tuple[str, Found]]:
    if len(copies) == 1:
        place = copies[0].place
        for code, value in copies[0].values.items():
            yield code, {value: place}
        return
    for code in dict.fromkeys(code for row in copies for code in row.values):
        found: Found = {}
        for row in copies:
            if code in row.values:
                found.setdefault(row.values[code], row.place)
        yield code, found


def _touched(key: str, code: str, base: Value, found: Found, here: Row | None) -> Iterator[Touched]:
    ours = base if here is None else here.get(code)
    for value, place in found.items():
        if value != base and value != ours:
            yield Touched(key, code, base, value, place)


def _cell(
    key: str, code: str, base: Value, found: Found, here: Row | None, rules: Rules, earlier: Earlier
) -> Cell | None:
    """None where nothing changed on either side."""
    ours = None if here is None else here.get(code)
    edits = [value for value in found if value != base]
    if not edits:
        if here is None or ours == base:
            return None
        return Cell(key, code, State.OURS, base, base, ours, place=next(iter(found.values())))
    if here is None:
        return _of(key, code, State.ROW_LEFT, base, edits[0], None, found)
    if ours in edits and len(edits) == 1:
        return _of(key, code, State.SAME, base, edits[0], ours, found)
    known = earlier.values.get((key, code), ())
    fresh = [value for value in edits if value != ours and value not in known]
    if not fresh:
        return _of(key, code, State.SETTLED, base, edits[0], ours, found)
    asks = fresh[0] is None and code in rules.asks_if_cleared
    plain = len(found) == 1 and ours == base and not asks and not isinstance(fresh[0], Unread)
    return _of(key, code, State.THEIRS if plain else State.CONFLICT, base, fresh[0], ours, found)


def _of(key: str, code: str, state: State, base: Value, theirs: Value, ours: Value, found: Found) -> Cell:
    others = tuple(value for value in found if value != theirs)
    return Cell(key, code, state, base, theirs, ours, others, found[theirs])


def settle(found: Merge, decisions: Mapping[CellKey, Decision] | None = None) -> Settlement:
    """What is to be written of a merge: what only they changed, and what was decided. The rest stays open.

    A decision may also turn down a value that would be taken. Raises DomainError: merge.nothing_to_decide for a cell
    that is no conflict and takes nothing, merge.unread where theirs cannot be read, merge.several where copies of the
    row hold more than one value to take.
    """
    unused = dict(decisions or {})
    changes: list[Change] = []
    waiting: list[Cell] = []
    brought: list[tuple[CellKey, Value]] = []
    for cell in found.cells:
        if cell.state in _STAYS:
            continue
        at = (cell.key, cell.code)
        decision = unused.pop(at, None) if cell.state in _MAY_BE_DECIDED else None
        if cell.state is State.CONFLICT and decision is None:
            waiting.append(cell)
            continue
        brought += [(at, value) for value in (cell.theirs, *cell.others) if value != cell.base]
        if cell.state in _MAY_BE_DECIDED:
            value = _chosen(cell, decision)
            if value != cell.ours:
                changes.append(Change(cell.key, cell.code, cell.ours, value, decision is not None, cell.place))
    for key, code in unused:
        raise DomainError("merge.nothing_to_decide", key=key, column=code)
    return Settlement(tuple(changes), tuple(waiting), tuple(brought))


def _chosen(cell: Cell, decision: Decision | None) -> Value:
    if decision is None:
        return cell.theirs
    if decision.choice == "ours":
        return cell.ours
    value = cell.theirs if decision.choice == "theirs" else decision.value
    if isinstance(value, Unread):
        raise DomainError("merge.unread", key=cell.key, column=cell.code, text=value.text)
    if decision.choice == "theirs" and any(other not in (cell.base, cell.ours) for other in cell.others):
        raise DomainError("merge.several", key=cell.key, column=cell.code, count=1 + len(cell.others))
    return value
