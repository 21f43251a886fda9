"""All addresses, joined from the packages."""

from django.urls import URLPattern, URLResolver, include, path

from guatu.config.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("guatu.core.urls")),
    path("api/v1/", api.urls),
]
