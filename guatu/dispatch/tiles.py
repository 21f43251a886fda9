"""The row of figures under the first sentence: each opens its rows."""

from typing import Any

from django.utils.translation import gettext as _

from guatu.core.ui.numbers import NO_FIGURE, amount, count, per_cent, with_sign
from guatu.dispatch.queries import Overview, rows_url
from guatu.domain.money import MoneyUnit
from guatu.figures.choices import WORDS

TOLD = frozenset({"with_problems", "reported"})
"""What reports say: drawn hollow while they are not adopted."""


def tiles(view: Overview, query: str) -> list[dict[str, Any]]:
    """Projects, money, starts, works, completions, resumption, reports, problems."""
    values, places = view.figures.whole.values, view.figures.asked.rules().places
    changes = view.changes

    def tile(code: str, label: str, text: str, unit: str, of: str = "", note: str = "") -> dict[str, Any]:
        url = rows_url(query, code)
        return {"label": label, "url": url, "text": text, "unit": unit, "of": of, "note": note, "told": code in TOLD}

    def counted(code: str) -> str:
        return count(values[code])  # type: ignore[arg-type]  # a count

    def yi(code: str) -> str:
        return amount(values[code], MoneyUnit.YI)  # type: ignore[arg-type]  # an amount

    def against(code: str, *, money: bool = False) -> str:
        change = changes[code] if changes else None
        if change is None or change.difference is None:
            return ""
        number = int(change.difference)
        text = amount(number, MoneyUnit.YI) if money else count(number)
        return _("比上年 {change}").format(change=with_sign(text))

    def share(code: str) -> str:
        value = values[code]
        return "" if value is None else f"{per_cent(value, places)}%"

    of_base = _("/ {n} 项")
    return [
        tile("projects", _("项目"), counted("projects"), _("项"), note=against("projects")),
        tile(
            "total_investment",
            _("总投资"),
            yi("total_investment"),
            _("亿元"),
            note=against("total_investment", money=True),
        ),
        tile(
            "planned_investment",
            _("年度计划投资"),
            yi("planned_investment") if values["planned_investment"] else NO_FIGURE,
            _("亿元"),
            note=against("planned_investment", money=True),
        ),
        tile(
            "started_of_base",
            _("开工（{base}）").format(
                base=_("新开工") if view.figures.asked.rules().start_rate_base != "all" else _("全部")
            ),
            counted("started_of_base"),
            "",
            of_base.format(n=counted("start_base")),
            _("开工率 {rate}").format(rate=share("start_rate")) if share("start_rate") else "",
        ),
        tile("under_construction", _("在建"), counted("under_construction"), _("项")),
        tile(
            "completed",
            _("已竣工"),
            counted("completed"),
            "",
            of_base.format(n=counted("completions_planned")) if values["completions_planned"] else "",
        ),
        tile(
            "resumed_started",
            _("开复工"),
            counted("resumed_started"),
            "",
            of_base.format(n=counted("resumed_started_planned")),
            share("resumed_started_rate"),
        ),
        tile("with_problems", _("有问题的项目"), counted("with_problems"), _("项")),
        tile("reported", str(WORDS["reported"].name), counted("reported"), "", of_base.format(n=counted("projects"))),
    ]
