"""Routes of the library."""

from datetime import date
from uuid import UUID

from guatu.core.actor import OPERATOR
from guatu.library import actions
from guatu.library.models import AnnualList
from tests.access.routes import Parts, Route
from tests.support.cast import Cast


def _project(region: str) -> Parts:
    def make(cast: Cast) -> dict[str, UUID]:
        row = actions.NewProject(name="示范项目", region=cast.region(region))
        return {"public_id": actions.register_project(actor=OPERATOR, row=row, on=date(2026, 1, 1)).public_id}

    return make


def _list(region: str) -> Parts:
    def make(cast: Cast) -> dict[str, UUID]:
        row = actions.make_list(actor=OPERATOR, level="district", region=cast.region(region), year=2026)
        return {"public_id": row.public_id}

    return make


def on_project(refused: str) -> Route:
    """A page of one project."""
    return Route("office", refused, inside=_project("district"), outside=_project("other_district"))


def on_list(allowed: str, refused: str) -> Route:
    """A page of one list."""
    return Route(allowed, refused, inside=_list("district"), outside=_list("other_district"))


def _closing(region: str) -> Parts:
    """A closing of that region's list, asked to be opened again."""

    def make(cast: Cast) -> dict[str, UUID]:
        annual_list = AnnualList.objects.get(public_id=_list(region)(cast)["public_id"])
        last = date(annual_list.year, 1, 31)
        closed = actions.close_period(actor=OPERATOR, annual_list=annual_list, until=last, reason="其余停工")
        actions.ask_reopening(actor=OPERATOR, closed=closed, seen=closed.version, reason="漏报")
        return {"public_id": closed.public_id}

    return make


def on_closing(allowed: str, refused: str) -> Route:
    """A page of one closing."""
    return Route(allowed, refused, inside=_closing("district"), outside=_closing("other_district"))


ROUTES = {
    "library:projects": Route("office", "system_admin"),
    "library:register": Route("office", "reporter"),
    "library:project": on_project("system_admin"),
    "library:change": on_project("supervision"),
    "library:profile": on_project("supervision"),
    "library:stage": on_project("supervision"),
    "library:withdraw_stage": on_project("supervision"),
    "library:assign": on_project("supervision"),
    "library:file": on_project("supervision"),
    "library:lists": Route("office", "system_admin"),
    "library:make_list": Route("office", "reporter"),
    "library:list": on_list("office", "system_admin"),
    "library:list_settings": on_list("office", "supervision"),
    "library:list_batch": on_list("office", "supervision"),
    "library:list_check_point": on_list("office", "supervision"),
    "library:exit": on_project("supervision"),
    "library:options": Route("office", "system_admin"),
    "library:move": Route("office", "reporter"),
    "library:gates": Route("office", "system_admin"),
    "library:declare_gate": Route("office_head", "office"),
    "library:list_enter": on_list("office", "supervision"),
    "library:list_amend": on_list("office_head", "office"),
    "library:list_issue": on_list("office_head", "office"),
    "library:list_carry": on_list("office_head", "office"),
    "library:list_close": on_list("office_head", "office"),
    "library:closing_ask": on_closing("office", "supervision"),
    "library:closing_reopen": on_closing("head", "office"),
}
