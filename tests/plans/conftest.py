"""A project with people, and plans made through the product's own actions."""

from dataclasses import dataclass
from datetime import date

import pytest

from guatu.core.actor import OPERATOR
from guatu.library import actions as library
from guatu.library.models import Project
from guatu.plans import actions
from guatu.plans.content import Content, ContentLink, ContentNode
from guatu.plans.models import Plan, PlanDraft, PlanVersion
from tests.support.cast import Cast, cast

__all__ = ["cast"]
IDS = [f"00000000-0000-7000-8000-{number:012d}" for number in range(1, 60)]


def three(deadline: str | None = "2026-06-30", offset: int = 0, **first) -> Content:
    """设计 10 work days, then 招标 20, then 施工 30."""
    names = (("设计", 10), ("招标", 20), ("施工", 30))
    nodes = [
        ContentNode(id=IDS[offset + place], name=name, duration=days, weight=place + 1)
        for place, (name, days) in enumerate(names)
    ]
    if first:
        from dataclasses import replace

        nodes[0] = replace(nodes[0], **first)
    links = [ContentLink(before=nodes[place].id, after=nodes[place + 1].id) for place in (0, 1)]
    day = date.fromisoformat(deadline) if deadline else None
    return Content(nodes=tuple(nodes), links=tuple(links), deadline=day, source="三步")


@dataclass
class Desk:
    """Short ways through the actions."""

    cast: Cast

    def project(self, name: str = "青桐路快速化改造", region: str = "district", unit: str = "housing") -> Project:
        row = library.NewProject(name=name, region=self.cast.region(region), stage="preliminary")
        project = library.register_project(actor=OPERATOR, row=row, on=date(2026, 1, 1))
        if unit:
            library.assign(
                actor=OPERATOR, project=project, role="responsible", unit=self.cast.unit(unit), on=date(2026, 1, 1)
            )
        return project

    def draft(self, project: Project, content: Content | None = None, who: str = "reporter") -> PlanDraft:
        return actions.begin_draft(actor=self.cast.actor(who), project=project, content=content or three())

    def submitted(self, project: Project, content: Content | None = None, reason: str = "") -> PlanDraft:
        draft = self.draft(project, content)
        actions.submit_draft(actor=self.cast.actor("reporter"), draft=draft, seen=draft.version, reason=reason)
        return draft

    def approved(self, project: Project, content: Content | None = None, reason: str = "") -> PlanVersion:
        draft = self.submitted(project, content, reason)
        return actions.approve_draft(
            actor=self.cast.actor("office"), draft=draft, seen=draft.version, document="西重项办〔2026〕3号"
        )

    def plan(self, project: Project) -> Plan:
        return Plan.objects.get(project=project)


@pytest.fixture
def desk(cast):
    """The district's people with a responsible unit: the reporter drafts, the office approves."""
    return Desk(cast)
