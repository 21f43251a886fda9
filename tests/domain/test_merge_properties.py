"""Whatever two sides did to a table: no edit is lost, what comes again changes nothing, order plays no part."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.domain.merge import OURS, THEIRS, Decision, Earlier, ReturnedRow, Rules, State, merge, settle

KEYS, CODES = ("K1", "K2", "K3", "K4"), ("amount", "day", "word")
values = st.none() | st.integers(0, 3)
rows = st.fixed_dictionaries(dict.fromkeys(CODES, values))
tables = st.fixed_dictionaries(dict.fromkeys(KEYS, rows))
decisions = st.sampled_from([OURS, THEIRS, Decision("typed", 9), Decision("typed", None)])
many = settings(max_examples=300, deadline=None)


@st.composite
def returns(draw, base):
    """A returned table: some cells edited, rows in any order, some gone, some twice, columns left out, rows added."""
    found = []
    for key in draw(st.permutations([*KEYS, *draw(st.lists(st.sampled_from(KEYS), max_size=2))])):
        if draw(st.integers(0, 5)) == 0:
            continue
        codes = [code for code in CODES if draw(st.integers(0, 7))]
        cells = {code: draw(values) if draw(st.booleans()) else base[key][code] for code in codes}
        found.append(ReturnedRow(key, cells, len(found)))
    for number in range(draw(st.integers(0, 2))):
        found.append(ReturnedRow(draw(st.none() | st.just("K9")), draw(rows), f"added {number}"))
    return found


@st.composite
def plain_returns(draw, base):
    """A returned table without copies of rows, in which a cell is edited now and then."""
    cells = {
        key: {code: draw(values) if draw(st.integers(0, 3)) == 0 else base[key][code] for code in CODES} for key in KEYS
    }
    return [ReturnedRow(key, cells[key], key) for key in draw(st.permutations(KEYS))]


@st.composite
def cases(draw, several=False):
    base = draw(tables)
    now = {key: row for key, row in draw(tables).items() if draw(st.integers(0, 9))} if not several else draw(tables)
    now = {
        key: {code: row[code] if draw(st.booleans()) else base[key][code] for code in CODES} for key, row in now.items()
    }
    return base, now


def write(now, changes):
    """The table after the changes; each must find what it saw."""
    after = {key: dict(row) for key, row in now.items()}
    for change in changes:
        assert after[change.key][change.code] == change.seen
        after[change.key][change.code] = change.value
    return after


def after(earlier, settlement, rows=()):
    """What is known of earlier returns once one was dealt with."""
    found = {at: set(known) for at, known in earlier.values.items()}
    for at, brought in settlement.brought:
        found.setdefault(at, set()).add(brought)
    return Earlier(found, frozenset(earlier.rows) | {row.content for row in rows})


@many
@given(st.data())
def test_no_edit_of_either_side_is_lost(data):
    base, now = data.draw(cases())
    back = data.draw(returns(base))
    rules = data.draw(st.sampled_from([Rules(), Rules(frozenset({"day"})), Rules(asks_if_cleared=frozenset(CODES))]))
    found = merge(base, back, now, rules)
    changes = {(change.key, change.code): change.value for change in settle(found).changes}
    result = write(now, settle(found).changes)
    cells = {(cell.key, cell.code): cell for cell in found.cells}
    touched = {(cell.key, cell.code, cell.theirs) for cell in found.protected}
    told = [*found.added, *found.again, *found.unknown]
    for row in back:
        if row.key is None or row.key not in base:
            assert row in told
            continue
        for code, said in row.values.items():
            if said == base[row.key][code]:
                continue
            here = now.get(row.key, base[row.key])[code]
            if code in rules.protected:
                assert (row.key, code, said) in touched or said == here
                continue
            cell = cells[row.key, code]
            assert said in (cell.theirs, *cell.others)
            waits = cell.state in (State.CONFLICT, State.ROW_LEFT)
            assert waits or result[row.key][code] == said
    for key, row in now.items():  # ours: what was changed here stands, whatever came back
        for code, ours in row.items():
            if ours != base[key][code]:
                assert result[key][code] == ours
                assert (key, code) not in changes


@many
@given(st.data())
def test_a_return_that_comes_again_changes_nothing(data):
    base, now = data.draw(cases())
    back = data.draw(returns(base))
    found = merge(base, back, now)
    decided = {
        (cell.key, cell.code): data.draw(decisions if not cell.others else st.just(Decision("typed", 9)))
        for cell in found.of(State.CONFLICT)
    }
    settled = settle(found, decided)
    assert settled.open == ()
    later = write(now, settled.changes)
    known = after(Earlier(), settled, found.added)
    for key, row in later.items():  # whatever happens here in between
        for code in row:
            if data.draw(st.integers(0, 3)) == 0:
                row[code] = data.draw(values)
        assert key in later
    again = merge(base, data.draw(st.permutations(back)), later, earlier=known)
    assert settle(again).changes == settle(again).open == ()
    assert again.added == ()


@many
@given(st.data())
def test_returns_may_come_in_any_order(data):
    base, now = data.draw(cases(several=True))
    backs = [data.draw(plain_returns(base)) for _ in range(3)]
    results = []
    for order in permutations(range(len(backs))):
        here, known = now, Earlier()
        conflicts = set()
        for number in order:
            found = merge(base, backs[number], here, earlier=known)
            settled = settle(found)
            conflicts |= {(cell.key, cell.code) for cell in settled.open}
            here, known = write(here, settled.changes), after(known, settled)
        agreed = {(key, code): here[key][code] for key in KEYS for code in CODES if (key, code) not in conflicts}
        results.append((conflicts, agreed))
    assert all(result == results[0] for result in results)


@many
@given(st.data())
def test_the_order_of_rows_and_columns_plays_no_part(data):
    base, now = data.draw(cases())
    back = data.draw(returns(base))
    moved = [
        ReturnedRow(row.key, dict(data.draw(st.permutations(list(row.values.items())))), row.place)
        for row in data.draw(st.permutations(back))
    ]

    def said(found):
        return {
            (cell.key, cell.code, cell.state, frozenset((cell.theirs, *cell.others)))
            for cell in found.cells
            if cell.state is not State.SETTLED
        }

    def changed(found):
        return {(change.key, change.code, change.seen, change.value) for change in settle(found).changes}

    one, other = merge(base, back, now), merge(base, moved, now)
    assert said(one) == said(other)
    assert changed(one) == changed(other)
    assert (one.unchanged, set(one.missing)) == (other.unchanged, set(other.missing))
