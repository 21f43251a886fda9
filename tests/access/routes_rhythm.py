"""Routes of rules of reporting, of chasing, of phoned-in figures and of the burden."""

from typing import Any

from tests.access.routes import Parts, Route
from tests.reporting.rhythm import in_force, last_month, period, phoned_in, rule_of
from tests.support.cast import Cast


def _outside(cast: Cast) -> dict[str, Any]:
    return rule_of(cast, "outsider", "other_district")


def _rule(allowed: str, refused: str, *, inside: Parts = rule_of, method: str = "get") -> Route:
    return Route(allowed, refused, inside=inside, outside=_outside, method=method)


def _elsewhere(cast: Cast) -> dict[str, Any]:
    """A project of another unit."""
    return last_month(cast, "commerce")


ROUTES = {
    "reporting:rules": Route("office", "system_admin"),
    "reporting:begin_rule": Route("office", "reporter"),
    "reporting:rule": _rule("office", "system_admin"),
    "reporting:edit_rule": _rule("office", "reporter"),
    "reporting:follow_rule": _rule("office", "reporter", inside=in_force, method="post"),
    "reporting:adopt_rule": _rule("office_head", "office"),
    "reporting:end_rule": _rule("office_head", "office", inside=in_force),
    "reporting:chase": Route("office", "reporter"),
    "reporting:chase_estimates": Route("office", "reporter"),
    "reporting:chase_rows": Route("office", "reporter", inside=period),
    "reporting:chase_phones": Route("office", "reporter", inside=period),
    "reporting:phone_in": Route("office", "reporter", inside=last_month),
    "reporting:phoned": Route("reviewer", "head", inside=phoned_in, outside=_elsewhere),
    "reporting:burden": Route("office", "system_admin"),
}
