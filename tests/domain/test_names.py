"""Names: what is told apart never is the same, and what is the same is found, whoever wrote it."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.names import DOUBT, NameIndex, Told, alike, band, name_parts
from guatu.domain.names.parts import plain_name
from tests.domain.worked import EMPTY, row_name, worked

HERE = Path(__file__).parent
CORES = (
    "青桐数据中心",
    "望岳智能装备产业园",
    "元丰路快速化改造",
    "春熙片区城中村改造",
    "涧河污水处理厂提标改造",
    "长宁冷链物流园",
)
PLACES = ("", "洛阳市", "西工区", "洛阳市西工区")
TAILS = ("", "项目", "工程", "建设项目", "建设工程")
FIGURES = {1: "1一１Ⅰ", 2: "2二２Ⅱ", 3: "3三３Ⅲ", 4: "4四４Ⅳ", 5: "5五５Ⅴ", 6: "6六６Ⅵ"}
SISTERS = ("{}期", "（{}期）", "（{}标段）", "{}标", "第{}标段", "{}号地块", "（第{}批）")
figures = st.sampled_from(sorted(FIGURES)).flatmap(lambda n: st.tuples(st.just(n), st.sampled_from(FIGURES[n])))
amounts = st.none() | st.integers(1, 10**12)
texts = st.text(alphabet="青桐望岳数据中心一二三期标段12AⅡ（）()【】路东延工程项目洛阳市区 k V", max_size=24)
told = st.builds(Told, texts.map(name_parts), st.sampled_from(["", "甲公司", "乙有限公司"]), texts, amounts)


def score(one: str, other: str) -> int:
    return alike(Told(name_parts(one)), Told(name_parts(other)))[0]


def pairs(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", worked("names", "name_parts"), ids=row_name)
def test_a_name_comes_apart_as_the_page_says(row):
    parts = name_parts(row["name"])
    marks = " ".join(f"{kind}={'+'.join(sorted(values))}" for kind, values in sorted(parts.marks.items()))
    assert (parts.core, marks or EMPTY) == (row["core"], row["marks"])
    assert ("+".join(sorted(parts.notes)) or EMPTY) == row["notes"]
    assert (" ".join(place + level for level, place in parts.places.items()) or EMPTY) == row["places"]


@pytest.mark.parametrize("row", worked("names", "alike"), ids=lambda row: f"{row['one']} {row['other']}")
def test_two_names_are_as_alike_as_the_page_says(row):
    found, reasons = alike(Told(name_parts(row["one"])), Told(name_parts(row["other"])))
    assert (str(found), " ".join(reasons) or EMPTY) == (row["score"], row["reasons"])
    assert (band(found) or EMPTY) == row["band"]


@pytest.mark.parametrize("row", worked("names", "evidence"), ids=lambda row: f"{row['one']} {row['other']}")
def test_what_stands_beside_the_names_counts_as_the_page_says(row):
    def side(name: str, text: str) -> Told:
        said = dict(part.split("=") for part in text.split()) if text != EMPTY else {}
        total = int(said["total"]) if "total" in said else None
        return Told(name_parts(name), said.get("owner", ""), said.get("site", ""), total)

    found, reasons = alike(side("长宁路雨污分流改造", row["one"]), side("长安路雨污分流改造", row["other"]))
    assert (str(found), " ".join(reasons)) == (row["score"], row["reasons"])


@pytest.mark.parametrize(
    ("file", "wrong_most", "missed_most"), [("name_pairs.csv", 0, 0), ("name_pairs_unseen.csv", 0, 2)]
)
def test_the_pairs_are_told_apart_as_well_as_the_page_says(file, wrong_most, missed_most):
    rows = pairs(file)
    assert {row["same"] for row in rows} == {"yes", "no"}
    wrong = [row for row in rows if row["same"] == "no" and score(row["one"], row["other"]) >= DOUBT]
    missed = [row for row in rows if row["same"] == "yes" and score(row["one"], row["other"]) < DOUBT]
    assert len(wrong) <= wrong_most, wrong
    assert len(missed) <= missed_most, missed


@given(st.sampled_from(CORES), st.sampled_from(SISTERS), figures, figures, st.sampled_from(TAILS), amounts)
def test_two_phases_or_sections_never_are_one_project(core, form, one, other, tail, total):
    sides = [
        Told(name_parts(core + form.format(sign) + tail), "同一公司", "同一地点", total)
        for _number, sign in (one, other)
    ]
    found = alike(*sides)[0]
    assert found == 0 if one[0] != other[0] else found >= 90


@given(st.sampled_from(CORES), st.sampled_from(SISTERS), figures)
def test_a_phase_beside_none_is_a_doubt_and_never_more(core, form, figure):
    assert DOUBT <= score(core, core + form.format(figure[1])) < 80


@given(
    st.sampled_from(CORES),
    st.sampled_from(PLACES),
    st.sampled_from(PLACES),
    st.sampled_from(TAILS),
    st.sampled_from(TAILS),
)
def test_places_in_front_and_tails_do_not_matter(core, place, other_place, tail, other_tail):
    assert score(place + core + tail, other_place + core + other_tail) >= 90


@given(told, told)
def test_the_order_of_the_two_does_not_matter(one, other):
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other)[0] <= 100


@given(texts)
def test_one_form_stays_one_form(name):
    assert plain_name(plain_name(name)) == plain_name(name)
    assert name_parts(plain_name(name)) == name_parts(name)


@given(texts.filter(lambda name: len(name_parts(name).core) > 1))
def test_a_name_is_most_like_itself(name):
    side = Told(name_parts(name))
    assert alike(side, side)[0] >= 90


def test_an_index_gives_back_what_shares_the_rare_words_first():
    cores = [name_parts(f"{word}路改造").core for word in ("长宁", "望岳", "元丰", "青桐", "芳林")]
    index = NameIndex(cores * 200)
    assert cores[index.near("青桐路改造")[0] % 5] == "青桐路改造"
    assert len(index.near("青桐路改造")) == 16
    assert index.near("无人知道") == []
