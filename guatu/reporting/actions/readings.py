"""Recording how far projects have come: claimed, checked, confirmed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.models import TrailEntry
from guatu.core.refusals import Refusal
from guatu.core.registries import run_duties
from guatu.core.second_person import is_same_person
from guatu.core.writing import Recorded, action, current, require_reason
from guatu.domain.mix import UNTOLD
from guatu.library.actions import book, keep_open
from guatu.library.models import Project
from guatu.library.policies import refuse_secret, require_approver, require_projects
from guatu.library.queries.closing import locked_days
from guatu.people.models import Post
from guatu.reporting.choices import MIX, TRUTH_ORDER, Basis, Truth
from guatu.reporting.compute import Finding, ReadingRow, Series, work_out
from guatu.reporting.models import Reading
from guatu.reporting.queries import readings_as_of, series_of, standing_readings

__all__ = [
    "Finding",
    "ReadingRow",
    "ReadingsDone",
    "claim_reading",
    "record_readings",
]

RIGHTS = {Truth.CLAIMED: "reporting.claim", Truth.CHECKED: "reporting.check", Truth.CONFIRMED: "reporting.confirm"}
AMOUNTS = {"cumulative": _("累计完成投资"), "ytd": _("本年完成投资"), "preliminary_cost": _("前期费用")}


@dataclass(frozen=True, slots=True)
class ReadingsDone:
    """What was recorded, and what is to be asked about it (warnings, never errors)."""

    recorded: Recorded
    findings: tuple[Finding, ...]


def _ids(rows: Sequence[ReadingRow]) -> list[int]:
    return sorted({row.project.pk for row in rows})


@action("reporting.record_readings", _("采用进度数据"), right="reporting.confirm")
def record_readings(
    *,
    actor: Actor,
    rows: Sequence[ReadingRow],
    basis: str = Basis.DISPATCH,
    source: str = "",
    reason: str = "",
    approver: Post | None = None,
) -> ReadingsDone:
    """Record what the office imports or enters: confirmed at once, and `source` says so.

    A cumulative amount that falls needs a reason and another person's approval. A reading of a locked period is booked
    on the first open day. Sending the same rows again changes nothing.
    """
    return _record(actor, rows, basis, Truth.CONFIRMED, source, reason, approver)


@action("reporting.claim_reading", _("填报项目进度"), right="reporting.claim")
def claim_reading(
    *, actor: Actor, row: ReadingRow, basis: str = Basis.DISPATCH, reason: str = "", approver: Post | None = None
) -> ReadingsDone:
    """Report one project's progress; it counts when the unit has checked and the office accepted it."""
    if basis == Basis.STATISTICS:
        raise Refusal("reporting.statistics_by_others")
    current().about(row.project, name=row.project.name)
    return _record(actor, [row], basis, Truth.CLAIMED, "", reason, approver)


def claim_rows(actor: Actor, rows: Sequence[ReadingRow], reason: str, approver: Post | None) -> tuple[Finding, ...]:
    """Within an action that hands reports in: their figures are claimed, by dispatch. Returns what is to be asked."""
    return _record(actor, rows, Basis.DISPATCH, Truth.CLAIMED, "", reason, approver).findings


def _record(
    actor: Actor,
    rows: Sequence[ReadingRow],
    basis: str,
    truth: Truth,
    source: str,
    reason: str,
    approver: Post | None,
) -> ReadingsDone:
    if not rows:
        return ReadingsDone(Recorded(), ())
    projects = {row.project.pk: row.project for row in rows}
    require_projects(actor, RIGHTS[truth], projects.values())
    for row in rows:
        _check_row(row)
    known = series_of(_ids(rows), basis=basis, truth=truth, day=max(row.on for row in rows))
    worked = work_out(rows, known, Basis(basis), truth, source)
    _check_falls(actor, worked.findings, reason, approver)
    current().about(None, reason=reason, count=len(rows), basis=basis, source=source)
    done = record_news(worked.facts, known)
    if truth == Truth.CONFIRMED:  # the cached last reading is a confirmed one
        refresh_last_readings(list(projects.values()))
    run_duties("reporting.record", actor=actor, readings=worked.facts)
    return ReadingsDone(done, tuple(worked.findings))


def _check_row(row: ReadingRow) -> None:
    name = row.project.name
    texts = (row.words, row.problem, row.next_plan)
    if row.cumulative is None and row.ytd is None and row.percent is None and not any(texts):
        raise Refusal("reporting.nothing_said", name=name, day=row.on)
    amounts = [(words, getattr(row, column)) for column, words in AMOUNTS.items()]
    amounts += [(words, getattr(row.mix, part)) for part, words in MIX.items()]
    for words, value in amounts:
        if value is not None and value < 0:
            raise Refusal("reporting.negative", name=name, day=row.on, field=words, value=value)
    if row.percent is not None and not 0 <= row.percent <= 100_00:
        raise Refusal("reporting.percent_wrong", name=name, day=row.on)
    if row.on > clock.today() and not row.estimate:
        raise Refusal("reporting.future", name=name, day=row.on)
    refuse_secret(text="\n".join((*texts, row.remark)), where=name)


def _check_falls(actor: Actor, findings: Sequence[Finding], reason: str, approver: Post | None) -> None:
    falls = [finding for finding in findings if finding.code == "reading.falls"]
    if not falls:
        return
    if not reason.strip() or approver is None:
        items = [{"name": fall.project.name, "on": fall.on, **fall.params} for fall in falls]
        raise Refusal("reporting.falls", items=items, count=len(falls))
    require_reason(reason, _("累计完成投资减少"))
    labels = {require_approver(actor, approver, "reporting.approve_fall", fall.project) for fall in falls}
    current().about(None, approver="、".join(sorted(labels)))


def record_news(facts: Sequence[Reading], series: Mapping[int, Series] | None = None) -> Recorded:
    """Book and record readings; one that says what is known of its date already is left out.

    Two sheets of one day complete each other: what the new one leaves empty stays as it was said. `series`: what was
    read of the projects already, of the one basis and truth of all facts.
    """
    book(facts)
    known = {
        (row.project_id, row.basis, row.truth, row.effective_on): row
        for rows in (_of_their_days(facts) if series is None else [each.rows for each in series.values()])
        for row in rows
    }
    news = []
    for fact in facts:
        before = known.get((fact.project_id, fact.basis, fact.truth, fact.effective_on))
        if before is not None:
            _keep_what_was_said(fact, before)
        if before is None or _content(before) != _content(fact):
            news.append(fact)
    done = current().record_many(news)
    return Recorded(done.added, done.superseded, done.unchanged + len(facts) - len(news))


def _of_their_days(facts: Sequence[Reading]) -> Iterable[Sequence[Reading]]:
    ids, days = {fact.project_id for fact in facts}, {fact.effective_on for fact in facts}
    for basis, truth in {(fact.basis, fact.truth) for fact in facts}:
        yield from standing_readings(ids, basis=basis, truth=truth, days=days).values()


def _keep_what_was_said(fact: Reading, before: Reading) -> None:
    for name in ("words", "problem", "next_plan", "remark"):
        if not getattr(fact, name):
            setattr(fact, name, getattr(before, name))
    if fact.percent is None:
        fact.percent = before.percent
    if fact.cumulative is None and fact.ytd is None:
        fact.cumulative, fact.ytd = before.cumulative, before.ytd
    fact.preliminary_cost = fact.preliminary_cost or before.preliminary_cost
    fact.mix = fact.mix.completed_by(before.mix)


def _content(row: Reading) -> dict[str, object]:
    return {name: value for name, value in row.says().items() if name not in ("source", "period")}


def refresh_last_readings(projects: Sequence[Project]) -> int:
    """Compute the cached last reading of projects again (confirmed, by dispatch); how many differed."""
    last = readings_as_of([project.pk for project in projects], clock.today(), restated=True)
    moved = []
    for project in projects:
        row = last.get(project.pk)
        values = (row.effective_on, row.cumulative) if row is not None else (None, None)
        if (project.last_reading_on, project.last_cumulative) != values:
            project.last_reading_on, project.last_cumulative = values
            moved.append(project)
    current().cache(moved, ["last_reading_on", "last_cumulative"])
    return len(moved)


# -- the steps of truth -----------------------------------------------------------------------------------------------
def raise_truth(
    actor: Actor, project: Project, on: date, step: Truth, to: Truth, basis: str = Basis.DISPATCH
) -> Reading:
    """Within an action: what stands at one step of truth for a day is true at the next one too."""
    require_projects(actor, RIGHTS[to], [project])
    rows = Reading.objects.filter(project=project, basis=basis, truth=step, effective_on=on, superseded_at__isnull=True)
    row = rows.order_by("booked_on", "pk").last()
    if row is None:
        raise Refusal("reporting.no_claim", name=project.name, day=on)
    _other_person(actor, row)
    current().about(project, name=project.name, day=on)
    fact = Reading(project=project, effective_on=on, **{**row.says(), "basis": basis, "truth": to})
    record_news([fact])
    refresh_last_readings([project])
    return fact


def _other_person(actor: Actor, row: Reading) -> None:
    """Whoever wrote a reading does not approve it: not from another post either (2-model.md, invariant 5)."""
    entry = TrailEntry.objects.filter(pk=row.entry_id).first() if row.entry_id is not None else None
    if entry is None:
        return
    same_person = is_same_person(actor, entry.user_id)
    same_post = actor.post_id is not None and entry.post_id == actor.post_id
    if same_person or same_post:
        raise Refusal("core.two_persons", what=str(_("填报数的审核")))


def withdraw_readings(project: Project, on: date, period: str, steps: Sequence[Truth]) -> None:
    """Within an action: what a report claimed of a day no longer stands; what was confirmed of it does."""
    rows = Reading.objects.filter(project=project, basis=Basis.DISPATCH, truth__in=steps, effective_on=on).standing()
    _take_away(project, list(rows.filter(period=period)))


def withdraw_from(project: Project, days: Sequence[date], source: str, steps: Sequence[Truth]) -> None:
    """Within an action: what came by a source and was claimed of these days no longer stands."""
    rows = Reading.objects.filter(project=project, basis=Basis.DISPATCH, truth__in=steps, effective_on__in=days)
    _take_away(project, list(rows.standing().filter(source=source)))


def _take_away(project: Project, rows: Sequence[Reading]) -> None:
    """What is booked on an open day stands no longer. What a locked period counts as booked stays there for ever: from
    the first open day on, its day says what is known without it.
    """
    if not rows:
        return
    keep_open()
    locked = locked_days({project.pk}, min(row.booked_on for row in rows)).get(project.pk)
    kept = [row for row in rows if locked is not None and row.booked_on <= locked]
    current().withdraw([row for row in rows if row not in kept])
    facts = [_without(project, row, kept) for row in kept]
    book(facts)
    current().record_many(facts)


_NEW_YEAR = {"ytd": 0, "preliminary_cost": 0, **{f"mix_{part}": None for part in MIX}}
"""What of an earlier year's reading is said of this year's."""


def _without(project: Project, row: Reading, taken: Sequence[Reading]) -> Reading:
    """What is known of a reading's day, at its step of truth, without those that are taken away."""
    steps = TRUTH_ORDER[TRUTH_ORDER.index(Truth(row.truth)) :]
    rows = Reading.objects.standing().filter(
        project=project, basis=row.basis, truth__in=steps, effective_on__lte=row.effective_on
    )
    ranked = [
        ((one.effective_on, TRUTH_ORDER.index(Truth(one.truth)), one.booked_on, one.pk), one)
        for one in rows.exclude(pk__in=[each.pk for each in taken])
    ]
    names = {"period": row.period, "source": row.source, "estimate": False, "basis": row.basis, "truth": row.truth}
    if not ranked:
        begun = row.cumulative - row.ytd if row.cumulative is not None and row.ytd is not None else None
        return Reading(project=project, effective_on=row.effective_on, cumulative=begun, ytd=0, **names)
    before = max(ranked, key=lambda pair: pair[0])[1]
    said = before.says()
    if before.effective_on.year < row.effective_on.year:
        said |= _NEW_YEAR
    return Reading(project=project, effective_on=row.effective_on, **{**said, **names})


def refresh_caches(*, projects: Sequence[Project], differed: dict[str, int], **_context: object) -> None:
    """Duty of "library.check_caches": the cached last readings."""
    differed["last_reading"] = differed.get("last_reading", 0) + refresh_last_readings(projects)


# -- the turn of the year ---------------------------------------------------------------------------------------------
def fix_year_end(*, actor: Actor, projects: Sequence[Project], year_end: date, **_context: object) -> None:
    """Duty of "library.carry_over": the last reading of the year becomes its year-end reading (至上年底累计)."""
    ids = [project.pk for project in projects]
    facts = []
    for basis in Basis.values:
        for row in readings_as_of(ids, year_end, basis=basis, restated=True).values():
            if row.effective_on < year_end and row.cumulative is not None:
                facts.append(_year_end_of(row, year_end))
    record_news(facts)
    refresh_last_readings([fact.project for fact in facts])


def _year_end_of(row: Reading, year_end: date) -> Reading:
    fact = Reading(effective_on=year_end, project=row.project, basis=row.basis, truth=row.truth)
    for name, value in row.says().items():
        setattr(fact, name, value)
    fact.period, fact.source, fact.estimate = str(year_end.year), str(_("年度结转")), False
    if row.effective_on.year < year_end.year:
        fact.ytd, fact.preliminary_cost, fact.mix = 0, 0, UNTOLD
    return fact
