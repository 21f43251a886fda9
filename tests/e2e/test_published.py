"""Pages of published tables in a browser: they fit both screens, axe finds nothing, a file goes in as people do it."""

import pytest
from playwright.sync_api import expect

from guatu.core.actor import OPERATOR
from guatu.figures.actions import record_published
from guatu.figures.models import PublishedFigure
from guatu.figures.published import read_text
from guatu.figures.queries import papers
from tests.figures.bulletins import xiangxi
from tests.guide.books import BOOKS

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = {"地区代码": "433100", "地区名称": "湘西州", "来源": "湘西州简讯（表）", "时期": "2021-09", "分法": "隶属"}


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("phone", [False, True], ids=["1440", "390"])
def test_published_pages_fit_and_axe_finds_nothing(browse, cast, axe, phone):
    record_published(actor=OPERATOR, rows=read_text(xiangxi()))
    page = browse("office", phone=phone)
    for path in ("", "load/", f"{papers()[0].key}/"):
        page.goto(f"/dispatch/published/{path}")
        assert fits(page), path
        axe(page)


@pytest.mark.parametrize("phone", [False, True], ids=["1440", "390"])
def test_a_table_is_looked_at_and_taken_in(browse, cast, axe, phone):
    page = browse("office", phone=phone, expected="422")
    page.goto("/dispatch/published/load/")
    page.locator("main input[type=file]").set_input_files(BOOKS["published"]())
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_role("alert")).to_contain_text("没有导入任何一行")  # of which place, which paper?
    assert fits(page)
    axe(page)
    for label, words in PAPER.items():
        page.get_by_label(label, exact=True).fill(words)
    page.locator("main input[type=file]").set_input_files(BOOKS["published"]())
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_text("新增 43，更正 0，未变 0")).to_be_visible()
    assert fits(page)
    axe(page)
    assert not PublishedFigure.objects.exists()
    page.get_by_role("button", name="全部导入").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("湘西州")
    assert PublishedFigure.objects.count() == 43
