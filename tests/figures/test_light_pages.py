"""A project's light on its page, its year, what the unit says of it, excuses, and what waits on Today."""

from datetime import date

import pytest
from django.urls import reverse

from guatu.core import clock
from guatu.figures import actions
from guatu.figures.models import LightExemption, LightExplanation
from guatu.figures.queries.light_history import light_history
from tests.figures.conftest import cast, district, march
from tests.figures.lit import RED, WAITS, adopt, behind, text

__all__ = ["cast", "district", "march"]


def at(name, project):
    return reverse(f"figures:{name}", args=[project.public_id])


def home(project):
    return reverse("library:project", args=[project.public_id])


@pytest.fixture
def late(cast, march):
    """己 with rules in force, on no day yet."""
    adopt(march.region)
    return behind(cast, march)


@pytest.fixture
def red(late):
    with clock.at(RED):
        yield late


@pytest.fixture
def waits(late):
    with clock.at(WAITS):
        yield late


def test_the_page_says_colour_sentence_rules_and_where_its_year_is(cast, red):
    page = text(cast.client("office").get(home(red)))
    assert "低31.7个百分点，超过30个百分点" in page
    assert "银川：按百分点（第1版）" in page
    assert "按规定：列入月度清单，发督办函。" in page
    assert at("project_lights", red) in page
    assert "将亮红灯" not in page


def test_the_year_has_each_period_with_its_sentence_and_since_when(cast, red):
    page = text(cast.client("office").get(at("project_lights", red)))
    assert "2019年6月3日起" in page
    months = [(one.period.label_zh, one.shown.colour, one.shown.since) for one in light_history(red, date(2019, 6, 3))]
    assert months[0][:2] == ("2019年1月", "green")
    assert months[-1] == ("2019年5月", "red", date(2019, 6, 3))
    for name in ("1月", "5月", "低31.7个百分点", "2019年5月31日"):
        assert name in page


def test_a_past_period_goes_by_the_rules_of_its_day(cast, march, late):
    with clock.at(WAITS.replace(month=3, day=1)):
        row = actions.draft_light_rules(actor=cast.actor("office"), region=march.region, preset="wuhan")
        first = date(2019, 4, 15)
        actions.adopt_light_rules(
            actor=cast.actor("office_head"), row=row, seen=row.version, valid_from=first, approved_by="区政府"
        )
    with clock.at(RED):
        found = light_history(late, date(2019, 6, 3))
        assert [one.rules.code for one in found] == ["yinchuan", "yinchuan", "yinchuan", "wuhan", "wuhan"]
        page = text(cast.client("office").get(at("project_lights", late)))
    assert "武汉：按完成比例" in page
    assert "银川：按百分点" in page


def test_until_a_first_red_takes_effect_its_unit_alone_reads_of_it(cast, waits):
    unit = text(cast.client("reporter").get(home(waits)))
    assert "将亮红灯" in unit
    assert "低31.7" in unit
    assert "2019年6月3日" in unit
    assert f'action="{at("explain_light", waits)}"' in unit
    for who in ("office", "office_head", "head", "superior"):
        for url in (home(waits), at("project_lights", waits)):
            page = text(cast.client(who).get(url))
            assert "将亮红灯" not in page
            assert "低31.7" not in page
    assert "低31.7" in text(cast.client("reporter").get(at("project_lights", waits)))
    assert "低31.7" not in text(cast.client("office").get(at("explain_light", waits)))


def test_the_unit_explains_and_others_read_it_with_the_red(cast, late):
    with clock.at(WAITS):
        client = cast.client("reporter")
        sent = client.post(at("explain_light", late), {"text": "征迁未完，6月底复工"})
        assert sent.status_code == 302
        assert "征迁未完" in text(client.get(home(late)))
        assert "征迁未完" not in text(cast.client("office").get(home(late)))  # it would tell of the red
    with clock.at(RED):
        page = text(cast.client("office").get(home(late)))
        assert "征迁未完" in page
        assert "责任单位填报员" in page
    assert LightExplanation.objects.get().on == date(2019, 6, 1)


def test_an_empty_explanation_is_refused_beside_the_form(cast, waits):
    page = text(cast.client("reporter").post(at("explain_light", waits), {"text": "  "}), 422)
    assert "hint-error" in page
    assert not LightExplanation.objects.exists()
    page = text(cast.client("reporter").post(at("explain_light", waits), {"text": "多" * 501}), 422)
    assert not LightExplanation.objects.exists()


def test_the_head_of_the_office_excuses_and_the_colour_stays(cast, red):
    client = cast.client("office_head")
    assert "批准豁免" in text(client.get(home(red)))
    given = {"start": "2019-06-01", "end": "2019-06-30", "reason": "汛期停工", "approved_by": "区政府〔2019〕6号"}
    wrong = text(client.post(at("exempt_light", red), {**given, "end": "2019-05-01"}), 422)
    assert "豁免期限写反了" in wrong
    assert "汛期停工" in wrong
    assert not LightExemption.objects.exists()
    assert client.post(at("exempt_light", red), given).status_code == 302
    page = text(cast.client("reporter").get(home(red)))
    assert "红灯" in page
    assert "汛期停工" in page
    assert "区政府〔2019〕6号" in page


def test_sent_twice_it_is_done_once(cast, red):
    client, number = cast.client("reporter"), "0190a000-0000-7000-8000-000000000001"
    for _time in range(2):
        assert client.post(at("explain_light", red), {"text": "已复工", "request_id": number}).status_code == 302
    assert LightExplanation.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("outsider", "project_lights", 404),
        ("other_reporter", "explain_light", 404),
        ("outsider", "explain_light", 404),
        ("head", "explain_light", 403),
        ("office", "exempt_light", 403),
        ("reporter", "exempt_light", 403),
        ("office_head", "exempt_light", 200),
        ("reporter", "explain_light", 200),
        ("system_admin", "project_lights", 403),
    ],
)
def test_who_comes_in(cast, red, who, name, status):
    assert cast.client(who).get(at(name, red)).status_code == status


def test_without_rules_the_page_says_so_and_leads_to_them_who_may_draft(cast, march):
    project = behind(cast, march)
    with clock.at(RED):
        office = text(cast.client("office").get(home(project)))
        assert "没有执行中的红黄绿灯规则" in office
        assert f'href="{reverse("figures:light_rules")}">拟订并批准规则' in office
        reporter = text(cast.client("reporter").get(home(project)))
        assert "没有执行中的红黄绿灯规则" in reporter
        assert "拟订并批准规则" not in reporter
        assert "没有执行中的红黄绿灯规则" in text(cast.client("office").get(at("project_lights", project)))


# -- Today ------------------------------------------------------------------------------------------------------------
def test_today_tells_the_unit_of_the_red_to_come_and_nobody_else(cast, waits):
    page = text(cast.client("reporter").get(reverse("core:today")))
    assert "将亮红灯：己" in page
    assert "低31.7" in page
    for who in ("office", "office_head", "other_reporter"):
        assert "将亮红灯" not in text(cast.client(who).get(reverse("core:today")))


def test_today_counts_many_reds_to_come_with_their_day(cast, march, waits):
    for number in range(8):
        behind(cast, march, f"庚{number}")
    page = text(cast.client("reporter").get(reverse("core:today")))
    assert "将亮红灯 9 项，6月3日起生效" in page


def test_today_tells_the_office_of_new_reds_on_their_day_only(cast, late):
    with clock.at(RED):
        page = text(cast.client("office").get(reverse("core:today")))
        assert "今日新亮红灯 1 项" in page
        assert home(late) in page
        assert "今日新亮红灯" not in text(cast.client("reporter").get(reverse("core:today")))
    with clock.at(RED.replace(day=4)):
        assert "今日新亮红灯" not in text(cast.client("office").get(reverse("core:today")))


# -- the overview -----------------------------------------------------------------------------------------------------
def test_the_overview_counts_lights_and_each_opens_its_rows(cast, red):
    client = cast.client("office")
    page = text(client.get(reverse("dispatch:overview")))
    line = page.split('aria-label="红黄绿灯">')[1].split("</p>")[0]
    told = [(part.split("</b>")[0], "红灯" in part) for part in line.split("<b>")[1:]]
    assert told[0][0] == "1"
    url = line.split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert "g.light=red" in url
    rows = text(client.get(url))
    assert "己" in rows
    assert ">甲<" not in rows


def test_the_overview_has_no_line_of_lights_before_there_are_rules(cast, march):
    behind(cast, march)
    with clock.at(RED):
        assert 'aria-label="红黄绿灯"' not in text(cast.client("office").get(reverse("dispatch:overview")))


def test_the_trail_tells_of_an_explanation_only_once_the_red_stands(cast, late):
    said, trail = "说明“己”", reverse("core:trail")
    with clock.at(WAITS):
        cast.client("reporter").post(at("explain_light", late), {"text": "征迁未完，6月底复工"})
        assert LightExplanation.objects.count() == 1
        assert said not in text(cast.client("office_head").get(trail))
        assert said not in text(cast.client("audit_admin").get(trail))
    with clock.at(RED):
        assert said in text(cast.client("office_head").get(trail))
        assert said in text(cast.client("audit_admin").get(trail))


def test_the_trail_tells_at_once_of_an_explanation_of_a_light_that_stands(cast, red):
    cast.client("reporter").post(at("explain_light", red), {"text": "征迁未完，6月底复工"})
    assert "说明“己”" in text(cast.client("office_head").get(reverse("core:trail")))
