"""Days and amounts as people type them: one field each, one echo, one set of sentences."""

import html
import re
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from guatu.core.inputs import AmountField, DayField, of_year
from tests.support.cast import cast

__all__ = ["cast"]
ADDRESS = "/echo/{}/"


def text_of(answer):
    """What stands on a page or in a fragment, without its tags."""
    markup = answer if isinstance(answer, str) else answer.content.decode()
    return html.unescape(re.sub(r"<[^>]+>", " ", markup))


class Typed(forms.Form):
    on = DayField(label="日期")
    total = AmountField(label="金额")


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        ("amount", "1.2亿", "= 12,000 万元"),
        ("amount", "12000万", "= 12,000 万元"),
        ("amount", "1亿2000万", "= 12,000 万元"),
        ("amount", "1,200.5万元", "= 1,200.5 万元"),
        ("amount", "１，２００．５万元", "= 1,200.5 万元"),
        ("amount", "500", "= 500 万元 未写单位，按万元计，即 500 万元"),
        ("amount", "800元", "= 800 元"),
        ("amount", "1.2亿多少", ""),
        ("amount", "1.2.3亿", "“1.2.3亿”有两个小数点。例：1.23亿、12300万、12300。"),
        ("amount", "约1亿", "“约1亿”不是确定的金额。请去掉“约”“余”“以上”，填写一个数。"),
        ("day", "2026-03-31", "= 星期二"),
        ("day", "3.31", "= 2026年3月31日 星期二 未写年份，按今年"),
        ("day", "3月底", "= 2026年3月31日 星期二 未写年份，按今年"),
        ("day", "下周五", "= 4月3日 星期五 若指本周，是3月27日，请写“本周”"),
        ("day", "2026/4", "= 4月30日 星期四 写的是一段时间，取最后一天"),
        ("day", "下月初", "= 4月1日 星期三 写的是“初”，取第一天"),
        ("day", "2.29", "2026 年不是闰年，2 月没有 29 日。请改为 2月28日 或 3月1日。"),
        ("day", "节前", "“节前”不是确定的一天，节日每年不同。请写明日期，如 9月30日。"),
        ("day", "某", ""),
        ("day", "", ""),
    ],
)
@pytest.mark.django_db
def test_what_is_typed_is_said_back_as_it_was_read(cast, kind, typed, says):
    answer = cast.client("reporter").get(ADDRESS.format(kind), {"row-0-on": typed})
    assert " ".join(text_of(answer).split()) == says


@pytest.mark.django_db
def test_the_echo_takes_the_year_of_the_forms_list_and_of_nothing_else(cast):
    client = cast.client("reporter")
    assert "2019年3月31日" in text_of(client.get("/echo/day/?_year=2019&on=3.31"))
    assert "2026年3月31日" in text_of(client.get("/echo/day/?_year=20x9&on=3.31"))
    assert client.get("/echo/colour/?on=3.31").status_code == 404


@pytest.mark.django_db
def test_the_echo_is_asked_only_so_often_and_only_by_those_who_are_signed_in(cast, client, one_window):
    assert client.get("/echo/day/?on=3.31").status_code == 302
    signed_in = cast.client("reporter")
    answers = {signed_in.get("/echo/day/?on=3.31").status_code for _ in range(241)}
    assert answers == {200, 429}


def test_a_form_says_why_it_cannot_read_and_echoes_what_it_could():
    form = Typed({"on": "2019.2.29", "total": "1.2亿"})
    assert form.errors["on"] == ["2019 年不是闰年，2 月没有 29 日。请改为 2月28日 或 3月1日。"]
    assert form.cleaned_data["total"] == 120_000_000
    total = text_of(render_to_string("core/partials/field.html", {"field": form["total"]}))
    assert "= 12,000 万元" in total
    assert "闰年" in text_of(render_to_string("core/partials/field.html", {"field": form["on"]}))


def test_a_form_of_a_list_reads_days_without_a_year_in_the_lists_year():
    form = Typed({"on": "3月底"})
    of_year(form, 2019)
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2019, 3, 31)
    assert "_year=2019" in form.fields["on"].echo_url


@pytest.mark.parametrize("typed", ["1.2.3亿", "1亿2", "12,00万", "100美元", "1-2亿", "0.00001万", "9" * 20, "好多钱"])
def test_an_amount_that_cannot_be_read_is_named_with_how_to_write_it(typed):
    with pytest.raises(ValidationError, match=typed.replace(".", r"\.")[:12]):
        AmountField().clean(typed)


def test_a_value_that_a_form_shows_comes_back_unchanged():
    amount, day = AmountField(), DayField()
    for yuan in (0, 1, 9_999, 10_001, 123_456_789, -30_000, 100_000_000):
        assert amount.clean(amount.prepare_value(yuan)) == yuan
    assert day.clean(day.prepare_value(date(2024, 2, 29))) == date(2024, 2, 29)
