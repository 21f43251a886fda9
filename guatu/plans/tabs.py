"""What plans register upward: the tab of a project's plan, what waits for a post, the words of its history."""

from django.utils.translation import gettext_lazy as _

from guatu.core.registries import LINKS, TABS, TODOS, Link, Tab, ToDo
from guatu.library.queries.history import declare_column
from guatu.plans import todo
from guatu.plans.choices import Dates, DraftState, ItemStep
from guatu.plans.tab_page import context_of, count_of, papers_address

TABS.add(
    "plans.plan",
    Tab("plan", "library.project", _("计划"), "plans.view", 15, "plans/tab.html", context_of, count_of),
)
LINKS.add("plans.papers", Link("papers", "library.list", _("任务单、路线图、时间表"), papers_address, "plans.view"))
for _code, _said, _right, _items in (
    ("approve", _("待批准的计划"), "plans.approve", todo.drafts_to_approve),
    ("returned", _("退回的计划草案"), "plans.draft", todo.drafts_returned),
    ("due", _("本周节点"), "plans.record", todo.nodes_due),
    ("without", _("没有计划的项目"), "plans.approve", todo.without_plan),
):
    TODOS.add(f"plans.{_code}", ToDo(f"plans.{_code}", _said, _right, _items))
declare_column("sort", _("日期类别"), {str(sort): sort.label for sort in Dates})
declare_column("start", _("开始"))
declare_column("finish", _("完成"))
declare_column("state", _("状态"), {str(state): state.label for state in DraftState})
declare_column("step", _("进展"), {str(step): step.label for step in ItemStep})
declare_column("deadline", _("完成期限"))
