"""A plan as MS Project's XML. Elements stand in the order of Microsoft's schema, which Project insists on.

A day of work is eight hours, 08:00 to 17:00. Tasks with planned dates are written as manually scheduled, so that
Project shows the dates that were approved instead of its own. Nobody's name is written: units and posts stand where the
plan has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final
from xml.sax.saxutils import escape

from guatu.core.refusals import Refusal
from guatu.plans.mspdi_terms import (
    BASELINE_NAMES,
    DAYS,
    ELAPSED_DAY,
    ELAPSED_DAYS,
    FIELD_IDS,
    HEADINGS,
    ID,
    LINK_TYPES,
    LOOSE,
    MINUTES_A_DAY,
    MUST_FINISH,
    MUST_START,
    NAMESPACE,
    START_NO_EARLIER,
)
from guatu.plans.plan_file import CALENDAR, MOST_BASELINES, FileCalendar, FileLink, FileNode, PlanFile, Unit

_TYPES: Final = {kind: number for number, kind in LINK_TYPES.items()}
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold."""
_OPENS, _CLOSES = "T08:00:00", "T17:00:00"
_TIMES: Final = "".join(
    f"<WorkingTime><FromTime>{start}</FromTime><ToTime>{end}</ToTime></WorkingTime>"
    for start, end in (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00"))
)


def write_mspdi(plan: PlanFile) -> bytes:
    """The plan as MSPDI in UTF-8. Read again it is the same plan, its links in the order of their later nodes.

    Raises Refusal: plans.baseline_number, plans.link_unknown.
    """
    return _Writer(plan).document().encode()


def _text(value: str) -> str:
    return escape(_ILLEGAL.sub("", value), {"\r": "&#13;"})


def _tag(name: str, value: object) -> str:
    """An element; nothing for None and ""."""
    return "" if value is None or value == "" else f"<{name}>{_text(str(value))}</{name}>"


def _at(name: str, day: date | None, time: str) -> str:
    return _tag(name, f"{day:%Y-%m-%d}{time}" if day else None)


class _Writer:
    def __init__(self, plan: PlanFile) -> None:
        self.plan = plan
        self.uids = {node.id: place for place, node in enumerate(plan.nodes, 1)}
        self.summaries = plan.summaries()
        self.links: dict[str, list[FileLink]] = {}
        for link in plan.links:
            for end in (link.before, link.after):
                if end not in self.uids:
                    raise Refusal("plans.link_unknown", name=plan.name, node=link.after, missing=end)
            self.links.setdefault(link.after, []).append(link)
        self.baselines: dict[str, list[str]] = {}
        self._take_baselines()

    def document(self) -> str:
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        starts = [node.start for node in self.plan.nodes if node.start]
        finishes = [node.finish for node in self.plan.nodes if node.finish]
        parts = [
            f'{head}<Project xmlns="{NAMESPACE}"><SaveVersion>14</SaveVersion>',
            _tag("Name", self.plan.name),
            _tag("Title", self.plan.name),
            "<ScheduleFromStart>1</ScheduleFromStart>",
            _at("StartDate", min(starts, default=None), _OPENS),
            _at("FinishDate", max(finishes, default=None), _CLOSES),
            _tag("CalendarUID", self.plan.calendar),
            "<DefaultStartTime>08:00:00</DefaultStartTime><DefaultFinishTime>17:00:00</DefaultFinishTime>",
            f"<MinutesPerDay>{MINUTES_A_DAY}</MinutesPerDay><MinutesPerWeek>2400</MinutesPerWeek>",
            "<DaysPerMonth>20</DaysPerMonth><DurationFormat>7</DurationFormat>",
            self._fields(),
            *self._calendars(),
            "<Tasks>",
            self._summary(),
            *self._tasks(),
            "</Tasks></Project>\n",
        ]
        return "".join(parts)

    def _fields(self) -> str:
        fields = (
            f"<ExtendedAttribute><FieldID>{number}</FieldID><FieldName>Text{place}</FieldName>"
            f"<Alias>{HEADINGS[key]}</Alias></ExtendedAttribute>"
            for place, (key, number) in enumerate(FIELD_IDS.items(), 1)
        )
        return f"<ExtendedAttributes>{''.join(fields)}</ExtendedAttributes>"

    # -- calendars ---------------------------------------------------------------------------------------------------
    def _calendars(self) -> Iterable[str]:
        if self.plan.calendars:
            yield "<Calendars>"
            yield from (self._calendar(calendar) for calendar in self.plan.calendars)
            yield "</Calendars>"

    def _calendar(self, calendar: FileCalendar) -> str:
        week = "".join(
            f"<WeekDay><DayType>{(day + 1) % 7 + 1}</DayType>{_worked(day in calendar.weekdays)}</WeekDay>"
            for day in (6, *range(6))
        )
        exceptions = "".join(
            "<Exception><EnteredByOccurrences>0</EnteredByOccurrences><TimePeriod>"
            f"<FromDate>{one.start}T00:00:00</FromDate><ToDate>{one.end}T23:59:00</ToDate></TimePeriod>"
            f"<Occurrences>{(one.end - one.start) // timedelta(1) + 1}</Occurrences>{_tag('Name', one.name)}"
            f"<Type>1</Type>{_worked(one.works)}</Exception>"
            for one in calendar.exceptions
        )
        return (
            f"<Calendar><UID>{calendar.number}</UID>{_tag('Name', calendar.name)}<IsBaseCalendar>1</IsBaseCalendar>"
            f"<BaseCalendarUID>-1</BaseCalendarUID><WeekDays>{week}</WeekDays>"
            + (f"<Exceptions>{exceptions}</Exceptions>" if exceptions else "")
            + "</Calendar>"
        )

    # -- tasks -------------------------------------------------------------------------------------------------------
    def _summary(self) -> str:
        """The project's own task: its deadline, and the names of the baselines, for which MSPDI has no place."""
        names = "；".join(f"{one.number} {one.name.replace('；', '，')}" for one in self.plan.baselines)
        return (
            f"<Task><UID>0</UID><ID>0</ID>{_tag('Name', self.plan.name)}<Type>1</Type><IsNull>0</IsNull>"
            "<OutlineNumber>0</OutlineNumber><OutlineLevel>0</OutlineLevel><Summary>1</Summary>"
            f"{_at('Deadline', self.plan.deadline, _CLOSES)}{_extended({BASELINE_NAMES: names})}</Task>"
        )

    def _tasks(self) -> Iterable[str]:
        for node, outline in self.plan.numbered():
            yield self._task(node, outline)

    def _task(self, node: FileNode, outline: str) -> str:
        uid = self.uids[node.id]
        summary = node.id in self.summaries
        dated = bool(node.start and node.finish) and not summary
        duration = _duration(node)
        kind, day = _constraint(node)
        manual = (_at("ManualStart", node.start, _OPENS), _at("ManualFinish", node.finish, _CLOSES))
        return "".join(
            (
                f"<Task><UID>{uid}</UID><ID>{uid}</ID>{_tag('Name', node.name)}<Active>1</Active>",
                f"<Manual>{int(dated)}</Manual><Type>1</Type><IsNull>0</IsNull><WBS>{outline}</WBS>",
                f"<OutlineNumber>{outline}</OutlineNumber><OutlineLevel>{node.level}</OutlineLevel>",
                _at("Start", node.start, _OPENS),
                _at("Finish", node.finish, _CLOSES),
                _tag("Duration", duration),
                *(manual if dated else ()),
                _tag("ManualDuration", duration if dated else None),
                _tag("DurationFormat", _format(node.unit)),
                f"<Estimated>0</Estimated><Milestone>{int(node.milestone)}</Milestone><Summary>{int(summary)}</Summary>",
                _tag("PercentComplete", node.percent),
                _at("ActualStart", node.actual_start, _OPENS),
                _at("ActualFinish", node.actual_finish, _CLOSES),
                f"<ConstraintType>{kind}</ConstraintType>",
                f"<CalendarUID>{-1 if node.calendar is None else node.calendar}</CalendarUID>",
                _at("ConstraintDate", day, _CLOSES if kind == MUST_FINISH else _OPENS),
                _at("Deadline", node.finish_no_later, _CLOSES),
                *(self._link(link) for link in self.links.get(node.id, ())),
                _extended(self._own(node, uid, kind)),
                *self.baselines.get(node.id, ()),
                "</Task>",
            )
        )

    def _link(self, link: FileLink) -> str:
        minutes = ELAPSED_DAY if link.unit == CALENDAR else MINUTES_A_DAY
        return (
            f"<PredecessorLink><PredecessorUID>{self.uids[link.before]}</PredecessorUID>"
            f"<Type>{_TYPES[link.kind]}</Type><CrossProject>0</CrossProject>"
            f"<LinkLag>{link.lag * minutes * 10}</LinkLag><LagFormat>{_format(link.unit)}</LagFormat></PredecessorLink>"
        )

    def _own(self, node: FileNode, uid: int, kind: str) -> dict[str, object]:
        """What has no element of its own, and the constraints beside the one that a task may have."""
        said = {MUST_START: "must_start", MUST_FINISH: "must_finish", START_NO_EARLIER: "start_no_earlier"}.get(kind)
        listed = ("owner", "evidence", "measure", "total", "done", "weight")
        dates = [name for name in ("start_no_earlier", "must_start", "must_finish") if name != said]
        own: dict[str, object] = {name: getattr(node, name) for name in (*listed, *dates)}
        loose = (link for link in self.links.get(node.id, ()) if link.technical is False)
        own[LOOSE] = "；".join(f"{self.uids[link.before]}{link.kind}" for link in loose)
        if node.id != str(uid):
            own[ID] = node.id
        return own

    def _take_baselines(self) -> None:
        for one in self.plan.baselines:
            if not 0 <= one.number < MOST_BASELINES:
                raise Refusal("plans.baseline_number", number=one.number)
            for dates in one.dates:
                self.baselines.setdefault(dates.node, []).append(
                    f"<Baseline><Number>{one.number}</Number>{_at('Start', dates.start, _OPENS)}"
                    f"{_at('Finish', dates.finish, _CLOSES)}</Baseline>"
                )


def _worked(works: bool) -> str:
    times = f"<WorkingTimes>{_TIMES}</WorkingTimes>" if works else ""
    return f"<DayWorking>{int(works)}</DayWorking>{times}"


def _format(unit: Unit) -> str:
    return ELAPSED_DAYS if unit == CALENDAR else DAYS


def _duration(node: FileNode) -> str | None:
    if node.duration is None:
        return None
    return f"PT{node.duration * (ELAPSED_DAY if node.unit == CALENDAR else MINUTES_A_DAY) // 60}H0M0S"


def _constraint(node: FileNode) -> tuple[str, date | None]:
    """The one constraint that a task may have; "finish no later" is its Deadline, which every task may have too."""
    for kind, day in (
        (MUST_START, node.must_start),
        (MUST_FINISH, node.must_finish),
        (START_NO_EARLIER, node.start_no_earlier),
    ):
        if day:
            return kind, day
    return "0", None


def _extended(values: Mapping[str, object]) -> str:
    return "".join(
        f"<ExtendedAttribute><FieldID>{FIELD_IDS[key]}</FieldID>{_tag('Value', value)}</ExtendedAttribute>"
        for key, value in values.items()
        if value is not None and value != ""
    )
