"""The text of a progress bulletin, block by block, every figure bound to its key (docs/algorithms/bulletin.md)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from guatu.domain.words import (
    Clause,
    Sentence,
    Style,
    as_of_words,
    join,
    progress_sentences,
    ranking_sentence,
    year_on_year_sentence,
)
from guatu.publishing.blocks import Block, heading, paragraph
from guatu.publishing.bulletins.kind import Made
from guatu.publishing.bulletins.progress.facts import Group, ProgressFacts
from guatu.publishing.bulletins.progress.problems import next_steps, problems
from guatu.publishing.bulletins.progress.tables import check_rows, tables

STARTS = frozenset({"start_base", "resumed_planned"})
PROBLEMS = frozenset({"with_problems"})
SECTORS_NAMED = 8


def make(facts: ProgressFacts) -> Made:
    """The paper of these facts: title, blocks, tables, and all figures that it may print."""
    sentences: dict[str, Sentence] = {}
    blocks: list[Block] = []
    for block_id, part in _parts(facts):
        if isinstance(part, str):
            blocks.append(heading(block_id, part, 2 if block_id.startswith("h.level.") else 1))
        else:
            sentences[block_id] = part
            blocks.append(paragraph(block_id, part))
    figures = facts.figures()
    for sentence in sentences.values():
        figures |= sentence.by_key()
    listed = tables(facts)
    return Made(
        title=title(facts),
        blocks=tuple(blocks),
        tables=listed,
        figures=figures,
        labels={lag.key: lag.name for lag in facts.lags},
        names=facts.names | {group.name for group in (*facts.sectors, *facts.units)},
        check_rows=check_rows(facts),
    )


def title(facts: ProgressFacts) -> str:
    """关于2019年1—3月全区重点项目建设进展情况的通报; a day that ends no month is named."""
    day = facts.as_of
    words = as_of_words(day, with_year=True)
    if words.endswith("底"):
        words = f"{day.year}年1月" if day.month == 1 else f"{day.year}年1—{day.month}月"
    return f"关于{words}{facts.scope}{facts.noun}建设进展情况的通报"


def _parts(facts: ProgressFacts) -> Iterator[tuple[str, str | Sentence]]:
    yield "intro", _intro(facts)
    yield "h.whole", "总体完成情况"
    if not facts.whole["projects"]:
        day = as_of_words(facts.as_of, with_year=True)
        yield "whole.1", Clause().say(f"{day}，{facts.scope}尚无列入本年度名单的{facts.noun}").sentence()
        yield "h.next", "下一步工作"
        yield (
            "next.1",
            Clause().say("抓紧研究提出年度重点项目名单，明确年度投资计划、责任单位和开工竣工时间").sentence(),
        )
        return
    yield "whole.1", join(_whole(facts))
    for group in facts.levels:
        yield f"h.level.{group.name}", f"{group.name}重点项目"
        yield f"level.{group.name}", join(_progress(group.values, facts, f"level.{group.name}", group.name))
    if any(group.values["planned_investment"] for group in facts.sectors) and len(facts.sectors) > 1:
        yield "h.sectors", "分领域情况"
        yield "sectors.1", _sectors(facts)
    yield "h.units", "各责任单位情况"
    yield "units.1", join(_units(facts))
    yield "h.starts", "开工竣工情况"
    yield "starts.1", join(_starts(facts))
    yield "h.problems", "存在问题"
    yield from problems(facts)
    yield "h.next", "下一步工作"
    yield from next_steps(facts)


def style(facts: ProgressFacts, prefix: str) -> Style:
    """How the paper speaks of a group."""
    return Style(
        scope=facts.scope,
        noun=facts.noun,
        seed=facts.seed,
        rate_places=facts.rules.places,
        prefix=prefix,
        rules=facts.rules,
    )


def _intro(facts: ProgressFacts) -> Sentence:
    clause = Clause().say(
        f"现将{as_of_words(facts.as_of, with_year=True)}{facts.scope}{facts.noun}建设进展情况通报如下"
    )
    clause.say(f"（投资数据为{facts.basis}")
    return clause.say("，名单为暂定名单）" if facts.provisional else "）").sentence()


def _progress(values: object, facts: ProgressFacts, prefix: str, level: str = "") -> list[Sentence]:
    how = style(facts, prefix)
    if level:
        how = replace(how, noun=f"{level}重点项目")
    return progress_sentences(values, facts.as_of, how)  # type: ignore[arg-type]  # values of a tally


def _about(sentence: Sentence, codes: frozenset[str]) -> bool:
    return any(bound.key.rpartition(".")[2] in codes for bound in sentence.figures)


def _whole(facts: ProgressFacts) -> list[Sentence]:
    said = _progress(facts.whole, facts, "whole")
    found = [sentence for sentence in said if not _about(sentence, STARTS | PROBLEMS)]
    if facts.changes is not None:
        before = year_on_year_sentence(facts.changes, style(facts, "whole"))
        found += [before] if before is not None else []
        found += _growth(facts)
    return found


def _growth(facts: ProgressFacts) -> list[Sentence]:
    """完成投资比上年同期增长13.2%: only where both years have readings."""
    change = facts.changes["investment_to_date"] if facts.changes else None
    now, before = facts.whole["investment_to_date"], change.before if change else None
    if not isinstance(now, int) or not isinstance(before, int) or not before:
        return []
    exact = Fraction(100 * (now - before), before)
    clause = Clause("whole").say("完成投资与上年同期相比")
    return [clause.growth("change.investment_growth", exact, facts.rules.places).sentence()]


def _sectors(facts: ProgressFacts) -> Sentence:
    named = [group for group in facts.sectors if group.values["planned_investment"]]
    if len(named) > SECTORS_NAMED:
        ranked = ranking_sentence(_ranked(named, facts), style(facts, "class"))
        return ranked or Clause().say("各领域尚无完成投资数据").sentence()
    return join(
        [
            _group(group, "class", facts).sentence("；" if number + 1 < len(named) else "。")
            for number, group in enumerate(named)
        ]
    )


def _group(group: Group, cut: str, facts: ProgressFacts) -> Clause:
    """产业类2个项目，年度计划投资7亿元，完成投资2.5亿元，完成率35.7%，快于序时进度10.7个百分点."""
    values, places = group.values, facts.rules.places
    clause = Clause(f"{cut}.{group.name}").say(group.name).count("projects", _int(values["projects"]))
    clause.say("项目，年度计划投资").amount("planned_investment", _int(values["planned_investment"]))
    done, rate, lead = values["investment_to_date"], facts.rate(group), facts.rate(group, "lead")
    if not isinstance(done, int):
        return clause.say("，尚无完成投资数据")
    if done:
        clause.say("，完成投资").amount("investment_to_date", done)
        if rate is not None:
            clause.say("，完成率").percent("investment_rate", rate, places)
    else:
        clause.say("，尚未完成投资")
    return clause.say("，").lead("lead", lead, places) if lead is not None else clause


def _ranked(groups: Sequence[Group], facts: ProgressFacts) -> list[tuple[str, Fraction]]:
    """(name, exact rate), best first; what has no rate is not ranked."""
    rated = [(group.name, rate) for group in groups if (rate := _known_rate(group, facts)) is not None]
    return sorted(rated, key=lambda pair: (-pair[1], pair[0]))


def _known_rate(group: Group, facts: ProgressFacts) -> Fraction | None:
    return None if group.values["investment_to_date"] is None else facts.rate(group)


def _units(facts: ProgressFacts) -> Iterator[Sentence]:
    stated = [group for group in facts.units if group.name != "未明确责任单位"]
    ranked = _ranked(stated, facts)
    if not stated:
        yield Clause().say("名单中的项目尚未明确责任单位").sentence()
        return
    if not ranked:
        yield Clause().say("各责任单位尚无可比的完成投资数据").sentence()
    elif len(ranked) == 1:
        yield _group(next(group for group in stated if group.name == ranked[0][0]), "unit", facts).sentence()
    else:
        yield from _compared(stated, ranked, facts)
    missing = next((group for group in facts.units if group.name == "未明确责任单位"), None)
    if missing is not None:
        clause = Clause("unit.未明确责任单位").say("另有").count("projects", _int(missing.values["projects"]))
        yield clause.say("项目尚未明确责任单位").sentence()


def _compared(stated: Sequence[Group], ranked: list[tuple[str, Fraction]], facts: ProgressFacts) -> Iterator[Sentence]:
    leads = [lead for group in stated if (lead := facts.rate(group, "lead")) is not None]
    ahead = sum(lead >= 0 for lead in leads)
    clause = Clause("units").say("有年度投资计划并已报送进展的责任单位").count("compared", len(leads))
    if 0 < ahead < len(leads):
        clause.say("，其中达到序时进度的").count("ahead", ahead)
        clause.say("、慢于序时进度的").count("behind", len(leads) - ahead)
    else:
        clause.say("，均达到序时进度" if ahead else "，均慢于序时进度")
    yield clause.sentence()
    sentence = ranking_sentence(ranked, style(facts, "unit"))
    if sentence is not None:
        yield sentence


def _starts(facts: ProgressFacts) -> Iterator[Sentence]:
    said = [s for s in _progress(facts.whole, facts, "whole") if _about(s, STARTS)]
    yield from said
    due = _int(facts.whole["new_starts_due"])
    late = [lag for lag in facts.lags if lag.reason("start_late") and lag.lag.entry.kind == "new_start"]
    if due and late:
        clause = Clause().say(f"{as_of_words(facts.as_of)}，新开工项目按计划应开工").count("whole.new_starts_due", due)
        yield clause.say("，尚未开工").count("starts.late", len(late)).sentence()
    planned = _int(facts.whole["completions_planned"])
    if planned:
        clause = Clause("whole").say("本年计划竣工").count("completions_planned", planned)
        yield clause.say("，已竣工").count("completed", _int(facts.whole["completed"])).sentence()
    if not said and not planned:
        yield Clause().say("本期名单没有计划新开工、复工和竣工的项目").sentence()


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0
