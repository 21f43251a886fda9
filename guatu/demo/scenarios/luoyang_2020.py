"""洛阳 2020: the first batch of 515 beside the 455 of 2019, and 313 of 331 begun or resumed by 9 March."""

from collections.abc import Iterable
from datetime import date

from guatu.demo.scenarios.drawing import days, group_of, names, parts, shares
from guatu.demo.scenarios.model import (
    MARK,
    YI,
    Change,
    Closing,
    Entry,
    Figure,
    FromOutside,
    List,
    Outside,
    Printed,
    Project,
    Scenario,
    Waits,
    Watch,
    Watched,
)

BEFORE, BEGIN = date(2019, 1, 3), date(2020, 1, 3)
ISSUED_BEFORE, ISSUED = date(2019, 2, 18), date(2020, 2, 20)
TOLD, QUARTER = date(2020, 3, 9), date(2020, 3, 31)
# 1–250 go on from 2019, 251–455 were on the lists of 2019 only, 456–690 start anew, 691–720 are in preparation.
GO_ON, LAST_YEAR, NEW, ALL = 250, 455, 690, 720
RESUMED, DUE, BEGUN, DUE_IN_QUARTER = 241, 81, 72, 180
NAMED_GO_ON = (
    "轨道交通1号线",
    "轨道交通2号线",
    "格力电器智能制造基地",
    "洛阳华晟物流园",
    "中德产业园",
    "玻璃厂路高架改造提升工程",
    "忠旺铝业",
)
NAMED_NEW = ("洛阳中部云谷（中国移动）",)
TOTALS = (
    *shares(2300 * YI, GO_ON, "luoyang-2020:go-on"),
    *shares(1973 * YI, LAST_YEAR - GO_ON, "luoyang-2020:last-year"),
    *shares(2551 * YI, ALL - LAST_YEAR, "luoyang-2020:new"),
)
OF_2019 = tuple(range(1, LAST_YEAR + 1))
OF_2020 = (*range(1, GO_ON + 1), *range(LAST_YEAR + 1, ALL + 1))
PLANS_2019 = dict(zip(OF_2019, parts(1370 * YI, [TOTALS[n - 1] for n in OF_2019]), strict=True))
PLANS_2020 = dict(zip(OF_2020, parts(1572 * YI, [TOTALS[n - 1] for n in OF_2020]), strict=True))
RESUME = dict(zip(range(1, GO_ON + 1), days(date(2020, 2, 10), TOLD, GO_ON), strict=True))
STARTS = dict(
    zip(
        range(LAST_YEAR + 1, NEW + 1),
        (
            *days(date(2020, 2, 20), TOLD, DUE),
            *days(TOLD, QUARTER, DUE_IN_QUARTER - DUE),
            *days(QUARTER, date(2020, 11, 30), NEW - LAST_YEAR - DUE_IN_QUARTER),
        ),
        strict=True,
    )
)
PROVINCE_2020 = (*range(1, 61), *range(456, 496))
PROVINCE_2019 = (*range(1, 51), *range(251, 291))
TWICE = (*range(1, 11), *range(456, 466))  # on the province's list and on the city's


WATCH_FROM = date(2020, 2, 21)
WORKERS, VEHICLES = 700, 60
BACK = (*range(1, RESUMED + 1), *range(LAST_YEAR + 1, LAST_YEAR + BEGUN + 1))
"""The 313 that work again or have begun by the article's date."""


def _said() -> tuple[tuple[date, int, dict[str, int | bool]], ...]:
    """Every project speaks on the day on which it resumed or began, with the workers who came back and the vehicles;
    on the article's date all who were due by then say where they stand.
    """
    workers = dict(zip(BACK, parts(WORKERS, [1] * len(BACK)), strict=True))
    found: list[tuple[date, int, dict[str, int | bool]]] = []
    for place, number in enumerate(BACK):
        day = max((RESUME | STARTS)[number], WATCH_FROM)
        values: dict[str, int | bool] = {"resumed": True, "workers": workers[number]}
        if place % 5 == 0 and place < 5 * VEHICLES:
            values["vehicles"] = 1
        found.append((day, number, values))
    told = {number for day, number, _values in found if day == TOLD}
    waiting = (*range(RESUMED + 1, GO_ON + 1), *range(LAST_YEAR + BEGUN + 1, LAST_YEAR + DUE + 1))
    found += [(TOLD, number, {"resumed": True}) for number in BACK if number not in told]
    found += [(TOLD, number, {"resumed": False}) for number in waiting]
    return tuple(sorted(found, key=lambda row: row[:2]))


def _projects() -> list[Project]:
    titles = names(NAMED_GO_ON, GO_ON, "洛阳续建") + names((), LAST_YEAR - GO_ON, "洛阳2019年")
    titles += names(NAMED_NEW, ALL - LAST_YEAR, "洛阳2020年")
    found: list[Project] = []
    for number, (name, named) in enumerate(titles, start=1):
        steps: tuple[tuple[str, date, bool], ...] = ()
        if number <= RESUMED:
            steps = (("under_construction", RESUME[number], True),)
        if LAST_YEAR < number <= LAST_YEAR + BEGUN:
            steps = (("started", STARTS[number], False),)
        old = number <= LAST_YEAR
        found.append(
            Project(
                number=number,
                name=name,
                named=named,
                group=group_of(number),
                total=TOTALS[number - 1],
                stage="under_construction" if old else "preliminary",
                since=date(2018, 9, 10) if old else BEGIN,
                registered_on=BEFORE if old else BEGIN,
                steps=steps,
            )
        )
    return found


def _of_2019(numbers: Iterable[int]) -> tuple[Entry, ...]:
    return tuple(Entry(project=number, kind="continuing", planned=PLANS_2019[number]) for number in numbers)


def _entry(number: int) -> Entry:
    planned = PLANS_2020[number]
    if number <= GO_ON:
        return Entry(project=number, kind="continuing", planned=planned, resume=RESUME[number])
    if number <= NEW:
        return Entry(project=number, kind="new_start", planned=planned, start=STARTS[number])
    return Entry(project=number, kind="preliminary", planned=planned)


def _list(level: str, words: str, year: int, issued: date, entries: tuple[Entry, ...]) -> List:
    return List(
        level=level,
        year=year,
        name=f"洛阳市{year}年第一批{words}重点项目{MARK}",
        issues=((issued, f"{year}年第一批{words}重点项目"),),
        entries=entries,
        points=(("一季度末", date(year, 3, 31)),),
    )


_SERVICE = "督导调研"
_APPROVALS = "前期手续"

SCENARIO = Scenario(
    code="luoyang-2020",
    title="洛阳市2020年重点项目复工开工",
    paper="《洛阳加快推进重点项目复工开工 确保年度目标不变投资力度不减》",
    printed_on=date(2020, 3, 11),
    region="410300",
    region_name="洛阳市",
    login="luoyang",
    year=2020,
    levels=("province", "city"),
    as_of=TOLD,
    told_on=TOLD,
    founded_on=BEFORE,
    units=tuple(f"示例县（市）区{number:02d}项目办" for number in range(1, 16)),
    leaders=20,
    projects=tuple(_projects()),
    lists=(
        _list("province", "省", 2019, ISSUED_BEFORE, _of_2019(PROVINCE_2019)),
        _list("city", "市", 2019, ISSUED_BEFORE, _of_2019(n for n in OF_2019 if n not in PROVINCE_2019 or n in TWICE)),
        _list("province", "省", 2020, ISSUED, tuple(_entry(n) for n in PROVINCE_2020)),
        _list("city", "市", 2020, ISSUED, tuple(_entry(n) for n in OF_2020 if n not in PROVINCE_2020 or n in TWICE)),
    ),
    watch=Watch(
        name="2020年重点项目开复工日调度",
        document="洛阳市2020年第一批省市重点项目",
        starts=WATCH_FROM,
        ends=QUARTER,
        ready="resumption",
        said=_said(),
    ),
    outside=(Outside(indicator="provincial_resumed_percent", period="2020-03", value="97", unit="%"),),
    figures=(
        Printed(words="计划复工开工省市重点项目", printed="331个", by=Figure(code="resumed_started_planned")),
        Printed(words="已复工开工", printed="313个", by=Figure(code="resumed_started")),
        Printed(words="复工率", printed="94.6%", by=Figure(code="resumed_started_rate")),
        Printed(
            words="省重点项目复工率",
            printed="97%",
            by=FromOutside(indicator="provincial_resumed_percent", period="2020-03"),
        ),
        Printed(words="2020年第一批省市重点项目", printed="515个", by=Figure(code="projects")),
        Printed(words="总投资", printed="4851亿元", by=Figure(code="total_investment")),
        Printed(words="年度计划投资", printed="1572亿元", by=Figure(code="planned_investment")),
        Printed(words="项目个数比2019年同期增长", printed="60个", by=Change(code="projects")),
        Printed(words="总投资比2019年同期增长", printed="578亿元", by=Change(code="total_investment")),
        Printed(words="年度投资比2019年同期增长", printed="202亿元", by=Change(code="planned_investment")),
        Printed(words="一季度新开工重大项目", printed="180个", by=Figure(code="new_starts_due", on=QUARTER)),
        Printed(words="已完成前期手续", printed="169个", by=Waits(part=_APPROVALS)),
        Printed(words="剩余", printed="11个", by=Waits(part=_APPROVALS)),
        Printed(words="复工开工协调服务组", printed="5个", by=Waits(part=_SERVICE)),
        Printed(words="协调车辆通行", printed="60项", by=Watched(field="vehicles")),
        Printed(words="协调用工复岗", printed="700人", by=Watched(field="workers")),
        Printed(words="重点项目复工现场会", printed="6次", by=Waits(part=_SERVICE)),
    ),
    closings=(Closing(words="一季度新开工180，已完成手续169，剩余", terms=(180, -169), printed=11),),
    notes=(
        "文中没有2019年的数；2019年455个、4273亿元、1370亿元由差额推得。",
        "331个按开复工理解：续建250个应复工，新开工81个应开工；已复工241个，已开工72个，是重建时的假定。",
        "协调车辆60项、协调用工复岗700人由日调度逐日累加；分到每天每个项目的数是重建时的假定。",
        "省重点项目复工率97%没有印出分子分母，只作外部数据登记。",
    ),
)
