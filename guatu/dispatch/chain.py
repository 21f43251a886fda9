"""The chain of targets on dispatch's pages: the block of five levels, the second sentence, the cut by groups."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.templatetags.ui import figure
from guatu.core.ui import marks
from guatu.core.ui.numbers import amount_words, period_words, said_amount
from guatu.dispatch.queries import group_word
from guatu.domain.indicators import Row
from guatu.domain.targets import GroupChain, GroupLevel, Level, LevelName, State
from guatu.figures.choices import (
    DIMENSION_WORDS,
    LEVEL_LETTERS,
    STATE_LIGHTS,
    dimensions_said,
    level_words,
    state_words,
)
from guatu.figures.policies import can_cut_by
from guatu.figures.queries import Asked, chain_of, chains_by, done_since, group_names, judged_on, why_none

CUTS = ("unit", "class", "leader", "region", "level")
NONE_WORDS = {
    "basis": gettext_lazy("目标只按调度口径分解；所选口径没有目标保障。"),
    "planned": gettext_lazy("按计划日期推算时不作目标保障的判断。"),
    "year": gettext_lazy("所选日期不在名单的年度内，没有可判断的目标。"),
    "list": gettext_lazy("还没有名单。"),
}


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One line of the block. `level` is None where it is not judged; `why` then says so. `url` opens its projects."""

    letter: str
    period: str
    level: Level | None
    members: int
    reported: int
    light: str
    word: str  # how the state is said
    mark: SafeString
    url: str
    why: str

    @property
    def missing(self) -> int:
        """Projects whose report is not there."""
        return self.members - self.reported

    @property
    def short(self) -> int | None:
        """Whole yuan still lacking; nothing where the target is reached."""
        return max(0, self.level.remaining) if self.level is not None else None


@dataclass(frozen=True, slots=True)
class Block:
    """The five levels at the day of the last reading; without any, `none` says why."""

    on: date
    rows: Sequence[LevelRow]
    recent: int | None
    capacity: int | None
    none: str
    sentence: SafeString
    units_url: str
    since: int = 0  # whole yuan of days after `on`, not judged yet


def block(asked: Asked, query: str) -> Block:
    """The chain of the lists as the overview shows it."""
    chain = chain_of(asked)
    on = judged_on(asked)
    units = f"{reverse('dispatch:chain')}?{query}&by=unit"
    if chain is None:
        return Block(on, (), None, None, str(NONE_WORDS[why_none(asked)]), SafeString(""), units)
    year = chain.levels[-1].level
    rows = [_row(one, query) for one in chain.levels]
    recent, capacity = (year.recent_daily, year.capacity_daily) if year is not None else (None, None)
    return Block(on, rows, recent, capacity, "", sentence(chain, query), units, done_since(asked))


def rows_url(query: str, level: str, group: str = "") -> str:
    """The projects behind a level."""
    return f"{reverse('dispatch:chain_rows')}?{query}&level={level}{'&' + group if group else ''}"


def _row(one: GroupLevel, query: str) -> LevelRow:
    level = one.level
    return LevelRow(
        letter=str(LEVEL_LETTERS[one.name]),
        period=period_words(one.period),
        level=level,
        members=one.members,
        reported=one.reported,
        light=STATE_LIGHTS[level.state] if level is not None else "",
        word=level_words(level) if level is not None else "",
        mark=_mark(level),
        url=rows_url(query, one.name),
        why=_why(one),
    )


def _mark(level: Level | None) -> SafeString:
    if level is None:
        return SafeString("")
    if level.required_daily is None:
        return format_html('<span class="ink-3">{}</span>', _("期内已无工作日"))
    label = _("需日均 {required}，近期 {recent}，能力 {capacity}").format(
        required=amount_words(level.required_daily),
        recent=amount_words(level.recent_daily),
        capacity=amount_words(level.capacity_daily),
    )
    return marks.pace(
        level.required_daily, level.recent_daily, level.capacity_daily, label, css=f"m-{STATE_LIGHTS[level.state]}"
    )


def _why(one: GroupLevel) -> str:
    if one.level is not None:
        return ""
    if not one.members:
        return _("没有按日填报的项目，不判断") if one.name == "day" else _("没有按周填报的项目，不判断")
    return _("{n} 项都还没有填报，不判断").format(n=one.members)


# -- the sentence ------------------------------------------------------------------------------------------------------
_CSS = {"lost": "t-red", "at_risk": "t-yellow", "holds": "t-green"}


def sentence(chain: GroupChain, query: str) -> SafeString:
    """本周难完成，3月有风险：余下 3 个工作日需日均 1.55 亿元；一季度、全年可完成（已报 222/231）。"""
    judged = [(one, one.level) for one in chain.levels if one.level is not None and one.name != "day"]
    if not judged:
        return SafeString("")
    worse = [_stretch(judged, state, query) for state in ("lost", "at_risk")]
    first = format_html_join(_("，"), "{}", ((part,) for part in worse if part))
    holding = _stretch(judged, "holds", query)
    parts = [part for part in (first + _needs(chain, query) if first else first, holding) if part]
    whole = format_html_join(_("；"), "{}", ((part,) for part in parts))
    return format_html(_("{whole}{reported}。"), whole=whole, reported=_reported(chain))


def _stretch(judged: Sequence[tuple[GroupLevel, Level]], state: State, query: str) -> SafeString:
    """10月已完成，四季度、全年可完成: the levels of one state, each opening its projects; those that are over apart."""
    found = []
    for over in (True, False):
        named = [one for one, level in judged if level.state == state and (level.work_days_left == 0) is over]
        if named:
            places = ((rows_url(query, one.name), _said(one)) for one in named)
            links = format_html_join(_("、"), '<a class="open" href="{}">{}</a>', places)
            said = format_html(_("{periods}{state}"), periods=links, state=state_words(state, over=over))
            found.append(format_html('<b class="{}">{}</b>', _CSS[state], said))
    return format_html_join(_("，"), "{}", ((one,) for one in found))


def _said(one: GroupLevel) -> str:
    return _("全年") if one.name == "year" else period_words(one.period)


def _needs(chain: GroupChain, query: str) -> SafeString:
    """：余下 3 个工作日需日均 1.55 亿元, of the level that can still be saved."""
    saved = chain.verdict.saved
    if saved is None or not saved.required_daily:
        return SafeString("")
    return format_html(
        _("：{period}余下 {n} 个工作日需日均 {money}"),
        period=_("全年") if saved.level == "year" else period_words(saved.period),
        n=saved.work_days_left,
        money=figure(rows_url(query, saved.level), *said_amount(saved.required_daily)),
    )


def _reported(chain: GroupChain) -> str:
    """How many have reported in the shortest period that is judged, where somebody has not."""
    one = next((one for one in chain.levels if one.level is not None and one.name != "day"), None)
    if one is None or not one.missing:
        return ""
    return _("（{period}已报 {n}/{all}）").format(period=_said(one), n=one.reported, all=one.members)


# -- by groups ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group's chain: its name, its part of an address, and its levels."""

    name: str
    query: str
    rows: Sequence[LevelRow]
    year: Level | None
    saved: str


def by_group(actor: Actor, asked: Asked, dimension: str, query: str) -> list[GroupRow]:
    """The chain of each group of one cut: those that lost most levels first."""
    check_cuts(actor, (dimension,))
    chains = chains_by(asked, dimension)
    names = group_names((dimension,), [Row((dimension,), (key,), {}, True) for key in chains])
    found = [_group(dimension, key, chain, names, query) for key, chain in chains.items()]
    return sorted(found, key=lambda row: (-sum(one.light == "red" for one in row.rows), -_left(row), row.name))


def check_cuts(actor: Actor, dimensions: Iterable[str]) -> None:
    """Refuse a cut that is none, or that the post may not see."""
    for dimension in dimensions:
        if dimension not in CUTS:
            raise Refusal("figures.unknown_dimension", dimension=dimension[:40], known=dimensions_said(CUTS))
        can_cut_by(actor, dimension).require()


def menu(actor: Actor, query: str, now: str) -> list[dict[str, Any]]:
    """The cuts that the post may see, as tabs."""
    return [
        {
            "label": DIMENSION_WORDS[code],
            "url": f"{reverse('dispatch:chain')}?{query}&by={code}",
            "current": code == now,
            "count": None,
        }
        for code in CUTS
        if can_cut_by(actor, code).allowed
    ]


def _left(row: GroupRow) -> int:
    return row.year.remaining if row.year is not None else 0


def _group(dimension: str, key: Any, chain: GroupChain, names: Mapping[tuple[str, Any], str], query: str) -> GroupRow:
    part = urlencode({f"g.{dimension}": "" if key is None else str(key)})
    saved = chain.verdict.saved
    words = ""
    if saved is not None and saved.required_daily:
        words = _("{period}需日均 {money}").format(
            period=_("全年") if saved.level == "year" else period_words(saved.period),
            money=amount_words(saved.required_daily),
        )
    rows = [_row(one, f"{query}&{part}") for one in chain.levels]
    return GroupRow(group_word(dimension, key, names), part, rows, chain.levels[-1].level, words)


def level_named(text: str) -> LevelName:
    """The level of an address; the month where it names none."""
    return next((name for name in LEVEL_LETTERS if name == text), "month")
