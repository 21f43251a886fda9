"""Words, widths, title lines and the traditional script."""

import pytest

from guatu.core.official.layout import masthead_size, title_parts
from guatu.core.official.model import Document, Run, Table, map_text, paragraph
from guatu.core.official.wording import chinese_number, clean, to_traditional, width_of
from tests.official import sample


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100")]
)
def test_headings_numbers(number, words):
    assert chinese_number(number) == words


def test_traditional_changes_every_printed_string_and_no_key():
    document = to_traditional(sample.bulletin())
    assert document.title == "關於2019年1—3月上旬全區重點項目建設進展情況的通報"
    assert document.copies_to[0] == "區委辦公室"
    assert document.script == "hant"
    figures = [run.figure for block in sample.bulletin().blocks for run in getattr(block, "runs", ())]
    assert [run.figure for block in document.blocks for run in getattr(block, "runs", ())] == figures
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert table.columns[1].heading == "責任單位"
    assert table.columns[1].align == "left"
    assert table.rows[1].cells[1].text == "西關街道辦事處"


def test_regional_words_are_kept():
    assert to_traditional(Document(title="项目干部后面复盘", blocks=())).title == "項目幹部後面復盤"


def test_figure_keys_are_never_changed_by_cleaning():
    changed = map_text(paragraph(Run("a\x00b", figure="a\x00b")), clean)
    assert changed.runs[0] == Run("ab", figure="a\x00b")


def test_clean_keeps_line_ends_and_drops_what_cannot_be_printed():
    assert clean("一\r\n二\r三\x00\u202e四\t五\ud83d") == "一\n二\n三四 五"


def test_width_counts_half_width_signs_as_half():
    assert width_of("2019年3月") == 4.5


def test_titles_keep_the_callers_lines_and_break_long_ones_evenly_outside_words():
    assert title_parts("短题") == ["短题"]
    assert title_parts("上行\n下行") == ["上行", "下行"]
    assert title_parts("关于2019年1—3月上旬全区重点项目建设进展情况的通报") == [
        "关于2019年1—3月上旬全区",
        "重点项目建设进展情况的通报",
    ]
    for length in range(20, 90):
        parts = title_parts("某市" * (length // 2))
        assert all(width_of(part) <= 20 for part in parts)
        assert "".join(parts) == "某市" * (length // 2)


def test_digits_of_a_number_stay_together_in_a_title():
    for before in range(8, 20):
        parts = title_parts("前" * before + "123456.78" + "后" * 14)
        assert any("123456.78" in part for part in parts)


def test_masthead_is_as_large_as_its_line_holds():
    assert masthead_size("重点项目建设简报") == 52
    assert masthead_size("某某区人民政府办公室文件") == 35
    assert masthead_size("长" * 80) == 26
