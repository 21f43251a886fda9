"""`guatu users`, `guatu posts` and `guatu token`: accounts and posts from the command line."""

import argparse
import getpass
import secrets
import sys
from datetime import date
from typing import Any

from guatu.people import actions, policies
from guatu.people.naming import masked_phone
from guatu.people.queries import actor_from_text, post_as_json, post_from_text, posts_in_force


def add_commands(subparsers: Any) -> None:
    """Add the package's commands."""
    _users(subparsers.add_parser("users", help="accounts").add_subparsers(dest="verb", required=True))
    _posts(subparsers.add_parser("posts", help="posts").add_subparsers(dest="verb", required=True))
    _tokens(subparsers.add_parser("token", help="tokens for programs").add_subparsers(dest="verb", required=True))


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
