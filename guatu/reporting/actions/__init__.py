"""Every office verb about progress: readings, and the ledgers that bring them."""

from guatu.reporting.actions.corrected import later_locked, locked_until
from guatu.reporting.actions.corrections import correct_locked
from guatu.reporting.actions.drafts import apply_draft, hand_over, import_file
from guatu.reporting.actions.evidence import (
    Told,
    adopt_evidence_rules,
    close_finding,
    complete_evidence,
    end_evidence_rule,
    hand_in_evidence,
    hand_in_many,
    set_evidence_rule,
    withdraw_evidence,
)
from guatu.reporting.actions.imports import (
    ProgressSheet,
    ProgressTaken,
    find_list,
    import_progress,
    reading_day,
    record_year_end,
)
from guatu.reporting.actions.layouts import (
    accept_layout,
    drop_layout,
    export_layout,
    receive_layout,
    stop_layout,
    use_layout,
    withdraw_layout,
)
from guatu.reporting.actions.phoned import correct_phoned, phone_in
from guatu.reporting.actions.readings import (
    Finding,
    ReadingRow,
    ReadingsDone,
    claim_reading,
    fix_year_end,
    record_news,
    record_readings,
    refresh_caches,
    refresh_last_readings,
)
from guatu.reporting.actions.reports import (
    accept_reports,
    check_reports,
    return_report,
    save_report,
    submit_report,
    take_back_report,
)
from guatu.reporting.actions.rules import adopt_rule, change_rule, draft_rule, end_rule
from guatu.reporting.actions.stamped import count_sheet, print_sheet, receive_sheet
from guatu.reporting.actions.undo import undo_import
from guatu.reporting.actions.watches import (
    DaySaid,
    WatchOrder,
    change_watch,
    end_watch,
    make_watch,
    say_day,
    withdraw_watch,
)
from guatu.reporting.actions.workbooks import drop_workbook, merge_workbook, receive_workbook, send_workbook
from guatu.reporting.content import ReportContent
from guatu.reporting.evidence.taking import Taken, take
from guatu.reporting.stamped.sheet import sheet_pdf

__all__ = [
    "DaySaid",
    "Finding",
    "ProgressSheet",
    "ProgressTaken",
    "ReadingRow",
    "ReadingsDone",
    "ReportContent",
    "Taken",
    "Told",
    "WatchOrder",
    "accept_layout",
    "accept_reports",
    "adopt_evidence_rules",
    "adopt_rule",
    "apply_draft",
    "change_rule",
    "change_watch",
    "check_reports",
    "claim_reading",
    "close_finding",
    "complete_evidence",
    "correct_locked",
    "correct_phoned",
    "count_sheet",
    "draft_rule",
    "drop_layout",
    "drop_workbook",
    "end_evidence_rule",
    "end_rule",
    "end_watch",
    "export_layout",
    "find_list",
    "fix_year_end",
    "hand_in_evidence",
    "hand_in_many",
    "hand_over",
    "import_file",
    "import_progress",
    "later_locked",
    "locked_until",
    "make_watch",
    "merge_workbook",
    "phone_in",
    "print_sheet",
    "reading_day",
    "receive_layout",
    "receive_sheet",
    "receive_workbook",
    "record_news",
    "record_readings",
    "record_year_end",
    "refresh_caches",
    "refresh_last_readings",
    "return_report",
    "save_report",
    "say_day",
    "send_workbook",
    "set_evidence_rule",
    "sheet_pdf",
    "stop_layout",
    "submit_report",
    "take",
    "take_back_report",
    "undo_import",
    "use_layout",
    "withdraw_evidence",
    "withdraw_layout",
    "withdraw_watch",
]
