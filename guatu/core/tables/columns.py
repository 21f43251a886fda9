"""Columns of a table, and the columns that higher packages add to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.db.models.expressions import Combinable
from django.urls import reverse

from guatu.core.actor import Actor
from guatu.core.audience import sees
from guatu.core.refusals import Sentence
from guatu.core.registries import COLUMNS, ColumnPart
from guatu.core.tables.formats import NAMED, TEXT, Format, choice
from guatu.domain.rounding import rate

FilterKind = Literal["", "choice", "text", "range", "date"]
Choices = Mapping[str, Sentence]
Total = Literal["none", "sum", "count"] | Callable[[Mapping[str, Any]], Any]
_PLACEHOLDER = "00000000-0000-7000-8000-000000000000"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Its value is the column `field` of the row (its code by default; "owner__name" follows relations),
    an SQL `expression` (or a function of the actor that gives one), a `lookup`, or a Python function of the row.

    `lookup` gives values by primary key that Python computed (figures of a list); it is called at most once a view, and
    its column is sorted, filtered and summed too, at the cost of reading the keys of all rows that pass the other
    filters. What is a `value` of the row is only shown. `total` may be a function of the other totals by code
    (`share_of`). `audience` names who sees it at all. `order_field` puts rows in order where that is not the value's
    own (names by their pinyin). `default` False: not shown unless chosen. `groupable`: rows can be
    grouped by it. `offered`: its filter stands over the table even where it is not shown. `in_files_with`: files have
    it behind that column whenever that one is shown.
    """

    code: str
    words: Sentence
    format: Format = TEXT
    field: str = ""
    expression: Combinable | Callable[[Actor], Combinable] | None = None
    value: Callable[[Any], Any] | None = None
    lookup: Callable[[], Mapping[Any, Any]] | None = None
    sort: bool = True
    order_field: str = ""
    filter: FilterKind = ""
    choices: Choices | Callable[[Actor], Choices] | None = None
    audience: str = ""
    align: Literal["", "left", "num"] = ""
    group: Sentence = ""
    weight: int = 0
    total: Total = "none"
    link: bool = False
    default: bool = True
    groupable: bool = False
    offered: bool = False
    in_files_with: str = ""

    @property
    def path(self) -> str:
        """Where the value stands in the row."""
        return self.field or self.code

    @property
    def numeric(self) -> bool:
        """Whether it is set to the right."""
        return self.align == "num" or (self.align == "" and self.format.numeric)

    @property
    def sortable(self) -> bool:
        """Whether rows can be put in its order."""
        return self.sort and self.value is None and self.format.sortable

    @property
    def head(self) -> str:
        """Its words with the unit, as files print them."""
        return f"{self.words}（{self.format.unit}）" if self.format.unit else str(self.words)

    @property
    def width(self) -> int:
        """Width in characters, for files."""
        return self.weight or max(self.format.width, 2 * len(str(self.words)) + 2)

    def choices_for(self, actor: Actor) -> Choices:
        """What a choice filter offers."""
        found = self.choices(actor) if callable(self.choices) else self.choices
        return found if found is not None else (self.format.words or {})


def share_of(part: str, whole: str, places: int = 2) -> Callable[[Mapping[str, Any]], Decimal | None]:
    """A total that is a share in per cent of two other totals; no figure where one is missing or the whole is zero."""

    def total(sums: Mapping[str, Any]) -> Decimal | None:
        numerator, denominator = sums.get(part), sums.get(whole)
        return None if numerator is None or denominator is None else rate(numerator, denominator, places)

    return total


@dataclass(frozen=True, slots=True)
class PickAction:
    """What can be done with selected rows: words, a route that takes `?chosen=id,id`, and the right it needs."""

    words: Sentence
    route: str
    right: str


@dataclass(frozen=True, slots=True)
class ReadyView:
    """A view that a table brings along: its words, and the table's part of the address
    ("f.stage=started&sort=lead")."""

    words: Sentence
    state: str
    title: Sentence = ""


@dataclass(frozen=True, slots=True)
class RowLink:
    """Where a row opens: the field with its public id and the name of a route that takes it as its only argument."""

    field: str
    route: str

    def url(self) -> Callable[[Any], str]:
        """A maker of addresses; the route is resolved once."""
        before, after = reverse(self.route, args=[_PLACEHOLDER]).split(_PLACEHOLDER)
        return lambda value: f"{before}{value}{after}"


def _named(part: ColumnPart) -> Format:
    found = NAMED.get(part.format)
    if found is None:
        raise ValueError(f"column {part.code}: no format is named {part.format!r}")
    return found


def _of_part(part: ColumnPart, actor: Actor, given: Mapping[str, Any]) -> Column:
    read = part.lookup
    return Column(
        part.code,
        part.words,
        choice(part.choices or {}) if part.format == "choice" else _named(part),
        expression=part.expression,
        lookup=None if read is None else lambda: read(actor, given),
        filter=part.filter,
        choices=part.choices,
        audience=part.audience,
        group=part.group,
        total=part.total,
        default=part.default(given) if callable(part.default) else part.default,
        groupable=part.groupable,
        in_files_with=part.in_files_with,
    )


def _parts_of(table: str, on_query: bool) -> list[ColumnPart]:
    return [part for part in COLUMNS.values() if part.table == table] if on_query else []


def words_of(table: str, declared: tuple[Column, ...], on_query: bool) -> dict[str, Sentence]:
    """The words of every column that a table has for anybody."""
    added = {part.code: part.words for part in _parts_of(table, on_query)}
    return {column.code: column.words for column in declared} | added


def columns_for(
    table: str, declared: tuple[Column, ...], actor: Actor, on_query: bool, given: Mapping[str, Any]
) -> dict[str, Column]:
    """What the actor may see of a table: its own columns, then those of higher packages (on queries only) that find
    what they need in what the page has `given`."""
    columns = list(declared)
    for part in _parts_of(table, on_query):
        if all(name in given for name in part.needs):
            columns.insert(_place(columns, part.after), _of_part(part, actor, given))
    return {column.code: column for column in columns if sees(actor, column.audience)}


def _place(columns: list[Column], after: str) -> int:
    return next((at for at, column in enumerate(columns, 1) if column.code == after), len(columns))


def in_files(columns: list[Column], known: Mapping[str, Column]) -> list[Column]:
    """The columns of a file: those shown, each with the columns that belong to it in files."""
    shown = {column.code for column in columns}
    found: list[Column] = []
    for column in columns:
        found.append(column)
        found += [one for one in known.values() if one.in_files_with == column.code and one.code not in shown]
    return found
