"""Groups of a table: counts and subtotals that add up, the first rows of each, folding, paging, files."""

import csv
import io

import openpyxl
import pytest
from django.db.models import F, Value
from django.db.models.functions import NullIf
from django.http import QueryDict

from guatu.core.refusals import Refusal
from guatu.core.tables import INTEGER, PERCENT, Column, Table, choice, exports, share_of
from guatu.core.tables.grouped import FIRST_ROWS, GROUPS_A_PAGE, MORE_ROWS
from guatu.people.models import Region
from tests.support.actors import post

pytestmark = pytest.mark.django_db
LEVELS = {"city": "市", "district": "区", "town": "镇"}
COLUMNS = (
    Column("name", "名称", field="code", filter="text"),
    Column("level", "层级", choice(LEVELS), filter="choice", groupable=True),
    Column("parent", "上级", field="name", groupable=True),
    Column("plan", "计划", INTEGER, expression=F("id") * 0 + 50, total="sum"),
    Column("done", "完成", INTEGER, expression=F("id"), total="sum", filter="range"),
    Column("rate", "完成率", PERCENT, value=lambda row: None, total=share_of("done", "plan")),
)


@pytest.fixture
def rows():
    found = []
    for number in range(30):
        level = ("district", "district", "city")[number % 3]
        name = f"项{number:02d}"
        parent = "=甲区" if number % 2 else ""
        found.append(Region.objects.create(code=name, name=parent, level=level, path=f"r{number}/"))
    return found


def tables():
    by_lookup = [
        Column("done", "完成", INTEGER, lookup=lambda: {row.pk: row.pk for row in Region.objects.all()}, total="sum"),
        Column(
            "level",
            "层级",
            choice(LEVELS),
            groupable=True,
            lookup=lambda: dict(Region.objects.values_list("pk", "level")),
        ),
    ]
    swapped = [next((one for one in by_lookup if one.code == column.code), column) for column in COLUMNS]
    plain = [Column("done", "完成", INTEGER, field="pk", total="sum") if c.code == "done" else c for c in COLUMNS]
    plain = [
        Column("plan", "计划", INTEGER, value=lambda row: 50, total="sum") if c.code == "plan" else c for c in plain
    ]
    return {
        "query": (Table("tests.g", "区划", COLUMNS, default_sort="name"), Region.objects.all),
        "lookup": (Table("tests.g", "区划", tuple(swapped), default_sort="name"), Region.objects.all),
        "late": (Table("tests.g", "区划", tuple(swapped), default_sort="-done"), Region.objects.all),
        "plain": (
            Table("tests.g", "区划", tuple(plain), default_sort="name"),
            lambda: list(Region.objects.order_by("id")),
        ),
    }


def opened(kind, query):
    table, rows = tables()[kind]
    return table.open(QueryDict(query), rows(), post("office_head"))


@pytest.mark.parametrize("kind", ["query", "lookup", "late", "plain"])
def test_subtotals_add_up_to_the_total_and_are_those_of_the_groups_rows(rows, kind):
    view = opened(kind, "group=level")
    shown = view.group.shown
    assert [group.words for group in shown] == ["市", "区"]  # by the choices' own order
    assert [group.count for group in shown] == [10, 20]
    for group, level in zip(shown, ("city", "district"), strict=True):
        done = sum(row.pk for row in rows if row.level == level)
        assert group.totals["done"] == done
        assert group.totals["plan"] == 50 * group.count
        assert group.totals["rate"] == share_of("done", "plan")({"done": done, "plan": 50 * group.count})
    assert view.count == 30
    assert view.totals["done"] == sum(group.totals["done"] for group in shown) == sum(row.pk for row in rows)


@pytest.mark.parametrize("kind", ["query", "lookup", "late", "plain"])
def test_the_first_rows_of_each_stand_there_in_order_and_more_can_be_shown(rows, kind):
    view = opened(kind, "group=level")
    city, district = view.group.shown
    assert (len(city.rows), city.left, city.more_url) == (10, 0, "")
    assert (len(district.rows), district.left) == (FIRST_ROWS, 10)
    names = [row.code for row in rows if row.level == "district"]
    expected = names[::-1] if kind == "late" else names
    assert [row[0] for row in district.rows] == expected[:FIRST_ROWS]
    more = opened(kind, district.more_url.removeprefix("?")).group.shown[1]
    assert [row[0] for row in more.rows] == expected
    assert more.left == 0


@pytest.mark.parametrize("kind", ["query", "plain"])
def test_what_is_not_filled_in_is_a_group_of_its_own_that_stands_last(rows, kind):
    assert [(group.words, group.count) for group in opened(kind, "group=parent").group.shown] == [
        ("=甲区", 15),
        ("未填", 15),
    ]
    assert opened(kind, "group=parent&sort=-parent").group.shown[-1].words == "未填"


@pytest.mark.parametrize("kind", ["query", "late", "plain"])
def test_a_folded_group_keeps_its_subtotals_and_shows_no_row(rows, kind):
    view = opened(kind, "group=parent")
    folded = opened(kind, view.group.shown[1].toggle_url.removeprefix("?"))
    assert [(group.is_open, len(group.rows)) for group in folded.group.shown] == [(True, 10), (False, 0)]
    assert folded.totals == view.totals
    closed = opened(kind, "group=parent&fold=*")
    assert [group.is_open for group in closed.group.shown] == [False, False]
    one = opened(kind, closed.group.shown[0].toggle_url.removeprefix("?"))
    assert [group.is_open for group in one.group.shown] == [True, False]
    assert opened(kind, one.group.fold_all_url().removeprefix("?")).group.shown[1].is_open


def test_a_grouped_page_asks_three_queries_whatever_the_groups(rows, django_assert_num_queries):
    table, _ = tables()["query"]
    table = Table("tests.g", "区划", table.columns[:5], default_sort="name")
    for number in range(40):
        Region.objects.create(code=f"m{number}", name=f"组{number}", level="town", path=f"m{number}/")
    for query in ("group=level", "group=parent", "group=parent&page=3"):
        with django_assert_num_queries(3):
            str(table.open(QueryDict(query), Region.objects.all(), post("office_head")).body)
    view = table.open(QueryDict("group=parent&page=2"), Region.objects.all(), post("office_head"))
    assert (view.pages, len(view.group.shown)) == (3, GROUPS_A_PAGE)


def test_a_group_too_long_for_a_page_says_what_is_left_out(rows):
    Region.objects.bulk_create(
        [Region(code=f"x{n}", name="多", level="town", path=f"x{n}/") for n in range(MORE_ROWS + 5)]
    )
    view = opened("query", "group=level&more=town")
    assert len(view.group.shown[2].rows) == MORE_ROWS
    assert "此组还有 5 项，请筛选后查看" in view.body


def test_only_a_column_declared_for_it_can_be_grouped_by(rows):
    for query in ("group=name", "group=nothing", "group=%00"):
        with pytest.raises(Refusal):
            opened("query", query)


@pytest.mark.parametrize("kind", ["query", "lookup", "plain"])
def test_files_hold_the_groups_with_their_subtotals_and_all_their_rows(rows, kind):
    view = opened(kind, "group=parent&columns=name,parent,done")
    text = "".join(exports.csv_lines(view))
    lines = list(csv.reader(io.StringIO(text[1:])))
    heads = [place for place, line in enumerate(lines) if line[0].endswith(" 15 项")]
    assert [lines[place][0] for place in heads] == ["'=甲区 15 项", "未填 15 项"]
    assert len(lines) == 1 + 2 + 30
    for place in heads:
        assert int(lines[place][2]) == sum(int(line[2]) for line in lines[place + 1 : place + 16])


def test_the_workbook_has_an_outline_whose_folded_groups_are_hidden(rows):
    view = opened("query", "group=level&fold=city&columns=name,done")
    held = io.BytesIO()
    exports.write_xlsx(view, held)
    sheet = openpyxl.load_workbook(held).active
    first = next(row for row in range(1, sheet.max_row) if sheet.cell(row, 1).value == "市 10 项")
    assert sheet.cell(first, 2).value == sum(row.pk for row in rows if row.level == "city")
    assert sheet.row_dimensions[first + 1].hidden
    assert sheet.row_dimensions[first + 1].outlineLevel == 1
    assert sheet.cell(first + 11, 1).value == "区 20 项"
    assert not sheet.row_dimensions[first + 12].hidden


def test_a_groups_words_are_escaped(rows):
    Region.objects.filter(pk=rows[1].pk).update(name="<script>")
    assert "&lt;script&gt;" in opened("query", "group=parent").body
    assert "<script>" not in opened("query", "group=parent").body


CODED = {"甲": "district", "乙": "", "丙": "city", "丁": "odd", "戊": ""}  # "odd" is no code that the column knows


def coded(kind):
    """A table of regions with a coded column that is blank in two of them, and its rows."""
    code = choice(LEVELS)
    looked = {row.pk: row.level or None for row in Region.objects.all()}
    level = {
        "empty": Column("level", "层级", code, groupable=True),
        "null": Column("level", "层级", code, expression=NullIf(F("level"), Value("")), groupable=True),
        "lookup": Column("level", "层级", code, lookup=lambda: looked, groupable=True),
        "plain": Column("level", "层级", code, groupable=True),
        "plain lookup": Column("level", "层级", code, lookup=lambda: looked, groupable=True),
    }[kind]
    table = Table("tests.coded", "区划", (Column("name", "名称", field="code"), level), default_sort="name")
    rows = Region.objects.all()
    return table, (list(rows.order_by("pk")) if kind.startswith("plain") else rows)


@pytest.mark.parametrize("kind", ["empty", "null", "lookup", "plain", "plain lookup"])
@pytest.mark.parametrize(("sort", "expected"), [("level", "丙甲丁乙戊"), ("-level", "丁甲丙乙戊")])
def test_a_blank_code_stands_last_either_way(kind, sort, expected):
    for number, (name, level) in enumerate(CODED.items()):
        Region.objects.create(code=name, name=name, level=level, path=f"r{number}/")
    table, rows = coded(kind)

    def read(query):
        return table.open(QueryDict(query), rows, post("office_head"))

    assert "".join(row[0] for row in read(f"sort={sort}&columns=name").page_rows()) == expected
    grouped = read(f"group=level&sort={sort}&columns=name")
    assert [group.count for group in grouped.group.shown] == [1, 1, 1, 2]
    assert "".join(row[0] for _group, listed in grouped.group.each() for row in listed) == expected
