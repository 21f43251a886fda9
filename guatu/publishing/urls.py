"""Addresses of bulletins."""

from django.urls import path

from guatu.publishing import views

app_name = "publishing"
urlpatterns = [
    path("bulletins/", views.index, name="bulletins"),
    path("bulletins/new/", views.new, name="new"),
    path("bulletins/<uuid:public_id>/", views.show, name="bulletin"),
    path("bulletins/<uuid:public_id>/edit/", views.edit, name="edit"),
    path("bulletins/<uuid:public_id>/resolve/", views.resolve, name="resolve"),
    path("bulletins/<uuid:public_id>/rebuild/", views.rebuild, name="rebuild"),
    path("bulletins/<uuid:public_id>/return/", views.take_back, name="return"),
    path("bulletins/<uuid:public_id>/issue/", views.issue, name="issue"),
    path("bulletins/<uuid:public_id>/archive/", views.archive, name="archive"),
    path("bulletins/<uuid:public_id>/withdraw/", views.withdraw, name="withdraw"),
    path("bulletins/<uuid:public_id>/file/<slug:which>/", views.file, name="file"),
]
