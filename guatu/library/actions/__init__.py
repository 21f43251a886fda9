"""Every office verb of the library. One action is one transaction with one trail entry."""

from guatu.library.actions.amendments import Amended, amend_list
from guatu.library.actions.assignments import (
    assign,
    assign_many,
    end_assignment,
    hand_over,
    last_known,
    move_assignments_by_document,
    replace_unit,
)
from guatu.library.actions.booking import book, keep_open, record_dated, replace_event
from guatu.library.actions.caches import check_caches, refresh_undone
from guatu.library.actions.closing import ask_reopening, close_period, reopen_period
from guatu.library.actions.dimensions import declare_gate, set_class, set_theme
from guatu.library.actions.drafts import (
    ABOUT_DRAFT,
    change_draft,
    discard_draft,
    end_draft,
    forget_mapping,
    keep_draft,
    keep_preview,
    mark_undone,
    note_shape,
    require_idle,
    require_open,
    set_draft_job,
)
from guatu.library.actions.entries import put_entries, put_entry
from guatu.library.actions.exits import exit_project
from guatu.library.actions.held import refresh_held
from guatu.library.actions.imports import PlanLedger, PlanTaken, Progress, import_plan, refuse_wrong, silent
from guatu.library.actions.lists import change_list_settings, issue_batch, make_list, set_check_point
from guatu.library.actions.names import RowChoice, decide_doubts, know_as, tell_apart
from guatu.library.actions.projects import (
    NewProject,
    change_project,
    change_projects,
    register_many,
    register_project,
    set_profile,
    set_profiles,
)
from guatu.library.actions.stages import (
    StageRow,
    change_stage,
    record_stages,
    refresh_stages,
    resume,
    withdraw_stage,
)
from guatu.library.actions.year import ListDifferences, carry_over, issue_list
from guatu.library.orders import AssignmentRow, ChangeRow, EntryRow, Move

__all__ = [
    "ABOUT_DRAFT",
    "Amended",
    "AssignmentRow",
    "ChangeRow",
    "EntryRow",
    "ListDifferences",
    "Move",
    "NewProject",
    "PlanLedger",
    "PlanTaken",
    "Progress",
    "RowChoice",
    "StageRow",
    "amend_list",
    "ask_reopening",
    "assign",
    "assign_many",
    "book",
    "carry_over",
    "change_draft",
    "change_list_settings",
    "change_project",
    "change_projects",
    "change_stage",
    "check_caches",
    "close_period",
    "decide_doubts",
    "declare_gate",
    "discard_draft",
    "end_assignment",
    "end_draft",
    "exit_project",
    "forget_mapping",
    "hand_over",
    "import_plan",
    "issue_batch",
    "issue_list",
    "keep_draft",
    "keep_open",
    "keep_preview",
    "know_as",
    "last_known",
    "make_list",
    "mark_undone",
    "move_assignments_by_document",
    "note_shape",
    "put_entries",
    "put_entry",
    "record_dated",
    "record_stages",
    "refresh_held",
    "refresh_stages",
    "refresh_undone",
    "refuse_wrong",
    "register_many",
    "register_project",
    "reopen_period",
    "replace_event",
    "replace_unit",
    "require_idle",
    "require_open",
    "resume",
    "set_check_point",
    "set_class",
    "set_draft_job",
    "set_profile",
    "set_profiles",
    "set_theme",
    "silent",
    "tell_apart",
    "withdraw_stage",
]
