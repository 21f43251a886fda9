"""Routes of the library."""

from uuid import UUID

from guatu.core.actor import OPERATOR
from guatu.library import actions
from tests.access.routes import Parts, Route
from tests.library.conftest import Shelf
from tests.support.cast import Cast

Address = dict[str, UUID]


def _project(region: str) -> Parts:
    def make(cast: Cast) -> Address:
        return {"public_id": Shelf(cast).project(region=region).public_id}

    return make


def _list(region: str) -> Parts:
    def make(cast: Cast) -> Address:
        row = actions.make_list(actor=OPERATOR, level="district", region=cast.region(region), year=2019)
        return {"public_id": row.public_id}

    return make


def _on_project(allowed: str, refused: str) -> Route:
    return Route(allowed, refused, inside=_project("district"), outside=_project("other_district"))


def _on_list(allowed: str, refused: str) -> Route:
    return Route(allowed, refused, inside=_list("district"), outside=_list("other_district"))


ROUTES = {
    "library:projects": Route("office", "system_admin"),
    "library:register": Route("office", "reporter"),
    "library:project": _on_project("office", "system_admin"),
    "library:change": _on_project("office", "reporter"),
    "library:profile": _on_project("office", "reporter"),
    "library:stage": _on_project("office", "reporter"),
    "library:assign": _on_project("office", "reporter"),
    "library:file": _on_project("office", "reporter"),
    "library:lists": Route("office", "system_admin"),
    "library:make_list": Route("office", "reporter"),
    "library:list": _on_list("office", "system_admin"),
    "library:list_settings": _on_list("office", "reporter"),
    "library:list_batch": _on_list("office", "reporter"),
    "library:list_check_point": _on_list("office", "reporter"),
    "library:list_close": _on_list("office_head", "reporter"),
}
