"""Routes of plans."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.core.models import Job
from guatu.library import actions as library
from guatu.people import actions as people
from guatu.plans import actions
from guatu.plans.models import Node, PlanDraft
from guatu.plans.papers import made
from tests.access.routes import Parts, Route
from tests.plans.conftest import three
from tests.support.cast import Cast


def _made(cast: Cast, region: str) -> Any:
    row = library.NewProject(name="示范项目", region=cast.region(region))
    return library.register_project(actor=OPERATOR, row=row, on=date(2026, 1, 1))


def _drafted(region: str) -> Parts:
    def make(cast: Cast) -> dict[str, UUID]:
        project = _made(cast, region)
        actions.begin_draft(actor=OPERATOR, project=project, content=three(None))
        return {"public_id": project.public_id}

    return make


def _bare(region: str) -> Parts:
    return lambda cast: {"public_id": _made(cast, region).public_id}


def _planned(region: str, *, node: bool = False) -> Parts:
    def make(cast: Cast) -> dict[str, UUID]:
        project = _made(cast, region)
        row = actions.ApprovedPlan(
            project=project, content=three(None), begun_on=date(2026, 1, 5), approved_by="推进会"
        )
        actions.record_plans(actor=OPERATOR, rows=[row], on=date(2026, 1, 5))
        parts = {"public_id": project.public_id}
        return parts | ({"node_id": Node.objects.get(name="设计").public_id} if node else {})

    return make


def _as_file(region: str) -> Parts:
    return lambda cast: {**_planned(region)(cast), "ending": "xlsx"}


def _seen(cast: Cast) -> dict[str, Any]:
    return {"do": "drop", "seen": PlanDraft.objects.latest("pk").version}


def _draft(method: str = "get", **more: Any) -> Route:
    return Route(
        "office", "lead", inside=_drafted("district"), outside=_drafted("other_district"), method=method, **more
    )


def _node() -> Route:
    return Route(
        "office", "lead", inside=_planned("district", node=True), outside=_planned("other_district", node=True)
    )


def _paper(region: str, **more: str) -> Parts:
    """A project's own paper: out of reach it does not exist."""
    return lambda cast: {"project": str(_planned(region)(cast)["public_id"]), "kind": "tasks", "span": "2026", **more}


def _order(region: str) -> Parts:
    def make(cast: Cast) -> dict[str, str]:
        return {"asked": urlencode(_paper(region)(cast))}

    return make


def _ordered(who: str) -> Parts:
    """A paper that was made for somebody."""

    def make(cast: Cast) -> dict[str, UUID]:
        actor = cast.actor(who)
        row = Job.objects.create(
            **{"kind": made.KIND, "words": "生成任务单", "state": "done", "created_at": clock.now()},
            **{"started_by_id": actor.user_id, "post_id": actor.post_id, "finished_at": clock.now()},
            payload={"actor": {}, "input": {"ending": "xlsx"}},
            result={"name": "任务单.xlsx"},
        )
        made.keep(row.public_id, "xlsx", b"PK")
        return {"public_id": row.public_id}

    return make


def _feed(cast: Cast) -> dict[str, Any]:
    return {"token": people.issue_feed(actor=cast.actor("office"), post=cast.post("office"))[1]}


def _closed(region: str) -> Parts:
    def make(cast: Cast) -> dict[str, UUID]:
        project = _made(cast, region)
        row = people.add_closure(
            actor=OPERATOR,
            words="文物勘探停工",
            region=project.region,
            subject=project.trail_subject(),
            starts_on=date(2026, 7, 20),
            ends_on=date(2026, 7, 25),
            document="文物部门通知",
        )
        return {"public_id": project.public_id, "closure_id": row.public_id}

    return make


def _kept(region: str) -> Parts:
    def make(cast: Cast) -> dict[str, UUID]:
        row = actions.save_template(
            actor=OPERATOR, region=cast.region(region), code="own", name="本地", content=three(None)
        )
        return {"public_id": row.public_id}

    return make


ROUTES = {
    "plans:papers": Route("office", "system_admin", data=_paper("district")),
    "plans:paper_order": Route(
        "office", "system_admin", inside=lambda cast: {"ending": "xlsx"}, data=_order("district"), method="post"
    ),
    "plans:paper_made": Route("office", "system_admin", inside=_ordered("office"), outside=_ordered("office_head")),
    "plans:paper": Route("office", "system_admin", inside=lambda cast: {"ending": "xlsx"}, data=_paper("district")),
    "plans:templates": Route("office", "lead"),
    "plans:ready_template": Route(
        "office", "lead", inside=lambda cast: {"code": "road"}, outside=lambda cast: {"code": "none"}
    ),
    "plans:own_template": Route("office", "lead", inside=_kept("district"), outside=_kept("other_district")),
    "plans:feed": Route("guest", inside=_feed, outside=lambda cast: {"token": "x" * 43}),
    "plans:begin": Route("office", "lead", inside=_bare("district"), outside=_bare("other_district")),
    "plans:draft": _draft(),
    "plans:preview": _draft("post"),
    "plans:decide": _draft("post", data=_seen),
    "plans:download": Route(
        "office", "system_admin", inside=_as_file("district"), outside=_as_file("other_district"), method="get"
    ),
    "plans:upload": Route("office", "lead", inside=_bare("district"), outside=_bare("other_district"), method="post"),
    "plans:node": _node(),
    "plans:items": _node(),
    "plans:closure": Route("office", "lead", inside=_bare("district"), outside=_bare("other_district")),
    "plans:closure_end": Route("office", "lead", inside=_closed("district"), outside=_closed("other_district")),
    "plans:template": Route("office_head", "office", inside=_planned("district"), outside=_planned("other_district")),
}
