"""The classes of the district's lists, and how projects of each are named, built and answered for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trade:
    """A subclass: name patterns ({place} invented), industry (GB/T 4754), size, and who answers.

    `median` is the median total investment in 万元; `state` the share of state investors in per cent; `produces` says
    that it goes into production after completion.
    """

    group: tuple[str, str]
    patterns: tuple[str, ...]
    industries: tuple[str, ...]
    units: tuple[str, ...]
    median: int
    state: int
    natures: tuple[str, ...]
    share: int
    scale: str
    produces: bool = False
    themes: tuple[str, ...] = ()


RENEWAL, INDUSTRY, BASE, LIFE, SERVICE, GREEN, SCIENCE = (
    "城市更新",
    "产业转型",
    "基础设施",
    "民生保障",
    "现代服务业",
    "生态环保",
    "科技创新",
)
THEMES = ("都市圈建设", "城市有机更新", "场域载体建设", "民生实事", "绿色低碳", "数字赋能")
_CIRCLE, _ORGANIC, _CARRIER, _PEOPLE, _GREEN, _DIGITAL = THEMES

TRADES = (
    Trade(
        (RENEWAL, "片区开发"),
        ("{place}片区综合开发项目", "{place}片区有机更新项目{phase}"),
        ("K70", "E47"),
        ("renewal", "platform_city"),
        90_000,
        45,
        ("new", "rebuild"),
        8,
        "总建筑面积{area}万平方米",
        themes=(_ORGANIC,),
    ),
    Trade(
        (RENEWAL, "老旧小区改造"),
        ("{place}老旧小区组团改造项目", "{place}家属院连片改造项目"),
        ("E47", "K70"),
        ("housing", "street"),
        9_000,
        95,
        ("rebuild",),
        9,
        "涉及小区{count}个、改造面积{area}万平方米",
        themes=(_ORGANIC, _PEOPLE),
    ),
    Trade(
        (RENEWAL, "安置住房"),
        ("{place}安置房建设项目{phase}", "{place}城中村改造项目"),
        ("K70",),
        ("housing", "renewal", "street"),
        42_000,
        70,
        ("new", "relocation"),
        8,
        "建设安置房{count}00套",
        themes=(_ORGANIC, _PEOPLE),
    ),
    Trade(
        (INDUSTRY, "先进制造"),
        ("{place}精密轴承智能化改造项目", "{place}高端装备制造项目{phase}", "{place}新材料生产线项目"),
        ("C34", "C35", "C26", "C33"),
        ("park", "industry"),
        26_000,
        15,
        ("new", "expansion", "rebuild", "purchase"),
        11,
        "新增生产线{count}条",
        produces=True,
        themes=(_CARRIER,),
    ),
    Trade(
        (INDUSTRY, "产业园区"),
        ("{place}产业园项目{phase}", "{place}标准化厂房建设项目"),
        ("C39", "L72", "C38"),
        ("park", "platform_industry"),
        65_000,
        40,
        ("new", "expansion"),
        8,
        "建设标准化厂房{area}万平方米",
        produces=True,
        themes=(_CARRIER, _CIRCLE),
    ),
    Trade(
        (BASE, "道路交通"),
        ("{place}路（示例段）新建工程", "{place}大道示例段提升改造工程", "{place}桥梁加固工程"),
        ("E48", "N78"),
        ("city_admin", "platform_city"),
        13_000,
        98,
        ("new", "rebuild", "expansion"),
        9,
        "全长{count}00米、红线宽40米",
        themes=(_CIRCLE,),
    ),
    Trade(
        (BASE, "市政管网"),
        ("{place}片区雨污分流工程", "{place}供热管网改造工程", "{place}变电站及配套管廊工程"),
        ("N78", "D44"),
        ("city_admin", "housing"),
        8_000,
        92,
        ("new", "rebuild"),
        7,
        "敷设管线{count}千米",
        themes=(_GREEN,),
    ),
    Trade(
        (LIFE, "教育"),
        ("{place}小学迁建项目", "{place}中学新校区建设项目", "{place}幼儿园建设项目"),
        ("P83",),
        ("education",),
        12_000,
        90,
        ("new", "relocation", "expansion"),
        6,
        "设教学班{count}个",
        themes=(_PEOPLE,),
    ),
    Trade(
        (LIFE, "医疗养老"),
        ("{place}社区卫生服务中心建设项目", "{place}医院病房楼项目", "{place}养老服务中心项目"),
        ("Q84", "Q85"),
        ("health", "civil"),
        15_000,
        75,
        ("new", "expansion"),
        6,
        "新增床位{count}0张",
        themes=(_PEOPLE,),
    ),
    Trade(
        (SERVICE, "商贸综合体"),
        ("{place}商业综合体项目", "{place}广场项目{phase}", "{place}总部大厦项目"),
        ("F52", "L72", "K70"),
        ("commerce", "cbd"),
        80_000,
        12,
        ("new", "rebuild"),
        9,
        "总建筑面积{area}万平方米",
        produces=True,
        themes=(_CARRIER,),
    ),
    Trade(
        (SERVICE, "文旅融合"),
        ("{place}文化街区提升项目", "{place}博物馆群项目", "{place}主题乐园项目{phase}"),
        ("R88", "R90", "H61"),
        ("culture",),
        30_000,
        45,
        ("new", "rebuild", "restoration"),
        6,
        "建设展陈及服务设施{area}万平方米",
        produces=True,
        themes=(_CIRCLE,),
    ),
    Trade(
        (SERVICE, "现代物流"),
        ("{place}冷链物流中心项目", "{place}智慧仓储项目"),
        ("G59", "F51"),
        ("commerce", "platform_industry"),
        28_000,
        25,
        ("new", "expansion"),
        4,
        "仓储面积{area}万平方米",
        produces=True,
        themes=(_CIRCLE, _DIGITAL),
    ),
    Trade(
        (GREEN, "河湖治理"),
        ("{place}渠综合治理工程", "{place}河道生态修复工程"),
        ("N76", "N77"),
        ("environment", "city_admin"),
        11_000,
        95,
        ("new", "restoration"),
        4,
        "治理河道{count}千米",
        themes=(_GREEN,),
    ),
    Trade(
        (GREEN, "公园绿地"),
        ("{place}公园建设项目", "{place}郊野公园提升项目"),
        ("N78",),
        ("city_admin", "environment"),
        6_500,
        95,
        ("new", "rebuild"),
        4,
        "绿化面积{area}万平方米",
        themes=(_GREEN, _PEOPLE),
    ),
    Trade(
        (SCIENCE, "研发平台"),
        ("{place}中试基地项目", "{place}检验检测平台项目", "{place}科创园项目{phase}"),
        ("M73", "M74"),
        ("industry", "park"),
        24_000,
        45,
        ("new", "expansion"),
        6,
        "建设研发用房{area}万平方米",
        produces=True,
        themes=(_DIGITAL, _CARRIER),
    ),
    Trade(
        (SCIENCE, "数字经济"),
        ("{place}算力中心项目", "{place}数字经济产业园项目", "{place}智慧城区项目"),
        ("I65", "I64"),
        ("industry", "cbd"),
        22_000,
        50,
        ("new", "purchase"),
        5,
        "部署标准机柜{count}00个",
        produces=True,
        themes=(_DIGITAL,),
    ),
)

_FIRST = ("青禾", "云溪", "启明", "星河", "锦棠", "朗月", "清和", "长风", "望舒", "嘉木", "白鹭", "松涛")
_SECOND = ("", "东", "西", "南", "北", "上", "新", "里")
PLACES = tuple(f"{first}{second}" for second in _SECOND for first in _FIRST)
"""Invented place words: none is a place in the district."""
PHASES = ("一期", "二期", "")

# Projects that the founding articles name in this district: their names only; everything else about them is invented.
NAMED = (
    ("西工小街步行街改造提升项目", (SERVICE, "商贸综合体")),
    ("采埃孚一拖自动化能力提升项目", (INDUSTRY, "先进制造")),
    ("西工地铁站及周边商业提升项目", (SERVICE, "商贸综合体")),
    ("王城大道快速路（西工区段）征迁", (BASE, "道路交通")),
    ("黎明化工研究院聚氨酯弹性体材料", (INDUSTRY, "先进制造")),
    ("樱桃谷生态旅游景区", (SERVICE, "文旅融合")),
    ("15个停车场", (BASE, "道路交通")),
    ("红山车辆编组站", (BASE, "道路交通")),
    ("华荣生物产业育成中心一期", (SCIENCE, "研发平台")),
    ("洛浦金苑", (RENEWAL, "片区开发")),
    ("石化配件新型节能环保设备", (INDUSTRY, "先进制造")),
    ("汉德九洲城唐风步行街", (SERVICE, "商贸综合体")),
    ("史家屯村一期安置房", (RENEWAL, "安置住房")),
    ("红山西部野生动物园", (SERVICE, "文旅融合")),
    ("河科大二院门（急）诊医技内科病房楼", (LIFE, "医疗养老")),
    ("凤凰谷产业园", (INDUSTRY, "产业园区")),
    ("金水河湿地公园建设", (GREEN, "公园绿地")),
    ("洛阳智能科技产业园", (SCIENCE, "数字经济")),
)
NAMED_BY_YEAR = (6, 5, 7)  # among the new starts of the three years
PARKING = "15个停车场"
assert sum(NAMED_BY_YEAR) == len(NAMED)
BY_GROUP = {trade.group: trade for trade in TRADES}


def classes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The classes with their subclasses, in the order of the lists."""
    found: dict[str, list[str]] = {}
    for trade in TRADES:
        found.setdefault(trade.group[0], []).append(trade.group[1])
    return tuple((name, tuple(children)) for name, children in found.items())
