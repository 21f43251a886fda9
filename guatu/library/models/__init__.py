"""Projects, who answers for them, their stages, the annual lists and what each list says of a project."""

from guatu.library.models.imports import ImportDecision, ImportDraft, NotTheSame, OtherName, RememberedMapping
from guatu.library.models.lists import Amendment, AnnualList, CheckPoint, ClosedPeriod, ListBatch, ListEntry
from guatu.library.models.projects import (
    STANDS,
    Assignment,
    Gate,
    Project,
    ProjectClass,
    ProjectProfile,
    StageChange,
    StageQuerySet,
    Theme,
    stands_once,
)

__all__ = [
    "STANDS",
    "Amendment",
    "AnnualList",
    "Assignment",
    "CheckPoint",
    "ClosedPeriod",
    "Gate",
    "ImportDecision",
    "ImportDraft",
    "ListBatch",
    "ListEntry",
    "NotTheSame",
    "OtherName",
    "Project",
    "ProjectClass",
    "ProjectProfile",
    "RememberedMapping",
    "StageChange",
    "StageQuerySet",
    "Theme",
    "stands_once",
]
