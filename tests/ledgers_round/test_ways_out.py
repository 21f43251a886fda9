"""The same files over the API and on the command line."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.library.models import AnnualList
from guatu.people import actions
from guatu.reporting.workbooks.files import plan_file
from tests.imports import books
from tests.support.installation import fresh

LIST = ("--year", "2019", "--level", "district", "--region", "410303")


def values(data: bytes) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data), data_only=True).active.iter_rows()]


@pytest.mark.django_db
def test_the_api_gives_what_the_page_gives_to_those_who_may(office, cast, client):
    office.plan()
    row = AnnualList.objects.get()

    def ask(name: str, address: str, **params: str):
        _, secret = actions.issue_token(actor=OPERATOR, post=cast.post(name), name="导出")
        return client.get(
            f"/api/v1/lists/{row.public_id}/{address}", params, headers={"Authorization": f"Bearer {secret}"}
        )

    got = ask("office", "plan.xlsx", as_of="2019-03-31", unit="亿元")
    assert got.status_code == 200, got.content
    assert values(got.content)[1][0] == "名单截至2019年3月31日"
    assert got["Content-Disposition"].startswith("attachment")
    assert ask("office", "progress", period="2019-03").status_code == 200
    assert ask("office", "progress", period="2019-03", split="true")["Content-Type"] == "application/zip"
    assert ask("office", "progress", period="2020-03").status_code == 422
    assert ask("office", "plan.xlsx", unit="美元").status_code == 422
    assert ask("outsider", "plan.xlsx").status_code == 404
    assert ask("authority", "plan.xlsx").status_code == 403
    assert len(values(ask("office", "plan.xlsx").content)) == len(values(plan_file(OPERATOR, row, clock.today())[2]))


def test_the_command_line_writes_what_it_reads_back(tmp_path: Path):
    source, out, month = tmp_path / "in.xlsx", tmp_path / "out.xlsx", tmp_path / "月报.zip"
    source.write_bytes(books.plan_book())
    with fresh(tmp_path / "installation", GUATU_TODAY="2019-04-15") as made:
        assert made.run("init").code == 0
        assert made.run("export", "plan", *LIST, "--out", str(out)).code == 1  # there is no list yet
        assert made.run("import", "plan", str(source), *LIST).code == 0
        told = made.run("export", "plan", *LIST, "--unit", "亿元", "--as-of", "2019-03-31", "--out", str(out), "--json")
        assert told.json["title"] == "2019年区级重点项目计划表（暂定）_20190331.xlsx"  # the region's name is not known
        again = made.run("import", "plan", str(out), *LIST, "--json").json
        assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 5)
        words = ("export", "progress", *LIST, "--period", "2019-03")
        assert made.run(*words, "--split", "--out", str(month)).code == 0
        assert month.read_bytes().startswith(b"PK")
        assert made.run(*words, "--responsible", "没有这个单位", "--out", str(out)).code == 1
        assert made.run(*words, "--responsible", "区商务局", "--out", str(out)).code == 0
        assert "长宁冷链物流园" in str(values(out.read_bytes()))
        assert made.run("export", "progress", *LIST, "--period", "三月", "--out", str(out)).code == 2
