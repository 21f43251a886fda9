"""A list's period is closed, and opened again by two posts."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.registries import run_duties
from guatu.core.second_person import require_another
from guatu.core.writing import action, current, require_reason
from guatu.library.actions.booking import keep_still
from guatu.library.models import AnnualList, ClosedPeriod
from guatu.library.policies import require_list
from guatu.library.queries.checks import open_items
from guatu.library.queries.closing import closed_until


@action("library.close_period", _("锁定数据"))
def close_period(*, actor: Actor, annual_list: AnnualList, until: date, reason: str = "") -> ClosedPeriod:
    """Lock a list's figures up to a day that has passed. What is corrected later is booked in an open period.

    While the checks of a closing find open points (reports missing, returned, not accepted …) a reason is asked for.
    Higher packages keep the closing's figures by the duty "library.close_period".
    """
    require_list(actor, "library.close_period", annual_list)
    keep_still()
    if until > clock.today():
        raise Refusal("library.close_future", day=until)
    last = closed_until(annual_list)
    if last is not None and last >= until:
        raise Refusal("library.closed_already", name=annual_list.name, until=last, day=until)
    found = {check.code: check.count for check in open_items(annual_list, until) if check.count}
    if found and not reason.strip():
        raise Refusal("library.close_open_items", count=sum(found.values()))
    closed = current().add(
        ClosedPeriod(
            annual_list=annual_list,
            until=until,
            closed_at=clock.now(),
            closed_by=actor.label[:120],
            open_items=found,
            reason=reason.strip()[:300],
        )
    )
    current().about(annual_list, reason=reason.strip(), name=annual_list.name, day=until)
    run_duties("library.close_period", actor=actor, annual_list=annual_list, closed=closed)
    return closed


@action("library.ask_reopening", _("申请解锁{day}以前的数据"))
def ask_reopening(*, actor: Actor, closed: ClosedPeriod, seen: int, reason: str) -> None:
    """Ask for the last closing of a list to be opened again; another post approves it."""
    _require_last(actor, "library.ask_reopening", closed)
    text = require_reason(reason, _("申请解锁"))
    current().about(closed.annual_list, reason=text, name=closed.annual_list.name, day=closed.until)
    current().change(
        closed,
        seen=seen,
        reopen_reason=text[:300],
        reopen_asked_by=actor.label[:120],
        reopen_asked_by_user=actor.user_id,
        reopen_asked_at=clock.now(),
    )


@action("library.reopen_period", _("批准解锁{day}以前的数据"))
def reopen_period(*, actor: Actor, closed: ClosedPeriod, seen: int) -> None:
    """Open a closed period again, as another post asked; the mark of it stays, and so does what the closing kept.

    Never by the person who asked, from whichever post.
    """
    _require_last(actor, "library.reopen_period", closed)
    if closed.reopen_asked_at is None:
        raise Refusal("library.reopen_not_asked", day=closed.until)
    require_another(actor, closed.reopen_asked_by_user, _("解锁数据"))
    current().about(closed.annual_list, reason=closed.reopen_reason, name=closed.annual_list.name, day=closed.until)
    current().change(closed, seen=seen, reopened_by=actor.label[:120], reopened_at=clock.now())


def _require_last(actor: Actor, right: str, closed: ClosedPeriod) -> None:
    require_list(actor, right, closed.annual_list)
    if closed.reopened_at is not None:
        raise Refusal("library.reopened_already", day=closed.until)
    if closed_until(closed.annual_list) != closed.until:
        raise Refusal("library.reopen_last_first", day=closed.until)
