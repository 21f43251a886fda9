"""`guatu reporting remind`: the same units, numbers and words as the page of chasing; nothing is sent."""

import json

import pytest

from guatu.config import main
from guatu.core import clock
from guatu.library.models import Project
from guatu.reporting.rhythm.chase import chase_text, rounds
from tests.library.conftest import at_day
from tests.reporting.rhythm import phoned
from tests.reporting.workbooks import asked_unit

NAMES = ("甲路", "乙路", "丙路")


@pytest.fixture
def bureau(shelf):
    with at_day("2019-04-04"):
        yield asked_unit(shelf.cast, *NAMES)


def said(capsys, *words) -> str:
    assert main.main(["reporting", "remind", *words]) == 0
    return capsys.readouterr().out


def test_it_names_units_with_what_they_are_asked_for_and_how_late_they_are(shelf, bureau, capsys):
    out = said(capsys)
    assert "2019年3月 月报：数据截至 2019-03-31，2019-04-02 17:00 前报送；应报 3，已报 0，未报 3" in out
    assert "区住房和城乡建设局：未报 3 / 3，已过期限 2 个工作日（丙路、甲路、乙路）" in out
    for person in ("reporter", "reviewer"):
        assert shelf.cast.user(person).name not in out


def test_its_text_is_that_of_the_page(shelf, bureau, capsys):

    phoned(shelf.cast, Project.objects.get(name="甲路"), "2019-03", amount=800_000)
    (one,) = rounds(shelf.office, clock.today())
    assert said(capsys, "--text").strip() == chase_text(one)
    answer = json.loads(said(capsys, "--json"))["rounds"][0]
    assert (answer["text"], answer["missing"], answer["units"][0]["projects"]) == (chase_text(one), 2, ["丙路", "乙路"])


def test_a_period_of_which_nothing_is_asked_is_refused(shelf, bureau, capsys):
    assert said(capsys, "--period", "2019-02").startswith("2019年2月 月报")
    assert main.main(["reporting", "remind", "--period", "2019-Q1"]) == 1
    with pytest.raises(SystemExit) as wrong:
        main.main(["reporting", "remind", "--period", "soon"])
    assert wrong.value.code == 2


def test_a_post_is_told_of_its_own_region_only(shelf, bureau, capsys):
    assert said(capsys, "--as", str(shelf.cast.post("outsider").public_id)) == "现在没有填报要求。\n"
