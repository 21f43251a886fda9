"""Addresses of dispatch."""

from django.urls import path

from guatu.dispatch import views

app_name = "dispatch"
urlpatterns = [
    path("dispatch/", views.overview, name="overview"),
    path("dispatch/rows/", views.rows, name="rows"),
    path("dispatch/cut/", views.cut, name="cut"),
]
