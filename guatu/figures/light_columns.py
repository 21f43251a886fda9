"""What lights add to the table of projects: the colour with its sentence, and why; and the view 红黄灯."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.actor import Actor
from guatu.core.registries import COLUMNS, ColumnPart
from guatu.core.tables import ReadyView
from guatu.core.tables.state import NO_GROUP
from guatu.core.ui.lights import LIT
from guatu.domain.lights import InEffect
from guatu.figures.formats import Lit
from guatu.figures.queries.light_now import lights_seen, rules_hold
from guatu.library.models import AnnualList
from guatu.library.queries.parts import READY, ReadyPart

Given = Mapping[str, Any]
ABOUT = gettext_lazy("项目")


def reason_of(light: InEffect) -> str:
    """The sentence that lit it, and why it does not count where it is excused."""
    said = light.light.sentence if light.light is not None else ""
    if light.exemption is None:
        return said
    why = _("豁免至{day}：{reason}（{who}批准）").format(
        day=light.exemption.end.isoformat(), reason=light.exemption.reason, who=light.exemption.approved_by
    )
    return f"{said}{why}"


def _seen(actor: Actor, given: Given) -> Mapping[int, InEffect]:
    """Of the chosen list's region, or of all."""
    regions = {given["list"].region_id} if "list" in given else None
    return lights_seen(actor, given["day"], regions)


def _lights(actor: Actor, given: Given) -> Mapping[int, Lit]:
    return {
        project: Lit(light.colour or "none", partial(reason_of, light), light.exemption is not None)
        for project, light in _seen(actor, given).items()
    }


def _reasons(actor: Actor, given: Given) -> Mapping[int, str]:
    return {project: reason_of(light) for project, light in _seen(actor, given).items()}


def _lit_at_all(given: Given) -> bool:
    """Where no rules judge anybody, a column of dashes takes the room of others."""
    return rules_hold(given["day"])


def _red_and_yellow(annual_list: AnnualList | None, day: date) -> ReadyView | None:
    if not rules_hold(day):
        return None
    money = () if annual_list is None else ("planned_investment", "ytd", "rate", "against_time")
    columns = ",".join(("name", "light", "light_reason", "stage", "unit", *money))
    state = f"f.light=red&f.light=yellow&sort=light&group={NO_GROUP}&columns={columns}"
    return ReadyView(gettext_lazy("红黄灯"), state)


def _add(code: str, words: Any, format: str, lookup: Any, **more: Any) -> None:
    part = ColumnPart(code, "library.projects", words, None, format, lookup=lookup, needs=("day",), group=ABOUT, **more)
    COLUMNS.add(f"figures.{code}", part)


def register() -> None:
    """Add the columns and the view."""
    _add(
        "light",
        gettext_lazy("灯"),
        "lit",
        _lights,
        filter="choice",
        choices=LIT,
        groupable=True,
        default=_lit_at_all,
        after="name",
    )
    _add(
        "light_reason",
        gettext_lazy("亮灯原因"),
        "long",
        _reasons,
        filter="text",
        default=False,
        after="light",
        in_files_with="light",
    )
    READY.add("figures.red_and_yellow", ReadyPart(_red_and_yellow))
