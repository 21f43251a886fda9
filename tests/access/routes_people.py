"""Routes of people."""

from datetime import date

from guatu.core.actor import OPERATOR
from guatu.people import actions
from guatu.people.models import Post
from tests.access.routes import Route
from tests.support.cast import Cast


def _id(row):
    return {"public_id": row.public_id}


def _delegation(cast: Cast, giver: str, taker: str):
    row = actions.delegate(
        actor=OPERATOR,
        giver=cast.post(giver),
        taker=cast.post(taker),
        starts_on=date(2019, 1, 1),
        ends_on=date(2099, 1, 1),
        reason="公休",
    )
    return _id(row)


def _token(cast: Cast, post: Post):
    return _id(actions.issue_token(actor=OPERATOR, post=post, name="取数")[0])


ROUTES = {
    "people:sign_in": Route("guest"),
    "people:sign_out": Route("office", method="post"),
    "people:switch_post": Route(
        "office", method="post", data=lambda cast: {"post": str(cast.post("office").public_id)}
    ),
    "people:account": Route("reporter"),
    "people:password": Route("reporter"),
    "people:issue_token": Route("reporter"),
    "people:revoke_token": Route(
        "reporter",
        method="post",
        inside=lambda cast: _token(cast, cast.post("reporter")),
        outside=lambda cast: _token(cast, cast.post("reviewer")),
    ),
    "people:end_delegation": Route(
        "reporter",
        method="post",
        inside=lambda cast: _delegation(cast, "reporter", "reviewer"),
        outside=lambda cast: _delegation(cast, "reviewer", "reporter"),
    ),
    "people:regions": Route("reporter"),
    "people:region": Route("office", inside=lambda cast: _id(cast.region("district"))),
    "people:units": Route("office"),
    "people:unit": Route(
        "office",
        inside=lambda cast: _id(cast.unit("housing")),
        outside=lambda cast: _id(cast.unit("other_office")),
    ),
    "people:posts": Route("office"),
    "people:post": Route(
        "owner", inside=lambda cast: _id(cast.post("owner")), outside=lambda cast: _id(cast.post("reporter"))
    ),
    "people:users": Route("system_admin", "reporter"),
    "people:user": Route(
        "office",
        "owner",
        inside=lambda cast: _id(cast.user("reporter")),
        outside=lambda cast: _id(cast.user("outsider")),
    ),
    "people:phone": Route(
        "reviewer",
        "owner",
        method="post",
        inside=lambda cast: _id(cast.user("reporter")),
        outside=lambda cast: _id(cast.user("other_reporter")),
    ),
    "people:rights": Route("owner"),
    "people:double_duty": Route("office_head", "reporter"),
}
