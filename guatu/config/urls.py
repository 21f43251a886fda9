"""All addresses, joined from the packages."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("guatu.people.urls")),
    path("", include("guatu.dispatch.urls")),
]
