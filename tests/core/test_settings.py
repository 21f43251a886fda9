"""Settings: declared once, changed through an action, with history, never stale in the process that changed them."""

from datetime import date, datetime

import pytest

from guatu.core import clock
from guatu.core import settings as declared_settings
from guatu.core.actions import change_setting
from guatu.core.actor import OPERATOR
from guatu.core.audience import sees
from guatu.core.kinds import MONEY, WHOLE, Unreadable, several
from guatu.core.models import SettingRow, TrailEntry
from guatu.core.posts import POST_WORDS
from guatu.core.refusals import Refusal
from guatu.core.regions import RegionName, RegionSource, register_regions
from guatu.core.settings import declare_setting, setting
from guatu.core.writing import action
from guatu.people.choices import BUILT_IN_POSTS, PostKind
from tests.support.actors import post


def day_of_month(value):
    return "" if 1 <= value <= 28 else "只能是 1 到 28 日"


declare_setting("tests.cut_off", "截止日", 25, day_of_month, WHOLE, per_region=True)
declare_setting("tests.cap", "上限", 100_000_000, kind=MONEY)

pytestmark = pytest.mark.django_db
WEST, EAST = RegionName(7, "410300/410303/", "西工区"), RegionName(8, "410300/410305/", "涧西区")


@pytest.fixture(autouse=True)
def _regions(monkeypatch):
    monkeypatch.setattr("guatu.core.regions._source", [])
    register_regions(
        RegionSource(
            lambda path: [region for region in (WEST, EAST) if region.path.startswith(path)],
            lambda path: [1, 2],
        )
    )


def moment(day):
    return datetime.combine(date.fromisoformat(day), datetime.min.time().replace(hour=9), clock.ZONE)


def test_a_regions_value_stands_before_the_installations_and_that_before_the_default():
    assert setting("tests.cut_off", 7) == 25
    change_setting(actor=OPERATOR, name="tests.cut_off", value=20)
    assert (setting("tests.cut_off"), setting("tests.cut_off", 7)) == (20, 20)
    change_setting(actor=OPERATOR, name="tests.cut_off", value=15, region_id=7)
    assert [setting("tests.cut_off", region) for region in (0, 7, 8)] == [20, 15, 20]


def test_a_change_is_seen_at_once_and_a_change_that_fails_never():
    assert setting("tests.cut_off") == 25

    @action("tests.change_and_fail", "改了又撤", right="core.change_setting")
    def change_and_fail(*, actor):
        change_setting(actor=actor, name="tests.cut_off", value=10)
        assert setting("tests.cut_off") == 10
        raise Refusal("core.too_many", seconds=1)

    with pytest.raises(Refusal):
        change_and_fail(actor=OPERATOR)
    assert setting("tests.cut_off") == 25
    change_setting(actor=OPERATOR, name="tests.cut_off", value=11)
    assert setting("tests.cut_off") == 11


def test_reading_again_asks_the_database_once(django_assert_num_queries):
    declared_settings.forget()
    with django_assert_num_queries(1):
        for _ in range(20):
            setting("tests.cut_off")
            setting("tests.cap")


def test_a_value_holds_from_its_day_and_is_known_from_its_recording():
    with clock.at(moment("2019-03-01")):
        change_setting(actor=OPERATOR, name="tests.cut_off", value=20, on=date(2019, 1, 1))
    with clock.at(moment("2019-05-01")):
        change_setting(actor=OPERATOR, name="tests.cut_off", value=22, on=date(2019, 5, 1))
        change_setting(actor=OPERATOR, name="tests.cut_off", value=21, on=date(2019, 1, 1), reason="录错")
        assert setting("tests.cut_off", on=date(2018, 12, 31)) == 25
        assert setting("tests.cut_off", on=date(2019, 4, 30)) == 21
        assert setting("tests.cut_off") == 22
        assert setting("tests.cut_off", on=date(2019, 4, 30), known=date(2019, 4, 1)) == 20
    assert [row.value for row in declared_settings.history("tests.cut_off")] == [21, 22, 20]
    assert TrailEntry.objects.get(reason="录错").subject_id == "tests.cut_off"


def test_the_administrator_changes_the_installation_and_the_offices_head_his_own_regions():
    admin, head = post("system_admin"), post("office_head", region_path="410300/410303/")
    change_setting(actor=admin, name="tests.cut_off", value=20)
    change_setting(actor=head, name="tests.cut_off", value=19, region_id=7)
    for actor, region_id, name in (
        (head, 0, "tests.cut_off"),
        (head, 8, "tests.cut_off"),
        (head, 7, "tests.cap"),
        (admin, 7, "tests.cap"),
        (post("office", region_path="410300/410303/"), 7, "tests.cut_off"),
    ):
        with pytest.raises(Refusal) as refusal:
            change_setting(actor=actor, name=name, value=18, region_id=region_id)
        assert refusal.value.code == "core.not_allowed"
    assert SettingRow.objects.count() == 2


def test_a_value_that_cannot_be_is_refused_with_the_reason():
    with pytest.raises(Refusal, match="1 到 28") as refusal:
        change_setting(actor=OPERATOR, name="tests.cut_off", value=31)
    assert refusal.value.code == "core.setting_value"
    with pytest.raises(Refusal, match=r"tests\.nothing"):
        setting("tests.nothing")
    with pytest.raises(Refusal, match="整数"):
        declared_settings.parse("tests.cut_off", "二十")


def test_kinds_read_what_offices_type_and_say_what_they_understood():
    assert MONEY.show(MONEY.read("1.2亿")) == "1.2 亿元"
    assert MONEY.show(MONEY.read("12000万")) == "1.2 亿元"
    assert WHOLE.read("12,000") == 12000
    two = several({"a": "甲", "b": "乙"})
    assert two.read("乙、甲") == ["a", "b"]
    assert two.show(["a", "b"]) == "甲、乙"
    for kind, text in ((MONEY, "12000"), (WHOLE, "1.5"), (two, "丙")):
        with pytest.raises(Unreadable):
            kind.read(text)


def test_the_page_lists_every_setting_and_a_change_shows_what_was_understood(client, system, people):
    system(people["admin"])
    html = client.get("/system/settings/").content.decode()
    assert all(name in html for name in declared_settings.SETTINGS)
    assert client.get("/system/settings/tests.cap/echo/?value=0.5亿").content.decode() == "= 5,000 万元"
    assert "&lt;b&gt;" in client.get("/system/settings/tests.cap/echo/?value=<b>").content.decode()
    sent = client.post("/system/settings/tests.cap/change/", {"value": "0.5亿", "on": "2019-03-31", "reason": "调整"})
    assert sent.status_code == 302
    html = client.get(sent["Location"]).content.decode()
    assert "5,000 万元" in html
    assert "2019-03-31" in html
    refused = client.post("/system/settings/tests.cap/change/", {"value": "很多"})
    assert refused.status_code == 422
    assert "不是确定的金额" in refused.content.decode()
    assert setting("tests.cap") == 50_000_000


def test_the_page_of_a_setting_is_closed_to_other_posts_and_regions(client, system, people):
    system(people["clerk"])
    assert client.get("/system/settings/").status_code == 403
    system(people["head"])
    assert client.get("/system/settings/tests.cut_off/?region=7").status_code == 200
    assert client.get("/system/settings/tests.cut_off/?region=99").status_code == 404
    assert client.get("/system/settings/nothing/").status_code == 404
    assert client.post("/system/settings/tests.cap/change/", {"value": "1亿"}).status_code == 403


def test_audiences_are_data_with_the_defaults_of_practice():
    assert sees(post("office"), "leader_names")
    assert not sees(post("reporter"), "leader_names")
    assert sees(post("leader", post_id=5), "leader_names", about_post=5)
    assert not sees(post("leader", post_id=5), "leader_names", about_post=6)
    assert sees(post("liaison", post_id=9, for_post_id=5), "probability", about_post=5)
    assert not sees(post("liaison", post_id=9, for_post_id=5), "findings", about_post=5)
    assert [sees(post(kind), "findings") for kind in ("reviewer", "office_head", "office", "head")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert sees(OPERATOR, "leader_names")
    change_setting(actor=OPERATOR, name="audience.leader_names", value=["reporter"])
    assert sees(post("reporter"), "leader_names")
    assert not sees(post("office"), "leader_names")


def test_an_audience_is_never_nobody_nor_an_unknown_post():
    with pytest.raises(Refusal):
        change_setting(actor=OPERATOR, name="audience.office", value=[])
    with pytest.raises(Refusal):
        declared_settings.parse("audience.office", "皇帝")


def test_cores_list_of_posts_is_peoples_list():
    kinds = {kind.value: str(kind.label) for kind in PostKind if kind not in BUILT_IN_POSTS}
    assert {code: str(words) for code, words in POST_WORDS.items()} == kinds
