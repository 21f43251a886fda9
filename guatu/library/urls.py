"""Addresses of the library."""

from django.urls import path

from guatu.library.views import closing, documents, edit, gates, lists, projects

app_name = "library"
urlpatterns = [
    path("library/", projects.projects, name="projects"),
    path("library/projects/new/", edit.register, name="register"),
    path("library/projects/<uuid:public_id>/", projects.project, name="project"),
    path("library/projects/<uuid:public_id>/change/", edit.change, name="change"),
    path("library/projects/<uuid:public_id>/profile/", edit.profile, name="profile"),
    path("library/projects/<uuid:public_id>/stage/", edit.stage, name="stage"),
    path("library/projects/<uuid:public_id>/stage/withdraw/", edit.withdraw_stage, name="withdraw_stage"),
    path("library/projects/<uuid:public_id>/assign/", edit.assign, name="assign"),
    path("library/projects/<uuid:public_id>/file.zip", projects.file, name="file"),
    path("library/projects/<uuid:public_id>/exit/", documents.leave, name="exit"),
    path("library/options/", edit.options, name="options"),
    path("library/assignments/move/", documents.move, name="move"),
    path("library/gates/", gates.gates, name="gates"),
    path("library/gates/new/", gates.declare, name="declare_gate"),
    path("library/lists/", lists.lists, name="lists"),
    path("library/lists/new/", lists.make, name="make_list"),
    path("library/lists/<uuid:public_id>/", lists.one, name="list"),
    path("library/lists/<uuid:public_id>/settings/", lists.settings, name="list_settings"),
    path("library/lists/<uuid:public_id>/batch/", lists.batch, name="list_batch"),
    path("library/lists/<uuid:public_id>/check-point/", lists.check_point, name="list_check_point"),
    path("library/lists/<uuid:public_id>/enter/", documents.enter, name="list_enter"),
    path("library/lists/<uuid:public_id>/amend/", documents.amend, name="list_amend"),
    path("library/lists/<uuid:public_id>/issue/", documents.issue, name="list_issue"),
    path("library/lists/<uuid:public_id>/carry/", documents.carry, name="list_carry"),
    path("library/lists/<uuid:public_id>/close/", closing.close, name="list_close"),
    path("library/closings/<uuid:public_id>/ask/", closing.ask, name="closing_ask"),
    path("library/closings/<uuid:public_id>/reopen/", closing.reopen, name="closing_reopen"),
]
