"""Addresses of the phone's page."""

from django.urls import path

from guatu.reporting import phone_views as views

urlpatterns = [
    path("phone/", views.shell, name="phone"),
    path("phone/sw.js", views.worker, name="phone_worker"),
    path("phone/manifest.webmanifest", views.manifest, name="phone_manifest"),
]
