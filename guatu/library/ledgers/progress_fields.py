"""The fields of a progress sheet (月报、周报、旬报), with the headings that offices give them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from guatu.core.sheets.fields import Choice, Field, FieldKind
from guatu.library.ledgers.common import (
    KIND,
    LAST_YEAR,
    NAME,
    NATURE,
    NO,
    OWNER,
    PROJECT_CODE,
    REMARK,
    RESPONSIBLE,
    SERIAL,
    TOTAL_INVESTMENT,
    YES,
    words,
)
from guatu.library.ledgers.plan_fields import PLANNED

TEXT, MONEY, DATE, PERCENT, CHOICE = (
    FieldKind.TEXT,
    FieldKind.MONEY,
    FieldKind.DATE,
    FieldKind.PERCENT,
    FieldKind.CHOICE,
)
PERIODS = words("M月 M月份 本月 当月 本周 本旬 本期 本季 本季度 当期 本次 本日 上周 上月")
SINCE_JANUARY = words(
    "本年累计 1至M月 1至M月累计 本年1至M月 本年1至M月累计 年度累计 本年截至M月底 年初至今 年初以来 "
    "年内累计 1至本月 本年至M月底累计 年初以来累计 年初至今累计 本年至今累计"
)
SINCE_START = words(
    "开工以来累计 自开工累计 自开工以来累计 开工至今累计 项目累计 自开始建设累计 自开始建设至本期累计 "
    "开工以来 开工至今 自开工至今 自开工以来 总累计 建设以来累计 开工累计 累计完成总 自项目开工累计 历年累计"
)
BEFORE = words("上期 上月 上周 上旬 上季度 上日")
DONE = words("完成投资 完成 投资 完成投资额 投资额 新增投资 实际完成投资 完成固定资产投资 新增")
STARTED = Choice("yes", (*YES.words, "已开工", "开工", "已"))
NOT_STARTED = Choice("no", (*NO.words, "未开工", "未"))
RESUMED = Choice("yes", (*YES.words, "已复工", "复工", "已"))
NOT_RESUMED = Choice("no", (*NO.words, "未复工", "未"))


def _with(groups: Sequence[str]) -> tuple[str, ...]:
    """Every way to write a period and an amount done, in one heading or in two rows."""
    joined = tuple(f"{group}{done}" for group in groups for done in DONE)
    return joined + tuple(f"{a}/{b}" for group in groups for done in DONE for a, b in ((group, done), (done, group)))


OF_PERIOD = Field(
    "investment_of_period",
    _("本期完成投资"),
    MONEY,
    (
        *_with(PERIODS),
        "本期新增投资",
        "本期新增",
        "投资/本月",
        "投资/本周",
        "投资/本期",
        "完成投资情况/本月",
        "投资完成情况/本月",
        "投资完成情况/本期",
        "投资完成情况/本周",
        "投资完成/本月",
    ),
    (
        r"^(本|当|M)(月|周|旬|期|季度?)份?(?!.*(累计|计划|目标|占|率|形象|进度|问题|工作)).*(完成|投资)",
        r"(完成|投资).*/(本|当)(月|周|旬|期)$",
        r"^(?!.*(计划|目标|累计|上年|前年|后年)).*(完成|投资).*/(M月|第?[一二三四1-4]季度)$",
        r"^(本年)?第?[一二三四1-4]季度(?!.*(累计|计划|目标|占|率|形象|进度|问题|工作)).*(完成|投资)",
    ),
    weak=("完成投资",),
    unit_sensitive=True,
    group="money",
    monthly=True,
    allow_negative=True,
)
TO_DATE = Field(
    "investment_to_date",
    _("本年累计完成投资"),
    MONEY,
    (
        *_with(SINCE_JANUARY),
        "本年累计",
        "1至M月累计",
        "1至M月",
        "本年完成投资",
        "本年已完成投资",
        "年度累计完成",
        "年度完成投资",
        "投资/本年累计",
        "完成投资情况/本年累计",
        "投资完成情况/本年累计",
        "投资完成情况/1至M月累计",
        "本年累计完成额",
        "本年累计已完成投资",
        "本年实际完成投资",
        "本年至今完成投资",
        "年度累计完成投资额",
    ),
    (
        r"^(本年|年度|年初|1至M月)(?!.*(计划|目标|占|率|%|比)).*(累计|完成|至今)",
        r"(完成|投资).*/(本年累计|1至M月(累计)?)$",
        r"^(本年)?(上半年|前[一二三四1-4]季度|第?[一二三四1-4]季度.*累计)(?!.*(计划|目标|占|率|%|比)).*(完成|累计)",
    ),
    weak=words(
        "累计完成投资 累计完成 截至M月底累计完成投资 截至M月底完成投资 截至M月底累计完成 截至M月底累计 "
        "目前累计完成投资 至今累计完成投资 累计投资 累计 完成投资/累计 投资完成情况/累计 投资/累计 "
        "已完成投资 累计完成投资额"
        " 截至本周累计 截至本周累计完成投资"
        " 截至目前累计完成投资 截至目前累计完成 截至目前完成投资 至本月底累计完成投资 截至本月底累计完成投资 "
        "投资完成情况/累计完成"
    ),
    unit_sensitive=True,
    group="money",
    monthly=True,
)
CUMULATIVE = Field(
    "cumulative_investment",
    _("开工以来累计完成投资"),
    MONEY,
    (
        *_with(SINCE_START),
        "累计完成总投资",
        "投资/开工以来累计",
        "投资完成情况/开工以来累计",
        "投资完成情况/自开工累计",
        "开工以来累计",
        "自开工累计",
        "自开工以来累计完成投资",
        "项目累计完成投资",
    ),
    (r"(开工|建设|项目)(以来|至今|起)?.*累计.*(完成|投资)",),
    weak=TO_DATE.weak,
    unit_sensitive=True,
    group="money",
    monthly=True,
)
PROGRESS_FIELDS: tuple[Field, ...] = (
    SERIAL,
    NAME,
    PROJECT_CODE,
    KIND,
    NATURE,
    Field(
        "class",
        _("分类"),
        TEXT,
        words("类别 项目类别 项目分类 项目类型 领域 分类 板块 所属领域 所属行业 行业"),
        group="project",
        carries=True,
    ),
    Field(
        "location", _("建设地点"), TEXT, words("建设地点 项目地点 建设地址 所在地 地点 所属乡镇 属地"), group="project"
    ),
    Field(
        "content",
        _("建设规模及主要内容"),
        TEXT,
        words("建设内容 主要建设内容 建设规模及主要内容 建设规模 建设内容及规模 主要建设内容及规模 项目概况"),
        group="project",
    ),
    OWNER,
    RESPONSIBLE,
    TOTAL_INVESTMENT,
    LAST_YEAR,
    PLANNED,
    OF_PERIOD,
    TO_DATE,
    CUMULATIVE,
    Field(
        "last_to_date",
        _("上期累计完成投资"),
        MONEY,
        tuple(f"{last}{words}" for last in BEFORE for words in ("累计完成投资", "累计", "本年累计完成投资")),
        unit_sensitive=True,
        group="money",
    ),
    Field(
        "last_progress",
        _("上期形象进度"),
        TEXT,
        tuple(f"{last}形象进度" for last in BEFORE),
        group="progress",
    ),
    Field(
        "preliminary_cost",
        _("前期费用"),
        MONEY,
        words("前期费用 前期费 前期工作费用 前期投入 其中:前期费用 土地及前期费用 前期投资 开工前投入"),
        (r"前期.*(费|投入|投资)",),
        unit_sensitive=True,
        group="money",
    ),
    Field(
        "mix_construction",
        _("建筑工程"),
        MONEY,
        words("建筑工程 建筑工程投资 建安工程 建筑安装工程 土建 土建工程"),
        (r"/建筑工程", r"^建(筑|安)"),
        unit_sensitive=True,
        group="mix",
    ),
    Field(
        "mix_installation",
        _("安装工程"),
        MONEY,
        ("安装工程", "安装工程投资", "设备安装工程"),
        (r"安装工程",),
        unit_sensitive=True,
        group="mix",
    ),
    Field(
        "mix_equipment",
        _("设备工器具购置"),
        MONEY,
        words("设备工器具购置 设备购置 设备工器具购置费 设备、工器具购置 设备投资 设备及工器具购置"),
        (r"设备.*购置",),
        unit_sensitive=True,
        group="mix",
    ),
    Field(
        "mix_other",
        _("其他费用"),
        MONEY,
        words("其他费用 其它费用 其他投资 构成/其他 投资构成/其他 投资构成/其他费用"),
        unit_sensitive=True,
        group="mix",
    ),
    Field(
        "completion_rate",
        _("完成率"),
        PERCENT,
        words(
            "完成率 占年度计划% 占年计划% 占年度计划 占年计划 完成年度计划% 完成年度% 占年度计划比例 "
            "年度投资完成率 投资完成率 完成比例 完成年度计划比例 占年度计划的比例 占年度计划投资% 完成百分比 "
            "年度完成率 占本年计划% 占本年计划比例 占年度投资计划% 完成年度计划的比例 占全年计划% 占比 "
            "完成年计划% 投资完成率(%) 完成率(%)"
        ),
        (r"^(?!.*占.*总投资)(?!.*(时间|序时)).*(完成率|占.*计划|完成.*(%|比例|百分比))",),
        group="check",
    ),
    Field(
        "physical_percent",
        _("形象进度（%）"),
        PERCENT,
        words(
            "形象进度% 形象进度(%) 工程进度% 工程形象进度% 总体进度% 工程进度(%) 项目进度% 总进度% "
            "形象进度百分比 工程进度比例 总体进度(%)"
        ),
        (r"^(?!.*(投资|时间|序时)).*进度\(?(%|百分比)",),
        group="progress",
    ),
    Field(
        "physical_progress",
        _("形象进度"),
        TEXT,
        words(
            "形象进度 工程形象进度 工程进度 项目进展 进展情况 项目进展情况 目前进展 当前进展 建设进展 "
            "本月形象进度 本周形象进度 目前形象进度 本月进展 本周进展 本期形象进度 项目进度 建设进度 最新进展 "
            "工作进展 本月工程形象进度 目前进展情况 截至M月底形象进度 M月形象进度 当前形象进度 实际形象进度 "
            "完成情况 本周工作进展 本月工作进展"
        ),
        (r"(形象|工程).*进度", r"进展"),
        group="progress",
    ),
    Field(
        "started",
        _("是否开工"),
        CHOICE,
        words("是否开工 开工情况 是否已开工 开工与否 开工(是/否)"),
        (r"是否.*开工",),
        choices=(STARTED, NOT_STARTED),
        group="progress",
    ),
    Field(
        "actual_start",
        _("实际开工时间"),
        DATE,
        words("开工时间 实际开工时间 实际开工 开工日期 实际开工日期 开工年月 开工月份"),
        (r"^(实际)?开工.*(时间|日期|年月)",),
        group="progress",
    ),
    Field(
        "completed",
        _("是否竣工"),
        CHOICE,
        words("是否竣工 竣工情况 是否已竣工 是否完工 是否建成"),
        (r"是否.*(竣工|完工|建成)",),
        choices=(
            Choice("yes", (*YES.words, "已竣工", "竣工", "已完工", "完工", "建成")),
            Choice("no", (*NO.words, "未竣工", "未完工", "未建成")),
        ),
        group="progress",
    ),
    Field(
        "actual_finish",
        _("实际竣工时间"),
        DATE,
        words(
            "竣工时间 实际竣工时间 实际竣工 竣工日期 完工时间 实际竣工日期 建成时间 完工日期 实际完工时间 "
            "投产时间 竣工(投产)时间"
        ),
        (r"^(实际)?(竣工|完工|建成|投产).*(时间|日期)",),
        group="progress",
    ),
    Field(
        "resumed",
        _("是否复工"),
        CHOICE,
        ("是否复工", "复工情况", "是否已复工", "节后是否复工"),
        (r"是否.*复工",),
        choices=(RESUMED, NOT_RESUMED),
        group="progress",
    ),
    Field(
        "actual_resume",
        _("复工时间"),
        DATE,
        ("复工时间", "实际复工时间", "复工日期", "节后复工时间"),
        (r"复工.*(时间|日期)",),
        group="progress",
    ),
    Field(
        "problem",
        _("存在问题"),
        TEXT,
        words(
            "存在问题 存在的问题 主要问题 存在困难 困难和问题 存在问题及原因 问题 存在的主要问题 "
            "需协调解决的问题 存在问题和困难 需协调事项 需要协调解决的问题 制约因素 存在的困难和问题 "
            "存在问题及建议 需协调解决问题"
        ),
        (r"问题|困难|制约|需.*协调|(滞后|未开工|未完成|停工|未复工).*原因",),
        group="progress",
    ),
    Field(
        "next_plan",
        _("下步计划"),
        TEXT,
        words(
            "下步计划 下一步计划 下步工作计划 下月计划 下周计划 下步打算 下一步工作 下步工作 下一步工作计划 "
            "下一步打算 下月工作计划 下周工作计划 下一步工作安排 下步工作安排 下月工作安排"
        ),
        (r"下(一?步|一?阶段|月|周|期)",),
        group="progress",
    ),
    Field(
        "estimate",
        _("预计数"),
        CHOICE,
        ("是否预计", "预计数", "是否预计数", "预计"),
        choices=(Choice("yes", (*YES.words, "预计", "预计数")), NO),
        group="progress",
    ),
    REMARK,
)
