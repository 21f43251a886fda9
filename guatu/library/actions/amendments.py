"""Adjusting a list by one document: 调入, 调出, 变更, with the totals before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.registries import run_duties
from guatu.core.writing import action, current, require_reason
from guatu.library.actions.entries import enter, leave
from guatu.library.actions.projects import set_profiles
from guatu.library.choices import AmendmentKind
from guatu.library.models import Amendment, AnnualList, Project
from guatu.library.orders import ChangeRow, EntryRow
from guatu.library.policies import require_list
from guatu.library.queries.lists import NOTHING, Totals, entries_as_of, list_totals, totals_of


@dataclass(frozen=True, slots=True)
class Amended:
    """What a document did. `before` − `taken_out` + `taken_in` − `changed_from` + `changed_to` = `after`."""

    amendments: tuple[Amendment, ...]
    before: Totals
    taken_out: Totals
    taken_in: Totals
    changed_from: Totals
    changed_to: Totals
    after: Totals


@action("library.amend_list", _("调整名单（调入、调出、变更）"))
def amend_list(
    *,
    actor: Actor,
    annual_list: AnnualList,
    document: str,
    reason: str,
    approved_by: str,
    on: date,
    take_in: Sequence[EntryRow] = (),
    take_out: Sequence[Project] = (),
    change: Sequence[ChangeRow] = (),
) -> Amended:
    """Carry out one adjustment document from a day on; every table is stored with its totals before and after."""
    require_list(actor, "library.amend_list", annual_list)
    if not document.strip():
        raise Refusal("library.document_missing", what=_("名单调整"))
    require_reason(reason, _("名单调整"))
    require_reason(approved_by, _("名单调整的批准单位或批准人"))
    _check_tables(annual_list, on, take_in, take_out, change)
    paper = _Paper(annual_list, document.strip(), reason.strip(), approved_by.strip(), on)
    before, made = list_totals(annual_list, on), list[Amendment]()
    out = come = changed_from = changed_to = NOTHING
    if take_out:
        row = paper.open(AmendmentKind.OUT)
        out = paper.take_out(row, take_out)
        made.append(paper.close(row))
    if take_in:
        row = paper.open(AmendmentKind.IN)
        come = paper.take_in(row, take_in)
        made.append(paper.close(row))
    if change:
        row = paper.open(AmendmentKind.CHANGE)
        changed_from, changed_to = paper.change(row, actor, change)
        made.append(paper.close(row))
    current().about(annual_list, reason=reason, name=annual_list.name, document=document)
    after = list_totals(annual_list, on)
    run_duties("library.amend_list", actor=actor, annual_list=annual_list, amendments=made)
    return Amended(tuple(made), before, out, come, changed_from, changed_to, after)


def _check_tables(
    annual_list: AnnualList,
    on: date,
    take_in: Sequence[EntryRow],
    take_out: Sequence[Project],
    change: Sequence[ChangeRow],
) -> None:
    named = [row.project for row in take_in] + list(take_out) + [row.project for row in change]
    if not named:
        raise Refusal("library.amendment_empty")
    seen: set[int] = set()
    for project in named:
        if project.pk in seen:
            raise Refusal("library.listed_twice", name=project.name)
        seen.add(project.pk)
    standing = entries_as_of(annual_list, on)
    strangers = [project for project in named[len(take_in) :] if project.pk not in standing]
    if strangers:
        raise Refusal("library.not_in_list", names="、".join(project.name for project in strangers))
    known = [row.project for row in take_in if row.project.pk in standing]
    if known:
        raise Refusal("library.already_in_list", names="、".join(project.name for project in known))


@dataclass(frozen=True, slots=True)
class _Paper:
    """The document that is being carried out."""

    annual_list: AnnualList
    document: str
    reason: str
    approved_by: str
    on: date

    def open(self, kind: AmendmentKind) -> Amendment:
        """A table of the document, with the totals before it."""
        totals = list_totals(self.annual_list, self.on)
        return current().add(
            Amendment(
                annual_list=self.annual_list,
                kind=kind,
                document=self.document,
                reason=self.reason,
                approved_by=self.approved_by,
                effective_on=self.on,
                projects_before=totals.projects,
                projects_after=totals.projects,
                total_before=totals.total_investment,
                total_after=totals.total_investment,
                planned_before=totals.planned_investment,
                planned_after=totals.planned_investment,
            )
        )

    def close(self, row: Amendment) -> Amendment:
        """The same table with the totals after it."""
        totals = list_totals(self.annual_list, self.on)
        current().change(
            row,
            projects_after=totals.projects,
            total_after=totals.total_investment,
            planned_after=totals.planned_investment,
        )
        return row

    def take_out(self, row: Amendment, projects: Sequence[Project]) -> Totals:
        """What left."""
        left = self._totals(projects)
        leave(self.annual_list, projects, self.on, amendment=row)
        return left

    def take_in(self, row: Amendment, rows: Sequence[EntryRow]) -> Totals:
        """What came."""
        enter(self.annual_list, rows, self.on, amendment=row)
        return self._totals([entry.project for entry in rows])

    def change(self, row: Amendment, actor: Actor, rows: Sequence[ChangeRow]) -> tuple[Totals, Totals]:
        """(the changed ones as they were, as they are)."""
        projects = [line.project for line in rows]
        before = self._totals(projects)
        entries = [EntryRow(project=line.project, values=line.entry) for line in rows]
        enter(self.annual_list, entries, self.on, amendment=row)
        profiles = [(line.project, line.profile) for line in rows if line.profile]
        if profiles:
            set_profiles(actor=actor, rows=profiles, on=self.on)
        return before, self._totals(projects)

    def _totals(self, projects: Sequence[Project]) -> Totals:
        standing = entries_as_of(self.annual_list, self.on)
        return totals_of([standing[project.pk] for project in projects if project.pk in standing], self.on)
