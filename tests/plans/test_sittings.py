"""A node that can only be when a body sits: in the form, in the solver, in the plan, in files and back."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.core.actor import OPERATOR
from guatu.core.refusals import Refusal
from guatu.domain.workdays import Closure, Sitting, official_calendar
from guatu.people import actions as people
from guatu.plans import actions
from guatu.plans.compute import Calendars, answer_of, calendars_of
from guatu.plans.content import ContentNode, from_json, to_json
from guatu.plans.exports.mspdi import write_mspdi
from guatu.plans.file_calendars import PAPER, SITE, calendars_to_file
from guatu.plans.file_rows import Around, content_of_file
from guatu.plans.imports.mspdi import read_mspdi
from guatu.plans.models import Node, PlanDraft
from guatu.plans.plan_file import FileNode, PlanFile
from tests.plans.conftest import IDS, three
from tests.plans.test_pages import _typed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 26)


@pytest.fixture
def sitting(desk):
    """规委会: the second and fourth Thursday of a month."""
    return people.add_sitting(
        actor=OPERATOR, name="规委会", region=desk.cast.region("district"), weekdays=[3], weeks=[2, 4]
    )


def _meeting(content, duration=1):
    nodes = list(content.nodes)
    nodes[1] = replace(nodes[1], duration=duration, sitting="规委会")
    return replace(content, nodes=tuple(nodes))


def test_the_node_waits_for_the_next_sitting_and_counts_sittings(desk, sitting):
    project = desk.project()
    calendars = calendars_of(project)
    spans = [answer_of(_meeting(three(None), count), calendars, TODAY).planned()[IDS[1]] for count in (1, 2)]
    assert (spans[0].start, spans[0].finish) == (date(2026, 4, 23), date(2026, 4, 23))  # 设计 ends on 9 April
    assert (spans[1].start, spans[1].finish) == (date(2026, 4, 23), date(2026, 5, 14))


def test_a_closed_site_stops_no_meeting(desk, sitting):
    project = desk.project()
    people.add_closure(
        actor=OPERATOR,
        words="停工",
        region=project.region,
        starts_on=date(2026, 4, 9),
        ends_on=date(2026, 4, 10),
        document="通知",
    )
    assert calendars_of(project).sittings["规委会"].is_open(date(2026, 4, 9))
    assert not calendars_of(project).site.is_open(date(2026, 4, 9))


def test_a_sitting_that_nobody_has_entered_is_named_with_its_row(desk):
    with pytest.raises(Refusal) as caught:
        answer_of(_meeting(three(None)), calendars_of(desk.project()), TODAY)
    assert caught.value.code == "plans.sitting_unknown"
    assert "第 2 行“招标”定在“规委会”的会期" in str(caught.value)


def test_it_is_chosen_on_the_form_kept_approved_and_shown(desk, sitting):
    project, client = desk.project(), desk.cast.client("reporter")
    draft = desk.draft(project)
    url = reverse("plans:draft", args=[project.public_id])
    assert "会期：规委会（每月第2、4个周四）" in client.get(url).content.decode()
    sent = _typed(draft, duration=["10", "1", "30"], calendar=["", "sitting:规委会", "calendar"], do="save")
    assert client.post(url, sent).status_code == 302
    draft.refresh_from_db()
    told = [(node.sitting, node.duration_unit) for node in from_json(draft.content).nodes]
    assert told == [("", "workday"), ("规委会", "workday"), ("", "calendar")]
    text = client.get(url).content.decode()
    assert '<option value="sitting:规委会" selected>' in text
    assert "2026-04-23 — 2026-04-23" in text
    actions.submit_draft(actor=desk.cast.actor("reporter"), draft=draft, seen=draft.version)
    assert "1 次（规委会）" in desk.cast.client("office").get(url).content.decode()
    actions.approve_draft(actor=desk.cast.actor("office"), draft=draft, seen=draft.version)
    node = Node.objects.get(name="招标")
    assert node.sitting == "规委会"
    assert node.versions.get().start == date(2026, 4, 23)
    tab = reverse("library:project", args=[project.public_id]) + "?tab=plan"
    assert "会期：规委会" in client.get(tab).content.decode()


def test_a_meeting_counts_sittings_and_no_calendar_days(desk, sitting):
    project = desk.project()
    draft = desk.draft(project)
    sent = _typed(draft, duration=["10", "3日历天", "30"], calendar=["", "sitting:规委会", ""])
    answer = desk.cast.client("reporter").post(reverse("plans:draft", args=[project.public_id]), sent)
    assert answer.status_code == 422
    assert "第 2 行“招标”只在会期召开" in answer.content.decode()


@pytest.mark.parametrize("ending", ["xml", "xlsx"])
def test_it_goes_out_with_the_plan_and_comes_back(desk, sitting, ending):
    first, second = desk.project(), desk.project("丁香街改造")
    content = _meeting(three())
    content = replace(content, nodes=(replace(content.nodes[0], paper=True), *content.nodes[1:]))
    desk.approved(first, content)
    client = desk.cast.client("reporter")
    data = client.get(reverse("plans:download", args=[first.public_id, ending])).content
    sent = SimpleUploadedFile(f"计划.{ending}", data)
    assert client.post(reverse("plans:upload", args=[second.public_id]), {"file": sent}).status_code == 302
    read = from_json(PlanDraft.objects.get(project=second).content)
    assert [(node.name, node.sitting, node.paper) for node in read.nodes] == [
        ("设计", "", True),
        ("招标", "规委会", False),
        ("施工", "", False),
    ]
    assert not {node.id for node in read.nodes} & {node.id for node in content.nodes}


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.sampled_from(["", "规委会", "常务会", PAPER]), min_size=1, max_size=6),
    st.integers(0, 6),
    st.sets(st.integers(1, 5)),
    st.integers(0, 60),
)
def test_every_calendar_comes_back_with_the_same_open_days(chosen, weekday, weeks, offset):
    nodes = [
        ContentNode(id=f"n{place}", name=f"节点{place}", sitting=name if name != PAPER else "", paper=name == PAPER)
        for place, name in enumerate(chosen)
    ]
    office = official_calendar()
    calendars = Calendars(
        official_calendar([Closure(date(2026, 4, 1), date(2026, 4, 20))]),
        office,
        {
            "规委会": replace(office, sitting=Sitting(frozenset({weekday}), frozenset(weeks))),
            "常务会": replace(office, sitting=Sitting(frozenset({2}))),
        },
    )
    first = date.fromordinal(date(2026, 1, 1).toordinal() + offset)
    written, own = calendars_to_file(nodes, calendars, first, first)
    rows = tuple(FileNode(node.id, node.name, calendar=own.get(node.id), duration=1) for node in nodes)
    back = read_mspdi(write_mspdi(PlanFile("计划", rows, calendars=written, calendar=1)), name="x.xml")
    around = Around(sittings=list(calendars.sittings))
    again = content_of_file(back, around, None)
    assert [(node.sitting, node.paper) for node in again.nodes] == [(node.sitting, node.paper) for node in nodes]
    by_name = {SITE: calendars.site, PAPER: calendars.office, **calendars.sittings}
    for one in back.calendars:
        for number in range(first.toordinal(), first.toordinal() + 300):
            day = date.fromordinal(number)
            works = next((span.works for span in one.exceptions if span.start <= day <= span.end), None)
            assert (day.weekday() in one.weekdays if works is None else works) == by_name[one.name].is_open(day)


def test_content_keeps_it_as_json():
    content = _meeting(three())
    assert from_json(to_json(content)) == content
