"""The three registries through which a lower package meets a higher one: parts, facts and duties.

All are bulk: a reader gets many ids at once and answers for all of them, never one by one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Literal, TypeVar

from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.refusals import Sentence

T = TypeVar("T")


EVERY: "list[Registry[Any]]" = []
"""All registries, in the order in which their modules were read."""


class Registry(Generic[T]):
    """Named things in order of registration; a name is taken once. `what` says what they are, on the generated page."""

    def __init__(self, what: Sentence) -> None:
        self.what = what
        self._items: dict[str, T] = {}
        EVERY.append(self)

    def add(self, name: str, item: T) -> T:
        """Register an item."""
        if name in self._items and self._items[name] != item:
            raise ValueError(f"{self.what} {name!r} is registered twice")
        self._items[name] = item
        return item

    def get(self, name: str) -> T | None:
        """The item of a name, if there is one."""
        return self._items.get(name)

    def items(self) -> list[tuple[str, T]]:
        """All items with their names."""
        return list(self._items.items())

    def values(self) -> list[T]:
        """All items."""
        return list(self._items.values())


# -- parts ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class PlacePage:
    """A page that a place names in the row under its pages' titles, shown to posts that hold its right. `quiet` ones
    stand apart, after the others. `also`: routes of pages that belong under it but whose address does not say so.
    """

    words: Sentence
    url_name: str
    right: str
    quiet: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the main menu, shown to posts that hold its right or the right of one of its pages."""

    code: str
    words: Sentence
    url_name: str
    right: str
    order: int
    pages: tuple[PlacePage, ...] = ()

    def opens(self, actor: Actor) -> str:
        """The route to which the menu leads a post: the place's own, else the first of its pages; "" for neither."""
        if rights.can(actor, self.right).allowed:
            return self.url_name
        return next((page.url_name for page in self.pages_of(actor)), "")

    def pages_of(self, actor: Actor) -> list[PlacePage]:
        """The pages of the row that a post may open."""
        return [page for page in self.pages if rights.can(actor, page.right).allowed]


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab on another package's page: a template and the context made for one object that was already checked."""

    code: str
    on: str  # kind of object, "library.project"
    words: Sentence
    right: str
    order: int
    template: str
    context: Callable[[Actor, Any, Mapping[str, str]], dict[str, Any]]
    count: Callable[[Actor, Any], int | None] = lambda actor, row: None


@dataclass(frozen=True, slots=True)
class Lede:
    """The sentence made of figures with which a page of another package opens, for an object already checked; its
    figures open their rows. Empty where there is nothing to say."""

    on: str  # kind of object, "library.project"
    right: str
    make: Callable[[Actor, Any, date], str]


@dataclass(frozen=True, slots=True)
class ToDoItem:
    """One thing that waits for a post."""

    words: str
    url: str
    due: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ToDo:
    """A source of things that wait for a post."""

    code: str
    words: Sentence
    right: str
    items: Callable[[Actor], Sequence[ToDoItem]]


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of a search."""

    words: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SearchSource:
    """Answers a search within what the actor may see."""

    code: str
    words: Sentence
    find: Callable[[Actor, str, int], Sequence[Hit]]
    page: str = ""  # route of the page that answers `?q=`
    right: str = ""


@dataclass(frozen=True, slots=True)
class ColumnPart:
    """A column that a higher package adds to a lower one's table: an SQL expression over the row's id, or a `lookup`
    that gives values by primary key for an actor and what the page has given its table (a list, a day).

    `format` names one of `guatu.core.tables.formats.NAMED` (or is "choice", whose words are `choices`); `audience` who
    sees the column at all; `needs` what the
    page must have given, without which the column is not offered; `default` False: not shown unless chosen, a function
    of what is given: shown where it says so. `after` names the column behind which it stands (at the end where that is
    not there); `in_files_with` a column beside which files have it too, although the page does not.
    """

    code: str
    table: str
    words: Sentence
    expression: Callable[[Actor], Combinable] | None
    format: str
    audience: str = ""
    filter: Literal["", "choice", "text", "range", "date"] = ""
    choices: Mapping[str, Sentence] | None = None
    group: Sentence = ""
    total: Literal["none", "sum", "count"] | Callable[[Mapping[str, Any]], Any] = "none"
    lookup: Callable[[Actor, Mapping[str, Any]], Mapping[Any, Any]] | None = None
    needs: tuple[str, ...] = ()
    default: bool | Callable[[Mapping[str, Any]], bool] = True
    groupable: bool = False
    after: str = ""
    in_files_with: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A part below the title of another package's page: a template and what it shows of an object that was already
    checked, at a day. None where there is nothing to show. `mark` of what it shows stands beside the title."""

    on: str  # kind of object, "library.project"
    right: str
    template: str
    make: Callable[[Actor, Any, date], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Link:
    """A link that a higher package puts on another package's page about one object.

    `url` is asked for every page shown and makes no query; "" where there is nothing to show. `right` is what the page
    it leads to asks for, where not everybody has it who may open the page it stands on.
    """

    code: str
    on: str  # kind of object, "library.list"
    words: Sentence
    url: Callable[[Any], str]
    right: str = ""


PLACES: Registry[Place] = Registry(_("菜单"))
TABS: Registry[Tab] = Registry(_("标签页"))
TODOS: Registry[ToDo] = Registry(_("待办"))
LEDES: Registry[Lede] = Registry(_("开头语"))
BLOCKS: Registry[Block] = Registry(_("页首内容"))
SEARCHES: Registry[SearchSource] = Registry(_("搜索"))
COLUMNS: Registry[ColumnPart] = Registry(_("表格栏目"))
LINKS: Registry[Link] = Registry(_("相关链接"))


def links_on(kind: str, row: Any, actor: Actor) -> list[dict[str, Any]]:
    """The links registered for a kind of object that lead somewhere for this one and this post: words and address."""
    there = [link for link in LINKS.values() if link.on == kind]
    found = [(link, link.url(row)) for link in there if not link.right or rights.can(actor, link.right).allowed]
    return [{"words": link.words, "url": url} for link, url in found if url]


def tabs_on(kind: str) -> list[Tab]:
    """The tabs registered for a kind of object, in order."""
    return sorted((tab for tab in TABS.values() if tab.on == kind), key=lambda tab: tab.order)


# -- facts ------------------------------------------------------------------------------------------------------------
class Unknown:
    """A fact that nobody can tell yet: never met, never zero."""

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> bool:
        return False


UNKNOWN = Unknown()
FactReader = Callable[[Sequence[int], date, "date | None"], Mapping[int, Any]]


@dataclass(frozen=True, slots=True)
class FactSource:
    """A named value of many projects at a date and known-on date; `audience` names the right needed to see it."""

    name: str
    words: Sentence
    read: FactReader
    audience: str = ""


FACTS: Registry[FactSource] = Registry(_("事实"))


def facts_of(
    names: Iterable[str], ids: Sequence[int], as_of: date, known: date | None = None
) -> dict[int, dict[str, Any]]:
    """Values by id and name; what no source tells is UNKNOWN."""
    found: dict[int, dict[str, Any]] = {row: {} for row in ids}
    for name in names:
        source = FACTS.get(name)
        values = source.read(ids, as_of, known) if source is not None else {}
        for row in ids:
            found[row][name] = values.get(row, UNKNOWN)
    return found


# -- duties -----------------------------------------------------------------------------------------------------------
Duty = Callable[..., None]
_DUTIES: dict[str, list[tuple[int, str, Duty]]] = {}


def register_duty(moment: str, code: str, layer: int, duty: Duty) -> None:
    """What a higher package checks or does when a lower action runs; runs inside its transaction, by layer."""
    listed = _DUTIES.setdefault(moment, [])
    if all(known != code for _layer, known, _duty in listed):
        listed.append((layer, code, duty))
        listed.sort(key=lambda item: (item[0], item[1]))


def run_duties(moment: str, **context: Any) -> None:
    """Run the duties of a moment in the order of the layers; a refusal of one stops the action."""
    for *_layer, duty in _DUTIES.get(moment, []):
        duty(**context)


def duties() -> list[tuple[str, str]]:
    """(moment, code) of every duty, for the generated page."""
    return sorted((moment, code) for moment, listed in _DUTIES.items() for _layer, code, _duty in listed)
