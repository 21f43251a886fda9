"""What the package adds to the frame: its place in the menu."""

from django.utils.translation import gettext_lazy as _

from guatu.core.registries import PLACES, Place

PLACES.add("people", Place("people", _("单位与岗位"), "people:units", "people.confirm_unit", 90))
