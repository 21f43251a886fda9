"""Rows of a table by the values of one column: how many, how much, and the first of each, with no query per group.

A query is grouped by the database: one GROUP BY, one window over the groups that are open, the rows by key. Rows at
hand, and queries in whose order, filters or groups a looked-up figure has a part, are grouped here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django.db.models import CharField, Count, Q, Sum, TextField, Value, Window
from django.db.models.expressions import F, OrderBy
from django.db.models.functions import NullIf, RowNumber

from guatu.core.tables.columns import Column
from guatu.core.tables.query_source import CHUNK, QuerySource, ranked
from guatu.core.tables.sources import PlainSource, ordered, sum_of, whole

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A value (None: not filled in), how many rows have it, and the sums of those by column code."""

    value: Any
    count: int
    sums: Mapping[str, Any]


class Groups(Protocol):
    """The filtered rows of a source in groups, in the order of the groups."""

    def all(self, summed: Sequence[Column]) -> list[Group]:
        """Every group."""

    def rows(self, most: Mapping[Any, int], columns: Sequence[Column], extra: str) -> dict[Any, list[Row]]:
        """The first rows of some groups, `most` of each; as `Source.rows` gives them."""

    def each(self, columns: Sequence[Column], extra: str) -> Iterator[tuple[Any, Row]]:
        """All rows with their group's value."""


def groups_of(source: "QuerySource | PlainSource", column: Column, down: bool) -> Groups:
    """The groups of a source by a column."""
    if isinstance(source, PlainSource):
        return PlainGroups(source, column, down)
    if source.by_key is not None or column.lookup is not None:
        return KeyGroups(source, column, down)
    return QueryGroups(source, column, down)


def _filled(value: Any) -> Any:
    return None if value == "" else value


def _in_order(values: Iterable[Any], column: Column, down: bool) -> list[Any]:
    """The values of groups as their column has its rows."""
    return ordered(list(values), lambda value: value, down, column.format.rank)


class _ByHand:
    """Groups of keys (or rows) that stand in order already."""

    column: Column
    down: bool

    def _bucketed(self, keys: Iterable[Any], value_of: Callable[[Any], Any]) -> dict[Any, list[Any]]:
        found: dict[Any, list[Any]] = {}
        for key in keys:
            found.setdefault(_filled(value_of(key)), []).append(key)
        return {value: found[value] for value in _in_order(list(found), self.column, self.down)}


class PlainGroups(_ByHand):
    """Groups of rows at hand."""

    def __init__(self, source: PlainSource, column: Column, down: bool) -> None:
        self.source, self.column, self.down = source, column, down

    @cached_property
    def buckets(self) -> dict[Any, list[Any]]:
        """Rows by value."""
        return self._bucketed(self.source.kept, self.source.getters[self.column.code])

    def all(self, summed: Sequence[Column]) -> list[Group]:
        """As `Groups.all`."""
        getters = {column.code: self.source.getters[column.code] for column in summed}
        return [
            Group(value, len(rows), {code: sum_of(map(getter, rows)) for code, getter in getters.items()})
            for value, rows in self.buckets.items()
        ]

    def rows(self, most: Mapping[Any, int], columns: Sequence[Column], extra: str) -> dict[Any, list[Row]]:
        """As `Groups.rows`."""
        found = self.buckets
        return {value: list(self.source.read(found[value][:limit], columns, extra)) for value, limit in most.items()}

    def each(self, columns: Sequence[Column], extra: str) -> Iterator[tuple[Any, Row]]:
        """As `Groups.each`."""
        for value, rows in self.buckets.items():
            yield from ((value, row) for row in self.source.read(rows, columns, extra))


class KeyGroups(_ByHand):
    """Groups of a query whose rows were filtered, put in order or are grouped by figures that Python gives."""

    def __init__(self, source: QuerySource, column: Column, down: bool) -> None:
        self.source, self.column, self.down = source, column, down

    @cached_property
    def buckets(self) -> dict[Any, list[Any]]:
        """Keys by value."""
        keys, column = self.source.by_key, self.column
        if keys is None:
            keys = list(self.source.query.values_list("pk", flat=True))
        if column.lookup is not None:
            return self._bucketed(keys, self.source.looked.of(column).get)
        named = self.source.query.order_by().values_list("pk", self.source.names[column.code])
        return self._bucketed(keys, dict(named.iterator(CHUNK)).get)

    def all(self, summed: Sequence[Column]) -> list[Group]:
        """As `Groups.all`."""
        source, by_query = self.source, [column for column in summed if column.lookup is None]
        values = {column.code: source.looked.of(column) for column in summed if column.lookup is not None}
        if by_query:
            names = [source.names[column.code] for column in by_query]
            read = list(source.query.order_by().values_list("pk", *names).iterator(CHUNK))
            for place, column in enumerate(by_query, start=1):
                values[column.code] = {row[0]: row[place] for row in read}
        return [
            Group(value, len(keys), {code: sum_of(map(found.get, keys)) for code, found in values.items()})
            for value, keys in self.buckets.items()
        ]

    def rows(self, most: Mapping[Any, int], columns: Sequence[Column], extra: str) -> dict[Any, list[Row]]:
        """As `Groups.rows`."""
        keys = {value: self.buckets[value][:limit] for value, limit in most.items()}
        found = self.source.by_keys([key for listed in keys.values() for key in listed], columns, extra)
        return {value: [found[key] for key in listed if key in found] for value, listed in keys.items()}

    def each(self, columns: Sequence[Column], extra: str) -> Iterator[tuple[Any, Row]]:
        """As `Groups.each`."""
        for value, keys in self.buckets.items():
            for start in range(0, len(keys), CHUNK):
                piece = keys[start : start + CHUNK]
                found = self.source.by_keys(piece, columns, extra)
                yield from ((value, found[key]) for key in piece if key in found)


class QueryGroups:
    """Groups that the database makes."""

    def __init__(self, source: QuerySource, column: Column, down: bool) -> None:
        self.source, self.column, self.down = source, column, down
        name = source.names[column.code]
        named = source.query.annotate(group_named=F(name))
        text = isinstance(named.query.annotations["group_named"].output_field, CharField | TextField)
        self.query = source.query.annotate(group_value=NullIf(F(name), Value("")) if text else F(name))

    def _by_value(self) -> OrderBy:
        return OrderBy(F("group_value"), descending=self.down, nulls_last=True)

    def _order(self) -> list[OrderBy]:
        rank = self.column.format.rank
        by_value = self._by_value()
        if rank is None:
            return [by_value]
        return [OrderBy(ranked("group_value", rank), descending=self.down, nulls_last=True), by_value]

    def all(self, summed: Sequence[Column]) -> list[Group]:
        """As `Groups.all`: one GROUP BY; looked-up figures are summed over the keys."""
        by_query = [column for column in summed if column.lookup is None]
        asked = {f"sum_{place}": Sum(self.source.names[column.code]) for place, column in enumerate(by_query)}
        counted = self.query.order_by().values("group_value").annotate(rows_counted=Count("pk"), **asked)
        found = {row["group_value"]: row for row in counted.order_by(self._by_value())}
        looked = self._looked([column for column in summed if column.lookup is not None])
        values = list(found)
        if self.column.format.rank is not None:
            values = _in_order(values, self.column, self.down)
        return [
            Group(
                value,
                found[value]["rows_counted"],
                {column.code: whole(found[value][f"sum_{place}"]) for place, column in enumerate(by_query)}
                | {code: sums.get(value) for code, sums in looked.items()},
            )
            for value in values
        ]

    def _looked(self, columns: Sequence[Column]) -> dict[str, dict[Any, Any]]:
        """Sums of looked-up figures by code and group."""
        found: dict[str, dict[Any, Any]] = {column.code: {} for column in columns}
        if not columns:
            return found
        read = [(found[column.code], self.source.looked.of(column)) for column in columns]
        for key, group in self.query.order_by().values_list("pk", "group_value").iterator(CHUNK):
            for sums, values in read:
                value = values.get(key)
                if value is not None:
                    sums[group] = sums.get(group, 0) + value
        return found

    def rows(self, most: Mapping[Any, int], columns: Sequence[Column], extra: str) -> dict[Any, list[Row]]:
        """As `Groups.rows`: their keys by one window over the open groups, then the rows by key."""
        keys: dict[Any, list[Any]] = {value: [] for value in most}
        if not most:
            return {}
        wanted = Q(group_value__in=[value for value in most if value is not None])
        if None in most:
            wanted |= Q(group_value__isnull=True)
        orders = [*self.source.orders, OrderBy(F("pk"))]
        placed = Window(RowNumber(), partition_by=[F("group_value")], order_by=orders)
        listed = self.query.order_by().filter(wanted).annotate(row_place=placed)
        cut = listed.filter(row_place__lte=max(most.values())).values_list("row_place", "pk", "group_value")
        for place, key, value in sorted(cut, key=lambda row: row[0]):
            if place <= most[value]:
                keys[value].append(key)
        found = self.source.by_keys([key for each in keys.values() for key in each], columns, extra)
        return {value: [found[key] for key in each if key in found] for value, each in keys.items()}

    def each(self, columns: Sequence[Column], extra: str) -> Iterator[tuple[Any, Row]]:
        """As `Groups.each`, streamed in one query."""
        column = Column("group_value", "", field="group_value")
        query = self.query.order_by(*self._order(), *self.source.orders, "pk")
        for row in self.source.read_all(query, [*columns, column], extra):
            yield row[len(columns)], (*row[: len(columns)], row[-1])
