"""Who may see which figures: the package's rows of the rights table, and what is shown only to some."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.rights import Decision
from guatu.figures.models import Snapshot
from guatu.library.models import Project
from guatu.library.policies import projects_within
from guatu.people import policies as people

ROWS = {
    "figures.view": (
        _("查看指标"),
        {
            "head": "region",
            "leader": "region",
            "liaison": "region",
            "office_head": "region",
            "office": "region",
            "supervision": "region",
            "superior": "region",
            "task_force": "region",
            "reviewer": "own_unit",
            "reporter": "own_unit",
            "street": "own_unit",
            "owner": "own_assignment own_unit",
            "contractor": "own_assignment own_unit",
            "clock": "installation",
        },
    ),
    "figures.view_by_leader": (
        _("按分包领导查看指标"),
        {"head": "region", "office_head": "region", "office": "region", "clock": "installation"},
    ),
    "figures.take_snapshot": (_("留存快照"), {"office_head": "region", "office": "region"}),
    "figures.close_period": (_("数据锁定"), {"office_head": "region"}),
    "figures.record_outside": (_("登记外部统计数据"), {"office_head": "region", "office": "region"}),
}
rights.declare("figures", ROWS)


def can_cut_by(actor: Actor, dimension: str) -> Decision:
    """Cuts by leader are for the leading group's head and the office (8-practice: Whose eyes)."""
    if dimension == "leader":
        return rights.can(actor, "figures.view_by_leader")
    return rights.can(actor, "figures.view")


def within(actor: Actor) -> QuerySet[Project]:
    """The projects whose figures the actor may see."""
    return projects_within(actor, "figures.view")


def visible_snapshots(actor: Actor) -> QuerySet[Snapshot]:
    """Snapshots hold whole lists: for those who see a list's whole region, not for who sees a part of its projects."""
    return Snapshot.objects.filter(people.within(actor, "figures.view", "annual_list__region__path", unit_field=""))
