"""Columns whose values Python gives by primary key: shown, sorted, filtered and summed beside the database's."""

import pytest
from django.db.models import F
from django.http import QueryDict

from guatu.core import registries
from guatu.core.registries import ColumnPart
from guatu.core.tables import INTEGER, PERCENT, Column, Table, choice, share_of
from guatu.people.models import Region
from tests.support.actors import post

pytestmark = pytest.mark.django_db
KINDS = {"good": "好", "bad": "坏"}


@pytest.fixture
def regions():
    rows = {}
    for number, (name, level) in enumerate(
        (("甲", "district"), ("乙", "city"), ("丙", "district"), ("丁", "district"))
    ):
        rows[name] = Region.objects.create(code=f"r{number}", name=name, level=level, path=f"r{number}/")
    return rows


class Asked:
    """A lookup that counts how often it is asked."""

    def __init__(self, values):
        self.values, self.times = values, 0

    def __call__(self):
        self.times += 1
        return self.values


def table_of(regions):
    done = Asked({regions["甲"].pk: 5, regions["乙"].pk: 30, regions["丙"].pk: 20})
    kind = Asked({regions["甲"].pk: "bad", regions["乙"].pk: "good", regions["丙"].pk: "bad"})
    table = Table(
        "tests.looked",
        "区划",
        (
            Column("name", "名称", filter="text"),
            Column("level", "层级", filter="choice", choices={"district": "区", "city": "市"}),
            Column("plan", "计划", INTEGER, expression=F("id") * 0 + 50, total="sum"),
            Column("done", "完成", INTEGER, lookup=done, filter="range", total="sum"),
            Column("rate", "完成率", PERCENT, value=lambda row: None, total=share_of("done", "plan")),
            Column("kind", "评价", choice(KINDS), lookup=kind, filter="choice", default=False),
        ),
        default_sort="name",
    )
    return table, done, kind


def names(table, query, columns="name"):
    view = table.open(QueryDict(f"{query}&columns={columns}"), Region.objects.all(), post("office_head"))
    return [row[0] for row in view.page_rows()], view


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sort=done", "甲丙乙丁"),
        ("sort=-done", "乙丙甲丁"),
        ("sort=kind,-done", "乙丙甲丁"),
        ("sort=level,done", "乙甲丙丁"),
        ("sort=-level,-done", "丙甲丁乙"),
        ("sort=-done&from.done=10", "乙丙"),
        ("sort=done&to.done=20&f.level=district", "甲丙"),
        ("f.kind=bad&sort=-done", "丙甲"),
        ("f.kind=bad&sort=done&size=20&page=2", "甲丙"),
    ],
)
def test_rows_are_sorted_and_filtered_by_what_python_gives(regions, query, expected):
    table, *_ = table_of(regions)
    assert "".join(names(table, query)[0]) == expected


def test_totals_are_of_the_rows_that_pass_every_filter_and_shares_are_of_the_sums(regions):
    table, *_ = table_of(regions)
    _, view = names(table, "f.kind=bad", "name,plan,done,rate")
    assert view.count == 2
    assert (view.totals["plan"], view.totals["done"], view.totals["rate"]) == (100, 25, 25)
    _, whole = names(table, "", "name,plan,done")
    assert (whole.count, whole.totals) == (4, {"plan": 200, "done": 55})


def test_a_lookup_is_asked_once_and_only_when_its_column_counts(regions, django_assert_num_queries):
    table, done, kind = table_of(regions)
    with django_assert_num_queries(2):  # one aggregate, one page
        _, view = names(table, "")
        assert view.count == 4
    assert (done.times, kind.times) == (0, 0)
    with django_assert_num_queries(3):  # aggregate, keys in order, the page by key
        _, view = names(table, "sort=-done", "name,done")
        assert view.totals == {"done": 55}
    list(view.all_rows())
    assert (done.times, kind.times) == (1, 0)


def test_rows_shown_with_columns_of_all_three_kinds_keep_their_places(regions):
    table, *_ = table_of(regions)
    view = table.open(QueryDict("columns=done,name,kind,plan"), Region.objects.all(), post("office_head"))
    by_name = {row[1]: row[:4] for row in view.page_rows()}
    assert by_name["乙"] == (30, "乙", "good", 50)
    assert by_name["丁"] == (None, "丁", None, 50)


def test_a_column_that_is_not_of_the_default_is_shown_when_chosen(regions):
    table, *_ = table_of(regions)
    view = table.open(QueryDict(), Region.objects.all(), post("office_head"))
    assert "kind" not in [column.code for column in view.columns]
    _, chosen = names(table, "", "kind")
    assert [column.code for column in chosen.columns] == ["kind"]


def test_plain_rows_find_their_values_by_pk(regions):
    table, *_ = table_of(regions)
    rows = [{"pk": row.pk, "name": name, "level": row.level, "plan": 50} for name, row in regions.items()]
    view = table.open(QueryDict("sort=-done&columns=name,done&from.done=10"), rows, post("office_head"))
    assert [row[:2] for row in view.page_rows()] == [("乙", 30), ("丙", 20)]
    assert view.totals == {"done": 50}


def test_a_higher_packages_lookup_is_offered_where_the_page_gives_what_it_needs(regions):
    table, *_ = table_of(regions)
    asked = []

    def read(actor, given):
        asked.append(given["day"])
        return {regions["丙"].pk: 7}

    part = ColumnPart(
        "tests.part", "tests.looked", "部分", None, "integer", filter="range", lookup=read, needs=("day",)
    )
    registries.COLUMNS.add("tests.part", part)
    try:
        rows, office = Region.objects.all(), post("office_head")
        assert "tests.part" not in table.open(QueryDict(), rows, office).known
        view = table.open(QueryDict("sort=-tests.part"), rows, office, given={"day": "2019-03-31"})
        assert next(iter(view.page_rows()))[0] == "丙"
        assert asked == ["2019-03-31"]
    finally:
        registries.COLUMNS._items.pop("tests.part")
