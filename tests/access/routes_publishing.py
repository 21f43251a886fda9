"""Routes of bulletins."""

from datetime import date

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.library.models import AnnualList
from guatu.publishing import actions
from tests.access.routes import Route
from tests.support.cast import Cast


def _draft(cast: Cast, region: str):
    year = clock.today().year
    rows = AnnualList.objects.filter(level="district", region=cast.region(region), year=year)
    annual = rows.first() or AnnualList.objects.create(
        level="district", region=cast.region(region), year=year, name=f"{year} 年区重点项目"
    )
    row = actions.draft_bulletin(actor=OPERATOR, kind="progress", lists=[annual], as_of=date(year, 1, 1))
    return {"public_id": row.public_id}


def _ours(cast: Cast):
    return _draft(cast, "district")


def _theirs(cast: Cast):
    return _draft(cast, "other_district")


def _route(allowed: str = "office", refused: str = "owner", **more) -> Route:
    return Route(allowed, refused, inside=_ours, outside=_theirs, **more)


def _post(data, allowed: str = "office", status: tuple[int, ...] = (200, 302)) -> Route:
    return _route(allowed, "reporter", method="post", data=lambda cast: {"version": "1", **data}, status=status)


ROUTES = {
    "publishing:bulletins": Route("reporter", "owner"),
    "publishing:new": Route("office", "reporter"),
    "publishing:bulletin": _route(),
    "publishing:edit": _route(refused="reporter"),
    "publishing:resolve": _post({"start": "0"}, status=(409,)),
    "publishing:rebuild": _post({}),
    "publishing:return": _route(refused="reporter"),
    "publishing:issue": _post({"number": "1", "on": "2019-01-02"}, "office_head"),
    "publishing:archive": _post({}, status=(422,)),
    "publishing:withdraw": _post({"reason": "重复"}),
    "publishing:file": Route(
        "office",
        "owner",
        inside=lambda cast: {**_ours(cast), "which": "docx"},
        outside=lambda cast: {**_theirs(cast), "which": "docx"},
    ),
}
