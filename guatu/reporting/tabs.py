"""What readings add to a project's page and file: money by month, the last words from the site."""

from collections.abc import Mapping
from dataclasses import astuple
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.attachments import register_attachment_policy, seen_with
from guatu.core.registries import BLOCKS, TABS, TODOS, Block, Tab, ToDo, register_duty
from guatu.core.today_parts import STEPS, Step, address
from guatu.core.truth import read_truth
from guatu.core.ui.charts import Chart, Series
from guatu.domain.money import MoneyUnit
from guatu.library.models import Project
from guatu.library.policies import visible_drafts
from guatu.library.queries.history import declare_column
from guatu.library.queries.parts import YEAR_CHARTS, YearChart
from guatu.reporting import places as places  # registers the place in the menu
from guatu.reporting import todo
from guatu.reporting.choices import MIX, Basis, Truth
from guatu.reporting.desk import parts as desk_parts
from guatu.reporting.evidence import parts as _evidence  # noqa: F401 - registers its tab, its to-do and its files' policy
from guatu.reporting.models import Reading
from guatu.reporting.policies import visible_layout_returns, visible_sheets, visible_workbooks
from guatu.reporting.queries import months_of, standing_readings
from guatu.reporting.review import forms as forms  # declares its settings
from guatu.reporting.review import todo as review_todo
from guatu.reporting.rhythm import phoned, todo_items
from guatu.reporting.stamped.sheet import ABOUT as STAMPED
from guatu.reporting.watch import todo as watches

SHOWN = 36  # readings on the page; the file has all


def _money(actor: Actor, project: Project, params: Mapping[str, str]) -> dict[str, Any]:
    truth = read_truth(actor, params)
    years = months_of(project.pk, truth=truth)
    rows = standing_readings([project.pk], basis=Basis.DISPATCH, truth=truth).get(project.pk, [])
    hollow = any(row.truth != Truth.CONFIRMED for row in rows)
    return {
        "money_truth": truth,
        "charts": [_chart(year, years[year], hollow=hollow) for year in sorted(years, reverse=True)],
        "readings": rows[::-1][:SHOWN],
        "mixes": [_mix(row) for row in reversed(rows) if row.mix][:SHOWN],
        "mix_heads": list(MIX.values()),
    }


def _newest(project: Project) -> Chart | None:
    """The money of the newest year with a reading."""
    years = months_of(project.pk)
    return _chart(max(years), years[max(years)]) if years else None


def _mix(row: Reading) -> dict[str, Any]:
    """One reading's composition, and which of its amounts it adds up to."""
    of = row.mix.of({"ytd": row.ytd, "cumulative": row.cumulative})
    words = {"ytd": _("本年完成"), "cumulative": _("累计完成")}.get(of or "", _("其他数额"))
    return {"on": row.effective_on, "of": words, "amounts": astuple(row.mix), "total": row.mix.total}


def _chart(year: int, months: list[int | None], *, hollow: bool = False) -> Chart:
    words = str(_("{year}年逐月完成投资（调度口径）")).format(year=year)
    axis = [str(_("{n}月")).format(n=number) for number in range(1, 13)]
    done = Series(str(_("完成（含未采用数）") if hollow else _("完成")), "claimed" if hollow else "actual", months)
    return Chart(f"months-{year}", "bar", axis, [done], words, MoneyUnit.WAN, places=0, x_title=str(_("月份")))


def add_to_file(*, actor: Actor, project: Project, file: Any, **_context: object) -> None:
    """Duty of "library.project_file": every reading that stands, by its basis."""
    parts = [str(_("{part}（元）")).format(part=words) for words in MIX.values()]
    head = [_("日期"), _("口径"), _("累计完成（元）"), _("本年完成（元）"), *parts]
    head += [_("形象进度"), _("存在问题"), _("备注"), _("来源")]
    lines = [
        (
            *(row.effective_on, row.get_basis_display(), row.cumulative, row.ytd),
            *astuple(row.mix),
            *(row.words, row.problem, row.remark, row.source),
        )
        for basis in Basis.values
        for row in standing_readings([project.pk], basis=basis, truth=Truth.CONFIRMED).get(project.pk, [])
    ]
    file.add(str(_("进度")), [str(word) for word in head], lines)


TODOS.add("reporting.imports", ToDo("reporting.imports", _("待导入的文件"), "library.draft_import", todo.open_imports))
TODOS.add(
    "reporting.missing", ToDo("reporting.missing", _("进度待报"), "reporting.view_readings", todo.missing_progress)
)
TODOS.add("reporting.review", ToDo("reporting.review", _("填报审核"), "reporting.check", review_todo.waiting_reports))
TODOS.add("reporting.desk", ToDo("reporting.desk", _("被退回的填报"), "reporting.claim", desk_parts.reports_returned))
TABS.add(
    "reporting.reports",
    Tab(
        "reports",
        "library.project",
        _("填报记录"),
        "reporting.view_readings",
        25,
        "reporting/desk/tab.html",
        desk_parts.reports_of_project,
    ),
)
TODOS.add("reporting.remind", ToDo("reporting.remind", _("到期填报"), "reporting.claim", todo_items.to_hand_in))
TODOS.add("reporting.chase", ToDo("reporting.chase", _("催报"), "reporting.chase", todo_items.to_chase))
TODOS.add("reporting.phoned", ToDo("reporting.phoned", _("代录待确认"), phoned.RIGHT, todo_items.to_confirm))
BLOCKS.add(
    "reporting.phoned",
    Block("library.project", phoned.RIGHT, "reporting/rhythm/phoned_mark.html", todo_items.phoned_mark),
)
STEPS.add(
    "reporting.progress",
    Step(
        "reporting.progress",
        70,
        _("导入第一个月的进度"),
        _("下载带项目名称的进度表发给各单位填，或直接导入各单位的月报。导入后调度页就有完成数和序时对照。"),
        _("导入进度表"),
        "reporting.import_progress",
        todo.any_reading,
        address("reporting:import"),
    ),
)
TODOS.add("reporting.day_sheets", ToDo("reporting.day_sheets", _("今天的日表"), "reporting.claim", watches.day_sheets))
TODOS.add(
    "reporting.watches", ToDo("reporting.watches", _("快到期的专项日调度"), "reporting.order_watch", watches.ending)
)
register_attachment_policy("library.importdraft", seen_with(visible_drafts))
register_attachment_policy(STAMPED, seen_with(partial(visible_sheets, right="reporting.view_readings")))
register_attachment_policy("reporting.sentworkbook", seen_with(visible_workbooks))
register_attachment_policy("reporting.sheetlayout", seen_with(visible_layout_returns, "layout__public_id"))
declare_column("basis", _("口径"), {str(basis): basis.label for basis in Basis})
declare_column("truth", _("核实程度"), {str(truth): truth.label for truth in Truth})
for _part, _words in MIX.items():
    declare_column(f"mix_{_part}", _words, money=True)
TABS.add(
    "reporting.money",
    Tab("money", "library.project", _("投资"), "reporting.view_readings", 20, "reporting/money.html", _money),
)
YEAR_CHARTS.add("reporting.money", YearChart("reporting.view_readings", _newest))
register_duty("library.project_file", "reporting.readings", 3, add_to_file)
