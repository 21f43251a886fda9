"""Fields that a plan ledger and a progress sheet share, and how a column's values tell kind from nature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from guatu.core.sheets.fields import Choice, Chooser, Field, FieldKind
from guatu.domain.codes.project import check_project_code


def words(text: str) -> tuple[str, ...]:
    """Wordings set apart by spaces: a heading is compared without any."""
    return tuple(text.split())


SERIAL = Field(
    "serial",
    _("序号"),
    FieldKind.TEXT,
    words("序号 编号 序 项目序号 顺序号 No. no 序列 总序号"),
    group="project",
)
NAME = Field(
    "name",
    _("项目名称"),
    FieldKind.TEXT,
    words(
        "项目名称 项目名 工程名 工程名称 名称 项目 建设项目 建设项目名称 重点项目名称 单位(项目)名称 "
        "项目(工程)名称 工程项目名称 项目名称及建设内容"
    ),
    (r"^项目名称", r"项目.{0,4}名称$"),
    required=True,
    group="project",
)
PROJECT_CODE = Field(
    "project_code",
    _("项目代码"),
    FieldKind.CODE,
    words(
        "项目代码 统一项目代码 国家统一项目代码 项目统一代码 投资项目统一代码 在线审批监管平台代码 "
        "立项代码 赋码 全国统一项目代码 国家项目代码"
    ),
    (r"^(?!.*(项目库|入库|纳统|入统|行业|区划|信用)).*(项目|投资|审批).*(代码|编码)", r"平台.*代码"),
    group="project",
    check=lambda text: check_project_code(text).ok,
)
TOTAL_INVESTMENT = Field(
    "total_investment",
    _("总投资"),
    FieldKind.MONEY,
    words(
        "总投资 项目总投资 总投资额 投资总额 计划总投资 估算总投资 概算总投资 投资规模 总投入 总投资估算 "
        "投资估算 项目总投资额 预计总投资 拟总投资 工程总投资 投资/总 投资/总额 投资/总计 投资总规模"
    ),
    (r"^(?!.*(完成|占|率)).*总投资额?$",),
    unit_sensitive=True,
    group="money",
)
OWNER = Field(
    "owner",
    _("项目业主"),
    FieldKind.UNIT,
    words(
        "建设单位 实施单位 项目法人 建设主体 项目实施主体 项目(法人)单位 业主单位 业主 项目业主 项目单位 "
        "投资主体 投资单位 项目实施单位 项目建设单位 建设业主 项目业主单位 承建单位(业主) 企业名称 "
        "项目法人单位 建设(业主)单位 "
        "申报单位 投资方"
    ),
    (r"(业主|法人|实施主体)",),
    group="people",
)
RESPONSIBLE = Field(
    "responsible_unit",
    _("责任单位"),
    FieldKind.UNIT,
    words(
        "责任单位 牵头单位 监管单位 主管部门 主责单位 牵头责任单位 责任部门 牵头部门 主管单位 "
        "第一责任单位 包保单位 包联单位 挂钩单位 服务单位 行业主管部门 分包单位 责任主体 牵头(责任)单位"
    ),
    (r"(责任|牵头|主管)(单位|部门)",),
    group="people",
)
REMARK = Field("remark", _("备注"), FieldKind.TEXT, words("备注 说明 备注说明 其他"), group="other")
WITHDRAWN = (
    r"^(?:退出|调出|移出|剔除)(?:项目)?(?:清单|名单|表)?$"
    r"|(?<![、及和与含])(?:退出|调出|移出|剔除|撤销|取消|终止)的?(?:[省市区县]级?)?(?:重点|重大)?(?:建设)?项目(?:清单|名单|明细|一览表|汇总表|台账|表)"
)
"""Lists of projects that leave are papers of their own, often in the same file (``import_hazards.csv``: 广西 2022)."""
LAST_YEAR = Field(
    "cumulative_to_last_year",
    _("至上年底累计完成投资"),
    FieldKind.MONEY,
    words(
        "至上年底累计完成投资 至上年底累计完成 至上年底累计 至上年底完成投资 至上年底已完成投资 "
        "至上年底预计累计完成投资 预计至上年底累计完成投资 至上年底累计投资 上年底累计完成投资 "
        "上年累计完成投资 以前年度累计完成投资 以前年度完成投资 历年累计完成投资 至上年底累计完成投资额 "
        "至上年底预计完成投资 投资/至上年底累计 投资/至上年底 至上年底"
    ),
    (r"至上年底.*(完成|累计|投资)", r"上年底?.*累计", r"^(以前|历)年度?.*(完成|累计|投资)"),
    unit_sensitive=True,
    group="money",
)

YES = Choice("yes", words("是 √ ✓ 1 有 已 Y"))
NO = Choice("no", words("否 × ✗ 0 无 未 N"))

KINDS = (
    Choice(
        "new_start",
        words("新开工 计划新开工 新开 新开工项目 新开建 本年新开工 开工 计划开工 拟开工 新建"),
    ),
    Choice("continuing", words("续建 续建项目 在建 结转 续建类 跨年 结转续建 在建续建")),
    Choice(
        "preliminary",
        words("前期 预备 前期项目 预备项目 储备 前期工作 前期推进 谋划 开展前期 前期谋划 预备(前期) 前期类 储备项目"),
    ),
    Choice(
        "completing",
        words("计划竣工 竣工 竣工项目 计划竣工项目 建成 计划建成 竣工投产 收尾 建成投产 拟竣工 计划完工 完工"),
    ),
)
NATURES = (
    Choice("new", ("新建",)),
    Choice("expansion", ("扩建", "改扩建", "改建扩建", "改、扩建")),
    Choice("reconstruction", words("改建 改造 技改 技术改造 改建和技术改造 提升改造")),
    Choice("relocation", ("迁建", "异地重建", "搬迁")),
    Choice("restoration", ("恢复", "重建")),
    Choice("purchase", ("单纯购置", "购置")),
)
KIND = Field(
    "kind",
    _("项目类别（新开工、续建、预备）"),
    FieldKind.CHOICE,
    words(
        "建设状态 建设类别 建设类型 新开工/续建 新开工(续建) 续建/新开工 项目状态 新续建 新建/续建 "
        "建设情况分类 实施类别"
    ),
    (r"新开工.*续建|续建.*新(开工|建)",),
    choices=KINDS,
    group="project",
)
NATURE = Field("nature", _("建设性质"), FieldKind.CHOICE, choices=NATURES, group="project")

KIND_WORDS = frozenset(word for choice in KINDS for word in choice.words) - {"新建"}
NATURE_WORDS = frozenset(word for choice in NATURES for word in choice.words)
CONTINUING = frozenset(KINDS[1].words)
_ENDING = re.compile(r"(?:类|项目|工程)+$")


def bare_word(text: str) -> str:
    """续建类, 续建项目 → 续建."""
    return _ENDING.sub("", text) or text


def kind_or_nature(values: Sequence[str]) -> tuple[str, str] | None:
    """A column headed 建设性质: the list's kinds or the bureau's nature, whichever its values are."""
    words = [bare_word(value) for value in values]
    if any(word in KIND_WORDS or any(part in KIND_WORDS for part in re.split(r"[(/、,)]", word)) for word in words):
        return "kind", "values_kinds"
    if any(word in NATURE_WORDS for word in words):
        return "nature", "values_nature"
    return None


KIND_CHOOSER = Chooser(
    words(
        "建设性质 项目性质 建设批次 性质 项目类型 建设类型 建设类别 建设状态 项目状态 项目类别 项目阶段 "
        "建设阶段 类型 类别 项目分类"
    ),
    kind_or_nature,
)
