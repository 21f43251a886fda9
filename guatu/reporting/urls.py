"""Addresses of reporting: imports and exports."""

from django.urls import path

from guatu.reporting import doubt_views, export_views, views
from guatu.reporting import sent_views as sent
from guatu.reporting.desk.urls import urlpatterns as desk
from guatu.reporting.evidence import urls as evidence
from guatu.reporting.layouts import urls as layouts
from guatu.reporting.phone.urls import urlpatterns as phone
from guatu.reporting.review.urls import urlpatterns as review
from guatu.reporting.rhythm.urls import urlpatterns as rhythm
from guatu.reporting.watch import urls as watch

app_name = "reporting"
urlpatterns = [
    path("library/import/", views.start, name="import"),
    path("library/import/template/<str:kind>.xlsx", views.template, name="import_template"),
    path("library/import/<uuid:public_id>/", views.draft, name="import_draft"),
    path("library/import/<uuid:public_id>/columns/", views.columns, name="import_columns"),
    path("library/import/<uuid:public_id>/forget/", views.forget, name="import_forget"),
    path("library/import/<uuid:public_id>/issues.<str:ending>", views.issues, name="import_issues"),
    path("library/import/<uuid:public_id>/marked.xlsx", views.marked, name="import_marked"),
    path("library/import/<uuid:public_id>/decide/", doubt_views.decide, name="import_decide"),
    path("library/import/<uuid:public_id>/apply/", views.apply, name="import_apply"),
    path("library/import/<uuid:public_id>/recheck/", views.recheck, name="import_recheck"),
    path("library/import/<uuid:public_id>/progress/", views.progress, name="import_progress"),
    path("library/import/<uuid:public_id>/undo/", views.undo, name="import_undo"),
    path("library/import/<uuid:public_id>/discard/", views.discard, name="import_discard"),
    path("library/lists/<uuid:public_id>/export/", export_views.exchange, name="export"),
    path("library/lists/<uuid:public_id>/plan.xlsx", export_views.plan, name="export_plan"),
    path("library/lists/<uuid:public_id>/progress/", export_views.progress, name="export_progress"),
    *review,
    path("reports/workbooks/", sent.index, name="workbooks"),
    path("reports/workbooks/send/", sent.send, name="workbook_send"),
    path("reports/workbooks/receive/", sent.receive, name="workbook_receive"),
    path("reports/workbooks/returns/<uuid:public_id>/", sent.returned, name="workbook_return"),
    path("reports/workbooks/returns/<uuid:public_id>/drop/", sent.drop, name="workbook_drop"),
    *evidence.urlpatterns,
    *phone,
    *layouts.urlpatterns,
    *desk,
    *rhythm,
    *watch.urlpatterns,
]
