"""`guatu import …` as an office's script uses it: an installation of its own, exit codes, one JSON object."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.imports import books
from tests.support.installation import Installation, fresh

GOLDEN = Path(__file__).parent / "golden"
LIST = ("--year", "2019", "--level", "district", "--region", "410303")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An empty installation: no region, no list, nobody."""
    with fresh(tmp_path_factory.mktemp("imports"), GUATU_TODAY="2019-04-15") as made:
        assert made.run("init").code == 0
        yield made


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The plan ledger and March's sheet on the disk."""
    folder = tmp_path_factory.mktemp("files")
    data = {"计划表.xlsx": books.plan_book(), "三月.xlsx": books.workbook(books.progress_rows())}
    return {name: str(books.write(folder, name, body)) for name, body in data.items()}


def golden(name: str, answer: dict) -> None:
    """The whole answer, key by key."""
    assert {key: value for key, value in answer.items() if key != "draft"} == json.loads((GOLDEN / name).read_text())


def test_a_newcomers_first_hour(installation, files):
    plan, month = files["计划表.xlsx"], files["三月.xlsx"]
    tried = installation.run("import", "plan", plan, *LIST, "--dry-run", "--json")
    assert (tried.code, tried.json["created"], tried.json["dry_run"]) == (0, 5, True)
    done = installation.run("import", "plan", plan, *LIST, "--json")
    assert done.code == 0, done.out + done.err
    golden("plan.json", done.json)
    assert tried.json["draft"] is None
    assert {**tried.json, "dry_run": False, "draft": done.json["draft"]} == done.json
    again = installation.run("import", "plan", plan, *LIST, "--json")
    assert (again.json["created"], again.json["unchanged"]) == (0, 5)
    readings = installation.run("import", "progress", month, *LIST, "--period", "2019-03", "--json")
    assert readings.code == 0, readings.out + readings.err
    golden("progress.json", readings.json)
    figures = installation.run("figures", *LIST, "--as-of", "2019-03-31", "--json").json["rows"][0]
    assert figures["investment_to_date"] == readings.json["totals"]["investment_to_date"]
    assert figures["planned_investment"] == done.json["totals"]["planned_investment"]
    verdict = installation.run("trail", "verify", "--json").json
    assert (verdict["valid"], verdict["entries"]) == (True, 2)
    # What a command imported is found, and taken back newest first, as on the page.
    assert again.json["draft"] is None
    drafts = [done.json["draft"], readings.json["draft"]]
    listed = installation.run("import", "list", "--json").json["imports"]
    assert [(row["id"], row["state"]) for row in listed] == [(drafts[1], "applied"), (drafts[0], "applied")]
    blocked = installation.run("import", "undo", drafts[0], "--reason", "传错了", "--json")
    assert (blocked.code, blocked.json["error"]["code"]) == (1, "reporting.undo_blocked")
    assert "导入台账文件“三月.xlsx”" in blocked.json["error"]["items"][0]["message"]
    for key in (listed[0]["entry"], drafts[0]):
        undone = installation.run("import", "undo", key, "--reason", "传错了", "--json")
        assert undone.code == 0, undone.out
    assert installation.run("import", "undo", drafts[0], "--reason", "传错了").code == 1
    assert installation.run("import", "undo", "nothing", "--reason", "传错了", "--json").code == 1
    assert installation.run("figures", *LIST, "--as-of", "2019-03-31", "--json").code == 1
    back = installation.run("import", "plan", plan, *LIST, "--json").json
    assert {**back, "draft": drafts[0]} == done.json
    assert installation.run("trail", "verify", "--json").json["valid"]


def test_a_reader_gets_sentences(installation, files):
    said = installation.run("import", "plan", files["计划表.xlsx"], *LIST, "--dry-run").out
    assert said.startswith("试算（没有写入）　项目 5 项：")


def test_wrong_rows_exit_with_one_and_the_whole_answer(installation, tmp_path):
    rows = books.one_row()
    rows[1][4] = -3
    path = str(books.write(tmp_path, "错.xlsx", books.workbook(rows)))
    answer = installation.run("import", "plan", path, *LIST, "--json")
    assert answer.code == 1
    issue = answer.json["errors"][0]
    assert {"sheet": "重点项目", "row": 2, "column": "E 总投资（万元）", "value": "-3"}.items() <= issue.items()
    assert answer.json["columns"][0] | {"heading": "序号", "field": "serial"} == answer.json["columns"][0]


@pytest.mark.parametrize("words", [("missing.xlsx", "reporting.no_file"), ("broken.xlsx", "reporting.file")])
def test_a_file_that_cannot_be_read_is_an_error_object(installation, tmp_path, words):
    name, code = words
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04")
    answer = installation.run("import", "plan", str(tmp_path / name), *LIST, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, code)


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "f.xlsx", "--year", "19", "--level", "district", "--region", "410303"),
        ("plan", "f.xlsx", "--year", "2019", "--level", "county", "--region", "410303"),
        ("plan", "f.xlsx", *LIST, "--unit", "千元"),
        ("plan", "f.xlsx", *LIST, "--batch", "0"),
        ("progress", "f.xlsx", *LIST),
        ("progress", "f.xlsx", *LIST, "--period", "2019-13"),
        ("progress", "f.xlsx", *LIST, "--period", "2018-12"),
        ("progress", "f.xlsx", *LIST, "--period", "2019-03", "--basis", "other"),
    ],
)
def test_wrong_usage_exits_with_two(installation, words):
    assert installation.run("import", *words, "--json").code == 2


def test_a_map_names_what_nobody_could_guess(installation, tmp_path):
    rows = books.one_row()
    rows[0][4] = "造价"
    path = str(books.write(tmp_path, "造价.xlsx", books.workbook(rows)))
    said = tmp_path / "map.yaml"
    said.write_text("columns:\n  造价: {field: total_investment, unit: 万元}\n")
    where = ("--year", "2017", "--level", "city", "--region", "410303")
    answer = installation.run("import", "plan", path, *where, "--map", str(said), "--dry-run", "--json")
    assert answer.json["totals"]["total_investment"] == 120000 * books.WAN
    said.write_text("columns:\n  造价: {field: cost}\n")
    answer = installation.run("import", "plan", path, *where, "--map", str(said), "--json")
    assert (answer.code, answer.json["error"]["items"]) == (1, [{"code": "map_field"}])
