"""Published tables: read whole or not at all, added up again, and what contradicts itself named with its difference."""

import csv
import io
from decimal import Decimal

import pytest

from guatu.config import main
from guatu.core.actor import OPERATOR
from guatu.core.refusals import Refusal
from guatu.domain.rounding import half_up
from guatu.figures.actions import record_published
from guatu.figures.models import PublishedFigure
from guatu.figures.published import read_text
from guatu.figures.queries import paper_as_json, papers
from guatu.people.models import Region
from tests.figures.bulletins import XIANGXI_ROWS, qinshui, xiangxi

pytestmark = pytest.mark.django_db
YI = 100_000_000


def loaded(text: str):
    record_published(actor=OPERATOR, rows=read_text(text))
    return papers()


def table_of(paper, cut: str, stated_in: str = ""):
    [found] = [table for table in paper.tables() if (table.cut, table.stated_in) == (cut, stated_in)]
    return found


def test_the_ten_units_of_xiangxi_give_the_printed_sum_and_rate():
    [paper] = loaded(xiangxi())
    total = table_of(paper, "隶属", "汇总表").total
    assert (total.cells["projects"].ours, total.cells["projects"].verdict) == (316, "agrees")
    assert (total.cells["investment_to_date"].ours, total.cells["investment_to_date"].verdict) == (
        47_450_000_000,
        "agrees",
    )
    assert (total.cells["planned_investment"].printed, total.cells["planned_investment"].ours) == ("", 64_070_000_000)
    rate = total.cells["investment_rate"]
    assert (rate.printed, half_up(rate.ours, 1), rate.verdict) == ("74.1", Decimal("74.1"), "agrees")


def test_each_units_rate_is_recomputed_and_ranked():
    [paper] = loaded(xiangxi())
    rows = {row.item: row for row in table_of(paper, "隶属", "汇总表").rows}
    verdicts = {name: row.cells["investment_rate"].verdict for name, row in rows.items()}
    assert verdicts.pop("州直") == "rounded"  # 92.0/156.7 = 58.71, printed 58.8: the rounding of both may explain it
    assert set(verdicts.values()) == {"agrees"}
    ranked = sorted(rows, key=lambda name: rows[name].rank)
    assert ranked[:3] == ["永顺县", "古丈县", "花垣县"]
    assert ranked[-1] == "州直"
    assert sorted(row.rank for row in rows.values()) == list(range(1, 11))


@pytest.mark.parametrize(("cut", "where"), [("类别", "正文"), ("阶段", "正文"), ("隶属", "正文")])
def test_every_cut_of_the_text_closes(cut, where):
    [paper] = loaded(xiangxi())
    total = table_of(paper, cut, where).total
    assert {total.cells[code].verdict for code in ("projects", "investment_to_date")} == {"agrees"}


def test_the_two_statements_that_contradict_each_other_are_named_with_their_difference():
    [paper] = loaded(xiangxi())
    found = {row.code: row for row in paper.contradictions()}
    assert set(found) == {"investment_to_date", "investment_rate"}
    done = found["investment_to_date"]
    assert (done.item, done.first, done.second) == ("州直", ("正文", "114.8"), ("汇总表", "92.0"))
    assert (done.difference, found["investment_rate"].difference) == (Decimal("-22.8"), Decimal("-5.2"))
    words = [row["words"] for row in paper_as_json(paper)["contradictions"]]
    assert any("正文写 114.8" in text and "汇总表写 92.0" in text and "相差 22.8" in text for text in words)


def test_a_total_that_its_parts_do_not_give_differs():
    [paper] = loaded(qinshui())
    total = table_of(paper, "级别").total.cells
    assert (total["total_investment"].verdict, total["total_investment"].ours) == ("differs", 47_064_000_000)
    assert (total["projects"].verdict, total["projects"].ours) == ("differs", 27)
    assert (total["planned_investment"].verdict, total["investment_to_date"].verdict) == ("agrees", "agrees")
    assert total["investment_rate"].verdict == "agrees"
    assert paper.contradictions() == []


def test_one_changed_figure_is_found():
    """Each amount of the table raised by one 亿元: the sum no longer closes."""
    tried = 0
    for place, row in enumerate(XIANGXI_ROWS):
        if row[1] != "汇总表":
            continue
        lines = list(csv.reader(io.StringIO(xiangxi())))
        for line in lines:
            if line[6:9] == ["汇总表", row[2], "investment_to_date"]:
                line[9] = str(Decimal(row[5]) + 1)
        text = "\n".join(",".join(line) for line in lines)
        PublishedFigure.objects.all().delete()
        [paper] = loaded(text)
        assert table_of(paper, "隶属", "汇总表").total.cells["investment_to_date"].verdict == "differs", place
        tried += 1
    assert tried == 10


def test_a_sum_over_units_of_which_one_is_silent_is_no_sum():
    text = xiangxi().replace(next(line for line in xiangxi().splitlines(True) if "泸溪县,planned" in line), "")
    [paper] = loaded(text)
    cell = table_of(paper, "隶属", "汇总表").total.cells["planned_investment"]
    assert (cell.printed, cell.ours) == ("", None)


def test_the_same_file_again_changes_nothing_and_a_correction_follows():
    rows = read_text(xiangxi())
    first = record_published(actor=OPERATOR, rows=rows)
    again = record_published(actor=OPERATOR, rows=rows)
    assert (first.added, again.added, again.unchanged) == (len(rows), 0, len(rows))
    later = (
        xiangxi()
        .replace("2021-10-18,2021-09", "2021-11-02,2021-09")
        .replace("州直,investment_to_date,114.8", "州直,investment_to_date,92.0")
    )
    record_published(actor=OPERATOR, rows=read_text(later))
    [paper] = papers()
    assert [row.code for row in paper.contradictions()] == ["investment_rate"]
    assert paper.published_on.isoformat() == "2021-11-02"


def test_papers_stand_apart_and_a_place_nobody_knows_is_made_to_be_confirmed():
    loaded(xiangxi())
    found = loaded(qinshui())
    assert [paper.region.code for paper in found] == ["140521", "433100"]
    assert len({paper.key for paper in found}) == 2
    assert Region.objects.get(code="433100").confirmed is False


HEAD = "place,source,period,unit,indicator,value,measure,published_on,basis\n"


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("999999,甲,2021-09,乙,projects,3,,,", "place"),
        ("433100,,2021-09,乙,projects,3,,,", "source"),
        ("433100,甲,2021-13,乙,projects,3,,,", "period"),
        ("433100,甲,2021-09,乙,mood,3,,,", "indicator"),
        ("433100,甲,2021-09,乙,projects,三,,,", "value"),
        ("433100,甲,2021-09,乙,projects,1e999,,,", "value"),
        ("433100,甲,2021-09,乙,projects,٣,,,", "value"),
        ("433100,甲,2021-09,乙,investment_to_date,3,美元,,", "measure"),
        ("433100,甲,2021-09,乙,projects,3,,十月,", "published_on"),
        ("433100,甲,2021-09,乙,projects,3,,,guess", "basis"),
        (f"433100,甲,2021-09,{'乙' * 81},projects,3,,,", "unit"),
    ],
)
def test_a_wrong_cell_refuses_the_whole_file_with_its_place(line, column):
    with pytest.raises(Refusal) as refused:
        read_text(HEAD + "433100,甲,2021-09,乙,started,3,,,\n" + line + "\n")
    assert refused.value.code == "figures.published_wrong"
    assert [(item["row"], item["column"]) for item in refused.value.items] == [(3, column)]


def test_a_figure_twice_and_two_units_of_money_in_one_column_are_faults():
    line = "433100,甲,2021-09,乙,investment_to_date,3,{},,\n"
    with pytest.raises(Refusal) as twice:
        read_text(HEAD + line.format("") * 2)
    assert [(item["row"], item["column"]) for item in twice.value.items] == [(3, "value")]
    other = line.replace("乙", "丙")
    with pytest.raises(Refusal) as mixed:
        read_text(HEAD + line.format("") + other.format("万元"))
    assert [(item["row"], item["column"]) for item in mixed.value.items] == [(3, "measure")]
    with pytest.raises(Refusal) as headless:
        read_text("unit,value\n乙,3\n")
    assert headless.value.code == "figures.published_columns"
    assert "place" in str(headless.value)


def test_amounts_in_wan_are_the_same_money():
    [paper] = loaded(HEAD + "433100,甲,2021-09,乙,investment_to_date,1148000,万元,,\n")
    [row] = paper.tables()[0].rows
    assert row.cells["investment_to_date"].ours == 11_480_000_000


def test_the_command_line_reads_and_checks(tmp_path, capsys):
    file = tmp_path / "published.csv"
    file.write_text("\ufeff" + xiangxi(), encoding="utf-8")
    assert main.main(["outside", "import", str(file)]) == 0
    capsys.readouterr()
    assert main.main(["outside", "check"]) == 0
    said = capsys.readouterr().out
    assert "58.8 ≈ 58.7" in said
    assert "（640.70）" in said
    assert "相差 22.8" in said
    assert main.main(["outside", "check", "nothing"]) == 1
    file.write_bytes("地区".encode("gb18030"))
    assert main.main(["outside", "import", str(file)]) == 1


# -- pages ------------------------------------------------------------------------------------------------------------
def test_the_page_shows_units_printed_beside_ours_and_what_disagrees(cast):
    [paper] = loaded(xiangxi())
    client = cast.client("office")
    listing = client.get("/dispatch/published/").content.decode()
    assert f"/dispatch/published/{paper.key}/" in listing
    page = client.get(f"/dispatch/published/{paper.key}/").content.decode()
    for row in XIANGXI_ROWS:
        assert row[2] in page
    assert "（640.70）" in page
    assert "≈ 58.7" in page
    assert "73.8" not in page  # 保靖县: 73.747 is rounded once, not by way of 73.75
    assert "相差 22.8" in page
    assert client.get("/dispatch/published/nothing/").status_code == 404


def test_names_from_outside_stand_as_text(cast):
    [paper] = loaded(xiangxi().replace("吉首市", "<script>alert(1)</script>"))
    page = cast.client("office").get(f"/dispatch/published/{paper.key}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
