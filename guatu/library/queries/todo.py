"""What of projects and lists waits for a post: papers to settle, planned dates that come or have passed."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.prepared import prepared
from guatu.core.registries import ToDoItem
from guatu.core.tables.state import CHOSEN_MOST
from guatu.core.today_parts import few_or_one
from guatu.domain.dates import last_of_month
from guatu.domain.stages import BEGUN, OVER
from guatu.library.choices import DraftState, ListState, Stage
from guatu.library.models import AnnualList, ImportDraft, ListEntry, Project, ProjectClass
from guatu.library.policies import visible_lists, visible_projects
from guatu.library.queries.commitments import Commitment, incomplete
from guatu.library.queries.lists import in_office_order

OPEN_DRAFTS = (DraftState.WAITING, DraftState.CHECKED, DraftState.WRONG)


def project_url(project: Project, tab: str = "") -> str:
    """A project's page, at a tab."""
    return reverse("library:project", args=[project.public_id]) + (f"?tab={tab}" if tab else "")


def library_url(**filters: str) -> str:
    """The library's table with filters ("f." before each column)."""
    asked = "&".join(f"f.{name}={value}" for name, value in filters.items())
    return reverse("library:projects") + (f"?{asked}" if asked else "")


def projects_url(projects: Sequence[Project], otherwise: str = "") -> str:
    """The library's table of just these projects, sub-projects too; `otherwise` where they are too many for a link."""
    if len(projects) > CHOSEN_MOST:
        return otherwise or reverse("library:projects")
    ids = ",".join(str(project.public_id) for project in projects)
    return f"{reverse('library:projects')}?list=all&subs=1&group=-&chosen={ids}"


def running_lists(actor: Actor, right: str = "library.view") -> QuerySet[AnnualList]:
    """This year's lists within which the actor holds a right."""
    return visible_lists(actor, right).filter(year=clock.today().year)


@prepared
def lists_running(actor: Actor, right: str) -> QuerySet[AnnualList]:
    """The same, prepared, each with its region."""
    return running_lists(actor, right).select_related("region")


def commitments_lacking(actor: Actor) -> Sequence[ToDoItem]:
    """Running projects of which a leader, task force, unit or plan is not named."""
    lacking = incomplete(actor, "library.assign", clock.today())
    return few_or_one(
        lacking,
        lambda pair: ToDoItem(pair[0].name, project_url(pair[0], "people"), note=_lacks(pair[1])),
        lambda n: _("{n} 个项目包联责任未落实").format(n=n),
        lambda: projects_url([project for project, _lack in lacking]),
    )


def _lacks(lack: Commitment) -> str:
    missing = "、".join(member.words for member in lack.missing)
    return _("{words}缺 {n} 项：{missing}").format(words=lack.words, n=len(lack.missing), missing=missing)


def _projects(rows: QuerySet[Project], note: str, words: str, otherwise: str = "") -> Sequence[ToDoItem]:
    """A few of the rows one by one, or all of them as one thing: a count and three names, however many there are."""
    named = rows.only("name", "public_id").order_by("sort_key", "pk")
    return few_or_one(
        named,
        lambda row: ToDoItem(row.name, project_url(row), note=note),
        lambda n: words.format(n=n),
        lambda: projects_url(list(named[: CHOSEN_MOST + 1]), otherwise),
    )


def unconfirmed(actor: Actor) -> Sequence[ToDoItem]:
    """Projects that somebody has to confirm."""
    rows = visible_projects(actor, "library.change_project").filter(confirmed=False)
    return _projects(rows, _("待确认"), _("{n} 个项目待确认"))


def doubtful_codes(actor: Actor) -> Sequence[ToDoItem]:
    """Projects with a code that breaks its rule."""
    rows = visible_projects(actor, "library.change_project").exclude(code_doubts="").exclude(stage=Stage.EXITED)
    words = _("{n} 个项目的代码有疑，待核对")
    return _projects(rows, _("代码有疑，请对照批文或执照核对"), words, library_url(codes="doubt"))


def lists_to_issue(actor: Actor) -> Sequence[ToDoItem]:
    """Lists that hold only provisionally."""
    rows = visible_lists(actor, "library.issue_list").filter(state=ListState.PROVISIONAL)
    held = rows.annotate(n=Count("entries__project", Q(entries__superseded_at__isnull=True), distinct=True))
    return [
        ToDoItem(
            _("印发“{name}”").format(name=row.name),
            reverse("library:list", args=[row.public_id]),
            note=_("暂定，现有 {n} 项").format(n=row.n),
        )
        for row in in_office_order(held.select_related("region"))
    ]


def planned_dates(actor: Actor) -> Sequence[ToDoItem]:
    """Starts and completions that this year's lists plan by the end of this month and that have not come about."""
    day = clock.today()
    until = last_of_month(day.year, day.month)
    starts: dict[int, ListEntry] = {}
    ends: dict[int, ListEntry] = {}
    for row in _planned(actor=actor, day=day, until=until):
        if not row.listed:
            continue
        if row.planned_start and row.planned_start <= until and row.project.stage not in BEGUN:
            starts.setdefault(row.project_id, row)
        if row.planned_finish and row.planned_finish <= until:
            ends.setdefault(row.project_id, row)
    return [*_by_lateness(starts.values(), "planned_start", day), *_by_lateness(ends.values(), "planned_finish", day)]


@prepared
def _planned(actor: Actor, day: date, until: date) -> QuerySet[ListEntry]:
    mine = visible_projects(actor, "library.view_mine").exclude(stage__in=(*OVER, Stage.SUSPENDED))
    entries = ListEntry.objects.filter(annual_list__in=running_lists(actor), project__in=mine)
    rows = entries.filter(Q(planned_start__lte=until) | Q(planned_finish__lte=until)).as_of(day, restated=True)
    return rows.select_related("project").order_by("planned_start", "planned_finish", "pk")


def _by_lateness(entries: Iterable[ListEntry], what: str, day: date) -> list[ToDoItem]:
    """The late ones and those to come apart, each as few or as one; `what` is the planned date."""
    note = _("计划开工，还没有开工") if what == "planned_start" else _("计划竣工，还没有竣工")
    words = {
        ("planned_start", True): _("{n} 个项目过了计划开工日期，还没有开工"),
        ("planned_start", False): _("{n} 个项目计划本月开工"),
        ("planned_finish", True): _("{n} 个项目过了计划竣工日期，还没有竣工"),
        ("planned_finish", False): _("{n} 个项目计划本月竣工"),
    }
    dated = sorted(((getattr(row, what), row.project) for row in entries), key=lambda pair: pair[0])
    found: list[ToDoItem] = []
    for late in (True, False):
        part = [(on, project) for on, project in dated if (on < day) == late]
        found += few_or_one(
            part,
            lambda pair: ToDoItem(pair[1].name, project_url(pair[1], "stages"), pair[0], note),
            partial(_counted, words[what, late]),
            projects_url([project for _on, project in part]),
        )
    return found


def _counted(words: str, n: int) -> str:
    return words.format(n=n)


# -- the first steps ---------------------------------------------------------------------------------------------------
def any_class() -> bool:
    """Whether a class stands; an import of a plan makes them too."""
    return ProjectClass.objects.filter(withdrawn=False).exists()


def any_listed() -> bool:
    """Whether a list holds a project."""
    return ListEntry.objects.filter(listed=True, superseded_at__isnull=True, annual_list__withdrawn=False).exists()


def any_answered_for() -> bool:
    """Whether somebody answers for a listed project."""
    return any_listed() and Project.objects.filter(withdrawn=False, assignments__isnull=False).exists()


def any_issued() -> bool:
    """Whether a list is issued."""
    return AnnualList.objects.filter(state=ListState.ISSUED, withdrawn=False).exists()


def open_drafts(rows: QuerySet[ImportDraft]) -> QuerySet[ImportDraft]:
    """The imports under way, the newest first."""
    return rows.filter(state__in=OPEN_DRAFTS).order_by("-made_at")
