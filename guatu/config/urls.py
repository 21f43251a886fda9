"""All addresses: those of every package that has a `urls` module, in the order of the layers, and the API."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from guatu.config.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    *(path("", include(f"{app}.urls")) for app in settings.GUATU_APPS if find_spec(f"{app}.urls") is not None),
    path("language/", set_language, name="set_language"),
    path("api/v1/", api.urls),
]

handler400 = "guatu.core.errors.bad_request"
handler403 = "guatu.core.errors.forbidden"
handler404 = "guatu.core.api_problems.not_found"
handler500 = "guatu.core.errors.server_error"
