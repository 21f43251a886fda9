"""Forms of one thing: what a draft begins with, what happened to a node, households, a template."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guatu.core.form_words import Form
from guatu.core.inputs import DayField


class BeginForm(Form):
    """What a draft begins with, and its deadline."""

    deadline = DayField(label=_("完成期限"), required=False)


class NodeForm(Form):
    """What happened to a node, what is expected, and how much of its quantity is done."""

    actual_start = DayField(label=_("实际开始"), required=False)
    actual_finish = DayField(label=_("实际完成"), required=False)
    forecast_start = DayField(label=_("预计开始"), required=False)
    forecast_finish = DayField(label=_("预计完成"), required=False)
    done = forms.DecimalField(label=_("累计完成量"), required=False, min_value=0, max_digits=14, decimal_places=2)
    reason = forms.CharField(label=_("理由"), required=False, max_length=200, help_text=_("更正或收回已填的内容时必填"))
    seen_actual = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen_forecast = forms.IntegerField(required=False, widget=forms.HiddenInput)


class TemplateForm(Form):
    """A region's own template from this plan."""

    name = forms.CharField(label=_("模板名称"), max_length=80)
    words = forms.CharField(label=_("适用情况"), required=False, widget=forms.Textarea({"rows": 2}))


class ItemsForm(Form):
    """Households or structures, one a line, as typed or pasted from a sheet."""

    place = forms.CharField(
        label=_("社区、村"), max_length=60, required=False, help_text=_("名单里没写社区的，都记在这里")
    )
    lines = forms.CharField(
        label=_("户（件）名单"),
        max_length=60_000,  # a thousand and more at once
        widget=forms.Textarea({"rows": 8}),
        help_text=_("一行一户：名称，或 编号，名称，或 社区，编号，名称，数量。可从表格直接粘贴"),
    )
