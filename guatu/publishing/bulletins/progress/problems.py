"""What lags, project by project with facts as reasons, and the standing sentences of what comes next."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from guatu.core.official.wording import clean
from guatu.domain.checker import Token, find_figures
from guatu.domain.progress import year_passed
from guatu.domain.words import Bound, Clause, Figure, Sentence, as_of_words, join
from guatu.publishing.bulletins.progress.facts import Laggard, ProgressFacts

NAMED = 6
"""Projects that one paragraph names; the table lists all of them."""
FAR_BEHIND = Decimal(5)
"""Percentage points behind time from which a project is named."""
PROBLEM_LENGTH = 60
ORDINALS = "一二三四五六七八九"
Part = tuple[str, Sentence]


def far_behind(lag: Laggard) -> bool:
    """Whether a project is behind time by at least the points from which it is named."""
    points = lag.lag.points
    return points is not None and points <= -FAR_BEHIND and lag.reason("silent") is None


def problems(facts: ProgressFacts) -> Iterator[Part]:
    """The paragraphs of 存在问题: one a reason, worst projects first."""
    found = [(code, words, tell, _of(facts, code)) for code, words, tell in _REASONS]
    present = [item for item in found if item[3]]
    if not present:
        yield "problem.none", Clause().say(f"{as_of_words(facts.as_of)}，未发现明显滞后的项目").sentence()
        return
    for number, (code, words, tell, lags) in enumerate(present):
        opening = Clause().say(f"{ORDINALS[number]}是" if len(present) > 1 else "").say(words)
        opening.count(f"problems.{code}", len(lags))
        named = [lag for lag in lags if not lag.sensitive]
        told = [opening.sentence("："), *_named(named, len(lags), tell, facts)] if named else [opening.sentence()]
        yield f"problem.{code}", join(told)


def _of(facts: ProgressFacts, code: str) -> list[Laggard]:
    if code == "behind":
        return [lag for lag in facts.lags if far_behind(lag)]
    if code == "stated":
        return [lag for lag in facts.lags if lag.problem.strip() and not lag.sensitive]
    return [lag for lag in facts.lags if lag.reason(code)]


def _named(
    lags: Sequence[Laggard], counted: int, tell: Callable[[Laggard, ProgressFacts], Sentence], facts: ProgressFacts
) -> Iterator[Sentence]:
    shown = lags[:NAMED]
    for number, lag in enumerate(shown):
        yield Clause().say("" if number == 0 else "；").say(lag.name).say(f"（{lag.unit}").sentence("")
        yield tell(lag, facts)
        yield Clause().say("）").sentence("")
    yield Clause().say("等" if counted > len(shown) else "").sentence()


def _late_start(lag: Laggard, facts: ProgressFacts) -> Sentence:
    return _late(lag, "start_late", "开工")


def _late_finish(lag: Laggard, facts: ProgressFacts) -> Sentence:
    return _late(lag, "finish_late", "竣工")


def _late(lag: Laggard, code: str, words: str) -> Sentence:
    reason = lag.reason(code)
    assert reason is not None
    assert reason.on is not None
    clause = Clause(lag.key).say(f"，计划{reason.on.year}年{reason.on.month}月{reason.on.day}日{words}，已迟")
    return clause.count(f"{code}_days", reason.days, "天").sentence("")


def _behind(lag: Laggard, facts: ProgressFacts) -> Sentence:
    entry, places = lag.lag.entry, facts.rules.places
    done = entry.investment_to_date or 0
    rate = Fraction(100 * done, entry.planned_investment)
    time = 100 * Fraction(*year_passed(facts.as_of, facts.rules.time_basis, facts.rules.year))
    clause = Clause(lag.key).say("，年度计划").amount("planned_investment", entry.planned_investment)
    if done:
        clause.say("，完成").amount("investment_to_date", done).say("，完成率").percent("investment_rate", rate, places)
    else:
        clause.say("，尚未完成投资")
    return clause.say("，").lead("lead", rate - time, places).sentence("")


def _silent(lag: Laggard, facts: ProgressFacts) -> Sentence:
    reason = lag.reason("silent")
    assert reason is not None
    if reason.on is None:
        return Clause().say("，本年尚无进展数据").sentence("")
    return Clause().say(f"，{reason.on.month}月{reason.on.day}日以后无进展数据").sentence("")


def _nothing(lag: Laggard, facts: ProgressFacts) -> Sentence:
    return Clause().sentence("")


def _stated(lag: Laggard, facts: ProgressFacts) -> Sentence:
    """The unit's own words; each number in them is bound to what was reported."""
    text = clean(lag.problem).replace("\n", " ").strip().rstrip("。；;，,")
    text = text[:PROBLEM_LENGTH] + "…" if len(text) > PROBLEM_LENGTH else text
    tokens = find_figures(text, facts.names)
    shift = len("：")
    bound = [
        Bound(token.start + shift, token.end + shift, f"{lag.key}.stated_{n}", _reported(token), token.printed)
        for n, token in enumerate(tokens, start=1)
    ]
    return Sentence("：" + text, tuple(bound))


def _reported(token: Token) -> Figure:
    kind = "count" if token.kind == "quantity" else token.kind
    return Figure(kind, Fraction(token.number) * token.factor * token.sign)


_REASONS: tuple[tuple[str, str, Callable[[Laggard, ProgressFacts], Sentence]], ...] = (
    ("start_late", "部分项目未按计划开工，共", _late_start),
    ("suspended", "部分项目停缓建，共", _nothing),
    ("finish_late", "部分项目未按计划竣工，共", _late_finish),
    ("behind", "部分项目投资进度明显偏慢，共", _behind),
    ("silent", "部分项目进展数据不全，共", _silent),
    ("stated", "责任单位反映的困难和问题，涉及项目", _stated),
)

_STEPS = (
    ("start_late", "抓开工。对未按计划开工的项目逐项倒排开工时间，手续、用地、征迁等问题提请专班限期办结"),
    ("suspended", "抓复工。对停缓建项目逐一查明原因，能复工的尽快复工，确需调整的按程序办理名单调整"),
    ("finish_late", "抓竣工。对超期未竣工的项目核定剩余工程量，明确竣工时间和责任人，按周调度"),
    ("behind", "抓进度。对慢于序时进度的项目制定追赶计划，以日保周、以周保月，把滞后的投资尽快补上来"),
    ("silent", "抓数据。责任单位要按时如实报送进展，对数据不全的项目于下期通报前补报并说明原因"),
    ("stated", "抓保障。对各单位反映的问题建立台账，明确牵头单位和办结时限，逐项销号"),
)


def next_steps(facts: ProgressFacts) -> Iterator[Part]:
    """Standing sentences for what lags; where nothing does, to keep on."""
    steps = [words for code, words in _STEPS if _of(facts, code)]
    if not steps:
        steps = ["保持工作力度。各责任单位要按照年度计划有序推进，及时协调解决新出现的问题"]
    if facts.next_point is not None:
        name, day = facts.next_point
        steps.append(f"抓节点。对照{day.month}月{day.day}日“{name}”检查点，逐项目核对应完成的开工、投资和形象进度")
    for number, words in enumerate(steps):
        ordinal = f"{ORDINALS[number]}是" if len(steps) > 1 else ""
        yield f"next.{number + 1}", Clause().say(ordinal).say(words).sentence()
