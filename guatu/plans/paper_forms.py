"""What is asked before the papers of plans are printed. The form comes by GET: an address says the same paper again."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from guatu.core.actor import Actor
from guatu.core.form_words import Form
from guatu.domain.periods import Period, PeriodKind
from guatu.library.queries.tablepage import EVERY, lists_seen
from guatu.plans.papers.files import KINDS
from guatu.plans.papers.selection import Selection, Within, within
from guatu.plans.queries.papers import plan_spans

WHOLE = "all"
"""The span of a whole plan, whatever its years; for one project only."""
INSIDE: Final[tuple[PeriodKind, ...]] = ("quarter", "month")
BEFORE, AFTER = 3, 6
"""Months before and after today whose quarters and months are offered in years beside the list's own."""


class PaperForm(Form):
    """Which paper, of which list, unit and leader, for which span."""

    kind = forms.ChoiceField(label=lazy("打印什么"), choices=[(code, one.words) for code, one in KINDS.items()])
    list = forms.ChoiceField(label=lazy("名单"), required=False)
    unit = forms.ChoiceField(
        label=lazy("责任单位"), required=False, help_text=lazy("任务单还含该单位在其他项目中负责的节点")
    )
    lead = forms.ChoiceField(label=lazy("分包领导"), required=False)
    span = forms.ChoiceField(
        label=lazy("期间"), required=False, help_text=lazy("路线图列出整个计划；多个项目的时间表按全年")
    )
    late = forms.ChoiceField(
        label=lazy("以前未完成的节点"),
        required=False,
        choices=[("1", lazy("列入任务单")), ("0", lazy("不列入"))],
    )

    def __init__(self, params: Any, *, within: Within, lists: dict[str, str], alone: bool) -> None:
        self.within, self.alone = within, alone
        given = {**self._first(), **{name: params[name] for name in self.base_fields if params.get(name)}}
        super().__init__(given)
        if alone:
            for name in ("list", "unit", "lead"):
                del self.fields[name]
        else:
            self.units, self.leads = within.units(), within.leads()
            self._choices("list", lists)
            self._choices("unit", {"": _("全部责任单位"), **self.units})
            self._choices("lead", {"": _("全部分包领导"), **self.leads})
            if not self.leads:
                del self.fields["lead"]
        given["span"] = in_year(given["span"], within, alone=alone)
        self._offer("span", spans(within, alone=alone, asked=given["span"]))

    def _first(self) -> dict[str, str]:
        chosen = self.within.annual_list
        month = f"{self.within.day:%Y-%m}"
        return {
            "kind": next(iter(KINDS)),
            "list": WHOLE if chosen is None else str(chosen.public_id),
            "span": month,
            "late": "1",
        }

    def _choices(self, name: str, choices: dict[str, str]) -> None:
        self._offer(name, [*choices.items()])

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    def selection(self) -> Selection:
        """What a valid form asks for."""
        told = self.cleaned_data
        unit, lead = told.get("unit", ""), told.get("lead", "")
        return Selection(
            kind=told["kind"],
            within=self.within,
            unit=(unit, self.units[unit]) if unit else ("", ""),
            lead=(lead, self.leads[lead]) if lead else ("", ""),
            span=None if told["span"] == WHOLE else Period.parse(told["span"]),
            late=told["late"] != "0",
        )


def form_of(actor: Actor, params: QueryDict) -> PaperForm:
    """The form as an address fills it; 404 where it names a list or project out of reach."""
    lists = {str(row.public_id): row.name for row in lists_seen(actor)} | {EVERY: _("全部项目")}
    return PaperForm(params, within=within(actor, params), lists=lists, alone=bool(params.get("project")))


def years_of(within: Within, *, alone: bool) -> list[int]:
    """The years that may be asked for: the list's; of one project those of its plan, five at most."""
    if not alone:
        return [within.year]
    plans = plan_spans([project.pk for _number, project in within.projects], within.day).values()
    days = [day for plan in plans for node in plan for day in (node.days.planned_start, node.days.planned_finish)]
    years = range(min(days).year, max(days).year + 1) if days else range(within.year, within.year + 1)
    near = sorted({*years, within.year}, key=lambda year: (abs(year - within.year), year))[:5]
    return sorted(near)


def spans(within: Within, *, alone: bool, asked: str = "") -> list[tuple[str, Any]]:
    """The spans that may be asked for, grouped by year: every year whole, and the quarters and months of those years
    only that are near. What an address asks for is there too, as long as its year is.
    """
    listed: list[tuple[str, Any]] = [(WHOLE, _("整个计划"))] if alone else []
    for year in years_of(within, alone=alone):
        whole = Period.parse(str(year))
        inside = [one for kind in INSIDE for one in whole.split(kind)]
        shown = [one for one in inside if _near(one, within) or one.code == asked]
        listed.append((whole.label_zh, [(one.code, one.label_zh) for one in (whole, *shown)]))
    return listed


def _near(one: Period, within: Within) -> bool:
    """In the year of the list or the day, or within so many months of the day."""
    apart = (one.start.year - within.day.year) * 12 + one.start.month - within.day.month
    return one.start.year == within.year or -BEFORE <= apart <= AFTER


def in_year(code: str, within: Within, *, alone: bool) -> str:
    """The same span of the list's own year, when another list was chosen while it stood on the page."""
    year = code[:4]
    if alone or not year.isdecimal() or int(year) == within.year:
        return code
    return f"{within.year}{code[4:]}"
