"""Look-ups that are compiled once: what Django works out of a queryset, longer than the database answers it, is known
after the first time.

    @prepared
    def _totals(ids: Sequence[int], day: date) -> QuerySet[ProjectProfile, tuple[int, int]]:
        return ProjectProfile.objects.filter(project_id__in=ids, effective_on__lte=day).values_list(…)

    for key, total in _totals(ids=[7], day=today): …

For what every report that is handed in and every masthead asks. The function must make its queryset of its arguments
alone: never of the clock. Arguments are whole numbers, texts, days, public ids, or sequences of these; for yes, no and
nothing it is compiled apart.

An actor may be one too: what is in reach is compiled once a day for each kind of post and region, the ids of person,
post and unit go in as parameters. A `right` is never a parameter: for each it is compiled apart. Where making the
queryset already asks the database something, nothing is compiled.
"""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, ParamSpec, TypeAlias, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.query import ModelIterable, get_related_populators

from guatu.core import clock
from guatu.core.actor import Actor

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)
R = TypeVar("R")
MOST = 40
"""Elements up to which a sequence's length has a compiled query of its own; a longer one is compiled each time."""
SHAPES: Final = 400
"""Compiled queries that one function keeps; beyond them it begins again: those of past days are not asked for."""
_DAY, _STEP = date(2400, 1, 1), 500
_IDS: Final = ("user_id", "post_id", "unit_id", "for_post_id")
_WORD: Final = "right"


Sent: TypeAlias = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement, its parameters with the places that arguments fill, and how its rows are read."""

    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, int, Sent], ...]  # place in params, number of the argument, how it is sent
    converters: tuple[tuple[int, Any, Any], ...]  # column, functions, expression
    shape: "_Shape | None"  # None: rows are plain tuples

    def rows(self, values: Sequence[Any]) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        params = list(self.params)
        for place, number, sent in self.places:
            params[place] = sent(values[number])
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        if self.converters:
            found = [self._converted(row, connection) for row in found]
        return [tuple(row) for row in found] if self.shape is None else [self.shape.made(row) for row in found]

    def _converted(self, row: Sequence[Any], connection: Any) -> list[Any]:
        cells = list(row)
        for column, functions, expression in self.converters:
            for function in functions:
                cells[column] = function(cells[column], expression, connection)
        return cells


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a model's row is made, with the related ones that are read beside it, as Django's own iteration makes it."""

    model: type[models.Model]
    names: tuple[str, ...]
    own: slice
    related: tuple[Any, ...]

    def made(self, row: Sequence[Any]) -> models.Model:
        found = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.own])
        for one in self.related:
            one.populate(row, found)
        return found


def _shape_of(compiler: Any) -> _Shape:
    info = compiler.klass_info
    own = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
    names = tuple(expression.target.attname for expression, *_rest in compiler.select[own])
    related = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs are of a later Django
    return _Shape(info["model"], names, own, tuple(related))


def prepared(build: Callable[P, "models.QuerySet[M, R]"]) -> Callable[P, list[R]]:
    """A function that gives the rows of the queryset which `build` makes; arguments are given by name."""
    known: dict[tuple[Any, ...], _Compiled | None] = {}

    @functools.wraps(build)
    def rows(*args: P.args, **kwargs: P.kwargs) -> list[R]:
        if args:
            raise TypeError(f"{build.__name__} takes its arguments by name")
        values: list[Any] = []
        shape = (*kwargs, *(_form(name, value, values) for name, value in kwargs.items()))
        if _OTHER in shape:
            return list(build(*args, **kwargs))
        if shape not in known:
            if len(known) >= SHAPES:
                known.clear()
            known[shape] = _compile(build, kwargs, values)
        compiled = known[shape]
        return list(build(*args, **kwargs)) if compiled is None else compiled.rows(values)

    return rows


_SCALAR = (int, str, date, UUID, type(None))
_KNOWN = {int, str, date, UUID, bool, type(None)}
"""Types that a stand-in is known of; with an argument of another one a look-up is compiled each time."""
_PLAIN: Final = frozenset({int, date, UUID})
_FIXED = (bool, type(None))  # what decides how a query looks: compiled for each
_OTHER: Final = "?"


def _form(name: str, value: Any, values: list[Any]) -> Any:
    """What of an argument decides how the query looks: its type, a sequence's length, an actor's kind of post and
    region; what may become parameters is put to `values`. _OTHER where it is to be compiled each time.
    """
    kind = type(value)
    if kind in _PLAIN:
        values.append(value)
        return kind
    if name == _WORD:
        return (str(value),)
    parts = [str(one) if isinstance(one, str) else one for one in _parts(name, value)]
    kinds = [one if isinstance(one, _FIXED) else type(one) for one in parts]
    if not set(map(type, parts)) <= _KNOWN:
        return _OTHER
    values += parts
    if kind is Actor:
        return value.post_kind, value.region_path, value.limited_to, clock.today(), *kinds
    if isinstance(value, _SCALAR):
        return tuple(kinds)
    return (len(parts), *kinds) if 0 < len(parts) <= MOST else _OTHER


def _parts(name: str, value: Any) -> Sequence[Any]:
    if name == _WORD:
        return ()
    if isinstance(value, Actor):
        return [getattr(value, field) for field in _IDS]
    return (value,) if isinstance(value, _SCALAR) else value


def _stand_in(value: Any, number: int, turn: int) -> Any:
    """A value like another one that no query holds otherwise; of each turn another."""
    if isinstance(value, _FIXED):
        return value
    place = turn * _STEP + number
    if isinstance(value, UUID):
        return UUID(int=place)
    if isinstance(value, str):
        return f"~{place}~"
    return _DAY + timedelta(days=place) if isinstance(value, date) else 30_000 + place


def _sent(param: Any, stand_in: Any) -> Sent | None:
    """How a stand-in became this parameter: as it is, as its text, as the sixteen bytes' digits; None: it did not."""
    if type(param) is type(stand_in) and param == stand_in:
        return _as_it_is
    if isinstance(param, str) and param == str(stand_in):
        return str
    return _digits if isinstance(stand_in, UUID) and param == stand_in.hex else None


def _as_it_is(value: Any) -> Any:
    return value


def _digits(value: UUID) -> str:
    return value.hex


def _compile(build: Callable[..., Any], kwargs: dict[str, Any], values: Sequence[Any]) -> _Compiled | None:
    """Compiled with two sets of stand-ins: what differs is where the arguments go. None where something was made of an
    argument before it became a parameter, or where nothing can be found.
    """
    stand_ins = [[_stand_in(value, number, turn) for number, value in enumerate(values)] for turn in (0, 1)]
    try:
        with connections[DEFAULT_DB_ALIAS].execute_wrapper(_refuse):
            querysets = [build(**_filled(kwargs, iter(each))) for each in stand_ins]
            compilers = [each.query.get_compiler(using=DEFAULT_DB_ALIAS) for each in querysets]
            (sql, params), (again, others) = (each.as_sql() for each in compilers)
    except (_Asked, EmptyResultSet):
        return None
    places = []
    for place, (one, other) in enumerate(zip(params, others, strict=True)):
        if one != other:
            here = ((n, sent) for n, stand_in in enumerate(stand_ins[0]) if (sent := _sent(one, stand_in)) is not None)
            found = next(here, None)
            if found is None:
                return None
            places.append((place, *found))
    used, must = {number for _place, number, _sent in places}, list(_must(kwargs))
    free = {number for number, value in enumerate(values) if must[number] and not isinstance(value, _FIXED)}
    if sql != again or not used >= free:
        return None
    select, is_rows = compilers[0].select, querysets[0]._iterable_class is ModelIterable
    if is_rows and querysets[0]._prefetch_related_lookups:
        return None  # what it prefetches is read by other queries
    converters = compilers[0].get_converters([expression for expression, *_rest in select])
    return _Compiled(
        sql,
        tuple(params),
        tuple(places),
        tuple((column, *made) for column, made in converters.items()),
        _shape_of(compilers[0]) if is_rows else None,
    )


class _Asked(Exception):
    """The database was asked while a queryset was made."""


def _refuse(*args: Any) -> Any:
    raise _Asked


def _must(kwargs: Mapping[str, Any]) -> Iterator[bool]:
    """Of each value, whether it has to be found among the parameters: of an actor the ids that reach asks for are."""
    for name, value in kwargs.items():
        for _one in _parts(name, value):
            yield not isinstance(value, Actor)


def _filled(kwargs: dict[str, Any], stand_ins: Iterator[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in kwargs.items():
        parts = [next(stand_ins) for _each in _parts(name, value)]
        if name == _WORD:
            found[name] = value
        elif isinstance(value, Actor):
            found[name] = replace(value, **dict(zip(_IDS, parts, strict=True)))
        else:
            found[name] = parts[0] if isinstance(value, _SCALAR) else parts
    return found
