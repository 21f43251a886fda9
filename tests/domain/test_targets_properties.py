"""Whatever the year, profile and amounts: parts add up, closed months stand, levels are what counting gives."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.domain.errors import DomainError
from guatu.domain.periods import Period
from guatu.domain.targets import (
    CHAIN,
    Done,
    NodeCost,
    Pace,
    by_month,
    by_nodes,
    even,
    judge,
    levels,
    lists_of,
    respread,
    s_curve,
    shown_pace,
    spread,
)
from guatu.domain.workdays import Closure
from tests.domain.targets_worked import grid_of

SHUT = (Closure(date(2019, 7, 1), date(2019, 8, 31)),)
GRIDS = [grid_of(2019), grid_of(2020), grid_of(2019, SHUT), grid_of(2035)]
grids = st.sampled_from(GRIDS)
amounts = st.one_of(st.integers(0, 400), st.integers(0, 10**9), st.just(10**13))
weights = st.lists(st.integers(0, 9), min_size=12, max_size=12).filter(any)
closings = st.dictionaries(st.integers(1, 12), st.integers(-(10**4), 10**8), max_size=12)
few = settings(max_examples=30, deadline=None)  # each takes a year or two day by day
RANK = {"holds": 0, "at_risk": 1, "lost": 2}


@st.composite
def shapes(draw, grid):
    kind = draw(st.sampled_from(["even", "s-curve", "months", "nodes", "window"]))
    if kind == "months":
        return by_month(grid, draw(weights)) if kind == "months" else even(grid)
    days = st.integers(0, grid.length - 1)
    if kind == "nodes":
        spans = draw(st.lists(st.tuples(st.integers(1, 10**6), days, st.integers(0, 90)), min_size=1, max_size=5))
        first = [NodeCost(cost, grid.day(at), grid.day(at) + timedelta(days=more)) for cost, at, more in spans]
        return by_nodes(grid, [*first, NodeCost(10**6, grid.day(0), grid.day(364))])
    make = s_curve if kind == "s-curve" else even
    if kind == "window":
        start, finish = sorted((draw(days), draw(days)))
        return make(grid, grid.day(start), grid.day(finish))
    return make(grid)


@st.composite
def plans(draw, closed=closings):
    grid = draw(grids)
    return spread(grid, draw(amounts), draw(shapes(grid)), closed=draw(closed))


@st.composite
def dones(draw, grid):
    rows = draw(st.lists(st.tuples(st.integers(0, grid.length - 1), st.integers(-(10**5), 10**7)), max_size=40))
    return Done.of(grid, [(grid.day(i), amount) for i, amount in rows], draw(st.none() | st.dates(*_ends(grid))))


def _ends(grid):
    return date(grid.year, 1, 1), date(grid.year, 12, 31)


def _adds_up(grid, days, total):
    found = lists_of(grid, days)
    for quarter in range(4):
        assert found.quarters[quarter] == sum(found.months[3 * quarter : 3 * quarter + 3])
    for month in range(1, 13):
        assert found.months[month - 1] == sum(found.days[i] for i in grid.month(month))
    by_week = {}
    for i, amount in enumerate(found.days):
        monday = grid.day(i) - timedelta(days=grid.day(i).weekday())
        by_week[monday] = by_week.get(monday, 0) + amount
    assert dict(found.weeks) == by_week
    assert sum(found.quarters) == sum(found.months) == sum(by_week.values()) == sum(found.days) == total
    return found


@given(plans())
@few
def test_children_add_up_to_their_parent_at_every_level(plan):
    held = sum(plan.closed.values())
    total = plan.target + plan.over - plan.unplaced
    found = _adds_up(plan.grid, plan.days(), total)
    assert (found.months, found.quarters) == (plan.months, plan.quarters)
    assert plan.over == max(0, held - plan.target)
    opened = [i for i in range(plan.grid.length) if plan.grid.open[i] and not plan.closed_at(i)]
    assert bool(plan.unplaced) <= (not opened)
    for month, amount in plan.closed.items():
        assert plan.months[month - 1] == amount
    assert all(amount >= 0 for i, amount in enumerate(plan.days()) if not plan.closed_at(i))


@given(plans(st.just({})))
@few
def test_no_part_is_a_yuan_away_from_its_share_of_the_parent(plan):
    months, days = plan.shape.months, plan.shape.days
    for quarter in range(4):
        share = Fraction(plan.target * sum(months[3 * quarter : 3 * quarter + 3]), sum(months))
        assert abs(plan.quarters[quarter] - share) < 1
    for month in range(12):
        parent, own = plan.quarters[month // 3], months[month // 3 * 3 : month // 3 * 3 + 3]
        assert abs(plan.months[month] - (Fraction(parent * months[month], sum(own)) if any(own) else 0)) < 1
    for month in range(1, 13):
        inside = [days[i] for i in plan.grid.month(month)]
        for amount, weight in zip(plan.days_of(month), inside, strict=True):
            share = Fraction(plan.months[month - 1] * weight, sum(inside)) if any(inside) else 0
            assert abs(amount - share) < 1


@given(plans(), st.data())
@few
def test_sums_of_runs_are_the_sums_of_their_days(plan, data):
    start = data.draw(st.integers(0, plan.grid.length))
    stop = data.draw(st.integers(start, plan.grid.length))
    assert plan.sum(range(start, stop)) == sum(plan.days()[start:stop])


# -- by hand -----------------------------------------------------------------------------------------------------------
@st.composite
def edits(draw):
    """A quarter, a month of another one and a week of a third, each an amount that its parent can bear."""
    plan = spread(grid_of(2019), draw(st.integers(10**4, 10**9)), draw(st.sampled_from([even, s_curve]))(grid_of(2019)))
    hand = {Period.parse("2019-Q1"): draw(st.integers(0, plan.quarters[0]))}
    hand[Period.parse("2019-05")] = draw(st.integers(0, plan.quarters[1]))
    hand[Period.parse("2019-W29")] = draw(st.integers(0, plan.months[6]))  # 15 to 21 July
    return plan, hand


@given(edits())
@few
def test_amounts_by_hand_stand_in_whatever_order_they_are_given(given_):
    plan, hand = given_
    known = None
    for order in permutations(hand):
        after = plan
        for period in order:
            try:
                after = spread(plan.grid, plan.target, plan.shape, {**after.hand, period: hand[period]})
            except DomainError:  # a lower Q1 raises Q2 and Q3: in another order their parts may not fit yet
                break
            _adds_up(plan.grid, after.days(), plan.target)
        else:
            known = known or after.days()
            assert after.days() == known
            for period, amount in hand.items():
                assert after.sum(plan.grid.inside(period.start, period.end)) == amount


@given(edits(), closings)
@few
def test_closing_months_moves_no_closed_month_and_keeps_the_years_sum(given_, closed):
    plan, hand = given_
    try:
        after = spread(plan.grid, plan.target, plan.shape, hand, closed)
    except DomainError:  # a higher Q1 leaves less for the parts of Q2 and Q3
        return
    _adds_up(plan.grid, after.days(), plan.target + after.over - after.unplaced)
    assert all(after.months[month - 1] == amount for month, amount in closed.items())
    assert bool(after.unplaced) == (len(closed) == 12 and sum(closed.values()) < plan.target)


@st.composite
def hands(draw):
    """Any mix of periods by hand, whether they fit or not, as codes of 2019."""
    codes = st.one_of(
        st.integers(1, 4).map("2019-Q{}".format),
        st.integers(1, 12).map("2019-{:02}".format),
        st.integers(1, 52).map("2019-W{:02}".format),
        st.dates(date(2019, 1, 1), date(2019, 12, 31)).map(date.isoformat),
    )
    return {Period.parse(code): amount for code, amount in draw(st.dictionaries(codes, amounts, max_size=8)).items()}


@given(hands(), amounts, closings, st.data())
@few
def test_by_hand_and_closed_in_any_mix_still_add_up(hand, target, closed, data):
    grid = grid_of(2019)
    shape = data.draw(shapes(grid))
    try:
        plan = spread(grid, target, shape, hand, closed, lenient=True)
    except DomainError as refused:  # a festival's week by hand
        assert str(refused).startswith("targets.hand_no_work_day")  # noqa: PT017  which codes may come is the rule here
        return
    _adds_up(grid, plan.days(), target + plan.over - plan.unplaced)
    assert all(plan.months[month - 1] == amount for month, amount in closed.items())
    assert all(amount >= 0 for i, amount in enumerate(plan.days()) if not plan.closed_at(i))
    assert bool(plan.unplaced) == (len(closed) == 12 and sum(closed.values()) < target)
    if plan.misfit is None and not closed:
        for period, amount in hand.items():
            assert plan.sum(grid.inside(period.start, period.end)) == amount
    here = date(2019, data.draw(st.integers(1, 12)), 15)
    done = data.draw(dones(grid))
    chain = levels(plan, done, here)
    after = respread(plan, done, here, chain)
    _adds_up(grid, after.days, target - after.unplaced + after.beyond)


# -- levels ------------------------------------------------------------------------------------------------------------
def _slow_level(plan, done, as_of, name, pace):
    """The level by going through every day of the year."""
    grid, period = plan.grid, Period.containing(name, as_of)
    days, target, so_far, left = plan.days(), 0, 0, 0
    for i in range(grid.length):
        day = grid.day(i)
        if day not in period:
            continue
        target += days[i]
        if day.month in plan.closed:
            so_far += days[i]
        elif day <= as_of:
            so_far += done.sum(i, i + 1)
        if day > as_of and day.month not in plan.closed:
            left += grid.open[i]
    target = plan.target if name == "year" else target
    remaining = target - so_far
    if left == 0:
        state = "holds" if so_far >= target else "lost"
    elif remaining <= 0 or (pace.recent is not None and remaining <= pace.recent * left):
        state = "holds"
    else:
        state = "at_risk" if pace.capacity is None or remaining <= pace.capacity * left else "lost"
    required = None if left == 0 else max(0, -(-remaining // left))
    return (name, target, so_far, remaining, left, required, state)


@given(plans(), st.data())
@few
def test_levels_are_what_going_through_every_day_gives(plan, data):
    as_of = data.draw(st.dates(*_ends(plan.grid)))
    done = data.draw(dones(plan.grid))
    stated = data.draw(st.none() | st.integers(0, 10**7))
    pace = shown_pace(plan.grid, done.outside(plan.grid, plan.closed), plan.closed, as_of, stated)
    found = levels(plan, done, as_of, stated)
    shown = [(x.level, x.target, x.done, x.remaining, x.work_days_left, x.required_daily, x.state) for x in found]
    assert shown == [_slow_level(plan, done, as_of, name, pace) for name in CHAIN]
    assert all((x.recent_daily, x.capacity_daily) == (pace.recent, pace.capacity) for x in found)


@given(st.integers(0, 10**6), st.integers(-(10**6), 10**6), st.integers(0, 30), st.data())
@few
def test_more_done_more_days_or_a_better_rate_never_worsen_a_level(target, done, left, data):
    period = Period.parse("2019-03")
    rate = st.none() | st.integers(0, 10**5)
    pace = Pace(data.draw(rate), data.draw(rate))
    more = data.draw(st.integers(0, 10**5))
    rank = RANK[judge("month", period, target, done, left, pace).state]
    better = [
        judge("month", period, target, done + more, left, pace),
        judge("month", period, target, done, left, Pace((pace.recent or 0) + more, pace.capacity)),
    ]
    if left:
        better.append(judge("month", period, target, done, left + more, pace))
    if pace.capacity is not None:
        better.append(judge("month", period, target, done, left, Pace(pace.recent, pace.capacity + more)))
    assert all(RANK[one.state] <= rank for one in better)


@given(grids, st.data())
@few
def test_rates_are_those_of_all_long_enough_times(grid, data):
    rows = data.draw(st.dictionaries(st.integers(0, grid.length - 1), st.integers(0, 10**6), min_size=1, max_size=25))
    done = Done.of(grid, [(grid.day(i), amount) for i, amount in rows.items()])
    pace = shown_pace(grid, done, {}, grid.day(grid.length - 1))
    marks = [min(rows) - 1, *sorted(rows)]

    def rate(start, end):
        days = sum(grid.open[start + 1 : end + 1])
        return days, sum(rows[i] for i in rows if start < i <= end) // days if days else None

    last = marks[-1]
    ending = [rate(start, last) for start in marks[:-1]]
    enough = [one for one in ending if one[0] >= 10]
    assert pace.recent == (enough[-1] if enough else ending[0])[1]
    # a time is never longer than it must be: of those that end at a date the shortest with ten days
    best = []
    for k, end in enumerate(marks[1:], 1):
        found = [one for one in (rate(start, end) for start in marks[:k]) if one[0] >= 10]
        best += [found[-1][1]] if found else []
    expected = max([*best, pace.recent or 0]) if best or pace.recent is not None else None
    assert (pace.capacity or 0) == (expected or 0)


# -- re-spreading ------------------------------------------------------------------------------------------------------
@given(plans(), st.data())
@few
def test_a_respread_year_is_its_target_whenever_an_open_day_is_left(plan, data):
    grid = plan.grid
    as_of = data.draw(st.dates(*_ends(grid)))
    done = data.draw(dones(grid))
    stated = data.draw(st.none() | st.integers(0, 10**7))
    chain = levels(plan, done, as_of, stated)
    after = respread(plan, done, as_of, chain)
    _adds_up(grid, after.days, plan.target - after.unplaced + after.beyond)
    here = grid.at(as_of)
    assert min(after.unplaced, after.beyond) == 0
    for i, (planned, now) in enumerate(zip(plan.days(), after.days, strict=True)):
        if plan.closed_at(i):
            assert now == planned
        elif i <= here:
            assert now == done.sum(i, i + 1)
        else:
            assert now >= 0
    later_open = any(grid.open[i] and not plan.closed_at(i) for i in range(here + 1, grid.length))
    assert not (after.unplaced and later_open)
    if after.beyond:
        assert not any(after.days[i] for i in range(here + 1, grid.length) if not plan.closed_at(i))


@given(plans(), st.data())
@few
def test_a_year_on_plan_is_not_moved(plan, data):
    as_of = data.draw(st.dates(*_ends(plan.grid)))
    here = plan.grid.at(as_of)
    done = Done.of(plan.grid, [(plan.grid.day(i), plan.on(i)) for i in range(here + 1)], as_of)
    chain = levels(plan, done, as_of)
    assert list(respread(plan, done, as_of, chain).days) == plan.days()


@given(st.integers(10**4, 10**8), st.dates(date(2019, 1, 1), date(2019, 12, 31)))
@few
def test_the_shortest_level_with_days_left_makes_good_what_its_week_fell_short_of(target, as_of):
    """On plan until the week before, nothing since: with any capacity it and all longer levels keep their sums."""
    plan = spread(grid_of(2019), target)
    grid, here, week = plan.grid, plan.grid.at(as_of), Period.containing("week", as_of)
    first = max(0, grid.at(week.start))
    if grid.month_of(first) != as_of.month or Period.containing("month", as_of).end < week.end:
        return  # a week across two months is the business of another test
    done = Done.of(grid, [(grid.day(i), plan.on(i)) for i in range(first)], as_of)
    chain = levels(plan, done, as_of, 10**12)
    after = respread(plan, done, as_of, chain)
    keeps = False
    for one in chain[1:]:
        keeps = keeps or one.work_days_left > 0
        inside = grid.inside(one.period.start, one.period.end)
        short = sum(plan.on(i) for i in range(first, here + 1))
        assert sum(after.days[inside.start : inside.stop]) == one.target - (0 if keeps else short)
