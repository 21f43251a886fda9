"""Routes of rules of lights."""

from guatu.core.actor import OPERATOR
from guatu.figures import actions
from tests.access.routes import Route
from tests.support.cast import Cast


def _draft(cast: Cast, region: str):
    row = actions.draft_light_rules(actor=OPERATOR, region=cast.region(region), preset="wuhan")
    return {"public_id": row.public_id}


def _ours(cast: Cast):
    return _draft(cast, "district")


def _theirs(cast: Cast):
    return _draft(cast, "other_district")


ROUTES = {
    "figures:light_rules": Route("reporter", "system_admin"),
    "figures:light_rule_set": Route("office", "system_admin", inside=_ours, outside=_theirs),
    "figures:draft_light_rules": Route("office", "reporter"),
    "figures:follow_light_rules": Route("office", "reporter", inside=_ours, outside=_theirs, method="post"),
    "figures:edit_light_rules": Route("office", "reporter", inside=_ours, outside=_theirs),
    "figures:adopt_light_rules": Route("office_head", "office", inside=_ours, outside=_theirs),
}
