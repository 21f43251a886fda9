"""What the package registers: its place in the menu, and what core asks of regions, posts and tokens."""

from django.utils.translation import gettext_lazy as _

from guatu.core.api import register_token_resolver
from guatu.core.regions import RegionSource, register_regions
from guatu.core.registries import PLACES, Place
from guatu.people import modes as modes  # declares the settings
from guatu.people.queries import post_ids_under, regions_under
from guatu.people.session import token_actor

PLACES.add("people", Place("people", _("单位与岗位"), "people:units", "people.confirm_unit", 90))
register_token_resolver(token_actor)
register_regions(RegionSource(regions_under, post_ids_under))
