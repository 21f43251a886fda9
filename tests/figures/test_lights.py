"""Facts of lights from the lists, lights in effect at a date, exemptions and explanations."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.core.refusals import Refusal
from guatu.domain.lights import FACTS
from guatu.figures import actions
from guatu.figures.models import LightExemption, LightExplanation
from guatu.figures.queries.light_facts import facts_on, lists_of
from guatu.figures.queries.light_now import light_shown
from guatu.figures.queries.lights import explanations_of
from tests.figures.conftest import YI
from tests.figures.lit import lights

END = date(2019, 3, 31)


def rules(district, preset="yinchuan", first=date(2019, 1, 1)):
    row = actions.draft_light_rules(actor=OPERATOR, region=district.region, preset=preset)
    return actions.adopt_light_rules(actor=OPERATOR, row=row, seen=row.version, valid_from=first, approved_by="区政府")


def light(district, name, day, known=None):
    project = district.projects[name]
    return lights([project], day, known)[project.pk]


def facts(projects, day, known=None):
    return facts_on(lists_of(projects, day.year), day, known, FACTS, projects)


def test_facts_are_exact_and_what_nobody_can_tell_is_left_out(march):
    found = facts([row.pk for row in march.projects.values()], END)
    first, third = found[march.projects["甲"].pk], found[march.projects["丙"].pk]
    assert first["lead"] == Fraction(100 * 3, 8) - 25
    assert first["investment_ratio"] == Fraction(150)
    assert (first["started"], first["start_months_missed"], first["stage"]) == (True, 0, "started")
    assert "lead" not in third  # no reading
    assert (third["started"], third["start_months_missed"], third["start_days_late"]) == (False, 0, 0)
    for unknown in ("days_late", "nodes_overdue", "payment_ratio", "matters_overdue", "statistics_wait"):
        assert unknown not in first
    assert "finish_days_late" not in first  # no planned finish


def test_facts_are_those_of_the_day_and_of_what_was_known(march):
    project = march.projects["丙"].pk
    assert facts([project], date(2019, 8, 31))[project]["start_months_missed"] == 3
    assert facts([project], END, date(2019, 1, 4)) == {}


def test_a_light_says_why_and_a_project_without_a_reading_has_none(march):
    rules(march)
    assert light(march, "甲", END).colour == "green"
    assert light(march, "甲", END).light.sentence == "投资进度达到序时进度。"
    assert light(march, "丙", END).light.state == "unknown"


def test_a_first_red_takes_effect_on_the_next_work_day(march):
    project = march.project("己", total=YI, planned=YI)
    march.stage(project, "started", date(2019, 1, 10))
    march.reading(project, date(2019, 1, 20), ytd=YI // 10)
    rules(march)
    may = light(march, "己", date(2019, 5, 31))  # 31.67 points behind, a Friday
    assert (may.colour, may.pending.colour, may.takes_effect) == ("yellow", "red", date(2019, 6, 3))
    assert "低31.7个百分点" in may.pending.sentence
    assert may.judged_on == date(2019, 4, 30)
    assert light(march, "己", date(2019, 6, 2)).colour == "yellow"
    june = light(march, "己", date(2019, 6, 3))
    assert (june.colour, june.judged_on) == ("red", date(2019, 5, 31))


def test_until_it_takes_effect_a_first_red_is_for_the_unit_alone(cast, march):
    project = march.project("己", total=YI, planned=YI)
    march.stage(project, "started", date(2019, 1, 10))
    march.reading(project, date(2019, 1, 20), ytd=YI // 10)
    march.assign(project, "responsible", unit=cast.unit("housing"))
    rules(march)

    def shown(who, day):
        return light_shown(cast.actor(who), project, day).light

    for who in ("office", "office_head", "head", "other_reporter"):
        before = shown(who, date(2019, 5, 31))
        assert (before.colour, before.pending, before.takes_effect) == ("yellow", None, None)
        assert shown(who, date(2019, 6, 3)).colour == "red"
    assert shown("reporter", date(2019, 5, 31)).pending.colour == "red"


def test_queries_do_not_grow_with_the_projects(march, django_assert_num_queries):
    rules(march)
    everybody = list(march.projects.values())
    lights(everybody, END)  # the calendar is read and remembered
    with CaptureQueriesContext(connection) as one:
        lights(everybody[:1], END)
    with django_assert_num_queries(len(one)):
        assert len(lights(everybody, END)) == 4


def test_a_region_without_rules_has_no_lights(march):
    assert lights(list(march.projects.values()), END) == {}
    rules(march, first=date(2019, 4, 1))
    assert lights(list(march.projects.values()), END) == {}


def test_a_past_day_keeps_the_rules_of_that_day(march):
    rules(march)
    following = actions.draft_light_rules(actor=OPERATOR, region=march.region, preset="wuhan")
    actions.adopt_light_rules(
        actor=OPERATOR, row=following, seen=1, valid_from=clock.today() + timedelta(days=1), approved_by="区政府"
    )
    assert light(march, "甲", END).light.rule_set == "yinchuan"


def test_an_exempted_light_keeps_its_colour_with_mark_and_reason(march):
    project = march.project("己", total=YI, planned=YI)
    march.stage(project, "started", date(2019, 1, 10))
    march.reading(project, date(2019, 1, 20), ytd=0)
    rules(march)
    told = {"project": project, "start": date(2019, 4, 1), "end": date(2019, 6, 30)}
    assert actions.exempt_light(actor=OPERATOR, **told, reason="文物勘探", approved_by="领导小组") is True
    assert actions.exempt_light(actor=OPERATOR, **told, reason="文物勘探", approved_by="领导小组") is False
    found = light(march, "己", date(2019, 6, 30))
    assert (found.colour, found.counted, found.exemption.reason) == ("red", None, "文物勘探")
    after = light(march, "己", date(2019, 7, 1))
    assert (after.colour, after.counted, after.exemption) == ("red", "red", None)
    shorter = {**told, "end": date(2019, 5, 31)}
    actions.exempt_light(actor=OPERATOR, **shorter, reason="文物勘探", approved_by="领导小组")
    assert light(march, "己", date(2019, 6, 30)).exemption is None
    assert LightExemption.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": " "}, "lights.exemption_without"),
        ({"approved_by": ""}, "lights.exemption_without"),
        ({"end": date(2019, 3, 1)}, "lights.exemption_reversed"),
    ],
)
def test_an_exemption_needs_reason_approver_and_days_in_order(march, change, code):
    told = {"start": END, "end": END, "reason": "洪水", "approved_by": "区政府"}
    with pytest.raises(Refusal) as refused:
        actions.exempt_light(actor=OPERATOR, project=march.projects["甲"], **{**told, **change})
    assert refused.value.code == code


def test_who_may_excuse_and_who_may_explain(cast, march):
    project = march.projects["甲"]
    march.assign(project, "responsible", unit=cast.unit("housing"))
    told = {"project": project, "start": END, "end": END, "reason": "洪水", "approved_by": "区政府"}
    for who in ("office", "reporter", "outsider"):
        with pytest.raises(Refusal):
            actions.exempt_light(actor=cast.actor(who), **told)
    actions.exempt_light(actor=cast.actor("office_head"), **told)
    with pytest.raises(Refusal):
        actions.explain_light(actor=cast.actor("other_reporter"), project=project, on=END, text="不是我的")
    with pytest.raises(Refusal, match="500"):
        actions.explain_light(actor=cast.actor("reporter"), project=project, on=END, text="  ")
    actions.explain_light(actor=cast.actor("reporter"), project=project, on=END, text="管线迁改未完成")
    actions.explain_light(actor=cast.actor("reporter"), project=project, on=date(2019, 4, 30), text="已完成八成")
    assert [row.text for row in explanations_of(project, date(2019, 5, 1))] == ["已完成八成", "管线迁改未完成"]
    assert [row.text for row in explanations_of(project, END)] == ["管线迁改未完成"]
    assert LightExplanation.objects.first().said_by == cast.actor("reporter").label
