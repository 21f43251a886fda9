"""A layout read strictly: ready ones, files of the office, and files that are meant to do harm."""

import json

import pytest
from django.utils.translation import override

from guatu.core.refusals import Refusal
from guatu.domain.errors import DomainError
from guatu.reporting.layouts.page import from_file
from guatu.reporting.layouts.ready import ready_layouts
from guatu.reporting.layouts.schema import as_json, file_of, read_file, read_layout
from guatu.reporting.layouts.sources import SOURCES

PLAIN = {
    "code": "own",
    "name": "自定义月报",
    "system": "某系统",
    "title": "{place}{period}月报",
    "unit": "万元",
    "period": "month",
    "columns": [{"heading": "项目名称", "source": "name"}, {"heading": "本月完成投资", "source": "dispatch.amount"}],
}


def with_column(**column):
    return {**PLAIN, "columns": [*PLAIN["columns"], column]}


def test_the_four_ready_layouts_are_there_and_say_that_they_are_to_be_checked():
    found = ready_layouts()
    assert list(found) == ["statistics_206", "national_projects", "provincial_month", "special_bond_month"]
    assert all("核对" in layout.about for layout in found.values())
    assert all(layout.sources and layout.sources["name"].required for layout in found.values())


def test_the_statistics_sheet_has_no_column_of_dispatch_figures():
    sources = ready_layouts()["statistics_206"].sources
    assert any(code.startswith("statistics.") for code in sources)
    assert not any(code.startswith("dispatch.") or SOURCES[code].said for code in sources)


@pytest.mark.parametrize("code", ["statistics_206", "national_projects", "provincial_month", "special_bond_month"])
def test_a_layout_downloaded_and_uploaded_again_is_the_same(code):
    layout = ready_layouts()[code]
    assert read_file(file_of(layout)) == layout
    assert read_layout(json.loads(json.dumps(as_json(layout)))) == layout


@pytest.mark.parametrize(
    ("data", "code", "told"),
    [
        (with_column(heading="x", colour="red"), "layouts.field_unknown", {"field": "columns[3].colour"}),
        ({**PLAIN, "macro": 1}, "layouts.field_unknown", {"field": "macro"}),
        (with_column(heading="长" * 81), "layouts.field_wrong", {"field": "columns[3].heading"}),
        (with_column(heading="本月完成投资"), "layouts.heading_twice", {"first": 2, "place": 3}),
        (with_column(heading="又一栏", source="dispatch.amount"), "layouts.source_twice", {"first": 2, "place": 3}),
        (with_column(heading="x", source="project.password"), "layouts.source_unknown", {"source": "project.password"}),
        (with_column(heading="x", source="words", unit="亿元"), "layouts.unit_not_money", {"field": "columns[3].unit"}),
        (with_column(heading="x", required="yes"), "layouts.field_wrong", {"field": "columns[3].required"}),
        (with_column(heading="x", aliases=["a"] * 9), "layouts.field_wrong", {"field": "columns[3].aliases"}),
        (with_column(heading="x", aliases=["a", 3]), "layouts.field_wrong", {"field": "columns[3].aliases[2]"}),
        ({**PLAIN, "unit": "美元"}, "layouts.field_wrong", {"field": "unit"}),
        ({**PLAIN, "period": "day"}, "layouts.field_wrong", {"field": "period"}),
        ({**PLAIN, "title": "{0.__class__}"}, "layouts.field_wrong", {"field": "title"}),
        ({**PLAIN, "rows": {"stages": ["nowhere"]}}, "layouts.field_wrong", {"field": "rows.stages[1]"}),
        ({**PLAIN, "columns": []}, "layouts.field_wrong", {"field": "columns"}),
        ({**PLAIN, "columns": [{"heading": "a"}] * 81}, "layouts.field_wrong", {"field": "columns"}),
        ({**PLAIN, "columns": [{"heading": "总投资", "source": "total_investment"}]}, "layouts.no_name", {}),
        ({key: value for key, value in PLAIN.items() if key != "unit"}, "layouts.field_missing", {"field": "unit"}),
        ([1, 2], "layouts.field_wrong", {}),
    ],
)
def test_what_is_wrong_is_told_with_its_key(data, code, told):
    with pytest.raises(DomainError) as refused:
        read_file(json.dumps(data, ensure_ascii=False).encode())
    assert refused.value.code == code
    assert {key: refused.value.params[key] for key in told} == told


@pytest.mark.parametrize(
    ("data", "code", "told"),
    [
        (b"[" * 100_000, "layouts.too_deep", {"line": 1}),
        (b"\n\n" + b'{"a":' * 9, "layouts.too_deep", {"line": 3}),
        (b" " * 10_000_000, "layouts.too_large", {}),
        (b'{"code": "a",\n "code": "b"}', "layouts.key_twice", {"key": "code"}),
        (b'{\n"code": \n}', "layouts.not_json", {"line": 3}),
        ('{"code":\n"表"}'.encode("gbk"), "layouts.not_utf8", {"line": 2}),
        (b"PK\x03\x04\xff\xfe", "layouts.not_utf8", {"line": 1}),
        (b'{"code": NaN}', "layouts.field_wrong", {}),
        (b'{"code": ' + b"9" * 9000 + b"}", "layouts.not_json", {}),
        (b"", "layouts.not_json", {"line": 1}),
    ],
    ids=["deep", "deep-line", "huge", "twice", "broken", "gbk", "zip", "nan", "digits", "empty"],
)
def test_a_hostile_file_ends_in_a_sentence(data, code, told):
    with pytest.raises(DomainError) as refused:
        read_file(data)
    assert refused.value.code == code
    assert {key: refused.value.params[key] for key in told} == told
    with pytest.raises(Refusal) as said, override("zh-hans"):
        from_file(data)
    assert "样表" in str(said.value)
