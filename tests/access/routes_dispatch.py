"""Routes of dispatch."""

from tests.access.routes import Route

ROUTES = {
    "dispatch:overview": Route("office", "authority"),
    "dispatch:rows": Route("office", "authority"),
    "dispatch:cut": Route("office", "authority"),
}
