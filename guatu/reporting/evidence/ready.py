"""The rules of evidence that come with the product, and those in force in a region."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence
from guatu.domain.evidence import Rule, read_rule
from guatu.people.models import Region
from guatu.people.queries import in_force
from guatu.reporting.models import EvidenceRule


@dataclass(frozen=True, slots=True)
class Ready:
    """A ready rule: its name, why, and its data."""

    name: Sentence
    why: Sentence
    data: Mapping[str, Any]


FIGURE_WORDS: Final[Mapping[str, Sentence]] = {
    "money": _("月报完成投资"),
    "percent": _("月报形象进度"),
    "payment": _("按支付口径报的数"),
    "statistics": _("按统计口径报的数"),
}
"""For what figure a paper is asked, by the names of `domain.evidence.FIGURES`."""

READY: Final = (
    Ready(
        _("开工要有施工许可证号"),
        _("开工以取得施工许可为准；填证号，附证件照片或扫描件。"),
        {"opens": ["started"], "names": ["施工许可"], "kinds": ["permit"], "numbered": True},
    ),
    Ready(
        _("开工、封顶、竣工要有现场照片"),
        _("只在关键节点拍，平时不要照片。"),
        {
            "opens": ["started"],
            "closes": ["completed"],
            "names": ["封顶", "竣工", "通车"],
            "kinds": ["photo"],
            "count": 1,
        },
    ),
    Ready(
        _("月报完成投资要有三方签字进度单"),
        _("业主、施工、监理三方签字的当月进度单，一张即可。"),
        {"figure": "money", "kinds": ["signed_sheet"]},
    ),
    Ready(
        _("按支付口径报数要有付款凭证"),
        _("填凭证号，附凭证照片或扫描件。"),
        {"figure": "payment", "kinds": ["voucher"], "numbered": True},
    ),
    Ready(
        _("按统计口径报数要有统计入库材料"),
        _("统计部门的入库通知或报表截图。"),
        {"figure": "statistics", "kinds": ["statistics"]},
    ),
)


def rules_in_force(region: Region, day: date) -> list[EvidenceRule]:
    """The rules of a region and of those above it that hold on a day, in their order."""
    rows = EvidenceRule.objects.filter(in_force(day), region__path__in=region.lineage)
    return list(rows.order_by("order", "pk"))


def parsed(rows: list[EvidenceRule]) -> list[Rule]:
    """The same as domain.evidence reads them."""
    return [read_rule(row.name, row.rule) for row in rows]
