"""Rows behind a table: a query, or rows at hand. Both filter, sort, count, sum and give rows as plain tuples."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from django.db.models import Case, Count, IntegerField, Model, QuerySet, Sum, Value, When
from django.db.models.expressions import Combinable, F, OrderBy

from guatu.core.actor import Actor
from guatu.core.tables.columns import Column
from guatu.core.tables.state import Filter

CHUNK = 2000
Getter = Callable[[Any], Any]


class Source(Protocol):
    """Filtered and sorted rows."""

    def totals(self, columns: Iterable[Column]) -> tuple[int, dict[str, Any]]:
        """(number of rows, sums by code) over all filtered rows."""

    def rows(self, columns: Sequence[Column], extra: str, start: int = 0, stop: int | None = None) -> Iterator[Any]:
        """Tuples of the columns' values, and last the value of the field `extra` (None when it is empty)."""


def _rows_of(objects: Iterable[Any], getters: Sequence[Getter]) -> Iterator[tuple[Any, ...]]:
    for row in objects:
        yield tuple(getter(row) for getter in getters)


def _getter(path: str) -> Getter:
    """Reads "owner__name" off a row or a mapping; a missing link of the way gives None."""
    steps = path.split("__") if path else []

    def read(row: Any) -> Any:
        for step in steps:
            row = row.get(step) if isinstance(row, Mapping) else getattr(row, step, None)
        return row if steps else None

    return read


class QuerySource:
    """A query over a model, within policy already. Rows are read as tuples, or as objects where a column needs them."""

    def __init__(
        self, query: QuerySet[Model], columns: Mapping[str, Column], actor: Actor, filters: Iterable[Filter]
    ) -> None:
        self.names: dict[str, str] = {}
        expressions: dict[str, Combinable] = {}
        for place, column in enumerate(columns.values()):
            if column.expression is not None:
                alias = f"column_{place}"
                made = column.expression(actor) if callable(column.expression) else column.expression
                expressions[alias] = made
                self.names[column.code] = alias
            else:
                self.names[column.code] = column.path
        self.query = query.annotate(**expressions) if expressions else query
        for one in filters:
            self.query = self.query.filter(**self._condition(one))

    def _condition(self, one: Filter) -> dict[str, Any]:
        name = self.names[one.column.code]
        if one.column.filter == "text":
            return {f"{name}__icontains": one.values[0]}
        if one.column.filter == "choice":
            return {f"{name}__in": one.values}
        bounds = {f"{name}__gte": one.low, f"{name}__lte": one.high}
        return {key: value for key, value in bounds.items() if value is not None}

    def sort(self, keys: Iterable[tuple[Column, bool]]) -> None:
        """Put rows in order, no figure last, ties by their id, so that a page never repeats a row of another."""
        self.query = self.query.order_by(*(self._order(column, down) for column, down in keys), "pk")

    def _order(self, column: Column, down: bool) -> OrderBy:
        name = column.order_field or self.names[column.code]
        if column.format.rank is not None:
            whens = [When(**{name: code}, then=Value(place)) for code, place in column.format.rank.items()]
            ranked = Case(*whens, default=Value(len(whens)), output_field=IntegerField())
            return OrderBy(ranked, descending=down)
        return OrderBy(F(name), descending=down, nulls_last=True)

    def totals(self, columns: Iterable[Column]) -> tuple[int, dict[str, Any]]:
        sums = {f"sum_{place}": column for place, column in enumerate(columns)}
        asked = {alias: Sum(self.names[column.code]) for alias, column in sums.items()}
        found = self.query.order_by().aggregate(rows_counted=Count("pk"), **asked)
        return found["rows_counted"], {column.code: found[alias] for alias, column in sums.items()}

    def rows(self, columns: Sequence[Column], extra: str, start: int = 0, stop: int | None = None) -> Iterator[Any]:
        cut = self.query if stop is None else self.query[start:stop]
        if any(column.value is not None for column in columns):
            getters = [column.value or _getter(self.names[column.code]) for column in columns]
            yield from _rows_of(cut.iterator(CHUNK) if stop is None else cut, [*getters, _getter(extra)])
            return
        names = [self.names[column.code] for column in columns] + [extra or "pk"]
        listed = cut.values_list(*names)
        yield from (listed.iterator(CHUNK) if stop is None else listed)


class PlainSource:
    """Rows at hand: objects or mappings."""

    def __init__(self, rows: Iterable[Any], columns: Mapping[str, Column], filters: Iterable[Filter]) -> None:
        self.getters = {column.code: column.value or _getter(column.path) for column in columns.values()}
        tests = [(self.getters[one.column.code], one) for one in filters]
        self.kept = [row for row in rows if all(_passes(getter(row), one) for getter, one in tests)]

    def sort(self, keys: Iterable[tuple[Column, bool]]) -> None:
        """As for queries; ties keep the order in which the rows came."""
        for column, down in reversed(list(keys)):
            getter, rank = self.getters[column.code], column.format.rank
            if column.order_field:
                getter = _getter(column.order_field)
            if rank is not None:
                self.kept.sort(key=_ranked(getter, rank), reverse=down)
                continue
            known = [row for row in self.kept if getter(row) is not None]
            known.sort(key=getter, reverse=down)
            self.kept = known + [row for row in self.kept if getter(row) is None]

    def totals(self, columns: Iterable[Column]) -> tuple[int, dict[str, Any]]:
        sums: dict[str, Any] = {}
        for column in columns:
            values = [value for value in map(self.getters[column.code], self.kept) if value is not None]
            sums[column.code] = sum(values) if values else None
        return len(self.kept), sums

    def rows(self, columns: Sequence[Column], extra: str, start: int = 0, stop: int | None = None) -> Iterator[Any]:
        getters = [self.getters[column.code] for column in columns] + [_getter(extra)]
        return _rows_of(self.kept[start:stop], getters)


def _ranked(getter: Getter, rank: Mapping[str, int]) -> Getter:
    return lambda row: rank.get(getter(row), len(rank))


def _passes(value: Any, one: Filter) -> bool:
    if one.column.filter == "text":
        return one.values[0].casefold() in str(value or "").casefold()
    if one.column.filter == "choice":
        return value in one.values
    if value is None:
        return False
    return (one.low is None or value >= one.low) and (one.high is None or value <= one.high)
