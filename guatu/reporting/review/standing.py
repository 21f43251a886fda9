"""How far the reports that are asked for now have come: asked, handed in, accepted, and by whom they are missing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.library.policies import visible_projects
from guatu.reporting.choices import ReportKind, ReportState
from guatu.reporting.queries.asked import Wanted, by_period, wanted

NAMED = 8
"""Units that are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The reports of one kind and period: how many are asked for, handed in and accepted; where they are missing."""

    kind: str
    period: str
    words: str
    asked: int
    handed_in: int
    accepted: int
    missing: str

    @property
    def query(self) -> str:
        """The filters under which the table shows them."""
        return f"f.kind={self.kind}&f.period={self.period}"


def standing_of(actor: Actor) -> list[Standing]:
    """Of every kind and period that is asked for today, in the actor's reach; a bounded number of queries."""
    projects = list(visible_projects(actor, "reporting.check").select_related("region", "unit").order_by("sort_key"))
    found = by_period(wanted(projects, clock.today()))
    return [_standing(kind, code, rows) for (kind, code), rows in found.items()]


def _standing(kind: str, code: str, rows: Sequence[Wanted]) -> Standing:
    accepted = [one for one in rows if one.report is not None and one.report.state == ReportState.ACCEPTED]
    open_ones = Counter(str(one.project.unit or _("没有责任单位")) for one in rows if one.missing)
    named = [_("{unit} {n}").format(unit=unit, n=n) for unit, n in open_ones.most_common(NAMED)]
    if len(open_ones) > NAMED:
        named.append(_("另有 {n} 个单位").format(n=len(open_ones) - NAMED))
    return Standing(
        kind=kind,
        period=code,
        words=f"{rows[0].expected.period.label_zh} {ReportKind(kind).label}",
        asked=len(rows),
        handed_in=sum(not one.missing for one in rows),
        accepted=len(accepted),
        missing=_("、").join(named),
    )
