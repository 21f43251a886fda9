"""Codes that break their rule: kept as typed, marked on the page and in the table, found by a filter."""

import pytest
from django.test import Client

from guatu.core.actor import OPERATOR
from guatu.domain.codes import code_doubts
from guatu.library import actions
from guatu.library.models import Project
from guatu.people import actions as people
from tests.imports import books
from tests.imports.conftest import desk, office
from tests.support.cast import cast

__all__ = ["cast", "desk", "office"]
RIGHT_CODE, WRONG_CODE = "2019-410303-48-01-100371", "2019-410303-99-01-100371"
RIGHT_OWNER, WRONG_OWNER = "91350100M000100Y43", "91350100M000100Y42"


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ({}, ()),
        ({"project": RIGHT_CODE, "owner": RIGHT_OWNER, "region": "410303", "industry": "C32"}, ()),
        ({"project": WRONG_CODE}, ("project",)),
        ({"owner": WRONG_OWNER, "industry": "A32"}, ("owner", "industry")),
        ({"region": "990101"}, ("region",)),
        ({"industry": "制造业"}, ()),
        ({"industry": "城市更新"}, ()),
        ({"industry": "99"}, ("industry",)),
        ({"project": "  "}, ()),
    ],
)
def test_one_function_decides(typed, kinds):
    assert code_doubts(**typed) == kinds


def ledger() -> list[list]:
    """Two projects: the first one's codes are wrong, the second one's right."""
    heads, first = books.one_row(项目代码=WRONG_CODE, 行业代码="A32", 统一社会信用代码=WRONG_OWNER)
    second = list(books.one_row(项目代码="2019-410303-48-01-100372", 行业代码="C32", 统一社会信用代码=RIGHT_OWNER)[1])
    second[:2] = [2, "青桐数据中心"]
    return [heads, first, second]


def test_a_ledgers_wrong_codes_are_kept_marked_and_found(office, cast):
    answer = office.plan(ledger())
    assert answer["errors"] == []
    assert [issue["code"] for issue in answer["warnings"]].count("code_wrong") == 3
    row = Project.objects.get(name="望岳智能装备产业园")
    assert (row.code, row.owner_credit_code, row.code_doubts) == (WRONG_CODE, WRONG_OWNER, "project owner industry")
    assert row.profiles.get().industry == "A32"
    assert Project.objects.get(name="青桐数据中心").code_doubts == ""
    browser = cast.client("office")
    page = browser.get(f"/library/projects/{row.public_id}/").content.decode()
    assert "代码有疑：国家代码、统一社会信用代码、行业代码" in page
    assert WRONG_CODE in page
    assert "第三段“99”不是行业大类" in page
    found = browser.get("/library/?list=all&f.codes=doubt").content.decode()
    assert "望岳智能装备产业园" in found
    assert "青桐数据中心" not in found
    assert 'title="国家代码、统一社会信用代码' in found
    assert "望岳智能装备产业园" not in browser.get("/library/?f.codes=fine").content.decode()
    secret = people.issue_token(actor=office.actor, post=cast.post("office"), name="test")[1]
    answer = Client().get(f"/api/v1/projects/{row.public_id}", headers={"Authorization": f"Bearer {secret}"}).json()
    assert answer["code_doubts"] == ["project", "owner", "industry"]


def test_the_mark_follows_every_way_of_writing_a_code(office):
    office.plan(ledger())
    row = Project.objects.get(name="望岳智能装备产业园")
    actions.change_project(actor=OPERATOR, project=row, seen=None, values={"code": RIGHT_CODE})
    assert Project.objects.get(pk=row.pk).code_doubts == "owner industry"
    actions.set_profile(actor=OPERATOR, project=row, on=row.stage_on, values={"industry": "C32"})
    assert Project.objects.get(pk=row.pk).code_doubts == "owner"
    fixed = ledger()
    fixed[1][fixed[0].index("统一社会信用代码")] = RIGHT_OWNER
    fixed[1][fixed[0].index("项目代码")] = RIGHT_CODE
    assert office.plan(fixed)["errors"] == []
    assert Project.objects.get(pk=row.pk).code_doubts == "industry"


def test_the_check_of_caches_puts_a_wrong_mark_right(office):
    office.plan(ledger())
    Project.objects.update(code_doubts="")
    assert actions.check_caches(actor=OPERATOR)["codes"] == 1
    assert Project.objects.filter(code_doubts="project owner industry").count() == 1
