"""Doubts on the page, on the command line and over the API: in pages of fifty, by two at once, after a restart."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from guatu.config.main import main
from guatu.core.refusals import Conflict, Refusal
from guatu.library.actions import RowChoice, decide_doubts
from guatu.library.models import ImportDecision, ImportDraft, OtherName, Project
from guatu.people import actions as people
from guatu.reporting import drafts
from tests.imports import books
from tests.imports.test_doubts import OLD, TYPED, ledger
from tests.imports.test_pages import act, browser, text_of, upload
from tests.support.cast import Cast, cast

__all__ = ["browser", "cast"]

SYLLABLES = "望岳青桐长宁春熙元丰瑞昌金谷芳林龙门天香清洛涧河百川银中州滨牡丹宏进亚威华夏白鹭云溪"
NAMES = [f"{a}{b}大道雨污分流" for a in SYLLABLES[::2] for b in SYLLABLES[1::2]]


def names(count: int) -> tuple[list[str], list[str]]:
    """Names of projects, and the same as another office would type them."""
    assert len(set(NAMES)) >= count
    return NAMES[:count], [f"{name}改造提升工程" for name in NAMES[:count]]


def doubtful(browser: Client, cast: Cast, count: int, plain: int = 0) -> ImportDraft:
    """A draft in which so many rows are likely known, and some others are new."""
    old, typed = names(count)
    upload(browser, cast, books.workbook(ledger(*old)), year=2018)
    act(browser, ImportDraft.objects.latest("pk"), "apply")
    assert Project.objects.count() == count
    rows = ledger(*typed, *(f"第{number}号地块土地整理" for number in range(1, plain + 1)))
    upload(browser, cast, books.workbook(rows))
    return ImportDraft.objects.latest("pk")


def doubts_of(row: ImportDraft) -> list[dict]:
    row.refresh_from_db()
    return row.report["answer"]["doubts"]


def shown(browser: Client, row: ImportDraft, number: int = 1, **more) -> str:
    address = reverse("reporting:import_draft", args=[row.public_id])
    return text_of(browser.get(address, {"show": "doubts", "page": number, **more}))


def filled(page: str) -> dict[str, str]:
    """What a browser would send of the page's form of doubts as it stands."""
    form = page[page.index("/decide/") :]
    form = form[: form.index("</form>")]
    fields = dict(re.findall(r'<input type="hidden" name="((?:key|seen)_\d+)" value="([^"]*)">', form))
    fields |= dict(re.findall(r'<input type="radio" name="(choice_\d+)" value="([^"]*)" checked>', form))
    return fields


def test_side_by_side_with_what_differs(browser, cast):
    upload(browser, cast, books.workbook(ledger(OLD, 项目业主="望岳投资有限公司")), year=2018)
    act(browser, ImportDraft.objects.latest("pk"), "apply")
    upload(browser, cast, books.workbook(ledger(TYPED, 项目业主="望岳投资有限公司")))
    row = ImportDraft.objects.latest("pk")
    page = text_of(browser.get(reverse("reporting:import_draft", args=[row.public_id])))
    assert '疑似同一项目<span class="n">1</span>' in page
    assert "望岳智能装备产业园<mark>区建设项目</mark>" in page
    assert "几乎可以肯定：" in page
    assert "业主相同" in page
    assert "全部导入</button>" not in page
    refused = act(browser, row, "apply")
    assert refused.status_code == 422
    assert "逐行认定" in text_of(refused)
    assert Project.objects.count() == 1


def test_a_decision_counts_at_once_and_the_draft_goes_in(browser, cast):
    row = doubtful(browser, cast, 1)
    act(browser, row, "decide", **filled(shown(browser, row, fill="best")))
    (doubt,) = doubts_of(row)
    assert (doubt["decision"], row.state, row.report["answer"]["created"]) == ("same", "checked", 0)
    assert act(browser, row, "apply").status_code == 302
    assert (Project.objects.count(), OtherName.objects.count()) == (1, 1)
    upload(browser, cast, books.workbook(ledger(*names(1)[1])))
    again = ImportDraft.objects.latest("pk")
    assert doubts_of(again) == []
    assert again.report["answer"]["unchanged"] == 1


def test_a_ledger_of_300_doubts_is_decided_in_pages_without_losing_one(browser, cast):
    row = doubtful(browser, cast, 300, plain=20)
    wanted = {doubt["key"]: ("new" if at % 3 == 0 else "same") for at, doubt in enumerate(doubts_of(row))}
    assert len(wanted) == 300
    for number in range(1, 7):
        fields = filled(shown(browser, row, number, fill="best"))
        assert sum(name.startswith("choice_") for name in fields) == 50
        for at in range(50):
            if wanted[fields[f"key_{at}"]] == "new":
                fields[f"choice_{at}"] = "new"
        response = act(browser, row, "decide", **fields)
        assert response.status_code == 302
        if number == 2:  # somebody checks again, and reads a column otherwise, before the rest is decided
            act(browser, row, "recheck")
            row.refresh_from_db()
            act(browser, row, "columns", seen=row.version, unit="万元")
    kept = {each.key: each.choice for each in ImportDecision.objects.filter(draft=row)}
    assert kept == wanted
    back = filled(shown(cast.client("office"), row, 3))
    assert all(back[f"choice_{at}"].partition(":")[0] == wanted[back[f"key_{at}"]] for at in range(50))
    answer = ImportDraft.objects.get(pk=row.pk).report["answer"]
    assert (answer["created"], answer["updated"], answer["errors"]) == (120, 200, [])
    assert act(browser, row, "apply").status_code == 302
    assert (Project.objects.count(), OtherName.objects.count()) == (420, 200)


def test_5000_rows_go_on_in_the_background_with_their_decisions(
    browser, cast, monkeypatch, django_capture_on_commit_callbacks
):
    row = doubtful(browser, cast, 3)
    monkeypatch.setattr(drafts, "AT_ONCE", 2)
    with django_capture_on_commit_callbacks(execute=True):
        act(browser, row, "decide", **filled(shown(browser, row, fill="new")))
    assert [doubt["decision"] for doubt in doubts_of(row)] == ["new"] * 3
    assert row.state == "checked"


def test_rows_without_a_choice_stay_open(browser, cast):
    row = doubtful(browser, cast, 3)
    fields = filled(shown(browser, row, fill="best"))
    del fields["choice_1"]
    response = act(browser, row, "decide", **fields)
    assert response.headers["Location"].endswith("?show=doubts&page=1")
    assert "还有 1 行没有认定" in shown(browser, row)
    assert ImportDecision.objects.count() == 2
    assert act(browser, row, "apply").status_code == 422


def test_of_two_who_decide_one_row_the_later_must_have_seen_the_earlier(browser, cast):
    row = doubtful(browser, cast, 2)
    mine, theirs = (filled(shown(browser, row, fill=fill)) for fill in ("new", "best"))
    del theirs["choice_1"]
    assert act(cast.client("office_head"), row, "decide", **theirs).status_code == 302
    assert act(browser, row, "decide", **mine).status_code == 409
    assert [each.choice for each in ImportDecision.objects.all()] == ["same"]
    assert act(browser, row, "decide", **filled(shown(browser, row, fill="new"))).status_code == 302
    assert [each.choice for each in ImportDecision.objects.all()] == ["new", "new"]


def test_what_is_sent_is_looked_at(browser, cast):
    row = doubtful(browser, cast, 1)
    fields = filled(shown(browser, row, fill="best"))
    assert act(browser, row, "decide", **{**fields, "choice_0": "same"}).status_code == 422
    assert act(browser, row, "decide", **{**fields, "choice_0": f"same:{row.public_id}"}).status_code == 404
    assert act(browser, row, "decide", **{**fields, "key_0": "another row"}).status_code == 302
    assert not ImportDecision.objects.exists()


def test_a_project_out_of_reach_does_not_exist(browser, cast):
    row = doubtful(browser, cast, 1)
    act(cast.client("outsider"), row, "discard")
    upload(cast.client("outsider"), cast, books.workbook(ledger("邻区广场")), region=cast.region("other_district").pk)
    act(cast.client("outsider"), ImportDraft.objects.latest("pk"), "apply")
    project = Project.objects.select_related("region").get(name="邻区广场")
    key = doubts_of(row)[0]["key"]
    for actor, wanted in (("office", project), ("outsider", Project.objects.select_related("region").first())):
        with pytest.raises(Refusal) as refused:
            decide_doubts(actor=cast.actor(actor), draft=row, seen={}, choices=[RowChoice(key, "甲", "same", wanted)])
        assert refused.value.code == "core.not_found"
    with pytest.raises(Conflict):
        decide_doubts(actor=cast.actor("office"), draft=row, seen={key: 7}, choices=[RowChoice(key, "甲", "new")])


# -- command line and API ---------------------------------------------------------------------------------------------
WHERE = ("--year", "2019", "--level", "district", "--region", "410303")


@pytest.fixture
def run(browser, cast, tmp_path, capsys):
    """`guatu import plan` of one doubtful row: (exit code, what it printed)."""
    upload(browser, cast, books.workbook(ledger(OLD)), year=2018)
    act(browser, ImportDraft.objects.latest("pk"), "apply")
    path = str(books.write(tmp_path, "台账.xlsx", books.workbook(ledger(TYPED))))

    def go(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(["import", "plan", path, *WHERE, *words])
        return code, capsys.readouterr().out

    return go


def test_the_command_line_says_what_is_doubtful_and_how_to_go_on(run):
    code, said = run()
    assert code == 1
    assert f"“{TYPED}”可能就是库里的“{OLD}”（几乎可以肯定：" in said
    assert "--decisions" in said
    assert Project.objects.count() == 1
    assert run("--dry-run")[0] == 1
    code, said = run("--doubts", "best", "--json")
    assert (code, json.loads(said)["doubts"][0]["decision"], Project.objects.count()) == (0, "same", 1)


@pytest.mark.parametrize(
    ("line", "projects", "name"),
    [(f"{TYPED},{OLD}\n", 1, OLD), (f"名称,项目,改名\n{TYPED},{OLD},rename\n", 1, TYPED), (f"{TYPED},\n", 2, OLD)],
)
def test_decisions_come_from_a_file(run, tmp_path, line, projects, name):
    path = tmp_path / "认定.csv"
    path.write_bytes(line.encode("gb18030"))
    assert run("--decisions", str(path))[0] == 0
    assert (Project.objects.count(), Project.objects.order_by("pk")[0].name) == (projects, name)


def test_a_file_of_decisions_names_what_it_does_not_know(run, tmp_path):
    path = tmp_path / "认定.csv"
    path.write_text(f"{TYPED},没有这个项目\n")
    code, said = run("--decisions", str(path))
    assert code == 1
    assert "没有找到项目“没有这个项目”" in said


def by_token(cast: Cast) -> Client:
    _row, secret = people.issue_token(actor=cast.actor("office"), post=cast.post("office"), name="test")
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_a_stored_import_is_decided_over_the_api(browser, cast):
    row = doubtful(browser, cast, 2)
    client, address = by_token(cast), f"/api/v1/imports/{row.public_id}"

    def decide(*decisions):
        return client.post(f"{address}/decisions", json.dumps(decisions), content_type="application/json")

    first, second = client.get(address).json()["answer"]["doubts"]
    same = {"key": first["key"], "choice": "same", "project": first["candidates"][0]["project"]}
    assert client.post(f"{address}/apply").json()["items"][0]["message"] == first["message"]
    told = decide(same).json()
    assert (told["state"], [each["choice"] for each in told["decisions"]]) == ("waiting", ["same"])
    assert decide({"key": first["key"], "choice": "new"}).status_code == 409
    assert decide({"key": "another row", "choice": "new"}).status_code == 404
    told = decide({"key": second["key"], "choice": "new"}).json()
    assert (told["state"], told["created"], told["updated"]) == ("checked", 1, 1)
    assert client.post(f"{address}/apply").json()["state"] == "applied"


def test_an_undo_takes_back_what_was_decided_and_it_is_asked_again(browser, cast):
    row = doubtful(browser, cast, 3)
    fields = filled(shown(browser, row, fill="best"))
    fields["choice_1"] = fields["choice_1"].replace("same:", "rename:")
    fields["choice_2"] = "new"
    act(browser, row, "decide", **fields)
    act(browser, row, "apply")
    names_then = set(Project.objects.values_list("name", flat=True))
    assert act(browser, row, "undo", reason="认错了").status_code == 302
    row.refresh_from_db()
    assert row.state == "undone"
    assert set(Project.objects.filter(withdrawn=False).values_list("name", flat=True)) == set(names(3)[0])
    assert not OtherName.objects.filter(withdrawn=False).exists()
    upload(browser, cast, books.workbook(ledger(*names(3)[1])))
    again = ImportDraft.objects.latest("pk")
    assert [doubt["decision"] for doubt in doubts_of(again)] == [""] * 3
    act(browser, again, "decide", **{**filled(shown(browser, again, fill="best")), **{"choice_1": "new"}})
    assert act(browser, again, "apply").status_code == 302
    assert names_then != set(Project.objects.filter(withdrawn=False).values_list("name", flat=True))


def test_the_api_takes_decisions_too(run, cast):
    client = by_token(cast)

    def ask(**more):
        form = {"year": 2019, "level": "district", "region": "410303", **more}
        file = SimpleUploadedFile("台账.xlsx", books.workbook(ledger(TYPED)))
        return client.post("/api/v1/imports/plan", {**form, "file": file})

    refused = ask()
    assert (refused.status_code, refused.json()["code"]) == (422, "library.doubts_open")
    assert refused.json()["items"][0]["candidates"][0]["name"] == OLD
    assert ask(doubts="new", dry_run=True).json()["created"] == 1
    assert ask(decisions="不是 JSON").json()["code"] == "reporting.decisions_wrong"
    told = json.dumps([{"name": TYPED, "project": OLD}])
    assert ask(decisions=told).json()["doubts"][0]["decision"] == "same"
    assert (Project.objects.count(), OtherName.objects.count()) == (1, 1)
