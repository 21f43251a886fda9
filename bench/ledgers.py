"""The import's jobs: a plan ledger as offices keep it, previewed, which is the whole import but its commit."""

import tempfile
from pathlib import Path
from typing import Any

import xlsxwriter

from bench import floors
from bench.district import AS_OF, District
from bench.registry import Work, job
from guatu.core.actor import OPERATOR
from guatu.people.models import Region
from guatu.reporting import imports

HEADS = (
    *("序号", "项目名称", "建设性质", "建设地点", "建设规模及主要内容", "建设起止年限", "总投资", "年度计划投资"),
    *("年度目标", "项目业主", "责任单位", "分包领导"),
)
MOST = 5_000  # rows of one list


def _ledger(rows: int) -> Path:
    path = Path(tempfile.mkdtemp(prefix="guatu-bench-ledger-")) / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("计划表")
    sheet.write_row(0, 0, ["重点项目计划表（单位：万元）"])
    sheet.write_row(1, 0, HEADS)
    for number in range(1, rows + 1):
        kind = "续建" if number % 2 else "新开工"
        years = "2026-2028" if number % 2 else "2027-2029"
        texts: list[Any] = [number, f"测算{number}号产业园项目", kind, "城北", f"建设厂房{number}栋", years]
        texts += [10_000 + number, 2_000 + number, "主体完工", f"示例{number % 97}公司", f"单位{number % 27}"]
        sheet.write_row(number + 1, 0, [*texts, f"领导{number % 34}"])
    book.close()
    return path


@job("plan ledger in, previewed", floor="calamine + executemany into one table", aim="dry run ≤ 4 ×", most=MOST)
def plan_ledger(district: District) -> Work:
    """Read, recognised, matched, carried out and rolled back: everything but the commit."""
    path = _ledger(district.projects)
    region = Region.objects.get(pk=district.region_ids[0])
    order = imports.Order(
        kind="plan", path=path, name=path.name, year=AS_OF.year + 1, level="district", region=region.code
    )
    report = imports.preview(OPERATOR, order, imports.read(order))
    assert report.answer["created"] == district.projects, report.answer["errors"][:3]
    return Work(lambda: imports.preview(OPERATOR, order, imports.read(order)), floors.read_and_insert(path))
