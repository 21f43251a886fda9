"""渝中区 2022: an article of method. Its only figures are four batches and four stops; the rest is invented."""

from datetime import date

from guatu.demo.scenarios.drawing import group_of, names, shares
from guatu.demo.scenarios.model import MARK, YI, Entry, Figure, Groups, List, Printed, Project, Scenario, Waits

BEGIN, ISSUED, TOLD = date(2022, 1, 5), date(2022, 1, 28), date(2022, 2, 10)
NAMED = ("老鼓楼衙署遗址公园", "珊瑚公园滨江公园", "解放碑地下停车库及连接通道三期", "马鞍山传统风貌区")
KINDS = (*("continuing",) * 9, *("completing",) * 4, *("new_start",) * 7, *("preliminary",) * 6)
RESUMED = (date(2022, 2, 7), date(2022, 2, 8), date(2022, 2, 8), date(2022, 2, 9))
TOTALS = shares(160 * YI, len(KINDS), "yuzhong-2022:total")


def _projects() -> list[Project]:
    found: list[Project] = []
    for number, (name, named) in enumerate(names(NAMED, len(KINDS), "渝中"), start=1):
        begun = KINDS[number - 1] in ("continuing", "completing")
        found.append(
            Project(
                number=number,
                name=name,
                named=named,
                group=group_of(number),
                total=TOTALS[number - 1],
                stage="under_construction" if begun else "preliminary",
                since=date(2021, 3, 15) if begun else BEGIN,
                registered_on=BEGIN,
                steps=(("under_construction", RESUMED[number - 1], True),) if number <= len(NAMED) else (),
            )
        )
    return found


def _entry(number: int, kind: str) -> Entry:
    return Entry(
        project=number,
        kind=kind,
        planned=TOTALS[number - 1] // 5,
        completes=kind == "completing",
        start=date(2022, 3 + number % 6, 20) if kind == "new_start" else None,
        finish=date(2022, 11, 30) if kind == "completing" else None,
        resume=RESUMED[number - 1] if number <= len(NAMED) else None,
    )


SCENARIO = Scenario(
    code="yuzhong-2022",
    title="渝中区2022年重点项目",
    paper="《渝中區專題研究部署重點項目建設工作》",
    printed_on=date(2022, 2, 11),
    region="500103",
    region_name="渝中区",
    login="yuzhong",
    year=2022,
    levels=("district",),
    as_of=TOLD,
    told_on=TOLD,
    founded_on=BEGIN,
    units=(
        "区住房城市建委",
        "区城管局",
        "解放碑CBD管委会",
        "区国资公司（示例）",
        "康翔公司（示例）",
        "区城投公司（示例）",
        "区城市更新公司（示例）",
    ),
    leaders=9,
    projects=tuple(_projects()),
    lists=(
        List(
            level="district",
            year=2022,
            name=f"渝中区2022年重点项目{MARK}",
            issues=((ISSUED, "渝中区2022年重点项目名单"),),
            entries=tuple(_entry(number, kind) for number, kind in enumerate(KINDS, start=1)),
            settings={"kinds_exclusive": True},
        ),
    ),
    outside=(),
    figures=(
        Printed(words="“四个一批”：储备、续建、开工、建成", printed="4个", by=Groups(dimension="kind")),
        Printed(words="实地调研的项目均已复工", printed="4个", by=Figure(code="resumed")),
        Printed(words="实地调研", printed="4处", by=Waits(part="督导调研")),
    ),
    notes=("文中没有项目数和金额；项目个数、投资和类型均为示例。",),
)
