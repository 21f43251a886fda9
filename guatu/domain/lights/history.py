"""Lights one after the other: when a first red takes effect, how many run together, exemptions with approval.

A red that follows no red takes effect on the next work day, so that the unit may explain or correct before everybody
sees it; every count uses lights in effect.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from guatu.domain.errors import DomainError
from guatu.domain.lights.evaluate import Light, evaluate
from guatu.domain.lights.facts import Facts, Value
from guatu.domain.lights.rules import Colour, Rhythm, RuleSet, in_force
from guatu.domain.periods import Period
from guatu.domain.workdays import WorkCalendar

RUNNING: Final[dict[str, frozenset[Colour]]] = {
    "reds_before": frozenset({"red"}),
    "warnings_before": frozenset({"red", "yellow"}),
}
"""Fact → the colours that it counts."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """A light is excused for a good reason (确有正当理由), from one day to another, both included, with an approval."""

    start: date
    end: date
    reason: str
    approved_by: str

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise DomainError("lights.exemption_reversed", start=self.start.isoformat(), end=self.end.isoformat())
        for name in ("reason", "approved_by"):
            if not getattr(self, name).strip():
                raise DomainError("lights.exemption_without", field=name)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A light as it was computed for a day; it stands until the next one. Two of one day: the later one corrects."""

    on: date
    light: Light


@dataclass(frozen=True, slots=True)
class InEffect:
    """What is shown at a date.

    ``light`` is the one in effect since ``since`` (None before the first). ``pending`` is a first red that takes effect
    on ``takes_effect``: 将亮红灯, for the unit's eyes alone until then. ``exemption`` stands beside the light: the
    colour stays to be seen, with the mark and the reason, but it does not count (``counted``). ``judged_on`` is the
    day of the evaluation that gave ``light``: its sentence tells of that day, whatever has happened since.
    """

    light: Light | None
    since: date | None
    pending: Light | None = None
    takes_effect: date | None = None
    exemption: Exemption | None = None
    judged_on: date | None = None

    @property
    def colour(self) -> Colour | None:
        """The colour shown to everybody."""
        return self.light.colour if self.light is not None else None

    @property
    def for_others(self) -> "InEffect":
        """The same for everybody but the unit itself: without the red that waits."""
        return self if self.pending is None else replace(self, pending=None, takes_effect=None)

    @property
    def counted(self) -> Colour | None:
        """The colour for counts of warnings and runs: None while exempted."""
        return None if self.exemption is not None else self.colour


@dataclass(slots=True)
class _Course:
    """Evaluations taken one after the other: what is in effect, what waits, and which reds lapsed."""

    calendar: WorkCalendar
    light: Light | None = None
    since: date | None = None
    judged_on: date | None = None
    pending: Light | None = None
    takes_effect: date | None = None
    red: bool = False  # a red is in effect, or was until the light became unknown
    waiting: list[date] = field(default_factory=list)  # evaluations that are red and wait
    lapsed: set[date] = field(default_factory=set)

    def settle(self, before: date) -> None:
        """A red whose day has come before this one is in effect."""
        if self.pending is not None and self.takes_effect is not None and self.takes_effect < before:
            self._show(self.pending, self.takes_effect, self.waiting[-1])
            self.red = True
            self._clear()

    def take(self, one: Evaluation) -> None:
        """The next evaluation."""
        self.settle(one.on)
        if one.light.colour == "red":
            self._take_red(one)
            return
        self.lapsed.update(self.waiting)
        self._clear()
        self._show(one.light, one.on, one.on)
        self.red = self.red and one.light.colour is None

    def _take_red(self, one: Evaluation) -> None:
        if self.red:
            self._show(one.light, one.on, one.on)
            return
        self.pending = one.light
        self.takes_effect = self.takes_effect or self.calendar.shift(one.on, 1)
        self.waiting.append(one.on)

    def _show(self, light: Light, on: date, judged_on: date) -> None:
        if self.light is None or self.light.colour != light.colour:
            self.since = on
        self.light, self.judged_on = light, judged_on

    def _clear(self) -> None:
        self.pending = self.takes_effect = None
        self.waiting.clear()

    def counted_until(self, day: date) -> set[date]:
        """The evaluations that do not count on a day: reds that lapsed, or are not in effect by then."""
        late = self.takes_effect is not None and self.takes_effect > day
        return self.lapsed | (set(self.waiting) if late else set())


def _in_order(evaluations: Iterable[Evaluation]) -> list[Evaluation]:
    return list({one.on: one for one in sorted(evaluations, key=lambda one: one.on)}.values())


def in_effect(
    evaluations: Iterable[Evaluation],
    as_of: date,
    calendar: WorkCalendar,
    exemptions: Iterable[Exemption] = (),
) -> InEffect:
    """The light in effect at the end of a day, from the evaluations up to it (later ones are left out).

    A first red waits for the next work day of the calendar; until then the light before it stays in effect. If the next
    evaluation comes first, or on that very day, and is no red, the red lapses. Raises
    DomainError("calendar.no_work_day") where the calendar has none.
    """
    course = _Course(calendar)
    for one in _in_order(one for one in evaluations if one.on <= as_of):
        course.take(one)
    course.settle(as_of + timedelta(days=1))
    exemption = next((one for one in exemptions if as_of in one), None)
    return InEffect(course.light, course.since, course.pending, course.takes_effect, exemption, course.judged_on)


def is_settled(evaluations: Iterable[Evaluation], as_of: date, calendar: WorkCalendar) -> bool:
    """Whether these last evaluations alone say what is in effect at a date, whatever lights came before them.

    Then `in_effect` of them is that of the whole course, but for ``since``, which may lie further back. A light that is
    no red always shows at once; a red shows once its next work day has come, or waits after a light that was none. An
    unknown light says nothing of what was before it. Raises DomainError("calendar.no_work_day").
    """
    taken = _in_order(one for one in evaluations if one.on <= as_of)
    if not taken or taken[-1].light.colour != "red":
        return bool(taken)
    before = as_of + timedelta(days=1)
    for one in reversed(taken):
        if one.light.colour == "red":
            if calendar.shift(one.on, 1) < before:
                return True
        elif one.light.colour is not None:
            return True
        else:
            before = one.on  # a red lives on through it only where it was in effect by then
    return False


def running(colours: Sequence[Colour | None]) -> dict[str, Value]:
    """How many periods running, up to now, were red, and yellow or red: from one light a period, oldest first.

    A green or blue light ends the run. None (not known, not judged, exempted) neither counts nor ends it: silence must
    not break a run, and an excuse must not lengthen it.
    """
    found: dict[str, Value] = {}
    for fact, counted in RUNNING.items():
        known = [colour for colour in reversed(colours) if colour is not None]
        found[fact] = next((place for place, colour in enumerate(known) if colour not in counted), len(known))
    return found


def evaluate_all(
    versions: Sequence[RuleSet],
    days: Iterable[tuple[date, Facts]],
    calendar: WorkCalendar,
    exemptions: Sequence[Exemption] = (),
) -> list[Evaluation]:
    """The lights of one project on several days in order, each by the version valid on its day and with its past.

    "n times running" counts by the version's rhythm: the last light of each earlier day, week or month that was in
    effect by then and not exempted. Raises DomainError("lights.none_in_force") for a day without rules.
    """
    done: list[Evaluation] = []
    course = _Course(calendar)
    for day, facts in sorted(days, key=lambda pair: pair[0]):
        rules = in_force(versions, day)
        out = course.counted_until(day)
        past = _by_period((one for one in done if one.on not in out), rules.rhythm, day, exemptions)
        one = Evaluation(day, evaluate(rules, {**facts, **running(past)}))
        course.take(one)
        done.append(one)
    return done


def _by_period(
    done: Iterable[Evaluation], rhythm: Rhythm, day: date, exemptions: Sequence[Exemption]
) -> list[Colour | None]:
    """The colour that counts of each period before the day's own."""
    present = Period.containing(rhythm, day).start
    last: dict[date, Colour | None] = {}
    for one in done:
        start = Period.containing(rhythm, one.on).start
        if start < present:
            excused = any(one.on in exemption for exemption in exemptions)
            last[start] = None if excused else one.light.colour
    return list(last.values())
