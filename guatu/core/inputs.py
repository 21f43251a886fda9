"""The fields of every form in which people type a day or an amount, and the echo beside them.

    on = DayField(label=_("从哪天起"))
    total = AmountField(label=_("总投资"))

A form whose list has a year says it: `form.fields["on"].year = annual_list.year`; the default is today's.
"""

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from guatu.core import typed
from guatu.core.typed import Echo
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit, parse_amount


class AmountField(forms.CharField):
    """An amount as offices write it; a bare number is in 万元. Whole yuan, or None."""

    def __init__(self, *, required: bool = False, **options: Any) -> None:
        options.setdefault("help_text", _("可写 1.2亿、12000万；不写单位按万元计"))
        options.setdefault("widget", forms.TextInput({"autocomplete": "off"}))
        super().__init__(required=required, max_length=40, **options)

    def clean(self, value: Any) -> Any:
        """Whole yuan; the sentence says why a text is none."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_amount(text, MoneyUnit.WAN)
        except DomainError as fault:
            raise forms.ValidationError(typed.why_not(fault)) from None

    def prepare_value(self, value: Any) -> Any:
        """1.2亿元 of whole yuan; what was typed as it was."""
        return typed.show_amount(value) if isinstance(value, int) else value

    def echo(self, text: str) -> Echo:
        """How a text is read."""
        return typed.echo_of_amount(text)

    @property
    def echo_url(self) -> str:
        """Where the page asks how an amount was read."""
        return reverse("core:echo", args=["amount"])


class DayField(forms.CharField):
    """A day as offices write it (3.31, 3月底, 下周五); of several days the last, of a 初 the first."""

    picks_day = True  # a button opens the browser's own calendar

    def __init__(self, *, year: int | None = None, **options: Any) -> None:
        options.setdefault("help_text", _("可写 2019-03-31、3.31、3月底、下周五"))
        options.setdefault("widget", forms.TextInput({"autocomplete": "off"}))
        super().__init__(max_length=30, **options)
        self.year = year

    def clean(self, value: Any) -> Any:
        """The day; the sentence says why a text is none."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return typed.day_typed(text, self.year).day
        except DomainError as fault:
            raise forms.ValidationError(typed.why_not(fault)) from None

    def prepare_value(self, value: Any) -> Any:
        """2019-03-31 of a day; what was typed as it was."""
        return typed.show_day(value) if isinstance(value, date) else value

    def echo(self, text: str) -> Echo:
        """How a text is read."""
        return typed.echo_of_day(text, self.year)

    @property
    def echo_url(self) -> str:
        """Where the page asks how a day was read."""
        tail = "?" + urlencode({"_year": self.year}) if self.year else ""
        return reverse("core:echo", args=["day"]) + tail


def of_year(form: forms.Form, year: int) -> None:
    """Dates without a year that are typed into this form are of `year`, its list's."""
    for field in form.fields.values():
        if isinstance(field, DayField):
            field.year = year
