"""The cached mark of projects whose codes break their rule; the codes themselves stay as they were typed."""

from collections.abc import Iterable, Mapping
from typing import Any

from guatu.core import clock
from guatu.core.writing import current
from guatu.library.models import Project
from guatu.library.queries.codes import doubts_of
from guatu.library.queries.projects import profiles_as_of

TYPED = frozenset(("code", "owner_credit_code", "industry"))
"""Columns of a project and its profile that are codes."""


def doubts_kept(project: Project, industry: str) -> str:
    """The kinds of codes that break their rule, as the cache keeps them."""
    return " ".join(doubts_of(project, industry))


def names_code(values: Mapping[str, Any]) -> bool:
    """Whether what is written of a project says one of its codes."""
    return not TYPED.isdisjoint(values)


def refresh_codes(projects: Iterable[Project]) -> int:
    """Compute the cached marks of projects again; how many differed."""
    listed = {project.pk: project for project in projects}
    profiles = profiles_as_of(listed, clock.today()) if listed else {}
    moved = []
    for key, project in listed.items():
        profile = profiles.get(key)
        doubts = doubts_kept(project, profile.industry if profile is not None else "")
        if project.code_doubts != doubts:
            project.code_doubts = doubts
            moved.append(project)
    current().cache(moved, ["code_doubts"])
    return len(moved)
