"""Ledgers as offices keep them, written for one test each."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

WAN, YI = 10**4, 10**8
HEADS = (
    "序号",
    "项目名称",
    "建设性质",
    "建设规模及主要内容",
    "建设地点",
    "建设起止年限",
    "总投资",
    "至2018年底累计完成投资",
    "2019年计划投资",
    "年度目标",
    "项目业主",
    "责任单位",
    "分包领导",
)
# Name, kind, content, place, years, total, to last year's end, this year's plan (万元), goal, owner, units, leader.
INDUSTRY = (
    ("望岳智能装备产业园", "续建", "标准厂房 12 栋", "望岳路北", "2017-2020", 120000, 45000, 30000, "主体完工"),
    ("青桐数据中心（一期）", "新开工", "机柜 3000 架", "王城路街道", "2019-2021", 86000, 0, 20000, "主体施工"),
    ("长宁冷链物流园", "新开工", "冷库 8 万吨", "长宁路", "2019-2020", 30000, 0, 12000, "基础完工"),
)
CITY = (
    ("春熙片区城中村改造", "续建", "安置房 1200 套", "春熙街", "2018-2021", 250000, 60000, 50000, "封顶"),
    ("元丰路快速化改造", "新开工", "高架 3.2 公里", "元丰路", "2019-2020", 98000, 0, 35000, "桩基完成"),
)
PEOPLE = (
    ("望岳投资有限公司", "区工信局、区商务局", "梁秋白 副区长"),
    ("青桐科技有限公司", "区科技局", "张三（副区长）"),
    ("长宁物流有限公司", "区商务局", "梁秋白 副区长"),
    ("城市建设投资集团有限公司", "区住房和城乡建设局", "副区长 沈一诺"),
    ("市政工程管理处", "区住房和城乡建设局\n区城管局", "张三"),
)
TOTAL, PLANNED, BEFORE = 584000 * WAN, 147000 * WAN, 105000 * WAN


def workbook(
    rows: Sequence[Sequence[Any]], *, sheet: str = "重点项目", merges: Sequence[tuple[Any, ...]] = ()
) -> bytes:
    """One sheet; `merges` are (top, left, bottom, right, text)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet(sheet)
    for index, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                page.write(index, column, value)
    for merge in merges:
        page.merge_range(*merge)
    book.close()
    return out.getvalue()


def plan_rows(*, unit: str = "单位：万元", heads: Sequence[str] = HEADS, title: str = "") -> list[list[Any]]:
    """The usual ledger: title, unit, heading, two classes with their counts, subtotals and a total."""
    rows: list[list[Any]] = [[title or "西工区2019年重点项目计划表"], [None] * 11 + [unit], list(heads)]
    number = 0
    for label, listed in (("一、产业类（3个）", INDUSTRY), ("二、城建类（2个）", CITY)):
        rows.append([label])
        for row in listed:
            rows.append([number + 1, *row, *PEOPLE[number]])
            number += 1
        sums = [sum(int(row[at]) for row in listed) for at in (5, 6, 7)]
        rows.append(["小计", *[None] * 5, *sums])
    rows.append(["合计", *[None] * 5, TOTAL // WAN, BEFORE // WAN, PLANNED // WAN])
    return rows


def plan_book(**options: Any) -> bytes:
    """The usual ledger as a workbook."""
    return workbook(plan_rows(**options))


def one_row(**cells: Any) -> list[list[Any]]:
    """A ledger of one project; `cells` by heading replace or add columns."""
    row: dict[str, Any] = {"序号": 1, "项目名称": "望岳智能装备产业园", "建设性质": "新开工", "建设内容": "厂房"}
    row |= {"总投资（万元）": 120000, "2019年计划投资（万元）": 30000}
    row |= cells
    return [list(row), list(row.values())]


PROGRESS = ("序号", "项目名称", "本月完成投资（万元）", "本年累计完成投资（万元）", "形象进度", "是否开工", "存在问题")
NAMES = [row[0] for row in (*INDUSTRY, *CITY)]
MARCH = (2400, 1500, 0, 4100, 2600)


def progress_rows(
    done: Sequence[Any] = MARCH, to_date: Sequence[Any] = (7000, 1500, 0, 12000, 2600)
) -> list[list[Any]]:
    """A month's sheet of the same five projects (万元)."""
    rows: list[list[Any]] = [["西工区重点项目3月进度表"], list(PROGRESS)]
    for number, name in enumerate(NAMES):
        begun = "是" if to_date[number] else "否"
        problem = "征迁 3 户未签" if number == 2 else None
        rows.append([number + 1, name, done[number], to_date[number], "正在施工", begun, problem])
    rows.append(["合计", None, sum(filter(None, done)), sum(filter(None, to_date))])
    return rows


def write(folder: Path, name: str, data: bytes) -> Path:
    """A file on the disk."""
    path = folder / name
    path.write_bytes(data)
    return path
