"""What core registers upward: its place in the menu."""

from django.utils.translation import gettext_lazy as _

from guatu.core.job_page import unfinished
from guatu.core.registries import PLACES, TODOS, Place, ToDo

PLACES.add("core.today", Place("core.today", _("今日"), "core:today", "core.view_today", 10))
PLACES.add("core.system", Place("core.system", _("系统"), "core:system", "core.view_system", 90))
TODOS.add("core.jobs", ToDo("core.jobs", _("后台任务"), "core.start_job", unfinished))
