"""Names of projects: a change keeps the old one; what people said of doubtful rows is kept and not asked again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Conflict, Refusal
from guatu.core.writing import action, current
from guatu.library.actions.drafts import require_idle, require_open
from guatu.library.choices import DoubtChoice, DraftState, NameOrigin
from guatu.library.compute import match_key, name_keys
from guatu.library.models import ImportDecision, ImportDraft, NotTheSame, OtherName, Project
from guatu.library.policies import require_projects
from guatu.library.queries.projects import parts


# -- names ------------------------------------------------------------------------------------------------------------
def name_columns(changes: Sequence[tuple[Project, str]]) -> list[dict[str, Any]]:
    """The columns that new names change, in the order given; the only way to a new name, so that no old one is lost.

    A name of the same key (other brackets, another width) is no other name. One taken back is the project's own again.
    """
    keys = [name_keys(name) for _project, name in changes]
    moved = [
        (project, project.name, key.match_key)
        for (project, _name), key in zip(changes, keys, strict=True)
        if key.match_key != project.match_key
    ]
    if moved:
        _own_again([(project, key) for project, _former, key in moved])
        _keep([(project, former) for project, former, _key in moved], NameOrigin.FORMER)
    return [{"name": name, **key.as_columns()} for (_project, name), key in zip(changes, keys, strict=True)]


def _own_again(pairs: Sequence[tuple[Project, str]]) -> None:
    standing = _standing(project for project, _key in pairs)
    for project, key in pairs:
        if (project.pk, key) in standing:
            current().change(standing[(project.pk, key)], withdrawn=True)


def _keep(pairs: Sequence[tuple[Project, str]], how: NameOrigin) -> None:
    standing = _standing(project for project, _name in pairs)
    now = clock.now()
    fresh: dict[tuple[int, str], OtherName] = {}
    for project, name in pairs:
        key = match_key(name)
        if key and (project.pk, key) not in standing:
            fresh[(project.pk, key)] = OtherName(project=project, name=name, match_key=key, how=how, since=now)
    current().add_many(list(fresh.values()))


def _standing(projects: Iterable[Project]) -> dict[tuple[int, str], OtherName]:
    rows = OtherName.objects.filter(withdrawn=False).select_related("project")
    return {
        (row.project_id, row.match_key): row
        for part in parts(project.pk for project in projects)
        for row in rows.filter(project_id__in=part)
    }


def know_as(pairs: Sequence[tuple[Project, str]]) -> None:
    """From now on these names mean these projects. Part of an import's own action."""
    told = [(project, name) for project, name in pairs if match_key(name) != project.match_key]
    apart = _apart(project for project, _name in told)
    for project, name in told:
        row = apart.get((project.pk, match_key(name)))
        if row is not None:
            current().change(row, withdrawn=True)
    _keep(told, NameOrigin.DECIDED)


def tell_apart(pairs: Sequence[tuple[Project, str]]) -> None:
    """From now on these names do not mean these projects. Part of an import's own action."""
    apart = _apart(project for project, _name in pairs)
    now = clock.now()
    fresh = {
        (project.pk, key): NotTheSame(project=project, match_key=key, since=now)
        for project, name in pairs
        if (key := match_key(name)) and (project.pk, key) not in apart
    }
    current().add_many(list(fresh.values()))


def _apart(projects: Iterable[Project]) -> dict[tuple[int, str], NotTheSame]:
    return {
        (row.project_id, row.match_key): row
        for part in parts(project.pk for project in projects)
        for row in NotTheSame.objects.filter(withdrawn=False, project_id__in=part)
    }


# -- decisions --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class RowChoice:
    """What is said of one doubtful row: its key and name, DoubtChoice, and for "same" and "rename" the project."""

    key: str
    name: str
    choice: str
    project: Project | None = None


@action("library.decide_doubts", _("认定疑似同一项目"), right="library.draft_import")
def decide_doubts(*, actor: Actor, draft: ImportDraft, seen: Mapping[str, int], choices: Sequence[RowChoice]) -> int:
    """Keep what was said of doubtful rows of an import under way; how many said something new.

    `seen` has by a row's key the version of the decision that was shown (0 or missing: none). A decision that somebody
    changed meanwhile is not overwritten: Conflict, and none of these is kept. The draft has to be checked again.
    """
    locked = ImportDraft.objects.select_for_update(of=("self",))  # an outer join cannot be locked
    draft.refresh_from_db(from_queryset=locked.select_related("region", "approver"))
    require_open(actor, draft)
    require_idle(draft)
    keys = [each.key for each in choices]
    twice = next((each for place, each in enumerate(choices) if each.key in keys[:place]), None)
    if twice is not None:
        raise Refusal("library.choice_wrong", name=twice.name)
    require_projects(actor, "library.draft_import", [row.project for row in choices if row.project is not None])
    current().about(draft, name=draft.file_name, count=len(choices))
    known = {row.key: row for row in ImportDecision.objects.filter(draft=draft).select_related("project")}
    decided = sum(_decide(actor, draft, each, known.get(each.key), seen.get(each.key, 0)) for each in choices)
    if decided:
        current().change(draft, state=DraftState.WAITING)
    return decided


def _decide(actor: Actor, draft: ImportDraft, said: RowChoice, known: ImportDecision | None, seen: int) -> bool:
    if said.choice not in DoubtChoice.values or (said.choice == DoubtChoice.NEW) != (said.project is None):
        raise Refusal("library.choice_wrong", name=said.name)
    if known is not None and (known.choice, known.project) == (said.choice, said.project):
        return False
    if (known.version if known is not None else 0) != seen:
        raise Conflict(name=said.name, seen=seen, theirs={"choice": known.choice if known is not None else ""})
    told: dict[str, Any] = {
        "choice": said.choice,
        "project": said.project,
        "decided_by_id": actor.user_id,
        "decided_at": clock.now(),
    }
    if known is not None:
        return current().change(known, **told)
    current().add(ImportDecision(draft=draft, key=said.key, name=said.name, **told))
    return True
