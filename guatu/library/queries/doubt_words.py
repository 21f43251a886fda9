"""The words for how likely two names mean one project, and why."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence
from guatu.domain.names import band

BANDS: Final[dict[str, Sentence]] = {
    "nearly_certain": _("几乎可以肯定"),
    "very_likely": _("很可能"),
    "possible": _("可能"),
}
REASONS: Final[dict[str, Sentence]] = {
    "wording": _("只差写法、地名或“项目、工程”等字样"),
    "brackets": _("只差括号里的内容"),
    "homophone": _("同音字"),
    "one_character": _("一字之差"),
    "order": _("词序不同"),
    "contains": _("一个名称包含另一个"),
    "part_of": _("一个名称包含另一个"),
    "shortened": _("一个像是另一个的简称"),
    "similar": _("用字相近"),
    "phase_missing": _("只有一个写了期数"),
    "section_missing": _("只有一个写了标段"),
    "segment_missing": _("只有一个写了路段"),
    "year_missing": _("只有一个写了年份"),
    "number_missing": _("只有一个写了编号"),
    "quantity_differs": _("规模数字不同"),
    "quantity_missing": _("只有一个写了规模"),
    "same_owner": _("业主相同"),
    "same_site": _("地点相同"),
    "same_total": _("总投资相同"),
}


def likeness_words(candidate: Mapping[str, Any]) -> str:
    """很可能：同音字，业主相同"""
    reasons = "，".join(dict.fromkeys(str(REASONS[reason]) for reason in candidate["reasons"]))
    return f"{BANDS[band(candidate['score'])]}：{reasons}"


def doubt_sentence(doubt: Mapping[str, Any]) -> str:
    """One undecided doubt for a reader of text: where it stands, what it may be, why."""
    place = _now("{sheet} 第 {row} 行").format(sheet=doubt["sheet"], row=doubt["row"])
    near = "；".join(f"“{each['name']}”（{likeness_words(each)}）" for each in doubt["candidates"])
    return _now("{place} “{name}”可能就是库里的{near}").format(place=place, name=doubt["name"], near=near)
