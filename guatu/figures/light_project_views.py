"""Pages of one project's light: how it went through the year, what the unit says of it, and excusing it."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.answers import answer
from guatu.core.pages import WRITE, actor_of, page
from guatu.core.ui.lights import LIT
from guatu.core.ui.numbers import period_words
from guatu.figures import actions
from guatu.figures.light_block import edition_on, explanations_shown, others_of
from guatu.figures.light_forms import ExemptForm, ExplainForm
from guatu.figures.queries.light_courses import exemptions_of
from guatu.figures.queries.light_history import Stretch, light_history
from guatu.figures.queries.light_now import Shown, light_shown
from guatu.library.models import Project
from guatu.library.policies import can_do, visible_projects

FORM = "figures/light_form.html"


def _found(actor: Actor, right: str, public_id: UUID) -> Project:
    rows = visible_projects(actor, "library.view").filter(pk__in=visible_projects(actor, right).values("pk"))
    project: Project = get_object_or_404(rows.select_related("region"), public_id=public_id)
    return project


@page("figures.view", place="library")
def project_lights(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The year's lights, each with its sentence and the rules of its day; excuses and explanations."""
    actor, today = actor_of(request), clock.today()
    project = _found(actor, "figures.view", public_id)
    shown, stretches = light_shown(actor, project, today), light_history(project, today)
    context = {
        "page_title": _("{name}：红黄绿灯").format(name=project.name),
        "project": project,
        **_shown(shown),
        "others": [] if shown is None else others_of(shown.light),
        "rules": edition_on(actor, project, today),
        "stretches": (told := [_told(one) for one in stretches]),
        "runs": _runs(told),
        "since": stretches[-1].shown.since if stretches else None,
        "exemptions": sorted(exemptions_of([project.pk]).get(project.pk, []), key=lambda one: one.start, reverse=True),
        "explanations": [] if shown is None else explanations_shown(project, shown, today),
        "may_explain": can_do(actor, "figures.explain_light", project).allowed,
        "may_exempt": can_do(actor, "figures.exempt_light", project).allowed,
    }
    return render(request, "figures/project_lights.html", context)


def _shown(shown: Shown | None) -> dict[str, Any]:
    """A light above a form."""
    light = None if shown is None else shown.light
    return {"light": light, "word": LIT[(light and light.colour) or "none"]}


def _told(one: Stretch) -> dict[str, Any]:
    """A period as strip and table show it: 3月, 第12周, 3月26日."""
    period, colour = one.period, one.shown.colour or "none"
    light = one.shown.light
    return {
        "words": period_words(period),
        "on": one.evaluated_on,
        "colour": colour,
        "word": LIT[colour],
        "sentence": light.sentence if light is not None else "",
        "since": one.shown.since,
        "excused": one.shown.exemption is not None,
        "rules": one.rules,
    }


def _runs(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Periods that follow each other in one colour as one mark of the strip: 第39周—第44周, with the last one's day."""
    found = []
    for _colour, same in groupby(told, key=lambda one: one["colour"]):
        run = list(same)
        first, last = run[0]["words"], run[-1]["words"]
        found.append({**run[-1], "words": first if len(run) == 1 else f"{first}—{last}"})
    return found


@page("figures.explain_light", place="library", methods=WRITE)
def explain(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say why a light stands as it does."""
    actor = actor_of(request)
    project = _found(actor, "figures.explain_light", public_id)
    back = reverse("library:project", args=[project.public_id])

    def run(values: dict[str, Any]) -> None:
        actions.explain_light(actor=actor, project=project, on=clock.today(), **values)

    title, shown = _("{name}：说明情况").format(name=project.name), light_shown(actor, project, clock.today())
    words: dict[str, Any] = {"title": title, "to": back, "said": _("说明已放在亮灯旁边。"), "template": FORM}
    return answer(request, ExplainForm(request.POST or None), run, context=_shown(shown), **words)


@page("figures.exempt_light", place="library", methods=WRITE)
def exempt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Excuse a project's light for a time."""
    actor = actor_of(request)
    project = _found(actor, "figures.exempt_light", public_id)
    back = reverse("library:project", args=[project.public_id])

    def run(values: dict[str, Any]) -> None:
        actions.exempt_light(actor=actor, project=project, **values)

    title, shown = _("{name}：红黄灯豁免").format(name=project.name), light_shown(actor, project, clock.today())
    words: dict[str, Any] = {"title": title, "to": back, "said": _("已豁免，灯色照常显示，不计入。"), "template": FORM}
    context = {"deed": _("批准豁免"), **_shown(shown)}
    return answer(request, ExemptForm(request.POST or None), run, context=context, **words)
