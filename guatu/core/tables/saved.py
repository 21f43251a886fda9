"""Saved views of a table as the page shows them: tabs, each an address in full, and what the post may do with the
present one. An address from a view carries `view=ID`, which marks the tab and lets what is gone of it be left out.
"""

from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from guatu.core import policies, rights
from guatu.core.actor import Actor
from guatu.core.models import SavedView
from guatu.core.tables.chrome import Option
from guatu.core.tables.columns import ReadyView
from guatu.core.tables.state import PASSING, bounded, kept_in_views

NAME_MOST, STATE_MOST, VIEWS_MOST, TABS_MOST = 40, 2000, 30, 40


def _encoded(pairs: Iterable[tuple[str, list[str]]]) -> str:
    found = QueryDict(mutable=True)
    for name, values in pairs:
        found.setlist(name, values)
    return found.urlencode(safe="/:,")


def state_of(params: QueryDict) -> str:
    """The table's part of an address, in one order, so that two that show the same are the same."""
    own = sorted((name, values) for name, values in params.lists() if kept_in_views(name) and any(values))
    return _encoded((name, [",".join(values)] if name == "columns" else values) for name, values in own)


def _in_order(state: str) -> str:
    return state_of(QueryDict(state))


class SavedViews:
    """What stands over one table for one actor."""

    name_most = NAME_MOST

    def __init__(self, table: str, path: str, params: QueryDict, actor: Actor, ready: Iterable[ReadyView] = ()) -> None:
        self.table, self.path, self.params, self.actor, self.ready = table, path, bounded(params), actor, ready

    @cached_property
    def rows(self) -> list[SavedView]:
        """The post's own views and the shared ones, own first, by name."""
        found = list(policies.visible_views(self.actor).filter(table=self.table).order_by("name", "pk")[:TABS_MOST])
        return sorted(found, key=lambda row: not self.is_own(row))

    def is_own(self, row: SavedView) -> bool:
        """Whether a view is the post's own."""
        return policies.is_own_view(self.actor, row)

    @cached_property
    def current(self) -> SavedView | None:
        """The view that the address names, if the actor sees it."""
        asked = self.params.get("view", "")
        return next((row for row in self.rows if str(row.public_id) == asked), None)

    @property
    def gone(self) -> bool:
        """Whether the address names a view that there is not (any more) for this post."""
        return bool(self.params.get("view")) and self.current is None

    @property
    def state(self) -> str:
        """What would be saved now."""
        return state_of(self.params)

    @property
    def changed(self) -> bool:
        """Whether the present view is shown otherwise than it was saved."""
        return self.current is not None and self.current.state != self.state

    def _url(self, state: str, public_id: UUID | None) -> str:
        kept = [
            (name, values) for name, values in self.params.lists() if not kept_in_views(name) and name not in PASSING
        ]
        parts = [_encoded(kept), state, f"view={public_id}" if public_id else ""]
        return "?" + "&".join(part for part in parts if part)

    def tabs(self) -> list[Option]:
        """All rows, then each view: those that the table brings along, the post's own, the shared ones."""
        now = self.state if self.current is None else None
        ready = [
            Option(str(one.words), self._url(_in_order(one.state), None), _in_order(one.state) == now)
            for one in self.ready
        ]
        plain = self.current is None and not any(one.on for one in ready)
        found = [Option(_("全部"), self._url("", None), plain), *ready]
        for row in self.rows:
            words = row.name if self.is_own(row) else _("%(name)s（共享）") % {"name": row.name}
            found.append(Option(words, self._url(row.state, row.public_id), row is self.current))
        return found

    @property
    def back(self) -> str:
        """Where the present state stands, for forms that return to it."""
        return f"{self.path}{self._url(self.state, self.current.public_id if self.current else None)}"

    def _may(self, right: str) -> bool:
        return self.current is not None and policies.can_change_view(self.actor, self.current, right).allowed

    @property
    def may_save(self) -> bool:
        """Whether the post may keep views at all."""
        return self.actor.post_id is not None and rights.can(self.actor, "core.save_view").allowed

    @property
    def may_rename(self) -> bool:
        """Whether the present view may be renamed."""
        return self._may("core.rename_view")

    @property
    def may_change(self) -> bool:
        """Whether the present state may be put under the present view's name."""
        return self.changed and self._may("core.change_view")

    @property
    def may_share(self) -> bool:
        """Whether the present view may be shared, or shared no longer."""
        return self._may("core.share_view")

    @property
    def may_delete(self) -> bool:
        """Whether the present view may be deleted."""
        return self._may("core.delete_view")
