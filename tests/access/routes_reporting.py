"""Routes of imports and exports."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from guatu.library.models import ImportDraft
from tests.access.routes import Route
from tests.access.routes_library import on_list
from tests.imports.drafts import draft
from tests.support.cast import Cast


def _inside(cast: Cast) -> dict[str, Any]:
    return {"public_id": draft(cast, "office", "district").public_id}


def _outside(cast: Cast) -> dict[str, Any]:
    return {"public_id": draft(cast, "outsider", "other_district").public_id}


def _csv(make: Callable[[Cast], dict[str, Any]]) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: {**make(cast), "ending": "csv"}


def _one(method: str = "get", **more: Any) -> Route:
    return Route("office", "reporter", inside=_inside, outside=_outside, method=method, **more)


ROUTES = {
    "reporting:import": Route("office", "reporter"),
    "reporting:import_template": Route("office", "reporter", inside=lambda cast: {"kind": "plan"}),
    "reporting:import_draft": _one(),
    "reporting:import_columns": _one("post", data=lambda cast: {"seen": ImportDraft.objects.latest("pk").version}),
    "reporting:import_forget": _one("post"),
    "reporting:import_issues": Route("office", "reporter", inside=_csv(_inside), outside=_csv(_outside)),
    "reporting:import_marked": _one(),
    "reporting:import_decide": _one("post"),
    "reporting:import_apply": _one("post"),
    "reporting:import_recheck": _one("post"),
    "reporting:import_discard": _one("post"),
    "reporting:import_progress": _one(),
    "reporting:import_undo": _one(),
    "reporting:export": on_list("office", "system_admin"),
    "reporting:export_plan": on_list("office", "system_admin"),
    "reporting:export_progress": replace(
        on_list("office", "system_admin"), data=lambda cast: {"period": "2026-03"}, status=(200,)
    ),
}
