"""What was chosen in the queue is carried out in one action, all or none."""

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.logs import as_uuid
from guatu.core.pages import found
from guatu.core.refusals import Refusal
from guatu.core.signs import whole_number
from guatu.reporting.actions import accept_reports, check_reports
from guatu.reporting.choices import Means
from guatu.reporting.models import Report
from guatu.reporting.policies import visible_reports

Seen = Sequence[tuple[Report, int]]


def _check(actor: Actor, reports: Seen) -> str:
    return _("已审核 {n} 份填报。").format(n=check_reports(actor=actor, reports=reports))


def _stamped(actor: Actor, reports: Seen) -> str:
    count = check_reports(actor=actor, reports=reports, means=Means.STAMPED)
    return _("已按盖章件审核 {n} 份填报。").format(n=count)


def _accept(actor: Actor, reports: Seen) -> str:
    return _("已采用 {n} 份填报。").format(n=accept_reports(actor=actor, reports=reports))


DOING: dict[str, Callable[[Actor, Seen], str]] = {"check": _check, "stamped": _stamped, "accept": _accept}


def decide(actor: Actor, do: str, values: Iterable[str]) -> str:
    """Check or accept what was chosen (each "public id:version"), and say so.

    Refuses reporting.nothing_chosen; what the actions refuse; 404 for a report out of reach.
    """
    told = {key: whole_number(version) for key, _colon, version in (value.partition(":") for value in values)}
    seen = {key: version for key, version in told.items() if version is not None}
    if do not in DOING or not seen:
        raise Refusal("reporting.nothing_chosen")
    keys = [key for key in seen if as_uuid(key) is not None]
    rows = visible_reports(actor, "reporting.check").filter(public_id__in=keys)
    by_key = {str(row.public_id): row for row in rows}
    return DOING[do](actor, [(found(by_key.get(key)), version) for key, version in seen.items()])
