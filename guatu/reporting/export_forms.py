"""What is asked before a list goes out as a file. The forms come by GET: an address says the same file again."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guatu.core.form_words import Form
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit
from guatu.domain.periods import Period
from guatu.reporting.workbooks.files import UNITS

UNIT_CHOICES = [(unit.value, unit.value) for unit in UNITS]


class _UnitForm(Form):
    """In which unit amounts are printed."""

    unit = forms.TypedChoiceField(
        label=_("金额单位"),
        choices=UNIT_CHOICES,
        coerce=MoneyUnit,
        required=False,
        empty_value=MoneyUnit.WAN,  # type: ignore[arg-type]  # of the coerced kind, which the stub takes for text
    )


class PlanFileForm(_UnitForm):
    """Unit of amounts, and the day of which the list is printed."""

    as_of = forms.DateField(label=_("截至"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def day(self, today: date) -> date:
        """The day asked for, else today."""
        return self.cleaned_data["as_of"] or today


class ProgressFileForm(_UnitForm):
    """The period, the unit of amounts, and whether each responsible unit gets a sheet of its own."""

    field_order = ("period", "unit", "split")
    period = forms.CharField(label=_("期间"), max_length=12, help_text=_("如 2026-03、2026-W12、2026-03-09"))
    split = forms.BooleanField(label=_("按责任单位拆分（每个单位一个文件）"), required=False)

    def clean_period(self) -> Period:
        """The period that is meant."""
        try:
            return Period.parse(self.cleaned_data["period"])
        except DomainError:
            raise forms.ValidationError(_("看不懂这个期间。请写成 2019-03、2019-W12、2019-03-09 或 2019-Q1")) from None


def file_forms(period: str) -> dict[str, Any]:
    """Both forms, empty, for a page that offers the files."""
    return {"plan": PlanFileForm(), "progress": ProgressFileForm(initial={"period": period})}
