"""`guatu users`, `guatu posts`, `guatu token`, `guatu calendar`: accounts, posts and days off from the command line."""

import argparse
import getpass
import secrets
import sys
from datetime import date
from pathlib import Path
from typing import Any

from guatu.core import clock
from guatu.core.refusals import Refusal
from guatu.domain.dates import LATEST
from guatu.people import actions, policies
from guatu.people.naming import masked_phone
from guatu.people.notice import exceptions, read_notice
from guatu.people.queries import (
    actor_from_text,
    calendar_for,
    known_years,
    post_as_json,
    post_from_text,
    posts_in_force,
    table_end,
)
from guatu.people.yearpage import names_of, year_page


def add_commands(subparsers: Any) -> None:
    """Add the package's commands."""
    _users(subparsers.add_parser("users", help="accounts").add_subparsers(dest="verb", required=True))
    _posts(subparsers.add_parser("posts", help="posts").add_subparsers(dest="verb", required=True))
    _tokens(subparsers.add_parser("token", help="tokens for programs").add_subparsers(dest="verb", required=True))
    _calendar(
        subparsers.add_parser("calendar", help="days off and work days").add_subparsers(dest="verb", required=True)
    )


def add_as(parser: argparse.ArgumentParser) -> None:
    """--as: the post in which a command acts."""
    parser.add_argument(
        "--as",
        dest="post",
        default="",
        metavar="POST",
        help="act in this post: public id, kind:unit name, or sign-in name (default: the operator)",
    )


def _users(verbs: Any) -> None:
    add = verbs.add_parser("add", help="open an account")
    add.add_argument("username")
    add.add_argument("--name", required=True, help="the person's name")
    add.add_argument("--phone", default="", help="kept for who may see it")
    add.add_argument("--into", default="", metavar="POST", help="vacant post that the person takes")
    add.add_argument("--ask", action="store_true", help="read the first password from standard input")
    add_as(add)
    add.set_defaults(run=add_user)
    listed = verbs.add_parser("list", help="accounts, phones masked")
    add_as(listed)
    listed.set_defaults(run=list_users)


def _posts(verbs: Any) -> None:
    listed = verbs.add_parser("list", help="posts in force")
    listed.add_argument("--vacant", action="store_true", help="only those that nobody holds")
    add_as(listed)
    listed.set_defaults(run=list_posts)


def _tokens(verbs: Any) -> None:
    issue = verbs.add_parser("issue", help="make a token of a post; it is printed once")
    issue.add_argument("of", metavar="POST")
    issue.add_argument("--name", required=True, help="what it is for")
    issue.add_argument("--until", type=date.fromisoformat, metavar="DATE", help="its last day")
    add_as(issue)
    issue.set_defaults(run=issue_token)


def _calendar(verbs: Any) -> None:
    seed = verbs.add_parser("seed", help="enter the years that came with the product and that nobody has entered")
    add_as(seed)
    seed.set_defaults(run=seed_calendar)
    publish = verbs.add_parser("publish", help="enter a year's days off from the text of the State Council's notice")
    publish.add_argument("year", type=int)
    publish.add_argument("file", metavar="FILE", help="the notice as a text file, - for standard input")
    publish.add_argument("--document", required=True, help="the notice's number")
    add_as(publish)
    publish.set_defaults(run=publish_year)
    shown = verbs.add_parser("show", help="a year's days off, and how many days of each month are worked")
    shown.add_argument("year", type=int)
    shown.set_defaults(run=show_year)


def seed_calendar(args: argparse.Namespace) -> dict[str, Any]:
    """Enter what came with the product; the years that were entered now."""
    return {"years": actions.seed_calendar(actor=actor_from_text(args.post)), "known_to": table_end()}


def publish_year(args: argparse.Namespace) -> dict[str, Any]:
    """Enter a notice."""
    actor = actor_from_text(args.post)
    try:
        text = sys.stdin.read() if args.file == "-" else Path(args.file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Refusal("people.notice_file", name=args.file) from None
    days = exceptions(read_notice(text, args.year))
    done = actions.publish_calendar_year(actor=actor, year=args.year, days=days, document=args.document)
    return {
        "year": args.year,
        "added": len(done.added),
        "changed": len(done.changed),
        "dropped": len(done.dropped),
        "known_to": table_end(),
    }


def show_year(args: argparse.Namespace) -> dict[str, Any]:
    """The country's year."""
    year = args.year
    if not actions.FIRST_YEAR <= year <= LATEST:
        raise Refusal("people.calendar_year_absurd", year=year)
    sheet = year_page(year, calendar_for(None), names_of(None), clock.today())
    return {
        "year": year,
        "known": year in known_years(),
        "work_days": sheet.work_days,
        "months": [{"month": month.number, "work_days": month.work_days} for month in sheet.months],
        "festivals": [{"name": row.name, "off": row.off, "worked": row.worked} for row in sheet.festivals],
    }


def add_user(args: argparse.Namespace) -> dict[str, Any]:
    """Open an account with a first password (made here, or read), and put the person into a post."""
    actor = actor_from_text(args.post)
    password = _read_password() if args.ask else secrets.token_urlsafe(12)
    post = post_from_text(args.into) if args.into else None
    user = actions.add_user(
        actor=actor, username=args.username, name=args.name, phone=args.phone, password=password, into=post
    )
    answer = {"id": str(user.public_id), "username": user.username, "post": str(post.public_id) if post else None}
    return answer if args.ask else {**answer, "first_password": password}


def _read_password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("password: ")
    return sys.stdin.readline().rstrip("\n")


def list_users(args: argparse.Namespace) -> dict[str, Any]:
    """Accounts that the post may see."""
    users = policies.visible_users(actor_from_text(args.post)).order_by("username")
    return {
        "users": [
            {
                "id": str(user.public_id),
                "username": user.username,
                "name": user.name,
                "phone": masked_phone(user.phone),
                "active": user.is_active,
            }
            for user in users
        ]
    }


def list_posts(args: argparse.Namespace) -> dict[str, Any]:
    """Posts in force that the post may see."""
    seen = policies.visible_posts(actor_from_text(args.post)).values("pk")
    posts = posts_in_force().filter(pk__in=seen).select_related("user").order_by("region__path", "order", "pk")
    if args.vacant:
        posts = posts.filter(user__isnull=True, holder="")
    return {"posts": [post_as_json(post) for post in posts]}


def issue_token(args: argparse.Namespace) -> dict[str, Any]:
    """Make a token."""
    token, secret = actions.issue_token(
        actor=actor_from_text(args.post), post=post_from_text(args.of), name=args.name, expires_on=args.until
    )
    return {"id": str(token.public_id), "token": secret, "until": str(token.expires_on) if token.expires_on else None}
