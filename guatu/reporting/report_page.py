"""What the page of an import shows of its report: where it stands, what to do next, one kind of row at a time."""

import re
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.sheets.errors import retold
from guatu.library.choices import DraftState
from guatu.library.models import AnnualList, ImportDraft
from guatu.library.queries.ledgers import ledger_fields
from guatu.reporting import drafts
from guatu.reporting.column_page import columns_context
from guatu.reporting.doubt_page import doubt_rows, open_doubts
from guatu.reporting.forms import ColumnsForm
from guatu.reporting.imports import CHANGED, KEY_AMOUNTS, NEW, SAME
from guatu.reporting.totals_page import totals_context

PAGE = 50
WRONG, DOUBTFUL, LIKELY = "errors", "warnings", "doubts"
LISTED = (WRONG, DOUBTFUL, LIKELY)  # what an answer has as a list
FALL = "reading_falls"
SHOWN = (*LISTED, NEW, CHANGED, SAME)
PLEASE = re.compile("。(?=[请請])")  # where a sentence goes from what is the matter to what to do


def report_context(
    draft: ImportDraft, show: str, page: str, form: ColumnsForm | None = None, fill: str = ""
) -> dict[str, Any]:
    """Steps, counts, columns, the chosen kind of rows, totals, and what can be done now."""
    report = draft.report or {}
    answer = report.get("answer", {})
    undecided = len(open_doubts(draft))
    chosen = show if show in SHOWN else _first(answer, undecided)
    paginator = Paginator(_rows(report, chosen), PAGE)
    shown = paginator.get_page(page)
    form = form or ColumnsForm(draft=draft)
    job = drafts.job_of(draft)
    working = drafts.is_working(job)
    still_open = draft.state in drafts.OPEN
    columns = columns_context(draft, form, still_open and not working)
    return {
        "page_title": draft.file_name,
        "crumbs": [
            {"label": _("项目库"), "url": reverse("library:projects")},
            {"label": _("导入"), "url": reverse("reporting:import")},
        ],
        "draft": draft,
        "answer": answer,
        "steps": _steps(draft, answer, columns, undecided),
        "tabs": _tabs(draft, answer, chosen),
        "show": chosen,
        "page": shown,
        "pages": paginator.get_elided_page_range(shown.number),
        "query": f"?show={chosen}&page=",
        "problems": [problem_of(row) for row in shown] if chosen in (WRONG, DOUBTFUL) else [],
        "doubt_rows": doubt_rows(draft, list(shown), fill) if chosen == LIKELY else [],
        "deciding": still_open and not working,
        "open_count": undecided,
        "lines": [] if chosen in LISTED else [_line(draft.kind, row) for row in shown],
        "issues": len(answer.get(WRONG, [])) + len(answer.get(DOUBTFUL, [])),
        "key_labels": _labels(draft.kind),
        "form": form,
        "asks_reason": bool(draft.reason) or any(row["code"] == FALL for row in answer.get(WRONG, [])),
        "working": working,
        "job": job,
        "open": still_open,
        "ready": draft.state == DraftState.CHECKED and not working and not undecided,
        "list_url": _list_url(draft),
        **columns,
        **totals_context(draft, answer),
    }


def _first(answer: dict[str, Any], undecided: int) -> str:
    """What needs eyes first: what is wrong, what is to be decided, then what changes, then what is new."""
    if answer.get(WRONG):
        return WRONG
    if undecided:
        return LIKELY
    return next((state for state in (CHANGED, NEW, SAME) if answer.get(state)), SAME)


def _rows(report: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    if chosen in LISTED:
        found: list[dict[str, Any]] = report.get("answer", {}).get(chosen, [])
        return found
    return [line for line in report.get("lines", []) if line["state"] == chosen]


# -- where it stands ------------------------------------------------------------------------------------------------
def _steps(draft: ImportDraft, answer: dict[str, Any], columns: dict[str, Any], undecided: int) -> list[dict[str, Any]]:
    """The four steps with what each came to; one of them is where the person is now."""
    here = _here(draft, answer, undecided)
    if not answer:
        notes = ["", "", ""]
    else:
        left = columns["left_count"]
        notes = [
            _("{n} 列认出，{m} 列不导入").format(n=columns["known_count"], m=left)
            if left
            else _("{n} 列全部认出").format(n=columns["known_count"]),
            _("{wrong} 处需改正，{doubtful} 处请核对").format(wrong=len(answer[WRONG]), doubtful=len(answer[DOUBTFUL])),
            str(draft.get_state_display()) if draft.state not in drafts.OPEN else "",
        ]
    said = [
        (_("上传"), _("读到 {n} 行").format(n=answer["rows_read"]) if answer else "", ""),
        (_("核对列"), notes[0], "#columns"),
        (_("核对行"), notes[1], "#rows"),
        (_("导入"), notes[2], ""),
    ]
    return [
        {"label": label, "note": note, "url": url if answer else "", "done": place < here, "current": place == here}
        for place, (label, note, url) in enumerate(said)
    ]


def _here(draft: ImportDraft, answer: dict[str, Any], undecided: int) -> int:
    if draft.state in (DraftState.APPLIED, DraftState.UNDONE):
        return 4
    if not answer:
        return 1
    if draft.state == DraftState.CHECKED:
        return 2 if undecided else 3
    return 1 if any(not row["row"] for row in answer[WRONG]) else 2


def _list_url(draft: ImportDraft) -> str:
    """The table of the list that an applied import is in."""
    if draft.state != DraftState.APPLIED:
        return ""
    found = AnnualList.objects.filter(level=draft.level, region=draft.region, year=draft.year, withdrawn=False).first()
    return f"{reverse('library:projects')}?list={found.public_id}" if found else ""


def _tabs(draft: ImportDraft, answer: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    words = {
        WRONG: _("需改正"),
        LIKELY: _("疑似同一项目"),
        DOUBTFUL: _("请核对"),
        NEW: _("新增"),
        CHANGED: _("变更"),
        SAME: _("未变"),
    }
    address = reverse("reporting:import_draft", args=[draft.public_id])
    return [
        {
            "label": label,
            "url": f"{address}?show={code}#rows",
            "count": len(answer.get(code, [])) if code in LISTED else answer.get(code, 0),
            "current": code == chosen,
        }
        for code, label in words.items()
    ]


# -- rows -----------------------------------------------------------------------------------------------------------
def problem_of(issue: dict[str, Any]) -> dict[str, str]:
    """An issue's sentence in two: what is the matter, and what to do."""
    whole = _("整列") if issue["column"] else _("整张表")
    row = _("第 {row} 行").format(row=issue["row"]) if issue["row"] else whole
    what, *todo = PLEASE.split(retold(issue), maxsplit=1)
    return {
        "sheet": issue["sheet"],
        "row": row,
        "column": issue["column"],
        "value": issue["value"],
        "message": f"{what}。" if todo else what,
        "advice": todo[0] if todo else "",
    }


def _labels(kind: str) -> list[str]:
    words = dict(ledger_fields(kind))
    return [words[code] for code in KEY_AMOUNTS[kind]]


def _line(kind: str, line: dict[str, Any]) -> dict[str, Any]:
    """A project's row: its changes with the field's word in the reader's language, or its amounts when it is new."""
    amounts = line.get("amounts", {})
    changes = [(_(label), before or "—", after or "—") for label, before, after in line["changes"]]
    return {**line, "changes": changes, "key_amounts": [amounts.get(code) for code in KEY_AMOUNTS[kind]]}
