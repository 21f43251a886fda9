"""The table engine through its face: an address in, a page, a CSV or a workbook out."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db.models import F
from django.http import HttpResponse
from django.urls import include, path

from guatu.core import registries
from guatu.core.models import AccessLog
from guatu.core.pages import page
from guatu.core.registries import ColumnPart
from guatu.core.tables import DATE, INTEGER, LIGHT, PERCENT, Column, RowLink, Table, choice, exports, money, share_of
from guatu.domain.money import MoneyUnit
from guatu.people.models import Region
from tests.support.actors import post, sign_in

KINDS = {"new": "新开工", "continuing": "续建"}
WAN = money(MoneyUnit.WAN)
PLAN = Table(
    "tests.plan",
    "项目",
    (
        Column("name", "名称", filter="text"),
        Column("kind", "类别", choice(KINDS), filter="choice"),
        Column("planned", "年计划", WAN, filter="range", total="sum", group="投资"),
        Column("done", "完成", WAN, total="sum", group="投资"),
        Column("rate", "完成率", PERCENT, total=share_of("done", "planned")),
        Column("start", "开工", DATE, filter="date"),
        Column("light", "灯", LIGHT, filter="choice"),
        Column("leader", "分包领导", audience="leader_names", filter="text"),
    ),
    default_sort="-planned",
    page_size=2,
    empty="导入计划表后，这里列出项目。",
)
ROWS = [
    ("甲<b>", "new", 120_000_000, 30_000_000, "25.0", date(2019, 3, 31), "green", "张三"),
    ("=乙", "continuing", 50_000_000, 50_000_000, "100.0", date(2018, 5, 1), "blue", "李四"),
    ("丙", "new", 80_000_000, 0, "0.0", None, "red", "张三"),
    ("丁", "new", None, None, None, date(2019, 6, 30), "none", None),
]
NAMES = [column.code for column in PLAN.columns]


def plan_rows():
    rows = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
    return [{**row, "rate": row["rate"] and Decimal(row["rate"])} for row in rows]


REGIONS = Table(
    "tests.regions",
    "区划",
    (
        Column("code", "代码", filter="text", link=True),
        Column("name", "名称", filter="text"),
        Column("parent", "上级", field="parent__name", filter="text"),
        Column("order", "序", INTEGER, expression=F("id") * 2, filter="range", total="sum"),
        Column("shout", "称呼", value=lambda row: row.name + "！"),
    ),
    default_sort="code",
    link=RowLink("public_id", "tests_region"),
)


@page("core.view_settings")
def plan(request):
    return PLAN.respond(request, plan_rows(), template="core/tables/part.html", title="计划表", sub="2019年")


@page("core.view_settings")
def regions(request):
    return REGIONS.respond(request, Region.objects.all(), template="core/tables/part.html")


@page("core.view_settings")
def framed(request):
    return PLAN.respond(request, plan_rows(), template="core/system/table.html")


urlpatterns = [
    path("plan/", plan),
    path("framed/", framed),
    path("regions/", regions),
    path("region/<uuid:public_id>/", lambda request, public_id: HttpResponse(), name="tests_region"),
    path("", include("guatu.config.urls")),
]


@pytest.fixture(autouse=True)
def _as_office(settings):
    settings.ROOT_URLCONF = __name__
    swapped = "tests.support.actors.SignedInMiddleware"
    settings.MIDDLEWARE = [swapped if "ActorMiddleware" in name else name for name in settings.MIDDLEWARE]
    sign_in(post("office_head"))
    yield
    sign_in(None)


pytestmark = pytest.mark.django_db


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()[:400]
    return response.content.decode()


def names_in(html):
    return [name for name in ("甲&lt;b&gt;", "=乙", "丙", "丁") if f">{name}</td>" in html]


def csv_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def sheet_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active


def test_the_totals_are_of_all_filtered_rows_and_not_of_the_page(client):
    html = text_of(client, "/plan/")
    assert names_in(html) == ["甲&lt;b&gt;", "丙"]
    assert "25,000.00" in html
    assert "8,000.00" in html
    assert "第 1–2 项，共 4 项" in html
    filtered = text_of(client, "/plan/?f.kind=new")
    assert "20,000.00" in filtered
    assert ">15.0<" in filtered  # 3,000 of 20,000: the rate of the sums


def test_no_figure_is_a_dash_and_stands_last_in_either_order(client):
    for sort in ("planned", "-planned"):
        rows = csv_of(client, f"/plan/?sort={sort}&export=csv")
        assert rows[-1][:3] == ["丁", "新开工", "—"]


def test_codes_and_lights_are_sorted_in_their_own_order(client):
    lights = [row[6] for row in csv_of(client, "/plan/?sort=light&export=csv")[1:]]
    assert lights == ["滞后", "正常", "完成", "未到期"]


def test_bounds_take_what_offices_write_and_say_how_they_were_read(client):
    html = text_of(client, "/plan/?from.planned=0.6亿&to.planned=12000")
    assert names_in(html) == ["甲&lt;b&gt;", "丙"]
    assert "6000.00万元 起 至 12000.00万元" in html
    assert names_in(text_of(client, "/plan/?from.start=2019年3月&to.start=2019年3月")) == ["甲&lt;b&gt;"]


def test_an_address_restores_the_view_and_its_links_keep_the_rest_of_it(client):
    html = text_of(client, "/plan/?f.kind=new&as_of=2019-03-31&sort=name")
    assert 'aria-sort="ascending"' in html
    assert "?f.kind=new&amp;as_of=2019-03-31&amp;sort=-name" in html
    assert '<input type="hidden" name="as_of" value="2019-03-31">' in html


@pytest.mark.parametrize(
    "address",
    [
        "/plan/?sort=nothing",
        "/plan/?sort=-planned,%00",
        "/plan/?f.nothing=1",
        "/plan/?f.planned=1",
        "/plan/?from.kind=1",
        "/plan/?columns=name,nothing",
        "/plan/?export=exe",
        "/regions/?sort=shout",
        "/regions/?f.shout=a",
        "/regions/?f.password=a",
        "/regions/?sort=parent__parent__name",
    ],
)
def test_an_unknown_column_is_answered_by_a_page_that_names_it(client, address):
    response = client.get(address)
    assert response.status_code == 400
    assert "请回到这张表，在页面上重新选择。" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("/plan/?page=99", "没有第 99 页"),
        ("/plan/?page=-1", "页码写的是“-1”"),
        ("/plan/?page=²", "页码写的是“²”"),
        ("/plan/?page=" + "9" * 5000, "页码写的是"),
        ("/plan/?size=7", "每页只能显示"),
        ("/plan/?from.planned=一大笔", "看不懂，未采用"),
        ("/plan/?from.start=2019-02-30", "看不懂，未采用"),
        ("/plan/?f.kind=%27%20OR%201", "看不懂，未采用"),
        ("/plan/?f.name=a%00b", "看不懂，未采用"),
        ("/regions/?f.name=a%00b", "看不懂，未采用"),
        ("/regions/?f.name=" + "%25" * 200, "看不懂，未采用"),
        ("/regions/?from.order=99999999999999999999", "看不懂，未采用"),
        ("/regions/?from.order=1e400", "看不懂，未采用"),
    ],
)
def test_what_cannot_be_read_is_left_out_with_a_word(client, address, word):
    Region.objects.create(code="410303", name="西工区", level="district", path="410303/")
    html = text_of(client, address)
    assert word in html


def test_a_column_of_another_audience_is_dropped_and_cannot_be_used(client):
    assert "张三" in text_of(client, "/plan/")
    assert len(csv_of(client, "/plan/?f.leader=张三&export=csv")) == 3
    sign_in(post("system_admin"))
    assert "张三" not in text_of(client, "/plan/")
    assert "分包领导" not in text_of(client, "/plan/")
    assert "分包领导" not in csv_of(client, "/plan/?export=csv")[0]
    for asked in ("sort=leader", "f.leader=张三", "columns=leader", "sort=leader&export=csv"):
        assert client.get(f"/plan/?{asked}").status_code == 400


def test_csv_holds_what_is_seen_and_no_formula(client):
    rows = csv_of(client, "/plan/?sort=name&export=csv&columns=name,planned&size=20")
    assert rows[0] == ["名称", "年计划（万元）"]
    assert sorted(row[0] for row in rows[1:]) == ["'=乙", "丁", "丙", "甲<b>"]
    assert ["甲<b>", "12000.00"] in rows
    log = AccessLog.objects.get(event="export")
    assert (log.subject, log.detail) == ("table:tests.plan", "csv 4")


def test_the_workbook_holds_what_is_seen_ready_to_be_printed(client):
    sheet = sheet_of(client, "/plan/?f.kind=new&sort=name&export=xlsx")
    assert sheet["A1"].value == "计划表"
    assert sheet["A2"].value == "2019年　类别：新开工"
    assert sheet["H2"].value == "单位：万元"
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"A1:H1", "C3:D3", "A3:A4", "E3:E4"}
    assert (sheet["C3"].value, sheet["C4"].value, sheet["A3"].value) == ("投资", "年计划（万元）", "名称")
    assert sheet["A5"].value == "合计 3 项"
    assert sheet["C5"].value == 20000
    assert {sheet.cell(row, 1).value for row in (6, 7, 8)} == {"甲<b>", "丙", "丁"}
    assert sheet.max_row == 8
    by_name = {sheet.cell(row, 1).value: row for row in (6, 7, 8)}
    assert sheet.cell(by_name["甲<b>"], 3).number_format == "#,##0.00"
    assert sheet.cell(by_name["丁"], 3).value == "—"
    assert sheet.cell(by_name["甲<b>"], 6).value.date() == date(2019, 3, 31)
    assert sheet.freeze_panes == "B5"
    assert sheet.print_title_rows == "$3:$4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_text_in_a_workbook_is_never_a_formula(client):
    sheet = sheet_of(client, "/plan/?f.kind=continuing&export=xlsx")
    cell = next(cell for row in sheet for cell in row if cell.value == "=乙")
    assert cell.data_type == "s"


def test_a_query_is_filtered_sorted_summed_and_linked_by_the_database(client, django_assert_num_queries):
    city = Region.objects.create(code="410300", name="洛阳市", level="city", path="410300/")
    for code, name in (("410303", "西工区"), ("410304", "瀍河区"), ("410305", "涧西区")):
        Region.objects.create(code=code, name=name, level="district", parent=city, path=f"410300/{code}/")
    text_of(client, "/regions/")  # the masthead's count of to-dos is kept from one page to the next
    with django_assert_num_queries(3):  # the third: what the person did since the count
        html = text_of(client, "/regions/?columns=code,name,parent,order&sort=-code&f.parent=洛阳")
    assert html.index("410305") < html.index("410304") < html.index("410303")
    assert "洛阳市</td>" in html
    region = Region.objects.get(code="410303")
    assert f'href="/region/{region.public_id}/"' in html
    total = sum(2 * pk for pk in Region.objects.filter(parent=city).values_list("id", flat=True))
    assert f'data-label="序">{total:,}</td>' in html
    assert "西工区！" in text_of(client, "/regions/")


def test_the_number_of_queries_does_not_grow_with_the_rows(client, django_assert_num_queries):
    for number in range(30):
        code = f"4103{number:02d}"
        Region.objects.create(code=code, name=code, level="district", path=code + "/")
    text_of(client, "/regions/")  # the masthead's count of to-dos is kept from one page to the next
    with django_assert_num_queries(3):  # the third: what the person did since the count
        html = text_of(client, "/regions/?size=20")
    assert html.count('<th scope="row"') == 20


def test_pages_of_equal_rows_neither_repeat_nor_skip_one(client):
    for number in range(45):
        Region.objects.create(code=f"r{number:02d}", name="同名", level="district", path=f"{number}/")
    seen = []
    for number in (1, 2, 3):
        html = text_of(client, f"/regions/?sort=name&size=20&page={number}")
        seen += [code for code in (f"r{n:02d}" for n in range(45)) if f">{code}</a>" in html]
    assert sorted(seen) == sorted({f"r{n:02d}" for n in range(45)})


def test_htmx_gets_the_part_and_everybody_else_the_page(client):
    part = {"HX-Request": "true", "HX-Target": "table-tests-plan"}
    assert client.get("/framed/", headers=part).content.decode().lstrip().startswith("<section")
    page = client.get("/framed/")
    assert "<!DOCTYPE html>" in page.content.decode()
    assert "HX-Target" in page["Vary"]


def test_a_higher_packages_column_is_shown_filtered_and_sorted_and_keeps_to_its_audience(client):
    Region.objects.create(code="410303", name="西工区", level="district", path="a/")
    Region.objects.create(code="410304", name="瀍河区", level="district", path="b/")
    part = ColumnPart(
        "tests.doubled", "tests.regions", "加倍", lambda actor: F("id") * 3, "integer", "leader_names", "range"
    )
    registries.COLUMNS.add("tests.doubled", part)
    try:
        first = Region.objects.get(code="410303").pk
        html = text_of(client, f"/regions/?sort=-tests.doubled&to.tests.doubled={first * 3}")
        assert "西工区" in html
        assert "瀍河区" not in html
        sign_in(post("system_admin"))
        assert "加倍" not in text_of(client, "/regions/")
        assert client.get("/regions/?sort=tests.doubled").status_code == 400
    finally:
        registries.COLUMNS._items.pop("tests.doubled")


def test_an_empty_table_says_what_will_be_here_and_a_filter_that_finds_nothing_says_so(client):
    assert "没有符合筛选的内容" in text_of(client, "/plan/?f.name=没有")
    assert "这里还没有内容" in text_of(client, "/regions/")


def test_a_table_declared_wrongly_fails_at_once():
    with pytest.raises(ValueError, match="two columns"):
        Table("tests.two", "x", (Column("a", "a"), Column("a", "b")))
    with pytest.raises(ValueError, match="sorted"):
        Table("tests.order", "x", (Column("a", "a", sort=False),), default_sort="a")


def test_a_long_workbook_has_its_heads_and_every_row(rf):
    row = dict(zip(NAMES, ROWS[0], strict=True))
    rows = [{**row, "rate": Decimal(25), "planned": number * 10_000} for number in range(6000)]
    view = PLAN.open(rf.get("/?sort=planned").GET, rows, post("office"))
    held = io.BytesIO()
    exports.write_xlsx(view, held)
    sheet = openpyxl.load_workbook(held, read_only=True).active
    lines = list(sheet.iter_rows(values_only=True))
    assert len(lines) == 4 + 1 + 6000
    assert lines[2][2] == "投资"
    assert lines[3][:3] == ("名称", "类别", "年计划（万元）")
    assert lines[-1][2] == 5999


def test_csv_comes_in_pieces(rf):
    row = dict(zip(NAMES, ROWS[0], strict=True)) | {"rate": Decimal(25)}
    view = PLAN.open(rf.get("/").GET, [row] * 1000, post("office"))
    pieces = exports.csv_lines(view)
    assert next(pieces).startswith("\ufeff名称")
    assert next(pieces).count("\r\n") == exports.ROWS_A_PIECE
