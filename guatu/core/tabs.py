"""What core registers upward: its place in the menu."""

from django.utils.translation import gettext_lazy as _

from guatu.core.registries import PLACES, Place

PLACES.add("core.system", Place("core.system", _("系统"), "core:system", "core.view_system", 90))
