"""Routes of the founding scenarios."""

from tests.access.routes import Route

ROUTES = {"demo:printed": Route("office", "authority")}
