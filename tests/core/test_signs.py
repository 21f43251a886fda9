"""Signs that nobody sees are taken out where a text comes in; a number is read only from plain figures."""

import pytest

from guatu.core.sheets.reading import read_bytes
from guatu.core.signs import typed, whole_number, without_turns
from guatu.plans.imports.reading import read_schedule
from tests.plans.xer import WHOLE, xer

TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_marks_of_direction_go_and_everything_else_stays():
    kept = "中铁·甲〔2026〕3号 ①½ é𠮷👩\u200d🔧\u3000x\n\t"
    assert without_turns(kept) == typed(kept) == kept
    assert without_turns(f"{TURNS}甲{TURNS}乙") == "甲乙"
    assert typed("甲\0\u202e乙") == "甲乙"
    assert typed("甲\x1b[31m乙\x7f\x85丙\r\n\t丁") == "甲[31m乙丙\r\n\t丁"


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("12", 12), ("007", 7), ("9" * 9, 999_999_999)])
def test_plain_figures_are_a_number(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "-1", "1.0", " 1", "²", "１", "一", "9" * 10, "9" * 5000])
def test_anything_else_is_none(text):
    assert whole_number(text) is None


def test_a_turned_name_in_a_file_is_read_as_it_reads():
    sheet = read_bytes("项目名称,总投资\n甲\u202e乙\u200f项目,1\u202d2\n".encode(), name="计划.csv").sheets[0]
    assert sheet.rows[1] == ["甲乙项目", "12"]
    plan = read_schedule(
        xer(*(part.replace("改造施工", "改\u202e造施工") for part in WHOLE), encoding="utf-8"), name="计划.xer"
    )
    assert "改造施工" in [node.name for node in plan.nodes]
