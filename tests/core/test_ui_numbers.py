"""Figures, dates, lights and marks as pages print them."""

from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from guatu.core.ui import lights, marks, numbers
from guatu.core.ui.charts import Chart, Series
from guatu.core.ui.ruler import Ruler
from guatu.domain.money import MoneyUnit


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


def shown(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ v|yi:2 }}", 36_200_000_000, "362.00"),
        ("{{ v|yi:2 }}", 176_900_000_000, "1,769.00"),
        ("{{ v|yi }}", -419_000_000, "−4.19"),
        ("{{ v|yi }}", None, "—"),
        ("{{ v|yi }}", 500_000, "0.01"),
        ("{{ v|yi }}", 499_999, "0.00"),
        ("{{ v|wan }}", 120_000_000, "12,000"),
        ("{{ v|wan:1 }}", 12_345_600, "1,234.6"),
        ("{{ v|yi|signed }}", 127_000_000, "+1.27"),
        ("{{ v|yi|signed }}", -88_000_000, "−0.88"),
        ("{{ v|yi|signed }}", 0, "0.00"),
        ("{{ v|yi|signed }}", None, "—"),
        ("{{ v|pct }}", Decimal("22.13"), "22.1%"),
        ("{{ v|pct:2 }}", Decimal("22.125"), "22.13%"),
        ("{{ v|pct }}", None, "—"),
        ("{{ v|rate }}", Decimal("61.05"), "61.1"),
        ("{{ v|whole }}", 1234567, "1,234,567"),
        ("{{ v|mdate }}", date(2019, 3, 31), "3月31日"),
        ("{{ v|cdate }}", date(2019, 3, 31), "2019年3月31日"),
        ("{{ v|weekday }}", date(2021, 3, 26), "星期五"),
        ("{{ v|mdate }}", None, "—"),
        ("{{ v|points }}", None, "—"),
        ("{% figure '' '—' '亿元' %}", None, '<span class="nw">—</span>'),
        ("{{ v|theme }}", "night", "night"),
        ("{{ v|theme }}", '"><script>', "auto"),
    ],
)
def test_a_value_is_printed(source, value, expected):
    assert shown(source, v=value) == expected


def test_a_name_that_the_context_lacks_is_no_figure():
    assert shown("{{ lost|yi }}{{ lost|pct }}{{ lost|mdate }}{{ lost|whole }}") == "————"


def test_a_difference_of_rates_carries_its_sign_and_unit():
    assert shown("{{ v|points }}", v=Decimal("3.14")) == '<span class="nw">+3.1<span class="u">个百分点</span></span>'


def test_a_figure_opens_its_rows():
    html = shown("{% figure url '80.11' '亿元' %}", url='/library/?a=1&b="2')
    assert html == '<a class="open nw" href="/library/?a=1&amp;b=&quot;2">80.11<span class="u">亿元</span></a>'


def test_a_query_keeps_what_it_does_not_change():
    assert shown("{% query 'light=red&light=yellow&page=3' page='' sort='name' %}") == (
        "?light=red&amp;light=yellow&amp;sort=name"
    )


@pytest.mark.parametrize(("name", "word"), [("red", "滞后"), ("yellow", "预警"), ("green", "正常"), ("blue", "完成")])
def test_a_light_is_shape_colour_and_word(name, word):
    html = lights.light(name)
    assert f"#l-{name}" in html
    assert f"light-{name}" in html
    assert word in html


def test_a_light_without_a_printed_word_still_says_it():
    assert '<span class="sr">滞后</span>' in lights.light("red", "")


def test_a_light_of_another_name_is_refused():
    with pytest.raises(ValueError, match="no light"):
        lights.light("orange")


def test_no_verdict_is_a_dash():
    assert lights.verdict("none") == "—"
    assert "难完成" in lights.verdict("red")


def test_a_rate_bar_places_done_plan_and_time_on_one_axis():
    svg = marks.rate_bar(Decimal(50), Decimal(25), Decimal(75))
    assert 'class="m-done" y="4" width="56.0"' in svg
    assert 'class="m-plan" d="M28.0 0v14"' in svg
    assert 'class="m-time" d="M84.0 0v14"' in svg
    assert "完成 50.0%，计划 25.0%，序时 75.0%" in svg


def test_a_rate_bar_without_figures_draws_only_its_track():
    svg = marks.rate_bar(None)
    assert "m-track" in svg
    assert "m-done" not in svg
    assert "m-plan" not in svg


def test_what_lies_past_the_axis_stays_on_it():
    assert 'width="112.0"' in marks.rate_bar(Decimal(140))
    assert 'width="0.0"' in marks.rate_bar(Decimal(-5))


def test_a_missing_figure_breaks_the_line():
    svg = marks.spark([1, 2, None, 3, 4], "近 5 周")
    assert svg.count("<polyline") == 2
    assert marks.spark([None, None], "近 2 周") == '<span class="ink-3">—</span>'


def test_months_show_done_in_ink_and_what_is_to_come_as_plan():
    svg = marks.months([10, 20], [10, 20, 40], "逐月")
    assert svg.count("m-done") == 2
    assert svg.count("m-plan") == 2
    assert svg.count("m-track") == 1


def test_a_label_cannot_leave_its_attribute():
    assert '"><script' not in marks.spark([1, 2], '"><script>')


def test_a_chart_hands_over_whole_yuan_and_its_table_says_the_same():
    chart = Chart("c", "bar", ["1月", "2月"], [Series("实际", "actual", [150_000_000, None])], "逐月", MoneyUnit.YI)
    spec = chart.spec()
    assert spec["series"][0]["data"] == [150_000_000, None]
    assert (spec["scale"], spec["unit"]) == (10**8, "亿元")
    assert chart.rows() == [("1月", ["1.50"]), ("2月", [numbers.NO_FIGURE])]


def test_a_chart_refuses_a_series_of_another_length():
    with pytest.raises(ValueError, match="another length"):
        Chart("c", "bar", ["1月"], [Series("实际", "actual", [1, 2])], "逐月")


def test_the_ruler_runs_from_the_first_to_the_last_day_of_a_leap_year():
    ruler = Ruler(date(2020, 12, 31), date(2020, 7, 1))
    assert (ruler.length, ruler.value, ruler.at) == (365, 365, "100.00")
    assert ruler.limit == 182
    assert ruler.after == date(2020, 12, 31)
    assert ruler.label_anchor == "end"
    assert Ruler(date(2020, 1, 1), date(2021, 5, 5)).limit == 365


def test_printed_numbers_agree_with_the_domain():
    assert numbers.amount(8_011_000_000, MoneyUnit.YI) == "80.11"
    assert numbers.with_sign(numbers.amount(0, MoneyUnit.YI)) == "0.00"
