"""`guatu schedule back-plan`: a plan worked back from its deadlines, from a file, without a database."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

import guatu.plans.messages  # noqa: F401  the sentences, also where the package's app has not started
from guatu.core.refusals import Refusal
from guatu.domain.errors import DomainError
from guatu.domain.schedule.solve import BackPlan, back_plan
from guatu.domain.schedule.types import Change, Constraint, Link
from guatu.plans.schedule_file import plan_of, shown

Answer = dict[str, Any]
COUNTS = ("duration", "lag")  # a text there is shown with its quotes: "3" is no 3


def add_commands(subparsers: Any) -> None:
    """Add `schedule` to the command line."""
    parser = subparsers.add_parser("schedule", help="plans of nodes, computed from a file without a database")
    parts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    command = parts.add_parser("back-plan", help="work the nodes back from the deadlines; how to repair what fails")
    command.add_argument("file", metavar="FILE", help="JSON (docs/algorithms/back_planning.md); - reads standard input")
    command.set_defaults(run=run_back_plan, text=as_words, needs_django=False)


def run_back_plan(args: argparse.Namespace) -> Answer:
    """Answer `guatu schedule back-plan`."""
    name = _("标准输入") if args.file == "-" else args.file
    try:
        found = back_plan(plan_of(_data(args.file, name), name))
        return answer_of(found)
    except DomainError as fault:
        raise refusal_of(fault) from None


def refusal_of(fault: DomainError) -> Refusal:
    """The refusal with a fault's sentence; the nodes that it names are its items."""
    named = fault.params.get("nodes") or ([fault.params["node"]] if "node" in fault.params else [])
    params = {key: _as_written(key, value) for key, value in fault.params.items()}
    return Refusal(fault.code, items=[{"node": node} for node in named], **params)


def _as_written(key: str, value: Any) -> Any:
    """What a sentence shows of a value: names joined, what is neither text nor a whole number as the file has it."""
    if isinstance(value, tuple):
        return "、".join(shown(str(one)) for one in value)
    if isinstance(value, list | dict | float | bool | None) or (isinstance(value, str) and key in COUNTS):
        return shown(json.dumps(value, ensure_ascii=False, default=str))
    return shown(value) if isinstance(value, str) else value


def answer_of(found: BackPlan) -> Answer:
    """The result as the command prints it."""
    nodes = [
        {
            "id": row.id,
            "earliest_start": row.earliest_start,
            "earliest_finish": row.earliest_finish,
            "latest_start": row.latest_start,
            "latest_finish": row.latest_finish,
            "float": row.float,
        }
        for row in found.nodes
    ]
    calendar = found.plan.calendar
    last = max(max(row.earliest_finish, row.latest_finish) for row in found.nodes)
    return {
        "feasible": found.feasible,
        "short_by": found.short_by,
        "finish": found.finish,
        "nodes": nodes,
        "driving_path": list(found.driving_path),
        "conflict": [_constraint(one) for one in found.conflict],
        "repairs": [
            {
                "kind": repair.kind,
                "changes": [_change(change) for change in repair.changes],
                "cost": repair.cost,
                "finish": repair.finish,
                "least": repair.least,
            }
            for repair in found.repairs
        ],
        "calendar": {"known_to": calendar.known_to, "beyond": calendar.beyond(last)},
    }


def as_words(answer: Answer) -> str:
    """The result for a reader."""
    path = " → ".join(answer["driving_path"])
    if answer["feasible"]:
        lines = [_("计划可完成，最早 {finish} 全部完成。").format(finish=answer["finish"])]
    else:
        lines = [_("计划难完成：差 {days} 个工作日。").format(days=answer["short_by"])]
    lines.append(_("关键线路：{path}").format(path=path))
    for row in answer["nodes"]:
        lines.append(
            f"{row['id']}\t{row['earliest_start']}\t{row['earliest_finish']}\t"
            f"{row['latest_start']}\t{row['latest_finish']}\t{row['float']}"
        )
    for repair in answer["repairs"]:
        done = "；".join(_said(change) for change in repair["changes"])
        lines.append(
            _("{kind}：{done}（费用 {cost} 元，{finish} 完成）").format(
                kind=_kind(repair["kind"]), done=done, cost=repair["cost"], finish=repair["finish"]
            )
        )
    if answer["calendar"]["beyond"]:
        lines.append(_("节假日表只到 {day}，此后只按周末推算。").format(day=answer["calendar"]["known_to"]))
    return "\n".join(lines)


def _kind(kind: str) -> str:
    words = {"cheapest crash": _("压缩工期"), "moved deadline": _("推迟期限"), "dropped overlap": _("改为平行")}
    return words[kind]


def _said(change: Answer) -> str:
    if change["kind"] == "crash":
        return _("{node} 压缩 {days} 天").format(**change)
    if change["kind"] == "drop_link":
        return _("{to} 不再等 {from}").format(**change)
    return _("{node} 从 {before} 推迟到 {after}").format(
        node=change.get("node") or _("完成期限"), before=change["from"], after=change["to"]
    )


def _joined(link: Link) -> Answer:
    return {"from": link.start, "to": link.to, "type": link.type, "lag": link.lag}


def _constraint(one: Constraint) -> Answer:
    if one.link is not None:
        return {"kind": one.kind, **_joined(one.link)}
    return {"kind": one.kind, "node": one.node, "date": one.date}


def _change(change: Change) -> Answer:
    if change.link is not None:
        return {"kind": change.kind, **_joined(change.link)}
    if change.days is not None:
        return {"kind": change.kind, "node": change.node, "days": change.days, "cost": change.cost}
    moved = {"from": change.before, "to": change.date}
    return {"kind": change.kind, **({"node": change.node} if change.node else {}), **moved}


def _data(file: str, name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as problem:
        raise Refusal("schedule.file", name=name, why=problem.strerror or "") from None
