"""Forms of a project's own closures."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guatu.core.form_words import Form
from guatu.core.inputs import DayField
from guatu.people.choices import ClosureKind


class ClosureForm(Form):
    """Days on which this project does no work."""

    words = forms.CharField(label=_("停工原因"), max_length=80, help_text=_("如 汛期基坑停工、文物勘探停工"))
    kind = forms.ChoiceField(label=_("类别"), choices=ClosureKind.choices)
    starts_on = DayField(label=_("自"))
    ends_on = DayField(label=_("至（含当日）"))
    repeats = forms.ChoiceField(label=_("重复"), choices=[("once", _("只这一次")), ("yearly", _("每年都停"))])
    document = forms.CharField(label=_("依据文件"), max_length=160)


class WithdrawForm(Form):
    """When a closure ends, and why."""

    on = DayField(label=_("最后停工日"), help_text=_("登记错了、还没停的，填停工开始日的前一天"))
    reason = forms.CharField(label=_("理由"), max_length=200)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
