"""Ledgers for the bench, as offices keep them: thirty columns, names of real length, everything invented and seeded."""

import itertools
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from guatu.domain.codes.credit import check_character

HEADS = (
    *("序号", "项目名称", "项目代码", "建设性质", "行业代码", "建设地点", "建设规模及主要内容", "建设起止年限"),
    *("计划开工时间", "计划竣工时间", "总投资", "至2025年底累计完成投资", "2026年计划投资", "一季度目标"),
    *("二季度目标", "三季度目标", "四季度目标", "年度目标", "资金来源", "项目业主", "统一社会信用代码", "责任单位"),
    *("配合单位", "属地", "分包领导", "分管领导", "联系人", "联系电话", "依据文件", "备注"),
)
YEAR = 2026
_PLACES = (
    *("望岳", "青桐", "长宁", "春熙", "元丰", "临江", "翠屏", "瑞昌", "金谷", "云溪"),
    *("安澜", "永乐", "朝阳", "和顺", "锦绣", "白鹭", "石桥", "文峰", "兰台", "清河"),
)
_OF = ("高端", "智能", "绿色", "数字", "新型", "生态", "精密", "综合", "创新", "循环")
_WHAT = (
    *("装备制造", "轴承加工", "冷链物流", "数据服务", "生物医药"),
    *("文化旅游", "城市更新", "新材料", "污水处理", "保障住房"),
)
_SORT = ("产业园项目", "基地建设项目", "改造提升工程", "中心建设项目", "示范区项目")
_FAMILY = "赵钱孙李周吴郑王冯陈"
_GIVEN = ("文远", "明轩", "晓岚", "建平", "秋白", "一诺", "思源", "立新")


def _people() -> list[str]:
    return [f"{family}{given}" for family, given in itertools.product(_FAMILY, _GIVEN)]


def rows(count: int, seed: int = 1) -> Iterator[list[Any]]:
    """The ledger's data rows; money in 万元."""
    chance = random.Random(seed)
    people = _people()
    leaders, sectors, contacts = people[:34], people[40:50], people[50:]
    names = itertools.product(_PLACES, _OF, _WHAT, _SORT, range(1, 12))
    order = list(itertools.islice(names, max(count, 1)))
    chance.shuffle(order)
    for number, (place, of, what, sort, phase) in enumerate(order, start=1):
        going_on = chance.random() < 0.5
        total = chance.randint(2_000, 300_000)
        planned = total // 4
        body = f"91410303MA{number:07}"
        unit = f"{chance.choice(_PLACES)}区{_WHAT[number % 9][:2]}局"
        yield [
            number,
            f"{place}{of}{what}{sort}（{phase}期）",
            f"2512-410303-04-01-{number:06}",
            "续建" if going_on else "新开工",
            ("3451", "4813", "5990")[number % 3],
            f"{place}街道{of}路以东、{chance.choice(_PLACES)}路以北",
            f"总建筑面积{chance.randint(1, 90)}万平方米，建设标准厂房{chance.randint(2, 40)}栋及配套设施",
            "2024-2027" if going_on else "2026-2028",
            f"2024年{chance.randint(1, 12)}月" if going_on else f"2026年{chance.randint(1, 9)}月",
            f"{2027 if going_on else 2028}年{chance.randint(1, 12)}月",
            total,
            total // 3 if going_on else 0,
            planned,
            "完成场地平整" if not going_on else "3号楼封顶",
            "基础施工",
            "主体施工至五层",
            "主体封顶",
            "主体完工，部分厂房投用",
            "企业自筹、银行贷款",
            f"示例{place}{what}有限公司",
            body + check_character(body),
            unit,
            f"{chance.choice(_PLACES)}区财政局、{chance.choice(_PLACES)}区住建局",
            f"{place}街道办事处",
            chance.choice(leaders),
            chance.choice(sectors),
            chance.choice(contacts),
            f"1380000{number % 10_000:04}",
            f"示例发〔2025〕{number % 40 + 1}号第{number % 9 + 1}条",
            "" if number % 5 else "需加快征迁",
        ]


def plan(count: int, seed: int = 1) -> Path:
    """A plan ledger of `count` projects as a workbook, in a folder of its own."""
    path = Path(tempfile.mkdtemp(prefix="guatu-bench-ledger-")) / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("计划表")
    sheet.write_row(0, 0, [f"{YEAR}年重点项目计划表（单位：万元）"])
    sheet.write_row(1, 0, HEADS)
    for place, row in enumerate(rows(count, seed), start=2):
        sheet.write_row(place, 0, row)
    book.close()
    return path
