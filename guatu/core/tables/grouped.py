"""What a page shows of a grouped table: its groups, which of them are open, and the first rows of those."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from guatu.core.tables.columns import Column
from guatu.core.tables.grouping import Group, groups_of

if TYPE_CHECKING:
    from guatu.core.tables.table import TableView

GROUPS_A_PAGE = 20
GROUPS_MOST = 2000
FIRST_ROWS = 10
MORE_ROWS = 200


def key_of(value: Any) -> str:
    """How addresses name a group; "~" stands for what is not filled in."""
    if value is None:
        return "~"
    text = str(value)
    return "~" + text if text.startswith("~") or text == "*" else text


@dataclass(frozen=True, slots=True)
class Shown:
    """A group as the page shows it: words, count, totals by code, the address that folds or unfolds it, and its rows
    with what is left of them (`left` rows; `more_url` shows them, where that is few enough for a page)."""

    words: str
    count: int
    totals: dict[str, Any]
    is_open: bool
    toggle_url: str
    rows: list[tuple[Any, ...]]
    left: int
    more_url: str


class GroupedView:
    """The groups of one state of a table."""

    def __init__(self, view: "TableView", column: Column) -> None:
        self.view, self.state, self.column = view, view.state, column
        down = bool(view.state.sort) and view.state.sort[0] == (column.code, True)
        self.groups = groups_of(view.source, column, down)

    @cached_property
    def listed(self) -> list[Group]:
        """Every group, in order."""
        return self.groups.all(self.view.summed)

    @property
    def fits(self) -> bool:
        """Whether the groups are few enough to be groups at all."""
        return len(self.listed) <= GROUPS_MOST

    @property
    def pages(self) -> int:
        """Pages of groups, at least one."""
        return max(1, -(-len(self.listed) // GROUPS_A_PAGE))

    def words_of(self, value: Any) -> str:
        """A group's value in words."""
        return _("未填") if value is None else self.column.format.text(value)

    def is_open(self, value: Any) -> bool:
        """Whether the rows of a group are shown."""
        key = key_of(value)
        return key in self.state.unfold if "*" in self.state.fold else key not in self.state.fold

    @cached_property
    def shown(self) -> list[Shown]:
        """The groups of this page with their rows."""
        start = (self.view.page - 1) * GROUPS_A_PAGE
        listed = self.listed[start : start + GROUPS_A_PAGE]
        most = {
            group.value: MORE_ROWS if key_of(group.value) in self.state.more else FIRST_ROWS
            for group in listed
            if self.is_open(group.value)
        }
        rows = self.groups.rows(most, self.view.columns, self.view.link_field)
        return [self._shown(group, rows.get(group.value, [])) for group in listed]

    def _shown(self, group: Group, rows: list[tuple[Any, ...]]) -> Shown:
        key, is_open = key_of(group.value), self.is_open(group.value)
        left = group.count - len(rows) if is_open else 0
        more = self._changed("more", key) if left and key not in self.state.more else ""
        totals = self.view.finished(group.count, dict(group.sums))
        return Shown(self.words_of(group.value), group.count, totals, is_open, self.toggled(key), rows, left, more)

    def toggled(self, key: str) -> str:
        return self._changed("unfold" if "*" in self.state.fold else "fold", key)

    def _changed(self, name: str, key: str) -> str:
        """The address with a key put into one of the lists, or taken out; the page stays."""
        held: frozenset[str] = getattr(self.state, name)
        page = str(self.view.page) if self.view.page > 1 else ""
        return self.state.with_params({name: sorted(held ^ {key}), "page": page})

    def fold_all_url(self) -> str:
        """The address with every group closed, or open where all are closed."""
        return self.state.with_params({"fold": "" if "*" in self.state.fold else "*", "unfold": "", "more": ""})

    def each(self) -> Iterator[tuple[Group, Iterator[tuple[Any, ...]]]]:
        """Every group with all its rows, for files; a group's rows are to be read before the next group."""
        rows = self.groups.each(self.view.columns, self.view.link_field)
        waiting = next(rows, None)

        def of(value: Any) -> Iterator[tuple[Any, ...]]:
            nonlocal waiting
            while waiting is not None and waiting[0] == value:
                yield waiting[1]
                waiting = next(rows, None)

        for group in self.listed:
            yield group, of(group.value)
