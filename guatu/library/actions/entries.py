"""Entering projects into a list, with their kind and the year's plan."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.bulk import new_row
from guatu.core.refusals import Refusal
from guatu.core.registries import run_duties
from guatu.core.writing import Recorded, action, current
from guatu.library.actions.booking import record_dated
from guatu.library.choices import EntryKind, ManagementLayer, Stage
from guatu.library.models import Amendment, AnnualList, ListBatch, ListEntry, Project
from guatu.library.orders import EntryRow
from guatu.library.policies import refuse_secret, require_list
from guatu.library.queries.lists import entries_as_of

ENTRY = frozenset(
    (
        *("batch", "number", "kind", "completes_this_year", "project_class", "planned_investment", "planned_start"),
        *("planned_finish", "planned_resume", "goal", "quarter_goals", "layer", "document", "mark"),
    )
)
"""What a list says of a project. Money in whole yuan; `quarter_goals` up to four texts."""
PART = 2000  # entries that are made at once, so that a long ledger's do not fill the memory


@action("library.put_entries", _("将项目列入名单"))
def put_entries(*, actor: Actor, annual_list: AnnualList, rows: Sequence[EntryRow], on: date) -> Recorded:
    """Enter projects into a list from a day on, or say what it holds of them; what holds already is left out."""
    require_list(actor, "library.put_entries", annual_list)
    current().about(annual_list, name=annual_list.name, count=len(rows))
    return enter(annual_list, rows, on)


@action("library.put_entry", _("将一个项目列入名单"), right="library.put_entries")
def put_entry(
    *, actor: Actor, annual_list: AnnualList, project: Project, on: date, values: Mapping[str, Any]
) -> Recorded:
    """Enter one project into a list from a day on."""
    current().about(project, name=project.name, list=annual_list.name)
    return put_entries(actor=actor, annual_list=annual_list, rows=[EntryRow(project=project, values=values)], on=on)


def enter(
    annual_list: AnnualList, rows: Sequence[EntryRow], on: date, *, amendment: Amendment | None = None
) -> Recorded:
    """Check and record entries; joined by whichever action is running."""
    standing = entries_as_of(annual_list, on)
    _check_once(rows)
    check_packages(annual_list, [row.project for row in rows], set(standing))
    done = Recorded()
    for start in range(0, len(rows), PART):
        facts = []
        for row in rows[start : start + PART]:
            _check_values(annual_list, row)
            fact = _fact(annual_list, row.project, on, standing.get(row.project.pk))
            if amendment is not None:
                fact.amendment = amendment
            for name, value in row.values.items():
                setattr(fact, name, value)
            facts.append(fact)
        done = done.plus(record_dated(facts))
        run_duties("library.enter", annual_list=annual_list, entries=facts)
    return done


def _fact(annual_list: AnnualList, project: Project, on: date, before: ListEntry | None) -> ListEntry:
    fact = new_row(ListEntry, annual_list=annual_list, project=project, effective_on=on)
    if before is not None:
        for name, value in before.says().items():
            setattr(fact, name, value)
    fact.listed = True
    return fact


def leave(
    annual_list: AnnualList, projects: Sequence[Project], on: date, *, amendment: Amendment | None = None
) -> Recorded:
    """End entries: from the day on the projects are no longer in the list."""
    standing = entries_as_of(annual_list, on)
    facts = []
    for project in projects:
        fact = _fact(annual_list, project, on, standing.get(project.pk))
        fact.listed, fact.amendment = False, amendment
        facts.append(fact)
    return record_dated(facts)


def _check_once(rows: Sequence[EntryRow]) -> None:
    seen: set[int] = set()
    for row in rows:
        if row.project.pk in seen:
            raise Refusal("library.listed_twice", name=row.project.name)
        seen.add(row.project.pk)
        if row.project.stage == Stage.EXITED:
            raise Refusal("library.project_exited", name=row.project.name)


def check_packages(annual_list: AnnualList, projects: Sequence[Project], standing: set[int]) -> None:
    """A package counts once: neither beside its sub-projects, nor they beside it."""
    together = standing | {project.pk for project in projects}
    for project in projects:
        if project.package_id is not None and project.package_id in together:
            package = project.package
            raise Refusal("library.package_counted", name=project.name, package=package.name if package else "")
    packages = {project.pk: project for project in projects if project.is_package}
    if packages:
        listed = Project.objects.filter(package_id__in=list(packages), pk__in=together).select_related("package")
        child = listed.first()
        if child is not None:
            package = packages[child.package_id or 0]
            raise Refusal("library.package_counted", name=child.name, package=package.name)


def _check_values(annual_list: AnnualList, row: EntryRow) -> None:
    values = row.values
    unknown = set(values) - ENTRY
    if unknown:
        raise Refusal("library.entry_field_unknown", field=sorted(unknown)[0])
    planned = values.get("planned_investment")
    if planned is not None and planned < 0:
        raise Refusal("library.amount_negative", field=_("年度计划投资"), value=planned)
    for name, words, choices in (("kind", _("类型"), EntryKind), ("layer", _("管理层级"), ManagementLayer)):
        value = values.get(name)
        if value and value not in choices.values:
            raise Refusal(
                "library.setting_wrong", field=words, value=value, allowed="、".join(map(str, choices.labels))
            )
    if values.get("kind") == EntryKind.COMPLETING and not annual_list.kinds_exclusive:
        raise Refusal("library.kind_overlaps", name=row.project.name)
    goals = [str(values.get("goal") or ""), *(str(goal) for goal in values.get("quarter_goals") or [])]
    refuse_secret(text="\n".join(goals), where=row.project.name)
    batch = values.get("batch")
    if isinstance(batch, ListBatch) and batch.annual_list_id != annual_list.pk:
        raise Refusal("core.not_found")
