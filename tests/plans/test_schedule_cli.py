"""`guatu schedule back-plan`: the command as a user has it, in a process without settings, database or data folder."""

import json
import os
import subprocess
import sys
import time
from itertools import pairwise

import pytest

from tests.domain.worked import worked

STREET = {
    "deadline": "2019-12-31",
    "today": "2019-03-27",
    "calendar": {"country": "CN", "closures": [["2019-11-15", "2019-11-20"]]},
    "nodes": [
        {"id": "方案设计", "duration": 55, "finish_no_later": "2019-06-30", "crash": {"max": 8, "cost": 3000}},
        {"id": "招标公告", "duration": 20, "unit": "calendar"},
        {"id": "评标定标", "duration": 30, "finish_no_later": "2019-10-01", "crash": {"max": 5, "cost": 2000}},
        {"id": "开工", "duration": 0, "finish_no_later": "2019-10-01"},
        {"id": "管网施工", "duration": 35, "crash": {"max": 7, "cost": 8000}},
        {"id": "路面施工", "duration": 30, "crash": {"max": 5, "cost": 12000}},
        {"id": "竣工验收", "duration": 3},
    ],
    "links": [
        {"from": "方案设计", "to": "招标公告"},
        {"from": "招标公告", "to": "评标定标", "type": "FS", "lag": 0},
        {"from": "评标定标", "to": "开工"},
        {"from": "开工", "to": "管网施工"},
        {"from": "管网施工", "to": "路面施工", "type": "SS", "lag": 25},
        {"from": "管网施工", "to": "路面施工", "type": "FF", "lag": 5},
        {"from": "路面施工", "to": "竣工验收"},
    ],
}


def _run(folder, plan, *options):
    """Exit code, standard output and error of the command on a plan (an object, or a file's text)."""
    text = plan if isinstance(plan, str) else json.dumps(plan, ensure_ascii=False)
    (folder / "plan.json").write_text(text, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GUATU_", "DJANGO_"))}
    environment |= {"GUATU_DATA_DIR": str(folder / "plan.json" / "none"), "PYTHONPATH": os.getcwd()}
    done = subprocess.run(
        [sys.executable, "-m", "guatu.config.main", "schedule", "back-plan", "plan.json", *options],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert [path.name for path in folder.iterdir()] == ["plan.json"]
    return done.returncode, done.stdout, done.stderr


def _answer(folder, plan):
    code, out, err = _run(folder, plan, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def _error(folder, plan):
    code, out, err = _run(folder, plan, "--json")
    assert (code, err) == (1, "")
    error = json.loads(out)["error"]
    plain_code, _, said = _run(folder, plan)
    assert plain_code == 1
    assert said.startswith(error["message"] + "\n")
    return error


def test_the_street_is_worked_back_as_the_page_says(tmp_path):
    answer = _answer(tmp_path, STREET)
    assert (answer["feasible"], answer["short_by"], answer["conflict"], answer["repairs"]) == (True, 0, [], [])
    assert [{key.replace("_", " "): str(value) for key, value in row.items()} for row in answer["nodes"]] == [
        {"id" if key == "node" else key: value for key, value in row.items()}
        for row in worked("back_planning", "street")
    ]
    assert answer["calendar"] == {"known_to": "2026-12-31", "beyond": False}


def test_an_infeasible_plan_comes_with_what_is_in_conflict_and_what_repairs_it(tmp_path):
    answer = _answer(tmp_path, {**STREET, "deadline": "2019-10-31"})
    assert (answer["feasible"], answer["short_by"]) == (False, 8)
    assert answer["driving_path"] == [node["id"] for node in STREET["nodes"]]
    assert answer["conflict"][0] == {"kind": "today", "node": "方案设计", "date": "2019-03-27"}
    assert answer["conflict"][-1] == {"kind": "deadline", "node": "路面施工", "date": "2019-10-31"}
    assert {"kind": "link", "from": "管网施工", "to": "路面施工", "type": "SS", "lag": 25} in answer["conflict"]
    assert answer["repairs"] == [
        {
            "kind": "cheapest crash",
            "changes": [
                {"kind": "crash", "node": "方案设计", "days": 5, "cost": 15000},
                {"kind": "crash", "node": "评标定标", "days": 2, "cost": 4000},
            ],
            "cost": 19000,
            "finish": "2019-10-31",
            "least": True,
        },
        {
            "kind": "moved deadline",
            "changes": [{"kind": "deadline", "from": "2019-10-31", "to": "2019-11-12"}],
            "cost": 0,
            "finish": "2019-11-12",
            "least": True,
        },
        {
            "kind": "dropped overlap",
            "changes": [{"kind": "drop_link", "from": "管网施工", "to": "路面施工", "type": "SS", "lag": 25}],
            "cost": 0,
            "finish": answer["repairs"][2]["finish"],
            "least": True,
        },
    ]
    assert answer["repairs"][2]["finish"] <= "2019-10-31"


def test_a_technical_link_is_not_offered_and_what_is_no_mark_is_refused(tmp_path):
    tight = {**STREET, "deadline": "2019-10-31"}
    for mark, wanted in ((True, {"cheapest crash", "moved deadline"}), (False, None), (None, None)):
        links = [{**link, "technical": mark} for link in STREET["links"]]
        found = {repair["kind"] for repair in _answer(tmp_path, {**tight, "links": links})["repairs"]}
        assert found == (wanted or {"cheapest crash", "moved deadline", "dropped overlap"})
    wrong = [{**STREET["links"][0], "technical": "yes"}, *STREET["links"][1:]]
    assert _error(tmp_path, {**STREET, "links": wrong})["message"].startswith("links[0].technical")


def test_only_id_and_duration_of_a_node_are_required(tmp_path):
    answer = _answer(tmp_path, {"deadline": "2019-03-29", "today": "2019-03-27", "nodes": [{"id": "A", "duration": 1}]})
    assert answer["nodes"] == [
        {
            "id": "A",
            "earliest_start": "2019-03-27",
            "earliest_finish": "2019-03-27",
            "latest_start": "2019-03-29",
            "latest_finish": "2019-03-29",
            "float": 2,
        }
    ]
    assert answer["driving_path"] == ["A"]


def test_a_plan_beyond_the_official_table_says_so(tmp_path):
    plan = {"deadline": "2027-06-30", "today": "2026-11-02", "nodes": [{"id": "A", "duration": 10}]}
    assert _answer(tmp_path, plan)["calendar"]["beyond"] is True
    code, out, _ = _run(tmp_path, plan)
    assert code == 0
    assert "2026-12-31" in out


def test_it_reads_standard_input(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "guatu.config.main", "schedule", "back-plan", "-", "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
        input=json.dumps(STREET),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert json.loads(done.stdout)["feasible"] is True
    assert list(tmp_path.iterdir()) == []


def _with(**changes):
    return {**STREET, **changes}


A = {"id": "A", "duration": 1}


@pytest.mark.parametrize(
    ("plan", "code", "named"),
    [
        (
            _with(nodes=[A, {**A, "id": "B"}], links=[{"from": "A", "to": "B"}, {"from": "B", "to": "A"}]),
            "schedule.circular",
            "AB",
        ),
        (_with(nodes=[A], links=[{"from": "A", "to": "X"}]), "schedule.unknown_node", "X"),
        (_with(nodes=[A, A], links=[]), "schedule.twice", "A"),
        (_with(nodes=[{"id": "A", "duration": -1}], links=[]), "schedule.bad_duration", "A"),
        (_with(nodes=[{"id": "A", "duration": "三天"}], links=[]), "schedule.bad_duration", "A"),
        (_with(nodes=[{"id": "A", "duration": 2.5}], links=[]), "schedule.bad_duration", "A"),
        (_with(nodes=[], links=[]), "schedule.no_nodes", ""),
        (
            _with(nodes=[A], links=[], calendar={"closures": [["2019-01-01", "2100-12-31"]]}),
            "schedule.no_work_day",
            "A",
        ),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_with_its_nodes(tmp_path, plan, code, named):
    error = _error(tmp_path, plan)
    assert error["code"] == code
    assert all(name in error["message"] for name in named)
    assert {item["node"] for item in error["items"]} == set(named)


@pytest.mark.parametrize(
    ("plan", "where"),
    [
        ("[]", "文件"),
        (_with(nodes={}), "nodes"),
        (_with(nodes=[A, 5]), "nodes[1]"),
        (_with(nodes=[{"duration": 1}]), "nodes[0].id"),
        (_with(nodes=[{"id": "A"}]), "nodes[0]（A）.duration"),
        (_with(nodes=[{**A, "unit": "weeks"}]), "nodes[0]（A）.unit"),
        (_with(nodes=[{**A, "finish_no_later": "2019-02-30"}]), "nodes[0]（A）.finish_no_later"),
        (_with(nodes=[{**A, "finish_no_latter": "2019-02-28"}]), "finish_no_latter"),
        (_with(nodes=[{**A, "crash": {"cost": 5}}]), "nodes[0]（A）.crash.max"),
        (_with(links=[{"from": "A"}]), "links[0].to"),
        (_with(links=[{"from": "A", "to": "A", "type": "XX"}]), "links[0].type"),
        (_with(calendar={"closures": [["2019-01-01"]]}), "calendar.closures[0]"),
        (_with(calendar={"closures": [["2019-01-01", "mañana"]]}), "calendar.closures[0][1]"),
        (_with(calendar={"country": "UK"}), "UK"),
        (_with(deadline="31.12.2019"), "deadline"),
        (_with(today=None), "today"),
        ({"today": "2019-03-27", "nodes": [A]}, "deadline"),
        ('{"deadline": ', "第 1 行"),
    ],
)
def test_a_wrong_shape_is_said_with_its_place(tmp_path, plan, where):
    assert where in _error(tmp_path, plan)["message"]


def test_a_file_that_is_none_is_said(tmp_path):
    from guatu.config.main import main

    assert main(["schedule", "back-plan", str(tmp_path / "none.json"), "--json"]) == 1
    (tmp_path / "latin.json").write_bytes(b'{"today": "\xff"}')
    assert main(["schedule", "back-plan", str(tmp_path / "latin.json"), "--json"]) == 1
    (tmp_path / "deep.json").write_text("[" * 100_000)
    assert main(["schedule", "back-plan", str(tmp_path / "deep.json"), "--json"]) == 1


def test_a_file_of_a_hundred_thousand_nodes_is_answered(tmp_path):
    nodes = [{"id": str(number), "duration": 2} for number in range(100_000)]
    links = [{"from": one["id"], "to": other["id"]} for one, other in pairwise(nodes)]
    begun = time.perf_counter()
    answer = _answer(tmp_path, {"deadline": "2019-12-31", "today": "2019-03-27", "nodes": nodes, "links": links})
    assert time.perf_counter() - begun < 100
    assert len(answer["nodes"]) == len(answer["driving_path"]) == 100_000
    assert [repair["kind"] for repair in answer["repairs"]] == ["moved deadline"]
