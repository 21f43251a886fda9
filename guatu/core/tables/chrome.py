"""What stands around a table: filter menus, chips of what is in force, page numbers, sizes and file links."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import rights
from guatu.core.tables.columns import Column
from guatu.core.tables.state import BOUND_MOST, CHOSEN_MOST, DENSITIES, NO_GROUP, SIZES, TEXT_MOST, Filter

if TYPE_CHECKING:
    from guatu.core.tables.table import TableView


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a filter, a page or a size: its words, its address, and whether it is in force."""

    words: str
    url: str
    on: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """One column's filter: options to choose from, or a form that carries the rest of the address along."""

    code: str
    words: str
    kind: str
    on: bool
    options: list[Option]
    kept: list[tuple[str, str]]
    low: str = ""
    high: str = ""
    text: str = ""
    unit: str = ""

    @property
    def most(self) -> int:
        """How many letters of what is typed are read: no more can be typed."""
        return TEXT_MOST if self.kind == "text" else BOUND_MOST


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column in the choice of columns: its code, its words under its group, and whether it is shown."""

    code: str
    words: str
    group: str
    on: bool


@dataclass(frozen=True, slots=True)
class PickSum:
    """A sum of selected rows: the attribute that holds a row's whole value, its words, and how it is shown."""

    code: str
    words: str
    unit: str
    factor: int
    places: int


class Chrome:
    """Read by core/tables/part.html."""

    def __init__(self, view: "TableView") -> None:
        self.view, self.state = view, view.state

    def menus(self) -> list[Menu]:
        """A menu for every column that can be filtered and is shown, offered or filters already."""
        shown = {column.code for column in self.view.columns} | set(self.state.filters) | {self.state.group}
        columns = [column for column in self.view.known.values() if column.filter and column.value is None]
        return [self._menu(column) for column in columns if column.code in shown or column.offered]

    def _menu(self, column: Column) -> Menu:
        now = self.state.filters.get(column.code)
        code = column.code
        kept = self.state.kept((f"f.{code}", f"from.{code}", f"to.{code}"))
        low, high = now.typed if now else ("", "")
        text = now.values[0] if now and column.filter == "text" else ""
        options = self._options(column, now) if column.filter == "choice" else []
        unit = str(column.format.unit)
        return Menu(
            code,
            str(column.words),
            column.filter,
            now is not None,
            options,
            kept,
            low,
            high,
            text,
            unit,
        )

    def _options(self, column: Column, now: Filter | None) -> list[Option]:
        chosen = now.values if now else ()
        found = []
        for value, words in column.choices_for(self.view.actor).items():
            kept = [one for one in chosen if one != value] if value in chosen else [*chosen, value]
            url = self.state.with_params({f"f.{column.code}": kept})
            found.append(Option(str(words), url, value in chosen))
        return found

    def chips(self) -> list[Option]:
        """Filters in force; the address of each drops it."""
        found = [self._chip(one) for one in self.state.filters.values()]
        if self.state.chosen:
            words = _("已选 %(count)s 项") % {"count": len(self.state.chosen)}
            found.append(Option(words, self.state.with_params({"chosen": ""}), True))
        return found

    def _chip(self, one: Filter) -> Option:
        code = one.column.code
        url = self.state.with_params({f"f.{code}": "", f"from.{code}": "", f"to.{code}": ""})
        return Option(f"{one.column.words}：{self.said(one)}", url, True)

    def said(self, one: Filter) -> str:
        """What a filter asks for, in words; bounds as they were understood."""
        if one.column.filter == "text":
            return f"“{one.values[0]}”"
        if one.column.filter == "choice":
            words = one.column.choices_for(self.view.actor)
            return "、".join(str(words[value]) for value in one.values)
        show, unit = one.column.format.text, str(one.column.format.unit)
        low = "" if one.low is None else _("%(value)s 起") % {"value": show(one.low) + unit}
        high = "" if one.high is None else _("至 %(value)s") % {"value": show(one.high) + unit}
        return f"{low} {high}".strip()

    def clear_url(self) -> str:
        """The address without any filter."""
        names = [f"{part}.{code}" for code in self.state.filters for part in ("f", "from", "to")]
        return self.state.with_params(dict.fromkeys([*names, "chosen"], ""))

    def pages(self) -> Iterator[Option | None]:
        """Page numbers with None for what is left out; the first, the last and those around the present one."""
        now, last = self.view.page, self.view.pages
        shown = sorted({1, last, *range(max(1, now - 2), min(last, now + 2) + 1)})
        before = 0
        for number in shown:
            if number - before > 1:
                yield None
            before = number
            yield Option(str(number), self._page_url(number), number == now)

    def _page_url(self, number: int) -> str:
        return self.state.with_params({"page": "" if number == 1 else str(number)})

    def previous(self) -> str:
        """The address of the page before, or an empty text."""
        return self._page_url(self.view.page - 1) if self.view.page > 1 else ""

    def following(self) -> str:
        """The address of the next page, or an empty text."""
        return self._page_url(self.view.page + 1) if self.view.page < self.view.pages else ""

    def sizes(self) -> list[Option]:
        """Rows a page that can be chosen."""
        return [
            Option(str(size), self.state.with_params({"size": str(size)}), size == self.state.size) for size in SIZES
        ]

    # -- columns, groups, density ----------------------------------------------------------------------------------
    def column_choices(self) -> list[ColumnChoice]:
        """Every column that can be shown: those shown in their order, then the rest."""
        shown = {column.code for column in self.view.columns}
        rest = [column for column in self.view.known.values() if column.code not in shown]
        return [
            ColumnChoice(column.code, str(column.words), str(column.group), column.code in shown)
            for column in (*self.view.columns, *rest)
        ]

    def columns_kept(self) -> list[tuple[str, str]]:
        """What the choice of columns carries along."""
        return self.state.kept(("columns",))

    def columns_reset(self) -> str:
        """The address with the table's own columns."""
        return self.state.with_params({"columns": ""})

    def group_words(self) -> str:
        """What the rows are grouped by; empty where they are not."""
        return str(self.view.known[self.state.group].words) if self.state.group else ""

    def groupings(self) -> list[Option]:
        """Columns to group by; none where the table has no such column."""
        columns = [column for column in self.view.known.values() if column.groupable]
        if not columns:
            return []
        nothing = NO_GROUP if self.view.table.default_group else ""
        none = Option(_("不分组"), self.state.with_params({"group": nothing}), not self.state.group)
        return [none] + [
            Option(
                str(column.words),
                self.state.with_params({"group": column.code}),
                column.code == self.state.group,
            )
            for column in columns
        ]

    def density_words(self) -> str:
        """How close the rows lie."""
        return str(DENSITIES[self.view.density])

    def densities(self) -> list[Option]:
        """The three densities."""
        return [
            Option(str(words), self.state.with_params({"density": code}), code == self.view.density)
            for code, words in DENSITIES.items()
        ]

    # -- what is selected ------------------------------------------------------------------------------------------
    def pick_sums(self) -> list[PickSum]:
        """Shown columns whose selected rows are summed: whole values only, so that the browser sums them exactly."""
        return [
            PickSum(one.code, str(one.words), str(one.format.unit), one.format.factor, one.format.places)
            for one in self.view.columns
            if one.total == "sum" and one.format.factor
        ]

    def pick_actions(self) -> list[Option]:
        """What can be done with selected rows."""
        return [
            Option(str(one.words), reverse(one.route))
            for one in self.view.table.picks
            if rights.can(self.view.actor, one.right).allowed
        ]

    @property
    def pick_most(self) -> int:
        """How many rows can be handed on at once."""
        return CHOSEN_MOST

    # -- files -----------------------------------------------------------------------------------------------------
    def xlsx_url(self) -> str:
        """The workbook of what is seen."""
        return self.state.with_params({"export": "xlsx"})

    def csv_url(self) -> str:
        """The CSV of what is seen."""
        return self.state.with_params({"export": "csv"})
