"""A plan goes out as a file and comes back as the same draft."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from guatu.plans.content import ContentLink, from_json
from guatu.plans.models import PlanDraft
from tests.plans.conftest import three

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("ending", ["xml", "xlsx"])
def test_a_plan_that_was_downloaded_is_read_as_the_same_draft(desk, ending):
    first, second = desk.project(), desk.project("梧桐路")
    content = three(start_no_earlier=date(2026, 4, 1), evidence="设计文件")
    lagged = (ContentLink(before=content.nodes[0].id, after=content.nodes[1].id, type="SS", lag=3), content.links[1])
    from dataclasses import replace

    desk.approved(first, replace(content, links=lagged, deadline=date(2026, 7, 31)))
    client = desk.cast.client("reporter")
    answer = client.get(reverse("plans:download", args=[first.public_id, ending]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{ending}"')
    sent = SimpleUploadedFile(f"计划.{ending}", io.BytesIO(answer.content).read())
    there = client.post(reverse("plans:upload", args=[second.public_id]), {"file": sent})
    assert there.status_code == 302
    draft = from_json(PlanDraft.objects.get(project=second).content)
    assert [(node.name, node.duration, node.duration_unit) for node in draft.nodes] == [
        ("设计", 10, "workday"),
        ("招标", 20, "workday"),
        ("施工", 30, "workday"),
    ]
    assert draft.nodes[0].start_no_earlier == date(2026, 4, 1)
    places = draft.places()
    assert [(places[one.before], places[one.after], one.type, one.lag) for one in draft.links] == [
        (1, 2, "SS", 3),
        (2, 3, "FS", 0),
    ]


def test_what_is_no_plan_is_refused(desk):
    project = desk.project()
    sent = SimpleUploadedFile("计划.xml", b"<html>no plan</html>")
    answer = desk.cast.client("reporter").post(reverse("plans:upload", args=[project.public_id]), {"file": sent})
    assert answer.status_code == 422
    assert "节点表读不出来" in answer.content.decode()
    assert not PlanDraft.objects.exists()
