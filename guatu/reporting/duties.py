"""What readings have to do with lower packages' actions."""

from guatu.core.registries import register_duty
from guatu.reporting.actions import fix_year_end, record_year_end, refresh_caches

register_duty("library.carry_over", "reporting.fix_year_end", 3, fix_year_end)
register_duty("library.check_caches", "reporting.last_readings", 3, refresh_caches)
register_duty("library.import_plan", "reporting.record_year_end", 3, record_year_end)
