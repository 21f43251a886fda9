"""Ready rules to begin a draft from: the rhythms and cut-offs that offices print."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence

_WEEK: Final = ["money", "words", "problem"]
_MONTH: Final = ["money", "mix", "percent", "words", "problem", "nodes", "next_plan"]


class Preset(NamedTuple):
    """A rule that stands ready: `name` is how the row is called, in the papers' own language."""

    code: str
    name: str
    words: Sentence
    kind: str
    rule: Mapping[str, Any]


def _due(days: int, counts: str = "workday") -> dict[str, Any]:
    return {"days": days, "at": "17:00", "counts": counts}


PRESETS: Final = {
    preset.code: preset
    for preset in (
        Preset(
            "week_raised",
            "省市重点项目周报",
            _("省级、市级重点项目周报（数据截至周四，周五报）"),
            "week",
            {
                "asks": {"levels": ["province", "city"]},
                "fields": _WEEK,
                "closes": 4,
                "due": _due(1),
                "remind": [0],
                "lighter": {"lights": ["green"], "every": 2},
            },
        ),
        Preset(
            "month_25",
            "重点项目月报",
            _("全部项目月报（数据截至 25 日）"),
            "month",
            {"asks": {}, "fields": _MONTH, "closes": 25, "due": _due(2), "remind": [1, 0]},
        ),
        Preset(
            "month_end",
            "重点项目月报",
            _("全部项目月报（数据截至月末）"),
            "month",
            {"asks": {}, "fields": _MONTH, "closes": 0, "due": _due(3), "remind": [1, 0]},
        ),
        Preset(
            "quarter",
            "重点项目季报",
            _("全部项目季报（数据截至季末）"),
            "quarter",
            {"asks": {}, "fields": ["words", "problem", "next_plan"], "closes": 0, "due": _due(3), "remind": [1, 0]},
        ),
    )
}
CODES: Final = {"week": "week", "ten_days": "ten_days", "month": "month", "quarter": "quarter"}
"""The code of a kind's first rule in a region; its later editions follow it."""
