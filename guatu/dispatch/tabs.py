"""What dispatch registers: its place in the main menu."""

from django.utils.translation import gettext_lazy as _

from guatu.core.registries import PLACES, Place

PLACES.add("dispatch", Place("dispatch", _("调度"), "dispatch:overview", "figures.view", 20))
