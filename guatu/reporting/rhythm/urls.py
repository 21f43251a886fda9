"""Addresses of rules of reporting, of chasing, of phoned-in figures and of the burden."""

from django.urls import path

from guatu.reporting.rhythm_views import burden, chase, phoned, rules

urlpatterns = [
    path("reports/rules/", rules.index, name="rules"),
    path("reports/rules/new/", rules.begin, name="begin_rule"),
    path("reports/rules/<uuid:public_id>/", rules.show, name="rule"),
    path("reports/rules/<uuid:public_id>/edit/", rules.edit, name="edit_rule"),
    path("reports/rules/<uuid:public_id>/next/", rules.follow, name="follow_rule"),
    path("reports/rules/<uuid:public_id>/adopt/", rules.adopt, name="adopt_rule"),
    path("reports/rules/<uuid:public_id>/end/", rules.end, name="end_rule"),
    path("reports/chase/", chase.index, name="chase"),
    path("reports/chase/estimates/", chase.estimates, name="chase_estimates"),
    path("reports/chase/<str:period>/", chase.rows, name="chase_rows"),
    path("reports/chase/<str:period>/phones/", chase.phones, name="chase_phones"),
    path("reports/phoned/<uuid:public_id>/<str:period>/", phoned.enter, name="phone_in"),
    path("reports/phoned/<uuid:public_id>/<str:period>/confirm/", phoned.confirm, name="phoned"),
    path("reports/burden/", burden.index, name="burden"),
]
