"""`guatu lists`, `guatu check-caches`: the annual lists, and caches computed again from their facts."""

import argparse
from typing import Any

from guatu.domain.money import MoneyUnit, format_amount

Answer = dict[str, Any]


def add_commands(subparsers: Any) -> None:
    """Add them; whatever they need is imported when they run."""
    lists = subparsers.add_parser("lists", help="the annual lists with their totals")
    lists.add_argument("--year", type=int, help="year of the list")
    lists.add_argument("--as", dest="post", default="", metavar="POST", help="act in this post; default: the operator")
    lists.set_defaults(run=_lists, text=_lists_text)
    caches = subparsers.add_parser("check-caches", help="compute cached stages and readings again, and put them right")
    caches.set_defaults(run=_check_caches)


def _lists(args: argparse.Namespace) -> Answer:
    """{"lists": [{"id", "level", "region", "year", "name", "state", "projects", "total_investment", …}]}."""
    from guatu.core import clock
    from guatu.library.queries.listpage import list_as_dict, lists_with_totals
    from guatu.people.queries import actor_from_text

    rows = lists_with_totals(actor_from_text(args.post), clock.today())
    chosen = [item for item in rows if args.year in (None, item["row"].year)]
    return {"lists": [list_as_dict(item["row"], item["totals"]) for item in chosen]}


def _lists_text(answer: Answer) -> str:
    return "\n".join(_line(row) for row in answer["lists"])


def _line(row: Answer) -> str:
    planned = format_amount(row["planned_investment"], MoneyUnit.YI)
    return f"{row['year']}  {row['name']}  {row['projects']} 项  {planned} 亿元"


def _check_caches(args: argparse.Namespace) -> Answer:
    """{"projects", "stage", "codes", "last_reading"}: how many were looked at, and how many of each differed."""
    from guatu.core.actor import OPERATOR
    from guatu.library.actions import check_caches

    return check_caches(actor=OPERATOR)
