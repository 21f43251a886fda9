"""`guatu figures`: the figures of lists at a date, from the same function as every page."""

import argparse
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.ui.numbers import NO_FIGURE
from guatu.figures.actions import record_published
from guatu.figures.choices import LIGHT_WORDS, NO_LIGHT, WORDS
from guatu.figures.published_sheet import GIVEN, read_path
from guatu.figures.queries import CUTS, as_json, ask, figures, find_lists, paper_as_json, paper_of, papers, printed
from guatu.library.choices import Level
from guatu.people.queries import actor_from_text
from guatu.reporting.choices import Basis, Truth

SHOWN = (
    "projects",
    "planned_investment",
    "investment_to_date",
    "investment_rate",
    "lead",
    "started",
    "start_rate",
    "under_construction",
    "completed",
)


def add_commands(subparsers: Any) -> None:
    """Add `figures` to the command line."""
    parser = subparsers.add_parser("figures", help="figures of a list at a date")
    add_list_arguments(parser)
    parser.add_argument("--as-of", required=True, type=date.fromisoformat, metavar="DATE", help="true of this day")
    parser.add_argument("--known-on", type=date.fromisoformat, metavar="DATE", help="as known at the end of this day")
    parser.add_argument(
        "--basis", choices=Basis.values, default=Basis.DISPATCH, help="what amounts are counted by (default: dispatch)"
    )
    parser.add_argument(
        "--truth",
        choices=Truth.values,
        default=Truth.CONFIRMED,
        help="what was told, checked or confirmed (default: confirmed)",
    )
    parser.add_argument("--restated", action="store_true", help="corrections count where they belong")
    parser.add_argument("--planned", action="store_true", help="from planned dates")
    parser.add_argument("--by", default="", metavar="DIM[,DIM]", help=f"cut by one or two of: {', '.join(CUTS)}")
    parser.set_defaults(run=run_figures, text=as_table)
    add_outside(subparsers)


def add_list_arguments(parser: argparse.ArgumentParser) -> None:
    """--year, --level (several are a union), --region and --as."""
    parser.add_argument("--as", dest="post", default="", metavar="POST", help="act in this post; default: the operator")
    parser.add_argument("--year", required=True, type=int, help="year of the list")
    parser.add_argument(
        "--level", required=True, type=levels, metavar="LEVEL[,LEVEL]", help="level of the list; several are a union"
    )
    parser.add_argument("--region", required=True, metavar="CODE", help="GB/T 2260 code")


def levels(text: str) -> list[str]:
    """Levels of lists, comma separated."""
    found = [part.strip() for part in text.split(",") if part.strip()]
    unknown = [part for part in found if part not in Level.values]
    if unknown or not found:
        raise argparse.ArgumentTypeError(f"level must be of {', '.join(Level.values)}")
    return found


def run_figures(args: argparse.Namespace) -> dict[str, Any]:
    """Answer `guatu figures`."""
    actor = actor_from_text(args.post)
    asked = ask(
        actor,
        find_lists(args.year, args.level, args.region),
        args.as_of,
        known=args.known_on,
        basis=args.basis,
        truth=args.truth,
        restated=args.restated,
        planned=args.planned,
    )
    return as_json(figures(actor, asked, tuple(part.strip() for part in args.by.split(",") if part.strip())))


def as_table(answer: dict[str, Any]) -> str:
    """A plain table for people: one line a group, amounts in 亿元."""
    groups = list(answer["rows"][0]["group"]) if answer["rows"] else []
    lines = ["\t".join([*groups, *(str(WORDS[code].name) for code in SHOWN)])]
    for row in answer["rows"]:
        group = [_group_word(name, value) for name, value in row["group"].items()]
        lines.append("\t".join([*group, *(printed(code, _exact(row[code]), 2) for code in SHOWN)]))
    return "\n".join(lines)


def _group_word(dimension: str, value: Any) -> str:
    if dimension == "light":
        return str(LIGHT_WORDS.get(value, NO_LIGHT))
    return NO_FIGURE if value is None else str(value)


def _exact(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, float) else value


# -- tables that others published -------------------------------------------------------------------------------------
def add_outside(subparsers: Any) -> None:
    """Add `outside` to the command line."""
    parser = subparsers.add_parser("outside", help="tables that somebody else published")
    parts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    reading = parts.add_parser("import", help="read published tables (docs/howto/published-tables.md)")
    reading.add_argument("file", type=Path, metavar="FILE")
    reading.add_argument(
        "--as", dest="post", default="", metavar="POST", help="act in this post; default: the operator"
    )
    for name in GIVEN:
        reading.add_argument(f"--{name.replace('_', '-')}", default="", help="of the paper, where the file is silent")
    reading.set_defaults(run=run_outside_import)
    checking = parts.add_parser("check", help="add published tables up again and say what does not agree")
    checking.add_argument("paper", nargs="?", default="", metavar="PAPER", help="one paper's key; default: all of them")
    checking.set_defaults(run=run_outside_check, text=as_papers)


def run_outside_import(args: argparse.Namespace) -> dict[str, Any]:
    """Answer `guatu outside import FILE`."""
    given = {name: getattr(args, name) for name in GIVEN}
    done = record_published(actor=actor_from_text(args.post), rows=read_path(args.file, args.file.name, given))
    return {"recorded": done.added + done.superseded, "unchanged": done.unchanged}


def run_outside_check(args: argparse.Namespace) -> dict[str, Any]:
    """Answer `guatu outside check [PAPER]`."""
    found = [paper_of(args.paper)] if args.paper else papers()
    return {"papers": [paper_as_json(paper) for paper in found]}


def as_papers(answer: dict[str, Any]) -> str:
    """Each paper's tables as plain text: printed and, where it differs or was not printed, what it amounts to."""
    lines: list[str] = []
    for paper in answer["papers"]:
        lines += [f"{paper['place']} {paper['period']}  {paper['source']}  [{paper['key']}]"]
        for table in paper["tables"]:
            heads = [str(WORDS[code].name) for code in table["codes"]]
            lines += ["", "\t".join([f"{table['cut']} {table['stated_in']}".strip() or "—", *heads])]
            for row in [*table["rows"], table["total"]]:
                cells = [_cell_text(row["cells"][code]) for code in table["codes"]]
                lines.append("\t".join([row["item"] or str(_("合计")), *cells]))
        lines += [row["words"] for row in paper["contradictions"]]
        lines.append("")
    return "\n".join(lines)


def _cell_text(cell: dict[str, Any]) -> str:
    if cell["verdict"] in ("", "agrees"):
        return str(cell["printed"] or (f"（{cell['ours']}）" if cell["ours"] != NO_FIGURE else NO_FIGURE))
    sign = "≈" if cell["verdict"] == "rounded" else "≠"
    return f"{cell['printed']} {sign} {cell['ours']}"
