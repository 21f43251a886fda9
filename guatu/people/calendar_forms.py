"""Forms of the work calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.inputs import DayField, of_year
from guatu.core.refusals import Refusal
from guatu.people import policies
from guatu.people.choices import ClosureKind
from guatu.people.forms import DeedForm
from guatu.people.models import Region
from guatu.people.notice import read_notice
from guatu.people.sittings import read_sitting


class NoticeForm(DeedForm):
    """A year's days off as the notice prints them, and its number."""

    text = forms.CharField(
        label=_("放假安排"),
        max_length=6000,
        help_text=_("可整篇粘贴通知原文；一个节日一行，写明哪几天放假、哪几天上班。周末照常休息的不必写。"),
        widget=forms.Textarea({"rows": 9, "autocomplete": "off"}),
    )
    document = forms.CharField(label=_("通知文号"), max_length=160, help_text=_("如 国办发明电〔2025〕7号"))

    def __init__(self, data: Any = None, *, year: int, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.year = year

    def clean_text(self) -> Any:
        """The festivals that were read."""
        return _read(lambda: read_notice(self.cleaned_data["text"], self.year))


class RegionForm(DeedForm):
    """A form about one of the regions in which the post may do `right`."""

    right = ""
    year = 0

    def narrow(self, actor: Actor, row: Any) -> None:
        """Only those regions; a date without a year is of the page's year."""
        regions = policies.visible_regions(actor).filter(policies.within(actor, self.right, "path", ""))
        field = self.fields["region"]
        field.queryset = regions.order_by("path")  # type: ignore[attr-defined]  # a model choice
        field.initial = regions.filter(path=actor.region_path).first()
        if isinstance(row, int):
            of_year(self, row)

    def start(self, row: Any) -> dict[str, Any]:
        return {}


class ChangeDayForm(RegionForm):
    """Whether one day is worked."""

    right = "people.change_calendar_day"
    day = DayField(label=_("日期"))
    works = forms.ChoiceField(label=_("这一天"), choices=[("off", _("休息")), ("work", _("上班"))])
    name = forms.CharField(label=_("节日名称"), max_length=40, required=False)
    region = forms.ModelChoiceField(
        label=_("适用范围"), queryset=Region.objects.none(), required=False, empty_label=_("全国")
    )
    document = forms.CharField(label=_("依据文件"), max_length=160)

    def narrow(self, actor: Actor, row: Any) -> None:
        super().narrow(actor, row)
        if not policies.can_on_calendar(actor, self.right, None).allowed:
            self.fields["region"].required = True
            self.fields["region"].empty_label = None  # type: ignore[attr-defined]  # a model choice
        else:
            self.fields["region"].initial = None


class AddClosureForm(RegionForm):
    """Days without work."""

    right = "people.add_closure"
    words = forms.CharField(label=_("停工名称"), max_length=80, help_text=_("如 采暖期土石方停工、牡丹文化节停工"))
    kind = forms.ChoiceField(label=_("类别"), choices=ClosureKind.choices)
    starts_on = DayField(label=_("自"))
    ends_on = DayField(label=_("至（含当日）"), help_text=_("跨年的请写明年份，如 2027-03-15"))
    repeats = forms.ChoiceField(label=_("重复"), choices=[("once", _("只这一次")), ("yearly", _("每年都停"))])
    region = forms.ModelChoiceField(label=_("区划"), queryset=Region.objects.none(), empty_label=None)
    reach = forms.ChoiceField(label=_("范围"), choices=[("lower", _("本区划及下级")), ("own", _("仅本级"))])
    document = forms.CharField(label=_("依据文件"), max_length=160)


class AddSittingForm(RegionForm):
    """When a body sits."""

    right = "people.add_sitting"
    name = forms.CharField(label=_("会议或机构"), max_length=60, help_text=_("如 区政府常务会、规委会"))
    days = forms.CharField(label=_("会期"), max_length=60, help_text=_("可写 每周三、每月第2、4周周四"))
    region = forms.ModelChoiceField(label=_("区划"), queryset=Region.objects.none(), empty_label=None)
    document = forms.CharField(label=_("依据文件"), max_length=160, required=False)

    def clean_days(self) -> Any:
        """(weekdays, weeks)."""
        return _read(lambda: read_sitting(self.cleaned_data["days"]))


def _read(read: Any) -> Any:
    try:
        return read()
    except Refusal as refusal:
        raise forms.ValidationError(str(refusal)) from None
