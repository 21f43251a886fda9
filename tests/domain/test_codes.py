import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.codes import (
    PROVINCES,
    SECTIONS,
    IndustryCode,
    ProjectCode,
    RegionCode,
    check_character,
    check_credit_code,
    check_industry,
    check_project_code,
    check_region,
)
from guatu.domain.codes.credit import ALPHABET
from tests.domain.worked import EMPTY, row_name, worked

CHECKS = {
    "check_region": check_region,
    "check_project_code": check_project_code,
    "check_credit_code": check_credit_code,
    "check_industry": check_industry,
}


@pytest.mark.parametrize(
    ("name", "row"), [(name, row) for name in CHECKS for row in worked("codes", name)], ids=lambda part: str(part)[:60]
)
def test_check_as_the_page_says(name, row):
    check = CHECKS[name](row["text"])
    assert (check.value, check.code or EMPTY) == (row["value"], row["reason"])
    assert check.ok == (row["reason"] == EMPTY)
    assert check.ok or check.params["text"] == row["text"]


@pytest.mark.parametrize(
    "row", [row for row in worked("codes", "check_region") if row["reason"] == EMPTY], ids=row_name
)
def test_region_tree_by_the_digits(row):
    code = RegionCode.parse(row["text"])
    assert code.level == row["level"]
    assert " ".join(str(above) for above in code.ancestors) == row["ancestors"].replace(EMPTY, "")


@pytest.mark.parametrize(
    "row", [row for row in worked("codes", "check_project_code") if row["reason"] == EMPTY], ids=row_name
)
def test_project_code_tells_its_form_and_year(row):
    code = ProjectCode.parse(row["text"])
    assert ("new" if code.new else "old", str(code.year)) == (row["form"], row["year"])


@pytest.mark.parametrize(
    "row", [row for row in worked("codes", "check_industry") if row["reason"] == EMPTY], ids=row_name
)
def test_industry_names_its_section(row):
    assert SECTIONS[IndustryCode.parse(row["text"]).section][0] == row["section"]


def test_tables_are_whole():
    assert len(PROVINCES) == 34
    assert len(SECTIONS) == 20
    assert [number for _, divisions in SECTIONS.values() for number in divisions] == list(range(1, 98))


bodies = st.text(alphabet=ALPHABET, min_size=17, max_size=17)


@given(bodies)
def test_every_body_has_one_check_character(body):
    valid = [sign for sign in ALPHABET if check_credit_code(body + sign).ok]
    assert valid == [check_character(body)]


@given(bodies, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_found(body, place, sign):
    code = body + check_character(body)
    wrong = code[:place] + sign + code[place + 1 :]
    assert check_credit_code(wrong).ok == (wrong == code)


@given(bodies, st.integers(0, 15))
def test_two_swapped_neighbours_are_always_found(body, place):
    code = body + check_character(body)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert check_credit_code(swapped).ok == (swapped == code)


@given(st.text(max_size=30), st.sampled_from(list(CHECKS)))
def test_no_text_makes_a_check_raise(text, name):
    check = CHECKS[name](text)
    assert check.ok or (check.value == text and check.code)
