"""Whatever an address holds, a table answers: shown, or refused in words; never an error, never unescaped."""

import re
from urllib.parse import quote

import pytest
from django.db.models import F
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guatu.core.refusals import Refusal
from guatu.core.tables import DATE, INTEGER, Column, RowLink, Table, choice, exports
from guatu.people.models import Region
from tests.support.actors import post

pytestmark = pytest.mark.django_db
TABLE = Table(
    "tests.hostile",
    "区划",
    (
        Column("code", "代码", filter="text", link=True),
        Column("level", "层级", choice({"district": "区", "city": "市"}), filter="choice", groupable=True),
        Column("name", "名称", filter="text", groupable=True),
        Column("order", "序", INTEGER, expression=F("id"), filter="range", total="sum"),
        Column("day", "日期", DATE, lookup=dict, filter="date"),
        Column("done", "完成", INTEGER, lookup=dict, filter="range", total="sum"),
        Column("secret", "分包领导", field="name", filter="text", audience="leader_names"),
    ),
    link=RowLink("public_id", "core:job"),
    selectable=True,
)
CODES = ["code", "level", "name", "order", "day", "done", "secret", "gone", "*", "pk", "parent__name"]
NAMES = ["sort", "columns", "group", "fold", "unfold", "more", "density", "chosen", "page", "size", "view", "q"]
NAMES += [f"{part}.{code}" for part in ("f", "from", "to") for code in CODES]
ODD = [
    "\x00", "<script>alert(1)</script>", "\"'><b>", "%00", "~", "*", "-", ",,,", "２０", "²", "9" * 400, "-1", "0",
    "1e999", "NaN", "Infinity", "2019-02-30", "9999-12-31", "0000", "1亿亿", "'; DROP TABLE x --", "{{ 7|add:1 }}",
    "\u202e", "\U0001f600", "../../etc", "district", "city", "dense", "00000000-0000-7000-8000-000000000000", "=1+1",
]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(ODD),
    st.sampled_from(CODES),
    st.text(max_size=60),
    st.lists(st.sampled_from(CODES), max_size=40).map(",".join),
    st.lists(st.sampled_from(CODES), max_size=5).map(lambda codes: ",".join(f"-{code}" for code in codes)),
)
PAIRS = st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), st.text(max_size=20)), VALUES), max_size=12)


def queries(pairs):
    return "&".join(f"{quote(name, errors='replace')}={quote(value, errors='replace')}" for name, value in pairs)


def shown(query, lenient=False):
    """The page's part, and every line of the file; the sentence alone where it was refused."""
    actor = post("system_admin")
    try:
        view = TABLE.open(QueryDict(query), Region.objects.all(), actor, lenient=lenient)
        html = render_to_string("core/tables/part.html", {"table": view, "request_id": "x"})
    except Refusal as refusal:
        return "", str(refusal)
    return html, "".join(exports.csv_lines(view))


@pytest.fixture
def regions():
    for number, name in enumerate(("<script>alert(2)</script>", "=cmd|' /C calc'!A0", "", "西工区")):
        Region.objects.create(code=f"r{number}", name=name, level="district", path=f"r{number}/")


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=PAIRS, lenient=st.booleans())
def test_any_address_is_answered(regions, pairs, lenient):
    html, text = shown(queries(pairs), lenient)
    assert text
    assert "<script" not in html
    assert "分包领导" not in re.sub(r'<div class="note.*?</div>', "", html)  # a remark may name what is left out
    if html:
        assert not re.search(r"(^|,)\"?=", text, re.MULTILINE)


@pytest.mark.parametrize(
    "name", ["sort", "columns", "group", "fold", "more", "chosen", "f.level", "f.name", "from.order"]
)
def test_a_huge_parameter_or_a_thousand_of_them_is_answered(regions, name):
    for query in (
        f"{name}=" + "level," * 5000,
        "&".join(f"{name}=level" for _ in range(900)),
        f"{name}=" + "%00" * 3000,
    ):
        assert shown(query)[1]
        assert shown(query, lenient=True)[1]
    assert shown("group=level&" + "&".join(f"fold={number}" for number in range(900)))[0]


def test_a_page_far_beyond_the_last_is_the_last_with_a_remark(regions):
    html, _ = shown("page=999999999")
    assert "没有第 999999999 页，已显示最后一页" in html
    html, _ = shown("group=level&page=10000")
    assert "已显示最后一页" in html


def test_only_the_selected_rows_are_shown_and_written(regions):
    ids = list(Region.objects.order_by("code").values_list("public_id", flat=True)[1:3])
    html, text = shown("chosen=" + ",".join(map(str, ids)))
    assert text.count("\r\n") == 1 + 2
    assert "已选 2 项" in html
    assert "所选各行写的是" in shown("chosen=1,2")[0]


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 2), ("sort=-order&f.name=区", 2), ("page=2&size=20", 2), ("group=level", 3), ("group=level&fold=*", 1)],
)
def test_the_number_of_queries_is_one_aggregate_and_one_page(regions, django_assert_num_queries, query, count):
    columns = "&columns=code,level,name,order"
    shown_part(columns)  # what the process reads once (settings) is not the table's
    with django_assert_num_queries(count):
        assert shown_part(query + columns)


def shown_part(query):
    view = TABLE.open(QueryDict(query), Region.objects.all(), post("system_admin"))
    return render_to_string("core/tables/part.html", {"table": view})
