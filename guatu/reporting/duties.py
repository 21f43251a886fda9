"""What reporting has to do with lower packages' actions, and what it has looked at before a period is closed."""

from django.utils.translation import gettext_lazy as _

from guatu.core.registries import register_duty
from guatu.library.queries.checks import CLOSING_CHECKS, ClosingCheck
from guatu.reporting.actions import fix_year_end, record_year_end, refresh_caches
from guatu.reporting.queries import closing

register_duty("library.carry_over", "reporting.fix_year_end", 3, fix_year_end)
register_duty("library.check_caches", "reporting.last_readings", 3, refresh_caches)
register_duty("library.import_plan", "reporting.record_year_end", 3, record_year_end)

for _check in (
    ClosingCheck(
        "reporting.missing",
        _("应报未报"),
        _("请催报，或由项目办代录；停工的选“与上期相同”。"),
        closing.missing,
    ),
    ClosingCheck("reporting.returned", _("退回未重报"), _("请单位改正后重新提交。"), closing.returned),
    ClosingCheck(
        "reporting.unaccepted", _("已报未采用"), _("这些数还不在统计里。请单位审核、项目办采用。"), closing.unaccepted
    ),
    ClosingCheck(
        "reporting.contradictory",
        _("前后矛盾"),
        _("同一天的填报数与采用数不一致。请核对后更正，或退回填报数。"),
        closing.contradictory,
    ),
    ClosingCheck("reporting.estimates", _("预计数未更正"), _("请用实际数替换预计数。"), closing.estimates),
):
    CLOSING_CHECKS.add(_check.code, _check)
