"""Forms of evidence: handing in several files, withdrawing one, answering a finding, a rule."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.form_words import Form
from guatu.core.inputs import DayField
from guatu.domain.evidence import FIGURES, PHOTOS_MOST
from guatu.library.choices import Stage
from guatu.plans.models import Node
from guatu.reporting.choices import EvidenceKind, FindingState
from guatu.reporting.evidence.ready import FIGURE_WORDS

FILES_MOST = 20
ACCEPT = ".jpg,.jpeg,.png,.pdf,image/jpeg,image/png,application/pdf"


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files of one input, 1 to FILES_MOST."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The uploads in order."""
        listed = list(data) if isinstance(data, list | tuple) else [data] if data else []
        if not listed:
            return super().clean(None, initial)
        if len(listed) > FILES_MOST:
            raise forms.ValidationError(_("一次最多传 %(n)d 个文件，请分几次传。") % {"n": FILES_MOST})
        return [super(FilesField, self).clean(one, initial) for one in listed]


class HandInForm(Form):
    """Photos or papers of a project."""

    pieces = FilesField(label=_("照片或材料"), widget=_Files({"multiple": True, "accept": ACCEPT}))
    kind = forms.ChoiceField(label=_("种类"), choices=EvidenceKind.choices, initial=EvidenceKind.PHOTO)
    node = forms.ModelChoiceField(
        label=_("对应节点"), queryset=Node.objects.none(), to_field_name="public_id", required=False
    )
    number = forms.CharField(
        label=_("证号或凭证号"), max_length=80, required=False, help_text=_("许可证件、付款凭证填写；照片不填")
    )
    caption = forms.CharField(label=_("说明"), max_length=160, required=False, help_text=_("如 主体结构六层封顶"))
    on = DayField(label=_("反映哪一天"), required=False, help_text=_("不填时按照片记录的拍摄日，没有记录的按今天"))

    def __init__(self, *args: Any, nodes: QuerySet[Node], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["node"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = nodes
        field.empty_label = str(_("没有对应节点"))

    def clean_on(self) -> date | None:
        """Of which day the pieces speak: not of one to come."""
        on: date | None = self.cleaned_data["on"]
        if on is not None and on > clock.today():
            raise forms.ValidationError(_("不能晚于今天。"))
        return on


class WithdrawForm(Form):
    """Why a piece is withdrawn."""

    reason = forms.CharField(label=_("撤下原因"), max_length=200, help_text=_("如 传错了项目、照片重复"))
    seen = forms.IntegerField(widget=forms.HiddenInput)


class FindingForm(Form):
    """How a finding is closed."""

    state = forms.ChoiceField(
        label=_("办结为"),
        choices=[(one.value, one.label) for one in (FindingState.EXPLAINED, FindingState.CORRECTED)],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("核实情况"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("如 同一机位按月拍摄；或 已换传当日照片"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


_STAGES = [(one.value, one.label) for one in (Stage.PRELIMINARY, Stage.STARTED, Stage.COMPLETED, Stage.IN_PRODUCTION)]


class RuleForm(Form):
    """What counts as evidence, of nodes or of a figure."""

    name = forms.CharField(label=_("名称"), max_length=80)
    names = forms.CharField(
        label=_("节点名称含有"), max_length=200, required=False, help_text=_("几个词用顿号隔开，如 封顶、通车")
    )
    opens = forms.MultipleChoiceField(
        label=_("或节点开始后项目进入"), choices=_STAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    closes = forms.MultipleChoiceField(
        label=_("或节点完成后项目达到"), choices=_STAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    figure = forms.ChoiceField(
        label=_("或对数据"),
        choices=[("", _("不对数据")), *((one, FIGURE_WORDS[one]) for one in FIGURES)],
        required=False,
    )
    kinds = forms.MultipleChoiceField(
        label=_("要哪些材料（有其一即可）"), choices=EvidenceKind.choices, widget=forms.CheckboxSelectMultiple
    )
    count = forms.IntegerField(label=_("几件"), min_value=1, max_value=PHOTOS_MOST, initial=1)
    numbered = forms.BooleanField(label=_("要填证号或凭证号"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def data_of(self) -> dict[str, Any]:
        """The rule as it is stored."""
        told = self.cleaned_data
        names = [
            word.strip() for word in told["names"].replace("，", "、").replace(",", "、").split("、") if word.strip()
        ]
        data = {"names": names, "opens": told["opens"], "closes": told["closes"], "figure": told["figure"]}
        kept = {name: value for name, value in data.items() if value}
        return kept | {"kinds": told["kinds"], "count": told["count"], "numbered": told["numbered"]}


def words_of_rule(data: dict[str, Any]) -> tuple[str, str]:
    """To what a rule applies and what it asks for, in words."""
    if data.get("figure"):
        to = str(FIGURE_WORDS[data["figure"]])
    else:
        stages = [str(Stage(code).label) for code in dict.fromkeys([*data.get("opens", []), *data.get("closes", [])])]
        parts = [str(_("名称含“{words}”的节点")).format(words="、".join(data["names"]))] if data.get("names") else []
        parts += [str(_("进入“{stages}”的节点")).format(stages="、".join(stages))] if stages else []
        to = str(_("或")).join(parts)
    kinds = str(_("或")).join(str(EvidenceKind(kind).label) for kind in data["kinds"])
    asked = str(_("{kinds} {n} 件")).format(kinds=kinds, n=data.get("count", 1))
    return to, asked + (str(_("，填号码")) if data.get("numbered") else "")
