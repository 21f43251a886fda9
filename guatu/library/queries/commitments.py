"""五个一: one project, one leader, one task force, one plan, followed to the end. Complete, or what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.kinds import several
from guatu.core.refusals import Sentence
from guatu.core.settings import declare_setting, setting
from guatu.domain.stages import FIVE_ONES, OVER, missing_commitments
from guatu.library.choices import Role
from guatu.library.models import Assignment, Project
from guatu.library.policies import sees_holder, visible_projects
from guatu.library.queries.assignments import holders_of
from guatu.library.queries.projects import parts

MEMBERS: dict[str, Sentence] = {
    "leader": _("一名领导"),
    "task_force": _("一个专班"),
    "plan": _("一套方案"),
    "unit": _("一个责任单位"),
    "followed_through": _("一抓到底"),
    "sector_lead": _("一名行业分管领导"),
}
_ROLES = {
    "leader": Role.LEAD,
    "task_force": Role.TASK_FORCE,
    "unit": Role.RESPONSIBLE,
    "sector_lead": Role.SECTOR_LEAD,
}
NAMED: Sentence = _("已落实")
_NUMBERS = {3: _("三个一"), 4: _("四个一"), 5: _("五个一"), 6: _("六个一")}

declare_setting(
    "library.commitments",
    _("项目包联要求（四个一、五个一、六个一）"),
    list(FIVE_ONES),
    kind=several(MEMBERS),
    per_region=True,
    help=_("每个项目必须落实哪几项；缺的会在项目页和待办中列出"),
)


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its word, whom or what is named for it, and whether it stands."""

    code: str
    words: str
    named: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Commitment:
    """A project's members in the region's order."""

    words: str
    members: tuple[Member, ...]

    @property
    def missing(self) -> tuple[Member, ...]:
        """What is not named."""
        return tuple(member for member in self.members if not member.holds)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def commitments_of(
    projects: Sequence[Project], day: date, held: Mapping[int, Sequence[Assignment]] | None = None
) -> dict[int, Commitment]:
    """Each project's commitment at the end of a day, by its region's members; `held` where the caller has it."""
    ids = [project.pk for project in projects]
    held, orphaned = holders_of(ids, day) if held is None else held, _without_successor(ids, day)
    found = {}
    for project in projects:
        codes = [code for code in setting("library.commitments", project.region_id, day) if code in MEMBERS]
        rows = held.get(project.pk, [])
        named = {code: _named(rows, role) for code, role in _ROLES.items()}
        named["plan"] = project.plan_document
        left = orphaned.get(project.pk, "")
        named["followed_through"] = "" if left or not any(named.values()) else str(_("责任人无空缺"))
        lacking = set(missing_commitments(codes, named))
        members = tuple(
            Member(code, str(MEMBERS[code]), _said(code, named[code], left), code not in lacking) for code in codes
        )
        words = _NUMBERS.get(len(codes))
        found[project.pk] = Commitment(str(words) if words else str(_("包联要求")), members)
    return found


def as_seen(actor: Actor, commitment: Commitment, held: Iterable[Assignment]) -> Commitment:
    """The same as the post may read it: of a leader whose name is not for its eyes, only that there is one."""
    unseen = {row.role for row in held if not sees_holder(actor, row)}
    hidden = {code for code, role in _ROLES.items() if role in unseen}
    return replace(
        commitment,
        members=tuple(
            replace(member, named=str(NAMED)) if member.code in hidden and member.holds else member
            for member in commitment.members
        ),
    )


def _said(code: str, named: str, left: str) -> str:
    if named:
        return named
    return left if code == "followed_through" and left else str(_("未落实"))


def _named(rows: Iterable[Assignment], role: str) -> str:
    for row in rows:
        if row.role != role:
            continue
        if row.post is not None:
            return f"{row.post.holder or ''} {row.post.title}".strip()
        if row.unit is not None:
            return str(row.unit)
    return ""


def _without_successor(ids: Sequence[int], day: date) -> dict[int, str]:
    """The roles that somebody held and nobody holds now, or whose post has ended, as words by project."""
    found: dict[int, list[str]] = {}
    for part in parts(ids):
        rows = Assignment.objects.filter(project_id__in=part, role__in=list(_ROLES.values())).as_of(day, restated=True)
        for row in rows.select_related("post"):
            nobody = row.unit_id is None and row.post_id is None
            ended = row.post is not None and row.post.valid_to is not None and row.post.valid_to < day
            if nobody or ended:
                found.setdefault(row.project_id, []).append(str(Role(row.role).label))
    return {key: str(_("{roles}空缺，未明确接任")).format(roles="、".join(roles)) for key, roles in found.items()}


def incomplete(actor: Actor, right: str, day: date) -> list[tuple[Project, Commitment]]:
    """The running projects of an actor that lack something, by name."""
    rows = visible_projects(actor, right).exclude(stage__in=OVER).select_related("region").order_by("sort_key", "pk")
    listed = list(rows)
    found: Mapping[int, Commitment] = commitments_of(listed, day)
    return [(project, found[project.pk]) for project in listed if not found[project.pk].complete]
