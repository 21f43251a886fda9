"""Addresses of the reporter's desk."""

from django.urls import path

from guatu.reporting import desk_form_views as form
from guatu.reporting import desk_views as desk

urlpatterns = [
    path("reports/", desk.sheet, name="sheet"),
    path("reports/submit/", desk.submit, name="sheet_submit"),
    path("reports/<uuid:public_id>/<str:period>/", form.form, name="report_form"),
    path("reports/<uuid:public_id>/<str:period>/keep/", desk.keep_row, name="sheet_keep"),
    path("reports/<uuid:public_id>/<str:period>/take-back/", form.take_back, name="report_take_back"),
]
