"""Taking in a progress sheet: readings and steps of a list's projects, as one action."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.changes import Changes
from guatu.core.refusals import Refusal
from guatu.core.sheets.errors import Issue, Yuan
from guatu.core.sheets.result import ReadRow, SheetReading
from guatu.core.writing import action, current
from guatu.domain.dates import DateSpan
from guatu.domain.mix import InvestmentMix
from guatu.domain.periods import Period, cut_off
from guatu.domain.readings import complete
from guatu.domain.stages import BEGUN, DONE
from guatu.library.actions import (
    Progress,
    StageRow,
    change_projects,
    know_as,
    record_stages,
    refuse_wrong,
    silent,
)
from guatu.library.choices import DoubtChoice, Level, Stage
from guatu.library.models import AnnualList, Project, StageChange
from guatu.library.policies import require_list
from guatu.library.queries.doubts import ASK, TENTATIVE, Decisions, Doubt, Said, doubts_of, refuse_open, row_told
from guatu.library.queries.likely import likely
from guatu.library.queries.lists import entries_as_of
from guatu.library.queries.matching import Candidates, candidates, refuse_twice
from guatu.library.queries.projects import profiles_as_of, steps_reached
from guatu.people.models import Post, Region
from guatu.reporting.actions.readings import record_readings
from guatu.reporting.choices import Basis, Truth
from guatu.reporting.compute import Finding, ReadingRow, Series, year_end
from guatu.reporting.queries import series_of, year_ends

PART = 2000  # readings that are made at once
NEAR_MOST = 50  # rows for which names that look alike are searched: it takes long on a wrong file
FULL = 100_00  # per cent in hundredths


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressSheet:
    """A progress sheet as read, of which list and period. A fall of a cumulative amount needs reason and approver."""

    reading: SheetReading
    year: int
    level: str
    region_code: str
    period: Period
    basis: str = Basis.DISPATCH
    reason: str = ""
    approver: Post | None = None
    source: str = ""
    progress: Progress = field(default=silent, compare=False)
    decisions: Decisions = field(default_factory=dict)  # what was said of rows that are likely known, by row_key
    undecided: str = ASK
    doubts: list[Doubt] = field(default_factory=list)  # filled: the rows that are likely known, decided or not


@dataclass(slots=True)
class ProgressTaken:
    """What an import did: the list, the day of the readings, each row's project, and what to look at.

    `to_date` and `of_period` are sums in whole yuan: this year's to date, and the period's (typed, else the difference
    of two readings).
    """

    annual_list: AnnualList
    on: date
    projects: list[Project] = field(default_factory=list)
    reads: list[ReadRow] = field(default_factory=list)  # their rows, in the same order
    warnings: list[Issue] = field(default_factory=list)
    to_date: int = 0
    of_period: int = 0
    changes: Changes = field(default_factory=Changes)  # every row that was changed


@dataclass(slots=True)
class _Row:
    """A row with the project it means."""

    read: ReadRow
    project: Project
    name: str
    code: str


def reading_day(period: Period, annual_list: AnnualList) -> date:
    """The day of a period's readings: its last day, or of a month or quarter the list's cut-off day in its last month.

    A list closes on a day of the month (8-practice.md, Figures: cut-offs), so weeks and days are not moved.
    """
    if period.kind not in ("month", "quarter", "half", "year"):
        return period.end
    return cut_off(period.end.year, period.end.month, annual_list.cut_off_day)


def find_list(level: str, region_code: str, year: int) -> AnnualList:
    """The list a sheet is of; refused when there is none."""
    lists = AnnualList.objects.filter(level=level, region__code=region_code, year=year, withdrawn=False)
    found = lists.select_related("region").first()
    if found is None:
        region = Region.objects.filter(code=region_code).first()
        label = str(Level(level).label)
        raise Refusal("reporting.no_list", region=region.name if region else region_code, year=year, level=label)
    return found


def require_in_year(period: Period, year: int) -> None:
    """Refuse a period that does not end in a list's year."""
    if period.end.year != year:
        raise Refusal("reporting.period_other_year", period=period.code, year=year)


@action("reporting.import_progress", _("导入进度表"))
def import_progress(*, actor: Actor, sheet: ProgressSheet) -> ProgressTaken:
    """Take in a progress sheet, all or nothing: confirmed readings of one day, and the steps that it names.

    Rows are matched within the list. Where only the period's amount is given, this year's is the last one before the
    period plus it. Raises library.import_wrong with every issue as an item; the same sheet again changes nothing.
    """
    refuse_wrong(sheet.reading.errors)
    require_in_year(sheet.period, sheet.year)
    annual_list = find_list(sheet.level, sheet.region_code, sheet.year)
    require_list(actor, "reporting.import_progress", annual_list)
    taken = ProgressTaken(annual_list, reading_day(sheet.period, annual_list))
    if taken.on > clock.today():
        raise Refusal("reporting.period_open", period=sheet.period.code, day=taken.on)
    list(Region.objects.select_for_update().filter(pk=annual_list.region_id))  # one import of a region at a time
    work = _Work(actor, sheet, taken)
    work.carry_out()
    current().about(annual_list, name=annual_list.name, source=sheet.source, period=sheet.period.code)
    taken.changes = current().changes
    return taken


class _Work:
    """One import: what its steps share."""

    def __init__(self, actor: Actor, sheet: ProgressSheet, taken: ProgressTaken) -> None:
        self.actor, self.sheet, self.taken, self.on = actor, sheet, taken, taken.on
        self.errors: list[Issue] = []
        self.said: dict[int, Said] = {}
        self.entries = entries_as_of(taken.annual_list, taken.on)
        self.rows = self._match()

    def carry_out(self) -> None:
        """Steps first: whether a project began this year decides what its cumulative amount means."""
        ids = [row.project.pk for row in self.rows]
        self._say(_now("登记阶段"))
        stages = _Stages(self.on, steps_reached(ids, date.max), self.errors, self.taken.warnings)
        rows = [step for row in self.rows for step in stages.of(row.project, row.read)]
        refuse_wrong(self.errors)
        if rows:
            record_stages(actor=self.actor, rows=rows)
        self._say(_now("与名单核对"))
        self._rename()
        self._compare_with_list()
        self._say(_now("登记进度"))
        self._record()
        know_as([(row.project, row.name) for row in self.rows if id(row.read) in self.said])
        self.taken.projects = [row.project for row in self.rows]
        self.taken.reads = [row.read for row in self.rows]

    def _say(self, words: str) -> None:
        """Which step begins, to whoever waits for it."""
        self.sheet.progress(0, len(self.rows), words)

    # -- whose rows --------------------------------------------------------------------------------------------------
    def _match(self) -> list[_Row]:
        reads = [read for read in self.sheet.reading.rows if "name" in read.values]
        self.sheet.progress(0, len(reads), _now("对照名单"))
        keys = [(read.values["name"], read.values.get("project_code", "")) for read in reads]
        region = self.taken.annual_list.region
        known = candidates(region, keys, self.entries, only_listed=True)
        found: list[_Row] = []
        meanings = [known.find(name, code) for name, code in keys]
        said = self._settle(reads, meanings)
        for read, (name, code), named in zip(reads, keys, meanings, strict=True):
            meant = said.get(id(read), named)
            if len(meant) == 1:
                found.append(_Row(read, meant[0], name, code))
            elif meant:
                names = "、".join(project.name for project in meant[:3])
                self.errors.append(read.issue("match_ambiguous", "name", count=len(meant), names=names))
            elif id(read) not in said:
                self.errors.append(read.issue("not_in_list", "name", near=self._near(known, name)))
        refuse_twice(found, lambda row: row.name, lambda row: row.code, self.errors)
        refuse_wrong(self.errors)
        self._refuse_one_project_twice(found)
        return found

    def _settle(self, reads: Sequence[ReadRow], meanings: Sequence[Sequence[Project]]) -> dict[int, Sequence[Project]]:
        """By row what the doubtful ones mean: the project that was said, nothing while nobody decided."""
        taken, sheet = {meant[0].pk for meant in meanings if meant}, self.sheet
        rest = [read for read, meant in zip(reads, meanings, strict=True) if not meant]
        told = [row_told(read) for read in rest]
        region = self.taken.annual_list.region
        near = likely(region, told, listed=self.entries, taken=taken, on=self.on, within=True)
        decisions = {key: said for key, said in sheet.decisions.items() if self._holds(said)}
        doubts = sheet.doubts
        doubts[:] = doubts_of(rest, near, decisions, sheet.undecided)
        if sheet.undecided != TENTATIVE:
            refuse_open(doubts)
        self.said = {id(doubt.read): doubt.said for doubt in doubts if doubt.said and doubt.said.project}
        strangers = {id(doubt.read) for doubt in doubts if doubt.said and not doubt.said.project}
        return {
            id(doubt.read): [doubt.said.project] if doubt.said and doubt.said.project else []
            for doubt in doubts
            if id(doubt.read) not in strangers
        }

    def _holds(self, said: Said) -> bool:
        """A project that is not in the list cannot be meant by its sheet."""
        return said.project is None or said.project.pk in self.entries

    def _rename(self) -> None:
        names = [(row, self.said.get(id(row.read))) for row in self.rows]
        changes = [
            (row.project, {"name": row.name}) for row, said in names if said and said.choice == DoubtChoice.RENAME
        ]
        if changes:
            change_projects(actor=self.actor, changes=changes)

    def _near(self, known: Candidates, name: str) -> str:
        names = known.nearest(name) if len(self.errors) < NEAR_MOST else []
        return _now("相近的有：{names}。").format(names="、".join(names)) if names else ""

    def _refuse_one_project_twice(self, rows: Sequence[_Row]) -> None:
        first: dict[int, ReadRow] = {}
        for row in rows:
            before = first.setdefault(row.project.pk, row.read)
            if before is not row.read:
                self.errors.append(row.read.issue("row_twice", "name", sheet=before.sheet, first=before.row))

    def _compare_with_list(self) -> None:
        """A sheet repeats the list's amounts; it never changes them."""
        profiles = profiles_as_of([row.project.pk for row in self.rows], self.on)
        for row in self.rows:
            entry, profile = self.entries[row.project.pk], profiles.get(row.project.pk)
            stands = {
                "planned_investment": entry.planned_investment,
                "total_investment": profile.total_investment if profile else None,
            }
            for code, amount in stands.items():
                stated = row.read.values.get(code)
                if stated is not None and amount is not None and stated != amount:
                    self._warn(row.read, "differs_from_list", code, stands=Yuan(amount), stated=Yuan(stated))

    # -- readings ----------------------------------------------------------------------------------------------------
    def _record(self) -> None:
        ids = [row.project.pk for row in self.rows]
        known = series_of(ids, basis=self.sheet.basis, truth=Truth.CONFIRMED, day=self.on)
        facts: list[ReadingRow] = []
        for row in self.rows:
            series = known.get(row.project.pk, Series())
            facts += self._openings(row, series)
            reading = self._reading(row, series)
            if reading is None:
                self._warn(row.read, "says_nothing", "name")
            else:
                facts.append(reading)
                self._count(row.read, reading, series)
        refuse_wrong(self.errors)
        self._keep(facts, {key for key, series in known.items() if self._has_gap(series)})

    def _has_gap(self, series: Series) -> bool:
        """Whether nothing was read in the period before: then two readings say nothing of this period alone."""
        period = self.sheet.period
        if period.kind == "day":  # a month's sheet is often dated by its day
            period = Period.containing("month", period.start)
        earlier = [row.effective_on for row in series.rows if row.effective_on < self.sheet.period.start]
        return not earlier or max(earlier) < period.previous().start

    def _keep(self, facts: Sequence[ReadingRow], gaps: Collection[int]) -> None:
        sheet = self.sheet
        by_name = {row.project.name: row.read for row in self.rows}
        with falls_at_rows(by_name):
            done = record_readings(
                actor=self.actor,
                rows=facts,
                basis=sheet.basis,
                source=sheet.source[:160],
                reason=sheet.reason,
                approver=sheet.approver,
            )
        by_id = {row.project.pk: row.read for row in self.rows}
        self.taken.warnings += [
            issue
            for each in done.findings
            if not (each.code == "reading.period_differs" and each.project.pk in gaps)
            and (issue := _doubt(by_id[each.project.pk], each))
        ]

    def _openings(self, row: _Row, series: Series) -> Iterator[ReadingRow]:
        """至上年底累计, where the sheet says it and nobody knows it yet."""
        amount = row.read.values.get("cumulative_to_last_year")
        year = self.sheet.year
        if amount is not None and year_end(series, year) is None:
            on = date(year - 1, 12, 31)
            yield ReadingRow(project=row.project, on=on, cumulative=amount, period=str(year - 1))

    def _reading(self, row: _Row, series: Series) -> ReadingRow | None:
        values, read = row.read.values, row.read
        of_period, ytd = values.get("investment_of_period"), values.get("investment_to_date")
        cumulative = values.get("cumulative_investment")
        if ytd is None and cumulative is None and of_period is not None:
            before = self._year_before(series)
            ytd = (before or 0) + of_period
        percent = _hundredths(values.get("physical_percent"))
        if percent is not None and percent > FULL:
            self.errors.append(read.issue("percent_too_high", "physical_percent"))
        if ytd is not None and ytd < 0:
            self.errors.append(read.issue("reading_negative", "investment_of_period"))
        texts = [values.get(code, "") for code in ("physical_progress", "problem", "next_plan")]
        if ytd is None and cumulative is None and percent is None and not any(texts):
            return None
        return ReadingRow(
            project=row.project,
            on=self.on,
            cumulative=cumulative,
            ytd=ytd,
            period_amount=of_period,
            period_start=self.sheet.period.start,
            preliminary_cost=values.get("preliminary_cost") or 0,
            percent=percent,
            words=texts[0],
            problem=texts[1],
            next_plan=texts[2],
            remark=values.get("remark", ""),
            mix=_mix(values),
            estimate=bool(values.get("estimate")),
            period=self.sheet.period.code,
        )

    def _year_before(self, series: Series) -> int | None:
        """This year's amount by the last reading before the period."""
        start, year = self.sheet.period.start, self.on.year
        earlier = [row for row in series.rows if row.effective_on < start and row.effective_on.year == year]
        told = [row for row in earlier if row.ytd is not None]
        return max(told, key=lambda row: row.effective_on).ytd if told else None

    def _count(self, read: ReadRow, reading: ReadingRow, series: Series) -> None:
        opening = read.values.get("cumulative_to_last_year")
        opening = year_end(series, self.sheet.year) if opening is None else opening
        _whole, ytd = complete(reading.cumulative, reading.ytd, opening)
        self.taken.to_date += ytd or 0
        amount = reading.period_amount
        if amount is None and ytd is not None:
            amount = ytd - (self._year_before(series) or 0)
        self.taken.of_period += amount or 0

    def _warn(self, read: ReadRow, issue: str, code: str, **params: Any) -> None:
        self.taken.warnings.append(read.issue(issue, code, **params))


def _mix(values: Mapping[str, Any]) -> InvestmentMix:
    parts = ("mix_construction", "mix_installation", "mix_equipment", "mix_other")
    return InvestmentMix(*(values.get(code) for code in parts))


def _hundredths(percent: Decimal | None) -> int | None:
    return None if percent is None else int((percent * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _amount_code(read: ReadRow) -> str:
    codes = ("cumulative_investment", "investment_to_date", "investment_of_period", "cumulative_to_last_year")
    return next((code for code in codes if code in read.values), "name")


@contextmanager
def falls_at_rows(by_name: Mapping[str, ReadRow]) -> Iterator[None]:
    """Turns the refusal of falling amounts into issues at the rows that say them, by the project's name."""
    try:
        yield
    except Refusal as refusal:
        if refusal.code != "reporting.falls" or not all(item["name"] in by_name for item in refusal.items):
            raise
        refuse_wrong([_fall(by_name[item["name"]], item) for item in refusal.items])


def _fall(read: ReadRow, item: Mapping[str, Any]) -> Issue:
    params = {name: Yuan(item[name]) for name in ("before", "now")} | {"before_on": item["before_on"]}
    return read.issue("reading_falls", _amount_code(read), **params)


def _doubt(read: ReadRow, finding: Finding) -> Issue | None:
    """A finding as an issue at its row; a fall that was approved is no doubt any more."""
    if finding.code == "reading.falls":
        return None
    params: dict[str, Any] = dict(finding.params)
    if finding.code == "reading.jumps":
        params["step"] = params["now"] - params["before"]
    params = {name: Yuan(value) if isinstance(value, int) else value for name, value in params.items()}
    code = "investment_of_period" if finding.code == "reading.period_differs" else _amount_code(read)
    return read.issue(finding.code.replace(".", "_"), code, **params)


class _Stages:
    """The steps that a sheet's columns name: 是否开工, 实际竣工时间 and the like."""

    def __init__(
        self, on: date, reached: Mapping[int, Sequence[StageChange]], errors: list[Issue], warnings: list[Issue]
    ) -> None:
        self.on, self.reached, self.errors, self.warnings = on, reached, errors, warnings

    def of(self, project: Project, read: ReadRow) -> Iterator[StageRow]:
        """The new steps of one row. "Yes" without a date is a step only where none was taken."""
        steps = self.reached.get(project.pk, [])
        for flag, date_code, stage, after in (
            ("started", "actual_start", Stage.STARTED, BEGUN),
            ("completed", "actual_finish", Stage.COMPLETED, DONE),
        ):
            on = self._day(read, flag, date_code)
            if on is None or self._stands(read, date_code, stage, steps):
                continue
            others = [step for step in steps if step.stage in after and step.stage != stage and not step.resumed]
            same = any(step.stage == stage for step in steps)
            if date_code not in read.values and (same or others):
                continue
            earlier = next((step for step in others if step.effective_on < on), None)
            if earlier is not None and stage == Stage.STARTED:
                self.warnings.append(read.issue("start_after_works", date_code, day=earlier.effective_on))
                continue
            yield StageRow(project=project, stage=stage, on=on)
        yield from self._resumed(project, read, steps)

    def _day(self, read: ReadRow, flag: str, date_code: str) -> date | None:
        """The step's day: as typed (a month's end, but not after the sheet's day), else the sheet's; None: no step."""
        span = read.values.get(date_code)
        if isinstance(span, DateSpan):
            if span.start > self.on:
                self.errors.append(read.issue("date_in_future", date_code, day=self.on))
                return None
            return min(span.end, self.on)
        return self.on if read.values.get(flag) is True else None

    def _stands(self, read: ReadRow, date_code: str, stage: str, steps: Sequence[StageChange]) -> bool:
        """Whether the step is known to the precision in which it was typed."""
        span = read.values.get(date_code)
        return isinstance(span, DateSpan) and any(
            step.stage == stage and not step.resumed and span.start <= step.effective_on <= span.end for step in steps
        )

    def _resumed(self, project: Project, read: ReadRow, steps: Sequence[StageChange]) -> Iterator[StageRow]:
        on = self._day(read, "resumed", "actual_resume")
        if on is None:
            return
        back = [step for step in steps if step.resumed]
        this_year = next((step for step in reversed(back) if step.effective_on.year == on.year), None)
        span = read.values.get("actual_resume")
        if this_year is not None:
            if isinstance(span, DateSpan) and not span.start <= this_year.effective_on <= span.end:
                yield StageRow(
                    project=project, stage=this_year.stage, resumed=True, occurrence=this_year.occurrence, on=on
                )
            return
        works = [step for step in steps if step.stage in BEGUN]
        stage = works[-1].stage if works else Stage.UNDER_CONSTRUCTION
        count = len([step for step in back if step.stage == stage])
        yield StageRow(project=project, stage=stage, resumed=True, occurrence=count, on=on)


# -- the year-end amounts of a plan ledger ----------------------------------------------------------------------------
def record_year_end(
    *, actor: Actor, year_end: date, amounts: Sequence[tuple[Project, int]], source: str, **_context: object
) -> None:
    """Duty of "library.import_plan": 至上年底累计 becomes the reading of 31 December, by dispatch, confirmed.

    An amount that the last reading of the year says already is none: a print of the list says what stands.
    """
    for start in range(0, len(amounts), PART):
        part = amounts[start : start + PART]
        known = year_ends([project.pk for project, _amount in part], year_end.year + 1)
        rows = [
            ReadingRow(project=project, on=year_end, cumulative=amount, period=str(year_end.year))
            for project, amount in part
            if known.get(project.pk) != amount
        ]
        record_readings(actor=actor, rows=rows, basis=Basis.DISPATCH, source=source[:160])
