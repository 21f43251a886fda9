"""Formulas and errors in what comes back: a value is taken and told, an error empties nothing."""

import io
import zipfile

import pytest

from tests.roundtrip.worlds import FIRST, WAN, back, edited, issues, merged, put, sent_bytes, taken


def test_formulas_give_their_value_and_are_told():
    data = _with_formula(300)
    assert taken(merged(data)) == {("K1", "done"): 300 * WAN}
    (issue,) = back(data).issues
    assert (issue.code, issue.row, issue.column[0], issue.params) == ("formula_read", FIRST, "F", {"formula": "=100*3"})


def test_a_formula_without_a_value_says_nothing():
    data = edited(put("K1", "本月完成投资", "=100*3"))
    assert merged(data).cells == ()
    assert issues(back(data)) == [("formula_not_taken", FIRST, "F")]


def test_a_text_that_a_program_took_for_a_formula_is_what_was_sent():
    data = edited(put("K2", "进展情况", "=主体施工"))
    assert merged(data).cells == ()


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#NAME?"])
def test_an_error_empties_nothing_and_is_told(error):
    data = _with_formula(error, ' t="e"')
    assert merged(data).cells == ()
    assert issues(back(data)) == [("error_not_taken", FIRST, "F")]


@pytest.mark.parametrize("error", ["#DIV/0!", "Err:508"])
def test_an_error_that_was_saved_as_a_text_is_one_too(error):
    data = edited(put("K1", "进展情况", error))
    assert merged(data).cells == ()
    assert [code for code, *_ in issues(back(data))] == ["error_not_taken"]


def _with_formula(value, kind=""):
    """The sent file with a formula and its value put into a cell, as office programs save them."""
    source = zipfile.ZipFile(io.BytesIO(sent_bytes()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                start = part.index(f'<c r="F{FIRST}"'.encode())
                end = part.index(b"</c>", start)
                cell = part[start:end]
                head = cell[: cell.index(b">")] + kind.encode() + b">"
                part = part.replace(cell, head + f"<f>100*3</f><v>{value}</v>".encode(), 1)
            target.writestr(name, part)
    return out.getvalue()
