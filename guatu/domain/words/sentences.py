"""The sentences of a progress bulletin, from a tally's figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from guatu.domain.indicators.facts import ListRules
from guatu.domain.indicators.registry import INDICATORS, Lead, Rate, Value, exact_share
from guatu.domain.indicators.tally import Change
from guatu.domain.progress import year_passed
from guatu.domain.words.phrases import Clause, as_of_words, choose_variant
from guatu.domain.words.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Style:
    """How a paper speaks: whose projects, what they are called, the measure word, the places of rates and amounts.

    The same ``seed`` gives the same wording. ``prefix`` is put before every figure's key (the group it is of).
    """

    scope: str = "全区"
    noun: str = "重点项目"
    measure: str = "个"
    seed: int = 0
    rate_places: int = 1
    amount_places: int = 2
    prefix: str = ""
    rules: ListRules = field(default_factory=ListRules)


Values = Mapping[str, Value]


def progress_sentences(values: Values, as_of: date, style: Style) -> list[Sentence]:
    """What a list stands at: scale, money, starts, resumptions, state of works, in that order.

    A figure that is none, and a sentence that has nothing to count, is left out; nothing is said to be 0 %.
    """
    sentences = [_scale(values, as_of, style), _money(values, as_of, style)]
    for part in (_starts, _resumptions, _works, _problems):
        sentence = part(values, as_of, style)
        if sentence is not None:
            sentences.append(sentence)
    return sentences


def ranking_sentence(
    names: Sequence[tuple[str, Fraction]], style: Style, *, key: str = "investment_rate", what: str = "投资完成率"
) -> Sentence | None:
    """Who leads and who lags: ``names`` are (name, exact per cent), best first; None when fewer than two.

    The bound key of a name is ``name.key``. Up to three are named at each end, none twice.
    """
    if len(names) < 2:
        return None
    size = min(3, len(names) // 2)
    clause = Clause(style.prefix)
    ends = (("居前", names[:size]), ("居后", names[-size:]))
    for number, (where, some) in enumerate(ends):
        clause.say("；" if number else "").say(f"{what}{where}的是")
        for place, (name, per_cent) in enumerate(some):
            clause.say("、" if place else "").say(f"{name}（").percent(f"{name}.{key}", per_cent, style.rate_places)
            clause.say("）")
    return clause.sentence()


def year_on_year_sentence(changes: Mapping[str, Change], style: Style, *, same_scope: bool = True) -> Sentence | None:
    """Against the corresponding list a year earlier; the key is ``change.<indicator>``. None when nothing compares.

    Lists of different scope are compared only with the words 口径不同.
    """
    clause = Clause(style.prefix).say("与上年同期相比" + ("" if same_scope else "（口径不同）"))
    start = clause.sentence("").text
    for code, words in (("projects", "项目"), ("total_investment", "总投资"), ("planned_investment", "年度计划投资")):
        change = changes.get(code)
        if change is None or not isinstance(change.difference, int) or change.difference == 0:
            continue
        clause.say(f"，{words}{'增加' if change.difference > 0 else '减少'}")
        size = abs(change.difference)
        if code == "projects":
            clause.count(f"change.{code}", size, style.measure)
        else:
            clause.amount(f"change.{code}", size, style.amount_places)
    sentence = clause.sentence()
    return None if sentence.text == start + "。" else sentence


def exact_per_cent(values: Values, code: str, as_of: date, rules: ListRules) -> Fraction | None:
    """A rate or lead of a tally's row in per cent, exact, so that print rounds it only once."""
    indicator = INDICATORS[code]
    assert isinstance(indicator, Rate | Lead)
    time = year_passed(as_of, rules.time_basis, rules.year)
    exact = exact_share(indicator, values[indicator.numerator], values[indicator.denominator], time)
    return None if exact is None else Fraction(100 * exact[0], exact[1])


def _int(values: Values, code: str) -> int:
    value = values.get(code)
    return value if isinstance(value, int) else 0


def _scale(values: Values, as_of: date, style: Style) -> Sentence:
    opening = choose_variant(("{scope}共有{noun}", "{scope}列入{noun}", "{scope}共安排{noun}"), style.seed, "scale")
    clause = Clause(style.prefix).say(opening.format(scope=style.scope, noun=style.noun))
    clause.count("projects", _int(values, "projects"), style.measure)
    clause.say("，总投资").amount("total_investment", _int(values, "total_investment"), style.amount_places)
    if _int(values, "planned_investment"):
        clause.say("，年度计划投资")
        clause.amount("planned_investment", _int(values, "planned_investment"), style.amount_places)
    return clause.sentence()


def _money(values: Values, as_of: date, style: Style) -> Sentence:
    clause = Clause(style.prefix).say(as_of_words(as_of) + "，")
    done = values.get("investment_to_date")
    if not isinstance(done, int):
        return clause.say("尚无完成投资数据").sentence()
    clause.say(choose_variant(("累计完成投资", "已完成投资"), style.seed, "done"))
    clause.amount("investment_to_date", done, style.amount_places)
    rate = exact_per_cent(values, "investment_rate", as_of, style.rules)
    lead = exact_per_cent(values, "lead", as_of, style.rules)
    if rate is not None and lead is not None:
        clause.say(choose_variant(("，占年度计划的", "，为年度计划投资的"), style.seed, "rate"))
        clause.percent("investment_rate", rate, style.rate_places)
        clause.say("，").lead("lead", lead, style.rate_places)
    return clause.sentence()


def _counted_rate(
    plan: tuple[str, str], done: tuple[str, str], share: tuple[str, str]
) -> Callable[[Values, date, Style], Sentence | None]:
    """A sentence of plan, done and rate, each (indicator, words); none when nothing was planned."""

    def sentence(values: Values, as_of: date, style: Style) -> Sentence | None:
        if not _int(values, plan[0]):
            return None
        clause = Clause(style.prefix)
        for number, (code, words) in enumerate((plan, done)):
            clause.say(("，" if number else "") + words).count(code, _int(values, code), style.measure)
        rate = exact_per_cent(values, share[0], as_of, style.rules)
        if rate is not None:
            clause.say("，" + share[1]).percent(share[0], rate, style.rate_places)
        return clause.sentence()

    return sentence


_new_starts = _counted_rate(("start_base", "计划新开工"), ("started_of_base", "已开工"), ("start_rate", "开工率"))
_all_starts = _counted_rate(("start_base", "全部项目"), ("started_of_base", "已开工"), ("start_rate", "开工率"))
_resumptions = _counted_rate(("resumed_planned", "应复工"), ("resumed", "已复工"), ("resumed_rate", "复工率"))


def _starts(values: Values, as_of: date, style: Style) -> Sentence | None:
    all_entries = style.rules.start_rate_base == "all"
    return (_all_starts if all_entries else _new_starts)(values, as_of, style)


def _works(values: Values, as_of: date, style: Style) -> Sentence | None:
    clause = Clause(style.prefix)
    parts = (("under_construction", "在建"), ("completed", "竣工"), ("in_production", "投产"), ("suspended", "停工"))
    present = [(code, words) for code, words in parts if _int(values, code)]
    if not present:
        return None
    clause.say(choose_variant(("目前，", "其中，"), style.seed, "works"))
    for number, (code, words) in enumerate(present):
        clause.say(("，" if number else "") + words).count(code, _int(values, code), style.measure)
    return clause.sentence()


def _problems(values: Values, as_of: date, style: Style) -> Sentence | None:
    number = _int(values, "with_problems")
    return (
        Clause(style.prefix).say("存在问题的项目").count("with_problems", number, style.measure).sentence()
        if number
        else None
    )
