"""What people of the demonstration district write: goals, physical progress, problems, reasons."""

from datetime import date

from guatu.demo.model import Schedule

BUILDING = (
    (0, "完成场地平整和临时围挡，施工队伍进场"),
    (8, "正在进行基坑开挖和支护"),
    (20, "基础工程施工"),
    (34, "主体结构施工至中部楼层"),
    (52, "主体结构施工过半，同步砌筑"),
    (66, "主体封顶，二次结构施工"),
    (78, "外立面和机电安装施工"),
    (90, "室内装修和室外管网施工"),
    (97, "收尾和专项验收"),
)
LINEAR = (
    (0, "完成放线和交通导改"),
    (8, "正在进行沟槽开挖和杆线迁改"),
    (24, "管线敷设，路基分段施工"),
    (45, "路基完成过半，桥涵下部结构施工"),
    (65, "基层摊铺"),
    (82, "面层施工和附属设施安装"),
    (95, "标志标线和绿化收尾"),
)
BEFORE = (
    "正在编制可行性研究报告",
    "正在办理用地预审和规划选址",
    "正在进行方案设计和征求意见",
    "正在组织招标",
    "已签订施工合同，正在办理施工许可",
)
NEXT = ("按计划推进下一节点施工", "增加作业班组，抢抓晴好天气", "完善前期手续，力争早日开工", "做好收尾和验收准备")
PROBLEMS = (
    "用地范围内尚有3户未签订征收补偿协议",
    "施工图审查意见未闭合，施工许可证尚未取得",
    "建设资金到位滞后，影响材料采购",
    "地下燃气管线迁改方案未确定",
    "电力杆线迁改未完成，局部无法施工",
    "劳务用工不足，作业面未全部展开",
    "设计变更正在报批，暂缓部分工序",
    "弃土场地未落实，土方外运受阻",
)
STOPS = ("投资方资金链紧张，暂停施工", "规划方案调整，暂停施工等待批复", "文物勘探发现遗迹，配合考古暂停施工")
DROPS = ("投资方放弃投资", "用地条件不具备，短期内无法开工", "并入其他项目统筹实施")
GAPS = {
    "leader": "分包领导岗位调整，待领导小组明确",
    "task_force": "专班组建方案正在报批",
    "plan": "推进方案正在修订，尚未印发",
    "unit": "牵头单位待区政府常务会议明确",
}
GAP_WORDS = {"leader": "分包领导", "task_force": "专班", "plan": "推进方案", "unit": "责任单位"}


def gap_remark(gaps: dict[str, str]) -> str:
    """The stated reasons for missing members of 五个一, as the project's remark holds them."""
    return "；".join(f"暂缺{GAP_WORDS[member]}：{why}" for member, why in gaps.items())


def physical(percent: int, linear: bool, started: bool, number: int) -> str:
    """Physical progress in words; `percent` in hundredths of a per cent."""
    if not started:
        return BEFORE[number % len(BEFORE)]
    if percent >= 100_00:
        return "已完工，正在办理竣工验收和移交"
    rows = LINEAR if linear else BUILDING
    return [words for floor, words in rows if percent >= floor * 100][-1]


def goal_of(kind: str, completes: bool, finish: date) -> str:
    """The year's goal in words."""
    if completes:
        return f"{finish.month}月底前竣工投用"
    if kind == "new_start":
        return "年内开工建设，形成实物工作量"
    if kind == "preliminary":
        return "完成前期手续，具备开工条件"
    return "按计划推进主体工程施工"


def quarter_goals(kind: str, year: int, start: date | None, finish: date) -> tuple[str, ...]:
    """One goal a quarter, from the planned dates."""
    return tuple(_quarter_goal(kind, year, quarter, start, finish) for quarter in range(1, 5))


def _quarter_goal(kind: str, year: int, quarter: int, start: date | None, finish: date) -> str:
    place = (year, quarter)
    done = (finish.year, (finish.month + 2) // 3)
    if kind == "preliminary":
        return ("完成可研批复", "完成用地和规划手续", "完成初步设计和招标", "具备开工条件")[quarter - 1]
    begun = (start.year, (start.month + 2) // 3) if start is not None else (0, 0)
    if place < begun:
        return "办理前期手续"
    if place == begun:
        return "开工建设"
    if place == done:
        return "竣工验收"
    if place > done:
        return "投入使用"
    return "复工并推进施工" if quarter == 1 else "推进主体施工"


def years_of(schedule: Schedule) -> str:
    """起止年限 as ledgers print it."""
    return f"{schedule.planned_start.year}-{schedule.planned_finish.year}"
