"""A picture of very many nodes folds into groups, and one of them opens on demand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from guatu.plans.chart import Bar
from guatu.plans.chart_fold import EVERY, FOLD_FROM, ROWS, folded
from guatu.plans.content import Content, to_json
from guatu.plans.models import PlanDraft
from tests.plans.conftest import three

FIRST = date(2026, 1, 1)


def bars(count: int) -> list[Bar]:
    days = [(FIRST + timedelta(days=at), FIRST + timedelta(days=at + 5)) for at in range(count)]
    return [Bar(name=f"节点{at}", planned=span, critical=at == 41) for at, span in enumerate(days, 1)]


def test_few_rows_stand_as_they_are():
    rows = bars(FOLD_FROM)
    assert folded(rows, "") == (rows, None)


def test_many_rows_stand_together_from_the_first_day_to_the_last():
    rows, fold = folded(bars(2000), "")
    assert len(rows) == len(fold.groups) <= ROWS
    assert (fold.count, fold.opened) == (2000, "")
    assert rows[0].planned == (FIRST, FIRST + timedelta(days=38))
    assert [at for at, row in enumerate(rows) if row.critical] == [1]  # the group of row 41
    assert max(row.planned[1] for row in rows) == max(bar.planned[1] for bar in bars(2000))


def test_one_group_opens_under_its_own_row():
    closed, fold = folded(bars(2000), "")
    code = fold.groups[1][0]
    rows, told = folded(bars(2000), code)
    assert told.opened == code
    assert len(rows) == len(closed) + 34
    assert [row.name.strip() for row in rows[2:36]] == [f"节点{at}" for at in range(35, 69)]
    assert len(folded(bars(2000), EVERY)[0]) == 2000
    assert folded(bars(2000), "7; drop")[1].opened == ""


@pytest.mark.django_db
def test_a_draft_of_two_thousand_nodes_draws_sixty_rows_until_more_is_asked_for(desk):
    project = desk.project()
    draft = desk.draft(project)
    first = three(None).nodes[0]
    ids = [f"00000000-0000-7000-8000-{at:012d}" for at in range(2000)]
    nodes = tuple(replace(first, id=key, name=f"节点{at}", duration=1) for at, key in enumerate(ids, 1))
    PlanDraft.objects.filter(pk=draft.pk).update(content=to_json(Content(deadline=None, nodes=nodes, links=())))
    client, address = desk.cast.client("reporter"), reverse("plans:draft", args=[project.public_id])
    page = client.get(address).content.decode()
    assert "共 2000 个节点" in page.replace(",", "")
    assert page.count('class="plan-label"') <= ROWS
    opened = client.get(address, {"chart": "35"}).content.decode()
    assert page.count('class="plan-label"') + 34 == opened.count('class="plan-label"')
    assert '<option value="35" selected>' in opened
