"""Addresses of plans."""

from django.urls import path

from guatu.plans.views import closures, drafts, feed, files, items, nodes, papers, templates

app_name = "plans"
urlpatterns = [
    path("plans/papers/", papers.papers, name="papers"),
    path("plans/papers/paper.<slug:ending>", papers.paper, name="paper"),
    path("plans/papers/order/<slug:ending>/", papers.order, name="paper_order"),
    path("plans/papers/made/<uuid:public_id>/", papers.paper_made, name="paper_made"),
    path("plans/feed/<str:token>.ics", feed.feed, name="feed"),
    path("plans/templates/", templates.templates, name="templates"),
    path("plans/templates/<uuid:public_id>/", templates.own_template, name="own_template"),
    path("plans/templates/<slug:code>/", templates.ready, name="ready_template"),
    path("plans/<uuid:public_id>/draft/", drafts.draft, name="draft"),
    path("plans/<uuid:public_id>/draft/begin/", drafts.begin, name="begin"),
    path("plans/<uuid:public_id>/draft/preview/", drafts.preview, name="preview"),
    path("plans/<uuid:public_id>/draft/decide/", drafts.decide, name="decide"),
    path("plans/<uuid:public_id>/plan.<slug:ending>", files.download, name="download"),
    path("plans/<uuid:public_id>/upload/", files.upload, name="upload"),
    path("plans/<uuid:public_id>/closures/", closures.add, name="closure"),
    path("plans/<uuid:public_id>/closures/<uuid:closure_id>/", closures.end, name="closure_end"),
    path("plans/<uuid:public_id>/template/", nodes.template, name="template"),
    path("plans/<uuid:public_id>/nodes/<uuid:node_id>/", nodes.node, name="node"),
    path("plans/<uuid:public_id>/nodes/<uuid:node_id>/items/", items.items, name="items"),
]
