"""`guatu import …`: a ledger's file checked or taken in, all or nothing; what was imported; taking that back."""

import argparse
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from guatu.core import file_types
from guatu.core.attachments import keep_path
from guatu.core.logs import as_uuid
from guatu.core.refusals import Refusal
from guatu.core.sheets.errors import SheetError
from guatu.core.signs import whole_number
from guatu.domain.money import MoneyUnit
from guatu.library.choices import DraftState, Level
from guatu.library.policies import visible_drafts
from guatu.library.queries.doubts import ASK, BEST, NEW
from guatu.library.queries.ledgers import ledger_map
from guatu.people.queries import actor_from_text
from guatu.reporting import drafts, imports
from guatu.reporting.actions import undo_import
from guatu.reporting.choices import Basis
from guatu.reporting.cli_types import a_period, a_year
from guatu.reporting.conversation import as_json, said
from guatu.reporting.decisions import decisions_of, read_decisions
from guatu.reporting.export_cli import add_commands as add_exports
from guatu.reporting.remind_cli import add_commands as add_reminder

SHOWN = 20  # issues printed for a reader; --json has all of them


def add_commands(subparsers: Any) -> None:
    """Add `import plan`, `progress`, `list` and `undo`, the exports and the reminder, to the command line."""
    add_exports(subparsers)
    add_reminder(subparsers)
    parser = subparsers.add_parser("import", help="take in a ledger: all or nothing")
    kinds = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    plan = kinds.add_parser("plan", help="an annual plan ledger (年度计划表)")
    _add_common(plan)
    plan.add_argument("--batch", type=_batch, metavar="N", help="which issue of the list it is")
    plan.set_defaults(run=_run_plan, text=as_words, exit_code=exit_code)
    progress = kinds.add_parser("progress", help="a progress sheet (月报、周报)")
    _add_common(progress)
    progress.add_argument(
        "--period",
        required=True,
        type=a_period,
        help="2019-03, 2019-W12, 2019-03-09, 2019-Q1: dated its last day",
    )
    progress.add_argument(
        "--basis", choices=Basis.values, default=Basis.DISPATCH, help="what amounts are counted by (default: dispatch)"
    )
    progress.set_defaults(run=_run_progress, text=as_words, exit_code=exit_code, fault=progress.error)
    listed = kinds.add_parser("list", help="what is under way and what was imported, newest first")
    listed.add_argument("--as", dest="post", default="", metavar="POST", help="act in this post; default: the operator")
    listed.add_argument("--limit", type=int, default=50, metavar="N", help="so many at most (default 50)")
    listed.set_defaults(run=_run_list, text=_list_words)
    undo = kinds.add_parser("undo", help="take an import back, while nothing later stands on it")
    undo.add_argument("draft", metavar="DRAFT_OR_ENTRY", help="id of the import, or of its entry in the trail")
    undo.add_argument("--reason", required=True, help="kept in the trail")
    undo.add_argument("--as", dest="post", default="", metavar="POST", help="act in this post; default: the operator")
    undo.set_defaults(run=_run_undo, text=lambda answer: said(answer))


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="xlsx, xls, ods, csv, or docx with a table")
    parser.add_argument("--year", required=True, type=a_year, help="year of the list")
    parser.add_argument("--level", required=True, choices=Level.values, help="level of the list")
    parser.add_argument("--region", required=True, metavar="CODE", help="GB/T 2260 code")
    parser.add_argument("--unit", choices=[unit.value for unit in MoneyUnit], help="of amounts, where none is printed")
    parser.add_argument("--map", metavar="FILE", help="YAML: heading → field (docs/howto/import-a-ledger.md)")
    parser.add_argument("--as", dest="post", default="", metavar="POST", help="act in this post; default: the operator")
    parser.add_argument(
        "--decisions", metavar="FILE.csv", help="name, project's name or code (empty: a new one), rename or nothing"
    )
    parser.add_argument(
        "--doubts", choices=(NEW, BEST), help="rows that are likely known projects: take as new, or as the likeliest"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")


def _batch(text: str) -> int:
    number = whole_number(text, 3)
    if not number:
        raise argparse.ArgumentTypeError("batch must be a number from 1 on")
    return number


def _run_plan(args: argparse.Namespace) -> dict[str, Any]:
    return _run(args, imports.PLAN, batch=args.batch)


def _run_progress(args: argparse.Namespace) -> dict[str, Any]:
    if args.period.end.year != args.year:
        args.fault(f"period {args.period.code} does not end in {args.year}")
    return _run(args, imports.PROGRESS, period=args.period, basis=args.basis)


def _run(args: argparse.Namespace, kind: str, **more: Any) -> dict[str, Any]:
    """Carry out one import command. A refusal as a whole (file, region, right) answers in the same shape."""
    try:
        return _carry_out(args, kind, **more)
    except Refusal as refusal:
        answer = imports.unreadable(refusal).answer
        return {**answer, "error": _error(refusal), "dry_run": args.dry_run, "draft": None}


def _error(refusal: Refusal) -> dict[str, Any]:
    return {"code": refusal.code, "message": str(refusal), "items": refusal.items}


def _carry_out(args: argparse.Namespace, kind: str, **more: Any) -> dict[str, Any]:
    """Whatever can be refused before the file is opened is refused first."""
    actor = actor_from_text(args.post)
    path = Path(args.file)
    if not path.is_file():
        raise Refusal("reporting.no_file", name=args.file)
    try:
        mapping = ledger_map(kind, Path(args.map)) if args.map else None
    except SheetError as error:
        raise imports.refusal_of(error) from error
    rows = read_decisions(Path(args.decisions)) if args.decisions else []
    order = imports.Order(
        kind=kind,
        path=path,
        name=path.name,
        year=args.year,
        level=args.level,
        region=args.region,
        unit=MoneyUnit(args.unit) if args.unit else None,
        mapping=mapping,
        decisions=decisions_of(actor, args.region, rows),
        undecided=args.doubts or ASK,
        **more,
    )
    reading = imports.read(order)
    if args.dry_run:
        return {**imports.preview(actor, order, reading).answer, "dry_run": True, "draft": None}
    file = keep_path(path, path.name, kinds=file_types.LEDGERS)
    report, draft = drafts.import_now(actor, order, reading, file)
    return {**report.answer, "dry_run": False, "draft": str(draft.public_id) if draft else None}


def _run_list(args: argparse.Namespace) -> dict[str, Any]:
    rows = visible_drafts(actor_from_text(args.post)).select_related("region", "made_by").order_by("-made_at", "-pk")
    return {"imports": [as_json(row) for row in rows[: max(args.limit, 1)]]}


def _list_words(answer: dict[str, Any]) -> str:
    lines = [
        f"{row['id']}  {row['made_at'][:16]}  {DraftState(row['state']).label}  {row['file']}"
        for row in answer["imports"]
    ]
    return "\n".join(lines) or str(_("没有导入过文件。"))


def _run_undo(args: argparse.Namespace) -> dict[str, Any]:
    actor, key = actor_from_text(args.post), as_uuid(args.draft)
    rows = visible_drafts(actor).select_related("region", "approver")
    draft = rows.filter(Q(public_id=key) | Q(entry=key)).first() if key is not None else None
    if draft is None:
        raise Refusal("reporting.no_import", name=args.draft)
    return {"draft": str(draft.public_id), **undo_import(actor=actor, draft=draft, reason=args.reason)}


def exit_code(answer: dict[str, Any]) -> int:
    """1 where something forbade the import, or would."""
    return 1 if answer["errors"] or imports.undecided_in(answer) else 0


def as_words(answer: dict[str, Any]) -> str:
    """What a person reads: the counts, then what is wrong or to be looked at, with its place."""
    if answer["errors"]:
        lines = [_("没有导入任何内容：{count} 处需要改正。").format(count=len(answer["errors"]))]
    elif imports.undecided_in(answer) and not answer["dry_run"]:
        lines = [_("没有导入任何内容：{count} 行没有认定。").format(count=imports.undecided_in(answer))]
    else:
        head = _("试算（没有写入）") if answer["dry_run"] else _("已导入")
        counts = {name: answer[name] for name in ("projects", "created", "updated", "unchanged")}
        told = _("项目 {projects} 项：新增 {created}，变更 {updated}，未变 {unchanged}。").format(**counts)
        lines = [f"{head}　{told}"]
    lines += _doubts([doubt for doubt in answer["doubts"] if not doubt["decision"]])
    for name, title in (("errors", _("需要改正")), ("warnings", _("请核对"))):
        listed = answer[name]
        lines += [f"{title} {len(listed)}"] if listed else []
        lines += [_place(issue) for issue in listed[:SHOWN]]
        lines += ["  …"] if len(listed) > SHOWN else []
    for name, title in (("new_units", _("待确认单位")), ("new_leaders", _("待确认领导"))):
        lines += [f"{title}：{'、'.join(answer[name])}"] if answer[name] else []
    return "\n".join(lines)


def _doubts(doubts: list[dict[str, Any]]) -> list[str]:
    if not doubts:
        return []
    lines = [f"{_('疑似同一项目')} {len(doubts)}", *("  " + doubt["message"] for doubt in doubts[:SHOWN])]
    lines += ["  …"] if len(doubts) > SHOWN else []
    how = _(
        "逐行认定：--decisions 认定.csv，每行写“表中名称,库里的名称或代码”，新项目第二格留空；"
        "或一律按新项目：--doubts new；或一律取最像的：--doubts best。"
    )
    return [*lines, how]


def _place(issue: dict[str, Any]) -> str:
    row = _("第 {row} 行").format(row=issue["row"]) if issue["row"] else ""
    return (
        "  "
        + " ".join(part for part in (issue["sheet"], row, issue["column"], issue["value"]) if part)
        + (f"：{issue['message']}" if issue["message"] else "")
    )
