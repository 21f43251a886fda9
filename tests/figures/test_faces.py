"""One truth for a figure: command line, API and queries never disagree; what cannot be answered is refused by name."""

import json
from datetime import date

import pytest

from guatu.config.main import main
from guatu.core.actor import OPERATOR
from guatu.figures import actions as light_actions
from guatu.figures.queries import ask, figures
from guatu.people import actions
from tests.figures.conftest import YI

pytestmark = pytest.mark.django_db
WHERE = ["--year", "2019", "--level", "district", "--region", "410303", "--as-of", "2019-03-31"]
KEYS = {
    *("projects", "total_investment", "planned_investment", "investment_to_date", "investment_rate", "lead"),
    *("new_starts_planned", "started", "start_rate", "under_construction", "completed", "resumed_planned", "resumed"),
    *("resumed_rate", "resumed_started", "resumed_started_planned", "resumed_started_rate"),
}


def answer(capsys, *more: str) -> tuple[int, dict]:
    code = main(["figures", *WHERE, *more, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_command_answers_with_the_stable_keys(march, capsys):
    code, found = answer(capsys)
    assert code == 0
    assert found["as_of"] == "2019-03-31"
    assert found["time_progress"] == {"basis": "months", "percent": 25.0}
    row = found["rows"][0]
    assert row["group"] == {}
    assert row.keys() >= KEYS
    assert (row["investment_to_date"], row["investment_rate"], row["lead"]) == (3 * YI, 30.0, 5.0)


def test_groups_are_named_as_people_read_them_and_a_share_of_zero_is_null(march, capsys):
    _, found = answer(capsys, "--by", "class,kind")
    groups = [(row["group"]["class"], row["group"]["kind"], row["start_rate"]) for row in found["rows"]]
    assert ("产业类", "continuing", None) in groups
    assert ("城建类", "new_start", 50.0) in groups


@pytest.mark.parametrize("by", ["moon", "class,kind,unit"])
def test_an_impossible_cut_is_refused_with_exit_1_and_a_sentence(march, capsys, by):
    code, found = answer(capsys, "--by", by)
    assert code == 1
    assert found["error"]["message"]


def test_a_cut_by_light_names_its_groups_worst_first_and_counts_who_is_on_schedule(march, capsys):
    row = light_actions.draft_light_rules(actor=OPERATOR, region=march.region, preset="yinchuan")
    light_actions.adopt_light_rules(
        actor=OPERATOR, row=row, seen=row.version, valid_from=date(2019, 1, 1), approved_by="区政府"
    )
    project = march.project("戊", total=10 * YI, planned=10 * YI)
    march.stage(project, "started", date(2019, 2, 1))
    march.reading(project, date(2019, 2, 28), ytd=0)
    _, found = answer(capsys, "--by", "light")
    groups = [(row["group"]["light"], row["projects"], row["on_schedule"]) for row in found["rows"]]
    assert groups == [("yellow", 1, 0), ("green", 3, 3), (None, 1, None)]
    _, found = answer(capsys)
    assert (found["rows"][0]["on_schedule"], found["rows"][0]["on_schedule_rate"]) == (3, 60.0)
    assert main(["figures", *WHERE, "--by", "light"]) == 0
    assert [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()[1:]] == ["黄灯", "绿灯", "未亮灯"]


def test_a_list_that_does_not_exist_is_refused_and_says_which(march, capsys):
    code = main(["figures", "--year", "2018", *WHERE[2:], "--json"])
    found = json.loads(capsys.readouterr().out)
    assert (code, found["error"]["code"]) == (1, "figures.no_list")
    assert "2018" in found["error"]["message"]


@pytest.mark.parametrize("wrong", [["--level", "galaxy"], ["--as-of", "31 March"], ["--basis", "hearsay"]])
def test_wrong_usage_is_exit_2(march, capsys, wrong):
    with pytest.raises(SystemExit) as ended:
        main(["figures", *WHERE, *wrong, "--json"])
    assert ended.value.code == 2


def test_the_api_answers_what_the_command_answers(cast, march, capsys, client):
    _, secret = actions.issue_token(actor=OPERATOR, post=cast.post("office"), name="测试")
    query = {"year": 2019, "level": "district", "region": "410303", "as_of": "2019-03-31", "by": "class"}
    response = client.get("/api/v1/figures", query, headers={"Authorization": f"Bearer {secret}"})
    assert response.status_code == 200, response.content
    _, told = answer(capsys, "--by", "class")
    assert response.json() == told
    asked = ask(OPERATOR, [march.annual_list], date(2019, 3, 31))
    assert told["rows"][0]["projects"] == figures(OPERATOR, asked, ("class",)).rows[0].values["projects"]


def test_the_api_needs_a_token_and_refuses_with_a_problem(march, client):
    response = client.get("/api/v1/figures", {"year": 2019})
    assert response.status_code == 401
    assert response["Content-Type"].startswith("application/problem+json")
