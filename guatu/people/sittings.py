"""When a body sits, as offices write it: 每周三, 每月第2、4周周四, 周一和周四."""

import re
import unicodedata
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.refusals import Refusal

WEEKDAYS = "一二三四五六日"
_SAID = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)
_NUMERALS = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5"}
_WEEKS = re.compile(r"第([1-5一二三四五、,和及第]+)(?:个)?(?=周|星期|礼拜|的)")
_DAYS = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天1-7](?:[、,和及]*[一二三四五六日天1-7](?!\d))*)")


def read_sitting(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """(weekdays with 0 as Monday, weeks of the month, none for every week) of a text. Refused when it says none."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    weeks = sorted({int(_NUMERALS.get(char, char)) for found in _WEEKS.findall(plain) for char in _counted(found)})
    days = sorted(
        {_weekday(char) for found in _DAYS.findall(plain) for char in re.findall(r"[一二三四五六日天1-7]", found)}
    )
    if not days:
        raise Refusal("people.sitting_unreadable", text=text.strip()[:30])
    return tuple(days), tuple(weeks)


def _counted(text: str) -> list[str]:
    return re.findall(r"[1-5一二三四五]", text)


def _weekday(char: str) -> int:
    if char.isdigit():
        return int(char) - 1
    return 6 if char == "天" else WEEKDAYS.index(char)


def sitting_words(weekdays: Sequence[int], weeks: Sequence[int]) -> str:
    """每周三, 每月第2、4个周四."""
    between = _("、")
    days = between.join(str(_SAID[day]) for day in weekdays)
    if not weeks:
        return _("每%(days)s") % {"days": days}
    return _("每月第%(weeks)s个%(days)s") % {"weeks": between.join(map(str, weeks)), "days": days}
