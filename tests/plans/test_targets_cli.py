"""`guatu targets spread` as it is called: a file or standard input, one JSON object, no database and no data folder."""

import io
import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta

import pytest

from guatu.config import main
from guatu.domain.targets import CHAIN
from tests.support.installation import ROOT

YEAR = {"year": 2019, "target": 250_000, "profile": "even", "as_of": "2019-03-20"}


def _run(said, *words, folder=None):
    """The command in a process of its own whose data folder does not exist and must not be made."""
    folder = folder or ROOT / "no-such-folder"
    known = {name: value for name, value in os.environ.items() if not name.startswith("GUATU_")}
    done = subprocess.run(
        [sys.executable, "-m", "guatu.config.main", "targets", "spread", *words],
        input=said if isinstance(said, str) else json.dumps(said, ensure_ascii=False),
        env={**known, "GUATU_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "guatu.config.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert not folder.exists()
    return done


@pytest.fixture
def answer(monkeypatch, capsys):
    """`answer(said)`: exit code and object of the command, in this process."""

    def ask(said, *words):
        raw = said if isinstance(said, bytes) else json.dumps(said, ensure_ascii=False).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        code = main.main(["targets", "spread", *(words or ("-",)), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return ask


def _adds_up(lists, total):
    days = {date.fromisoformat(row["date"]): row["target"] for row in lists["days"]}
    assert list(days) == [date(2019, 1, 1) + timedelta(days=i) for i in range(365)]
    months = {row["month"]: row["target"] for row in lists["months"]}
    quarters = {row["quarter"]: row["target"] for row in lists["quarters"]}
    weeks = {date.fromisoformat(row["start"]): row["target"] for row in lists["weeks"]}
    assert months == {m: sum(amount for day, amount in days.items() if day.month == m) for m in range(1, 13)}
    assert quarters == {q: sum(months[m] for m in range(3 * q - 2, 3 * q + 1)) for q in range(1, 5)}
    by_week = {}
    for day, amount in days.items():
        monday = day - timedelta(days=day.weekday())
        by_week[monday] = by_week.get(monday, 0) + amount
    assert weeks == by_week
    assert sum(quarters.values()) == total
    return months, days


def test_without_database_or_folder_a_file_is_spread_and_judged(tmp_path):
    said = YEAR | {
        "profile": "s-curve",
        "closed": [{"month": 1, "amount": 20_000}, {"month": 2, "amount": 10_000}],
        "done_by_date": [["2019-02-11", 77_777], ["2019-03-04", 600], ["2019-03-05", 700], ["2019-03-20", -50]],
        "capacity_daily": 1_500,
    }
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(said))
    done = _run("", str(path), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    months, _ = _adds_up(found, 250_000)
    after, later = _adds_up(found["respread"], 250_000)
    assert (months[1], months[2]) == (after[1], after[2]) == (20_000, 10_000)
    assert [later[date(2019, 3, day)] for day in (1, 4, 5, 20)] == [0, 600, 700, -50]
    assert found["weeks"][0]["start"] == "2018-12-31"
    assert [row["level"] for row in found["levels"]] == list(CHAIN)
    keys = {
        "level",
        "target",
        "done",
        "remaining",
        "work_days_left",
        "required_daily",
        "recent_daily",
        "capacity_daily",
    }
    assert all(set(row) == keys | {"state"} for row in found["levels"])
    year = found["levels"][-1]
    assert (year["target"], year["done"], year["remaining"]) == (250_000, 31_250, 218_750)
    assert (year["work_days_left"], year["required_daily"], year["capacity_daily"]) == (197, 1_111, 1_500)
    assert year["state"] == "at_risk"
    assert found["warnings"] == []


def test_standard_input_and_a_readers_text():
    done = _run(YEAR | {"done_by_date": [["2019-03-20", 1_000]]}, "-")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 季 60000" in done.stdout
    assert "当日：已完成" in done.stdout  # as_of is over
    assert (
        "本周：难完成。目标 5000 元，已完成 1000 元，还差 4000 元，剩 2 个工作日，每日需完成 2000 元。" in done.stdout
    )


def test_a_refusal_in_its_own_process_is_exit_1_with_the_place():
    done = _run(YEAR | {"closed": [{"month": 3, "amount": 5}, {"month": 3, "amount": 6}]}, "-", "--json")
    assert done.returncode == 1
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "targets.month_twice"
    assert "closed[1]" in error["message"]
    spoken = _run(YEAR | {"target": -5}, "-")
    assert (spoken.returncode, spoken.stdout) == (1, "")
    assert "target" in spoken.stderr


def test_wrong_usage_is_exit_2():
    done = _run("", "--json")
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (2, "usage")


def test_what_may_be_missing_may_be_missing(answer):
    code, found = answer(YEAR)
    assert code == 0
    assert _adds_up(found, 250_000) == _adds_up(found | {}, 250_000)
    assert [row["recent_daily"] for row in found["levels"]] == [None] * 5
    assert [row["capacity_daily"] for row in found["levels"]] == [None] * 5
    assert [row["state"] for row in found["levels"]] == ["lost", *["at_risk"] * 4]
    nulls = answer(YEAR | {"closed": None, "done_by_date": None, "capacity_daily": None})[1]
    assert nulls == found


def test_done_counts_outside_closed_months_and_up_to_the_date(answer):
    said = YEAR | {
        "closed": [{"month": 2, "amount": 9_000}],
        "done_by_date": [["2019-02-20", 5_000], ["2019-03-01", 400], ["2019-03-01", 100], ["2019-03-21", 8_000]],
    }
    found = answer(said)[1]
    done = {row["level"]: row["done"] for row in found["levels"]}
    assert done == {"day": 0, "week": 0, "month": 500, "quarter": 9_500, "year": 9_500}
    assert [row["code"] for row in found["warnings"]] == ["later_ignored"]


def test_twelve_weights_may_have_decimals(answer):
    found = answer(YEAR | {"profile": [0.5, 1.5, *[0] * 10], "target": 1_000})[1]
    assert _adds_up(found, 1_000)[0] == {1: 250, 2: 750} | dict.fromkeys(range(3, 13), 0)


def test_closures_by_hand_and_nodes_are_understood_too(answer):
    shut = answer(YEAR | {"closures": [["2019-01-01", "2019-06-30"]]})[1]
    assert _adds_up(shut, 250_000)[0][6] == 0
    assert answer(YEAR | {"calendar": {"country": "CN", "closures": [["2019-01-01", "2019-06-30"]]}})[1] == shut
    by_hand = answer(YEAR | {"hand": {"2019-Q1": 50_000, "2019-02": 8_000, "2019-W21": 7_000}})[1]
    months, days = _adds_up(by_hand, 250_000)
    assert (months[2], sum(months[m] for m in (1, 2, 3))) == (8_000, 50_000)
    assert sum(days[date(2019, 5, day)] for day in range(20, 27)) == 7_000
    nodes = [{"id": "桩基", "start": "2019-03-01", "finish": "2019-05-31", "cost": 7}]
    assert _adds_up(answer(YEAR | {"profile": "nodes", "nodes": nodes})[1], 250_000)[0][6] == 0
    window = answer(YEAR | {"profile": "s-curve", "start": "2019-04-01", "finish": "2019-09-30"})[1]
    assert _adds_up(window, 250_000)[0][3] == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"year": 2035, "as_of": "2035-03-20"}, "beyond_table"),
        ({"closed": [{"month": 1, "amount": 300_000}]}, "over_target"),
        ({"closed": [{"month": 1, "amount": 300_000}]}, "beyond"),
        ({"profile": [1] + [0] * 11, "closed": [{"month": 1, "amount": 5}]}, "evenly"),
        ({"as_of": "2019-12-31"}, "unplaced"),
        ({"closd": []}, "unknown_keys"),
    ],
)
def test_what_the_figures_do_not_tell_is_a_warning(answer, change, code):
    exit_code, found = answer(YEAR | change)
    assert exit_code == 0
    [warning] = [row for row in found["warnings"] if row["code"] == code]
    assert "{" not in warning["message"]


@pytest.mark.parametrize(
    ("change", "code", "named"),
    [
        ({"year": None}, "missing", "year"),
        ({"as_of": None}, "missing", "as_of"),
        ({"year": "2019"}, "not_number", "year"),
        ({"year": 1066, "as_of": "1066-01-01"}, "year_absurd", "1066"),
        ({"year": True}, "not_number", "year"),
        ({"target": 1.5}, "not_amount", "1.5"),
        ({"target": "250000元"}, "not_amount", "250000元"),
        ({"target": 10**30}, "not_amount", "target"),
        ({"target": -1}, "negative", "target"),
        ({"capacity_daily": -1}, "negative", "capacity_daily"),
        ({"as_of": "2019-3-20"}, "not_date", "as_of"),
        ({"as_of": "2020-03-20"}, "as_of_outside", "2020-03-20"),
        ({"profile": "flat"}, "profile_unknown", "flat"),
        ({"profile": None}, "profile_unknown", "null"),
        ({"profile": [0] * 12}, "weights_zero", "12"),
        ({"profile": [1] * 11}, "weights_count", "11"),
        ({"profile": [1] * 11 + [-1]}, "weight_negative", "12"),
        ({"profile": [1] * 11 + ["x"]}, "not_number", "profile[11]"),
        ({"profile": "nodes"}, "nodes_outside", "2019"),
        ({"profile": "nodes", "nodes": [{"id": "桩基", "start": "2019-03-01"}]}, "missing", "nodes[0].finish"),
        ({"closed": {"3": 5}}, "not_list", "closed"),
        ({"closed": [{"month": 13, "amount": 5}]}, "no_such_month", "13"),
        ({"closed": [{"month": 3}]}, "missing", "closed[0].amount"),
        ({"closed": [[3, 5]]}, "not_list", "closed[0]"),
        ({"done_by_date": [["2019-02-29", 5]]}, "not_date", "done_by_date[0][0]"),
        ({"done_by_date": [["2018-12-31", 5]]}, "done_outside", "2018-12-31"),
        ({"done_by_date": [["2019-03-04"]]}, "not_list", "done_by_date[0]"),
        ({"done_by_date": [["2019-03-04", None]]}, "not_amount", "done_by_date[0][1]"),
        ({"closures": [["2019-03-04", "2019-03-01"]]}, "reversed", "closures[0]"),
        ({"start": "2019-03-04", "finish": "2019-03-01"}, "reversed", "start"),
        ({"hand": {"春节": 5}}, "not_period", "春节"),
        ({"hand": {"2019-03": 99_999}}, "hand_over", "2019-Q1"),
        ({"hand": []}, "not_list", "hand"),
    ],
)
def test_what_is_wrong_is_refused_and_named(answer, change, code, named):
    exit_code, found = answer(YEAR | change)
    assert (exit_code, found["error"]["code"]) == (1, f"targets.{code}")
    assert named in found["error"]["message"]
    assert not re.search(r"\{\w*\}", found["error"]["message"])


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "not_json"),
        (b"[1]", "not_object"),
        (b'{"year": NaN}', "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"[" * 200_000, "not_json"),
        (b'{"year": 1' + b"0" * 9_000 + b"}", "not_json"),
        (b'{"year": 2019, "target": 1e400000000}', "not_amount"),
        (b'{"year": 2019, "target": 1e-400000000}', "not_amount"),
    ],
)
def test_what_is_no_target_file_is_refused(answer, raw, code):
    exit_code, found = answer(raw)
    assert (exit_code, found["error"]["code"]) == (1, f"targets.{code}")


def test_a_file_that_is_not_there_is_refused(answer, tmp_path):
    for path in (tmp_path / "none.json", tmp_path):
        exit_code, found = answer({}, str(path))
        assert (exit_code, found["error"]["code"]) == (1, "targets.no_file")
        assert str(path) in found["error"]["message"]


def test_a_number_of_ten_trillion_and_a_target_of_nothing(answer):
    for target in (10**13, 0, 7):
        found = answer(YEAR | {"target": target, "profile": "s-curve"})[1]
        _adds_up(found, target)
        _adds_up(found["respread"], target)
