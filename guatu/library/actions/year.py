"""The turn of the year: carry-over with its provisional list, and the issue that replaces it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.registries import run_duties
from guatu.core.writing import action, current, require_reason
from guatu.library.actions.entries import check_packages, enter, leave
from guatu.library.actions.lists import issue_batch, make_list
from guatu.library.choices import EntryKind, ListState
from guatu.library.models import AnnualList, ListEntry, Project
from guatu.library.orders import EntryRow
from guatu.library.policies import require_list
from guatu.library.queries.lists import entries_as_of
from guatu.library.queries.year import started_by, unfinished

SETTINGS = ("start_base", "time_basis", "decimals", "kinds_exclusive", "counts_preliminary_cost", "cut_off_day")


@dataclass(frozen=True, slots=True)
class ListDifferences:
    """What the issued list says otherwise than the provisional one: `changed` as (before, after)."""

    added: tuple[ListEntry, ...]
    removed: tuple[ListEntry, ...]
    changed: tuple[tuple[ListEntry, ListEntry], ...]


@action("library.carry_over", _("办理年度结转"))
def carry_over(
    *,
    actor: Actor,
    annual_list: AnnualList,
    continuing: Sequence[Project],
    dropped: Mapping[int, str],
    remark: str = "",
) -> AnnualList:
    """Carry a list into the next year, as one reviewed act, and make the provisional list from 1 January.

    `continuing` and `dropped` (project id → reason) together name every project that is not completed at the year's
    end. What has started becomes 续建; what has not keeps its kind. Assignments go on, they belong to the project. The
    year-end readings (至上年底累计) are fixed by the duty "library.carry_over".
    """
    require_list(actor, "library.carry_over", annual_list)
    year_end = date(annual_list.year, 12, 31)
    if clock.today() < date(annual_list.year, 12, 1):
        raise Refusal("library.carry_early", year=annual_list.year)
    level, region, year = annual_list.level, annual_list.region, annual_list.year + 1
    if AnnualList.objects.filter(level=level, region=region, year=year, withdrawn=False).exists():
        raise Refusal("library.carry_done", year=year)
    left = unfinished(annual_list, year_end)
    _check_decided(left, continuing, dropped)
    settings = {name: getattr(annual_list, name) for name in SETTINGS}
    provisional = make_list(
        actor=actor, level=level, region=region, year=year, state=ListState.PROVISIONAL, settings=settings
    )
    started = started_by([project.pk for project in continuing], year_end)
    rows = [
        EntryRow(project=project, values=_carried(left[project.pk], project.pk in started)) for project in continuing
    ]
    enter(provisional, rows, date(annual_list.year + 1, 1, 1))
    reasons = [{"project": left[key].project.name, "reason": text.strip()} for key, text in dropped.items()]
    current().about(annual_list, reason=remark, name=annual_list.name, year=annual_list.year + 1, dropped=reasons)
    run_duties("library.carry_over", actor=actor, annual_list=annual_list, projects=list(continuing), year_end=year_end)
    return provisional


def _check_decided(left: Mapping[int, ListEntry], continuing: Sequence[Project], dropped: Mapping[int, str]) -> None:
    carried = {project.pk for project in continuing}
    for reason in dropped.values():
        require_reason(reason, _("不再列入下一年度名单"))
    strangers = (carried | set(dropped)) - set(left)
    if strangers:
        raise Refusal("library.not_in_list", names="、".join(p.name for p in continuing if p.pk in strangers))
    undecided = [entry for key, entry in left.items() if (key in carried) == (key in dropped)]
    if undecided:
        items = [{"name": entry.project.name} for entry in undecided]
        raise Refusal("library.carry_undecided", items=items, count=len(undecided))


def _carried(entry: ListEntry, started: bool) -> dict[str, Any]:
    kind = EntryKind.CONTINUING if started else entry.kind
    return {
        "kind": EntryKind.CONTINUING if kind == EntryKind.COMPLETING else kind,
        "number": entry.number,
        "project_class": entry.project_class,
        "planned_finish": entry.planned_finish,
        "planned_start": None if started else entry.planned_start,
        "layer": entry.layer,
        "mark": entry.mark,
    }


@action("library.issue_list", _("印发名单"))
def issue_list(
    *,
    actor: Actor,
    annual_list: AnnualList,
    document_number: str,
    issued_on: date,
    rows: Sequence[EntryRow],
    seen: int | None = None,
) -> ListDifferences:
    """Issue a provisional list: `rows` replace what stood in it from 1 January on; the differences come back."""
    require_list(actor, "library.issue_list", annual_list)
    if annual_list.state != ListState.PROVISIONAL:
        raise Refusal("library.not_provisional", name=annual_list.name)
    if not document_number.strip():
        raise Refusal("library.document_missing", what=_("印发名单"))
    start = date(annual_list.year, 1, 1)
    before = entries_as_of(annual_list, start)
    batch = issue_batch(
        actor=actor, annual_list=annual_list, number=1, document_number=document_number, issued_on=issued_on
    )
    wanted = {row.project.pk for row in rows}
    gone = [entry for key, entry in before.items() if key not in wanted]
    leave(annual_list, [entry.project for entry in gone], start)
    check_packages(annual_list, [row.project for row in rows], set())
    enter(annual_list, [EntryRow(project=row.project, values={"batch": batch, **row.values}) for row in rows], start)
    current().change(annual_list, seen=seen, state=ListState.ISSUED)
    current().about(annual_list, name=annual_list.name, document=document_number)
    after = entries_as_of(annual_list, start)
    run_duties("library.issue_list", actor=actor, annual_list=annual_list)
    return ListDifferences(
        added=tuple(entry for key, entry in after.items() if key not in before),
        removed=tuple(gone),
        changed=tuple(
            (before[key], entry) for key, entry in after.items() if key in before and _differ(before[key], entry)
        ),
    )


def _differ(before: ListEntry, after: ListEntry) -> bool:
    apart = {"batch_id", "number"}
    said, says = before.says(), after.says()
    return any(said[name] != says[name] for name in said if name not in apart)
