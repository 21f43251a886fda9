"""The text of a progress bulletin: its golden paper, thin data, and every printed number held against the data."""

import os
from datetime import date
from pathlib import Path

import pytest

from guatu.core.actor import OPERATOR
from guatu.core.official.docx import to_docx
from guatu.core.official.read_back import docx_text
from guatu.domain.checker import find_figures
from guatu.figures.queries import ask
from guatu.library.choices import Secrecy
from guatu.library.models import AnnualList
from guatu.people.models import Post
from guatu.publishing.blocks import with_text
from guatu.publishing.bulletins import Made
from guatu.publishing.checking import check, numbered
from guatu.publishing.queries import make_paper, preview_document
from tests.figures.conftest import YI

GOLDEN = Path(__file__).parent.parent / "golden" / "bulletin_progress.txt"
MARCH = date(2019, 3, 31)


def paper(district, day: date = MARCH) -> Made:
    return make_paper(OPERATOR, "progress", ask(OPERATOR, [district.annual_list], day))


def text_of(made: Made) -> str:
    return "\n".join(block.text for block in made.blocks)


def as_text(data: bytes) -> str:
    """A docx as plain text: its paragraphs, then its tables with bars between the cells."""
    read = docx_text(data)
    tables = ["\n".join(" | ".join(cell.replace("\n", "/") for cell in row) for row in t) for t in read.tables]
    return "\n".join(read.paragraphs) + "\n\n" + "\n\n".join(tables) + "\n"


def test_the_paper_is_the_golden_one(office):
    """After a change that is meant: GUATU_WRITE_GOLDEN=1, then read the difference as an office would."""
    _, document = preview_document(OPERATOR, "progress", [office.annual_list], MARCH, "dispatch")
    text = as_text(to_docx(document))
    if os.environ.get("GUATU_WRITE_GOLDEN") == "1":
        GOLDEN.write_text(text)
    assert text == GOLDEN.read_text()


def test_what_the_product_writes_agrees_with_the_data(office):
    made = paper(office)
    assert check(made.blocks, made.title, made) == []


def test_every_printed_number_that_is_changed_is_found(office):
    made = paper(office)
    names = numbered(made.names)
    tried = 0
    for number, block in enumerate(made.blocks):
        for token in find_figures(block.text, names):
            for digit in (place for place, sign in enumerate(token.printed) if sign.isdigit()):
                at = token.start + digit
                other = str((int(block.text[at]) + 1) % 10)
                changed = with_text(block, block.text[:at] + other + block.text[at + 1 :], names)
                blocks = [*made.blocks[:number], changed, *made.blocks[number + 1 :]]
                found = [each.finding.start for each in check(blocks, made.title, made)]
                assert token.start in found, (changed.text, token)
                tried += 1
    assert tried > 60


def test_every_number_that_the_product_prints_is_bound_to_a_figure(office):
    made = paper(office)
    names = numbered(made.names)
    for block in made.blocks:
        for token in find_figures(block.text, names):
            assert any(p.start <= token.start < p.end for p in block.places), (block.text, token.printed)


def test_the_whole_stands_on_top_and_the_worst_unit_first(office):
    rows = [[cell.text for cell in row.cells] for row in paper(office).tables[0].rows]
    assert rows[0][1:5] == ["全区", "5", "69.00", "12.00"]
    assert [row[1] for row in rows[1:]] == ["王城路街道办事处", "区商务局", "区住房和城乡建设局"]
    assert [row[6] for row in rows] == ["25.0", "0.0", "25.0", "35.7"]


def test_a_printed_total_is_the_rounded_total(office):
    """Three units of 0.334 亿 are 1.00 亿 together, though each prints as 0.33."""
    for project in ("甲", "乙", "丙"):
        office.reading(office.projects[project], date(2019, 4, 30), ytd=33_400_000)
    rows = [[cell.text for cell in row.cells] for row in paper(office, date(2019, 4, 30)).tables[1].rows]
    done = {row[1]: row[5] for row in rows}
    assert done["全区"] == "2.00"
    assert (done["城建类"], done["产业类"]) == ("0.67", "1.33")


def test_no_leader_is_named(office):
    leader = Post.objects.create(kind="leader", title="副区长", holder="某某某", region=office.region)
    for project in office.projects.values():
        office.assign(project, "lead", post=leader)
    made = paper(office)
    said = text_of(made) + str(made.tables)
    assert "某某某" not in said
    assert "副区长" not in said


def test_a_sensitive_project_is_counted_but_not_named(office):
    project = office.projects["戊 2 号路"]
    project.secrecy = Secrecy.SENSITIVE
    project.save()
    made = paper(office)
    said = text_of(made) + str(made.tables)
    assert "戊 2 号路" not in said
    assert "未签约" not in said
    assert "未按计划开工，共1个。" in said
    assert "敏感项目不列名" in said


@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2019, 3, 9), date(2019, 12, 31)])
def test_thin_data_still_make_a_paper_that_agrees(district, day):
    district.project("孤", total=0, planned=0)
    made = paper(district, day)
    assert check(made.blocks, made.title, made) == []
    assert "尚无完成投资数据" in text_of(made)
    assert "None" not in text_of(made)
    assert "完成率" not in text_of(made)


def test_a_list_without_projects_says_so(district):
    made = paper(district)
    assert made.tables == ()
    assert "尚无列入本年度名单的重点项目" in text_of(made)
    assert check(made.blocks, made.title, made) == []


def test_the_year_before_is_compared_where_there_is_one(office):
    before = AnnualList.objects.create(level="district", region=office.region, year=2018, name="2018 年区重点项目")
    office.annual_list, this = before, office.annual_list
    old = office.project("旧", total=9 * YI, planned=3 * YI, on=date(2018, 1, 1))
    office.reading(old, date(2018, 3, 31), ytd=2 * YI)
    office.annual_list = this
    made = paper(office)
    assert "与上年同期相比，项目增加4个，总投资增加60亿元，年度计划投资增加9亿元。" in text_of(made)
    assert "完成投资与上年同期相比增长50%。" in text_of(made)
    assert check(made.blocks, made.title, made) == []


def test_a_union_of_levels_has_a_paragraph_and_a_row_a_level(office):
    city = AnnualList.objects.create(level="city", region=office.region, year=2019, name="2019 年市重点项目")
    own = office.annual_list
    office.annual_list = city
    office.project("市项目", total=7 * YI, planned=2 * YI)
    made = make_paper(OPERATOR, "progress", ask(OPERATOR, [own, city], MARCH))
    assert "市区重点项目6个，总投资76亿元，年度计划投资14亿元" in text_of(made)
    assert [block.text for block in made.blocks if block.level == 2] == ["市级重点项目", "区级重点项目"]
    assert [row.cells[1].text for row in made.tables[0].rows] == ["全区", "区级", "市级"]
    assert check(made.blocks, made.title, made) == []


def test_a_month_end_and_a_day_are_worded_differently(office):
    assert paper(office).title == "关于2019年1—3月全区重点项目建设进展情况的通报"
    assert paper(office, date(2019, 3, 9)).title == "关于截至2019年3月9日全区重点项目建设进展情况的通报"
    assert paper(office, date(2019, 1, 31)).title == "关于2019年1月全区重点项目建设进展情况的通报"
