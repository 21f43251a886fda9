"""Computing caches again from the facts behind them."""

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.registries import run_duties
from guatu.core.undoing import Footprint
from guatu.core.writing import action, current
from guatu.library.actions.codes import refresh_codes
from guatu.library.actions.held import refresh_held
from guatu.library.actions.stages import refresh_stages
from guatu.library.models import Project

PART, FEW = 2000, 400


@action("library.check_caches", _("重新计算项目缓存"))
def check_caches(*, actor: Actor) -> dict[str, int]:
    """Compute every project's caches (stage, mark of codes, who and how much, last reading) again; how many differed.

    A higher package's cache is refreshed by the duty "library.check_caches" (projects, differed).
    """
    differed = {"projects": 0, "stage": 0, "codes": 0, "held": 0}
    last = 0
    while rows := list(Project.objects.filter(pk__gt=last).select_related("region").order_by("pk")[:PART]):
        last = rows[-1].pk
        differed["projects"] += len(rows)
        differed["stage"] += refresh_stages(rows)
        differed["codes"] += refresh_codes(rows)
        differed["held"] += refresh_held(rows)
        run_duties("library.check_caches", projects=rows, differed=differed)
    current().about(None, count=differed["stage"])
    return differed


def refresh_undone(done: Footprint) -> None:
    """The caches of the projects of which something was taken back; part of the action that does so."""
    ids = sorted(done.subjects.get("library.project", ()))
    differed: dict[str, int] = {}
    for start in range(0, len(ids), FEW):
        projects = list(Project.objects.filter(public_id__in=ids[start : start + FEW], withdrawn=False))
        refresh_stages(projects)
        refresh_codes(projects)
        refresh_held(projects)
        run_duties("library.check_caches", projects=projects, differed=differed)
