"""`guatu figures`: the figures of lists at a date, from the same function as every page."""

import argparse
from datetime import date
from decimal import Decimal
from typing import Any

from guatu.figures.choices import NO_FIGURE, WORDS
from guatu.figures.queries import CUTS, as_json, ask, figures, find_lists, printed
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
    parser.add_argument("--as-of", required=True, type=date.fromisoformat, metavar="DATE")
    parser.add_argument("--known-on", type=date.fromisoformat, metavar="DATE")
    parser.add_argument("--basis", choices=Basis.values, default=Basis.DISPATCH)
    parser.add_argument("--truth", choices=Truth.values, default=Truth.CONFIRMED)
    parser.add_argument("--restated", action="store_true", help="corrections count where they belong")
    parser.add_argument("--planned", action="store_true", help="from planned dates")
    parser.add_argument("--by", default="", metavar="DIM[,DIM]", help=f"cut by one or two of: {', '.join(CUTS)}")
    parser.set_defaults(run=run_figures, text=as_table)


def add_list_arguments(parser: argparse.ArgumentParser) -> None:
    """--year, --level (several are a union), --region and --as."""
    parser.add_argument("--as", dest="post", default="", metavar="POST", help="act in this post; default: the operator")
    parser.add_argument("--year", required=True, type=int)
    parser.add_argument("--level", required=True, type=levels, metavar="LEVEL[,LEVEL]")
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
        group = [str(value if value is not None else NO_FIGURE) for value in row["group"].values()]
        lines.append("\t".join([*group, *(printed(code, _exact(row[code]), 2) for code in SHOWN)]))
    return "\n".join(lines)


def _exact(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, float) else value
