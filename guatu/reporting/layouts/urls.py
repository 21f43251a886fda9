"""Addresses of other systems' sheets."""

from django.urls import path

from guatu.reporting.layout_views import columns, filled, index, returns

urlpatterns = [
    path("reports/layouts/", index.layouts, name="layouts"),
    path("reports/layouts/use/", index.use, name="layout_use"),
    path("reports/layouts/upload/", index.upload, name="layout_upload"),
    path("reports/layouts/<uuid:public_id>/", filled.layout, name="layout"),
    path("reports/layouts/<uuid:public_id>/book/", filled.book, name="layout_book"),
    path("reports/layouts/<uuid:public_id>/layout.json", index.file, name="layout_file"),
    path("reports/layouts/<uuid:public_id>/columns/", columns.columns, name="layout_columns"),
    path("reports/layouts/<uuid:public_id>/stop/", index.stop, name="layout_stop"),
    path("reports/layouts/<uuid:public_id>/receive/", returns.receive, name="layout_receive"),
    path("reports/layouts/returns/<uuid:public_id>/", returns.returned, name="layout_return"),
    path("reports/layouts/returns/<uuid:public_id>/drop/", returns.drop, name="layout_return_drop"),
    path("reports/layouts/returns/<uuid:public_id>/withdraw/", returns.withdraw, name="layout_return_withdraw"),
]
