"""What the sheet is told after a cell was typed or rows were handed in."""

from typing import Any

from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.reporting.choices import ReportState
from guatu.reporting.desk.keeping import Kept, hand_in
from guatu.reporting.desk.known import Known
from guatu.reporting.desk.sheet import content_of, echoes, said_of_row
from guatu.reporting.desk.typed import CODES, text_of
from guatu.reporting.models import Report
from guatu.reporting.queries.asked import Wanted
from guatu.reporting.sent.making import Offer


def of_row(kept: Kept, known: Known, told: dict[str, str]) -> dict[str, Any]:
    """A row as it stands now: its cells, how money was read, what is said of it, and what others changed."""
    return {
        "cells": {code: text_of(kept.content, code) for code in CODES},
        "echoes": echoes(told),
        "said": said_of_row(kept.content, known, kept.faults),
        "unread": list(kept.faults),
        "clashes": [{"field": code, "theirs": theirs} for code, theirs in kept.clashes.items()],
        "state": state_words(kept.one.report, filled=kept.content.says_anything),
        "filled": kept.content.says_anything,
    }


def state_words(report: Report | None, *, filled: bool) -> str:
    """Where a row stands."""
    if report is None or (report.state == ReportState.DRAFT and not filled):
        return _("未填")
    return str(ReportState(report.state).label)


def submitted(actor: Actor, offer: Offer, known: dict[int, Known], wanted: set[str]) -> dict[str, Any]:
    """Hand the wanted rows in, each by itself: those that are right go, of the others is said why."""
    done: list[str] = []
    refused: list[dict[str, Any]] = []
    for number, one in enumerate(offer.asked, start=1):
        key = str(one.project.public_id)
        if key in wanted:
            found = _one(actor, one, known[one.project.pk], number, key)
            refused += found
            done += [] if found else [key]
    state = str(ReportState.SUBMITTED.label)
    return {"done": done, "refused": refused, "state": state, "words": _("已提交 {n} 份。").format(n=len(done))}


def _one(actor: Actor, one: Wanted, known: Known, number: int, key: str) -> list[dict[str, Any]]:
    try:
        hand_in(actor, one, known, content_of(one))
    except Refusal as refusal:
        if refusal.code != "reporting.checks_stop":
            return [{"row": number, "project": key, "field": "", "words": str(refusal)}]
        return [
            {
                "row": number,
                "project": key,
                "field": item["field"],
                "heading": item["label"],
                "words": item["message"],
            }
            for item in refusal.items
        ]
    return []
