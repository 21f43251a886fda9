"""The largest ledger: 50,000 rows of 30 columns in make soak, a tenth in CI, read, previewed and applied by the command
line in bounded memory."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.imports.books import WAN
from tests.support.installation import Installation, fresh

pytestmark = pytest.mark.slow

ROWS, COLUMNS = 50_000, 30
MEGABYTE = 1024  # in kilobytes, as the system counts memory
MOST_MEMORY = 400 * MEGABYTE
MOST_SECONDS = 900  # of processor, where the floor takes some ten: a bound against the absurd, not the aim
WHERE = ("--year", "2019", "--level", "district", "--region", "410303", "--json")
HEADS = [
    *(
        "序号",
        "项目名称",
        "项目代码",
        "级别",
        "建设性质",
        "项目类别",
        "所属行业",
        "专题",
        "建设规模及主要内容",
        "建设地点",
    ),
    *(
        "建设起止年限",
        "总投资",
        "至2018年底累计完成投资",
        "2019年计划投资",
        "年度目标",
        "一季度目标",
        "二季度目标",
        "三季度目标",
    ),
    *(
        "四季度目标",
        "计划开工时间",
        "计划竣工时间",
        "资金来源",
        "项目业主",
        "责任单位",
        "配合单位",
        "分包领导",
        "联系人",
    ),
    *("联系电话", "依据文件", "备注"),
]


def _row(number: int) -> list[Any]:
    goals = ["征地完成", "基础完工", "主体施工", "主体完工"]
    total = 10_000 + number
    kind = "续建" if number % 2 else "新开工"
    start = "2018年3月" if number % 2 else "2019年6月"
    return [
        *(
            number,
            f"测试{number}号产业园项目",
            "",
            "市重点",
            kind,
            f"{'产业' if number % 3 else '城建'}类",
            "制造业",
            "",
        ),
        *(f"建设标准厂房{number}平方米及配套设施", f"城北路{number}号", "2018-2021", total, total // 4, total // 5),
        *(
            "主体完工",
            *goals,
            start,
            "2021年12月",
            "自筹",
            f"示例{number}公司",
            f"单位{number % 27}",
            f"单位{number % 13}",
        ),
        *(
            f"领导{number % 34} 副区长",
            f"联系{number % 999}",
            f"138{number:08}",
            f"示例〔2018〕{number}号",
            f"备注{number}",
        ),
    ]


def ledger(folder: Path, rows: int) -> Path:
    """A workbook of so many projects."""
    path = folder / "五万行.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("计划表")
        sheet.write_row(0, 0, ["2019年重点项目计划表（单位：万元）"])
        sheet.write_row(1, 0, HEADS)
        assert len(HEADS) == COLUMNS == len(_row(1))
        for number in range(1, rows + 1):
            sheet.write_row(number + 1, 0, _row(number))
    return path


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with fresh(tmp_path_factory.mktemp("large"), GUATU_TODAY="2019-04-15") as made:
        assert made.run("init").code == 0
        yield made


@dataclass(frozen=True)
class Ran:
    """What a command answered, the largest memory of any of its processes (kilobytes), and its seconds."""

    answer: dict[str, Any]
    memory: int
    seconds: float
    busy: float


def run(installation: Installation, used: Path, *words: str) -> Ran:
    """Run a command to its end; memory and processor are those of its whole family, told in a file."""
    begun = time.monotonic()
    command = installation.start("tests.support.measured", str(used), "guatu.config.main", *words)
    said, _ = command.communicate()
    seconds = time.monotonic() - begun
    assert command.returncode == 0, said[-3000:]
    return Ran(json.loads(said), seconds=seconds, **json.loads(used.read_text()))


@pytest.mark.django_db
def test_the_largest_ledger_goes_in_with_bounded_memory(installation, times, tmp_path, capsys):
    rows = times(ROWS)
    path = ledger(tmp_path, rows)
    begun, used = time.monotonic(), time.process_time()
    assert len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) == rows + 2
    floor, floor_busy = time.monotonic() - begun, time.process_time() - used
    words = ("import", "plan", str(path), *WHERE)
    runs = {
        "preview": run(installation, tmp_path / "preview", *words, "--dry-run"),
        "apply": run(installation, tmp_path / "apply", *words),
        "again": run(installation, tmp_path / "again", *words),
    }
    with capsys.disabled():
        print(f"\n  {rows} rows, read by calamine alone: {floor:.1f} s ({floor_busy:.1f} s of processor)")  # noqa: T201  what was measured is the point
        for name, ran in runs.items():
            memory = ran.memory / MEGABYTE
            print(f"  {name}: {ran.seconds:.1f} s ({ran.busy:.1f} s of processor), at most {memory:.0f} MB")  # noqa: T201  as above
    total = sum(_row(number)[11] for number in range(1, rows + 1)) * WAN
    for name, ran in runs.items():
        answer = ran.answer
        assert (answer["errors"], answer["rows_read"], answer["projects"]) == ([], rows, rows), name
        assert answer["totals"]["total_investment"] == total, name
        assert answer["unchanged" if name == "again" else "created"] == rows, name
    assert {name: ran.memory for name, ran in runs.items() if ran.memory >= MOST_MEMORY} == {}
    assert {name: ran.busy for name, ran in runs.items() if ran.busy >= MOST_SECONDS} == {}
