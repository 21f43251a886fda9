"""Routes of evidence, findings and their rules."""

from typing import Any

from guatu.reporting import actions
from guatu.reporting.models import Evidence
from tests.access.routes import Parts, Route
from tests.support.cast import Cast
from tests.support.photos import handed_in, project_of


def _project(unit: str) -> Parts:
    return lambda cast: {"public_id": project_of(cast, unit).public_id}


def _piece(unit: str) -> Parts:
    return lambda cast: {"public_id": _handed_in(cast, unit).public_id}


def _handed_in(cast: Cast, unit: str) -> Evidence:
    piece: Evidence = handed_in(cast.actor("office"), project_of(cast, unit))
    return piece


def _finding(unit: str) -> Parts:
    def parts(cast: Cast) -> dict[str, Any]:
        piece = handed_in(cast.actor("office"), project_of(cast, unit), place=(100.0, 30.0))
        return {"public_id": piece.findings.get().public_id}

    return parts


def _rule(who: str, region: str) -> Parts:
    def parts(cast: Cast) -> dict[str, Any]:
        data = {"names": ["封顶"], "kinds": ["photo"]}
        rule = actions.set_evidence_rule(actor=cast.actor(who), region=cast.region(region), name="封顶", data=data)
        return {"public_id": rule.public_id}

    return parts


def _of_piece(allowed: str, refused: str, **more: Any) -> Route:
    return Route(allowed, refused, inside=_piece("housing"), outside=_piece("commerce"), **more)


def _of_rule(**more: Any) -> Route:
    inside, outside = _rule("office", "district"), _rule("outsider", "other_district")
    return Route("office", "reporter", inside=inside, outside=outside, **more)


ROUTES = {
    "reporting:evidence": Route("reporter", "authority"),
    "reporting:hand_in_evidence": Route(
        "reporter",
        "head",
        inside=_project("housing"),
        outside=_project("commerce"),
    ),
    "reporting:evidence_piece": _of_piece("reporter", "authority"),
    "reporting:evidence_picture": _of_piece("reporter", "authority"),
    "reporting:withdraw_evidence": _of_piece("reporter", "reviewer"),
    "reporting:findings": Route("reviewer", "office"),
    "reporting:finding": Route("reviewer", "reporter", inside=_finding("housing"), outside=_finding("commerce")),
    "reporting:evidence_rules": Route("office", "reporter"),
    "reporting:adopt_evidence_rules": Route("office", "reporter", method="post"),
    "reporting:add_evidence_rule": Route("office", "reporter"),
    "reporting:evidence_rule": _of_rule(),
    "reporting:end_evidence_rule": _of_rule(method="post"),
}
