"""Who may set targets and issue target sheets: rows of the rights table, and how far down a unit may go."""

from django.utils.translation import gettext_lazy as _

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.plans.choices import PeriodKind

_OFFICE = {"office_head": "region", "office": "region"}

rights.declare(
    "plans",
    {
        "plans.set_target": (
            _("分解项目的季、月、周、日目标"),
            {"reviewer": "own_unit", "reporter": "own_unit"} | _OFFICE,
        ),
        "plans.set_target_profile": (_("选定项目年度目标的分解方式"), _OFFICE),
        "plans.issue_target_sheet": (_("印发目标任务书"), {"office_head": "region"}),
    },
)

BELOW_QUARTER = frozenset({PeriodKind.MONTH, PeriodKind.WEEK, PeriodKind.DAY})


def sets_quarters(actor: Actor) -> bool:
    """Whether the post may move quarters: the office may; a responsible unit divides what its quarters hold."""
    return bool({"region", "installation"} & set(rights.scopes_of(actor, "plans.set_target")))
