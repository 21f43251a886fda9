"""Routes of rules of lights and of targets."""

from datetime import date

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.figures import actions
from guatu.figures.published import read_text
from guatu.figures.queries import papers
from guatu.library.models import AnnualList, ListEntry, Project
from guatu.plans.actions import issue_target_sheet
from tests.access.routes import Route
from tests.figures.bulletins import qinshui
from tests.support.cast import Cast


def _paper(cast: Cast) -> dict[str, str]:
    actions.record_published(actor=OPERATOR, rows=read_text(qinshui()))
    return {"key": papers()[0].key}


def _draft(cast: Cast, region: str):
    row = actions.draft_light_rules(actor=OPERATOR, region=cast.region(region), preset="wuhan")
    return {"public_id": row.public_id}


def _ours(cast: Cast):
    return _draft(cast, "district")


def _theirs(cast: Cast):
    return _draft(cast, "other_district")


def _listed(cast: Cast, region: str):
    place = cast.region(region)
    annual = AnnualList.objects.create(level="district", region=place, year=2026, name="名单")
    dated = {"effective_on": date(2026, 1, 1), "booked_on": date(2026, 1, 1), "recorded_at": clock.now()}
    project = Project.objects.create(name="甲", initials="j", sort_key="jia", match_key="甲", region=place)
    ListEntry.objects.create(annual_list=annual, project=project, planned_investment=10**8, **dated)
    return annual, project


def _lit(cast: Cast, region: str):
    return {"public_id": _listed(cast, region)[1].public_id}


def _our_light(cast: Cast):
    return _lit(cast, "district")


def _their_light(cast: Cast):
    return _lit(cast, "other_district")


def _target(cast: Cast, region: str):
    annual, project = _listed(cast, region)
    return {"project": project.public_id, "annual_list": annual.public_id}


def _our_target(cast: Cast):
    return _target(cast, "district")


def _their_target(cast: Cast):
    return _target(cast, "other_district")


def _our_list(cast: Cast):
    return {"public_id": _listed(cast, "district")[0].public_id}


def _their_list(cast: Cast):
    return {"public_id": _listed(cast, "other_district")[0].public_id}


def _sheet(cast: Cast, region: str):
    annual, _project = _listed(cast, region)
    sheet = issue_target_sheet(actor=OPERATOR, annual_list=annual, document_number="3号", issued_on=date(2026, 1, 5))
    return {"public_id": annual.public_id, "sheet_id": sheet.public_id, "kind": "docx"}


def _our_sheet(cast: Cast):
    return _sheet(cast, "district")


def _their_sheet(cast: Cast):
    return _sheet(cast, "other_district")


ROUTES = {
    "figures:published": Route("office", "authority"),
    "figures:published_load": Route("office", "supervision"),
    "figures:published_paper": Route("office", "authority", inside=_paper),
    "figures:target_profile": Route("office", "supervision", inside=_our_target, outside=_their_target),
    "figures:target_amounts": Route("office", "supervision", inside=_our_target, outside=_their_target),
    "figures:target_sheet": Route("office", "system_admin", inside=_our_list, outside=_their_list),
    "figures:issue_target_sheet": Route("office_head", "office", inside=_our_list, outside=_their_list),
    "figures:target_paper": Route("office", "system_admin", inside=_our_sheet, outside=_their_sheet),
    "figures:project_lights": Route("office", "system_admin", inside=_our_light, outside=_their_light),
    "figures:explain_light": Route("office", "supervision", inside=_our_light, outside=_their_light),
    "figures:exempt_light": Route("office_head", "office", inside=_our_light, outside=_their_light),
    "figures:light_rules": Route("reporter", "system_admin"),
    "figures:light_rule_set": Route("office", "system_admin", inside=_ours, outside=_theirs),
    "figures:draft_light_rules": Route("office", "reporter"),
    "figures:follow_light_rules": Route("office", "reporter", inside=_ours, outside=_theirs, method="post"),
    "figures:edit_light_rules": Route("office", "reporter", inside=_ours, outside=_theirs),
    "figures:adopt_light_rules": Route("office_head", "office", inside=_ours, outside=_theirs),
}
