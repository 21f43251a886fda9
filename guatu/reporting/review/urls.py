"""Addresses of the review."""

from django.urls import path

from guatu.reporting import review_views as views

urlpatterns = [
    path("reports/review/", views.index, name="review"),
    path("reports/review/decide/", views.decide, name="review_decide"),
    path("reports/list/", views.listed, name="reports"),
    path("reports/report/<uuid:public_id>/", views.report, name="report"),
    path("reports/report/<uuid:public_id>/return/", views.give_back, name="report_return"),
    path("reports/report/<uuid:public_id>/take-back/", views.take_back, name="review_take_back"),
    path("reports/report/<uuid:public_id>/correct/", views.correct, name="report_correct"),
]
