"""Whether an import may be undone, and what stands in the way: later changes of the same rows, locked periods."""

from typing import Any, Final

from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.models import TrailEntry
from guatu.core.undoing import Footprint, obstacles
from guatu.library.choices import DraftState
from guatu.library.models import ClosedPeriod, ImportDraft
from guatu.library.queries.closing import closings_over

APART: Final = frozenset(
    {"library.importdraft", "library.rememberedmapping", "library.importdecision", "core.attachment", "core.job"}
)
"""The conversation about the file, which an undo leaves as it is."""
ESSENTIAL: Final = frozenset({"library.project", "library.annuallist"})
"""What an import makes that others build on: anything later about one of these stands in the way."""
NAMED = 50  # obstacles that are named; the rest is counted


def footprint_of(draft: ImportDraft) -> Footprint | None:
    """What applying the draft has done; None while it stands not applied."""
    if draft.state != DraftState.APPLIED or draft.entry is None:
        return None
    entry = TrailEntry.objects.filter(pk=draft.entry).first()
    return Footprint(entry, APART) if entry is not None else None


def in_the_way(done: Footprint) -> list[dict[str, Any]]:
    """What forbids taking an import back, oldest first: name, who, at, what, and all of it as one `message`."""
    closings = [_closing(row) for row in closings_over(done.facts())]
    later = [
        {"name": row.name, "who": row.who, "at": clock.local(row.at).strftime("%Y-%m-%d %H:%M"), "what": row.what}
        for row in obstacles(done, ESSENTIAL)
    ]
    words = _("“{name}”：{who} {at} {what}")
    return [{**row, "message": words.format(**row)} for row in (*closings, *later)]


def _closing(row: ClosedPeriod) -> dict[str, Any]:
    what = _("数据已锁定到 {until}").format(until=row.until)
    at = clock.local(row.closed_at).strftime("%Y-%m-%d %H:%M")
    return {"name": row.annual_list.name, "who": "", "at": at, "what": what}
