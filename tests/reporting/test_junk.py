"""Random junk in every address and form of reporting is answered, never with a fault of ours."""

import re
import traceback

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from tests.access.routes import ROUTES
from tests.access.test_routes import NAMED
from tests.reporting.junk import junk_of
from tests.support.cast import cast

__all__ = ["cast"]

OURS = sorted(name for name in NAMED if name.startswith("reporting:"))
FIELD = re.compile(r'name="([\w.\-]+)"')


@pytest.fixture
def place(cast, settings, tmp_path):
    """The cast, whose files go nowhere else."""
    settings.DATA_DIR = tmp_path
    return cast


def names_on(client, url):
    """The fields of the page of an address."""
    answer = client.get(url)
    return (
        FIELD.findall(answer.content.decode()) if answer.status_code == 200 and "html" in answer["Content-Type"] else []
    )


def ask(client, name, junk, route, inside, data, names):
    """One request; nothing where a slash in a part makes it another address, else what is wrong with the answer."""
    parts = junk.parts(NAMED[name], inside) if inside else {}
    try:
        url = reverse(name, kwargs=parts)
    except NoReverseMatch:
        return None
    method = junk.chance.choice((route.method, route.method, "get", "post"))
    headers = {"HX-Request": "true"} if junk.chance.random() < 0.2 else {}
    said = junk.fields(names, data)
    try:
        answer = getattr(client, method)(url, said, headers=headers)
    except Exception:  # whatever it is, it would be a page of ours that says "fault"
        return [f"{name}: {method} {url} {str(said)[:800]}\n{traceback.format_exc(limit=-6)}"]
    return [f"{name}: {method} {url} {str(said)[:800]}"] if answer.status_code >= 500 else []


def tried(cast, junk, count, routes=OURS):
    """Ask each route of reporting with junk, as who may open it; how many answers came, and the faults."""
    answers, faults = 0, []
    for name in routes:
        route, kept = ROUTES[name], transaction.savepoint()
        client = cast.client(route.allowed)
        inside, data = route.inside(cast), route.data(cast)
        names = names_on(client, reverse(name, kwargs=inside))
        for number in range(count):
            told = ask(client, name, next(junk), route, inside, data, names)
            answers += told is not None
            faults += told or []
            if number % 10 == 0:
                cache.clear()  # limits of requests a minute are not what is tried here
        transaction.savepoint_rollback(kept)
    return answers, faults


def test_junk_is_answered(place):
    answers, faults = tried(place, junk_of(6), 2)
    assert not faults, "\n\n".join(faults)
    assert answers >= len(OURS)


@pytest.mark.parametrize("sent", ["9" * 5000, "²", "-1", "", "x"])
@pytest.mark.parametrize("name", ["report_take_back", "review_take_back", "phoned", "review_decide"])
def test_a_version_that_is_no_number_is_an_old_one(place, name, sent):
    route = ROUTES[f"reporting:{name}"]
    url, data = reverse(f"reporting:{name}", kwargs=route.inside(place)), route.data(place)
    told = {key: f"{value.partition(':')[0]}:{sent}" for key, value in data.items() if key == "report"}
    do = "confirm" if name == "phoned" else "check"
    answer = place.client(route.allowed).post(url, {"do": do, **told, "seen": sent})
    assert answer.status_code in (409, 422)


@pytest.mark.slow
@pytest.mark.parametrize("name", OURS)
def test_a_lot_of_junk_is_answered(place, times, seed, name):
    answers, faults = tried(place, junk_of(seed), times(400), (name,))
    assert not faults, "\n\n".join(faults)
    assert answers > 0
