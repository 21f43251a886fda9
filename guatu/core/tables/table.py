"""A table's declaration, and what of it one address shows to one actor."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guatu.core import access
from guatu.core.actor import Actor
from guatu.core.pages import actor_of
from guatu.core.refusals import Refusal, Sentence
from guatu.core.tables import exports, html
from guatu.core.tables.chrome import Chrome
from guatu.core.tables.columns import Column, PickAction, ReadyView, RowLink, columns_for, in_files, words_of
from guatu.core.tables.grouped import GROUPS_MOST, GroupedView
from guatu.core.tables.query_source import QuerySource
from guatu.core.tables.saved import SavedViews
from guatu.core.tables.sources import PlainSource, sum_of
from guatu.core.tables.state import DENSITIES, Reader, State

Rows = QuerySet[Any] | Iterable[Any]
DENSITY, YEAR = "density", 31_536_000
CARD_COLUMNS = 6
EXPORT_MOST = 1_000_000  # a sheet ends at 1,048,576 rows


@dataclass(frozen=True)
class Table:
    """One list, declared once. `code` names it in addresses of parts, in the access log and for added columns.

    `default_sort` is written like the address's ("-planned,name"). Rows given as a query need a primary key and no
    GROUP BY of their own; grouped rows are handed over as a list. `selectable` (needs `link`, whose field names a row)
    lets rows be selected on a page and summed; `picks` is what can then be done with them. `saved_views`
    shows the post's and the shared views as tabs (one query more), after the `ready` ones. `default_group`
    groups rows where the address says nothing of groups.
    """

    code: str
    words: Sentence
    columns: tuple[Column, ...]
    default_sort: str = ""
    page_size: int = 50
    link: RowLink | None = None
    empty: Sentence = ""
    dense: bool = False
    selectable: bool = False
    picks: tuple[PickAction, ...] = ()
    saved_views: bool = False
    default_group: str = ""
    ready: tuple[ReadyView, ...] = ()
    _by_code: dict[str, Column] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_code.update({column.code: column for column in self.columns})
        if len(self._by_code) != len(self.columns):
            raise ValueError(f"table {self.code}: two columns of one code")
        if self.selectable and self.link is None:
            raise ValueError(f"table {self.code}: rows that nothing names cannot be selected")
        for key in filter(None, self.default_sort.split(",")):
            if not self._by_code[key.removeprefix("-")].sortable:
                raise ValueError(f"table {self.code}: cannot be sorted by {key}")

    @property
    def html_id(self) -> str:
        """The id of the part that is swapped."""
        return "table-" + self.code.replace(".", "-")

    def open(
        self,
        params: QueryDict,
        rows: Rows,
        actor: Actor,
        *,
        title: str = "",
        sub: str = "",
        given: Mapping[str, Any] | None = None,
        lenient: bool = False,
    ) -> "TableView":
        """The table as an address shows it to an actor.

        `sub` says what the rows are (list, date), for files; `given` is what columns of higher packages may need to
        know of the page (the chosen list, the day), by name. `lenient` leaves out with a remark what a saved view asks
        of columns that are gone; else an unknown column is refused.
        """
        return TableView(self, params, rows, actor, title or str(self.words), sub, given or {}, lenient)

    def respond(
        self,
        request: HttpRequest,
        rows: Rows,
        *,
        template: str,
        context: Mapping[str, Any] | None = None,
        title: str = "",
        sub: str = "",
        given: Mapping[str, Any] | None = None,
    ) -> HttpResponse:
        """The page, the table's part for htmx, or the file, as the request asks. The template finds `table`."""
        actor = actor_of(request)
        saved = SavedViews(self.code, request.path, request.GET, actor, self.ready) if self.saved_views else None
        lenient = saved is not None and saved.current is not None
        view = self.open(request.GET, rows, actor, title=title, sub=sub, given=given, lenient=lenient)
        view.views = saved
        if saved is not None and saved.gone:
            view.state.remarks.append(str(Refusal("core.view_gone")))
        view.kept_density = request.COOKIES.get(DENSITY, "")
        if view.state.export:
            file: HttpResponse = self._file(view, actor)
            return file
        part = request.headers.get("HX-Target") == self.html_id
        response = render(request, "core/tables/part.html" if part else template, {**(context or {}), "table": view})
        if view.state.density:  # kept for this page only; where a table lies close is a habit, not a secret
            path = request.path
            response.set_cookie(
                DENSITY, view.state.density, max_age=YEAR, path=path, samesite="Lax", secure=request.is_secure()
            )
        patch_vary_headers(response, ["HX-Target", "Cookie"])
        return response

    def _file(self, view: "TableView", actor: Actor) -> Any:
        if view.count > EXPORT_MOST:
            raise Refusal("core.table_long", count=view.count, most=EXPORT_MOST)
        access.note("export", actor, subject=f"table:{self.code}", detail=f"{view.state.export} {view.count}")
        return exports.csv_response(view) if view.state.export == "csv" else exports.xlsx_response(view)


class TableView:
    """One state of a table: its visible columns, count, totals, and rows of the page or of the whole."""

    def __init__(
        self,
        table: Table,
        params: QueryDict,
        rows: Rows,
        actor: Actor,
        title: str,
        sub: str,
        given: Mapping[str, Any],
        lenient: bool,
    ) -> None:
        self.table, self.title, self.sub, self.actor = table, title, sub, actor
        on_query = isinstance(rows, QuerySet)
        known = columns_for(table.code, table.columns, actor, on_query, given)
        self.known = known
        self.kept_density = ""
        self.views: SavedViews | None = None
        words = words_of(table.code, table.columns, on_query)
        reader = Reader(params, known, actor, lenient, words)
        self.state: State = reader.read(table.default_sort, table.page_size, table.default_group)
        self.columns = [known[code] for code in self.state.shown] or [
            column for column in known.values() if column.default
        ]
        if self.state.export:
            self.columns = in_files(self.columns, known)
        self.source = self._source(rows, known)
        if self.state.chosen and table.link is not None:
            self.source.only(table.link.field, self.state.chosen)
        self.source.sort((known[code], down) for code, down in self.state.sort)

    def _source(self, rows: Rows, known: Mapping[str, Column]) -> QuerySource | PlainSource:
        filters = list(self.state.filters.values())
        if isinstance(rows, QuerySet):
            query: QuerySet[Model] = rows
            return QuerySource(query, known, self.actor, filters)
        return PlainSource(rows, known, filters)

    @cached_property
    def group(self) -> GroupedView | None:
        """The groups that the address asks for; None where it asks for none, or where there would be too many."""
        if not self.state.group:
            return None
        found = GroupedView(self, self.known[self.state.group])
        if found.fits:
            return found
        text = _("“%(column)s”超过 %(most)s 组，没有分组。请先筛选，或换一栏分组。")
        self.state.remarks.append(text % {"column": found.column.words, "most": GROUPS_MOST})
        return None

    @cached_property
    def _counted(self) -> tuple[int, dict[str, Any]]:
        if self.group is None:
            count, sums = self.source.totals(self.summed)
        else:
            listed = self.group.listed
            count = sum(group.count for group in listed)
            codes = [column.code for column in self.summed]
            sums = {code: sum_of(group.sums[code] for group in listed) for code in codes}
        return count, self.finished(count, sums)

    def finished(self, count: int, sums: dict[str, Any]) -> dict[str, Any]:
        """Totals of the shown columns from the sums: counts, and what is made of other totals."""
        made = dict(sums)
        for column in self.columns:
            if column.total == "count":
                made[column.code] = count
            elif callable(column.total):
                made[column.code] = column.total(sums)
        return {column.code: made[column.code] for column in self.columns if column.code in made}

    @cached_property
    def summed(self) -> list[Column]:
        """Columns to sum: those shown, and all of them where a shown total is made of others."""
        made = any(callable(column.total) for column in self.columns)
        return [column for column in (self.known.values() if made else self.columns) if column.total == "sum"]

    @property
    def count(self) -> int:
        """Rows that pass the filters."""
        return self._counted[0]

    @property
    def totals(self) -> dict[str, Any]:
        """Totals by column code over all rows that pass the filters, not over the page."""
        return self._counted[1]

    @cached_property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return self.group.pages if self.group is not None else max(1, -(-self.count // self.state.size))

    @cached_property
    def page(self) -> int:
        """The page shown: the last one, with a remark, when a later one is asked for."""
        if self.state.page > self.pages:
            self.state.remarks.append(_("没有第 %(page)s 页，已显示最后一页。") % {"page": self.state.page})
        return min(self.state.page, self.pages)

    @property
    def first(self) -> int:
        """The first row's number on this page, from 1; 0 when there is none."""
        return (self.page - 1) * self.state.size + 1 if self.count else 0

    @property
    def last(self) -> int:
        """The last row's number on this page."""
        return min(self.page * self.state.size, self.count)

    def page_rows(self) -> list[tuple[Any, ...]]:
        """Values of this page's rows, by column, and the link's field last."""
        start = (self.page - 1) * self.state.size
        return list(self.source.rows(self.columns, self.link_field, start, start + self.state.size))

    def all_rows(self) -> Iterator[tuple[Any, ...]]:
        """Values of all rows that pass the filters."""
        return self.source.rows(self.columns, self.link_field)

    @property
    def link_field(self) -> str:
        """The field with which a row opens."""
        return self.table.link.field if self.table.link else ""

    @property
    def density(self) -> str:
        """How close rows lie: as the address says, as kept for this page, or as the table is declared."""
        found = self.state.density or self.kept_density
        return found if found in DENSITIES else ("dense" if self.table.dense else "mid")

    @property
    def grouped(self) -> bool:
        """Whether there is a line of group headings."""
        return any(column.group for column in self.columns)

    @property
    def picks(self) -> bool:
        """Whether rows can be selected."""
        return self.table.selectable

    @property
    def as_cards(self) -> bool:
        """Whether a narrow screen shows rows as cards; more columns than these scroll beside the name instead."""
        return len(self.columns) <= CARD_COLUMNS

    # -- for the template -------------------------------------------------------------------------------------------
    @cached_property
    def head(self) -> SafeString:
        """Head rows as markup."""
        return html.head(self)

    @cached_property
    def body(self) -> SafeString:
        """Totals and rows as markup."""
        return html.body(self)

    @cached_property
    def chrome(self) -> Chrome:
        """Chips, filter menus, page numbers and file links."""
        return Chrome(self)
