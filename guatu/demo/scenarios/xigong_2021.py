"""西工区 2021, first quarter: 240 projects, 20 provincial and city ones of which 11 have begun, 28.1 % against 25 %."""

from datetime import date

from guatu.demo.scenarios.drawing import days, group_of, names, parts, shares
from guatu.demo.scenarios.model import (
    MARK,
    YI,
    Entry,
    Figure,
    FromOutside,
    Lights,
    List,
    Outside,
    Printed,
    Project,
    Scenario,
    Waits,
)

BEGIN, ISSUED, SECOND = date(2021, 1, 4), date(2021, 2, 26), date(2021, 3, 24)
TOLD, QUARTER = date(2021, 3, 28), date(2021, 3, 31)
NAMED = ("凤凰谷产业园", "金水河湿地公园建设", "洛阳智能科技产业园")
COUNT, CONTINUING, STARTS = 240, 96, 118  # the rest is in preparation
FIRST, STARTED, HIGHER = 20, 11, 28
PROVINCE = (*range(1, 6), *range(21, 24))  # the province's own list; its projects 4 and 5 are the city's too
CITY = (4, 5, *range(6, 21), *range(24, 29))
TOTALS = shares(1769 * YI, COUNT, "xigong-2021:total")
PLANS = (
    *parts(7_650_000_000, TOTALS[:FIRST]),
    *parts(36_200_000_000 - 7_650_000_000, TOTALS[FIRST:]),
)
DONE = parts(2_150_000_000, PLANS[:STARTED])

LATE = range(FIRST + CONTINUING + 1, FIRST + CONTINUING + 36)  # 35 that should have begun: 240 less the printed 205
LATEST = 8  # of them so late that they are red
RULES = {
    "rhythm": "week",
    "source": "示例规则：按银川市2025年做法中的“计划开工”一项改为按天",
    "rules": [
        {
            "code": "completed",
            "colour": "blue",
            "when": [{"fact": "completed", "op": "is", "value": True}],
            "say": "已竣工。",
        },
        {
            "code": "start_red",
            "colour": "red",
            "when": [{"fact": "start_days_late", "op": "more_than", "value": 30}],
            "say": "计划开工时间已过{start_days_late}天，尚未开工。",
        },
        {
            "code": "start_yellow",
            "colour": "yellow",
            "when": [
                {"fact": "start_days_late", "op": "at_least", "value": 1},
                {"fact": "start_days_late", "op": "at_most", "value": 30},
            ],
            "say": "计划开工时间已过{start_days_late}天，尚未开工。",
        },
    ],
    "unmet": {
        "colour": "green",
        "say": "与时间任务同步，或处于前期准备阶段。",
        "essential": ["stage"],
        "say_unknown": "尚无资料，暂不亮灯。",
    },
}


def _planned_start(number: int) -> date:
    """The first batch's eleven in March; 35 others were due and have not begun; the rest from April on."""
    if number <= STARTED:
        return date(2021, 3, 1)
    if number in LATE:
        return date(2021, 2, 18) if number < LATE.start + LATEST else date(2021, 3, 10)
    return date(2021, 4 + number % 8, 15)


def _entry(number: int, batch: int = 1) -> Entry:
    continuing = number > FIRST and number <= FIRST + CONTINUING
    if continuing:
        return Entry(project=number, kind="continuing", planned=PLANS[number - 1], batch=batch)
    if number <= FIRST or number <= FIRST + CONTINUING + STARTS - FIRST:
        start = _planned_start(number)
        return Entry(project=number, kind="new_start", planned=PLANS[number - 1], start=start, batch=batch)
    return Entry(project=number, kind="preliminary", planned=PLANS[number - 1], batch=batch)


def _projects() -> list[Project]:
    found: list[Project] = []
    started = days(date(2021, 2, 20), TOLD, STARTED)
    for number, (name, named) in enumerate(names(NAMED, COUNT, "西工2021年"), start=1):
        entry = _entry(number)
        begun = number <= STARTED
        found.append(
            Project(
                number=number,
                name=name,
                named=named,
                group=group_of(number),
                total=TOTALS[number - 1],
                stage="under_construction" if entry.kind == "continuing" else "preliminary",
                since=date(2020, 6, 9) if entry.kind == "continuing" else BEGIN,
                registered_on=BEGIN,
                steps=(("started", started[number - 1], False),) if begun else (),
                readings=((TOLD, DONE[number - 1]),) if begun else (),
            )
        )
    return found


def _higher(level: str, words: str, numbers: tuple[int, ...]) -> List:
    return List(
        level=level,
        year=2021,
        name=f"西工区2021年{words}重点项目{MARK}",
        issues=((ISSUED, f"2021年第一批{words}重点项目"), (SECOND, f"2021年第二批{words}重点项目")),
        entries=tuple(_entry(number, 1 if number <= FIRST else 2) for number in numbers),
        settings={"start_base": "all"},
    )


_FIRST = {"batch": 1}
_BOTH = ("province", "city")
_PERIOD = "2021-01..02"

SCENARIO = Scenario(
    code="xigong-2021",
    title="西工区2021年一季度",
    paper="《西工区：提速增效 强力推进重点项目建设》",
    printed_on=date(2021, 3, 29),
    region="410303",
    region_name="西工区",
    login="xigong",
    year=2021,
    levels=("district",),
    as_of=TOLD,
    told_on=TOLD,
    founded_on=BEGIN,
    units=tuple(f"示例责任单位{number:02d}" for number in range(1, 28)),
    leaders=34,
    projects=tuple(_projects()),
    lists=(
        _higher("province", "省", PROVINCE),
        _higher("city", "市", CITY),
        List(
            level="district",
            year=2021,
            name=f"西工区2021年重点项目{MARK}",
            issues=((ISSUED, "西工区2021年重点项目名单"),),
            entries=tuple(_entry(number) for number in range(1, COUNT + 1)),
            points=(("一季度末", QUARTER),),
        ),
    ),
    outside=(
        Outside(indicator="growth_percent", period=_PERIOD, value="61.1", unit="%"),
        Outside(indicator="points_above_parent", period=_PERIOD, value="20.7", unit="个百分点"),
        Outside(indicator="rank", period=_PERIOD, value="2", unit="位"),
    ),
    figures=(
        Printed(words="今年新建、续建项目", printed="240个", by=Figure(code="projects")),
        Printed(words="计划总投资", printed="1769亿元", by=Figure(code="total_investment")),
        Printed(words="今年计划完成投资", printed="362亿元", by=Figure(code="planned_investment")),
        Printed(
            words="前两个月固定资产投资增速",
            printed="61.1%",
            by=FromOutside(indicator="growth_percent", period=_PERIOD),
        ),
        Printed(
            words="高于全市",
            printed="20.7个百分点",
            by=FromOutside(indicator="points_above_parent", period=_PERIOD),
        ),
        Printed(words="位居全市", printed="第2位", by=FromOutside(indicator="rank", period=_PERIOD)),
        Printed(words="省市重点项目", printed="28个", by=Figure(code="projects"), levels=_BOTH),
        Printed(words="一季度省市重点项目", printed="20个", by=Figure(code="projects", group=_FIRST), levels=_BOTH),
        Printed(words="已开工", printed="11个", by=Figure(code="started", group=_FIRST), levels=_BOTH),
        Printed(words="开工率", printed="55%", by=Figure(code="start_rate", group=_FIRST), levels=_BOTH),
        Printed(words="完成投资", printed="21.5亿元", by=Figure(code="investment_to_date", group=_FIRST), levels=_BOTH),
        Printed(words="占年度投资", printed="28.1%", by=Figure(code="investment_rate", group=_FIRST), levels=_BOTH),
        Printed(
            words="超出时间节点（28.1%比季末25%）",
            printed="3.1个百分点",
            by=Figure(code="lead", on=QUARTER, group=_FIRST),
            levels=_BOTH,
        ),
        Printed(words="时间任务同步或处于前期准备阶段", printed="205个", by=Figure(code="on_schedule")),
        Printed(words="占比", printed="85%", by=Figure(code="on_schedule_rate")),
        Printed(words="集中观摩项目", printed="10个", by=Waits(part="督导观摩")),
    ),
    lights=Lights(preset="yinchuan", name="西工区按开工时限亮灯（示例规则）", valid_from=BEGIN, rules=RULES),
    notes=(
        "205个由亮灯规则得出：按示例规则，计划开工时间已过、尚未开工的亮黄灯或红灯，其余亮绿灯；哪35个未同步是重建时的假定。",
        "文中并存两个数：28个省市重点项目，一季度统计20个。这里把20个作第一批、8个作第二批，是重建时的假定。",
        "“超出时间节点比例”没有印出数；3.1个百分点由28.1%减去季末时间进度25%得出。",
        "21.5亿元占28.1%，可知20个项目的年度计划约76.5亿元（文中未印）。",
    ),
)
