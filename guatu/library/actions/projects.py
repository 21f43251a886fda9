"""Registering projects, changing what is known of them, and their counted attributes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.bulk import new_row
from guatu.core.refusals import Conflict, Refusal
from guatu.core.registries import run_duties
from guatu.core.writing import Recorded, action, current
from guatu.library.actions.booking import record_dated
from guatu.library.actions.codes import doubts_kept, names_code, refresh_codes
from guatu.library.actions.held import first_held, refresh_held
from guatu.library.actions.names import name_columns
from guatu.library.actions.stages import first_stages
from guatu.library.choices import InvestorKind, Nature, Secrecy, Stage
from guatu.library.compute import match_key, name_keys
from guatu.library.models import Project, ProjectProfile
from guatu.library.policies import refuse_secret, require_projects, require_region
from guatu.library.queries.projects import profiles_as_of, withdrawn_ones
from guatu.people.models import Region

DETAILS = frozenset(
    (
        *("code", "scale", "content", "address", "longitude", "latitude", "boundary", "years", "owner_name"),
        *("owner_credit_code", "contact", "contact_phone", "funding", "intensity_per_mu", "tax_per_mu", "land_mu"),
        *("jobs", "secrecy", "promoted", "is_package", "package", "plan_document", "remark", "confirmed"),
    )
)
"""Columns of a project that people fill in; the name is separate, the rest is made or cached."""
_AGAIN = tuple(sorted(DETAILS))
_KEYS_OF_NAME = ("initials", "sort_key", "match_key")
PROFILE = ("region", "industry", "nature", "investor", "total_investment", "themes")
_TEXTS = ("name", "scale", "content", "remark", "address")
_AMOUNTS = ("intensity_per_mu", "tax_per_mu", "total_investment")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """One project to be registered.

    `details`: columns of DETAILS. `profile`: counted attributes of PROFILE (the region is the project's). Money in
    whole yuan. `stage_on` is the day since which it stands in `stage`; empty: the day of registration.
    """

    name: str
    region: Region
    details: Mapping[str, Any] = field(default_factory=dict)
    profile: Mapping[str, Any] = field(default_factory=dict)
    stage: str = Stage.IDEA
    stage_on: date | None = None


@action("library.register_project", _("登记项目"))
def register_project(*, actor: Actor, row: NewProject, on: date) -> Project:
    """Register one project from the day `on`. A second one of the same name in the region is refused."""
    known = Project.objects.filter(region=row.region, match_key=match_key(row.name), withdrawn=False).first()
    if known is not None and match_key(row.name):
        raise Refusal("library.name_taken", region=row.region.name, name=known.name)
    require_region(actor, "library.register_project", row.region)
    _require_storable({"name": row.name, **row.details})
    project = _register([row], on)[0]
    current().about(project, name=project.name)
    return project


@action("library.register_many", _("成批登记项目"))
def register_many(*, actor: Actor, rows: Sequence[NewProject], on: date) -> list[Project]:
    """Register many projects at once (an import has matched them before); they come back in the order given."""
    for region in {row.region.pk: row.region for row in rows}.values():
        require_region(actor, "library.register_many", region)
    projects = _register(rows, on)
    current().about(None, count=len(projects))
    return projects


def _register(rows: Sequence[NewProject], on: date) -> list[Project]:
    act = current()
    projects = [_new_project(number, row, on) for number, row in enumerate(rows, start=1)]
    for project in projects:
        check_package(project, project.package)
    projects = _take_in(projects)
    profiles = [
        _profile(new_row(ProjectProfile, project=project, effective_on=on, region=project.region), row.profile)
        for project, row in zip(projects, rows, strict=True)
    ]
    again = [profile.project for profile in act.with_past(profiles)]
    act.record_many(profiles)
    refresh_held(again)
    first_stages([(project, row.stage, row.stage_on or on) for project, row in zip(projects, rows, strict=True)])
    run_duties("library.register", projects=projects, on=on)
    return projects


def _take_in(fresh: Sequence[Project]) -> list[Project]:
    """Insert new projects. One that an undone import had made comes back under its public id, as it is told now."""
    act = current()
    known = withdrawn_ones(fresh)
    act.add_many([project for project in fresh if id(project) not in known])
    taken = []
    for project in fresh:
        again = known.get(id(project))
        if again is not None:
            columns = ("name", "withdrawn", *_AGAIN, *_KEYS_OF_NAME, "stage", "stage_on")
            act.change(again, **{column: getattr(project, column) for column in columns})
        taken.append(again or project)
    return taken


def _new_project(number: int, row: NewProject, on: date) -> Project:
    name = row.name.strip()
    if not match_key(name):
        raise Refusal("library.name_missing", row=number)
    check_values({"name": name, **row.details, **row.profile}, name)
    stage = {"stage": row.stage, "stage_on": row.stage_on or on}
    project = new_row(Project, name=name, region=row.region, **name_keys(name).as_columns(), **stage, **row.details)
    first_held(project, row.profile.get("total_investment"), on)
    project.code_doubts = doubts_kept(project, str(row.profile.get("industry") or ""))
    return project


def check_values(values: Mapping[str, Any], name: str) -> None:
    """Shape of what is written of a project, whoever writes it; 涉密 is refused."""
    for column in values:
        if column not in DETAILS and column not in PROFILE and column != "name":
            raise Refusal("library.field_unknown", field=column)
    refuse_secret(marker=str(values.get("secrecy") or ""), where=name)
    for column in _TEXTS:
        refuse_secret(text=str(values.get(column) or ""), where=name)
    for column in _AMOUNTS:
        amount = values.get(column)
        if amount is not None and amount < 0:
            raise Refusal("library.amount_negative", field=column_words(column), value=amount)
    for column, words in (("secrecy", Secrecy), ("nature", Nature), ("investor", InvestorKind)):
        value = values.get(column)
        if value and value not in words.values:
            allowed = "、".join(str(label) for label in words.labels)
            raise Refusal("library.setting_wrong", field=column_words(column), value=value, allowed=allowed)


def column_words(column: str) -> str:
    """The Chinese word of a column."""
    words = {
        "intensity_per_mu": _("亩均投资强度"),
        "tax_per_mu": _("亩均税收"),
        "total_investment": _("总投资"),
        "secrecy": _("敏感程度"),
        "nature": _("建设性质"),
        "investor": _("投资主体"),
    }
    return str(words[column])


def check_package(project: Project, package: Project | None) -> None:
    """A package holds sub-projects, and a sub-project holds none."""
    if package is None:
        return
    if package.pk is not None and package.pk == project.pk:
        raise Refusal("library.package_itself", name=project.name)
    if package.package_id is not None:
        raise Refusal("library.package_nested", name=package.name)


@action("library.change_project", _("修改项目信息"))
def change_project(
    *, actor: Actor, project: Project, seen: int | None, values: Mapping[str, Any], reason: str = ""
) -> bool:
    """Change columns of a project (`name` or DETAILS) under the version that was seen; False when nothing differs.

    Raises Conflict with the present values when somebody changed it meanwhile.
    """
    require_projects(actor, "library.change_project", [project])
    check_values(values, project.name)
    columns = dict(values)
    if set(columns) & set(PROFILE):
        raise Refusal("library.field_unknown", field=sorted(set(columns) & set(PROFILE))[0])
    if "name" in columns:
        name = str(columns["name"]).strip()
        if not match_key(name):
            raise Refusal("library.name_missing", row=1)
        columns.update(name_columns([(project, name)])[0])
    _require_storable(values)
    if "package" in columns:
        check_package(project, columns["package"])
    current().about(project, reason=reason, name=project.name)
    changed = current().change(project, seen=seen, **columns)
    if changed and names_code(values):
        refresh_codes([project])
    return changed


def _require_storable(values: Mapping[str, Any]) -> None:
    """Refuse what the columns cannot hold on either database (length, range, no value, characters), by name.

    Forms have done so before; what comes over the API arrives here as it was sent.
    """
    for name, value in values.items():
        field = Project._meta.get_field(name) if name in DETAILS or name == "name" else None
        if not isinstance(field, Field) or field.is_relation:
            continue
        try:
            field.clean(value, None)
            str(value).encode()  # a lone surrogate is no text
        except (ValidationError, UnicodeEncodeError) as problem:
            why = "；".join(problem.messages) if isinstance(problem, ValidationError) else repr(value)[:40]
            raise Refusal("library.value_wrong", field=name, why=why) from None
        if "\0" in str(value):
            raise Refusal("library.value_wrong", field=name, why=repr(value)[:40])


@action("library.change_projects", _("成批修改项目信息"), right="library.register_many")
def change_projects(*, actor: Actor, changes: Sequence[tuple[Project, Mapping[str, Any]]]) -> int:
    """Change many projects as an import reads them; how many differed."""
    changed, recoded = 0, []
    require_projects(actor, "library.register_many", [project for project, _values in changes])
    renamed = [(project, str(values["name"])) for project, values in changes if "name" in values]
    names = {project.pk: made for (project, _name), made in zip(renamed, name_columns(renamed), strict=True)}
    for project, values in changes:
        check_values(values, project.name)
        if current().change(project, **{**values, **names.get(project.pk, {})}):
            changed += 1
            recoded += [project] if names_code(values) else []
    refresh_codes(recoded)
    current().about(None, count=changed)
    return changed


# -- counted attributes -----------------------------------------------------------------------------------------------
@action("library.set_profile", _("修改项目计入统计的属性"))
def set_profile(
    *,
    actor: Actor,
    project: Project,
    on: date,
    values: Mapping[str, Any],
    reason: str = "",
    seen: int | None = None,
) -> Recorded:
    """Say what a project counts as from a day on; what `values` does not name stays as it was.

    `seen` is the id of the profile that was open (0: none). Raises Conflict where another one holds today by now.
    """
    if seen is not None:
        list(Project.objects.select_for_update().filter(pk=project.pk))
        held = profiles_as_of([project.pk], clock.today()).get(project.pk)
        if (held.pk if held is not None else 0) != seen:
            raise Conflict(name=project.name, seen=seen, theirs={}, row=held)
    current().about(project, reason=reason, name=project.name)
    return set_profiles(actor=actor, rows=[(project, values)], on=on)


@action("library.set_profiles", _("成批修改项目计入统计的属性"), right="library.set_profile")
def set_profiles(*, actor: Actor, rows: Sequence[tuple[Project, Mapping[str, Any]]], on: date) -> Recorded:
    """Say what many projects count as from a day on; what holds already is left out."""
    require_projects(actor, "library.set_profile", [project for project, _values in rows])
    held = profiles_as_of([project.pk for project, _values in rows], on)
    facts = []
    for project, values in rows:
        check_values(values, project.name)
        before = held.get(project.pk)
        fact = new_row(ProjectProfile, project=project, effective_on=on, region=project.region)
        if before is not None:
            for name in PROFILE:
                column = "region_id" if name == "region" else name
                setattr(fact, column, getattr(before, column))
        facts.append(_profile(fact, values))
    done = record_dated(facts)
    if done.added or done.superseded:
        refresh_codes([project for project, values in rows if names_code(values)])
    return done


def _profile(fact: ProjectProfile, values: Mapping[str, Any]) -> ProjectProfile:
    for name in PROFILE:
        if name in values:
            setattr(fact, name, sorted(values[name]) if name == "themes" else values[name])
    return fact
