"""Addresses of rules of lights, of projects' targets, and of papers that others published."""

from django.urls import path

from guatu.figures import (
    light_project_views,
    published_load_views,
    published_views,
    rule_edit_views,
    target_sheet_views,
    target_views,
)
from guatu.figures import light_views as views

app_name = "figures"
urlpatterns = [
    path("dispatch/published/", published_views.published, name="published"),
    path("dispatch/published/load/", published_load_views.load, name="published_load"),
    path("dispatch/published/<slug:key>/", published_views.published_paper, name="published_paper"),
    path("figures/lights/rules/", views.index, name="light_rules"),
    path("figures/lights/rules/new/", views.draft, name="draft_light_rules"),
    path("figures/lights/rules/<uuid:public_id>/", views.show, name="light_rule_set"),
    path("figures/lights/rules/<uuid:public_id>/next/", views.follow, name="follow_light_rules"),
    path("figures/lights/rules/<uuid:public_id>/edit/", rule_edit_views.edit, name="edit_light_rules"),
    path("figures/lights/rules/<uuid:public_id>/adopt/", views.adopt, name="adopt_light_rules"),
    path("figures/lights/projects/<uuid:public_id>/", light_project_views.project_lights, name="project_lights"),
    path("figures/lights/projects/<uuid:public_id>/explain/", light_project_views.explain, name="explain_light"),
    path("figures/lights/projects/<uuid:public_id>/exempt/", light_project_views.exempt, name="exempt_light"),
    path("figures/targets/<uuid:project>/<uuid:annual_list>/profile/", target_views.profile, name="target_profile"),
    path("figures/targets/<uuid:project>/<uuid:annual_list>/amounts/", target_views.amounts, name="target_amounts"),
    path("library/lists/<uuid:public_id>/targets/", target_sheet_views.sheet, name="target_sheet"),
    path("library/lists/<uuid:public_id>/targets/issue/", target_sheet_views.issue, name="issue_target_sheet"),
    path(
        "library/lists/<uuid:public_id>/targets/<uuid:sheet_id>.<slug:kind>",
        target_sheet_views.paper,
        name="target_paper",
    ),
]
