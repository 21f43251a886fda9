"""The tab of targets on a project's page: its chain, its year by months, and the plan after the shortfall."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.ui.charts import Chart, Series
from guatu.core.ui.numbers import amount_words, period_words
from guatu.domain.money import MoneyUnit
from guatu.domain.periods import Period
from guatu.domain.targets import Level, LevelName
from guatu.figures.choices import LEVEL_LETTERS, STATE_LIGHTS, level_words, state_words
from guatu.figures.queries.targets_tab import PeriodRow, ProjectTargets, lists_with_targets, project_targets
from guatu.library.models import Project
from guatu.library.policies import can_do
from guatu.library.queries.lists import main_list
from guatu.plans.choices import Profile
from guatu.plans.queries.targets import standing


def target_tab(actor: Actor, project: Project, params: Mapping[str, str], today: date) -> dict[str, Any]:
    """What the tab shows: of the list that the address names, else of the year's."""
    lists = lists_with_targets(actor, project, today)
    chosen = next((row for row in lists if str(row.public_id) == params.get("list")), None)
    chosen = chosen or main_list(lists, today)
    if chosen is None:
        return {"targets": None}
    as_of = max(date(chosen.year, 1, 1), min(today, date(chosen.year, 12, 31)))
    told = project_targets(actor, project, chosen, as_of)
    if told is None:
        return {"targets": None}
    found = standing(chosen, project)
    return {
        "targets": told,
        "target_lists": lists,
        "chain_rows": [_level(told, name) for name in LEVEL_LETTERS],
        "reading": _reading(told),
        "month_chart": _chart(told),
        "target_profile": str(Profile(found[1].profile).label) if found else "",
        "period_groups": [
            (_("季度"), [_period(row) for row in told.quarters], ""),
            (_("月"), [_period(row) for row in told.months], ""),
            (_("周（前后几周）"), [_period(row) for row in told.weeks], _unsaid(told)),
        ],
        "check_points": _check_points(told),
        "may_set_profile": can_do(actor, "plans.set_target_profile", project).allowed,
        "may_set_target": can_do(actor, "plans.set_target", project).allowed,
    }


def _level(told: ProjectTargets, name: LevelName) -> dict[str, Any]:
    level = told.levels.get(name)
    light = STATE_LIGHTS[level.state] if level is not None else ""
    period = period_words(Period.containing(name, told.on))
    word = level_words(level) if level is not None else ""
    return {"letter": LEVEL_LETTERS[name], "period": period, "level": level, "light": light, "word": word}


def _unsaid(told: ProjectTargets) -> str:
    """Why weeks gone by have no figure."""
    if not told.chained.member.weekly:
        return _("本项目不按周填报，完成写“—”")
    return _("没有填报的周，完成写“—”") if any(row.silent for row in told.weeks) else ""


def _period(row: PeriodRow) -> dict[str, Any]:
    light = {"holds": "green", "lost": "red"}.get(row.state, "")
    start, end = row.period.start, row.period.end
    span = f"{start.month}.{start.day}—{end.month}.{end.day}" if row.period.kind == "week" else ""
    word = state_words(row.state, over=True) if row.state else ""
    return {"row": row, "words": period_words(row.period), "span": span, "light": light, "word": word}


def _reading(told: ProjectTargets) -> str:
    """一季度难完成；全年余下 189 个工作日，日均 226 万元仍可完成，近期日均 73 万元，能力 240 万元。"""
    verdict = told.verdict
    if verdict.code == "not_judged" or told.chained.member.read_on is None:
        return _("还没有进度数据，不作判断。")
    parts = []
    if verdict.lost:
        parts.append(_("，").join(_lost(told, verdict.lost)))
    if verdict.saved is not None and verdict.saved.required_daily:
        parts.append(_needs(verdict.saved))
    year = verdict.year
    if year is not None and "year" not in verdict.lost and (verdict.saved is None or verdict.saved.level != "year"):
        parts.append(_("全年{state}").format(state=level_words(year)))
    return _("；").join(parts) + _("。")


def _lost(told: ProjectTargets, lost: Sequence[LevelName]) -> Iterator[str]:
    """10月未完成 and 四季度、全年难完成: what is over is said apart."""
    for over in (True, False):
        names = [name for name in lost if (told.levels[name].work_days_left == 0) is over]
        said = (_("全年") if name == "year" else period_words(Period.containing(name, told.on)) for name in names)
        if names:
            yield _("{periods}{state}").format(periods=_("、").join(said), state=state_words("lost", over=over))


def _needs(level: Level) -> str:
    return _("{period}{state}：余下 {n} 个工作日需日均 {required}，近期 {recent}，能力 {capacity}").format(
        period=_("全年") if level.level == "year" else period_words(level.period),
        state=level_words(level),
        n=level.work_days_left,
        required=amount_words(level.required_daily),
        recent=amount_words(level.recent_daily),
        capacity=amount_words(level.capacity_daily),
    )


def _chart(told: ProjectTargets) -> Chart:
    """Each month's target, what was done, and the target after the shortfall."""
    labels = [_("{month}月").format(month=month) for month in range(1, 13)]
    done = [row.done for row in told.months]
    later = [row.respread if row.done is None or row.period.end > told.on else None for row in told.months]
    series = [
        Series(_("原计划"), "plan", [row.target for row in told.months]),
        Series(_("完成"), "actual", done),
        Series(_("补欠后"), "forecast", later),
    ]
    summary = _("逐月投资：原计划、完成、补欠后的新计划")
    return Chart("targets", "bar", labels, series, summary, MoneyUnit.WAN, places=0, x_title=_("月份"))


def _check_points(told: ProjectTargets) -> list[dict[str, Any]]:
    """The list's named dates: the target reached by then, as set and after the shortfall."""
    plan, found = told.plan, []
    days = plan.days()
    for point in told.annual_list.check_points.order_by("on"):
        stop = plan.grid.at(point.on) + 1
        if 0 < stop <= plan.grid.length:
            done = told.chained.member.done.sum(0, stop) if point.on <= told.on else None
            target, after = sum(days[:stop]), sum(told.placed.days[:stop])
            found.append({"name": point.name, "on": point.on, "target": target, "after": after, "done": done})
    return found
