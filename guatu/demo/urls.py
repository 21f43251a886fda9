"""Addresses of the founding scenarios."""

from django.urls import path

from guatu.demo import views

app_name = "demo"
urlpatterns = [path("figures/printed/", views.printed, name="printed")]
