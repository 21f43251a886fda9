"""`guatu export plan` and `guatu export progress`: a list as an office's workbook, written to a file."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.domain.money import MoneyUnit
from guatu.library.choices import Level
from guatu.library.models import AnnualList
from guatu.library.policies import visible_lists
from guatu.people.models import Unit
from guatu.people.queries import actor_from_text
from guatu.reporting.actions.imports import find_list
from guatu.reporting.cli_types import a_period, a_year
from guatu.reporting.workbooks.files import UNITS, File, note_export, plan_file, progress_file
from guatu.reporting.workbooks.rows import RIGHT


def add_commands(subparsers: Any) -> None:
    """Add `export plan` and `export progress` to the command line."""
    parser = subparsers.add_parser("export", help="write a list as an office's workbook")
    kinds = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    plan = kinds.add_parser("plan", help="the annual plan ledger (年度计划表)")
    _add_common(plan)
    plan.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="as the list stood then; default: today")
    plan.set_defaults(run=_run_plan, text=_text)
    progress = kinds.add_parser("progress", help="a progress sheet to fill in (进度表)")
    _add_common(progress)
    progress.add_argument("--period", required=True, type=a_period, help="2026-03, 2026-W12, 2026-03-09, 2026-Q1")
    whose = progress.add_mutually_exclusive_group()
    whose.add_argument("--responsible", default="", metavar="UNIT", help="only this responsible unit's projects")
    whose.add_argument("--split", action="store_true", help="a zip with one workbook for each responsible unit")
    progress.set_defaults(run=_run_progress, text=_text)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", required=True, type=a_year, help="year of the list")
    parser.add_argument("--level", required=True, choices=Level.values, help="level of the list")
    parser.add_argument("--region", required=True, metavar="CODE", help="GB/T 2260 code")
    parser.add_argument(
        "--unit",
        choices=[unit.value for unit in UNITS],
        default=MoneyUnit.WAN.value,
        help="unit of money in the file (default: 万元)",
    )
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="the file to write")
    parser.add_argument("--as", dest="post", default="", metavar="POST", help="act in this post; default: the operator")


def _list_of(args: argparse.Namespace) -> tuple[Actor, AnnualList]:
    actor = actor_from_text(args.post)
    row = find_list(args.level, args.region, args.year)
    if not visible_lists(actor, RIGHT).filter(pk=row.pk).exists():
        raise Refusal("core.not_found")
    return actor, row


def _run_plan(args: argparse.Namespace) -> dict[str, Any]:
    actor, row = _list_of(args)
    return _written(args, actor, row, plan_file(actor, row, args.as_of or clock.today(), MoneyUnit(args.unit)))


def _run_progress(args: argparse.Namespace) -> dict[str, Any]:
    actor, row = _list_of(args)
    of = unit_named(args.responsible) if args.responsible else None
    made = progress_file(actor, row, args.period, MoneyUnit(args.unit), of=of, split=args.split)
    return _written(args, actor, row, made)


def unit_named(name: str) -> Unit:
    """A unit by its full or short name."""
    unit = Unit.objects.filter(name=name).first() or Unit.objects.filter(short_name=name).first()
    if unit is None:
        raise Refusal("reporting.no_unit", name=name)
    return unit


def _written(args: argparse.Namespace, actor: Actor, row: AnnualList, made: File) -> dict[str, Any]:
    """{"file", "title", "bytes"}: where it was written, the name that a page would give it, and its size."""
    title, _media_type, content = made
    try:
        args.out.write_bytes(content)
    except OSError as error:
        raise Refusal("reporting.not_written", name=str(args.out), why=error.strerror or str(error)) from error
    note_export(actor, row, made)
    return {"file": str(args.out), "title": title, "bytes": len(content)}


def _text(answer: dict[str, Any]) -> str:
    return f"{answer['file']}  {answer['title']}"
