"""What waits of progress: files to import, and the month's figures that have not come."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.kinds import WHOLE
from guatu.core.registries import ToDoItem
from guatu.core.settings import declare_setting, setting
from guatu.core.today_parts import few_or_one
from guatu.domain.periods import last_cut_off
from guatu.domain.stages import OVER
from guatu.library.choices import EntryKind, Stage
from guatu.library.models import AnnualList, ImportDraft, ListEntry, Project
from guatu.library.policies import visible_drafts, visible_projects
from guatu.library.queries.todo import lists_running, open_drafts, project_url
from guatu.reporting.doubt_page import open_doubts
from guatu.reporting.models import Reading
from guatu.reporting.queries.asked import rules_in_force


def _days(value: int) -> str:
    return "" if 0 <= value <= 31 else _("填 0 至 31 天")


declare_setting(
    "reporting.grace_days",
    gettext_lazy("截止日后几天内报齐进度"),
    5,
    check=_days,
    kind=WHOLE,
    per_region=True,
    help=gettext_lazy("名单的截止日加上这些天，就是当期进度的报送期限，写在待办上"),
)


def open_imports(actor: Actor) -> Sequence[ToDoItem]:
    """Imports under way, each with what it waits for: doubtful rows to decide, or a look at the preview."""
    drafts = open_drafts(visible_drafts(actor))
    return few_or_one(drafts, _draft, lambda n: _("{n} 个文件待导入").format(n=n), reverse("reporting:import"))


def _draft(row: ImportDraft) -> ToDoItem:
    doubts = len(open_doubts(row))
    note = _("{state}，{n} 行疑似已有项目待判断").format(state=row.get_state_display(), n=doubts)
    said = note if doubts else str(row.get_state_display())
    return ToDoItem(row.file_name, reverse("reporting:import_draft", args=[row.public_id]), note=said)


def missing_progress(actor: Actor) -> Sequence[ToDoItem]:
    """This year's running projects without a figure of the last month that is cut off, for who reports or checks; where
    rules say what is to be reported, they say what waits as well (rhythm.todo_items).
    """
    if not any(rights.can(actor, name).allowed for name in ("reporting.claim", "reporting.check")):
        return []
    found: list[ToDoItem] = []
    for row in lists_running(actor=actor, right="library.view"):
        until = last_cut_off(clock.today(), row.cut_off_day)
        if until.year == row.year and not rules_in_force(row.region, clock.today()):
            found += _missing_of(actor, row, until)
    return found


def _missing_of(actor: Actor, annual_list: AnnualList, until: date) -> Sequence[ToDoItem]:
    late = Q(last_reading_on__isnull=True) | Q(last_reading_on__lt=until)
    mine = visible_projects(actor, "reporting.view_readings").filter(late).exclude(stage__in=(*OVER, Stage.SUSPENDED))
    entries = ListEntry.objects.filter(annual_list=annual_list, project__in=mine).as_of(clock.today(), restated=True)
    listed = entries.filter(listed=True).exclude(kind=EntryKind.PRELIMINARY)
    projects = Project.objects.filter(pk__in=listed.values("project_id")).only("name", "public_id", "last_reading_on")
    due = until + timedelta(days=setting("reporting.grace_days", annual_list.region_id))
    may_import = rights.can(actor, "reporting.import_progress").allowed
    note = _("没有 {n}月 的进度数据").format(n=until.month)
    url = reverse("reporting:import") if may_import else reverse("library:projects") + f"?list={annual_list.public_id}"
    words = _("{list}：{count} 个项目没有 {month}月 的进度数据")
    return few_or_one(
        projects.order_by("sort_key", "pk"),
        lambda row: ToDoItem(row.name, project_url(row, "money"), due, note),
        lambda n: words.format(list=annual_list.name, count=n, month=until.month),
        url,
    )


def any_reading() -> bool:
    """Whether a figure was ever booked."""
    return Reading.objects.filter(superseded_at__isnull=True).exists()
