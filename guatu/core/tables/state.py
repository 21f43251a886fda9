"""The state of a table, read from the address and written back into links. Nothing in it is trusted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal, Sentence
from guatu.core.tables.columns import Column
from guatu.core.tables.formats import Unreadable

SIZES = (20, 50, 100, 200)
EXPORTS = ("csv", "xlsx")
TEXT_MOST, BOUND_MOST = 100, 40
ECHO_MOST = 40
FOLDS_MOST = 200
CHOSEN_MOST = 100
DENSITIES = {"dense": gettext_lazy("密"), "mid": gettext_lazy("中"), "roomy": gettext_lazy("疏")}
GROUP_STATE = ("fold", "unfold", "more")
SORTS_MOST = 4
PARAMETERS: Mapping[str, Sentence] = {
    "sort": gettext_lazy("排序"),
    "columns": gettext_lazy("栏目"),
    "group": gettext_lazy("分组"),
    "fold": gettext_lazy("折叠"),
    "unfold": gettext_lazy("展开"),
    "more": gettext_lazy("再显示"),
    "density": gettext_lazy("行距"),
    "size": gettext_lazy("每页项数"),
    "page": gettext_lazy("页码"),
    "export": gettext_lazy("导出格式"),
    "chosen": gettext_lazy("所选各行"),
    "view": gettext_lazy("视图"),
}
"""What an address may say to a table, and how a page calls it."""
FILTERS = ("f", "from", "to")
PASSING = ("page", "export", "more", "chosen", "view")
"""What a saved view does not keep."""
OWN_VALUES_MOST, OWN_MOST = 200, 4000  # an address with a hundred selected rows has 3,700 letters
OTHERS_MOST, OTHER_VALUES_MOST = 20, 40
NO_GROUP = "-"  # rows that the table by itself would group stand in one line


def echo(text: str) -> str:
    """What was typed, as a page can say it again: short, and without control characters."""
    return "".join(char if char.isprintable() else "�" for char in text[:ECHO_MOST])


def filters(name: str) -> bool:
    """Whether a parameter is a column's filter: f.CODE, from.CODE, to.CODE."""
    return name.partition(".")[0] in FILTERS


def kept_in_views(name: str) -> bool:
    """Whether a saved view keeps what a parameter says."""
    return filters(name) or (name in PARAMETERS and name not in PASSING)


def bounded(params: QueryDict) -> QueryDict:
    """An address without what no page of ours would ask for: every link of a page carries all the rest of it.

    Of the table's own parameters at most 200 values of 4,000 letters each; of others (the page's own: which list,
    what is searched) the first 20 with 40 values of 100 letters.
    """
    found, others = QueryDict(mutable=True), 0
    for name, values in params.lists():
        if name in PARAMETERS or filters(name):
            found.setlist(name, [value[:OWN_MOST] for value in values[:OWN_VALUES_MOST]])
        elif others < OTHERS_MOST and len(name) <= ECHO_MOST:
            others += 1
            found.setlist(name, [value[:TEXT_MOST] for value in values[:OTHER_VALUES_MOST]])
    return found


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter in force: chosen codes, a text, or the two bounds with what was typed for them."""

    column: Column
    values: tuple[str, ...] = ()
    low: Any = None
    high: Any = None
    typed: tuple[str, str] = ("", "")


@dataclass(slots=True)
class State:
    """What the address asks for. `remarks` say what of it was not understood and therefore left out."""

    params: QueryDict
    sort: list[tuple[str, bool]] = field(default_factory=list)  # (code, descending)
    filters: dict[str, Filter] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    page: int = 1
    size: int = 50
    density: str = ""
    chosen: tuple[str, ...] = ()  # public ids of selected rows; no other row is shown
    export: str = ""
    group: str = ""
    fold: frozenset[str] = frozenset()  # keys of groups that are closed; "*" for all but the `unfold` ones
    unfold: frozenset[str] = frozenset()
    more: frozenset[str] = frozenset()  # keys of groups shown in full
    remarks: list[str] = field(default_factory=list)

    def with_params(self, changes: Mapping[str, str | Iterable[str]]) -> str:
        """The address with some parameters replaced (an empty value removes one), from the first page unless a page is
        given.
        """
        params = self.params.copy()
        for name in ("page", "export", *changes, *(GROUP_STATE if "group" in changes else ())):
            params.pop(name, None)
        for name, value in changes.items():
            values = [value] if isinstance(value, str) else list(value)
            params.setlist(name, [one for one in values if one != ""])
        return "?" + params.urlencode(safe="/:,")

    def kept(self, but: Iterable[str]) -> list[tuple[str, str]]:
        """Parameters that a form carries along, those apart that it sets itself."""
        left_out = {"page", "export", *but}
        return [
            (name, value)
            for name, values in self.params.lists()
            for value in values
            if name not in left_out and value.isprintable()
        ]


class Reader:
    """Reads one address against the columns that the actor may see.

    A typed address that names another column is refused. One that comes from a saved view is `lenient`: what its
    columns no longer allow is left out with a remark, and links go on without it.
    """

    def __init__(
        self,
        params: QueryDict,
        columns: Mapping[str, Column],
        actor: Actor,
        lenient: bool = False,
        words: Mapping[str, Sentence] | None = None,
    ) -> None:
        """`words` names columns also where the post lacks them: what is left out or refused is said in words."""
        self.state = State(bounded(params))
        self.lenient, self.left_out, self.words = lenient, list[str](), words or {}
        self.params, self.columns, self.actor = params, columns, actor

    def read(self, default_sort: str, page_size: int, default_group: str = "") -> State:
        """The state; refused when it names a column that there is not (for this post)."""
        state = self.state
        state.sort = self._sort(default_sort)
        self._filters()
        state.shown = self._shown()
        state.group = self._group(default_group)
        for name in GROUP_STATE if state.group else ():
            setattr(state, name, frozenset(self.params.getlist(name)[:FOLDS_MOST]))
        self._say_left_out()
        state.page = self._number("page", 1)
        state.size = self._number("size", page_size)
        if state.size not in (*SIZES, page_size):
            state.remarks.append(_("每页只能显示 %(sizes)s 项，已按 %(size)s 项显示。") % {
                "sizes": "、".join(map(str, SIZES)), "size": page_size,
            })  # fmt: skip
            state.size = page_size
        state.density = self._density()
        state.chosen = self._chosen_rows()
        state.export = self.params.get("export", "")
        if state.export and state.export not in EXPORTS:
            raise Refusal("core.table_value", name=str(PARAMETERS["export"]), value=echo(state.export))
        return state

    def _said(self, code: str) -> str:
        """A column's words; of one that there is not, what was written."""
        return str(self.words[code]) if code in self.words else echo(code)

    def _refusal(self, code: str, what: str) -> Refusal:
        return Refusal("core.table_column", column=self._said(code), what=what)

    def _column(self, code: str, what: str) -> Column:
        column = self.columns.get(code)
        if column is None:
            raise self._refusal(code, what)
        return column

    def _leave_out(self, code: str, refusal: Refusal) -> None:
        if not self.lenient:
            raise refusal
        self.left_out.append(self._said(code))

    def _not_taken(self, name: str, value: str) -> None:
        text = _("%(name)s写的是“%(value)s”，未采用。")
        self.state.remarks.append(text % {"name": PARAMETERS[name], "value": echo(value)})

    def _say_left_out(self) -> None:
        """Name once what of a saved view is left out, and keep it out of the links."""
        if not self.left_out:
            return
        columns = "、".join(dict.fromkeys(self.left_out))
        text = _("这个视图用到的栏目“%(columns)s”已不存在，或当前岗位看不到，没有采用；其余照旧。")
        self.state.remarks.append(text % {"columns": columns})
        params = self.state.params
        kept = {
            "sort": ",".join(("-" if down else "") + code for code, down in self.state.sort),
            "columns": ",".join(self.state.shown),
            "group": self.state.group,
        }
        for name, value in kept.items():
            params.setlist(name, [value] if value and name in params else [])
        for name in list(params):
            part, dot, code = name.partition(".")
            if dot and part in FILTERS and code not in self.state.filters:
                params.pop(name)

    def _shown(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for code in ",".join(self.params.getlist("columns")).split(","):
            if code:
                try:
                    found[self._column(code, _("显示")).code] = None
                except Refusal as refusal:
                    self._leave_out(code, refusal)
        return tuple(found)

    def _group(self, default: str) -> str:
        code = self.params.get("group", "") or (default if default in self.columns else "")
        if code == NO_GROUP:
            return ""
        try:
            if code and not self._column(code, _("分组")).groupable:
                raise self._refusal(code, _("分组"))
        except Refusal as refusal:
            self._leave_out(code, refusal)
            return ""
        return code

    def _sort(self, default: str) -> list[tuple[str, bool]]:
        asked = self.params.get("sort")
        found: dict[str, bool] = {}
        for key in (asked or default).split(",")[:SORTS_MOST]:
            code = key.removeprefix("-")
            if not code:
                continue
            if not asked and code not in self.columns:
                continue  # the table's own order goes by a column that this post does not see
            try:
                if not self._column(code, _("排序")).sortable:
                    raise self._refusal(code, _("排序"))
            except Refusal as refusal:
                self._leave_out(code, refusal)
                continue
            found.setdefault(code, key.startswith("-"))
        return list(found.items())

    def _density(self) -> str:
        asked = self.params.get("density", "")
        if asked and asked not in DENSITIES:
            self._not_taken("density", asked)
            return ""
        return asked

    def _chosen_rows(self) -> tuple[str, ...]:
        ids = [one for one in ",".join(self.params.getlist("chosen")).split(",") if one]
        try:
            known = tuple(dict.fromkeys(str(UUID(one)) for one in ids[:CHOSEN_MOST]))
        except ValueError:
            self._not_taken("chosen", ids[0])
            return ()
        if len(ids) > CHOSEN_MOST:
            self.state.remarks.append(_("一次最多选 %(most)s 项，其余的未列出。") % {"most": CHOSEN_MOST})
        return known

    def _number(self, name: str, default: int) -> int:
        text = self.params.get(name, "")
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0):
            self._not_taken(name, text)
            return default
        return int(text)

    def _filters(self) -> None:
        wanted: dict[str, set[str]] = {}
        for name in self.params:
            part, dot, code = name.partition(".")
            if dot and part in FILTERS:
                try:
                    wanted.setdefault(self._filterable(code, part).code, set()).add(part)
                except Refusal as refusal:
                    self._leave_out(code, refusal)
        for code in wanted:
            column = self.columns[code]
            found = self._bounds(column) if column.filter in ("range", "date") else self._chosen(column)
            if found is not None:
                self.state.filters[code] = found

    def _filterable(self, code: str, part: str) -> Column:
        column = self._column(code, _("筛选"))
        bounded = column.filter in ("range", "date")
        if not column.filter or column.value is not None or bounded != (part in ("from", "to")):
            raise self._refusal(code, _("这样筛选"))
        return column

    def _remark(self, column: Column, value: str) -> None:
        text = _("筛选“%(column)s”的“%(value)s”看不懂，未采用。")
        self.state.remarks.append(text % {"column": column.words, "value": echo(value)})

    def _chosen(self, column: Column) -> Filter | None:
        typed = [value for value in self.params.getlist(f"f.{column.code}") if value]
        if column.filter == "text":
            text = typed[0].strip() if typed else ""
            if len(text) > TEXT_MOST or not text.isprintable():
                self._remark(column, text)
                return None
            return Filter(column, (text,)) if text else None
        offered = column.choices_for(self.actor)
        for value in typed:
            if value not in offered:
                self._remark(column, value)
        chosen = tuple(value for value in offered if value in typed)
        return Filter(column, chosen) if chosen else None

    def _bounds(self, column: Column) -> Filter | None:
        typed = [self.params.get(f"{part}.{column.code}", "").strip() for part in ("from", "to")]
        bounds: list[Any] = [None, None]
        for place, text in enumerate(typed):
            if not text:
                continue
            try:
                bounds[place] = column.format.read(text, place == 1) if column.format.read else None
            except Unreadable:
                self._remark(column, text)
        if bounds == [None, None]:
            return None
        return Filter(column, low=bounds[0], high=bounds[1], typed=(typed[0], typed[1]))
