"""Every route, over HTTP: an allowed post gets in, a refused one gets 403, what is out of scope does not exist."""

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import UUIDConverter

from guatu.core import reach, rights
from guatu.core.logs import as_uuid
from guatu.core.pages import ANYONE, SIGNED_IN
from guatu.people.choices import BUILT_IN_POSTS, PostKind
from tests.access.routes import ROUTES

OUTSIDE_THE_PRODUCT = ("set_language",)  # Django's own


def named_routes() -> dict[str, URLPattern]:
    """Every named page of the product; the API's operations are held to their tokens elsewhere."""
    found: dict[str, URLPattern] = {}

    def walk(patterns, prefix):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                if pattern.name and pattern.name not in OUTSIDE_THE_PRODUCT:
                    assert prefix + pattern.name not in found, f"{prefix}{pattern.name} names two routes"
                    found[prefix + pattern.name] = pattern
            elif not (pattern.namespace or "").startswith("api"):
                walk(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)

    walk(get_resolver().url_patterns, "")
    return found


NAMED = named_routes()
WITH_REFUSED = sorted(name for name, route in ROUTES.items() if route.refused)
WITH_ID = {UUIDConverter}
WITH_OUTSIDE = sorted(name for name, route in ROUTES.items() if route.outside)


def ask(cast, who, name, parts):
    route = ROUTES[name]
    client = cast.client(who)
    return getattr(client, route.method)(reverse(name, kwargs=parts), route.data(cast))


def access_of(name):
    return NAMED[name].callback.guatu_access


def test_every_named_route_is_listed_here_and_none_that_is_gone():
    assert sorted(ROUTES) == sorted(NAMED)


@pytest.mark.parametrize("name", sorted(NAMED))
def test_every_route_declares_its_access(name):
    assert access_of(name).right


@pytest.mark.parametrize("name", sorted(name for name in NAMED if name in ROUTES))
def test_a_route_that_a_right_guards_is_tried_with_somebody_refused(name):
    right = access_of(name).right
    if right in (ANYONE, SIGNED_IN):
        assert not ROUTES[name].refused
        return
    holders = next(row.grants for row in rights.table() if row.action == right)
    everybody = set(holders) >= {kind for kind in PostKind if kind not in BUILT_IN_POSTS}
    assert ROUTES[name].refused or everybody, f"{name}: {right} is not everybody's, so name somebody refused"


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_an_allowed_post_gets_in(cast, name):
    route = ROUTES[name]
    answer = ask(cast, route.allowed, name, route.inside(cast))
    assert answer.status_code in route.status
    if answer.status_code == 302 and name != "people:sign_out":
        assert "/login/" not in answer.url


@pytest.mark.parametrize("name", WITH_REFUSED)
def test_a_refused_post_is_told_so(cast, name):
    route = ROUTES[name]
    assert ask(cast, route.refused, name, route.inside(cast)).status_code == 403


NAMING = sorted(
    name for name in WITH_REFUSED if WITH_ID.intersection(map(type, NAMED[name].pattern.converters.values()))
)
REFUSED_OUTSIDE = sorted(set(NAMING) & set(WITH_OUTSIDE))


@pytest.mark.parametrize("name", NAMING)
def test_the_object_of_every_route_that_refuses_somebody_is_of_a_kind_whose_reach_is_known(cast, name):
    key = next(part for part in ROUTES[name].inside(cast).values() if as_uuid(str(part)))
    assert reach.kind_of(as_uuid(str(key))), f"{name}: declare whom its object is in reach of (guatu.core.reach)"


@pytest.mark.parametrize("name", REFUSED_OUTSIDE)
def test_what_is_out_of_scope_does_not_exist_for_who_lacks_the_right_either(cast, name):
    route = ROUTES[name]
    parts = route.outside(cast)
    key, actor = as_uuid(str(next(iter(parts.values())))), cast.actor(route.refused)
    kind = reach.kind_of(key)
    reads = kind is None or rights.can(actor, kind.right).allowed
    within = kind is not None and kind.reach(actor).filter(public_id=key).exists()  # an administrator sees all jobs
    assert ask(cast, route.refused, name, parts).status_code == (404 if reads and not within else 403)


def test_most_routes_are_tried_with_somebody_who_reads_such_objects_elsewhere(cast):
    blind = {"system_admin", "reporter", "owner", "authority"}  # who read no such objects at all, here or there
    assert sum(ROUTES[name].refused not in blind for name in REFUSED_OUTSIDE) >= 15


@pytest.mark.parametrize("name", WITH_OUTSIDE)
def test_what_is_out_of_scope_does_not_exist(cast, name):
    route = ROUTES[name]
    assert ask(cast, route.allowed, name, route.outside(cast)).status_code == 404


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_nobody_gets_in_without_signing_in(cast, name):
    if access_of(name).right == ANYONE:
        assert ROUTES[name].allowed == "guest" or name == "people:sign_out"
        return
    answer = ask(cast, "guest", name, ROUTES[name].inside(cast))
    assert answer.status_code == 302
    assert answer.url.startswith("/login/")
