"""Routes of other systems' sheets."""

from dataclasses import replace
from typing import Any

from guatu.reporting import actions
from tests.access.routes import Route
from tests.reporting.layouts import last_month, listed, read_back, used
from tests.support.cast import Cast


def _inside(cast: Cast) -> dict[str, Any]:
    return {"public_id": used(cast).public_id}


def _outside(cast: Cast) -> dict[str, Any]:
    return {"public_id": used(cast, who="outsider", region="other_district").public_id}


def _one(method: str = "get", allowed: str = "office", refused: str = "system_admin", **more: Any) -> Route:
    return Route(allowed, refused, inside=_inside, outside=_outside, method=method, **more)


def _returned(method: str = "get") -> Route:
    return Route(
        "office",
        "reporter",
        inside=lambda cast: {"public_id": read_back(cast).public_id},
        outside=lambda cast: {"public_id": read_back(cast, "outsider", "other_district").public_id},
        method=method,
    )


def _accepted(cast: Cast) -> dict[str, Any]:
    row = read_back(cast)
    actions.accept_layout(actor=cast.actor("office"), row=row, seen=row.version, values=[], decisions={})
    return {"public_id": row.public_id}


def _asked(cast: Cast) -> dict[str, Any]:
    period = last_month()
    annual = listed(cast, period.end.year, "示例项目")
    return {"list": str(annual.public_id), "period": period.code}


ROUTES = {
    "reporting:layouts": Route("reporter", "system_admin"),
    "reporting:layout_use": Route("office", "reporter", method="post", data=lambda cast: {"code": "statistics_206"}),
    "reporting:layout_upload": Route("office", "reporter", method="post"),
    "reporting:layout": _one(allowed="reporter"),
    "reporting:layout_book": _one("post", data=_asked, status=(200,)),
    "reporting:layout_file": _one(allowed="reporter"),
    "reporting:layout_columns": _one(refused="reporter"),
    "reporting:layout_stop": _one("post", refused="reporter"),
    "reporting:layout_receive": _one("post", refused="reporter"),
    "reporting:layout_return": _returned(),
    "reporting:layout_return_drop": _returned("post"),
    "reporting:layout_return_withdraw": replace(
        _returned("post"), inside=_accepted, data=lambda cast: {"reason": "读错了文件"}
    ),
}
