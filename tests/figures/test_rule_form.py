"""The form of rules as rows: without scripts, in Chinese, with errors beside the field; words and a trial before it."""

import json

import pytest

from guatu.core import clock
from guatu.domain.lights import FACTS, PRESETS
from guatu.figures import actions, rule_words
from guatu.figures.models import LightRuleSet
from guatu.figures.queries.light_facts import facts_on, lists_of
from guatu.figures.queries.light_rules import KEPT, rule_set
from guatu.figures.queries.light_trial import trial
from guatu.figures.rule_sheet import Sheet
from guatu.library.models import Project
from tests.figures.conftest import cast, district, march
from tests.figures.lit import RED, Fields, adopt, behind, text

__all__ = ["cast", "district", "march"]


@pytest.fixture
def draft(cast):
    return actions.draft_light_rules(actor=cast.actor("office"), region=cast.region(), preset="sanya")


@pytest.fixture
def form(cast, draft):
    """Sends the form as it stands on the page with a button and changes; None takes a field away."""
    client, here = cast.client("office"), f"/figures/lights/rules/{draft.public_id}/edit/"

    def send(do, page=None, **changes):
        sent = dict(Fields(page or text(client.get(here))).found)
        sent.pop("request_id", None)
        for name, value in changes.items():
            sent[name.replace("__", ".")] = value
        sent["do"] = do
        return client.post(here, {name: value for name, value in sent.items() if value is not None})

    send.client, send.here = client, here
    return send


def kept(draft):
    return LightRuleSet.objects.get(pk=draft.pk).rules


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_rows_give_back_the_rules_that_they_were_made_of(preset):
    rules = {key: PRESETS[preset][key] for key in KEPT if key in PRESETS[preset]}
    sheet = Sheet.of(rules)
    assert sheet.kept(rules["rhythm"], rules["source"]) == rules
    assert not sheet.wrong


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_what_the_page_shows_and_sends_is_saved_as_it_was(cast, preset):
    row = actions.draft_light_rules(actor=cast.actor("office"), region=cast.region(), preset=preset)
    client, here = cast.client("office"), f"/figures/lights/rules/{row.public_id}/edit/"
    page = text(client.get(here))
    assert client.post(here, {**Fields(page).found, "name": "改名", "do": "save"}).status_code == 302
    now = LightRuleSet.objects.get(pk=row.pk)
    assert now.name == "改名"
    assert now.rules == row.rules


def test_the_page_speaks_of_facts_and_units_in_chinese(form):
    page = text(form.client.get(form.here))
    assert "年度计划投资（万元）" in page
    assert "完成投资为序时计划的{完成占序时应完成}%" in page
    assert "开工后未纳统月数（目前无数据）" in page
    assert "investment_ratio}" not in page.split("<details")[0]


def test_rows_are_added_moved_and_dropped_without_scripts(form, draft):
    page = text(form("add.rule"))
    added = Fields(page)
    assert added.found["r4.code"] == ["rule_1"]
    assert kept(draft) == draft.rules  # nothing is written yet
    page = text(form("test.r4", page))
    assert "r4.t1.fact" in Fields(page).found
    page = text(form("drop.r4.t1", page, r4__t0__value="9"))
    found = Fields(page).found
    assert "r4.t1.fact" not in found
    assert found["r4.t0.value"] == ["9"]
    page = text(form("up.r4", page))
    assert Fields(page).found["r3.code"] == ["rule_1"]
    page = text(form("drop.r0", page))
    codes = [Fields(page).found[f"r{place}.code"][0] for place in range(4)]
    assert codes == ["ratio_red", "second_yellow", "rule_1", "ratio_yellow"]
    page = text(form("drop.s", page))
    assert "s.code" not in Fields(page).found
    assert "s.code" in Fields(text(form("add.s", page))).found


def test_another_fact_has_other_operators_and_values(form):
    page = text(form("show", r1__t0__fact="stage"))
    assert 'type="checkbox" name="r1.t0.value" value="preliminary"' in page
    page = text(form("show", page, r1__t0__fact="planned_investment"))
    assert "万元</span>" in page
    page = text(form("show", page, r1__t0__fact="payment_ratio"))
    assert "目前无数据，含这一条件的规则不会亮灯" in page


def test_what_is_typed_is_kept_in_its_units(form, draft):
    changes = {
        "s__t0__value": "1.2亿",
        "r1__t0__value": "49.5",
        "r1__say": "只完成{完成占序时应完成|不带正负号}%",
        "r2__t2__fact": "stage",
        "r2__t2__op": "one_of",
        "r2__t2__value": ["started", "suspended"],
    }
    assert form("save", **changes).status_code == 302
    rules = kept(draft)
    assert rules["scope"]["when"][0]["value"] == 120_000_000
    assert rules["rules"][1]["when"][0]["value"] == "49.5"
    assert rules["rules"][1]["say"] == "只完成{investment_ratio|size}%"
    assert rules["rules"][2]["when"][2] == {"fact": "stage", "op": "one_of", "value": ["started", "suspended"]}
    rule_set(LightRuleSet.objects.get(pk=draft.pk))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"r1__t0__value": "五十"}, "请填数字"),
        ({"r2__t2__value": "1.5"}, "请填整数"),
        ({"s__t0__value": "很多"}, "金额"),
        ({"r1__say": " "}, "请写一句说明"),
        ({"r1__say": "下雨{天气}"}, "“天气”不能填入"),
        ({"r1__say": "少一半}"}, "不能填入"),
        ({"u__say": "滞后{节点最长滞后天数}天"}, "“days_late”不能填入"),
        ({"u__essential": None}, "请至少选一项"),
        ({"r1__t0__fact": "stage", "r1__t0__value": None}, "请至少选一项"),
        ({"r1__t0__fact": "stage", "r1__t0__op": "is", "r1__t0__value": ["started", "landed"]}, "要选几项，请用“属于”"),
        ({"r1__t0__fact": None}, "至少要有一个条件"),
        ({"name": ""}, "hint-error"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_saved(form, draft, change, said):
    page = text(form("save", **change), 422)
    assert said in page
    assert "没有存入" in page or "hint-error" in page
    assert kept(draft) == draft.rules


def test_rules_are_read_back_and_tried_before_they_are_saved(cast, form, draft, march):
    behind(cast, march)
    with clock.at(RED):
        page = text(form("try", r1__t0__value="70"))
        assert "完成占序时应完成（%）小于70" in page
        assert "试算 5 项" in page
        table = page.split('class="dense trial"')[1].split("</table>")[0]
        counts = [int(part.split("<")[0]) for part in table.split('class="num key">')[1:]]
        assert sum(counts) == 5
        assert counts[0] > 0  # 己 is red
        assert kept(draft) == draft.rules
        lit = sum(counts[:-1])  # all that the draft lights: without rules in force nobody has a light
        assert f"灯色会变的 {lit} 项" in page
        listed = page.split("灯色会变的项目")[1].split("</table>")[0]
        row = listed.split("己</a>")[1].split("</tr>")[0]
        assert row.index("未亮灯") < row.index("红灯")
        Project.objects.filter(name="己").update(secrecy="sensitive")
        lead = trial(cast.actor("superior"), march.region, rule_set(draft), RED.date())
        assert (lead.changes, "己" in [one.project.name for one in lead.changed]) == (lit, False)
        Project.objects.filter(name="己").update(secrecy="open")
        shown = text(cast.client("office").get(f"/figures/lights/rules/{draft.public_id}/", {"try": "1"}))
        assert "试算 5 项" in shown
        adopt(march.region)
        now = text(cast.client("office").get(f"/figures/lights/rules/{draft.public_id}/", {"try": "1"}))
        assert now != shown


def test_rules_are_folded_to_a_line_each_until_they_are_touched_or_wrong(cast, form, draft):
    url = f"/figures/lights/rules/{draft.public_id}/edit/"
    page = text(cast.client("office").get(url))
    folds = page.count('<details class="sec rule-row"')
    assert folds == len(draft.rules["rules"]) + 2  # the scope, and what it means that no rule is met
    assert '<details class="sec rule-row" open' not in page
    assert "完成占序时应完成小于50%" in page.split("规则 2</b>")[1].split("</summary>")[0]
    for sent, status in (
        (form("test.r1"), 200),
        (form("show.r1.t0"), 200),
        (form("try", r1__say=" "), 422),
        (form("show", r1__t0__value="55"), 200),
    ):
        lines = text(sent, status).split('<details class="sec rule-row"')[1:]
        assert [place for place, line in enumerate(lines) if line.startswith(" open")] == [2]


def test_rules_come_and_go_as_json(form, draft):
    own = {key: PRESETS["wuhan"][key] for key in KEPT if key in PRESETS["wuhan"]}
    page = text(form("paste", rules=json.dumps(own)))
    assert Fields(page).found["r1.code"] == ["ratio_red"]
    assert kept(draft) == draft.rules
    assert form("save", page).status_code == 302
    assert kept(draft) == own


def test_the_second_of_two_editors_is_told_and_his_rows_stay(cast, form, draft):
    page = text(form.client.get(form.here))
    actions.change_light_rules(
        actor=cast.actor("office_head"), row=draft, seen=draft.version, name="甲", rules=draft.rules
    )
    shown = text(form("save", page, name="乙", r1__t0__value="33"), 409)
    assert Fields(shown).found["r1.t0.value"] == ["33"]
    assert "项目办主任" in shown
    assert form("save", shown).status_code == 302
    assert kept(draft)["rules"][1]["when"][0]["value"] == 33


def test_rules_in_force_have_no_form(cast, march):
    row = adopt(march.region)
    answer = cast.client("office").get(f"/figures/lights/rules/{row.public_id}/edit/")
    assert "不能改写" in text(answer, 409)


def test_sentences_are_read_and_kept_alike():
    for code, fact in FACTS.items():
        if fact.kind not in ("flag", "choice"):
            kept = f"{{{code}|size}}"
            assert rule_words.stored(rule_words.readable(kept)) == kept
    assert rule_words.stored("{lead}") == "{lead}"
    names = [rule_words.name_of(code) for code in FACTS]
    assert len(set(names)) == len(names)


def test_facts_without_data_are_those_that_nothing_supplies(march):
    assert {"payment_ratio", "statistics_wait", "report_days_late", "matters_overdue", "procedures_overdue"} == set(
        rule_words.WITHOUT_DATA
    )
    projects = [row.pk for row in march.projects.values()]
    found = facts_on(lists_of(projects, RED.year), RED.date(), None, FACTS, projects)
    assert found.keys() == set(projects)
    for facts in found.values():
        assert not facts.keys() & rule_words.WITHOUT_DATA
