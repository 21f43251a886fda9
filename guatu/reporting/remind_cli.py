"""`guatu reporting remind`: who is asked for what by when, and who is late; the text for the work group.

From the same rounds as the page of chasing. Nothing is sent: what is printed is copied by a person.
"""

import argparse
from typing import Any

from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.refusals import Refusal
from guatu.domain.errors import DomainError
from guatu.domain.periods import Period
from guatu.people.queries import actor_from_text
from guatu.reporting.rhythm.chase import Round, chase_text, rounds


def add_commands(subparsers: Any) -> None:
    """Add `reporting remind` to the command line."""
    parser = subparsers.add_parser("reporting", help="reports: who is asked for what, and by when")
    parts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    remind = parts.add_parser("remind", help="who has still to report, by unit; nothing is sent")
    remind.add_argument("--as", dest="post", default="", metavar="POST", help="act in this post; default: the operator")
    remind.add_argument("--period", type=_period, help="2026-03, 2026-W12: another period than those under way")
    remind.add_argument("--text", dest="chase", action="store_true", help="only the text to copy into the work group")
    remind.set_defaults(run=run_remind, text=as_words)


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except DomainError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no period; say 2026-03, 2026-W12, 2026-Q1") from error


def run_remind(args: argparse.Namespace) -> dict[str, Any]:
    """Answer `guatu reporting remind`. Refusal core.not_found for a period of which nothing is asked."""
    day = clock.today()
    listed = rounds(actor_from_text(args.post), day, args.period)
    if args.period is not None and not listed:
        raise Refusal("core.not_found")
    return {"day": day.isoformat(), "only_text": args.chase, "rounds": [_told(one) for one in listed]}


def _told(one: Round) -> dict[str, Any]:
    expected = one.expected
    return {
        "kind": one.kind,
        "period": one.period.code,
        "title": f"{one.period.label_zh} {one.kind_words}",
        "on": expected.on.isoformat(),
        "due": f"{expected.due.isoformat()} {expected.at:%H:%M}",
        "days_late": one.late,
        **_counts(one.counts),
        "units": [
            {
                "unit": line.name,
                **_counts(line.counts),
                "days_late": line.late,
                "projects": [row.project.name for row in one.of(line.key, "missing")],
            }
            for line in one.lines
        ],
        "text": chase_text(one),
    }


def _counts(counts: dict[str, int]) -> dict[str, int]:
    return {name: counts[name] for name in ("asked", "handed", "missing")}


def as_words(answer: dict[str, Any]) -> str:
    """What a person reads: of each period the units that have still to report, or the text for the work group."""
    if not answer["rounds"]:
        return _("现在没有填报要求。")
    if answer["only_text"]:
        return "\n\n".join(one["text"] for one in answer["rounds"])
    return "\n\n".join(_words(one) for one in answer["rounds"])


def _words(one: dict[str, Any]) -> str:
    lines = [
        _("{title}：数据截至 {on}，{due} 前报送；应报 {asked}，已报 {handed}，未报 {missing}").format(**one),
        *(_line(unit) for unit in one["units"] if unit["missing"]),
    ]
    return "\n".join(lines)


def _line(unit: dict[str, Any]) -> str:
    late = _("，已过期限 {n} 个工作日").format(n=unit["days_late"]) if unit["days_late"] else ""
    told = _("  {unit}：未报 {missing} / {asked}{late}（{projects}）")
    return told.format(late=late, **{**unit, "projects": "、".join(unit["projects"])})
