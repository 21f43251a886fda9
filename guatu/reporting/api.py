"""Ledgers over the API: the same import as on the page and on the command line, all or nothing.

The package's router has the exports (`api_exports`), the stored conversation (`api_drafts`), the phone's outbox
(`outbox.api`) and these two, which import a file at once.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Schema
from ninja.files import UploadedFile
from pydantic import Field, TypeAdapter, ValidationError

from guatu.core import file_types
from guatu.core.actor import Actor
from guatu.core.api import ERRORS, api_actor, needs, once
from guatu.core.attachments import keep_path
from guatu.core.refusals import Refusal
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit
from guatu.domain.periods import Period
from guatu.library.queries.doubts import ASK
from guatu.reporting import drafts, imports
from guatu.reporting.choices import YEARS
from guatu.reporting.decisions import NameSaid, decisions_of
from guatu.reporting.outbox.api import router

MB = 1024 * 1024


class Decided(Schema):
    """What is said of a row that is likely a known project: the project's name or code, empty for a new one."""

    name: str
    project: str = ""
    rename: bool = False


_DECISIONS = TypeAdapter(list[Decided])


class Doubts(Schema):
    """What to do with rows that are likely known projects: `doubts` for all, `decisions` (a JSON list of name, project,
    rename) for each; with neither they are refused.
    """

    doubts: Literal["new", "best"] | None = None
    decisions: str = ""


class PlanOrder(Doubts):
    """Which list a plan ledger is of."""

    year: Annotated[int, Field(ge=YEARS[0], le=YEARS[-1])]
    level: Literal["province", "city", "district"]
    region: str
    batch: Annotated[int, Field(ge=1, lt=1000)] | None = None
    unit: Literal["元", "万元", "亿元"] | None = None
    dry_run: bool = False


class ProgressOrder(Doubts):
    """Which list and period a progress sheet is of."""

    year: Annotated[int, Field(ge=YEARS[0], le=YEARS[-1])]
    level: Literal["province", "city", "district"]
    region: str
    period: str
    basis: Literal["dispatch", "statistics", "payment"] = "dispatch"
    unit: Literal["元", "万元", "亿元"] | None = None
    dry_run: bool = False


@router.post("/imports/plan", response={200: dict[str, Any], **ERRORS}, url_name="import_plan")
@needs("library.import_plan")
def import_plan(request: HttpRequest, order: Form[PlanOrder], file: File[UploadedFile]) -> HttpResponse:
    """Take in an annual plan ledger, or say what it would change (dry_run). Faults come as the problem's items."""
    return _import(request, file, order, imports.PLAN, batch=order.batch)


@router.post("/imports/progress", response={200: dict[str, Any], **ERRORS}, url_name="import_progress")
@needs("reporting.import_progress")
def import_progress(request: HttpRequest, order: Form[ProgressOrder], file: File[UploadedFile]) -> HttpResponse:
    """Take in a progress sheet of a period, or say what it would change (dry_run)."""
    try:
        period = Period.parse(order.period)
    except DomainError:
        raise Refusal("reporting.period_wrong", period=order.period[:40]) from None
    return _import(request, file, order, imports.PROGRESS, period=period, basis=order.basis)


def _import(
    request: HttpRequest, file: UploadedFile, asked: PlanOrder | ProgressOrder, kind: str, **more: Any
) -> HttpResponse:
    """Read the file before anything is written, then carry the import out once."""
    with _on_disk(file) as path:
        order = imports.Order(
            kind=kind,
            path=path,
            name=file.name or "",
            year=asked.year,
            level=asked.level,
            region=asked.region,
            unit=MoneyUnit(asked.unit) if asked.unit else None,
            **more,
        )
        order = _with_decisions(request, order, asked)
        reading = imports.read(order)
        kept = None if asked.dry_run else keep_path(path, order.name, kinds=file_types.LEDGERS)

        def carry_out(actor: Actor) -> dict[str, Any]:
            draft = None
            if kept is None:
                report = imports.preview(actor, order, reading)
            else:
                report, draft = drafts.import_now(actor, order, reading, kept)
            if report.wrong:
                raise Refusal("library.import_wrong", items=report.answer["errors"], count=len(report.answer["errors"]))
            if report.undecided and not asked.dry_run:
                raise Refusal("library.doubts_open", items=report.answer["doubts"], count=report.undecided)
            told = {"dry_run": asked.dry_run, "draft": str(draft.public_id) if draft else None}
            return {**report.answer, **told}

        return once(request, carry_out)


def _with_decisions(request: HttpRequest, order: imports.Order, asked: Doubts) -> imports.Order:
    try:
        listed = _DECISIONS.validate_json(asked.decisions or "[]")
    except ValidationError:
        raise Refusal("reporting.decisions_wrong") from None
    said = [NameSaid(row, each.name, each.project, each.rename) for row, each in enumerate(listed, start=1)]
    decisions = decisions_of(api_actor(request), order.region, said)
    return replace(order, decisions=decisions, undecided=asked.doubts or ASK)


@contextmanager
def _on_disk(file: UploadedFile) -> Iterator[Path]:
    """The upload as a file that the parsing process can open; gone afterwards."""
    size = file.size or 0
    if size > settings.UPLOAD_LIMIT:
        raise Refusal("core.file_too_large", name=file.name, size=size // MB, limit=settings.UPLOAD_LIMIT // MB)
    with tempfile.NamedTemporaryFile(suffix=Path(file.name or "").suffix[:8]) as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        yield Path(kept.name)
