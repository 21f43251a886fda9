"""Chinese numerals, by docs/algorithms/numerals.md."""

import pytest

from guatu.domain.numerals import read_counting, to_arabic, to_chinese
from tests.domain.worked import row_name, worked


@pytest.mark.parametrize("row", worked("numerals", "to_arabic"), ids=row_name)
def test_a_text_with_numerals_is_read(row):
    assert to_arabic(row["text"]) == row["read"]


@pytest.mark.parametrize("row", worked("numerals", "read_counting"), ids=row_name)
def test_counting_words_are_a_number_or_none(row):
    read = read_counting(list(row["text"]))
    if row["value"] == "no number":
        assert read is None
    else:
        assert read == (int(row["value"]), row["large"] == "yes", row["filled"] == "yes")


@pytest.mark.parametrize("row", worked("numerals", "to_chinese"), ids=row_name)
def test_headings_are_numbered(row):
    assert to_chinese(int(row["number"])) == row["printed"]


@pytest.mark.parametrize("number", [0, 100])
def test_there_are_no_headings_beyond(number):
    with pytest.raises(ValueError, match="heading"):
        to_chinese(number)
