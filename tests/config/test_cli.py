"""The command line: one JSON object, exit codes 0, 1 and 2, and nothing changed by a refusal."""

import json
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest

from guatu.config import env, main
from guatu.core.refusals import Refusal
from tests.support.installation import Installation, fresh


def test_an_empty_installation_is_set_up_once(tmp_path):
    with fresh(tmp_path / "data") as made:
        first = made.run("init", "--json")
        assert (first.code, first.json["logins"]) == (0, [])
        founded = made.run("init", "--region", "410303", "--name", "西工区", "--json")
        logins = founded.json["logins"]
        assert [row["username"] for row in logins] == ["admin", "security", "office"]
        assert len({row["password"] for row in logins}) == 3
        assert all(len(row["password"]) >= 12 for row in logins)
        again = made.run("init", "--region", "410305", "--name", "涧西区", "--json")
        assert (again.code, again.json["error"]["code"]) == (1, "config.founded_already")
        once = made.run("init", "--once", "--json")
        assert (once.code, once.json) == (0, {"created": False})


def test_an_unknown_scenario_is_refused_with_those_that_there_are(installation: Installation):
    refused = installation.run("init", "--scenario", "flood", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "demo.no_scenario")
    assert "flood" in refused.json["error"]["message"]
    assert "weidong-2015" in refused.json["error"]["message"]


def test_a_scenario_is_an_installation_that_prints_its_articles_figures(tmp_path):
    with fresh(tmp_path / "data") as made:
        first = made.run("init", "--scenario", "weidong-2015", "--json")
        assert (first.code, first.json["kind"], first.json["projects"]) == (0, "scenario", 60), first.err
        assert made.run("scenario", "load", "yuzhong-2022", "--json").code == 0
        again = made.run("init", "--scenario", "weidong-2015", "--json")
        assert (again.code, again.json["error"]["code"]) == (1, "config.founded_already")
        figures = made.run("scenario", "figures", "weidong-2015", "--json").json
        assert figures["counts"] == {"agrees": 8, "differs": 1, "waits": 3}
        [apart] = [line for line in figures["figures"] if line["verdict"] == "differs"]
        assert (apart["printed"], apart["ours"]) == ("93.58%", "93.57%")
        elsewhere = made.run("scenario", "figures", "xigong-2019", "--json")
        assert (elsewhere.code, elsewhere.json["error"]["code"]) == (1, "demo.not_loaded")


@pytest.mark.parametrize("words", [[], ["nonsense"], ["init", "--demo", "--scenario", "x"], ["trail"], ["backup"]])
def test_wrong_usage_is_exit_2(installation: Installation, words):
    answer = installation.run(*words)
    assert (answer.code, answer.out) == (2, "")
    assert "usage" in answer.err


def test_wrong_usage_is_one_json_object_when_asked_for(installation: Installation):
    answer = installation.run("nonsense", "--json")
    assert (answer.code, answer.json["error"]["code"], answer.err) == (2, "usage", "")


def test_a_refusal_is_a_sentence_for_a_reader(installation: Installation):
    answer = installation.run("init", "--region", "410303", "--name", "西工区")
    assert (answer.code, answer.out) == (1, "")
    assert "这个安装已经建立" in answer.err


def test_a_region_without_a_name_is_refused_before_anything_is_made(tmp_path):
    with fresh(tmp_path / "data") as made:
        answer = made.run("init", "--region", "410303", "--json")
        assert (answer.code, answer.json["error"]["code"]) == (1, "config.region_unnamed")
        assert not (made.folder / "guatu.sqlite3").exists()


def test_the_trail_is_verified_and_a_change_behind_the_product_is_found(tmp_path):
    with fresh(tmp_path / "data") as made:
        made.run("init", "--region", "410303", "--name", "西工区", "--json")
        whole = made.run("trail", "verify", "--json")
        assert (whole.code, whole.json["valid"], whole.json["entries"] >= 1) == (0, True, True)
        heads = made.folder / "trail.heads"
        heads.write_text(
            heads.read_text().replace(heads.read_text()[2], "0" if heads.read_text()[2] != "0" else "1", 1)
        )
        broken = made.run("trail", "verify", "--json")
        assert (broken.code, broken.json["valid"], broken.json["first_bad"]) == (1, False, 1)


def test_check_tells_a_sound_installation_from_one_that_is_behind(installation: Installation, tmp_path):
    assert installation.run("check", "--json").json == {"sound": True, "faults": []}
    with fresh(tmp_path / "data") as untouched:
        answer = untouched.run("check", "--json")
        assert answer.code == 1
        assert any("guatu migrate" in fault for fault in answer.json["faults"])


def test_serving_an_old_database_is_refused(tmp_path):
    with fresh(tmp_path / "data") as untouched:
        answer = untouched.run("serve", "--json")
        assert (answer.code, answer.json["error"]["code"]) == (1, "config.not_migrated")


def test_settings_hide_passwords(installation: Installation):
    answer = installation.run("settings", GUATU_DATABASE_URL="postgresql://office:hush-hush@db/guatu")
    assert "hush-hush" not in answer.out
    assert "postgresql://office:…@db/guatu" in answer.out


def test_help_lists_every_command(installation: Installation):
    answer = installation.run("--help")
    assert answer.code == 0
    for name in ("serve", "migrate", "init", "settings", "check", "backup", "trail", "version"):
        assert re.search(rf"^\s+{name}\b", answer.out, re.M)


def test_amounts_rates_and_dates_are_plain_json():
    from datetime import date
    from decimal import Decimal

    text = main.as_json({"as_of": date(2026, 3, 26), "rate": Decimal("55.00"), "none": None, "words": "在建"})
    assert json.loads(text) == {"as_of": "2026-03-26", "rate": 55.0, "none": None, "words": "在建"}
    assert "在建" in text


def test_a_backup_made_while_running_is_restored_elsewhere_and_whole(installation: Installation, tmp_path: Path):
    if env.DATABASE_URL:
        answer = installation.run("backup", str(tmp_path / "b.zip"), "--json")
        assert (answer.code, answer.json["error"]["code"]) == (1, "config.backup_postgres")
        return
    (installation.folder / "attachments").mkdir(exist_ok=True)
    (installation.folder / "attachments" / "a").write_bytes(b"scan")
    made = installation.run("backup", str(tmp_path / "b.zip"), "--json")
    assert made.code == 0, made.err
    assert installation.run("backup", str(tmp_path / "b.zip"), "--json").json["error"]["code"] == "config.backup_exists"
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        archive.extractall(tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / "attachments" / "a").read_bytes() == b"scan"
    with fresh(tmp_path / "elsewhere") as restored:
        there, here = restored.run("trail", "verify", "--json"), installation.run("trail", "verify", "--json")
        assert (there.code, there.json) == (0, here.json)
    with sqlite3.connect(tmp_path / "elsewhere" / "guatu.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM people_region WHERE code = '410303'").fetchone() == (1,)


def test_a_refusal_prints_its_items(monkeypatch, capsys):
    def refuse(args: object) -> dict[str, object]:
        raise Refusal("core.too_many", seconds=3, items=[{"row": 7, "message": "不是数字"}])

    monkeypatch.setattr("guatu.config.cli._version", refuse)
    assert main.main(["version", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["items"] == [{"row": 7, "message": "不是数字"}]
    assert main.main(["version"]) == 1
    assert "row 7, message 不是数字" in capsys.readouterr().err
