"""What the page of an import shows of its report: one kind of row at a time, fifty a page."""

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.sheets.words import REASONS
from guatu.library.choices import DraftState
from guatu.library.models import ImportDraft
from guatu.library.queries.ledgers import ledger_fields
from guatu.reporting import drafts
from guatu.reporting.doubt_page import doubt_rows, open_doubts
from guatu.reporting.forms import ColumnsForm
from guatu.reporting.imports import CHANGED, NEW, PLAN, SAME

PAGE = 50
WRONG, DOUBTFUL, LIKELY = "errors", "warnings", "doubts"
LISTED = (WRONG, DOUBTFUL, LIKELY)  # what an answer has as a list
FALL = "reading_falls"


def report_context(
    draft: ImportDraft, show: str, page: str, form: ColumnsForm | None = None, fill: str = ""
) -> dict[str, Any]:
    """Counts, columns, the chosen kind of rows, totals, and what can be done now."""
    report = draft.report or {}
    answer = report.get("answer", {})
    undecided = len(open_doubts(draft))
    chosen = show if show in (*LISTED, NEW, CHANGED, SAME) else _first(answer, undecided)
    rows = _rows(report, chosen)
    paginator = Paginator(rows, PAGE)
    shown = paginator.get_page(page)
    form = form or ColumnsForm(draft=draft)
    job = drafts.job_of(draft)
    working = drafts.is_working(job)
    is_open = draft.state in drafts.OPEN
    return {
        "page_title": draft.file_name,
        "draft": draft,
        "answer": answer,
        "tabs": _tabs(draft, answer, chosen),
        "show": chosen,
        "page": shown,
        "pages": paginator.get_elided_page_range(shown.number),
        "query": f"?show={chosen}&page=",
        "problems": [_problem(row) for row in shown] if chosen in (WRONG, DOUBTFUL) else [],
        "doubt_rows": doubt_rows(draft, list(shown), fill) if chosen == LIKELY else [],
        "deciding": is_open and not working,
        "open_count": undecided,
        "columns": _columns(draft, answer, form),
        "form": form,
        "asks_reason": bool(draft.reason) or any(row["code"] == FALL for row in answer.get("errors", [])),
        "totals": _totals(draft, answer),
        "printed": printed_totals(draft),
        "working": working,
        "job": job,
        "open": is_open,
        "ready": draft.state == DraftState.CHECKED and not working and not undecided,
    }


def _first(answer: dict[str, Any], undecided: int) -> str:
    """What needs eyes first: what is wrong, what is to be decided, then what changes, then what is new."""
    if answer.get("errors"):
        return WRONG
    if undecided:
        return LIKELY
    return next((state for state in (CHANGED, NEW, SAME) if answer.get(state)), SAME)


def _rows(report: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    if chosen in LISTED:
        found: list[dict[str, Any]] = report.get("answer", {}).get(chosen, [])
        return found
    return [line for line in report.get("lines", []) if line["state"] == chosen]


def _tabs(draft: ImportDraft, answer: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    words = {
        WRONG: _("需改正"),
        LIKELY: _("疑似同一项目"),
        NEW: _("新增"),
        CHANGED: _("变更"),
        SAME: _("未变"),
        DOUBTFUL: _("请核对"),
    }
    address = reverse("reporting:import_draft", args=[draft.public_id])
    return [
        {
            "label": label,
            "url": f"{address}?show={code}",
            "count": len(answer.get(code, [])) if code in LISTED else answer.get(code, 0),
            "current": code == chosen,
        }
        for code, label in words.items()
    ]


def _problem(issue: dict[str, Any]) -> dict[str, str]:
    """An issue's sentence in two: what is the matter, and what to do."""
    row = _("第 {row} 行").format(row=issue["row"]) if issue["row"] else ""
    place = " ".join(part for part in (issue["sheet"], row, issue["column"]) if part)
    what, mark, todo = issue["message"].partition("。请")
    advice = f"{_('请')}{todo}" if mark else ""
    return {"place": place, "value": issue["value"], "message": f"{what}。" if mark else what, "advice": advice}


def _columns(draft: ImportDraft, answer: dict[str, Any], form: ColumnsForm) -> list[dict[str, Any]]:
    """Each heading once, with the field it was read as, the reason, and the choice to say otherwise."""
    words = dict(ledger_fields(draft.kind))
    first: dict[str, dict[str, Any]] = {}
    for column in answer.get("columns", []):
        first.setdefault(column["heading"], column)
    found = []
    for number, heading in enumerate(form.columns):
        column = first.get(heading, {"field": None, "reason": "", "sheet": "", "column": ""})
        found.append(
            {
                "heading": heading,
                "place": f"{column['sheet']} {column['column']}".strip(),
                "field": words.get(column["field"] or "", "") or _("没有导入"),
                "reason": str(REASONS.get(column["reason"], "")),
                "bound": form[f"column_{number}"],
            }
        )
    return found


def _totals(draft: ImportDraft, answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The sums as read; what the file prints stands in its own table."""
    words = dict(ledger_fields(draft.kind)) | {"projects": _("项目")}
    codes = ("total_investment", "planned_investment") if draft.kind == PLAN else ()
    codes = codes or ("investment_of_period", "investment_to_date")
    totals = answer.get("totals", {})
    return [{"label": words[code], "amount": totals.get(code, 0)} for code in codes]


def printed_totals(draft: ImportDraft) -> list[dict[str, Any]]:
    """Each printed sum beside what its rows give."""
    words = dict(ledger_fields(draft.kind)) | {"projects": _("个数")}
    rows: list[dict[str, Any]] = (draft.report or {}).get("answer", {}).get("printed_totals", [])
    return [{**row, "words": words.get(row["field"], row["field"])} for row in rows]
