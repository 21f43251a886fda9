"""Addresses of evidence, findings and their rules."""

from django.urls import path

from guatu.reporting import evidence_views as evidence
from guatu.reporting import finding_views as findings

urlpatterns = [
    path("reports/evidence/", evidence.index, name="evidence"),
    path("reports/evidence/hand-in/<uuid:public_id>/", evidence.hand_in, name="hand_in_evidence"),
    path("reports/evidence/<uuid:public_id>/", evidence.show, name="evidence_piece"),
    path("reports/evidence/<uuid:public_id>/view.jpg", evidence.picture, name="evidence_picture"),
    path("reports/evidence/<uuid:public_id>/withdraw/", evidence.withdraw, name="withdraw_evidence"),
    path("reports/findings/", findings.index, name="findings"),
    path("reports/findings/<uuid:public_id>/", findings.finding, name="finding"),
    path("reports/evidence-rules/", findings.rules, name="evidence_rules"),
    path("reports/evidence-rules/adopt/", findings.adopt, name="adopt_evidence_rules"),
    path("reports/evidence-rules/new/", findings.add_rule, name="add_evidence_rule"),
    path("reports/evidence-rules/<uuid:public_id>/", findings.edit_rule, name="evidence_rule"),
    path("reports/evidence-rules/<uuid:public_id>/end/", findings.end_rule, name="end_evidence_rule"),
]
