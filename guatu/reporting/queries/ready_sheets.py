"""Ready day sheets that an office starts from, and how a field is offered in the form: kind and sum as one choice."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence
from guatu.domain.watch import Field

SORTS: Final[Mapping[str, tuple[Sentence, dict[str, str]]]] = {
    "count_sum": (_("数，逐日累加"), {"kind": "count", "sums": "sum"}),
    "count_last": (_("数，取最新"), {"kind": "count", "sums": "last"}),
    "yes_planned": (_("是或否，与应开复工数相比"), {"kind": "yes", "of": "planned"}),
    "yes_asked": (_("是或否，与项目数相比"), {"kind": "yes", "of": "asked"}),
    "yes": (_("是或否，只计数"), {"kind": "yes"}),
    "words": (_("文字"), {"kind": "words"}),
    "date": (_("日期"), {"kind": "date"}),
}
"""How a field is filled in and summed, by the code that the form sends."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A ready form: its words and fields, and which kinds of projects it usually asks."""

    words: Sentence
    fields: tuple[Field, ...]
    kinds: tuple[str, ...] = ()


READY: Final[Mapping[str, Ready]] = {
    "resumption": Ready(
        _("开复工日调度"),
        (
            Field("resumed", "已开复工", "yes", of="planned", sums="yes"),
            Field("workers", "当日返岗", "count", "人", "sum"),
            Field("vehicles", "协调车辆", "count", "项", "sum"),
            Field("materials", "紧缺材料", "words"),
        ),
        ("new_start", "continuing", "completing"),
    ),
    "flood": Ready(
        _("汛期值守"),
        (
            Field("on_duty", "值守到位", "yes", of="asked", sums="yes"),
            Field("people", "值守人数", "count", "人", "last"),
            Field("found", "排查隐患", "count", "处", "sum"),
            Field("mended", "整改隐患", "count", "处", "sum"),
            Field("danger", "险情", "words"),
        ),
    ),
}


def sort_of(field: Field) -> str:
    """The form's choice that a field is."""
    if field.kind == "count":
        return f"count_{field.sums}"
    return f"yes_{field.of}" if field.of != "none" else field.kind


def as_data(fields: tuple[Field, ...]) -> list[dict[str, Any]]:
    """Fields as a campaign keeps them."""
    return [asdict(field) for field in fields]
