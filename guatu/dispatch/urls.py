"""Addresses of dispatch."""

from django.urls import path

from guatu.dispatch import chain_views, list_views, record_views, views
from guatu.dispatch import wall_move_views as moves
from guatu.dispatch import wall_views as wall

app_name = "dispatch"
urlpatterns = [
    path("", views.home, name="home"),
    path("dispatch/", views.overview, name="overview"),
    path("dispatch/rows/", views.rows, name="rows"),
    path("dispatch/lagging/", views.lagging, name="lagging"),
    path("dispatch/cut/", views.cut, name="cut"),
    path("dispatch/lists/", list_views.lists, name="lists"),
    path("dispatch/targets/", chain_views.chain, name="chain"),
    path("dispatch/targets/rows/", chain_views.chain_rows, name="chain_rows"),
    path("dispatch/bases/", record_views.bases, name="bases"),
    path("dispatch/snapshots/", record_views.snapshots, name="snapshots"),
    path("dispatch/snapshots/<uuid:public_id>/", record_views.snapshot, name="snapshot"),
    path("dispatch/outside/", record_views.outside, name="outside"),
    path("wallchart/", wall.wallchart, name="wallchart"),
    path("wallchart/print/<slug:paper>/", wall.wallchart_print, name="wallchart_print"),
    path("wallchart/move/", moves.move, name="wallchart_move"),
    path("wallchart/keep/", moves.keep, name="wallchart_keep"),
    path("wallchart/projects/<uuid:public_id>/print/<slug:paper>/", wall.project_print, name="wallchart_project"),
]
