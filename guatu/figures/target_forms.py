"""Forms of a project's targets: how the year is spread, and amounts by hand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guatu.core.form_words import Form
from guatu.core.inputs import AmountField, DayField
from guatu.core.typed import show_amount
from guatu.domain.periods import Period
from guatu.domain.targets import Spread
from guatu.plans.choices import PeriodKind, Profile

QUARTERS = (_("一季度"), _("二季度"), _("三季度"), _("四季度"))


class ProfileForm(Form):
    """The profile, twelve weights for the one that needs them, and a stated capacity."""

    profile = forms.ChoiceField(label=_("分解方式"), choices=Profile.choices)
    weights = forms.CharField(
        label=_("各月比例"),
        required=False,
        max_length=120,
        help_text=_("按各月比例分解时，从1月到12月写 12 个整数，用空格分开，例如 5 3 8 9 9 9 10 10 10 9 9 9"),
    )
    capacity_daily = AmountField(label=_("每个工作日最多能完成"), help_text=_("留空则以做到过的最高持续日均为准"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def clean_weights(self) -> list[int]:
        """Whole numbers; how many and which is the domain's to say."""
        text = self.cleaned_data["weights"].replace("、", " ").replace("，", " ").replace(",", " ")
        parts = text.split()
        if not all(part.isascii() and part.isdigit() and len(part) < 8 for part in parts):
            raise forms.ValidationError(_("各月比例只写整数，用空格分开。"))
        return [int(part) for part in parts]


class AmountsForm(Form):
    """Quarters and months by hand, and one week or day; an empty field is spread."""

    other_kind = forms.ChoiceField(
        label=_("另定一周或一日"),
        required=False,
        choices=[("", _("不定")), (PeriodKind.WEEK, PeriodKind.WEEK.label), (PeriodKind.DAY, PeriodKind.DAY.label)],
    )
    other_on = DayField(label=_("这一周（日）是"), required=False)
    other_amount = AmountField(label=_("目标"), help_text=_("留空为取消这一周（日）的手工目标"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, year: int, quarters: bool, plan: Spread, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        self.fields["other_on"].year = year  # type: ignore[attr-defined]  # a DayField
        made: dict[str, forms.Field] = {}
        for number, words in enumerate(QUARTERS, 1):
            if quarters:
                made[f"q{number}"] = AmountField(label=words, help_text="")
        for month in range(1, 13):
            made[f"m{month}"] = AmountField(label=_("{month}月").format(month=month), help_text="")
        self.fields = {**made, **self.fields}
        spread = {f"q{place}": amount for place, amount in enumerate(plan.quarters, 1)}
        spread |= {f"m{place}": amount for place, amount in enumerate(plan.months, 1)}
        for name in made:  # what stands in an empty field: the amount that is spread now
            self.fields[name].widget.attrs["placeholder"] = show_amount(spread[name])

    @staticmethod
    def initial_of(hand: Mapping[Period, int], seen: int) -> dict[str, Any]:
        """The amounts that stand by hand."""
        found: dict[str, Any] = {"seen": seen}
        for period, amount in hand.items():
            if period.kind == "quarter":
                found[f"q{(period.start.month + 2) // 3}"] = amount
            elif period.kind == "month":
                found[f"m{period.start.month}"] = amount
        return found

    def changed_amounts(self, hand: Mapping[Period, int]) -> dict[Period, int | None]:
        """What differs from the amounts that stand."""
        found: dict[Period, int | None] = {}
        for name, amount in self.cleaned_data.items():
            if name[0] in "qm" and name[1:].isdigit():
                number = int(name[1:])
                month = number if name[0] == "m" else 3 * number - 2
                found[Period.containing("month" if name[0] == "m" else "quarter", date(self.year, month, 1))] = amount
        kind, on = self.cleaned_data.get("other_kind"), self.cleaned_data.get("other_on")
        if kind and on:
            found[Period.containing(kind, on)] = self.cleaned_data["other_amount"]
        return {period: amount for period, amount in found.items() if hand.get(period) != amount}


class IssueSheetForm(Form):
    """Number, day and title of a target sheet."""

    document_number = forms.CharField(label=_("文号"), max_length=80, help_text=_("例如：西重项〔2021〕6号"))
    issued_on = DayField(label=_("印发日期"))
    title = forms.CharField(label=_("标题"), max_length=160)
