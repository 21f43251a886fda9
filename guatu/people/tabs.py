"""What the package registers: its place in the menu, and the regions and posts as core asks for them."""

from django.utils.translation import gettext_lazy as _

from guatu.core.regions import RegionSource, register_regions
from guatu.core.registries import PLACES, Place
from guatu.people import modes as modes  # declares the settings
from guatu.people.queries import post_ids_under, regions_under

PLACES.add("people", Place("people", _("单位与岗位"), "people:units", "people.confirm_unit", 90))
register_regions(RegionSource(regions_under, post_ids_under))
