"""The form of a table that others published, and the words of its columns."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guatu.core.form_words import Form
from guatu.core.ui.numbers import UNIT_WORDS
from guatu.domain.money import MoneyUnit
from guatu.reporting.choices import Basis

MEASURES = [(unit.value, UNIT_WORDS[unit]) for unit in (MoneyUnit.YI, MoneyUnit.WAN)]
COLUMN_WORDS = {
    "place": _("地区代码"),
    "place_name": _("地区"),
    "source": _("来源"),
    "period": _("时期"),
    "published_on": _("公布日期"),
    "basis": _("口径"),
    "cut": _("分法"),
    "stated_in": _("出处"),
    "measure": _("金额单位"),
    "unit": _("单位"),
    "indicator": _("指标"),
    "value": _("数值"),
}


class PaperForm(Form):
    """A published table and what it does not say of itself."""

    place = forms.CharField(label=_("地区代码"), required=False, max_length=9, help_text=_("行政区划代码，如 433100"))
    place_name = forms.CharField(
        label=_("地区名称"), required=False, max_length=80, help_text=_("系统里没有这个地区时才填")
    )
    source = forms.CharField(
        label=_("来源"),
        required=False,
        max_length=160,
        help_text=_("谁公布的、什么标题；再次导入同一份材料时写法不要变"),
    )
    period = forms.CharField(
        label=_("时期"), required=False, max_length=11, help_text=_("全年写 2021；1—9月写 2021-09")
    )
    published_on = forms.CharField(label=_("公布日期"), required=False, max_length=10, help_text=_("如 2021-10-18"))
    basis = forms.ChoiceField(label=_("口径"), choices=Basis.choices, initial=Basis.DISPATCH)
    cut = forms.CharField(label=_("分法"), required=False, max_length=40, help_text=_("各行按什么分：隶属、类别、阶段"))
    stated_in = forms.CharField(
        label=_("出处"), required=False, max_length=20, help_text=_("正文或汇总表；两处都登记才能互相核对")
    )
    measure = forms.ChoiceField(
        label=_("金额单位"), choices=MEASURES, initial=MoneyUnit.YI.value, help_text=_("表头印了单位的，按表头")
    )
    file = forms.FileField(label=_("文件"), help_text=_("xlsx、xls、ods 或 csv"))
