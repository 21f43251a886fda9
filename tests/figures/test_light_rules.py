"""Rules of lights of regions: drafted from a preset, put in force once, followed and never edited; told in words."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.core.refusals import Conflict, Refusal
from guatu.domain.lights import FACTS, PRESETS, in_force
from guatu.figures import actions
from guatu.figures.choices import LIGHT_FACTS
from guatu.figures.models import LightRuleSet
from guatu.figures.policies import visible_light_rules
from guatu.figures.queries.light_rules import in_words, rows_in_force, rule_set, rules_over
from tests.figures.lit import Fields

URL = "/figures/lights/rules/"


@pytest.fixture
def draft(cast):
    return actions.draft_light_rules(actor=cast.actor("office"), region=cast.region(), preset="yinchuan")


def adopt(row, first, actor=OPERATOR, by="领导小组〔2026〕3号"):
    return actions.adopt_light_rules(actor=actor, row=row, seen=row.version, valid_from=first, approved_by=by)


def later(cast, preset="yinchuan"):
    return actions.draft_light_rules(actor=cast.actor("office"), region=cast.region(), preset=preset)


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_every_preset_can_be_drafted_and_told_in_words(cast, preset):
    row = actions.draft_light_rules(actor=cast.actor("office"), region=cast.region(), preset=preset)
    rules = rule_set(row)
    told = in_words(rules)
    assert [one.code for one in told if one.code not in ("scope", "unmet", "unknown")] == [r.code for r in rules.rules]
    assert all(one.condition and one.say for one in told)


def test_every_fact_has_its_words():
    assert set(LIGHT_FACTS) == set(FACTS)


def test_a_condition_reads_as_a_person_says_it(draft):
    told = {one.code: one for one in in_words(rule_set(draft))}
    assert told["progress_red"].condition == "比序时进度（百分点）小于−30"
    assert told["completed"].condition == "已竣工"
    assert told["progress_gap"].condition == "比序时进度（百分点）大于−10，且比序时进度（百分点）小于0"
    assert told["unknown"].condition.endswith("比序时进度（百分点）")


def test_an_unknown_preset_is_refused_by_the_names_of_those_there_are(cast):
    with pytest.raises(Refusal, match="yinchuan"):
        actions.draft_light_rules(actor=cast.actor("office"), region=cast.region(), preset="paris")


def test_only_the_office_of_the_region_drafts_and_only_its_head_puts_in_force(cast, draft):
    for who in ("reporter", "outsider"):
        with pytest.raises(Refusal):
            actions.draft_light_rules(actor=cast.actor(who), region=cast.region(), preset="wuhan")
    with pytest.raises(Refusal):
        adopt(draft, clock.today(), cast.actor("office"))
    adopt(draft, clock.today(), cast.actor("office_head"))
    draft.refresh_from_db()
    assert (draft.state, draft.valid_from, draft.approved_by) == ("in_force", clock.today(), "领导小组〔2026〕3号")


def test_who_wrote_a_draft_does_not_put_it_in_force(cast):
    head = cast.actor("office_head")
    row = actions.draft_light_rules(actor=head, region=cast.region(), preset="yinchuan")
    with pytest.raises(Refusal) as refused:
        adopt(row, clock.today(), head)
    assert refused.value.code == "core.two_persons"
    adopt(row, clock.today())


def test_who_may_do_everything_sees_the_drafts_too(cast, draft):
    assert list(visible_light_rules(OPERATOR)) == [draft]


def test_rules_in_force_are_never_edited_only_followed(cast, draft):
    adopt(draft, clock.today())
    with pytest.raises(Refusal) as refused:
        actions.change_light_rules(actor=OPERATOR, row=draft, seen=draft.version, name="改", rules=draft.rules)
    assert refused.value.code == "core.edition_stands"
    with pytest.raises(Refusal):
        adopt(draft, clock.today() + timedelta(days=3))
    following = actions.draft_light_rules(actor=cast.actor("office"), region=cast.region(), follows=draft)
    assert (following.code, following.edition, following.state, following.rules) == (
        "yinchuan",
        2,
        "draft",
        draft.rules,
    )


def test_the_former_rules_end_on_the_day_before_and_a_past_day_keeps_its_own(cast, draft):
    today = clock.today()
    adopt(draft, today - timedelta(days=100))  # a region's first rules may begin in the past
    other = later(cast, "wuhan")
    with pytest.raises(Refusal) as refused:
        adopt(other, today - timedelta(days=1))
    assert refused.value.code == "core.edition_backdated"
    assert LightRuleSet.objects.get(pk=draft.pk).valid_to is None
    adopt(other, today + timedelta(days=10))
    draft.refresh_from_db()
    assert draft.valid_to == today + timedelta(days=9)
    rules = rules_over(rows_in_force(), cast.region())
    assert in_force(rules, today - timedelta(days=50)).code == "yinchuan"
    assert in_force(rules, today + timedelta(days=9)).code == "yinchuan"
    assert in_force(rules, today + timedelta(days=10)).code == "wuhan"


def test_two_rule_sets_never_begin_on_one_day(cast, draft):
    adopt(draft, clock.today())
    with pytest.raises(Refusal) as refused:
        adopt(later(cast, "wuhan"), clock.today())
    assert refused.value.code == "core.edition_backdated"


def test_a_region_without_rules_has_those_of_the_nearest_above(cast):
    city = actions.draft_light_rules(actor=OPERATOR, region=cast.region("city"), preset="sanya")
    adopt(city, clock.today())
    street = cast.region("street_region")
    assert [row.code for row in rules_over(rows_in_force(), street)] == ["sanya"]
    adopt(later(cast), clock.today())
    assert [row.code for row in rules_over(rows_in_force(), street)] == ["yinchuan"]
    assert rows_in_force(known=clock.today() - timedelta(days=1)) == []


def test_an_approval_needs_a_name(cast, draft):
    with pytest.raises(Refusal, match="批准人"):
        adopt(draft, clock.today(), by=" ")


def test_a_bad_rule_is_refused_by_rule_and_field_and_the_draft_stays(cast, draft):
    rules = json.loads(json.dumps(draft.rules))
    rules["rules"][1]["when"][0]["fact"] = "rain"
    with pytest.raises(Refusal) as refused:
        actions.change_light_rules(actor=cast.actor("office"), row=draft, seen=draft.version, name="x", rules=rules)
    assert "progress_red" in str(refused.value)
    assert "when[1].fact" in str(refused.value)
    draft.refresh_from_db()
    assert draft.name == PRESETS["yinchuan"]["name"]


def test_the_second_of_two_editors_is_shown_the_firsts_change(cast, draft):
    seen = draft.version
    other = LightRuleSet.objects.get(pk=draft.pk)
    actions.change_light_rules(actor=cast.actor("office"), row=draft, seen=seen, name="甲", rules=draft.rules)
    with pytest.raises(Conflict):
        actions.change_light_rules(actor=cast.actor("office_head"), row=other, seen=seen, name="乙", rules=other.rules)


# -- pages ------------------------------------------------------------------------------------------------------------
def text(answer):
    return answer.content.decode()


def test_an_office_adopts_a_preset_edits_it_and_the_head_puts_it_in_force(cast):
    office, head = cast.client("office"), cast.client("office_head")
    assert "还没有红黄绿灯规则" in text(office.get(URL))
    sent = office.post(f"{URL}new/", {"region": "410303", "preset": "yinchuan"})
    assert sent.status_code == 302
    here = sent.url
    assert "原规定未涉及" in text(office.get(here))
    row = LightRuleSet.objects.get()
    values = {"name": "西工区规则", "source": "本区规定", "do": "save"}
    assert office.post(f"{here}edit/", {**Fields(text(office.get(f"{here}edit/"))).found, **values}).status_code == 302
    row.refresh_from_db()
    assert office.post(f"{here}adopt/", {}).status_code == 403
    given = {"valid_from": clock.today().isoformat(), "approved_by": "区政府", "seen": row.version}
    assert head.post(f"{here}adopt/", given).status_code == 302
    shown = text(cast.client("reporter").get(here))
    assert "西工区规则" in shown
    assert "来源：本区规定。" in shown
    assert "执行中" in shown
    assert "拟订新版" not in shown
    assert office.post(f"{here}next/").status_code == 302
    assert text(office.get(here)).count("第 1 版") == 1
    assert "草稿" in text(office.get(here))
    assert "草稿" not in text(cast.client("reporter").get(URL))


@pytest.mark.parametrize("rules", ["{", "[" * 5000, "[]", '{"rules": 3}', "null", '{"code": "mine"}'])
def test_rules_that_are_no_rules_stand_refused_beside_the_form(cast, draft, rules):
    answer = cast.client("office").post(
        f"{URL}{draft.public_id}/edit/", {"name": "x", "rules": rules, "seen": draft.version, "do": "paste"}
    )
    assert answer.status_code == 422
    assert 'class="hint hint-error" id="id_rules_error"' in text(answer)
    draft.refresh_from_db()
    assert draft.version == 1


def test_a_draft_is_not_there_for_who_does_not_draft(cast, draft):
    assert cast.client("reporter").get(f"{URL}{draft.public_id}/").status_code == 404
    assert cast.client("outsider").get(f"{URL}{draft.public_id}/").status_code == 404


def test_a_district_sees_the_citys_rules_but_does_not_follow_them_there(cast):
    city = actions.draft_light_rules(actor=OPERATOR, region=cast.region("city"), preset="sanya")
    adopt(city, date(2019, 1, 1))
    here = f"{URL}{city.public_id}/"
    shown = text(cast.client("office").get(here))
    assert "不足1000万元" in shown
    assert "拟订新版" not in shown
    assert cast.client("office").post(f"{here}next/").status_code == 403


def test_the_rules_of_the_how_to_are_read(cast, draft):
    page = (Path(__file__).resolve().parents[2] / "docs" / "howto" / "light-rules.md").read_text(encoding="utf-8")
    rules = json.loads(page.split("```json\n")[1].split("```")[0])
    actions.change_light_rules(actor=OPERATOR, row=draft, seen=draft.version, name="本区规则", rules=rules)
    draft.refresh_from_db()
    assert [one.code for one in rule_set(draft).rules] == ["progress_red"]
