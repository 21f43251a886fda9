"""Rows behind a table: a query (query_source) or rows at hand. Both filter, sort, count, sum and give plain tuples."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from guatu.core.tables.columns import Column
from guatu.core.tables.state import Filter

Getter = Callable[[Any], Any]


class Source(Protocol):
    """Filtered and sorted rows."""

    def totals(self, columns: Iterable[Column]) -> tuple[int, dict[str, Any]]:
        """(number of rows, sums by code) over all filtered rows."""

    def rows(self, columns: Sequence[Column], extra: str, start: int = 0, stop: int | None = None) -> Iterator[Any]:
        """Tuples of the columns' values, and last the value of the field `extra` (None when it is empty)."""


class Looked:
    """Values that Python gives by primary key; each column's are asked for once, when first needed."""

    def __init__(self) -> None:
        self._found: dict[str, Mapping[Any, Any]] = {}

    def of(self, column: Column) -> Mapping[Any, Any]:
        """The values of a column with a lookup."""
        if column.code not in self._found:
            self._found[column.code] = column.lookup() if column.lookup is not None else {}
        return self._found[column.code]


def rows_of(objects: Iterable[Any], getters: Sequence[Getter]) -> Iterator[tuple[Any, ...]]:
    """Each object as the tuple of what the getters read."""
    for row in objects:
        yield tuple([getter(row) for getter in getters])


def getter_of(path: str) -> Getter:
    """Reads "owner__name" off a row or a mapping; a missing link of the way gives None."""
    steps = path.split("__") if path else []

    def read(row: Any) -> Any:
        for step in steps:
            row = row.get(step) if isinstance(row, Mapping) else getattr(row, step, None)
        return row if steps else None

    return read


def whole(value: Any) -> Any:
    """A sum as its column holds it: PostgreSQL adds whole numbers up to a numeric without places."""
    return int(value) if isinstance(value, Decimal) and value.as_tuple().exponent == 0 else value


def sum_of(values: Iterable[Any]) -> Any:
    """The sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def ordered(rows: list[Any], getter: Getter, down: bool, rank: Mapping[str, int] | None) -> list[Any]:
    """Rows in the order of one column, no figure last either way; equal ones stay as they stood.

    With a rank they go by it, codes that it does not have after those that it has; an empty code is as good as none.
    `query_source.ranked` says the same to a database.
    """
    known: list[Any] = []
    blank: list[Any] = []
    for row in rows:
        value = getter(row)
        (blank if value is None or (value == "" and rank is not None and "" not in rank) else known).append(row)
    by = getter if rank is None else lambda row: rank.get(getter(row), len(rank))
    return sorted(known, key=by, reverse=down) + blank


def passes(value: Any, one: Filter) -> bool:
    """Whether a value passes a filter."""
    if one.column.filter == "text":
        return one.values[0].casefold() in str(value or "").casefold()
    if one.column.filter == "choice":
        return value in one.values
    if value is None:
        return False
    return (one.low is None or value >= one.low) and (one.high is None or value <= one.high)


class PlainSource:
    """Rows at hand: objects or mappings; a lookup finds their values by `pk`."""

    def __init__(self, rows: Iterable[Any], columns: Mapping[str, Column], filters: Iterable[Filter]) -> None:
        self.looked = Looked()
        self.getters = {column.code: self._getter(column) for column in columns.values()}
        tests = [(self.getters[one.column.code], one) for one in filters]
        self.kept = [row for row in rows if all(passes(getter(row), one) for getter, one in tests)]

    def _getter(self, column: Column) -> Getter:
        if column.lookup is None:
            return column.value or getter_of(column.path)
        key = getter_of("pk")
        return lambda row: self.looked.of(column).get(key(row))

    def only(self, field: str, ids: Iterable[str]) -> None:
        """Keep the rows with these public ids."""
        wanted, getter = set(ids), getter_of(field)
        self.kept = [row for row in self.kept if str(getter(row)) in wanted]

    def sort(self, keys: Iterable[tuple[Column, bool]]) -> None:
        """As for queries; ties keep the order in which the rows came."""
        for column, down in reversed(list(keys)):
            getter = getter_of(column.order_field) if column.order_field else self.getters[column.code]
            self.kept = ordered(self.kept, getter, down, column.format.rank)

    def totals(self, columns: Iterable[Column]) -> tuple[int, dict[str, Any]]:
        return len(self.kept), {column.code: sum_of(map(self.getters[column.code], self.kept)) for column in columns}

    def rows(self, columns: Sequence[Column], extra: str, start: int = 0, stop: int | None = None) -> Iterator[Any]:
        return self.read(self.kept[start:stop], columns, extra)

    def read(self, rows: Iterable[Any], columns: Sequence[Column], extra: str) -> Iterator[tuple[Any, ...]]:
        """Some rows as `Source.rows` gives them."""
        return rows_of(rows, [self.getters[column.code] for column in columns] + [getter_of(extra)])
