"""西工区 2019: 162 projects, 45 begun by the end of March, and a printed trajectory that does not close on its own.

The plan behind it: 29 continuing projects and 16 new ones make the 45; 29, 21, 15 and 12 more new starts follow, 93 in
all; 4, 2 and 8 completions; 40 projects stay in preparation. Its money is what the article plans for its named dates,
set as targets by hand: 31 by the end of March, 50 by the festival, 86 by the end of June, 115 by 1 October.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from guatu.demo.scenarios.drawing import days, group_of, names, parts, shares
from guatu.demo.scenarios.model import (
    MARK,
    YI,
    AtPoint,
    Closing,
    Entry,
    Figure,
    Groups,
    List,
    Printed,
    Project,
    Scenario,
    Waits,
)

BEGIN, ISSUED, QUARTER = date(2019, 1, 2), date(2019, 2, 19), date(2019, 3, 31)
PEONY, HALF, OCTOBER, NOVEMBER = date(2019, 4, 5), date(2019, 6, 30), date(2019, 10, 1), date(2019, 11, 30)
CONTINUING, PRELIMINARY = 29, 40
STARTS = ((BEGIN, QUARTER, 16), (QUARTER, PEONY, 29), (PEONY, HALF, 21), (HALF, OCTOBER, 15), (OCTOBER, NOVEMBER, 12))
# What the article says of a named project: when it starts (the place in STARTS) and whether it goes on from before.
NEW_NAMED = (
    (),
    ("黎明化工研究院聚氨酯弹性体材料", "15个停车场", "樱桃谷生态旅游景区"),
    ("红山车辆编组站",),
    ("石化配件新型节能环保设备", "汉德九洲城唐风步行街", "西工小街步行街改造提升"),
    ("西工地铁站及周边商业提升", "红山西部野生动物园"),
)
COMPLETING = (
    (HALF, ("华荣生物产业育成中心一期", "洛浦金苑"), 4),
    (OCTOBER, ("史家屯村一期安置房",), 2),
    (NOVEMBER, ("河科大二院门（急）诊医技内科病房楼",), 8),
)
OTHER_NAMED = ("王城大道快速路（西工区段）", "采埃孚一拖自动化能力提升")
TOTALS = shares(998 * YI, 162, "xigong-2019:total")
BEFORE_FESTIVAL = "2019-W14"  # 1 to 7 April: all of its work days lie before the 5th


def _continuing() -> list[tuple[str, bool, date | None]]:
    """(name, named, planned completion): the 14 completions of the year first."""
    found: list[tuple[str, bool, date | None]] = []
    for day, named, count in COMPLETING:
        found += [(name, known, day) for name, known in names(named, count, f"{day.month}月竣工")]
    rest = CONTINUING - len(found)
    return found + [(name, known, None) for name, known in names(OTHER_NAMED, rest, "续建")]


def _starts() -> list[tuple[str, bool, date, date | None]]:
    """(name, named, planned start, planned finish) of the 93 new starts."""
    found: list[tuple[str, bool, date, date | None]] = []
    for (first, last, count), named in zip(STARTS, NEW_NAMED, strict=True):
        planned = days(first, last, count)
        titles = names(named, count, f"{last.month}月{last.day}日前开工")
        found += [(name, known, day, None) for (name, known), day in zip(titles, planned, strict=True)]
    return [
        (name, known, day, date(2019, 12, 31) if name.startswith("西工小街") else finish)
        for name, known, day, finish in found
    ]


def _targets(counts: Sequence[int], finished: int) -> list[tuple[tuple[str, int], ...]]:
    """What each project has to do by the article's named dates, set by hand: (period, whole yuan).

    `counts` are the projects that have begun by the end of March, the festival, the end of June and 1 October; the
    first `finished` are done by July. Each stretch goes over those at work in proportion to their totals, the days
    before the festival over those that had begun by March; who begins on a stretch's last day has nothing of it yet.
    """
    march, festival, half, october = counts
    until_half, until_october = TOTALS[: half - 1], (0,) * finished + TOTALS[finished : october - 1]
    first, days_before = parts(31 * YI, TOTALS[:march]), parts((50 - 31) * YI, TOTALS[:march])
    second, third = parts((86 - 50) * YI, until_half), parts((115 - 86) * YI, until_october)

    def of(place: int) -> tuple[tuple[str, int], ...]:
        before, quarter = (days_before[place] if place < march else 0), (second[place] if place < len(second) else 0)
        amounts = (
            ("2019-Q1", first[place] if place < march else 0),
            ("2019-Q2", before + quarter),
            ("2019-Q3", third[place]),
        )
        april = ((BEFORE_FESTIVAL, before), ("2019-04", before + quarter // 3))
        return amounts + (april if place < festival else ())

    return [of(place) for place in range(len(third))]


def _make() -> tuple[list[Project], list[Entry]]:
    projects: list[Project] = []
    entries: list[Entry] = []
    continuing, starts = _continuing(), _starts()
    done = parts(31 * YI, TOTALS[:CONTINUING] + TOTALS[CONTINUING : CONTINUING + STARTS[0][2]])
    resumed = days(date(2019, 2, 12), date(2019, 3, 20), CONTINUING)
    counts = [count for _first, _last, count in STARTS]
    begun = [CONTINUING + sum(counts[:places]) for places in (1, 2, 3, 4)]
    targets = _targets(begun, sum(finish == HALF for _name, _known, finish in continuing))

    def add(name: str, named: bool, stage: str, since: date, steps: tuple[tuple[str, date, bool], ...] = ()) -> int:
        number = len(projects) + 1
        projects.append(
            Project(
                number=number,
                name=name,
                named=named,
                group=group_of(number),
                total=TOTALS[number - 1],
                stage=stage,
                since=since,
                registered_on=BEGIN,
                steps=steps,
                readings=((QUARTER, done[number - 1]),) if number <= len(done) else (),
            )
        )
        return number

    def planned(number: int) -> dict[str, Any]:
        own = targets[number - 1] if number <= len(targets) else ()
        return {"planned": sum(amount for code, amount in own if "Q" in code), "targets": own}

    for (name, known, finish), day in zip(continuing, resumed, strict=True):
        back = (("under_construction", day, True),)
        number = add(name, known, "under_construction", date(2018, 5, 8), steps=back)
        more = {"completes": finish is not None, "finish": finish, "resume": day, **planned(number)}
        entries.append(Entry(project=number, kind="continuing", **more))
    for name, known, start, finish in starts:
        steps = (("started", start, False),) if start <= QUARTER and len(projects) < len(done) else ()
        number = add(name, known, "preliminary", BEGIN, steps=steps)
        entries.append(Entry(project=number, kind="new_start", start=start, finish=finish, **planned(number)))
    for name, known in names((), PRELIMINARY, "前期"):
        entries.append(Entry(project=add(name, known, "preliminary", BEGIN), kind="preliminary"))
    return projects, entries


_PROJECTS, _ENTRIES = _make()
_NOT_CLOSED = "文中各节点的数不能自洽（见“文中数字互核”）；本系统按计划日期逐项计数，各节点必然闭合"
_PLANS = "计划与节点"

SCENARIO = Scenario(
    code="xigong-2019",
    title="西工区2019年重点项目",
    paper="《西工区吹响162个重点项目建设“集结号”》",
    printed_on=date(2019, 4, 1),
    region="410303",
    region_name="西工区",
    login="xigong",
    year=2019,
    levels=("district",),
    as_of=QUARTER,
    told_on=QUARTER,
    founded_on=BEGIN,
    units=tuple(f"示例责任单位{number:02d}" for number in range(1, 28)),
    leaders=34,
    projects=tuple(_PROJECTS),
    lists=(
        List(
            level="district",
            year=2019,
            name=f"西工区2019年重点项目计划表{MARK}",
            issues=((ISSUED, "西工区2019年重点项目计划表"),),
            entries=tuple(_ENTRIES),
            points=(
                ("一季度末", QUARTER),
                ("牡丹文化节前", PEONY),
                ("6月底前", HALF),
                ("10月1日前", OCTOBER),
                ("11月底前", NOVEMBER),
            ),
        ),
    ),
    outside=(),
    figures=(
        Printed(words="全年谋划重点项目", printed="162个", by=Figure(code="projects")),
        Printed(words="总投资", printed="998亿元", by=Figure(code="total_investment")),
        Printed(words="参与的县级领导", printed="34名", by=Groups(dimension="leader")),
        Printed(words="参与的单位部门", printed="27个", by=Groups(dimension="unit")),
        Printed(words="截至3月底开工（开复工）", printed="45个", by=Figure(code="resumed_started")),
        Printed(words="截至3月底已开工", printed="45个", by=Figure(code="started")),
        Printed(words="截至3月底完成投资", printed="31亿元", by=Figure(code="investment_to_date")),
        Printed(words="牡丹文化节前新开工", printed="29个", by=AtPoint(point="牡丹文化节前", code="new_starts")),
        Printed(
            words="牡丹文化节前在建",
            printed="73个",
            by=AtPoint(point="牡丹文化节前", code="under_construction"),
            why=_NOT_CLOSED,
        ),
        Printed(
            words="牡丹文化节前累计完成投资",
            printed="50亿元",
            by=AtPoint(point="牡丹文化节前", code="investment_to_date"),
        ),
        Printed(words="6月底前新开工", printed="21个", by=AtPoint(point="6月底前", code="new_starts")),
        Printed(words="6月底前竣工投用", printed="4个", by=AtPoint(point="6月底前", code="completions")),
        Printed(
            words="6月底前在建",
            printed="96个",
            by=AtPoint(point="6月底前", code="under_construction"),
            why=_NOT_CLOSED,
        ),
        Printed(
            words="6月底前累计完成投资",
            printed="86亿元",
            by=AtPoint(point="6月底前", code="investment_to_date"),
        ),
        Printed(words="10月1日前新开工", printed="15个", by=AtPoint(point="10月1日前", code="new_starts")),
        Printed(words="10月1日前竣工投用", printed="2个", by=AtPoint(point="10月1日前", code="completions")),
        Printed(
            words="10月1日前在建",
            printed="94个",
            by=AtPoint(point="10月1日前", code="under_construction"),
            why=_NOT_CLOSED,
        ),
        Printed(
            words="10月1日前累计完成投资",
            printed="115亿元",
            by=AtPoint(point="10月1日前", code="investment_to_date"),
        ),
        Printed(words="11月底前新开工", printed="12个", by=AtPoint(point="11月底前", code="new_starts")),
        Printed(words="计划新开工", printed="93个", by=Figure(code="new_starts_planned")),
        Printed(
            words="11月底前计划新开工的全部开工",
            printed="93个",
            by=AtPoint(point="11月底前", code="new_starts_started"),
        ),
        Printed(words="计划竣工", printed="14个", by=Figure(code="completions_planned")),
        Printed(words="11月底前计划竣工的全部投产投用", printed="14个", by=AtPoint(point="11月底前", code="completed")),
        Printed(words="王城大道快速路征迁完成", printed="94.5%", by=Waits(part=_PLANS)),
        Printed(words="经济发展研讨会邀请专家", printed="7名", by=Waits(part="会议")),
        Printed(words="经济发展研讨会邀请企业", printed="21家", by=Waits(part="会议")),
    ),
    closings=(
        Closing(words="3月底已开工45，再新开工29，节前在建", terms=(45, 29), printed=73),
        Closing(words="节前在建73，再新开工21，竣工4，6月底在建", terms=(73, 21, -4), printed=96),
        Closing(words="6月底在建96，再新开工15，竣工2，10月1日前在建", terms=(96, 15, -2), printed=94),
        Closing(words="四个节点新开工29、21、15、12，合计", terms=(29, 21, 15, 12), printed=93),
    ),
    notes=(
        "45个按开复工理解：续建29个全部复工，新开工16个；四个节点的新开工合计77个，与93个相差的16个即一季度已开工的。",
        "文中的投资计划只到10月1日：四个节点累计31、50、86、115亿元按手工目标写入各项目（各项目的数为示例），"
        "年度计划投资按115亿元记，四季度和11月底没有数；完成率因此以115亿元为分母，文中没有这个比例。",
        "3月底到牡丹文化节前只有4个工作日（4月1日至4日），19亿元即日均4.75亿元；一季度60个工作日31亿元，日均0.52亿元。",
    ),
)
