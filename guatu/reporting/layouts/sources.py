"""Every fact that a column of another system's sheet may be filled from: one closed registry, by code.

What a report says is never a source of a statistics column: each basis has its own codes, and none stands in for
another (8-practice.md, Figures).
"""

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence
from guatu.core.sheets.fields import FieldKind
from guatu.reporting.choices import MIX, Basis


class Missing(TextChoices):
    """Why a cell is empty, by where its fact comes from."""

    LIBRARY = "library", _("项目库没有填写")
    LIST = "list", _("名单没有填写")
    DISPATCH = "dispatch", _("本期还没有采用的调度数")
    UNSAID = "unsaid", _("本期填报没有写这一项")
    STATISTICS = "statistics", _("没有统计部门认定的本期数；统计口径不用调度数代填")
    PAYMENT = "payment", _("没有登记本期支付数")
    STEP = "step", _("还没有到这一步，或日期没有登记")
    NOTHING = "nothing", _("系统里没有这一项，由对方系统填写")


@dataclass(frozen=True, slots=True)
class Source:
    """A fact of ours. `said` is the field of a report (`reporting.content`) that tells it, "" where none does."""

    code: str
    words: Sentence
    kind: FieldKind
    missing: Missing
    group: Sentence
    said: str = ""


_PROJECT, _LISTED, _TOLD, _STEPS = _("项目"), _("名单"), _("填报"), _("节点日期")
_TEXT, _MONEY = FieldKind.TEXT, FieldKind.MONEY
_FACTS: Final = (
    ("name", _("项目名称"), _TEXT),
    ("project_code", _("项目代码"), FieldKind.CODE),
    ("owner", _("项目业主"), _TEXT),
    ("owner_code", _("统一社会信用代码"), FieldKind.CODE),
    ("region", _("所在区县"), _TEXT),
    ("region_code", _("区划代码"), FieldKind.CODE),
    ("location", _("建设地点"), _TEXT),
    ("industry", _("行业代码"), FieldKind.CODE),
    ("nature", _("建设性质"), _TEXT),
    ("investor", _("投资主体"), _TEXT),
    ("content", _("建设规模及主要内容"), _TEXT),
    ("years", _("建设起止年限"), _TEXT),
    ("funding", _("资金来源"), _TEXT),
    ("stage", _("项目阶段"), _TEXT),
    ("responsible_unit", _("责任单位"), _TEXT),
    ("total_investment", _("总投资"), _MONEY),
)
_LIST_FACTS: Final = (
    ("serial", _("序号"), FieldKind.INTEGER),
    ("kind", _("建设类别"), _TEXT),
    ("planned_investment", _("本年计划投资"), _MONEY),
    ("planned_start", _("计划开工时间"), FieldKind.DATE),
    ("planned_finish", _("计划竣工时间"), FieldKind.DATE),
    ("goal", _("年度目标"), _TEXT),
)
AMOUNTS: Final = {
    "amount": _("本期完成投资"),
    "ytd": _("本年累计完成投资"),
    "cumulative": _("自开工累计完成投资"),
    "before": _("至上年底累计完成投资"),
}
_OF_BASIS: Final = {
    Basis.DISPATCH: Missing.DISPATCH,
    Basis.STATISTICS: Missing.STATISTICS,
    Basis.PAYMENT: Missing.PAYMENT,
}
_SAID: Final = (
    ("percent", _("形象进度（%）"), FieldKind.PERCENT),
    ("words", _("工程进展"), _TEXT),
    ("problem", _("存在问题"), _TEXT),
    ("next_plan", _("下步计划"), _TEXT),
    ("remark", _("备注"), _TEXT),
)


def _made() -> dict[str, Source]:
    listed = [Source(code, words, kind, Missing.LIBRARY, _PROJECT) for code, words, kind in _FACTS]
    listed += [Source(code, words, kind, Missing.LIST, _LISTED) for code, words, kind in _LIST_FACTS]
    for basis, missing in _OF_BASIS.items():
        dispatch = basis is Basis.DISPATCH
        for code, words in AMOUNTS.items():
            said = code if dispatch and code != "before" else ""
            listed.append(Source(f"{basis}.{code}", words, _MONEY, missing, basis.label, said))
        for part, words in MIX.items():
            said = f"mix.{part}" if dispatch else ""
            listed.append(Source(f"{basis}.mix.{part}", words, _MONEY, missing, basis.label, said))
    listed += [Source(code, words, kind, Missing.DISPATCH, _TOLD, code) for code, words, kind in _SAID]
    listed += [
        Source("started", _("实际开工时间"), FieldKind.DATE, Missing.STEP, _STEPS),
        Source("completed", _("实际竣工时间"), FieldKind.DATE, Missing.STEP, _STEPS),
    ]
    return {source.code: source for source in listed}


SOURCES: Final = _made()
NAME, CODE, SERIAL = "name", "project_code", "serial"
