"""The views that the table of projects brings along: questions that an office asks every week, as addresses."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from guatu.core.tables import ReadyView
from guatu.core.tables.state import NO_GROUP
from guatu.domain.dates import last_of_month, months_before
from guatu.domain.stages import AT_WORK, BEFORE_START, Stage
from guatu.library.choices import Level
from guatu.library.models import AnnualList
from guatu.library.queries.column_values import LACKING

QUIET_MONTHS = 3


def _stages(stages: tuple[Stage, ...]) -> str:
    return "&".join(f"f.stage={stage}" for stage in stages)


def ready_views(annual_list: AnnualList | None, day: date) -> tuple[ReadyView, ...]:
    """The library's own views of a list at a day (of the whole library those that need no list)."""
    quiet = months_before(day, QUIET_MONTHS)
    everywhere = (
        ReadyView(_("在推进的"), _stages(AT_WORK)),
        ReadyView(
            _("三个月无进展"), f"{_stages(AT_WORK)}&to.last_reading_on={quiet}&sort=last_reading_on&group={NO_GROUP}"
        ),
        ReadyView(_("五个一缺项"), f"f.commitment={LACKING}"),
    )
    if annual_list is None:
        return everywhere
    first, last = day.replace(day=1), last_of_month(day.year, day.month)
    due = ReadyView(_("本月应开工"), f"{_stages(BEFORE_START)}&from.planned_start={first}&to.planned_start={last}")
    levels = "&".join(f"f.level={level}" for level in (Level.PROVINCE, Level.CITY))
    above = (ReadyView(_("省市重点"), levels),) if annual_list.level == Level.DISTRICT else ()
    return (everywhere[0], due, *everywhere[1:], *above)
