"""What dispatch registers: its place in the main menu, how my projects stand, what Today is for each post."""

from django.utils.translation import gettext_lazy as _

from guatu.core.registries import PLACES, Place
from guatu.core.today_parts import POST_TEXTS, STANDING, Standing
from guatu.dispatch.focus import my_projects
from guatu.dispatch.words import TEXTS

PLACES.add("dispatch", Place("dispatch", _("调度"), "dispatch:overview", "figures.view", 20))
PLACES.add("wallchart", Place("wallchart", _("挂图"), "dispatch:wallchart", "library.view", 40))
STANDING.add(
    "dispatch.mine",
    Standing("dispatch.mine", _("我的项目"), "library.view_mine", "dispatch/today.html", my_projects),
)
POST_TEXTS.update(TEXTS)
