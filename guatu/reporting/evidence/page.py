"""What pages show of evidence: beside a report or node, one piece with its words, a project's photos by time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.domain.prints import SIGNS
from guatu.library.models import Project
from guatu.library.policies import can_do
from guatu.plans.models import Node
from guatu.reporting.choices import EvidenceKind
from guatu.reporting.models import Evidence, EvidenceFinding, Report
from guatu.reporting.policies import evidence_projects
from guatu.reporting.queries.evidence import Lack, lacks_of_node, lacks_of_project, lacks_of_report, shown_of

LINE_MOST = 400  # photos on a project's line


@dataclass(frozen=True, slots=True)
class EvidenceField:
    """What stands beside a report or node: pieces, what is lacking, and where more is handed in ("": not by the actor).

    Drawn by `reporting/evidence/field.html` with this as `field`.
    """

    pieces: list[Evidence]
    lacks: list[Lack]
    add_url: str


def evidence_of(about: Report | Node, actor: Actor) -> EvidenceField:
    """The pieces of a report or node that the actor may see, and what is still lacking."""
    if isinstance(about, Report):
        project, name, lacks = about.project, "report", lacks_of_report(about)
    else:
        project, name, lacks = about.plan.project, "node", lacks_of_node(about)
    may_add = can_do(actor, "reporting.claim", project).allowed
    url = f"{hand_in_url(project)}?{urlencode({name: str(about.public_id)})}" if may_add else ""
    return EvidenceField(list(shown_of(actor, **{name: about})), lacks, url)


def hand_in_url(project: Project) -> str:
    """Where evidence of a project is handed in."""
    return reverse("reporting:hand_in_evidence", args=[project.public_id])


def words_of_finding(finding: EvidenceFinding) -> str:
    """What a finding asks to look at, in a sentence."""
    params = finding.params
    if finding.code == "evidence.reused":
        alike = 100 * (SIGNS - params.get("signs", 0)) // SIGNS
        return _("与以前交过的一张很像（相似 {alike}%）").format(alike=alike)
    words = {
        "evidence.before_period": _("照片记录的拍摄日 {taken} 早于报告期起始日 {begins}"),
        "evidence.after_report": _("照片记录的拍摄日 {taken} 晚于交存日 {handed_in}，可能是手机时间不准"),
        "evidence.off_site": _("照片记录的位置离场址 {metres} 米，超过 {tolerance} 米"),
    }
    return words[finding.code].format(**params)


# -- a project's photos by time ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Group:
    """Photos of one month or one node, in the order of their days."""

    words: str
    photos: list[Evidence]


def photo_line(actor: Actor, project: Project, params: Mapping[str, str]) -> dict[str, Any]:
    """The tab 现场照片: photos by month or node, two of them on top of each other, and what nodes still lack."""
    if not evidence_projects(actor).filter(pk=project.pk).exists():
        return {"hidden": True}
    photos = list(shown_of(actor, project=project, kind=EvidenceKind.PHOTO).exclude(thumbnail=None)[:LINE_MOST])[::-1]
    by_node = params.get("by") == "node"
    before = _picked(photos, params.get("before", ""), 0)
    after = _picked(photos, params.get("after", ""), -1)
    may_add = can_do(actor, "reporting.claim", project).allowed
    return {
        "photos": photos,
        "groups": _groups(photos, by_node),
        "by_node": by_node,
        "before": before,
        "after": after if after != before else None,
        "lacks": lacks_of_project(project),
        "papers": shown_of(actor, project=project).exclude(kind=EvidenceKind.PHOTO)[:LINE_MOST],
        "add_url": hand_in_url(project) if may_add else "",
    }


def _picked(photos: list[Evidence], wanted: str, otherwise: int) -> Evidence | None:
    named = next((row for row in photos if str(row.public_id) == wanted), None)
    return named or (photos[otherwise] if photos else None)


def _groups(photos: Iterable[Evidence], by_node: bool) -> list[Group]:
    found: dict[str, list[Evidence]] = {}
    for row in photos:
        found.setdefault(_node_words(row) if by_node else _month_words(row.on), []).append(row)
    return [Group(words, rows) for words, rows in found.items()]


def _node_words(row: Evidence) -> str:
    return row.node.name if row.node is not None else _("没有对应节点")


def _month_words(day: date) -> str:
    return _("{year}年{month}月").format(year=day.year, month=day.month)


def photo_count(actor: Actor, project: Project) -> int | None:
    """How many photos stand, for the tab's label; none where the actor doesn't see them."""
    count = shown_of(actor, project=project, kind=EvidenceKind.PHOTO).count()
    return count or None
