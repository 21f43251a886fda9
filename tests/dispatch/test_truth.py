"""What is claimed, checked and confirmed stays apart on every page of figures, and one switch goes between them."""

import json
from datetime import date, datetime

import pytest
from django.test import Client

from guatu.core import clock
from guatu.core.refusals import Refusal
from guatu.dispatch.focus import my_projects
from guatu.figures.queries import ask, facts, months, unadopted
from guatu.figures.queries.memo import forget
from guatu.people import actions as people
from tests.figures.conftest import YI

END, QUERY = date(2019, 3, 31), {"as_of": "2019-03-31"}
PAGES = ["", "rows/", "lagging/", "cut/", "bases/", "targets/", "targets/rows/"]
SWITCH = 'aria-label="数据核实程度"'


def text_of(response, status=200):
    assert response.status_code == status
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


@pytest.fixture
def told(spring):
    """丙 has told 1 亿 that nobody looked at; 乙 and 甲 claimed other sums of the day than the confirmed ones."""
    spring.reading(spring.projects["丙"], END, ytd=YI, truth="claimed")
    spring.reading(spring.projects["甲"], END, ytd=17 * YI // 10, truth="claimed")
    spring.reading(
        spring.projects["乙"], END, cumulative=7 * YI // 10, truth="claimed"
    )  # written later: it still loses
    spring.reading(spring.projects["甲"], END, ytd=3 * YI // 2, truth="checked")
    forget()
    return spring


def done(told, cast, truth, who="office"):
    asked = ask(cast.actor(who), [told.annual_list], END, truth=truth)
    return {row.project_id: row.investment_to_date for row in facts(asked)}, asked


def test_of_one_day_the_better_truth_holds_and_what_nobody_else_told_is_added(told, cast):
    confirmed, _asked = done(told, cast, "confirmed")
    claimed, asked = done(told, cast, "claimed")
    ids = {name: project.pk for name, project in told.projects.items()}
    assert (confirmed[ids["丙"]], claimed[ids["丙"]]) == (None, YI)
    assert claimed[ids["乙"]] == confirmed[ids["乙"]] == YI // 2
    assert sum(row.done for row in months(asked)) == 3 * YI // 2 + YI  # 甲 and 丙 told this year's sums
    assert done(told, cast, "checked")[0] == confirmed
    found = unadopted(asked)
    assert (found.count, found.amount) == (1, YI)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_the_switch_and_says_what_is_not_adopted(told, cast, page):
    client = cast.client("office")
    confirmed = text_of(client.get(f"/dispatch/{page}", {**QUERY, "level": "month"}))
    assert SWITCH in confirmed
    assert "未采用" not in confirmed
    claimed = text_of(client.get(f"/dispatch/{page}", {**QUERY, "level": "month", "truth": "claimed"}))
    assert "含未采用数：1 项的进度还未经项目办采用，本年完成比采用数 +1.00 亿元" in claimed
    assert 'class="page  unadopted"' in claimed or "unadopted" in claimed.split("<main")[1].split(">")[0]
    if page in ("", "cut/"):
        assert "truth=claimed&amp;indicator=" in claimed or "truth=claimed&indicator=" in claimed
    keeps = claimed.split(SWITCH)[1].split("</nav>")[0]
    assert "as_of=2019-03-31" in keeps
    assert "level=month" in keeps


def test_the_rows_behind_a_claimed_figure_say_how_far_each_is_checked(told, cast):
    query = {**QUERY, "indicator": "investment_to_date", "export": "csv"}
    client = cast.client("office")
    assert "核实程度" not in text_of(client.get("/dispatch/rows/", query))
    rows = text_of(client.get("/dispatch/rows/", {**query, "truth": "claimed"}))
    said = {line.split(",")[0]: line for line in rows.splitlines()}
    assert "已填报" in said["丙"]
    assert "项目办已采用" in said["乙"]


@pytest.mark.parametrize(("who", "sees"), [("office", True), ("head", True), ("supervision", False)])
def test_who_may_see_figures_that_nobody_has_adopted(told, cast, who, sees):
    client = cast.client(who)
    assert (SWITCH in text_of(client.get("/dispatch/", QUERY))) is sees
    text_of(client.get("/dispatch/", {**QUERY, "truth": "claimed"}), 200 if sees else 403)


def test_a_unit_sees_its_own_claims_alone(told, cast):
    told.assign(told.projects["丙"], "responsible", unit=cast.unit("housing"))
    claimed, _asked = done(told, cast, "claimed", "reporter")
    assert set(claimed) == {told.projects["丙"].pk, told.projects["戊 2 号路"].pk}


def test_an_unknown_truth_is_refused_by_name(told, cast):
    assert "数据核实程度没有“rumour”" in text_of(cast.client("office").get("/dispatch/", {"truth": "rumour"}), 422)


def by_api(cast, who, path, query):
    _row, secret = people.issue_token(actor=cast.actor(who), post=cast.post(who), name="test")
    return Client().get(f"/api/v1/{path}", query, headers={"Authorization": f"Bearer {secret}"})


def test_the_api_answers_by_truth_and_refuses_who_may_not(told, cast):
    asked = {"year": 2019, "level": "district", "region": "410303", "as_of": "2019-03-31", "truth": "claimed"}
    answer = json.loads(text_of(by_api(cast, "office", "figures", asked)))
    assert (answer["truth"], answer["rows"][0]["investment_to_date"]) == ("claimed", 4 * YI)
    rows = json.loads(text_of(by_api(cast, "office", "figures/rows", {**asked, "indicator": "reported"})))
    assert "丙" in {row["name"] for row in rows["rows"]}
    assert by_api(cast, "supervision", "figures", asked).status_code == 403


def test_the_librarys_money_columns_follow_the_switch(told, cast):
    client, query = cast.client("office"), {"list": str(told.annual_list.public_id), "export": "csv"}
    for project in told.projects.values():
        project.refresh_from_db()
    confirmed = text_of(client.get("/library/", query))
    claimed = text_of(client.get("/library/", {**query, "truth": "claimed"}))
    row = next(line for line in claimed.splitlines() if line.startswith("丙"))
    assert "1.00" in row
    assert row not in confirmed
    page = text_of(client.get("/library/", {"list": query["list"], "truth": "claimed"}))
    assert "含未采用数" in page
    assert SWITCH in page
    assert "truth=claimed" in page.split("<table")[1]


def test_a_projects_money_shows_its_claims_apart(told, cast):
    project = told.projects["丙"]
    address = f"/library/projects/{project.public_id}/"
    client = cast.client("office")
    assert "已填报</span>" not in text_of(client.get(address, {"tab": "money"}))
    page = text_of(client.get(address, {"tab": "money", "truth": "claimed"}))
    assert 'tag-hollow">已填报</span>' in page
    assert '"role": "claimed"' in page


def test_a_snapshot_holds_confirmed_figures_whatever_its_page_showed(told, cast):
    from guatu.figures.models import Snapshot, SnapshotFigure

    client = cast.client("office")
    sent = {"name": "三月会议", "as_of": "2019-03-31"}
    assert client.post("/dispatch/snapshots/?truth=claimed", sent).status_code == 302
    kept = SnapshotFigure.objects.get(snapshot=Snapshot.objects.get(), cut="", indicator="investment_to_date")
    assert int(kept.value) == 3 * YI


def test_claims_are_not_for_every_post(told, cast):
    with pytest.raises(Refusal):
        ask(cast.actor("supervision"), [told.annual_list], END, truth="claimed")


def test_today_says_of_which_project_something_is_told_that_nobody_adopted(told, cast):
    with clock.at(datetime(2019, 3, 31, 9, tzinfo=clock.ZONE)):
        forget()
        rows = {row["row"].project.name: row["claimed"] for row in my_projects(cast.actor("office"))["rows"]}
        assert {name for name, claimed in rows.items() if claimed} == {"丙"}
        assert "有未采用数" in text_of(cast.client("office").get("/today/"))
        mine = my_projects(cast.actor("supervision"))
        assert not any(row["claimed"] for row in (mine or {"rows": []})["rows"])
