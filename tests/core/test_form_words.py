"""Forms speak to people: what is missing or odd is named, an empty choice asks to choose, in every form there is."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

import guatu
from guatu.core.form_words import DJANGOS_NO_CHOICE, Form
from guatu.people.models import Region

pytestmark = pytest.mark.django_db


class Asked(Form):
    name = forms.CharField(label="项目名称", max_length=4, min_length=2)
    level = forms.ChoiceField(label="级别", choices=[("city", "市级")])
    region = forms.ModelChoiceField(Region.objects.all(), label="区划", required=False)
    roles = forms.MultipleChoiceField(label="分工", choices=[("lead", "牵头")], required=False)
    number = forms.IntegerField(label="年度", min_value=2000, max_value=2100, required=False)
    share = forms.DecimalField(label="占比 %", max_digits=4, decimal_places=1, max_value=100, required=False)
    file = forms.FileField(label="文件", required=False)
    own = forms.CharField(label="文号", error_messages={"required": "印发要有文号。"}, max_length=3)


GOOD = {"name": "甲项目", "level": "city", "own": "1号"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "请填写“项目名称”。"),
        ({"name": "甲乙丙丁戊"}, "“项目名称”最多 4 个字，现有 5 个。请改短一些。"),
        ({"name": "甲"}, "“项目名称”至少 2 个字，现有 1 个。"),
        ({"name": "甲\x00乙"}, "“项目名称”里有不能保存的字符，请删去后重填。"),
        ({"level": ""}, "请选择“级别”。"),
        ({"level": "moon"}, "“级别”没有“moon”这一项，请重新选择。"),
        ({"region": "99"}, "“区划”选的不在可选范围内，请重新选择。"),
        ({"region": "x"}, "“区划”选的不在可选范围内，请重新选择。"),
        ({"roles": ["lead", "sun"]}, "“分工”没有“sun”这一项，请重新选择。"),
        ({"number": "二〇二六"}, "“年度”要填整数，如 20。"),
        ({"number": "1999"}, "“年度”不能小于 2000。"),
        ({"share": "九成"}, "“占比 %”要填数字，如 3.5。"),
        ({"share": "100.5"}, "“占比 %”不能大于 100。"),
        ({"share": "1.25"}, "“占比 %”最多 1 位小数。"),
        ({"own": ""}, "印发要有文号。"),
        ({"own": "1234"}, "“文号”最多 3 个字，现有 4 个。请改短一些。"),
    ],
)
def test_what_is_missing_or_odd_is_said_with_the_fields_name(typed, said):
    form = Asked({**GOOD, **typed})
    assert not form.is_valid()
    assert [text for errors in form.errors.values() for text in errors] == [said]


def test_an_empty_file_is_named():
    form = Asked(GOOD, {"file": SimpleUploadedFile("a.xlsx", b"")})
    assert form.errors["file"] == ["“文件”选的文件是空的，请重新选择。"]


def test_an_empty_choice_asks_to_choose():
    assert '<option value="" selected>请选择</option>' in str(Asked()["region"])


def product_forms() -> Iterator[type[forms.Form]]:
    for found in pkgutil.walk_packages(guatu.__path__, "guatu."):
        parts = found.name.split(".")
        if "migrations" in parts or parts[-1] in ("wsgi", "worker", "settings_test") or parts[1] == "config":
            continue
        module = importlib.import_module(found.name)
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, forms.Form) and one.__module__ == found.name:
                yield one


def test_every_form_of_the_product_speaks_so():
    listed = [one for one in product_forms() if one is not Form]
    assert len(listed) > 40
    assert [one.__qualname__ for one in listed if not issubclass(one, Form)] == []
    for one in listed:
        for name, field in one.base_fields.items():
            assert field.label or field.widget.is_hidden, f"{one.__qualname__}.{name} has no label to be named by"
            if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
                words = [] if callable(field.choices) else [str(label) for _code, label in field.choices]
                assert DJANGOS_NO_CHOICE not in words
