"""The judge itself: it is silent about a right reading and says what is wrong with any other."""

from pathlib import Path

from guatu.core.sheets.result import Column, PrintedTotal, ReadRow, SheetReading
from tests.ledgers.judge import judge
from tests.ledgers.truth import Expected, Told, TrueFinding, TrueRow, TrueTotal


def _expected() -> Expected:
    rows = [
        TrueRow("S", 3, "甲路", "★", ("基础设施类",), {"total_investment": 30_000, "planned_investment": None}),
        TrueRow("S", 4, "乙桥", "", ("基础设施类",), {"total_investment": Told("about")}),
    ]
    totals = [TrueTotal("S", 5, "total_investment", False, "合计")]
    findings = [TrueFinding("S", 4, "总投资", "about")]
    return Expected(Path("x.xlsx"), "plan", 2020, None, rows, totals, findings, ["总投资"], ["注：甲"])


def _reading() -> SheetReading:
    money = Column("S", 1, "B", "总投资", reason="wording")
    rows = [
        ReadRow("S", 3, {"name": "甲路", "total_investment": 30_000}, ("基础设施",), "★"),
        ReadRow("S", 4, {"name": "乙桥"}, ("基础设施",), columns={"total_investment": money}, cells=["", "约3"]),
    ]
    total = PrintedTotal("S", 5, "合计", "total_investment", 50_000, 30_000, "differs", 2)
    return SheetReading("x.xlsx", 2020, [money], rows, [total], errors=[rows[1].issue("about", "total_investment")])


def test_a_right_reading_has_no_differences() -> None:
    assert judge(_expected(), _reading()) == []


def test_every_kind_of_difference_is_said() -> None:
    reading = _reading()
    reading.rows[0].values |= {"total_investment": 1, "planned_investment": 2}
    reading.rows[0].class_path = ()
    reading.rows[0].mark = ""
    reading.rows[1].row = 9
    reading.columns[0].reason = ""
    reading.printed_totals.clear()
    said = "\n".join(judge(_expected(), reading))
    for word in (
        *("missing row: S 4", "invented row: S 9", "total_investment is 1", "planned_investment is 2", "class is ()"),
        *("mark is ''", "total not checked", "silent loss"),
    ):
        assert word in said
    reading.errors.clear()
    assert "not told: S 4 总投资" in "\n".join(judge(_expected(), reading))


def test_a_file_that_cannot_be_read_is_refused() -> None:
    expected = Expected(Path("x.docx"), "plan", 2020, stops="no table")
    assert judge(expected, None, "no_table") == []
    assert judge(expected, None) == ["refused without a sentence"]
    assert judge(expected, SheetReading("x.docx", 2020)) == ["not stopped (no table): 0 rows were read"]
    assert judge(_expected(), None, "no_table") == ["refused: no_table"]
