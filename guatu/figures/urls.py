"""Addresses of rules of lights."""

from django.urls import path

from guatu.figures import light_views as views

app_name = "figures"
urlpatterns = [
    path("figures/lights/rules/", views.index, name="light_rules"),
    path("figures/lights/rules/new/", views.draft, name="draft_light_rules"),
    path("figures/lights/rules/<uuid:public_id>/", views.show, name="light_rule_set"),
    path("figures/lights/rules/<uuid:public_id>/next/", views.follow, name="follow_light_rules"),
    path("figures/lights/rules/<uuid:public_id>/edit/", views.edit, name="edit_light_rules"),
    path("figures/lights/rules/<uuid:public_id>/adopt/", views.adopt, name="adopt_light_rules"),
]
