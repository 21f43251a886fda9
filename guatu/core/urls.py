"""Addresses of core: health, files and the system pages."""

from django.urls import path

from guatu.core import echo_views, saved_views, settings_views, today_views, undo_views, views

app_name = "core"
urlpatterns = [
    path("favicon.ico", views.favicon, name="favicon"),
    path("healthz", views.healthz, name="healthz"),
    path("today/", today_views.show, name="today"),
    path("today/guide/", today_views.guide, name="today_guide"),
    path("files/<uuid:public_id>/", views.attachment, name="attachment"),
    path("echo/<str:kind>/", echo_views.echo, name="echo"),
    path("undo/<uuid:entry_id>/", undo_views.undo, name="undo"),
    path("system/", views.system, name="system"),
    path("system/registries/", views.registries, name="registries"),
    path("system/components/", views.components, name="components"),
    path("system/settings/", settings_views.listed, name="settings"),
    path("system/settings/<str:name>/", settings_views.one, name="setting"),
    path("system/settings/<str:name>/echo/", settings_views.echo, name="setting_echo"),
    path("system/settings/<str:name>/change/", settings_views.change, name="change_setting"),
    path("system/jobs/", views.jobs, name="jobs"),
    path("system/jobs/<uuid:public_id>/", views.job, name="job"),
    path("system/jobs/<uuid:public_id>/progress/", views.job_progress, name="job_progress"),
    path("system/jobs/<uuid:public_id>/cancel/", views.cancel, name="cancel_job"),
    path("system/trail/", views.trail, name="trail"),
    path("system/trail/verify/", views.verify_trail, name="verify_trail"),
    path("system/views/save/", saved_views.save, name="save_view"),
    path("system/views/<uuid:public_id>/rename/", saved_views.rename, name="rename_view"),
    path("system/views/<uuid:public_id>/change/", saved_views.change, name="change_view"),
    path("system/views/<uuid:public_id>/share/", saved_views.share, name="share_view"),
    path("system/views/<uuid:public_id>/delete/", saved_views.delete, name="delete_view"),
    path("system/access/", views.access_log, name="access"),
]
