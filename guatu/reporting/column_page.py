"""Columns on the page of an import: what each was read as, why, its values, and the choice to say otherwise."""

from typing import Any

from django.utils.translation import gettext as _

from guatu.core.sheets.words import REASONS
from guatu.library.models import ImportDraft, RememberedMapping
from guatu.library.queries.ledgers import ledger_fields, money_fields
from guatu.reporting.forms import ColumnsForm

LEFT, WEAK, KNOWN = "left", "weak", "known"
SEVERAL = 8  # known columns that are shown without being asked for


def columns_context(draft: ImportDraft, form: ColumnsForm, editable: bool) -> dict[str, Any]:
    """Columns in three groups: not imported, read with doubt, known; and what is remembered of files of this shape."""
    columns = _columns(draft, form)
    groups = [
        {"code": code, "words": words, "rows": rows, "folded": code == KNOWN and len(rows) > SEVERAL}
        for code, words in ((LEFT, _("没有导入的列")), (WEAK, _("请确认的列")), (KNOWN, _("已认出的列")))
        if (rows := [column for column in columns if column["group"] == code])
    ]
    left = sum(column["group"] == LEFT for column in columns)
    return {
        "column_groups": groups,
        "left_count": left,
        "known_count": len(columns) - left,
        "editable": editable,
        "remembered": _remembered(draft) if editable else 0,
    }


def _columns(draft: ImportDraft, form: ColumnsForm) -> list[dict[str, Any]]:
    """Each heading once: the first column of that name tells."""
    words, money = dict(ledger_fields(draft.kind)), money_fields(draft.kind)
    report = draft.report or {}
    listed = report.get("answer", {}).get("columns", [])
    facts = report.get("columns") or [{} for _column in listed]
    first: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    sheets: dict[str, list[str]] = {}
    for column, told in zip(listed, facts, strict=False):
        first.setdefault(column["heading"], (column, told))
        sheets.setdefault(column["heading"], []).append(f"{column['sheet']} {column['column']}".strip())
    several = len({column["sheet"] for column in listed}) > 1
    found = []
    for number, heading in enumerate(form.columns):
        column, told = first[heading]
        code = column["field"] or ""
        found.append(
            {
                "heading": heading.split(" / "),
                "letter": column["column"],
                "places": sheets[heading] if several else [],
                "samples": told.get("samples", []),
                "field": words.get(code, ""),
                "reason": _reason(column, told, words),
                "group": _group(column, told),
                "by_hand": column["reason"] == "map",
                "bound": form[f"column_{number}"],
                "unit": form[f"unit_{number}"] if code in money or told.get("unit") else None,
                "unit_read": told.get("unit") or draft.unit,
            }
        )
    return found


def _group(column: dict[str, Any], told: dict[str, Any]) -> str:
    if not column["field"]:
        return KNOWN if column["reason"] == "map" else LEFT
    return KNOWN if told.get("sure", True) else WEAK


def _reason(column: dict[str, Any], told: dict[str, Any], words: dict[str, str]) -> str:
    """Why it was read so, in plain words, with what else it may be."""
    said = str(REASONS.get(column["reason"], ""))
    others = [words[code] for code in told.get("alternatives", []) if code in words and code != column["field"]]
    return _("{reason}；也可能是{others}").format(reason=said, others="、".join(others[:3])) if others else said


def _remembered(draft: ImportDraft) -> int:
    """How many columns of this draft are read as a person said for an earlier file of the same headings."""
    if not draft.mapping:
        return 0
    known = RememberedMapping.objects.filter(region=draft.region, kind=draft.kind, shape=draft.shape).first()
    return len(known.mapping.get("columns", {})) if known and known.mapping == draft.mapping else 0
