"""Totals on the page of an import: what the rows give, and beside it what the file prints, differing ones first."""

from typing import Any

from django.utils.translation import gettext as _

from guatu.library.models import ImportDraft
from guatu.library.queries.ledgers import ledger_fields
from guatu.reporting.imports import KEY_AMOUNTS

SHOWN = 40  # printed sums of one kind on the page
PROJECTS = "projects"


def totals_context(draft: ImportDraft, answer: dict[str, Any]) -> dict[str, Any]:
    """Sums as read; printed sums that differ, then those that agree, with the difference and the rows they cover."""
    words = dict(ledger_fields(draft.kind)) | {PROJECTS: _("个数")}
    totals = answer.get("totals", {})
    rows = [_row(row, words) for row in answer.get("printed_totals", [])]
    differing = [row for row in rows if not row["agrees"]]
    agreeing = [row for row in rows if row["agrees"]]
    return {
        "sums": [{"label": words[code], "amount": totals.get(code, 0)} for code in _codes(draft.kind, totals)],
        "differing": differing[:SHOWN],
        "agreeing": agreeing[:SHOWN],
        "differing_count": len(differing),
        "agreeing_count": len(agreeing),
        "more_totals": max(0, len(differing) - SHOWN) + max(0, len(agreeing) - SHOWN),
    }


def _codes(kind: str, totals: dict[str, Any]) -> list[str]:
    return [*KEY_AMOUNTS[kind], *(code for code in totals if code.startswith("mix_"))]


def _row(row: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    return {
        **row,
        "words": words.get(row["field"], row["field"]),
        "counts": row["field"] == PROJECTS,
        "difference": row["printed"] - row["computed"],
        "rounded": row["how"] in ("rounded", "rows_rounded"),
    }
