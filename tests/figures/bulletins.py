"""Two published bulletins restated as facts with their source, in the CSV form that the product reads."""

import csv
import io
from collections.abc import Iterable, Sequence

FIELDS = ("place", "place_name", "source", "published_on", "period", "cut", "stated_in", "unit", "indicator", "value")
XIANGXI = ("433100", "湘西州", "湘西州2021年1-9月份重点建设项目简讯（2021-10-18）", "2021-10-18", "2021-09")
QINSHUI = ("140521", "沁水县", "沁水县2021年省市县重点工程项目完成情况（2022-01-21）", "2022-01-21", "2021-12")
DONE, RATE = "investment_to_date", "investment_rate"
# cut, stated in, unit, projects, plan, done, rate; "" where it is not printed
XIANGXI_ROWS = (
    ("", "", "合计", "316", "", "474.5", "74.1"),
    ("类别", "正文", "产业发展", "172", "", "295.9", "80"),
    ("类别", "正文", "基础设施", "75", "", "102.3", "59"),
    ("类别", "正文", "社会民生", "55", "", "66", "83"),
    ("类别", "正文", "生态环保", "14", "", "10.3", "58"),
    ("阶段", "正文", "续建", "146", "", "304.2", "80"),
    ("阶段", "正文", "新开", "170", "", "170.3", "65"),
    ("隶属", "正文", "州直", "58", "", "114.8", "64"),
    ("隶属", "正文", "县市区", "258", "", "359.7", "78"),
    ("隶属", "汇总表", "吉首市", "57", "82.5", "65.1", "78.9"),
    ("隶属", "汇总表", "泸溪县", "27", "42.6", "31.2", "73.2"),
    ("隶属", "汇总表", "凤凰县", "34", "78.5", "62.9", "80.1"),
    ("隶属", "汇总表", "古丈县", "24", "23.4", "19.0", "81.2"),
    ("隶属", "汇总表", "花垣县", "21", "46.0", "37.1", "80.7"),
    ("隶属", "汇总表", "保靖县", "24", "41.9", "30.9", "73.7"),
    ("隶属", "汇总表", "永顺县", "23", "51.0", "42.3", "82.9"),
    ("隶属", "汇总表", "龙山县", "21", "51.7", "40.9", "79.1"),
    ("隶属", "汇总表", "湘西高新区", "27", "66.4", "53.1", "80.0"),
    ("隶属", "汇总表", "州直", "58", "156.7", "92.0", "58.8"),
)
# unit, projects, total, plan, done, rate: three of the 30 projects are in preparation and stand in no level
QINSHUI_ROWS = (
    ("合计", "30", "519.86", "63.27", "77.57", "122.6"),
    ("省级", "6", "140.16", "19", "28.78", "151.47"),
    ("市级", "5", "221.76", "22.67", "26.4", "116.45"),
    ("县级", "16", "108.72", "21.6", "22.39", "103.66"),
)


def xiangxi() -> str:
    """湘西州, January to September 2021: the ten units of its table close; its text contradicts it about 州直."""
    codes = ("projects", "planned_investment", DONE, RATE)
    return _csv(
        (*XIANGXI, cut, where, unit, code, value)
        for cut, where, unit, *values in XIANGXI_ROWS
        for code, value in zip(codes, values, strict=True)
        if value
    )


def qinshui() -> str:
    """沁水县 2021: total investment does not close, for preliminary projects stand in no level."""
    codes = ("projects", "total_investment", "planned_investment", DONE, RATE)
    return _csv(
        (*QINSHUI, "级别" if unit != "合计" else "", "", unit, code, value)
        for unit, *values in QINSHUI_ROWS
        for code, value in zip(codes, values, strict=True)
    )


def _csv(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(FIELDS)
    writer.writerows(rows)
    return text.getvalue()
