"""What the rhythm puts on Today: reports to hand in at the rule's reminder days, whom to chase, what to confirm.

Nothing leaves the product: a reminder is a to-do of the unit's posts, and the office copies its own words.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.prepared import prepared
from guatu.core.registries import ToDoItem
from guatu.core.today_parts import FEW, few_or_one
from guatu.domain.rhythm import reminders
from guatu.library.models import Project
from guatu.library.policies import visible_projects
from guatu.people.queries import calendar_for
from guatu.reporting.models import Report
from guatu.reporting.queries.asked import Wanted, by_period, wanted
from guatu.reporting.rhythm.chase import rounds
from guatu.reporting.rhythm.phoned import RIGHT, waiting
from guatu.reporting.rhythm.words import kind_word

OWN = "own_unit"


def to_hand_in(actor: Actor) -> Sequence[ToDoItem]:
    """A unit's reports that are still missing, from the first reminder day of their rule on."""
    if OWN not in rights.scopes_of(actor, "reporting.claim"):
        return []
    today = clock.today()
    found = by_period(one for one in wanted(_claimed(actor=actor), today) if one.missing and reminded(one) <= today)
    return [_item(actor, asked, today) for asked in sorted(found.values(), key=lambda asked: asked[0].expected.due)]


@prepared
def _claimed(actor: Actor) -> QuerySet[Project]:
    rows = visible_projects(actor, "reporting.claim")
    return rows.select_related("region", "unit").order_by("sort_key", "pk")


def _item(actor: Actor, asked: Sequence[Wanted], today: date) -> ToDoItem:
    """It leads to the sheet where some of these are to be filled, the own unit's before others', and says which."""
    one = next((each for each in asked if each.project.unit_id == actor.unit_id), asked[0])
    words = _("{period}{kind}：{count} 个项目待报").format(
        period=one.expected.period.label_zh, kind=kind_word(one.rule.row.kind), count=len(asked)
    )
    late = one.expected.late(today, calendar_for(one.rule.row.region, closures=False))
    at = f"{one.expected.at:%H:%M}"
    note = _("已过期限 {n} 个工作日").format(n=late) if late else _("{at} 前报送").format(at=at)
    units = list(dict.fromkeys(str(each.project.unit) for each in asked if each.project.unit is not None))
    if len(units) > 1:
        here = sum(each.project.unit_id == one.project.unit_id for each in asked)
        note += _("；{unit} {here} 个，其余在另 {n} 个单位").format(unit=one.project.unit, here=here, n=len(units) - 1)
    unit = {} if one.project.unit is None else {"unit": str(one.project.unit.public_id)}  # the sheet is one unit's
    chosen = {"kind": one.rule.row.kind, "period": one.expected.period.code}
    address = reverse("reporting:sheet") + "?" + urlencode(unit | chosen)
    return ToDoItem(words, address, one.expected.due, note)


def reminded(one: Wanted) -> date:
    """From which day on a report is on Today: the rule's first reminder, the due day where it has none."""
    calendar = calendar_for(one.rule.row.region, closures=False)
    return min([one.expected.due, *reminders(one.rule.rhythm, one.expected, calendar)])


def to_chase(actor: Actor) -> Sequence[ToDoItem]:
    """Whom the office has to chase, by kind and period."""
    today = clock.today()
    found = []
    for one in rounds(actor, today):
        left = one.counts["missing"]
        if left and reminded(one.asked[0]) <= today:
            words = _("{period}{kind}：{count} 个项目未报").format(
                period=one.period.label_zh, kind=one.kind_words, count=left
            )
            units = sum(line.counts["missing"] > 0 for line in one.lines)
            note = _("{n} 个单位").format(n=units)
            found.append(ToDoItem(words, reverse("reporting:chase"), one.expected.due, note))
    return found


def to_confirm(actor: Actor) -> Sequence[ToDoItem]:
    """What was entered for a unit by phone and waits for its word."""
    if OWN not in rights.scopes_of(actor, RIGHT):
        return []
    words = gettext_lazy("{n} 份代录待确认")
    first = _first_waiting(actor=actor)
    return few_or_one(lambda: waiting(actor), _confirm, lambda n: str(words).format(n=n), lambda: _url(first[0]), first)


@prepared
def _first_waiting(actor: Actor) -> QuerySet[Report]:
    return waiting(actor)[: FEW + 1]


def _confirm(row: Report) -> ToDoItem:
    return ToDoItem(row.project.name, _url(row), note=_("{period}代录待确认").format(period=row.period_words))


def _url(row: Report) -> str:
    return reverse("reporting:phoned", args=[row.project.public_id, row.period])


def phoned_mark(actor: Actor, project: Project, day: date) -> dict[str, Any] | None:
    """On a project's page: what was entered for its unit by phone and is not confirmed yet."""
    rows = list(waiting(actor).filter(project=project))
    if not rows:
        return None
    mark = format_html('<span class="tag">{}</span>', _("代录待确认"))
    return {"phoned": [(row.period_words, _url(row)) for row in rows], "mark": mark}
