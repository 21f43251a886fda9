"""A report beside what another system holds: not changed here but by the office with a reason, and taken over."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.sheets.errors import Yuan
from guatu.core.sheets.fields import FieldKind
from guatu.core.ui.numbers import hundredths
from guatu.domain.mix import InvestmentMix
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.library.policies import can_do
from guatu.reporting.choices import MIX
from guatu.reporting.content import ReportContent
from guatu.reporting.layouts.sources import SOURCES
from guatu.reporting.queries.held import Held, held_values

_KINDS: Final = {source.said: source.kind for source in SOURCES.values() if source.said}


def said_in(content: ReportContent) -> dict[str, Any]:
    """The fields that a report says, by name; the parts of the composition as mix.construction and so on."""
    found = {f"mix.{part}": getattr(content.mix, part) for part in MIX}
    found |= {one.name: getattr(content, one.name) for one in fields(content) if one.name in _KINDS}
    return {name: value for name, value in found.items() if value not in (None, "")}


def shown(held: Held) -> str:
    """A held value in words."""
    return in_words(_KINDS[held.field], held.value)


def in_words(kind: FieldKind, value: Any) -> str:
    """A value of a kind in words; a dash where there is none."""
    if value is None or value == "":
        return "—"
    if kind is FieldKind.MONEY:
        return str(Yuan(value))
    if kind is FieldKind.PERCENT:
        return f"{hundredths(value)}%"
    return str(value)


def with_held(
    actor: Actor,
    project: Project,
    period: Period,
    content: ReportContent,
    *,
    stood: ReportContent | None,
    correcting: bool,
    draft: bool = False,
) -> ReportContent:
    """The report with what other systems hold; a draft is left as it was typed.

    Raises Refusal reporting.held_elsewhere for a field that says something else, unless the office is `correcting` it
    or it says what the report said before (`stood`): that was typed before the other system was read.
    """
    held = held_values([project], period).get(project.pk, {})
    said = said_in(content)
    before = said_in(stood) if stood is not None else {}
    for name, one in held.items():
        changed = name in said and said[name] not in (one.value, before.get(name))
        if changed and not (correcting and _is_office(actor, project)):
            raise Refusal(
                "reporting.held_elsewhere",
                name=project.name,
                field=one.words,
                system=one.system,
                value=shown(one),
                day=one.as_of.isoformat(),
            )
    if draft or content.same:
        return content
    return taken_over(content, held)


def taken_over(content: ReportContent, held: Mapping[str, Held]) -> ReportContent:
    """A report with what other systems hold of what it leaves out; nothing that follows from what it says otherwise."""
    said = said_in(content)
    otherwise = {name for name, one in held.items() if said.get(name, one.value) != one.value}
    left = {name: one.value for name, one in held.items() if name not in said and one.follows not in otherwise}
    return written(content, left)


def _is_office(actor: Actor, project: Project) -> bool:
    return can_do(actor, "reporting.confirm", project).allowed


def written(content: ReportContent, values: Mapping[str, Any]) -> ReportContent:
    """A report with fields written, by the names of `said_in`."""
    parts = {name.removeprefix("mix."): value for name, value in values.items() if name.startswith("mix.")}
    plain = {name: value for name, value in values.items() if not name.startswith("mix.")}
    mix: InvestmentMix = replace(content.mix, **parts)
    return replace(content, mix=mix, **plain)
