"""Pages of figures said by phone: the office enters one (代录); the unit confirms or corrects it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.answers import answer, attempt
from guatu.core.pages import WRITE, actor_of, found, page, seen_in
from guatu.core.refusals import Refusal
from guatu.core.second_person import is_same_person
from guatu.core.ui.numbers import amount_words
from guatu.core.ui.numbers import day as day_words
from guatu.domain.errors import DomainError
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.library.policies import visible_projects
from guatu.library.queries.todo import project_url
from guatu.reporting import actions
from guatu.reporting.choices import ReportState
from guatu.reporting.content import ReportContent, from_json
from guatu.reporting.desk.known import known_of
from guatu.reporting.models import Report
from guatu.reporting.queries.asked import Wanted, wanted
from guatu.reporting.rhythm.phoned import (
    RIGHT,
    PhoneForm,
    SaidForm,
    expected_of,
    fields_of,
    initial_of,
    now_said,
    report_of,
    said_lines,
)

CONFIRM = "confirm"


def _project(actor: Actor, public_id: UUID, right: str) -> Project:
    rows = visible_projects(actor, right).select_related("region", "unit")
    project: Project = found(rows.filter(public_id=public_id).first())
    return project


def _period(code: str) -> Period:
    try:
        return Period.parse(code)
    except DomainError:
        return found(None)  # type: ignore[no-any-return]  # it raises


@page("reporting.phone_in", place="reports", methods=WRITE)
def enter(request: HttpRequest, public_id: UUID, period: str) -> HttpResponse:
    """Enter what a unit said by phone of a period."""
    actor = actor_of(request)
    project, wanted_period = _project(actor, public_id, "reporting.phone_in"), _period(period)
    one = _asked(project, wanted_period)
    told = from_json(one.report.content) if one.report is not None else ReportContent()
    form = PhoneForm(
        request.POST or None,
        asked=set(one.rule.rhythm.fields),
        told=told,
        unit=project.unit,
        initial={**initial_of(told), **now_said(), "seen": one.report.version if one.report is not None else None},
    )

    def run(values: dict[str, Any]) -> Report:
        said = {"said_by": values["said_by"], "said_at": form.moment(), "seen": values["seen"]}
        return actions.phone_in(actor=actor, project=project, expected=one.expected, content=form.content(), **said)

    title = _("代录“{name}”{period}").format(name=project.name, period=wanted_period.label_zh)
    words: dict[str, Any] = {"title": title, "said": _("已代录，等单位确认。")}
    crumbs = [{"label": _("催报"), "url": reverse("reporting:chase")}]
    to = reverse("reporting:chase_rows", args=[wanted_period.code])
    items = [{"words": line} for line in _beside(project, wanted_period)]
    return answer(request, form, run, to=to, context={"crumbs": crumbs, "items": items}, **words)


def _beside(project: Project, period: Period) -> list[str]:
    """What to read to whoever calls: the last figures, the period's target, the nodes due."""
    known = known_of([project], period)[project.pk]
    lines = []
    if known.on is not None and known.before.ytd is not None:
        told = {"day": day_words(known.on), "ytd": amount_words(known.before.ytd)}
        lines.append(_("上期：截至{day}本年完成 {ytd}").format(**told))
    if known.target:
        lines.append(_("本期目标 {target}").format(target=amount_words(known.target)))
    if known.due:
        lines.append(_("到期节点：{nodes}").format(nodes="、".join(str(node) for node in known.due)))
    return lines


def _asked(project: Project, period: Period) -> Wanted:
    one = next(iter(wanted([project], clock.today(), period)), None)
    if one is None:
        raise Refusal("reporting.not_asked", name=project.name, period=period.label_zh)
    return one


@page(RIGHT, place="reports", methods=WRITE)
def confirm(request: HttpRequest, public_id: UUID, period: str) -> HttpResponse:
    """What the office entered for a unit: the unit confirms it, or says itself what is right."""
    actor = actor_of(request)
    project, wanted_period = _project(actor, public_id, RIGHT), _period(period)
    report: Report = found(report_of(project, wanted_period))
    report.project = project
    told = from_json(report.content)
    form = SaidForm(request.POST or None, asked=fields_of(told), told=told, initial=initial_of(told))
    waits = report.to_confirm and report.state == ReportState.SUBMITTED
    context = {
        "page_title": _("{period}代录").format(period=wanted_period.label_zh),
        "page_sub": project.name,
        "report": report,
        "lines": said_lines(report),
        "form": form,
        "waits": waits,
        "may_confirm": waits and _may_confirm(actor, report),
        "may_correct": waits and rights.can(actor, "reporting.claim").allowed,
        "back": project_url(project, "money"),
    }
    if request.method != "POST":
        return render(request, "reporting/rhythm/phoned.html", context)
    return _answered(request, form, report, context)


def _may_confirm(actor: Actor, report: Report) -> bool:
    own = is_same_person(actor, report.submitted_by_user)
    return rights.can(actor, "reporting.check").allowed and not own


def _answered(request: HttpRequest, form: SaidForm, report: Report, context: dict[str, Any]) -> HttpResponse:
    """The unit's word: it is so, or it is otherwise. The version that was open is asked for."""
    actor = actor_of(request)
    seen = seen_in(request)

    def run() -> str:
        if request.POST.get("do") == CONFIRM:
            actions.check_reports(actor=actor, reports=[(report, seen)])
            return _("已确认，转项目办采用。")
        content = form.content()
        actions.correct_phoned(actor=actor, report=report, expected=expected_of(report), seen=seen, content=content)
        return _("已更正，以单位填报为准。")

    if not form.is_valid():
        return render(request, "reporting/rhythm/phoned.html", context, status=422)
    tried = attempt(form, run)
    if not tried.carried_out:
        return render(request, "reporting/rhythm/phoned.html", context | dict(tried.shown), status=tried.status)
    messages.success(request, tried.result)
    return redirect(request.path)
