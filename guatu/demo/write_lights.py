"""Carrying out what concerns lights: the district's rules, exemptions by the office's head, what units say."""

from collections.abc import Collection
from datetime import timedelta

from guatu.core.actor import Actor
from guatu.demo import lights
from guatu.demo.model import LightAnswers, LightRules
from guatu.figures import actions
from guatu.figures.queries.lit import lights_on
from guatu.library.models import Project
from guatu.people.models import Region

EXCUSED_FOR = timedelta(days=45)


def adopt(deed: LightRules, region: Region, office: Actor, head: Actor) -> None:
    """The office drafts the district's rules from a preset, its head puts them in force."""
    row = actions.draft_light_rules(actor=office, region=region, preset=lights.PRESET)
    actions.change_light_rules(actor=office, row=row, seen=row.version, name=lights.NAME, rules=dict(lights.RULES))
    approved_by = lights.APPROVED_BY.format(year=deed.valid_from.year)
    actions.adopt_light_rules(
        actor=head, row=row, seen=row.version, valid_from=deed.valid_from, approved_by=approved_by
    )


def answer(deed: LightAnswers, projects: Collection[Project], office: Actor, head: Actor) -> None:
    """Two reds are excused for a reason; of the next ones the office notes what their units say."""
    day = deed.at.date()
    found = lights_on(day)
    of = {colour: [row for row in projects if row.pk in found and found[row.pk].colour == colour] for colour in _WORST}
    warned = [row for colour in _WORST for row in of[colour]]
    excuses = len(lights.EXCUSES)
    for project, reason in zip(warned[:excuses], lights.EXCUSES, strict=False):
        start, by = day - timedelta(days=1), "区重点项目建设领导小组（演示）"
        actions.exempt_light(
            actor=head, project=project, start=start, end=day + EXCUSED_FOR, reason=reason, approved_by=by
        )
    for project, said in zip(warned[excuses:], lights.SAID, strict=False):
        actions.explain_light(actor=office, project=project, on=day, text=said)


_WORST = ("red", "yellow")
