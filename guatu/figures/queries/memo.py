"""A small memory of answers that are still true.

Every write moves the trail's head, and the trail names the projects that it was about: what was gathered before is
mended by reading those projects again, not the whole list. The trail is never read for a figure, only for what has to
be read anew.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Generic, TypeVar

from django.db.models import Model

from guatu.core.changes import FREEZE
from guatu.core.models import TrailChange, TrailEntry, TrailHead
from guatu.core.remembered import Remembered
from guatu.core.writing import is_writing
from guatu.library.models import Project
from guatu.plans.models import Node, Plan, PlanVersion

T = TypeVar("T")
SIZE, ROWS = 64, 150_000  # answers, and the rows in them: some thirty lists of 5,000
MOST_PROJECTS, MOST_ENTRIES, MOST_CHANGES = 400, 200, 5_000  # beyond these, gathering anew costs less
OF_PROJECTS = frozenset(
    {"library.project", "library.projectprofile", "library.listentry", "library.assignment", "library.stagechange"}
    | {"reporting.reading", "plans.targetprofile", "plans.target", "figures.lightexemption"}
    | {"plans.plan", "plans.planversion", "plans.node", "plans.nodedates"}
)
"""Rows about one project each: a change of one is a change of that project's facts, and of nobody else's."""
_PROJECTS_OF: Mapping[str, tuple[type[Model], str]] = {
    "library.project": (Project, "pk"),
    "plans.plan": (Plan, "project_id"),
    "plans.planversion": (PlanVersion, "plan__project_id"),
    "plans.node": (Node, "plan__project_id"),
}
"""What such a row is about → how to come to the project from its public id."""
APART = frozenset(
    {"library.importdraft", "library.importdecision", "library.rememberedmapping", "library.othername"}
    | {"library.notthesame", "library.gate", "library.closedperiod", "library.checkpoint", "library.amendment"}
    | {"plans.targetsheet", "plans.plandraft", "plans.plantemplate", "plans.link", "plans.versionnode"}
    | {"plans.nodequantity", "plans.nodeitem", "plans.itemstate"}
    | {"figures.lightruleset", "figures.lightexplanation"}  # the rules in force stand in the lights' keys
    | {"reporting.report", "reporting.reportedition", "reporting.reportrule", "reporting.evidence"}
    | {"reporting.evidencefinding", "reporting.evidencerule", "reporting.sentworkbook", "reporting.workbookreturn"}
    | {"core.attachment", "core.job", "core.settingrow", "people.user", "people.apitoken"}
)
"""Rows that say nothing of what a list's entries are gathered from. What stands in neither set is gathered anew."""


OF_MANY = frozenset({"people.calendaryear", "people.calendarday"})
"""Rows on which the facts of many hang as soon as they are added."""


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """What was gathered, when the trail's head was this one. `serial` stays the same while the value does;
    0 within an action."""

    number: int
    digest: str
    value: T
    serial: int


NEW = ("add", FREEZE)
"""What was added has no fact yet but its own."""

_gathered: Remembered[Kept[Any]] = Remembered(SIZE, ROWS)
_derived: Remembered[Any] = Remembered(SIZE, ROWS)
_at_head: Remembered[Any] = Remembered(SIZE, ROWS)
_serials = count(1)


def kept(key: Hashable, gather: Callable[[], T], mend: Callable[[T, Collection[int]], T]) -> Kept[T]:
    """What `gather` gives, remembered under `key`; after a write only mended.

    `mend(value, projects)` gives the value with these projects read again, or the same object when nothing came of it.
    Inside an action the head has not moved yet although rows have, so nothing is remembered there.
    """
    if is_writing():
        return Kept(0, "", gather(), 0)
    number, digest = TrailHead.objects.values_list("number", "digest").get(id=1)
    known: Kept[T] | None = _gathered.get(key)
    if known is not None and known.digest == digest:
        return known
    projects = changed_since(known.number, known.digest, number) if known is not None else None
    if known is None or projects is None:
        now = Kept(number, digest, gather(), next(_serials))
    else:
        value = mend(known.value, projects) if projects else known.value
        now = Kept(number, digest, value, known.serial if value is known.value else next(_serials))
    return _gathered.put(key, now)


def derived(source: Kept[Any], key: Hashable, compute: Callable[[], T]) -> T:
    """What is computed from something kept, and nothing else: remembered as long as that stays the same."""
    if not source.serial:
        return compute()
    full = (source.serial, key)
    found: T | None = _derived.get(full)
    if found is None:
        found = compute()
        _derived.put(full, found)
    return found


def until_written(source: Kept[Any], key: Hashable, compute: Callable[[], T]) -> T:
    """What is computed from rows of any kind: remembered until the trail's head, read with `source`, moves."""
    if not source.digest:
        return compute()
    full = (source.digest, key)
    found: T | None = _at_head.get(full)
    if found is None:
        found = _at_head.put(full, compute())
    return found


def changed_since(number: int, digest: str, until: int) -> list[int] | None:
    """The projects that the trail's entries after a head named, up to another; None when all has to be read anew.

    That is so when the head is no part of this trail, when there is too much, and when something was changed on which
    the facts of many projects hang (a class's name, a region's place).
    """
    if not 0 < number < until or until - number > MOST_ENTRIES:
        return None
    if not TrailEntry.objects.filter(number=number, digest=digest).exists():
        return None
    entries = TrailEntry.objects.filter(number__gt=number, number__lte=until)
    found = list(entries.values_list("id", "changes_count"))
    if len(found) != until - number or sum(changes for _entry, changes in found) > MOST_CHANGES:
        return None
    rows = TrailChange.objects.filter(entry_id__in=[entry for entry, _changes in found])
    told = rows.values_list("kind", "model", "about_kind", "about_id").distinct()
    subjects: dict[str, set[str]] = {}
    for kind, model, about, subject in told:
        if model in OF_PROJECTS:
            if about not in _PROJECTS_OF:
                return None
            subjects.setdefault(about, set()).add(subject)
        elif model in OF_MANY or (kind not in NEW and model not in APART):
            return None
    if sum(map(len, subjects.values())) > MOST_PROJECTS:
        return None
    return sorted({project for about, ids in subjects.items() for project in _projects_of(about, ids)})


def _projects_of(about: str, ids: Collection[str]) -> Iterable[int]:
    model, path = _PROJECTS_OF[about]
    found: Iterable[int] = model._default_manager.filter(public_id__in=ids).values_list(path, flat=True)
    return found


def forget() -> None:
    """Empty the memory (tests that write rows past the actions)."""
    _gathered.forget()
    _derived.forget()
    _at_head.forget()
