"""What is ordered of the library's actions: the lines of a document, as forms and importers hand them over."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from guatu.library.models import Project
from guatu.people.models import Post, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """A project's place in a list; what `values` (of ENTRY) does not name stays as it stands."""

    project: Project
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One line of the table 变更: new values of the entry (ENTRY) and of the project's profile (PROFILE)."""

    project: Project
    entry: Mapping[str, Any] = field(default_factory=dict)
    profile: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentRow:
    """One who answers: a unit, a post, or both (a post's unit is taken when none is named)."""

    project: Project
    role: str
    unit: Unit | None = None
    post: Post | None = None
    slot: int = 0
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What a document moves: everything that one post or unit held (in the named roles) goes to another."""

    from_post: Post | None = None
    from_unit: Unit | None = None
    to_post: Post | None = None
    to_unit: Unit | None = None
    roles: Collection[str] = ()
    projects: Collection[Project] = ()
