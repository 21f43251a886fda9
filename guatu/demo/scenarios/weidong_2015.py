"""卫东区 2015, nine months: 26 city projects in two batches, 3 + 16 + 7, 41.17 of 44 (printed 93.58 %)."""

from datetime import date

from guatu.demo.scenarios.drawing import days, group_of, names, parts, shares
from guatu.demo.scenarios.model import MARK, YI, Closing, Entry, Figure, List, Printed, Project, Scenario, Waits

BEGIN, ISSUED, SECOND = date(2015, 1, 5), date(2015, 3, 10), date(2015, 6, 16)
NINE_MONTHS, TOLD = date(2015, 9, 30), date(2015, 10, 20)
COMPLETING = ("平煤神马集团八矿二号井", "明珠世纪城二期", "市四十一中异地重建")
CONTINUING = (
    "河南新吉祥电子科技产业园",
    "平顶山旭龙再生资源有限公司建筑垃圾再生利用",
    "碧水香墅（劳动路恒温库区域改造）",
    "鹰城商贸",
    "商务中心",
    "恒宇·东城国际",
)
NEW = (
    "市正顺化工公司技改10万吨/年洗油深加工",
    "平东物流产业集聚区基础设施建设（开发一路北延工程）",
    "益宏·莱茵水岸（平煤神马机械制造公司棚户区改造）",
    "广厦黄金花园（城中村改造）",
    "天安名郡（卫东区陈家岗下午三组改造）",
    "上徐机械加工工业园",
    "市现代物流产业集聚区一期",
)
BEGUN_NEW = 5  # the first five; the last two are still in preparation
CITY, ALL = 26, 60
TOTALS = shares(310 * YI, ALL, "weidong-2015:total")
PLANS = parts(44 * YI, TOTALS[:CITY])


def _titles() -> list[tuple[str, bool]]:
    found = names(COMPLETING, 3, "") + names(CONTINUING, 16, "续建") + names(NEW, 7, "")
    return found + names((), ALL - CITY, "卫东区级")


def _kind(number: int) -> str:
    if number <= 3:
        return "completing"
    if number <= 19 or number > CITY:
        return "continuing"
    return "new_start"


def _begun(number: int) -> bool:
    return not 19 + BEGUN_NEW < number <= CITY


def _projects() -> list[Project]:
    begun = [number for number in range(1, CITY + 1) if _begun(number)]
    done = dict(zip(begun, parts(4_117_000_000, [PLANS[number - 1] for number in begun]), strict=True))
    starts = days(date(2015, 3, 20), NINE_MONTHS, BEGUN_NEW)
    found: list[Project] = []
    for number, (name, named) in enumerate(_titles(), start=1):
        new = _kind(number) == "new_start"
        steps: tuple[tuple[str, date, bool], ...] = ()
        if new and _begun(number):
            steps = (("started", starts[number - 20], False),)
        if name == "市四十一中异地重建":
            steps = (("completed", date(2015, 8, 28), False), ("in_production", date(2015, 9, 1), False))
        found.append(
            Project(
                number=number,
                name=name,
                named=named,
                group=group_of(number),
                total=TOTALS[number - 1],
                stage="preliminary" if new else "under_construction",
                since=BEGIN if new else date(2014, 4, 15),
                registered_on=BEGIN,
                steps=steps,
                readings=((NINE_MONTHS, done[number]),) if number in done else (),
            )
        )
    return found


def _city() -> tuple[Entry, ...]:
    return tuple(
        Entry(
            project=number,
            kind=_kind(number),
            planned=PLANS[number - 1],
            completes=number <= 3,
            finish=date(2015, 12, 31) if number <= 3 else None,
            batch=1 if number % 4 else 2,
        )
        for number in range(1, CITY + 1)
    )


_CITY = ("city",)
_MATTERS = "问题与交办"

SCENARIO = Scenario(
    code="weidong-2015",
    title="卫东区2015年前三季度",
    paper="《卫东区扎实推进重点项目建设》",
    printed_on=date(2015, 10, 21),
    region="410403",
    region_name="卫东区",
    login="weidong",
    year=2015,
    levels=_CITY,
    as_of=NINE_MONTHS,
    told_on=TOLD,
    founded_on=BEGIN,
    units=tuple(f"示例责任单位{number:02d}" for number in range(1, 13)),
    leaders=12,
    projects=tuple(_projects()),
    lists=(
        List(
            level="city",
            year=2015,
            name=f"卫东区2015年市重点项目{MARK}",
            issues=((ISSUED, "2015年第一批市重点项目"), (SECOND, "2015年第二批市重点项目")),
            entries=_city(),
            settings={"kinds_exclusive": True, "decimals": 2},
        ),
        List(
            level="district",
            year=2015,
            name=f"卫东区2015年区重点项目{MARK}",
            issues=((ISSUED, "卫东区2015年重点项目"),),
            entries=tuple(Entry(project=number, kind="continuing") for number in range(CITY + 1, ALL + 1)),
        ),
    ),
    outside=(),
    figures=(
        Printed(words="第一批、第二批市重点项目", printed="26个", by=Figure(code="projects")),
        Printed(words="责任目标", printed="44亿元", by=Figure(code="planned_investment")),
        Printed(words="计划建成", printed="3个", by=Figure(code="projects", group={"kind": "completing"})),
        Printed(words="续建", printed="16个", by=Figure(code="projects", group={"kind": "continuing"})),
        Printed(words="计划新开工", printed="7个", by=Figure(code="projects", group={"kind": "new_start"})),
        Printed(words="已建成投用（市四十一中）", printed="1个", by=Figure(code="completed")),
        Printed(words="1至9月累计完成投资", printed="41.17亿元", by=Figure(code="investment_to_date")),
        Printed(
            words="占全年投资计划",
            printed="93.58%",
            by=Figure(code="investment_rate"),
            why="41.17÷44＝93.568%，四舍五入为93.57%；文中93.58%多半由未取整的目标算出",
        ),
        Printed(words="市、区重点项目", printed="60个", by=Figure(code="projects"), levels=("city", "district")),
        Printed(words="有问题的项目", printed="50个", by=Waits(part=_MATTERS)),
        Printed(words="已解决", printed="38个", by=Waits(part=_MATTERS)),
        Printed(words="正在协调解决", printed="12个", by=Waits(part=_MATTERS)),
    ),
    closings=(
        Closing(words="计划建成3、续建16、计划新开工7，合计", terms=(3, 16, 7), printed=26),
        Closing(words="有问题50，已解决38，尚余", terms=(50, -38), printed=12),
    ),
    notes=("文中没有总投资；各项目总投资为示例。区级34个项目没有年度计划与进度。",),
)
