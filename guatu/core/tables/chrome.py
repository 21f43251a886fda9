"""What stands around a table: filter menus, chips of what is in force, page numbers, sizes and file links."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from guatu.core.tables.columns import Column
from guatu.core.tables.state import SIZES, Filter

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


class Chrome:
    """Read by core/tables/part.html."""

    def __init__(self, view: "TableView") -> None:
        self.view, self.state = view, view.state

    def menus(self) -> list[Menu]:
        """A menu for every column that can be filtered."""
        return [self._menu(column) for column in self.view.known.values() if column.filter and column.value is None]

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
        return [self._chip(one) for one in self.state.filters.values()]

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
        return self.state.with_params(dict.fromkeys(names, ""))

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

    def xlsx_url(self) -> str:
        """The workbook of what is seen."""
        return self.state.with_params({"export": "xlsx"})

    def csv_url(self) -> str:
        """The CSV of what is seen."""
        return self.state.with_params({"export": "csv"})
