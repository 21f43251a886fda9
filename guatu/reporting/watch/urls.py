"""Addresses of watches and of stamped sheets."""

from django.urls import path

from guatu.reporting import stamped_views as stamped
from guatu.reporting import watch_sheet_views as sheet
from guatu.reporting import watch_views as views

urlpatterns = [
    path("reports/watches/", views.index, name="watches"),
    path("reports/watches/new/", views.make, name="watch_make"),
    path("reports/watches/<uuid:public_id>/", views.show, name="watch"),
    path("reports/watches/<uuid:public_id>/change/", views.change, name="watch_change"),
    path("reports/watches/<uuid:public_id>/end/", views.end, name="watch_end"),
    path("reports/watches/<uuid:public_id>/withdraw/", views.withdraw, name="watch_withdraw"),
    path("reports/watches/<uuid:public_id>/day/<str:day>/", sheet.day, name="watch_day"),
    path("reports/watches/<uuid:public_id>/day/<str:day>/table.<str:ending>", sheet.file, name="watch_file"),
    path("reports/stamped/", stamped.index, name="stamped"),
    path("reports/stamped/print/", stamped.make, name="stamped_print"),
    path("reports/stamped/receive/", stamped.receive, name="stamped_receive"),
    path("reports/stamped/<uuid:public_id>/", stamped.sheet, name="stamped_sheet"),
    path("reports/stamped/<uuid:public_id>/paper.pdf", stamped.paper, name="stamped_paper"),
    path("reports/stamped/<uuid:public_id>/count/<uuid:return_id>/", stamped.count, name="stamped_count"),
]
