"""`guatu targets spread`: a year's target over its quarters, months, weeks and days, and its levels at a date."""

import argparse
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.refusals import Refusal
from guatu.domain.errors import DomainError
from guatu.domain.targets import (
    Done,
    Level,
    Lists,
    Respread,
    Spread,
    Verdict,
    levels,
    lists_of,
    respread,
    spread,
    verdict,
)
from guatu.plans import messages, targets_file
from guatu.plans.targets_file import TargetFile

Answer = dict[str, Any]
__all__ = ["add_commands", "messages"]  # messages: refusals find their sentences, with no app to load them


def add_commands(subparsers: Any) -> None:
    """Add `targets spread` to the command line."""
    parser = subparsers.add_parser("targets", help="targets that guard each other, from a file")
    kinds = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    one = kinds.add_parser("spread", help="spread a year's target, judge its levels, place a shortfall")
    one.add_argument("file", metavar="FILE", help="JSON (docs/algorithms/targets.md); - is standard input")
    one.set_defaults(run=_spread, text=_text, needs_django=False)


def _spread(args: argparse.Namespace) -> Answer:
    """{"quarters", "months", "weeks", "days", "levels", "respread", "verdict", "warnings"}: amounts in whole yuan."""
    try:
        said = targets_file.read(args.file)
        plan = spread(said.grid, said.target, said.shape, said.hand, said.closed)
        known = [row for row in said.done if row[0] <= said.as_of and row[0].month not in said.closed]
        done = Done.of(said.grid, known, said.as_of if known else None)  # a day that is not named did nothing
        chain = levels(plan, done, said.as_of, said.capacity)
        after = respread(plan, done, said.as_of, chain)
    except DomainError as fault:
        raise Refusal(fault.code, **fault.params) from None
    return {
        **_lists(lists_of(said.grid, plan.days()), said.grid.year),
        "levels": [_level(one) for one in chain],
        "respread": _lists(lists_of(said.grid, after.days), said.grid.year),
        "verdict": _verdict(verdict(chain)),
        "warnings": _warnings(said, plan, after),
    }


def _lists(found: Lists, year: int) -> Answer:
    first = date(year, 1, 1)
    return {
        "quarters": [{"quarter": q, "target": amount} for q, amount in enumerate(found.quarters, 1)],
        "months": [{"month": m, "target": amount} for m, amount in enumerate(found.months, 1)],
        "weeks": [{"start": monday, "target": amount} for monday, amount in found.weeks],
        "days": [{"date": first + timedelta(days=i), "target": amount} for i, amount in enumerate(found.days)],
    }


def _level(one: Level) -> Answer:
    names = ("level", "target", "done", "remaining", "work_days_left", "required_daily", "recent_daily")
    return {name: getattr(one, name) for name in (*names, "capacity_daily", "state")}


def _verdict(found: Verdict) -> Answer:
    """The facts of the one sentence: what is lost first, what is saved by which daily rate, and where the year ends."""
    return {
        "code": found.code,
        "lost_first": found.lost_first.level if found.lost_first else None,
        "lost": found.lost,
        "saved": found.saved.level if found.saved else None,
        "required_daily": found.required_daily,
        "year": found.year_state,
        "year_end_at_recent": found.outlook.at_recent if found.outlook else None,
        "year_end_at_capacity": found.outlook.at_capacity if found.outlook else None,
    }


def _warnings(said: TargetFile, plan: Spread, after: Respread) -> list[Answer]:
    """What the figures alone do not tell."""
    later = sum(day > said.as_of for day, _ in said.done)
    found = [
        ("beyond_table", not said.grid.official, _("{year} 年的放假调休安排不在日历表内，只按周末休息计算。")),
        ("over_target", plan.over > 0, _("已锁定月份合计超出年度目标 {over} 元，其余各月目标为零。")),
        ("evenly", plan.evenly, _("其余各月按所选方式没有份额，余下的目标按工作日均摊。")),
        ("unplaced", after.unplaced > 0, _("年内已没有可安排的工作日，还有 {unplaced} 元无处安排。")),
        ("beyond", after.beyond > 0, _("完成数超出年度目标 {beyond} 元。")),
        ("later_ignored", later > 0, _("有 {later} 条完成数在截至日期之后，没有计入。")),
        ("unknown_keys", bool(said.ignored), _("不认识这些项，没有使用：{ignored}。")),
    ]
    figures = {
        "year": said.grid.year,
        "over": plan.over,
        "unplaced": after.unplaced,
        "beyond": after.beyond,
        "later": later,
        "ignored": "、".join(said.ignored),
    }
    return [{"code": code, "message": text.format(**figures)} for code, applies, text in found if applies]


def _text(answer: Answer) -> str:
    lines = [_("各季目标（元）：") + "，".join(f"{row['quarter']} 季 {row['target']}" for row in answer["quarters"])]
    lines.append(_("各月目标（元）：") + "，".join(f"{row['month']} 月 {row['target']}" for row in answer["months"]))
    lines += [_line(row) for row in answer["levels"]]
    lines += [row["message"] for row in answer["warnings"]]
    return "\n".join(lines)


def _line(row: Answer) -> str:
    names = {"day": _("当日"), "week": _("本周"), "month": _("本月"), "quarter": _("本季"), "year": _("全年")}
    states = {"holds": _("可完成"), "at_risk": _("有风险"), "lost": _("难完成")}
    if not row["work_days_left"]:
        states |= {"holds": _("已完成"), "lost": _("未完成")}
    text = _("{level}：{state}。目标 {target} 元，已完成 {done} 元，还差 {remaining} 元，剩 {work_days_left} 个工作日")
    shown = {**row, "level": names[row["level"]], "state": states[row["state"]], "remaining": max(0, row["remaining"])}
    if row["required_daily"]:
        text += _("，每日需完成 {required_daily} 元")
    return text.format(**shown) + "。"
