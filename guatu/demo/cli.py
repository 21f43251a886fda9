"""`guatu scenario`: the founding scenarios, and their printed figures beside the product's own."""

import argparse
from typing import Any

from guatu.demo.scenarios import SCENARIOS, find
from guatu.demo.scenarios.build import load
from guatu.demo.scenarios.printed import as_table, hold, lists_of
from guatu.people.queries import actor_from_text

Answer = dict[str, Any]


def add_commands(subparsers: Any) -> None:
    """Add `scenario` to the command line."""
    parser = subparsers.add_parser("scenario", help="the founding scenarios: five published articles rebuilt")
    parts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = parts.add_parser("list", help="the scenarios that there are")
    listing.set_defaults(run=run_list)
    loading = parts.add_parser("load", help="load one beside others that are here")
    loading.add_argument("name", metavar="NAME")
    loading.set_defaults(run=run_load)
    figures = parts.add_parser("figures", help="each printed figure beside what our functions give")
    figures.add_argument("name", metavar="NAME")
    figures.add_argument(
        "--as", dest="post", default="", metavar="POST", help="act in this post; default: the operator"
    )
    figures.set_defaults(run=run_figures, text=lambda answer: answer["text"])


def run_list(args: argparse.Namespace) -> Answer:
    """Answer `guatu scenario list`."""
    return {"scenarios": [{"name": row.code, "title": row.title, "paper": row.paper} for row in SCENARIOS.values()]}


def run_load(args: argparse.Namespace) -> Answer:
    """Answer `guatu scenario load NAME`."""
    return dict(load(args.name))


def run_figures(args: argparse.Namespace) -> Answer:
    """Answer `guatu scenario figures NAME`."""
    scenario = find(args.name)
    held = hold(actor_from_text(args.post), scenario, lists_of(scenario))
    return {**held.as_json(), "text": as_table(held)}
