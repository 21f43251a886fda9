"""What one project's page shows: head, facts, 五个一, its place in the list, who answers, its steps and entries."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.signs import whole_number
from guatu.core.undoable import offered
from guatu.domain.stages import DONE, OVER
from guatu.library.choices import EntryKind, Role, Stage
from guatu.library.models import Assignment, ListEntry, Project, StageChange, Theme
from guatu.library.policies import can_do, sees_holder, visible_lists, visible_projects
from guatu.library.queries.assignments import holders_of
from guatu.library.queries.codes import code_hint, doubt_words, industry_words
from guatu.library.queries.commitments import as_seen, commitments_of
from guatu.library.queries.gates import allowed_stages, gate_in_force, gate_result
from guatu.library.queries.history import history_count, history_of
from guatu.library.queries.lists import entries_of_projects, neighbours
from guatu.library.queries.projects import profiles_as_of, step_order, steps_reached, sub_projects

DEEDS = (
    "library.change_project",
    "library.set_profile",
    "library.change_stage",
    "library.assign",
    "library.export_file",
    "library.exit_project",
)


def _can_see_names(actor: Actor, project: Project) -> bool:
    return can_do(actor, "library.view_contact", project).allowed


def entries_shown(actor: Actor, project: Project, day: date) -> list[ListEntry]:
    """The entries of a project in lists that the actor may see."""
    seen = set(visible_lists(actor).values_list("pk", flat=True))
    return [row for row in entries_of_projects([project.pk], day).get(project.pk, []) if row.annual_list_id in seen]


def day_shown(project: Project, today: date) -> date:
    """The day for which a project is shown: today, or its first day where it begins later (by next year's list)."""
    return max(today, project.stage_on or today)


def head_of(actor: Actor, project: Project, day: date) -> dict[str, Any]:
    """Title tags, the grid of facts and what may be done."""
    entries = [row for row in entries_shown(actor, project, day) if row.annual_list.year == day.year]
    held = holders_of([project.pk], day)
    profile = profiles_as_of([project.pk], day).get(project.pk)
    industry = profile.industry if profile is not None else ""
    may = {name.partition(".")[2]: can_do(actor, name, project).allowed for name in DEEDS if rights.known(name)}
    return {
        "profile": profile,
        "entry": entries[0] if entries else None,
        "days_late": _days_late(entries[0], project, day) if entries else 0,
        **place_in_list(actor, project, day, entries),
        "kinds": sorted({str(EntryKind(row.kind).label) for row in entries if row.kind}),
        "commitment": as_seen(actor, commitments_of([project], day, held)[project.pk], held.get(project.pk, [])),
        "holders": _by_role(held.get(project.pk, [])),
        "other_names": list(project.other_names.filter(withdrawn=False).order_by("since", "pk")),
        "doubts": doubt_words(project, industry),
        "code_hint": code_hint("project", project.code),
        "credit_hint": code_hint("owner", project.owner_credit_code),
        "region_hint": code_hint("region", project.region.code),
        "may": may,
        "sees_contact": _can_see_names(actor, project),
        "is_over": project.stage == Stage.EXITED,
    }


def _days_late(entry: ListEntry, project: Project, day: date) -> int:
    """Days since the planned finish of a project that is not finished; 0 where it is not late."""
    planned = entry.planned_finish
    return 0 if planned is None or project.stage in OVER else max((day - planned).days, 0)


def _by_role(rows: list[Assignment]) -> dict[str, str]:
    named: dict[str, list[str]] = {}
    for row in rows:
        named.setdefault(row.role, []).append(str(row.unit or row.post or ""))
    return {role: "、".join(names) for role, names in named.items()}


def place_in_list(actor: Actor, project: Project, day: date, entries: Sequence[ListEntry]) -> dict[str, Any]:
    """Where the project stands in its list, and the ones before and after it."""
    if not entries:
        return {"place": 0}
    annual_list = entries[0].annual_list
    visible = set(visible_projects(actor).values_list("pk", flat=True))
    place, count, before, after = neighbours(annual_list, project, day, visible)
    return {"place": place, "count": count, "before": before, "after": after, "of_list": annual_list}


def overview_tab(actor: Actor, project: Project, day: date) -> dict[str, Any]:
    """Description, dated steps, class, sub-projects, the last lines of history."""
    profile = profiles_as_of([project.pk], day).get(project.pk)
    themes = Theme.objects.filter(pk__in=profile.themes) if profile is not None else Theme.objects.none()
    shows_history = can_do(actor, "library.view_history", project).allowed
    subs = sub_projects(project)
    seen = set(visible_projects(actor).filter(package=project).values_list("pk", flat=True)) if subs else set()
    return {
        "themes": [theme.name for theme in themes],
        "industry": industry_words(profile.industry) if profile is not None else "",
        "industry_hint": code_hint("industry", profile.industry) if profile is not None else "",
        "steps": sorted(steps_reached([project.pk], day).get(project.pk, []), key=step_order),
        "subs": [sub for sub in subs if sub.pk in seen],
        "subs_count": len(subs),
        "subs_done": sum(sub.stage in DONE for sub in subs),
        "lines": history_of(project, 5) if shows_history else [],
    }


def stages_tab(actor: Actor, project: Project, day: date) -> dict[str, Any]:
    """The steps taken, newest first, and what the next stages still ask for."""
    steps: list[StageChange] = sorted(steps_reached([project.pk], day).get(project.pk, []), key=step_order)
    following = [stage for stage in allowed_stages(project, steps) if stage not in (Stage.SUSPENDED, Stage.EXITED)][:3]
    gates = [
        {
            "stage": Stage(stage).label,
            "declared": gate_in_force(project, stage, day) is not None,
            "unmet": gate_result(project, stage, day),
        }
        for stage in following
    ]
    may_withdraw = len(steps) > 1 and can_do(actor, "library.change_stage", project).allowed
    return {"steps": list(reversed(steps)), "gates": gates, "may_withdraw": may_withdraw}


def people_tab(actor: Actor, project: Project, day: date) -> dict[str, Any]:
    """Who answers now, and who did before; `unseen`: the rows whose holder's name is not for this post's eyes."""
    held = holders_of([project.pk], day).get(project.pk, [])
    order = list(Role.values)
    held.sort(key=lambda row: (order.index(row.role), row.slot))
    now = {row.pk for row in held}
    before = Assignment.objects.filter(project=project, superseded_at__isnull=True).exclude(pk__in=now)
    former = list(before.select_related("unit", "post").order_by("-effective_on", "-pk"))
    return {
        "held": held,
        "former": former,
        "unseen": {row.pk for row in (*held, *former) if not sees_holder(actor, row)},
        "shows_contact": _can_see_names(actor, project),
    }


def history_tab(actor: Actor, project: Project, params: Mapping[str, str]) -> dict[str, Any]:
    """Fifty entries, and where the next page begins."""
    lines = history_of(project, 50, whole_number(params.get("before", ""), 11))
    own = offered(actor, [line.entry for line in lines])
    return {"lines": lines, "undoable": own, "next_before": lines[-1].number if len(lines) == 50 else None}


def history_tab_count(project: Project) -> int:
    """Entries about the project."""
    return history_count(project)
