"""One project's report as a form: fields with last values beside, nodes, earlier editions, what two people changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guatu.core import clock, typed
from guatu.core.inputs import DayField
from guatu.domain.errors import DomainError
from guatu.domain.rhythm import OFTEN
from guatu.library.models import Project
from guatu.plans.choices import Dates
from guatu.plans.models import Node, NodeDates
from guatu.reporting.choices import WRITABLE, ReportState
from guatu.reporting.content import NodeSaid, ReportContent
from guatu.reporting.desk.known import Known, checks_of
from guatu.reporting.desk.sheet import content_of, said_of_row
from guatu.reporting.desk.typed import CODES, MONEY, PARTS, grouped, text_of
from guatu.reporting.desk.words import HEADINGS
from guatu.reporting.models import ReportEdition
from guatu.reporting.policies import approvers_of_fall
from guatu.reporting.queries.asked import Wanted

SHORT: Final = ("amount", "words", "problem", "same_reason")
DAYS: Final = {"started": "开始", "finished": "完成", "forecast": "预计完成"}


@dataclass(frozen=True, slots=True)
class FormField:
    """A field as the form shows it: what stands, what was seen, the last value, what is said of it; the system that
    holds it, and whether it is only read here for that.
    """

    code: str
    text: str
    was: str
    last: str
    said: list[dict[str, Any]]
    theirs: str | None = None
    held: str = ""
    locked: bool = False

    @property
    def label(self) -> str:
        """Its name."""
        return str(HEADINGS[self.code])

    @property
    def unit(self) -> str:
        """Its unit."""
        return _("万元") if self.code in (*MONEY, *PARTS) else "%" if self.code == "percent" else ""

    @property
    def last_shown(self) -> str:
        """The last value with its unit."""
        text = grouped(self.last) if self.code in (*MONEY, *PARTS) else self.last
        return f"{text} {self.unit}".strip()

    @property
    def long(self) -> bool:
        """Whether it is written in lines."""
        return self.code in ("words", "problem", "next_plan", "remark")


def codes_shown(one: Wanted) -> tuple[str, ...]:
    """A day's or week's form has its few fields; a seldom one has all of a report."""
    often = one.rule.rhythm.kind in OFTEN
    corrected = one.report is not None and one.report.state == ReportState.ACCEPTED
    return SHORT if often and not corrected else CODES


def fields_of(
    one: Wanted,
    known: Known,
    content: ReportContent,
    told: Mapping[str, str],
    faults: Mapping[str, str],
    clashes: Mapping[str, str],
    corrects: bool = False,
) -> list[FormField]:
    """The form's fields with what was typed; `corrects`: who types may change what another system holds."""
    stands, listed, held = content_of(one), said_of_row(content, known, faults), known.locked
    found = []
    for code in codes_shown(one):
        other = held.get(code)
        locked = other is not None and not corrects
        text = text_of(known.held_content, code) if locked else told.get(code, text_of(content, code))
        said = [row for row in listed if row["field"] == code]
        system = "" if other is None else _("{system}已有（截至 {day}）").format(system=other.system, day=other.as_of)
        last = known.last.get(code, "")
        found.append(FormField(code, text, text_of(stands, code), last, said, clashes.get(code), system, locked))
    return found


def falls(content: ReportContent, known: Known) -> bool:
    """Whether a sum falls below the last one, for which a reason and another's approval are asked."""
    return any(check.code == "report.falls" for check in checks_of(content, known))


# -- nodes -------------------------------------------------------------------------------------------------------------
def nodes_of(one: Wanted) -> QuerySet[Node]:
    """The nodes of the project's plan that are not done yet, in its order."""
    return open_nodes([one.project])


def open_nodes(projects: Sequence[Project]) -> QuerySet[Node]:
    """The same of several projects; `node.plan` is at hand."""
    done = NodeDates.objects.filter(sort=Dates.ACTUAL, superseded_at__isnull=True, finish__isnull=False)
    nodes = Node.objects.filter(plan__project__in=[project.pk for project in projects], withdrawn=False)
    return nodes.exclude(pk__in=done.values("node_id")).select_related("plan").order_by("order", "pk")


def node_rows(one: Wanted, content: ReportContent, told: Mapping[str, str]) -> list[dict[str, Any]]:
    """A row for each open node: what the report says of it, as typed."""
    said = {row.node: row for row in content.nodes}
    rows = []
    for node in nodes_of(one):
        key = str(node.public_id)
        kept = said.get(key, NodeSaid(node=key))
        values = {part: told.get(f"node.{key}.{part}", _shown(getattr(kept, part))) for part in (*DAYS, "reason")}
        quantity = told.get(f"node.{key}.quantity", _shown(kept.quantity))
        rows.append({"node": node, "key": key, **values, "quantity": quantity})
    return rows


def with_nodes(one: Wanted, content: ReportContent, told: Mapping[str, str]) -> tuple[ReportContent, list[str]]:
    """The content with what was typed of nodes, and why some of it cannot be read (that is left as it was)."""
    said = {row.node: row for row in content.nodes}
    faults: list[str] = []
    for node in nodes_of(one):
        key = str(node.public_id)
        texts = {name: told[f"node.{key}.{name}"].strip() for name in _PARTS if f"node.{key}.{name}" in told}
        if not texts:
            continue
        read, wrong = _node(key, texts, one.expected.on.year)
        faults += [f"{node.name}：{words}" for words in wrong]
        if not wrong:
            said[key] = read
    kept = tuple(row for row in said.values() if row != NodeSaid(node=row.node))
    return replace(content, nodes=kept), faults


_PARTS: Final = (*DAYS, "reason", "quantity")


def _node(key: str, texts: Mapping[str, str], year: int) -> tuple[NodeSaid, list[str]]:
    values: dict[str, Any] = {"reason": texts.get("reason", "")[:200]}
    wrong: list[str] = []
    for name in DAYS:
        try:
            values[name] = typed.day_typed(texts[name], year).day if texts.get(name) else None
        except DomainError as fault:
            wrong.append(typed.why_not(fault))
    try:
        values["quantity"] = Decimal(texts["quantity"]) if texts.get("quantity") else None
    except InvalidOperation:
        wrong.append(_("看不懂数量“{text}”。请写一个数。").format(text=texts["quantity"][:20]))
    wrong += _actual(values.get("started"), values.get("finished"))
    if values.get("forecast") and not values["reason"]:
        wrong.append(_("推迟的节点请写明原因。"))
    return (NodeSaid(node=key) if wrong else NodeSaid(node=key, **values)), wrong


def _actual(started: date | None, finished: date | None) -> list[str]:
    """What is wrong with days on which something is said to have happened."""
    found = []
    if any(day is not None and day > clock.today() for day in (started, finished)):
        found.append(_("开始、完成写已经发生的日期，不能晚于今天。还没有完成的，请写预计完成。"))
    if started is not None and finished is not None and finished < started:
        found.append(_("完成日期早于开始日期。请核对。"))
    return found


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return DayField(label="").prepare_value(value) if isinstance(value, date) else str(value)


# -- around the form ---------------------------------------------------------------------------------------------------
def around(one: Wanted) -> dict[str, Any]:
    """State, what may be done, earlier editions."""
    report = one.report
    editions = ReportEdition.objects.filter(report=report).order_by("-number") if report is not None else []
    accepted = report is not None and report.state == ReportState.ACCEPTED
    return {
        "report": report,
        "one": one,
        "editions": editions,
        "accepted": accepted,
        "writable": report is None or report.state in WRITABLE or accepted,
        "may_take_back": report is not None and report.state == ReportState.SUBMITTED,
        "approvers": approvers_of_fall(one.project.region),
    }
