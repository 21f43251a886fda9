"""Core's pages with posts that need no sign-in."""

import pytest

from guatu.core.actor import Way
from guatu.people.models import User
from tests.support.actors import post, sign_in


@pytest.fixture
def system(settings):
    """Core's own addresses, asked for as whoever `sign_in` names."""
    settings.ROOT_URLCONF = "tests.core.system_urls"
    swapped = "tests.support.actors.SignedInMiddleware"
    settings.MIDDLEWARE = [swapped if "ActorMiddleware" in name else name for name in settings.MIDDLEWARE]
    yield sign_in
    sign_in(None)


@pytest.fixture
def people(db):
    """Three persons with their posts: an office's head, a clerk of a unit, the system's administrator."""
    users = [User.objects.create(username=name, name=name, password="!") for name in ("head", "clerk", "admin")]
    kinds = ("office_head", "reporter", "system_admin")
    made = [
        post(kind, user_id=user.pk, post_id=place + 1, region_path="410300/", way=Way.PAGE)
        for place, (kind, user) in enumerate(zip(kinds, users, strict=True))
    ]
    return dict(zip(("head", "clerk", "admin"), made, strict=True))
