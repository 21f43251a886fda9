"""Routes of the phone's page: the same for everybody, without data."""

from tests.access.routes import Route

ROUTES = {
    "reporting:phone": Route("guest"),
    "reporting:phone_worker": Route("guest"),
    "reporting:phone_manifest": Route("guest"),
}
