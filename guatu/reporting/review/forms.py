"""Forms of the review: a return with its reason, a correction of a locked period."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.form_words import Form
from guatu.core.inputs import AmountField
from guatu.core.kinds import NAMES
from guatu.core.settings import declare_setting, setting

READY_REASONS = "reporting.return_reasons"
declare_setting(
    READY_REASONS,
    gettext_lazy("退回填报的常用原因"),
    [
        "数额与上期相比变化过大，请核对单位",
        "形象进度文字与投资不符",
        "存在问题没有写清楚",
        "没有按节点填写",
        "缺少佐证材料",
    ],
    kind=NAMES,
    per_region=True,
    help=gettext_lazy("退回时可以直接选用，也可以另写；各条用顿号或换行分开"),
)


class ReturnForm(Form):
    """Why a report is returned: a ready reason, words of one's own, or both."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    ready = forms.MultipleChoiceField(
        label=gettext_lazy("常用原因"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=gettext_lazy("原因"), required=False, max_length=400, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, region_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ready"].choices = [(one, one) for one in setting(READY_REASONS, region_id)]  # type: ignore[attr-defined]  # a choice

    def whole(self) -> str:
        """The reason as it is kept."""
        parts = [*self.cleaned_data["ready"], self.cleaned_data["reason"].strip()]
        return "；".join(part for part in parts if part)


class CorrectionForm(Form):
    """What should have stood in a locked period."""

    ytd = AmountField(label=gettext_lazy("截至当期的本年完成投资应为"))
    percent = forms.CharField(
        label=gettext_lazy("形象进度应为（%）"), required=False, max_length=8, help_text=gettext_lazy("没有错的留空")
    )
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200)

    onward = forms.ChoiceField(
        label=gettext_lazy("其后已锁定的各期"),
        required=False,
        choices=[
            ("move", gettext_lazy("一并更正：本年完成各加减同一差额")),
            ("stay", gettext_lazy("不动：只更正这一期")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, later: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not later:
            del self.fields["onward"]

    def clean(self) -> dict[str, Any]:
        """`onward` as yes or no: whoever corrects a sum says what becomes of the later locked ones."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if "onward" in self.fields and told.get("ytd") is not None and not told.get("onward"):
            self.add_error("onward", _("请选定其后各期动不动：不动，各月相加就对不上。"))
        told["onward"] = told.get("onward") == "move"
        return told

    def clean_percent(self) -> int | None:
        """Hundredths of a per cent."""
        text = str(self.cleaned_data["percent"]).strip().removesuffix("%").removesuffix("％")
        if not text:
            return None
        try:
            value = Decimal(text)
        except InvalidOperation:
            raise forms.ValidationError(_("请填 0 至 100 的数，如 42.5。")) from None
        if not value.is_finite() or not 0 <= value <= 100:
            raise forms.ValidationError(_("请填 0 至 100 的数，如 42.5。"))
        return int(value * 100)
