"""The forms of a watch: what is ordered, and how it ends."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guatu.core.form_words import Form
from guatu.core.inputs import DayField
from guatu.domain.rhythm import LATE_DEFAULT, Asks
from guatu.domain.watch import MOST_FIELDS, Field, read_fields
from guatu.library.choices import EntryKind
from guatu.library.models import AnnualList
from guatu.people.models import Region
from guatu.reporting.actions.watches import WatchOrder
from guatu.reporting.models import Campaign
from guatu.reporting.queries.ready_sheets import READY, SORTS, sort_of
from guatu.reporting.queries.watches import rhythm_of

_NONE: Final = ("", "—")


class WatchForm(Form):
    """What an office orders. The sheet's columns are up to six lines of name, measure and kind."""

    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("如 2020年开复工日调度"))
    document = forms.CharField(
        label=_("依据文件"), max_length=160, required=False, help_text=_("部署这次日调度的文件或会议")
    )
    starts_on = DayField(label=_("开始"))
    ends_on = DayField(label=_("结束（含当日）"), help_text=_("必填；到期自动停止，不再要求填报"))
    region = forms.ModelChoiceField(Region.objects.none(), label=_("范围"), to_field_name="code", empty_label=None)
    annual_list = forms.ModelChoiceField(
        AnnualList.objects.none(),
        label=_("名单"),
        to_field_name="public_id",
        required=False,
        empty_label=_("范围内当年各名单"),
    )
    kinds = forms.MultipleChoiceField(
        label=_("填报的项目"),
        choices=EntryKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选就是全部；已竣工的不用填"),
    )
    at = forms.TimeField(label=_("每日报送时限"), input_formats=["%H:%M"], help_text=_("如 17:00；休息日照常"))

    late = forms.IntegerField(
        label=_("迟报最晚到"),
        min_value=0,
        max_value=10,
        required=False,
        help_text=_("当天之后第几个工作日的同一时刻，标明“迟报”；0 为只能当天报，不填按 1"),
    )

    def __init__(self, *args: Any, regions: Any, lists: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]  # a choice of rows has one
        self.fields["annual_list"].queryset = lists  # type: ignore[attr-defined]  # as above
        sorts = [_NONE, *((code, words) for code, (words, _data) in SORTS.items())]
        for number in range(1, MOST_FIELDS + 1):
            self.fields[f"code{number}"] = forms.CharField(
                required=False, max_length=40, widget=forms.HiddenInput, label=_("代码")
            )
            self.fields[f"field{number}"] = forms.CharField(required=False, max_length=12, label=_("栏目名称"))
            self.fields[f"measure{number}"] = forms.CharField(required=False, max_length=8, label=_("单位"))
            self.fields[f"sort{number}"] = forms.ChoiceField(required=False, choices=sorts, label=_("怎样填、怎样汇总"))

    @property
    def columns(self) -> list[tuple[int, Any, Any, Any, Any]]:
        """The bound fields of the sheet's columns, a line each."""
        names = ("code", "field", "measure", "sort")
        return [(number, *(self[f"{name}{number}"] for name in names)) for number in range(1, MOST_FIELDS + 1)]  # type: ignore[misc]  # four of them

    @property
    def plain(self) -> list[Any]:
        """The other fields, for the grid above."""
        own = ("name", "document", "starts_on", "ends_on", "region", "annual_list", "at", "late")
        return [self[name] for name in own]

    def clean(self) -> dict[str, Any]:
        """A column has a name and a kind, or neither."""
        values = super().clean() or self.cleaned_data
        if not any(values.get(f"field{number}") for number in range(1, MOST_FIELDS + 1)):
            self.add_error(None, _("请至少写一个栏目。"))
        for number in range(1, MOST_FIELDS + 1):
            named, sort = values.get(f"field{number}"), values.get(f"sort{number}")
            if named and not sort:
                self.add_error(f"sort{number}", _("请选怎样填。"))
            if sort and not named:
                self.add_error(f"field{number}", _("请写栏目名称。"))
        return values

    def order(self) -> WatchOrder:
        """What a valid form orders."""
        values = self.cleaned_data
        return WatchOrder(
            name=values["name"],
            document=values["document"],
            starts_on=values["starts_on"],
            ends_on=values["ends_on"],
            fields=self._sheet(),
            annual_list=values["annual_list"],
            asks=Asks(kinds=frozenset(values["kinds"])),
            at=f"{values['at']:%H:%M}",
            late=LATE_DEFAULT if values["late"] is None else values["late"],
        )

    def _sheet(self) -> list[dict[str, Any]]:
        values, found = self.cleaned_data, []
        kept = {values[f"code{number}"] for number in range(1, MOST_FIELDS + 1)}
        for number in range(1, MOST_FIELDS + 1):
            if not values[f"field{number}"]:
                continue
            _words, data = SORTS[values[f"sort{number}"]]
            fresh = next(code for place in range(number, 100) if (code := f"f{place}") not in kept)
            code = values[f"code{number}"] or fresh
            kept.add(code)
            found.append(
                {"code": code, "name": values[f"field{number}"], "measure": values[f"measure{number}"], **data}
            )
        return found


def initial_of(campaign: Campaign) -> dict[str, Any]:
    """What a watch orders, as the form shows it."""
    rhythm = rhythm_of(campaign)
    return {
        "name": campaign.name,
        "document": campaign.document,
        "starts_on": campaign.starts_on,
        "ends_on": campaign.ends_on,
        "region": campaign.region.code,
        "annual_list": campaign.annual_list and campaign.annual_list.public_id,
        "kinds": sorted(rhythm.asks.kinds) if rhythm is not None else [],
        "at": f"{rhythm.due.at:%H:%M}" if rhythm is not None else "17:00",
        "late": rhythm.late if rhythm is not None else LATE_DEFAULT,
        **fields_initial(read_fields(campaign.fields)),
    }


def ready_initial(code: str) -> dict[str, Any]:
    """A ready form, as the form shows it; the first one where there is none of that code."""
    ready = READY.get(code) or next(iter(READY.values()))
    return {
        "name": ready.words,
        "at": "17:00",
        "late": LATE_DEFAULT,
        "kinds": list(ready.kinds),
        **fields_initial(ready.fields),
    }


def fields_initial(fields: tuple[Field, ...]) -> dict[str, Any]:
    """The columns of a sheet, as the form shows them."""
    found: dict[str, Any] = {}
    for number, field in enumerate(fields, start=1):
        found |= {
            f"code{number}": field.code,
            f"field{number}": field.name,
            f"measure{number}": field.measure,
            f"sort{number}": sort_of(field),
        }
    return found


class EndForm(Form):
    """When a watch ends early, and why."""

    on = DayField(label=_("最后一天"), help_text=_("这一天及以前的填报都保留"))
    reason = forms.CharField(label=_("理由"), max_length=200)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(Form):
    """Why a watch is withdrawn."""

    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("部署错了、还没有单位填报的才能撤销"))
    seen = forms.IntegerField(widget=forms.HiddenInput)
