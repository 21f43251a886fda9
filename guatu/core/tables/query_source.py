"""A query behind a table. What the database can say it filters, sorts, counts and sums itself: one aggregate and one
page, whatever the number of rows. Only where the state filters or sorts by figures that Python gives (a lookup) are the
keys of the rows that pass the rest read, put in order here, and the page fetched by key.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from django.db.models import Case, Count, IntegerField, Model, QuerySet, Sum, Value, When
from django.db.models.expressions import Combinable, F, OrderBy

from guatu.core.actor import Actor
from guatu.core.tables.columns import Column
from guatu.core.tables.sources import Getter, Looked, getter_of, ordered, passes, rows_of, sum_of, whole
from guatu.core.tables.state import Filter

CHUNK = 2000


def ranked(name: str, rank: Mapping[str, int]) -> Case:
    """A coded field's place in a rank, as `sources.ordered` has it: nothing where it is blank, which goes last."""
    whens = [When(**{name: code}, then=Value(place)) for code, place in rank.items()]
    if "" not in rank:
        whens.append(When(**{name: ""}, then=Value(None)))
    blank = When(**{f"{name}__isnull": True}, then=Value(None))
    return Case(blank, *whens, default=Value(len(rank)), output_field=IntegerField())


class QuerySource:
    """A query over a model, within policy already. Rows are read as tuples, or as objects where a column needs them."""

    def __init__(
        self, query: QuerySet[Model], columns: Mapping[str, Column], actor: Actor, filters: Iterable[Filter]
    ) -> None:
        self.looked = Looked()
        self.names: dict[str, str] = {}
        self.keys: list[tuple[Column, bool]] = []
        self.orders: list[OrderBy] = []
        self.late = [one for one in filters if one.column.lookup is not None]
        expressions: dict[str, Combinable] = {}
        for place, column in enumerate(columns.values()):
            if column.expression is not None:
                alias = f"column_{place}"
                made = column.expression(actor) if callable(column.expression) else column.expression
                expressions[alias] = made
                self.names[column.code] = alias
            elif column.lookup is None:
                self.names[column.code] = column.path
        self.query = query.annotate(**expressions) if expressions else query
        for one in filters:
            if one.column.lookup is None:
                self.query = self.query.filter(**self._condition(one))

    def _condition(self, one: Filter) -> dict[str, Any]:
        name = self.names[one.column.code]
        if one.column.filter == "text":
            return {f"{name}__icontains": one.values[0]}
        if one.column.filter == "choice":
            return {f"{name}__in": one.values}
        bounds = {f"{name}__gte": one.low, f"{name}__lte": one.high}
        return {key: value for key, value in bounds.items() if value is not None}

    def only(self, field: str, ids: Iterable[str]) -> None:
        """Keep the rows with these public ids."""
        self.query = self.query.filter(**{f"{field}__in": list(ids)})

    # -- order --------------------------------------------------------------------------------------------------------
    def sort(self, keys: Iterable[tuple[Column, bool]]) -> None:
        """Put rows in order, no figure last, ties by their id, so that a page never repeats a row of another."""
        self.keys = list(keys)
        self.orders = [self._order(column, down) for column, down in self.keys if column.lookup is None]
        self.query = self.query.order_by(*self.orders, "pk")

    def _order(self, column: Column, down: bool) -> OrderBy:
        return OrderBy(self._rank(column), descending=down, nulls_last=True)

    def _rank(self, column: Column) -> F | Case:
        name = column.order_field or self.names[column.code]
        return F(name) if column.format.rank is None else ranked(name, column.format.rank)

    @cached_property
    def by_key(self) -> list[Any] | None:
        """Keys of the filtered rows in order, where Python has a part in either; None where the query says it all."""
        if not self.late and all(column.lookup is None for column, _down in self.keys):
            return None
        asked = {
            f"order_{place}": self._rank(column)
            for place, (column, _down) in enumerate(self.keys)
            if column.lookup is None
        }
        tests = [(self.looked.of(one.column), one) for one in self.late]
        found = self.query.annotate(**asked).values_list("pk", *asked)
        rows = [row for row in found.iterator(CHUNK) if all(passes(values.get(row[0]), one) for values, one in tests)]
        ranks = _ranks(rows)
        keys = [row[0] for row in rows]
        place = len(asked)
        for column, down in reversed(self.keys):
            if column.lookup is None:
                place -= 1
                keys.sort(key={key: ranked[place] for key, ranked in ranks.items()}.__getitem__)
            else:
                keys = ordered(keys, self.looked.of(column).get, down, column.format.rank)
        return keys

    # -- figures ------------------------------------------------------------------------------------------------------
    def totals(self, columns: Iterable[Column]) -> tuple[int, dict[str, Any]]:
        """Count and sums in one aggregate; sums of looked-up figures over the keys."""
        listed = list(columns)
        by_query = [column for column in listed if column.lookup is None]
        count, sums = self._sums_kept(by_query) if self.late else self._aggregate(by_query)
        looked = [column for column in listed if column.lookup is not None]
        if looked:
            keys = self.by_key
            if keys is None:
                keys = list(self.query.order_by().values_list("pk", flat=True))
            sums |= {column.code: sum_of(map(self.looked.of(column).get, keys)) for column in looked}
        return count, sums

    def _aggregate(self, columns: Sequence[Column]) -> tuple[int, dict[str, Any]]:
        asked = {f"sum_{place}": Sum(self.names[column.code]) for place, column in enumerate(columns)}
        found = self.query.order_by().aggregate(rows_counted=Count("pk"), **asked)
        return found["rows_counted"], {
            column.code: whole(found[f"sum_{place}"]) for place, column in enumerate(columns)
        }

    def _sums_kept(self, columns: Sequence[Column]) -> tuple[int, dict[str, Any]]:
        """Sums over the rows that also pass the filters by looked-up figures, which the database cannot apply."""
        kept = set(self.by_key or ())
        if not columns:
            return len(kept), {}
        found = self.query.order_by().values_list("pk", *(self.names[column.code] for column in columns))
        rows = [row for row in found.iterator(CHUNK) if row[0] in kept]
        return len(kept), {
            column.code: sum_of(row[place] for row in rows) for place, column in enumerate(columns, start=1)
        }

    # -- rows ---------------------------------------------------------------------------------------------------------
    def rows(self, columns: Sequence[Column], extra: str, start: int = 0, stop: int | None = None) -> Iterator[Any]:
        """As `Source.rows`."""
        if self.by_key is not None:
            yield from self._rows_by_key(self.by_key[start:stop], columns, extra)
            return
        cut = self.query if stop is None else self._page(columns, start, stop)
        for _key, row in self._read(cut, columns, extra, whole=stop is None):
            yield row

    def _page(self, columns: Sequence[Column], start: int, stop: int) -> QuerySet[Model]:
        """The rows of a page. Where columns are expressions, the page's keys are found first, inside the same query, so
        that the expressions of the rows before it and after it are not worked out only to be sorted away.
        """
        if all(column.expression is None for column in columns):
            return self.query[start:stop]
        return self.query.filter(pk__in=self.query.values("pk")[start:stop])

    def read_all(self, query: QuerySet[Model], columns: Sequence[Column], extra: str) -> Iterator[tuple[Any, ...]]:
        """All rows of a query made of this source's, streamed; a column's field may be an annotation of that query."""
        for _key, row in self._read(query, columns, extra, whole=True):
            yield row

    def by_keys(self, keys: Sequence[Any], columns: Sequence[Column], extra: str) -> dict[Any, tuple[Any, ...]]:
        """Rows by key."""
        found: dict[Any, tuple[Any, ...]] = {}
        waiting = iter(keys)
        while piece := list(islice(waiting, CHUNK)):
            found.update(self._read(self.query.order_by().filter(pk__in=piece), columns, extra, whole=False))
        return found

    def _rows_by_key(self, keys: Sequence[Any], columns: Sequence[Column], extra: str) -> Iterator[Any]:
        for start in range(0, len(keys), CHUNK):
            piece = keys[start : start + CHUNK]
            found = self.by_keys(piece, columns, extra)
            yield from (found[key] for key in piece if key in found)

    def _read(
        self, cut: QuerySet[Model], columns: Sequence[Column], extra: str, whole: bool
    ) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        """(key, values) of the rows of a query."""
        if any(column.value is not None for column in columns):
            getters = [getter_of("pk"), *(self._getter(column) for column in columns), getter_of(extra)]
            objects = cut.iterator(CHUNK) if whole else cut
            yield from ((row[0], row[1:]) for row in rows_of(objects, getters))
            return
        shown = [column for column in columns if column.lookup is None]
        listed = cut.values_list("pk", *(self.names.get(column.code, column.path) for column in shown), extra or "pk")
        lookups = [(place, self.looked.of(one)) for place, one in enumerate(columns) if one.lookup is not None]
        for row in listed.iterator(CHUNK) if whole else listed:
            values = list(row[1:])
            for place, found in lookups:
                values.insert(place, found.get(row[0]))
            yield row[0], tuple(values)

    def _getter(self, column: Column) -> Getter:
        if column.lookup is not None:
            found = self.looked.of(column)
            return lambda row: found.get(row.pk)
        return column.value or getter_of(self.names.get(column.code, column.path))


def _ranks(rows: Sequence[tuple[Any, ...]]) -> dict[Any, tuple[int, ...]]:
    """For rows read in the order of the query's keys: how many different beginnings of those keys came before."""
    found: dict[Any, tuple[int, ...]] = {}
    counted: list[int] = [0] * (len(rows[0]) - 1 if rows else 0)
    before: tuple[Any, ...] = ()
    for row in rows:
        values = row[1:]
        for place in range(len(values)):
            if before and before[: place + 1] != values[: place + 1]:
                counted[place] += 1
        before = values
        found[row[0]] = tuple(counted)
    return found
