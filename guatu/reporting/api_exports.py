"""Lists as workbooks over the API: the plan ledger, and the progress sheet to fill in."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.api import ERRORS, api_actor, needs
from guatu.core.refusals import Refusal
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit
from guatu.domain.periods import Period
from guatu.library.models import AnnualList
from guatu.library.policies import visible_lists
from guatu.reporting.api_drafts import router
from guatu.reporting.workbooks.files import handed_out, plan_file, progress_file
from guatu.reporting.workbooks.rows import RIGHT

__all__ = ["router"]


@router.get("/lists/{uuid:public_id}/plan.xlsx", response={200: None, **ERRORS}, url_name="export_plan")
@needs(RIGHT)
def export_plan(
    request: HttpRequest, public_id: UUID, as_of: date | None = None, unit: Literal["万元", "亿元"] = "万元"
) -> HttpResponse:
    """A list as its plan ledger (xlsx), as it stood at the end of a day; default: today."""
    actor = api_actor(request)
    row = _list_to_export(actor, public_id)
    return handed_out(actor, row, plan_file(actor, row, as_of or clock.today(), MoneyUnit(unit)))


@router.get("/lists/{uuid:public_id}/progress", response={200: None, **ERRORS}, url_name="export_progress")
@needs(RIGHT)
def export_progress(
    request: HttpRequest, public_id: UUID, period: str, unit: Literal["万元", "亿元"] = "万元", split: bool = False
) -> HttpResponse:
    """The progress sheet of a period to fill in (xlsx), or one for each responsible unit (zip)."""
    actor = api_actor(request)
    row = _list_to_export(actor, public_id)
    try:
        asked = Period.parse(period)
    except DomainError:
        raise Refusal("reporting.period_wrong", period=period[:40]) from None
    return handed_out(actor, row, progress_file(actor, row, asked, MoneyUnit(unit), split=split))


def _list_to_export(actor: Actor, public_id: UUID) -> AnnualList:
    row = visible_lists(actor, RIGHT).select_related("region__parent").filter(public_id=public_id).first()
    if row is None:
        raise Refusal("core.not_found")
    return row
