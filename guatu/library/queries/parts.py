"""What higher packages add to the library's pages beside columns and tabs: views of its table, the year's chart."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.registries import Registry
from guatu.core.tables import ReadyView
from guatu.core.ui.charts import Chart
from guatu.library.models import AnnualList, Project
from guatu.library.policies import can_do


@dataclass(frozen=True, slots=True)
class ReadyPart:
    """A view of the table of projects, made of the columns that its package added; it stands before the library's own.

    ``make`` gets the shown list (None for all projects) and the day; None where it needs what is not there.
    """

    make: Callable[[AnnualList | None, date], ReadyView | None]


@dataclass(frozen=True, slots=True)
class YearChart:
    """The chart that the overview of a project shows to posts with ``right`` over it; None where there is none yet."""

    right: str
    make: Callable[[Project], Chart | None]


READY: Registry[ReadyPart] = Registry(_("现成视图"))
YEAR_CHARTS: Registry[YearChart] = Registry(_("项目的年度图"))


def ready_parts(annual_list: AnnualList | None, day: date) -> list[ReadyView]:
    """The views that the parts make for a list and day."""
    return [view for part in READY.values() if (view := part.make(annual_list, day)) is not None]


def year_chart(actor: Actor, project: Project) -> Chart | None:
    """The first chart of a project that its post may see."""
    made = (part.make(project) for part in YEAR_CHARTS.values() if can_do(actor, part.right, project).allowed)
    return next((chart for chart in made if chart is not None), None)
