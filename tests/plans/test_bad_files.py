"""Both commands that compute from a file, given everything that no such file should hold: a sentence, never a fault."""

import io
import json
import re
import subprocess
import sys
import time
from typing import Any

import pytest

from guatu.config import main

A, B = {"id": "A", "duration": 1}, {"id": "B", "duration": 2}
PLAN = {"deadline": "2019-12-31", "today": "2019-03-27", "nodes": [A, B], "links": [{"from": "A", "to": "B"}]}
YEAR = {"year": 2019, "target": 250_000, "profile": "even", "as_of": "2019-03-20"}
BACK_PLAN, SPREAD = ("schedule", "back-plan"), ("targets", "spread")
WHOLE_YEAR = [["2019-01-01", "2019-12-31"]]


@pytest.fixture
def answer(monkeypatch, capsys):
    """`answer(words, data)`: exit code, and the error's sentence (or the answer), of a run of at most ten seconds."""

    def ask(words: tuple[str, ...], data: Any) -> tuple[int, Any]:
        raw = data if isinstance(data, bytes) else json.dumps(data).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        begun = time.process_time()
        code = main.main([*words, "-", "--json"])
        assert time.process_time() - begun < 10
        printed = capsys.readouterr()
        assert printed.err == ""
        found = json.loads(printed.out)
        return code, found["error"]["message"] if code else found

    return ask


def node(**values: Any) -> dict[str, Any]:
    return PLAN | {"nodes": [A | values, B]}


def link(**values: Any) -> dict[str, Any]:
    return PLAN | {"links": [{"from": "A", "to": "B"} | values]}


def closures(*pairs: Any) -> dict[str, Any]:
    return PLAN | {"calendar": {"closures": list(pairs)}}


def ring(count: int) -> dict[str, Any]:
    nodes = [{"id": str(number), "duration": 1} for number in range(count)]
    links = [{"from": str(number), "to": str((number + 1) % count)} for number in range(count)]
    return PLAN | {"nodes": nodes, "links": links}


NO_OBJECT = [b"", b"  ", b"\xef\xbb\xbf", b"hello", b"\0", b'{"today": ', b"{} x", b"[" * 100_000, b'{"a":' * 100_000]
NO_OBJECT += [json.dumps(PLAN).encode("utf-16"), "{“today”:1}".encode("gbk"), b"[]", b'"a"', b"5", b"null", b"true"]
NO_OBJECT += [b'{"today": 1' + b"0" * 9_000 + b"}"]
BAD_PLANS = [
    ({}, "nodes"),
    (PLAN | {"deadline": "2026-02-30"}, "deadline"),
    (PLAN | {"deadline": 20191231}, "deadline"),
    (PLAN | {"deadline": "2019-12-31T00:00:00"}, "deadline"),
    (PLAN | {"deadline": "2019-W12-3"}, "deadline"),
    (PLAN | {"deadline": "9999-12-31"}, "9999"),
    (PLAN | {"today": "0001-01-01"}, "0001"),
    (PLAN | {"today": None}, "today"),
    (PLAN | {"foo": 1}, "foo"),
    (PLAN | {"x" * 1_000_000: 1}, "xxx"),
    (PLAN | {"nodes": None}, "nodes"),
    (PLAN | {"nodes": []}, "节点"),
    (PLAN | {"nodes": [5]}, "nodes[0]"),
    (PLAN | {"nodes": [A, A]}, "A"),
    (PLAN | {"nodes": [{"id": "长" * 1_000_000, "duration": -1}]}, "长长"),
    (PLAN | {"calendar": []}, "calendar"),
    (PLAN | {"calendar": ""}, "calendar"),
    (PLAN | {"calendar": {"country": ["CN"]}}, "CN"),
    (PLAN | {"calendar": {"country": "U" * 200_000}}, "UUU"),
    (node(duration=-1), "A"),
    (node(duration=10**30), "A"),
    (node(duration=36_501), "A"),
    (node(duration=2.5), "A"),
    (node(duration="3"), '"3"'),
    (node(duration=True), "true"),
    (node(duration=None), "null"),
    (node(duration=[1]), "[1]"),
    (node(duration=float("nan")), "NaN"),
    (node(duration=float("inf")), "Infinity"),
    (node(id=5), "nodes[0].id"),
    (node(id=" "), "nodes[0].id"),
    (node(unit="weeks"), "unit"),
    (node(unit=[]), "unit"),
    (node(foo=1), "foo"),
    (node(calendar="CN"), "calendar"),
    (node(start_no_earlier=[1]), "start_no_earlier"),
    (node(actual_start="2019-13-01"), "actual_start"),
    (node(actual_start="2019-05-01"), "2019-05-01"),
    (node(actual_start="2019-03-20", actual_finish="2019-03-10"), "A"),
    (node(crash=5), "crash"),
    (node(crash={}), "crash.max"),
    (node(crash={"max": -1}), "A"),
    (node(crash={"max": 1, "cost": "5"}), "A"),
    (link(to="Z"), "Z"),
    (link(to="A"), "A"),
    (link(to={}), "links[0].to"),
    (link(type="fs"), "links[0].type"),
    (link(type=["FS"]), "links[0].type"),
    (link(lag=0.5), "0.5"),
    (link(lag="1"), '"1"'),
    (link(lag=10**9), "A"),
    (link(lagg=1), "lagg"),
    (PLAN | {"links": ["A"]}, "links[0]"),
    (PLAN | {"links": {}}, "links"),
    (closures(["2019-05-01", "2019-04-01"]), "2019-05-01"),
    (closures(["2019-05-01"]), "closures[0]"),
    (closures(["2019-05-01", 5]), "closures[0][1]"),
    (closures(["1949-01-01", "2100-12-31"]), "A"),
    (ring(2), "0、1"),
    (ring(100_000), "100000"),
]
BAD_YEARS = [
    ({}, "year"),
    (YEAR | {"year": "2019"}, "year"),
    (YEAR | {"year": 2019.5}, "2019.5"),
    (YEAR | {"year": 0}, "year"),
    (YEAR | {"year": 10**17}, "year"),
    (YEAR | {"target": -1}, "target"),
    (YEAR | {"target": 10**19}, "target"),
    (YEAR | {"target": True}, "target"),
    (YEAR | {"target": [1]}, "target"),
    (b'{"year": 2019, "target": NaN, "as_of": "2019-03-20"}', "NaN"),
    (b'{"year": 2019, "target": 1e999, "as_of": "2019-03-20"}', "1E+999"),
    (YEAR | {"as_of": "2019-02-30"}, "as_of"),
    (YEAR | {"as_of": "2019-W12-3"}, "2019-W12-3"),
    (YEAR | {"as_of": "２０１９-03-20"}, "as_of"),
    (YEAR | {"as_of": "2020-03-20"}, "2020-03-20"),
    (YEAR | {"as_of": 20190320}, "as_of"),
    (YEAR | {"profile": "x" * 200_000}, "profile"),
    (YEAR | {"profile": [1] * 13}, "13"),
    (YEAR | {"profile": [True] * 12}, "profile[0]"),
    (YEAR | {"profile": {}}, "profile"),
    (YEAR | {"closed": [3]}, "closed[0]"),
    (YEAR | {"closed": [{"month": 0, "amount": 1}]}, "0"),
    (YEAR | {"closed": [{"month": 1.5, "amount": 1}]}, "closed[0].month"),
    (YEAR | {"closed": [{"month": 1, "amount": 1}] * 2}, "closed[1]"),
    (YEAR | {"done_by_date": {"2019-03-04": 5}}, "done_by_date"),
    (YEAR | {"done_by_date": ["2019-03-04"]}, "done_by_date[0]"),
    (YEAR | {"done_by_date": [["2019-03-04", 1, 2]]}, "done_by_date[0]"),
    (YEAR | {"done_by_date": [["2019-03-04", "5"]]}, "done_by_date[0][1]"),
    (YEAR | {"done_by_date": [["2019-03-04", True]]}, "done_by_date[0][1]"),
    (YEAR | {"done_by_date": [["2019-02-29", 5]]}, "done_by_date[0][0]"),
    (YEAR | {"capacity_daily": "1"}, "capacity_daily"),
    (YEAR | {"capacity_daily": 1.5}, "capacity_daily"),
    (YEAR | {"capacity_daily": False}, "capacity_daily"),
    (YEAR | {"calendar": "CN"}, "calendar"),
    (YEAR | {"calendar": []}, "calendar"),
    (YEAR | {"calendar": {"country": "US"}}, "CN"),
    (YEAR | {"closures": 5}, "closures"),
    (YEAR | {"closures": ["2019"]}, "closures[0]"),
    (YEAR | {"closures": [[5, "2019-03-04"]]}, "closures[0][0]"),
    (YEAR | {"closures": [["2019-03-04", "2019-03-01"]]}, "closures[0]"),
    (YEAR | {"hand": {"x" * 1_000_000: 1}}, "hand.xxx"),
    (YEAR | {"hand": {"2019-03-X1": 5}}, "2019-03-X1"),
    (YEAR | {"profile": "nodes", "nodes": "a"}, "nodes"),
    (YEAR | {"profile": "nodes", "nodes": [{"start": "2019-05-01", "finish": "2019-04-01", "cost": 5}]}, "nodes[0]"),
    (YEAR | {"start": "x"}, "start"),
]


@pytest.mark.parametrize("words", [BACK_PLAN, SPREAD])
@pytest.mark.parametrize("data", NO_OBJECT)
def test_what_holds_no_object_is_refused(answer, words, data):
    code, message = answer(words, data)
    assert code == 1
    assert 5 < len(message) < 300


@pytest.mark.parametrize(
    ("words", "data", "named"), [*((BACK_PLAN, *row) for row in BAD_PLANS), *((SPREAD, *row) for row in BAD_YEARS)]
)
def test_what_is_wrong_is_named_in_one_short_sentence(answer, words, data, named):
    code, message = answer(words, data)
    assert (code, named in message) == (1, True), message
    assert len(message) < 400
    assert not re.search(r"\{\w+\}", message)


@pytest.mark.parametrize("words", [BACK_PLAN, SPREAD])
def test_a_byte_order_mark_does_no_harm(answer, words):
    data = json.dumps(PLAN if words is BACK_PLAN else YEAR).encode()
    assert answer(words, b"\xef\xbb\xbf" + data) == answer(words, data)
    assert answer(words, data)[0] == 0


def test_whole_numbers_with_a_point_are_whole_numbers(answer):
    one = answer(BACK_PLAN, node(duration=2.0, crash={"max": 1.0}) | {"links": link(lag=1.0)["links"]})
    assert one == answer(BACK_PLAN, node(duration=2, crash={"max": 1}) | {"links": link(lag=1)["links"]})
    assert answer(SPREAD, YEAR | {"target": 250_000.0}) == answer(SPREAD, YEAR)


def test_many_closures_and_amounts_are_read(answer):
    assert answer(BACK_PLAN, closures(*[["1949-01-01", "2018-12-31"]] * 200_000))[0] == 0
    shut = answer(SPREAD, YEAR | {"closures": WHOLE_YEAR * 200_000})[1]
    assert sum(row["target"] for row in shut["days"]) == 0
    done = answer(SPREAD, YEAR | {"done_by_date": [["2019-03-04", 1]] * 200_000})[1]
    assert done["levels"][-1]["done"] == 200_000


def test_a_dense_net_that_cannot_hold_is_answered(answer):
    """Every node waits for all before it: 80,000 links."""
    nodes = [{"id": str(number), "duration": 1} for number in range(400)]
    links = [{"from": str(one), "to": str(other)} for one in range(400) for other in range(one + 1, 400)]
    code, found = answer(BACK_PLAN, PLAN | {"deadline": "2019-05-01", "nodes": nodes, "links": links})
    assert (code, found["feasible"]) == (0, False)
    assert "moved deadline" in [repair["kind"] for repair in found["repairs"]]


@pytest.mark.parametrize("duration", [1, -1])
@pytest.mark.parametrize("options", [["--json"], []])
def test_half_a_character_in_a_name_is_printed_as_it_was_written(tmp_path, duration, options):
    (tmp_path / "plan.json").write_text(
        json.dumps(PLAN | {"nodes": [{"id": "\ud800", "duration": duration}], "links": []})
    )
    words = [sys.executable, "-m", "guatu.config.main", *BACK_PLAN, str(tmp_path / "plan.json"), *options]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == (0 if duration > 0 else 1)
    assert "Traceback" not in done.stderr
    assert "\\ud800" in done.stdout + done.stderr
    if options:
        json.loads(done.stdout)
