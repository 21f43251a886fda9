"""The fields of the annual plan ledger (年度计划表), with the headings that offices give them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from guatu.core.sheets.fields import Chooser, Field, FieldKind
from guatu.domain.codes.credit import check_credit_code
from guatu.domain.codes.industry import check_industry
from guatu.domain.codes.region import check_region
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

TEXT, MONEY, DATE, UNIT, PERSON = FieldKind.TEXT, FieldKind.MONEY, FieldKind.DATE, FieldKind.UNIT, FieldKind.PERSON
QUARTERS = "一二三四"

LAST_YEAR_OF_PLAN = Field(
    LAST_YEAR.code,
    LAST_YEAR.label,
    MONEY,
    LAST_YEAR.wordings,
    LAST_YEAR.patterns,
    weak=words("累计完成投资 已完成投资 累计完成 投资/累计 投资/累计完成 累计投资 已累计完成投资 开工至今累计完成投资"),
    unit_sensitive=True,
    group="money",
)
PLANNED = Field(
    "planned_investment",
    _("年度计划投资"),
    MONEY,
    words(
        "年度计划投资 年度投资 年计划投资 计划投资 投资计划 计划完成投资 本年计划投资 本年投资计划 "
        "本年计划完成投资 本年计划 本年投资 年度投资计划 年度计划 本年计划投资额 年度计划投资额 "
        "年度计划完成投资 本年投资目标 年度投资目标 年度目标投资 本年预计完成投资 本年拟完成投资 "
        "本年目标投资 投资/本年 投资/本年计划 投资/年度计划 投资/计划 本年投资计划/小计 本年计划/投资 "
        "年计划 本年度投资计划 本年投资任务 年度投资任务 年度计划/投资 本年计划/计划投资 "
        "本年推进计划/计划投资 本年计划/投资额"
    ),
    (
        r"^(本年|年度|年).*(计划|目标|任务|预计).*投资额?$",
        r"^(本年|年度).*投资.*(计划|目标|任务|小计|合计)$",
        r"(本年|年度).*计划.*/.*投资额?$",
    ),
    unit_sensitive=True,
    group="money",
)
GOAL = Field(
    "goal",
    _("年度建设目标"),
    TEXT,
    words(
        "年度目标 当年工作目标 年度建设目标 年工作目标 年工作计划 年目标任务 计划形象进度 本年建设目标 "
        "本年目标 本年工作目标 本年形象进度 本年建设目标(形象进度) 年度形象进度 本年主要建设内容 "
        "本年建设内容 年度建设内容 年度工作目标 年度目标任务 本年目标任务 形象进度目标 工程形象进度 "
        "本年建设计划 本年推进计划/整体形象进度 本年计划/主要建设内容 本年投资计划/主要建设内容 "
        "整体形象进度 年度建设任务 本年建设任务 年度进度目标 本年进度目标 形象进度 工作目标 "
        "本年计划/形象进度 年度计划/形象进度 年度工作计划 本年工作计划 建设目标 全年目标 年度目标/全年目标"
    ),
    (r"(本年|年度).*(目标|形象进度|建设内容|建设任务|工作内容|工作计划)",),
    group="goal",
)


def _quarter(number: int) -> tuple[Field, Field]:
    word = QUARTERS[number - 1]
    names = (f"{word}季度", f"第{word}季度", f"{number}季度", f"q{number}")
    any_name = "|".join(names)
    money = tuple(
        f"{group}/{name}"
        for group in words("投资 本年计划投资 年度计划投资 本年投资计划 分季度投资计划")
        for name in names
    )
    goals = tuple(
        f"{group}/{name}"
        for group in words("本年建设目标 年度目标 年度建设目标 本年目标 形象进度 分季度目标")
        for name in names
    )
    planned = Field(
        f"planned_q{number}",
        f"{word}季度计划投资",
        MONEY,
        (*money, f"{word}季度计划投资", f"{word}季度投资", f"{word}季度投资计划"),
        (rf"投资.*/.*({any_name})", rf"({any_name}).*投资"),
        unit_sensitive=True,
        group="money",
    )
    goal = Field(
        f"goal_q{number}",
        f"{word}季度目标",
        TEXT,
        (*goals, f"{word}季度目标", f"{word}季度形象进度", f"{word}季度节点"),
        (
            rf"(目标|形象|节点|任务|内容|工作|进度).*/.*({any_name})",
            rf"({any_name}).*(目标|形象|节点|任务|内容|工作|进度)",
        ),
        group="goal",
    )
    return planned, goal


def quarter_chooser(number: int) -> Chooser:
    """A bare 一季度: amounts or words, by its values."""
    word = QUARTERS[number - 1]

    def choose(values: Sequence[str]) -> tuple[str, str] | None:
        if not values:
            return None
        figures = sum(bool(re.fullmatch(r"[\d,.]+(?:亿元|万元|元)?", value)) for value in values)
        if 2 * figures > len(values):
            return f"planned_q{number}", "values_amounts"
        return f"goal_q{number}", "values_words"

    names = (f"{word}季度", f"第{word}季度", f"{number}季度", f"q{number}")
    return Chooser((*names, *(f"{name}{said}" for name in names for said in ("计划", "工作计划", "安排"))), choose)


QUARTER_FIELDS = tuple(field for number in (1, 2, 3, 4) for field in _quarter(number))

FUNDS = (
    (
        "funding_central",
        "中央资金",
        words("中央资金 中央预算内 中央预算内资金 中央预算内投资 中央 国家资金 上级资金"),
    ),
    ("funding_province", "省级资金", words("省级资金 省资金 省级 省 省财政")),
    ("funding_city", "市级资金", words("市级资金 市资金 市级 市 市财政")),
    (
        "funding_district",
        "县区资金",
        words("县区资金 区级资金 县级资金 县区级 区级 县级 地方资金 财政资金 政府投资 地方财政"),
    ),
    ("funding_bond", "专项债", words("专项债 专项债券 地方政府专项债券 政府债券 地方债")),
    ("funding_loan", "银行贷款", words("银行贷款 贷款 国内贷款 融资 银行融资")),
    ("funding_self", "自筹资金", words("自筹 自筹资金 企业自筹 业主自筹 社会资本 社会投资 企业投资")),
    ("funding_other", "其他资金", ("其他", "其他资金", "其它", "其它资金")),
)
FUND_GROUPS = words("资金来源 资金来源及构成 资金构成 投资来源 资金筹措 本年资金来源")


def _fund(code: str, label: str, words: tuple[str, ...]) -> Field:
    grouped = tuple(f"{group}/{word}" for group in FUND_GROUPS for word in words)
    alone = tuple(word for word in words if len(word) > 2 and word not in ("其他资金",))
    return Field(code, label, MONEY, (*grouped, *alone), unit_sensitive=True, group="funding")


FUND_FIELDS = tuple(_fund(*item) for item in FUNDS)

PLAN_FIELDS: tuple[Field, ...] = (
    SERIAL,
    NAME,
    PROJECT_CODE,
    Field(
        "level_mark",
        _("级别"),
        TEXT,
        words("级别 项目级别 项目层级 省市重点 省/市重点 重点级别 层级 重点层级 隶属级别"),
        (r"(省|市).{0,3}重点",),
        group="project",
    ),
    KIND,
    NATURE,
    Field(
        "class",
        _("分类"),
        TEXT,
        words(
            "类别 项目类别 项目分类 项目大类 项目类型 项目领域 领域 分类 板块 所属领域 所属板块 专项类别 类型 所属类别"
        ),
        (r"(分类|类别|领域|板块)$",),
        group="project",
        carries=True,
    ),
    Field(
        "industry",
        _("行业"),
        TEXT,
        words("所属行业 行业类别 行业 国民经济行业 行业分类 产业类别 行业名称 所属产业"),
        (r"^(?!.*代码).*行业",),
        group="project",
    ),
    Field(
        "industry_code",
        _("行业代码"),
        FieldKind.CODE,
        words("行业代码 国民经济行业代码 行业小类代码 国标行业代码 所属行业代码 行业类别代码 国民经济行业分类代码"),
        (r"行业.*代码",),
        group="project",
        check=lambda text: check_industry(text).ok,
    ),
    Field("theme", _("专题"), TEXT, words("专题 主题 战略专题 所属专题 纳入专项 重大战略"), group="project"),
    Field(
        "content",
        _("建设规模及主要内容"),
        TEXT,
        words(
            "建设内容 主要建设内容 建设规模和内容 建设规模及内容 拟建设规模 项目内容 建设规模及主要内容 "
            "建设规模及主要建设内容 建设规模 主要建设内容及规模 建设内容及规模 项目概况 建设规模与内容 "
            "主要内容 项目简介 建设内容和规模 规模及内容 工程内容 项目建设内容"
        ),
        (r"^(?!.*(本年|年度|季度)).*(建设|工程|项目)?.*(规模|内容|概况)",),
        group="project",
    ),
    Field(
        "location",
        _("建设地点"),
        TEXT,
        words(
            "建设地点 项目地点 建设地址 所在地 项目所在地 隶属区县 所在省辖市、县区 所在盟市 建设位置 地点 "
            "项目位置 项目选址 选址 建设地 所在区域 项目地址 所在县区 所在区县 县区 区县 地区 县(市、区) 县(区) "
            "区(县) 市县 所属县区 所属区县 区域"
        ),
        (r"^(?!.*代码).*(地点|地址|选址|所在)",),
        group="project",
    ),
    Field(
        "location_code",
        _("建设地点代码"),
        FieldKind.CODE,
        words("建设地点代码 行政区划代码 区划代码 建设地点行政区划代码 地区代码 项目所在地代码 所在地区划代码"),
        (r"(区划|地点|地区|所在地).*代码",),
        group="project",
        check=lambda text: check_region(text).ok,
    ),
    Field(
        "years",
        _("建设起止年限"),
        FieldKind.YEARS,
        words(
            "起止年限 建设起止年限 建设年限 建设周期 计划工期 计划建设期限 建设起止时间 起止时间 建设工期 "
            "建设期限 起止年月 建设起止年月 工期 建设期 建设时间 起止年份 开竣工时间 开竣工年月 开竣工日期 "
            "开工竣工时间 开完工时间 开工至竣工时间"
        ),
        (r"起止|年限|建设周期",),
        group="time",
    ),
    Field(
        "planned_start",
        _("计划开工时间"),
        DATE,
        words(
            "开工 开工时间 开工年度 计划开工 计划开工时间 拟开工时间 开工日期 预计开工时间 开工年月 开工月份 "
            "计划开工日期 计划开工月份 计划开(复)工时间 开工年份 起止年限/开工 预计开工"
        ),
        (r"^(?!.*开工.*竣工).*开工.*(时间|日期|年|月)", r"^(拟|计划|预计)开工"),
        group="time",
    ),
    Field(
        "planned_finish",
        _("计划竣工时间"),
        DATE,
        words(
            "竣工 竣工年份 完工年份 计划竣工 竣工时间 计划竣工时间 完工时间 竣工日期 建成时间 计划建成时间 "
            "预计竣工时间 竣工年月 投产时间 计划完工时间 计划竣工日期 计划竣工(投产)时间 预计竣工 拟竣工时间 "
            "建成年份 竣工(投产)时间"
        ),
        (r"^(?!.*开(工|、|竣|完)).*(竣工|完工|建成|投产).*(时间|日期|年|月)", r"^(拟|计划|预计)(竣工|完工)"),
        group="time",
    ),
    Field(
        "planned_resume",
        _("计划复工时间"),
        DATE,
        words("计划复工时间 复工时间 计划复工 复工日期 计划复工日期 预计复工时间"),
        (r"复工.*(时间|日期)|^(拟|计划|预计)复工",),
        group="time",
    ),
    TOTAL_INVESTMENT,
    LAST_YEAR_OF_PLAN,
    PLANNED,
    GOAL,
    *QUARTER_FIELDS,
    Field(
        "funding",
        _("资金来源"),
        TEXT,
        words("资金来源 资金来源及构成 投资来源 资金筹措 资金筹措方式 资金构成 资金渠道"),
        (r"^资金(来源|筹措|渠道)[^/]*$",),
        group="funding",
    ),
    *FUND_FIELDS,
    OWNER,
    Field(
        "owner_code",
        _("统一社会信用代码"),
        FieldKind.CODE,
        words("统一社会信用代码 信用代码 社会信用代码 业主信用代码 组织机构代码 法人代码 建设单位统一社会信用代码"),
        (r"信用代码",),
        group="people",
        check=lambda text: check_credit_code(text).ok,
    ),
    RESPONSIBLE,
    Field(
        "supporting_units",
        _("配合单位"),
        UNIT,
        words("配合单位 协办单位 配合部门 协同单位 参与单位 配合责任单位 协助单位"),
        (r"(配合|协办|协同)",),
        group="people",
    ),
    Field(
        "lead",
        _("分包领导"),
        PERSON,
        words(
            "分包领导 联系领导 包联领导 包保领导 责任领导 挂钩领导 区级领导 县级领导 市级领导 牵头领导 领导 "
            "分包区领导 包抓领导 挂联领导 县处级领导 分包县级领导 分包区级领导 挂包领导 联系区领导"
        ),
        (r"(分包|联系|包联|包保|包抓|挂钩|挂联|责任|牵头).*领导",),
        group="people",
    ),
    Field(
        "sector_lead",
        _("分管领导"),
        PERSON,
        words("分管领导 行业分管领导 分管区领导 分管县领导 行业领导 分管副区长 分管副县长"),
        (r"分管.*领导",),
        group="people",
    ),
    Field(
        "local_unit",
        _("属地"),
        UNIT,
        words(
            "属地 属地单位 属地乡镇 属地街道 所属乡镇 所属街道 所在乡镇 所在街道 乡镇(街道) 属地政府 办事处 "
            "所属办事处 街道(乡镇) 属地办事处"
        ),
        (r"属地|(乡镇|街道)",),
        group="people",
    ),
    Field(
        "task_force",
        _("专班"),
        UNIT,
        words("专班 工作专班 推进专班 指挥部 服务专班 项目专班"),
        (r"专班|指挥部",),
        group="people",
    ),
    Field(
        "liaison",
        _("联系人"),
        PERSON,
        words(
            "联系人 联络员 责任人 项目联系人 项目负责人 具体责任人 联系人及电话 责任人/电话 责任人及联系电话 "
            "责任人及电话 联系人及联系电话 项目责任人 直接责任人 单位责任人 业主联系人 联系人/电话"
        ),
        (r"(联系人|联络员|责任人|负责人)",),
        group="people",
    ),
    Field(
        "phone",
        _("联系电话"),
        TEXT,
        words("联系电话 电话 手机 手机号码 联系方式 手机号 联络方式"),
        (r"(电话|手机|联系方式)$",),
        group="people",
    ),
    Field(
        "document_clause",
        _("依据文件"),
        TEXT,
        words("依据文件 文件依据 政策依据 依据 文号 立项文号 批复文号 文件条款 任务来源 来源"),
        (r"依据|文号",),
        group="other",
    ),
    Field(
        "management_layer",
        _("调度层级"),
        TEXT,
        words("调度层级 管理层级 推进层级 管理级别 调度级别"),
        (r"(调度|管理|推进)(层级|级别)",),
        group="other",
    ),
    Field(
        "completes_this_year",
        _("本年计划竣工"),
        FieldKind.CHOICE,
        words(
            "本年是否竣工 是否计划竣工 本年竣工 是否本年竣工 本年计划竣工 年内竣工 是否竣工 年度竣工项目 "
            "是否年内竣工 本年拟竣工"
        ),
        (r"是否.*竣工", r"^本年.*竣工"),
        choices=(YES, NO),
        group="project",
    ),
    REMARK,
)
