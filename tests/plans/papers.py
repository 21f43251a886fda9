"""A list of four projects on 2 April 2019, two of them with a plan, and readers of the papers that print from it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pypdfium2
import pytest

from guatu.core import clock
from guatu.core.official.read_back import docx_text
from guatu.figures.queries.memo import forget
from guatu.library.models import Project
from guatu.plans.models import Node, NodeQuantity, Plan, PlanVersion, VersionNode
from tests.dispatch.plans import give_plan, say
from tests.figures.conftest import YI, District
from tests.support.cast import Cast

NOW = datetime(2019, 4, 2, 9, tzinfo=clock.ZONE)
PAGE, FILE = "/plans/papers/", "/plans/papers/paper."
ROAD, CANAL, BARE, SECRET = "青桐路快速化改造", "洛浦渠改造", "还没有计划的项目", "滨河仓储地块"
ROAD_NODES = (
    ("施工许可", "2019-01-10", "2019-02-10"),
    ("桩基完成", "2019-02-11", "2019-03-20"),
    ("主体封顶", "2019-03-21", "2019-09-30"),
    ("竣工验收", "2019-12-20", "2019-12-20"),
)


@dataclass
class Shelf:
    """The list, its people and its planned projects."""

    district: District
    cast: Cast

    def project(self, name: str) -> Project:
        return self.district.projects[name]

    def get(self, who: str, ending: str = "", **asked: str):
        return self.cast.client(who).get(f"{FILE}{ending}" if ending else PAGE, asked)

    def file(self, who: str, ending: str, **asked: str) -> bytes:
        response = self.get(who, ending, **asked)
        assert response.status_code == 200, response.content.decode()[:1500]
        return response.content


def make(district: District, cast: Cast) -> Shelf:
    """The road has a second version, in which its frame ends on 15 October; its piles are expected 23 days late."""
    road = district.project(ROAD, total=20 * YI, planned=4 * YI)
    canal = district.project(CANAL, total=2 * YI, planned=YI)
    bare = district.project(BARE, total=YI, planned=YI)
    for project, unit in ((road, "housing"), (canal, "commerce"), (bare, "housing")):
        district.assign(project, "responsible", unit=cast.unit(unit))
    district.assign(road, "lead", post=cast.post("lead"))
    nodes = give_plan(road, ROAD_NODES, deadline="2019-12-30")
    say(nodes[0], "actual", "2019-01-10", "2019-02-08", on="2019-02-08")
    say(nodes[1], "actual", "2019-02-12", None, on="2019-02-12")
    say(nodes[1], "forecast", None, "2019-04-12", on="2019-03-28")
    Node.objects.filter(pk=nodes[1].pk).update(evidence="桩基检测报告", measure="根", quantity=Decimal(120))
    NodeQuantity.objects.create(node=nodes[1], done=Decimal(80), **district.dated(date(2019, 3, 25)))
    Node.objects.filter(pk=nodes[2].pk).update(unit=cast.unit("commerce"))
    Node.objects.filter(pk=nodes[3].pk).update(duration=0)
    _second_version(nodes)
    give_plan(
        canal, (("清淤", "2019-04-10", "2019-04-25"), ("岸线", "2019-04-26", "2020-02-29")), deadline="2020-03-31"
    )
    return Shelf(district, cast)


def _second_version(nodes: list[Node]) -> None:
    plan = Plan.objects.get(pk=nodes[0].plan_id)
    version = PlanVersion.objects.create(
        plan=plan, number=2, deadline=plan.deadline, approved_on=date(2019, 3, 25), approved_by="区长", content={}
    )
    Plan.objects.filter(pk=plan.pk).update(approved=2)
    for node, (name, start, finish) in zip(nodes, ROAD_NODES, strict=True):
        moved = "2019-10-15" if name == "主体封顶" else finish
        VersionNode.objects.create(plan_version=version, node=node, start=start, finish=moved)


@pytest.fixture
def shelf(district: District, cast: Cast) -> Iterator[Shelf]:
    """The list on the morning of 2 April 2019."""
    forget()  # rows written past the actions don't move the trail's head
    with clock.at(NOW):
        yield make(district, cast)


# -- reading back ------------------------------------------------------------------------------------------------------
def sheet_rows(data: bytes) -> list[tuple]:
    """The cells of a workbook's only sheet."""
    return [tuple(cell for cell in row) for row in openpyxl.load_workbook(io.BytesIO(data)).active.values]


def docx_rows(data: bytes) -> list[list[str]]:
    """The cells of a docx's tables."""
    return [[cell.strip() for cell in cells] for table in docx_text(data).tables for cells in table]


def docx_words(data: bytes) -> str:
    """A docx's paragraphs and tables as one text."""
    read = docx_text(data)
    return "\n".join([*read.paragraphs, *("\n".join(cells) for table in read.tables for cells in table)])


def pdf_words(data: bytes) -> str:
    """A PDF's text without the breaks that its pages and columns made."""
    document = pypdfium2.PdfDocument(data)
    try:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    return "".join(text.split()).replace("\u200b", "").replace("\ufffe", "")
