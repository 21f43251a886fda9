"""`guatu bulletin progress`: a bulletin's paper on the command line."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from guatu.core.actor import Actor
from guatu.core.attachments import path_of
from guatu.core.refusals import Refusal
from guatu.figures.queries import find_lists
from guatu.library.choices import Level
from guatu.people.queries import actor_from_text
from guatu.publishing.bulletins import KINDS
from guatu.publishing.checking import check
from guatu.publishing.models import Bulletin
from guatu.publishing.paper import render
from guatu.publishing.paper_view import finding_context
from guatu.publishing.policies import visible_bulletins
from guatu.publishing.queries import issued_on_lists, preview_document
from guatu.reporting.choices import Basis

ENDINGS = ("docx", "pdf")


def add_commands(subparsers: Any) -> None:
    """Add `bulletin KIND` to the command line."""
    parser = subparsers.add_parser("bulletin", help="a bulletin as docx or PDF")
    kinds = parser.add_subparsers(title="kinds", metavar="KIND", required=True)
    for code in KINDS:
        kind = kinds.add_parser(code, help="the issued one of that list and date, else an unsigned preview")
        kind.add_argument("--as", dest="post", default="", metavar="POST", help="act in this post; default: operator")
        kind.add_argument("--year", required=True, type=int, help="year of the list")
        kind.add_argument("--level", required=True, type=levels, metavar="LEVEL[,LEVEL]", help="level of the list")
        kind.add_argument("--region", required=True, metavar="CODE", help="GB/T 2260 code")
        kind.add_argument("--as-of", required=True, type=date.fromisoformat, metavar="DATE", help="true of this day")
        kind.add_argument(
            "--basis",
            choices=Basis.values,
            default=Basis.DISPATCH,
            help="what amounts are counted by (default: dispatch)",
        )
        kind.add_argument("--out", required=True, type=Path, metavar="FILE", help="FILE.docx or FILE.pdf")
        kind.set_defaults(run=run_bulletin, kind=code)


def levels(text: str) -> list[str]:
    """Levels of lists, comma separated."""
    found = [part.strip() for part in text.split(",") if part.strip()]
    if not found or any(part not in Level.values for part in found):
        raise argparse.ArgumentTypeError(f"level must be of {', '.join(Level.values)}")
    return found


def run_bulletin(args: argparse.Namespace) -> dict[str, Any]:
    """Write the file; answers its path, size, whether it is an issued one, and what disagrees."""
    ending = args.out.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise Refusal("publishing.bad_ending", name=args.out.name)
    actor = actor_from_text(args.post)
    lists = find_lists(args.year, args.level, args.region)
    issued = issued_on_lists(args.kind, lists, args.as_of, args.basis)
    findings: list[dict[str, Any]] = []
    if issued is not None and visible_bulletins(actor).filter(pk=issued.pk).exists():
        data = _issued(issued, ending)
    else:
        issued = None
        data, findings = _preview(actor, args, ending)
    try:
        args.out.write_bytes(data)
    except OSError as problem:
        raise Refusal("publishing.cannot_write", name=str(args.out), why=problem.strerror or "") from problem
    return {"out": str(args.out), "bytes": len(data), "issued": issued is not None, "findings": findings}


def _issued(bulletin: Bulletin, ending: str) -> bytes:
    kept = bulletin.pdf if ending == "pdf" else bulletin.docx
    assert kept is not None  # the issue stored both
    return path_of(kept.digest).read_bytes()


def _preview(actor: Actor, args: argparse.Namespace, ending: str) -> tuple[bytes, list[dict[str, Any]]]:
    lists = find_lists(args.year, args.level, args.region)
    made, document = preview_document(actor, args.kind, lists, args.as_of, args.basis)
    return render(document, ending), finding_context(check(made.blocks, made.title, made))
