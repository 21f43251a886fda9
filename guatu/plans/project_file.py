"""What plans add to a project's whole file: versions, nodes as recorded, targets, and the plan for other programs."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.domain.periods import Period
from guatu.library.models import AnnualList, Project
from guatu.library.queries.page import entries_shown
from guatu.plans.choices import Profile
from guatu.plans.compute import calendars_of
from guatu.plans.exports.mspdi import write_mspdi
from guatu.plans.exports.sheet import write_sheet
from guatu.plans.file_rows import file_of
from guatu.plans.models import ItemState, NodeDates, NodeQuantity, PlanVersion
from guatu.plans.policies import can_on
from guatu.plans.queries.drafts import content_of
from guatu.plans.queries.plan import plan_of
from guatu.plans.queries.records import records_of
from guatu.plans.queries.targets import sheets_of, spread_of, standing


def add_to_file(*, actor: Actor, project: Project, file: Any, **_context: object) -> None:
    """Duty of "library.project_file": the plan in force, what was recorded of its nodes, its targets."""
    if not can_on(actor, "plans.view", project).allowed:
        return
    today = clock.today()
    view = plan_of(project, today)
    if view is not None:
        file.add(_("计划版本"), *_versions(view.versions))
        file.add(_("节点记录"), *_records(project))
    lines = [line for row in entries_shown(actor, project, today) for line in _targets(row.annual_list, project)]
    if lines:
        file.add(_("目标"), (_("名单"), _("期间"), _("目标（元）"), _("来源")), lines)
    if view is not None:
        plan = file_of(project.name, view, content_of(view.plan), calendars_of(project))
        words = _("计划第 {n} 版，截至 {day}").format(n=view.in_force.number, day=today)
        file.attach(_("节点计划") + ".xlsx", write_sheet(plan), words)
        file.attach(_("节点计划（Project）") + ".xml", write_mspdi(plan), words)


def _versions(versions: Sequence[PlanVersion]) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
    head = (_("版本"), _("批准日期"), _("完成期限"), _("批准"), _("依据文件"), _("理由"))
    return head, (
        (row.number, row.approved_on, row.deadline, row.approved_by, row.document, row.reason)
        for row in reversed(versions)
    )


def _records(project: Project) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
    head = (_("从哪天起"), _("节点"), _("事项"), _("开始"), _("完成"), _("数量、进展"), _("说明"), _("登记日期"))
    return head, ((row.effective_on, name, *_told(row), row.booked_on) for row, name in records_of(project))


def _told(row: NodeDates | NodeQuantity | ItemState) -> tuple[Any, ...]:
    if isinstance(row, NodeDates):
        return row.get_sort_display(), row.start, row.finish, None, row.reason
    if isinstance(row, NodeQuantity):
        return _("实物量"), None, None, row.done, None
    return _("逐户进展"), None, None, row.get_step_display(), row.note


def _targets(annual_list: AnnualList, project: Project) -> Iterator[Sequence[Any]]:
    """A list's targets as they are spread now, and as its sheets were issued."""
    found = standing(annual_list, project)
    if found is not None:
        target, said = found
        plan = spread_of(annual_list, target, said)
        by_hand = {period.code for period in said.hand}
        for code, amount in _amounts(annual_list.year, plan.target, plan.quarters, plan.months):
            source = _("指定") if code in by_hand else Profile(said.profile).label
            yield annual_list.name, Period.parse(code).label_zh, amount, source
        others = [one for one in said.hand if one.kind in ("week", "day")]
        for period in sorted(others, key=lambda one: (one.start, one.kind)):
            yield annual_list.name, period.label_zh, said.hand[period], _("指定")
    for sheet in sheets_of(annual_list):
        row = next((one for one in sheet.content["rows"] if one["project"] == str(project.public_id)), None)
        if row is not None:
            source = _("目标任务书 {number}（{day}）").format(number=sheet.document_number, day=sheet.issued_on)
            for code, amount in _amounts(annual_list.year, row["year"], row["quarters"], row["months"]):
                yield annual_list.name, Period.parse(code).label_zh, amount, source


def _amounts(year: int, whole: int, quarters: Sequence[int], months: Sequence[int]) -> Iterator[tuple[str, int]]:
    yield str(year), whole
    yield from ((f"{year}-Q{number}", amount) for number, amount in enumerate(quarters, 1))
    yield from ((f"{year}-{number:02}", amount) for number, amount in enumerate(months, 1))
