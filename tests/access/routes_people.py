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


def _closure(region):
    return _id(
        actions.add_closure(
            actor=OPERATOR,
            words="防汛停工",
            region=region,
            starts_on=date(2026, 7, 20),
            ends_on=date(2026, 7, 25),
            document="防汛通知",
        )
    )


def _sitting(region):
    return _id(actions.add_sitting(actor=OPERATOR, name="常务会", region=region, weekdays=[2]))


def _feed(cast: Cast, name: str):
    return _id(actions.issue_feed(actor=cast.actor(name), post=cast.post(name))[0])


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
    "people:issue_feed": Route(
        "reporter",
        method="post",
        inside=lambda cast: _id(cast.post("reporter")),
        outside=lambda cast: _id(cast.post("reviewer")),
    ),
    "people:withdraw_feed": Route(
        "reporter",
        method="post",
        inside=lambda cast: _feed(cast, "reporter"),
        outside=lambda cast: _feed(cast, "reviewer"),
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
    "people:calendar": Route("owner"),
    "people:calendar_year": Route("system_admin", "office", inside=lambda cast: {"year": 2027}),
    "people:closure": Route(
        "office",
        inside=lambda cast: _closure(cast.region("district")),
        outside=lambda cast: _closure(cast.region("other_district")),
    ),
    "people:sitting": Route(
        "office",
        inside=lambda cast: _sitting(cast.region("district")),
        outside=lambda cast: _sitting(cast.region("other_district")),
    ),
    "people:double_duty": Route("office_head", "reporter"),
}
