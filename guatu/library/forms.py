"""Forms of the library: they read what people type (1.2亿, 3月底, 下周五) and check shapes; actions decide."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.form_words import Form
from guatu.core.inputs import AmountField, DayField
from guatu.library.choices import InvestorKind, Level, Nature, Role, Secrecy, Stage, StartBase, TimeBasis
from guatu.library.models import Project, StageChange
from guatu.people.models import Post, Region, Unit
from guatu.people.policies import visible_posts, visible_regions, visible_units


def or_none(choices: Sequence[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Choices with "no figure" before them."""
    return [("", "—"), *choices]


class _Seen(Form):
    """`seen` is the version of the row that the person saw."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class DetailsForm(_Seen):
    """What people say of a project, its counted attributes apart."""

    name = forms.CharField(label=_("项目名称"), max_length=160)
    code = forms.CharField(
        label=_("国家代码"), max_length=40, required=False, help_text=_("如 2019-410303-48-01-100371")
    )
    scale = forms.CharField(label=_("建设规模"), required=False)
    content = forms.CharField(label=_("建设内容"), required=False, widget=forms.Textarea({"rows": 3}))
    address = forms.CharField(label=_("建设地点"), max_length=200, required=False)
    longitude = forms.DecimalField(label=_("经度"), required=False, min_value=73, max_value=136, decimal_places=7)
    latitude = forms.DecimalField(label=_("纬度"), required=False, min_value=3, max_value=54, decimal_places=7)
    years = forms.CharField(label=_("起止年限"), max_length=40, required=False)
    owner_name = forms.CharField(label=_("项目业主"), max_length=120, required=False)
    owner_credit_code = forms.CharField(label=_("统一社会信用代码"), max_length=18, required=False)
    contact = forms.CharField(label=_("联系人"), max_length=60, required=False)
    contact_phone = forms.CharField(label=_("联系电话"), max_length=30, required=False)
    funding = forms.CharField(label=_("资金来源"), max_length=200, required=False)
    land_mu = forms.DecimalField(label=_("用地（亩）"), required=False, min_value=0, max_digits=10, decimal_places=2)
    intensity_per_mu = AmountField(label=_("亩均投资强度"))
    tax_per_mu = AmountField(label=_("亩均税收"))
    jobs = forms.IntegerField(label=_("新增就业（人）"), required=False, min_value=0)
    secrecy = forms.ChoiceField(label=_("敏感程度"), choices=Secrecy.choices, help_text=_("涉密项目不得录入"))
    promoted = forms.BooleanField(label=_("招商引资或社会资本项目"), required=False)
    plan_document = forms.CharField(label=_("推进方案"), max_length=160, required=False)
    remark = forms.CharField(label=_("备注"), required=False, widget=forms.Textarea({"rows": 2}))

    def initial_of(self, project: Project) -> dict[str, Any]:
        """What the form shows of a project."""
        return {name: getattr(project, name) for name in self.fields if name != "seen"} | {"seen": project.version}


class RegisterForm(DetailsForm):
    """A new project: its details, its counted attributes and the stage it stands in."""

    region = forms.ModelChoiceField(Region.objects.none(), label=_("属地"), to_field_name="code")
    total_investment = AmountField(label=_("总投资"))
    industry = forms.CharField(label=_("行业代码（GB/T 4754）"), max_length=10, required=False)
    nature = forms.ChoiceField(label=_("建设性质"), choices=or_none(Nature.choices), required=False)
    investor = forms.ChoiceField(label=_("投资主体"), choices=or_none(InvestorKind.choices), required=False)
    stage = forms.ChoiceField(
        label=_("现阶段"), choices=[pair for pair in Stage.choices if pair[0] not in (Stage.SUSPENDED, Stage.EXITED)]
    )
    stage_on = DayField(label=_("进入现阶段的日期"), required=False)

    field_order = ("name", "region", "total_investment", "stage", "stage_on", "code", "scale", "content")

    def __init__(self, *args: Any, actor: Actor, **words: Any) -> None:
        super().__init__(*args, **words)
        regions = visible_regions(actor).filter(path__startswith=actor.region_path)
        self.fields["region"].queryset = regions.order_by("path")  # type: ignore[attr-defined]  # a model choice


class ProfileForm(_Seen):
    """Counted attributes from a day on."""

    on = DayField(label=_("从哪天起"))
    total_investment = AmountField(label=_("总投资"))
    industry = forms.CharField(label=_("行业代码（GB/T 4754）"), max_length=10, required=False)
    nature = forms.ChoiceField(label=_("建设性质"), choices=or_none(Nature.choices), required=False)
    investor = forms.ChoiceField(label=_("投资主体"), choices=or_none(InvestorKind.choices), required=False)
    reason = forms.CharField(label=_("理由"), required=False)


class StageForm(_Seen):
    """A step: the stage, the day, and who let it pass where the gate is not met."""

    stage = forms.ChoiceField(label=_("变更为"), choices=Stage.choices)
    on = DayField(label=_("实际日期"))
    document = forms.CharField(label=_("依据文件"), max_length=160, required=False)
    reason = forms.CharField(label=_("理由"), required=False, help_text=_("更正日期、停缓建、条件不满足而放行时必填"))
    approver = forms.ModelChoiceField(
        Post.objects.none(), label=_("放行批准人"), required=False, to_field_name="public_id"
    )

    def __init__(self, *args: Any, actor: Actor, stages: Mapping[str, Any], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["stage"].choices = list(stages.items())  # type: ignore[attr-defined]  # a choice field
        posts = visible_posts(actor).filter(kind__in=("head", "office_head"))
        self.fields["approver"].queryset = posts  # type: ignore[attr-defined]  # a model choice


class WithdrawStageForm(_Seen):
    """Which step was recorded in error; the one that a project was registered with stays."""

    step = forms.ModelChoiceField(StageChange.objects.none(), label=_("误登的阶段"))
    reason = forms.CharField(label=_("理由"), help_text=_("已锁定期间的数据不变，撤销从下一个未锁定的日期起生效"))

    def __init__(self, *args: Any, steps: Sequence[StageChange], **words: Any) -> None:
        super().__init__(*args, **words)
        field = self.fields["step"]
        field.queryset = StageChange.objects.filter(pk__in=[step.pk for step in steps[1:]])  # type: ignore[attr-defined]  # a model choice
        field.choices = [(step.pk, f"{step.effective_on} {step.get_stage_display()}") for step in reversed(steps[1:])]  # type: ignore[attr-defined]  # a model choice


class AssignForm(_Seen):
    """Who answers in a role from a day on."""

    role = forms.ChoiceField(label=_("分工"), choices=Role.choices)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("单位"), required=False, to_field_name="public_id")
    post = forms.ModelChoiceField(Post.objects.none(), label=_("责任人"), required=False, to_field_name="public_id")
    on = DayField(label=_("从哪天起"))
    document = forms.CharField(label=_("依据文件"), max_length=160, required=False)

    def __init__(self, *args: Any, actor: Actor, **words: Any) -> None:
        super().__init__(*args, **words)
        units, posts = self.fields["unit"], self.fields["post"]
        units.queryset = visible_units(actor).order_by("name")  # type: ignore[attr-defined]  # a model choice
        posts.queryset = visible_posts(actor).order_by("order")  # type: ignore[attr-defined]  # a model choice


class ListForm(Form):
    """A new list."""

    level = forms.ChoiceField(label=_("级别"), choices=Level.choices, initial=Level.DISTRICT)
    region = forms.ModelChoiceField(Region.objects.none(), label=_("区划"), to_field_name="code")
    year = forms.IntegerField(label=_("年度"), min_value=1990, max_value=2100)
    name = forms.CharField(label=_("名称"), max_length=120, required=False, help_text=_("不填则按区划、年度和级别命名"))

    def __init__(self, *args: Any, actor: Actor, **words: Any) -> None:
        super().__init__(*args, **words)
        regions = visible_regions(actor).filter(path__startswith=actor.region_path)
        self.fields["region"].queryset = regions.order_by("path")  # type: ignore[attr-defined]  # a model choice


class ListSettingsForm(_Seen):
    """How a list's figures are counted and printed."""

    name = forms.CharField(label=_("名称"), max_length=120)
    start_base = forms.ChoiceField(label=_("开工率的分母"), choices=StartBase.choices)
    time_basis = forms.ChoiceField(label=_("序时进度"), choices=TimeBasis.choices)
    decimals = forms.TypedChoiceField(label=_("百分数小数位"), coerce=int, choices=[(n, str(n)) for n in (0, 1, 2)])
    cut_off_day = forms.TypedChoiceField(
        label=_("数据截止日"), coerce=int, choices=[(0, _("月末")), *((n, _("每月 %d 日") % n) for n in range(1, 29))]
    )
    kinds_exclusive = forms.BooleanField(label=_("类型互不重叠（计划竣工单列一类）"), required=False)
    counts_preliminary_cost = forms.BooleanField(label=_("前期费用计入完成投资"), required=False)


class BatchForm(Form):
    """An issue of a list."""

    number = forms.IntegerField(label=_("批次"), min_value=1, max_value=99)
    document_number = forms.CharField(label=_("文号"), max_length=80)
    issued_on = DayField(label=_("印发日期"))


class CheckPointForm(Form):
    """A named date of a list."""

    name = forms.CharField(label=_("名称"), max_length=40, help_text=_("如 双过半、国庆前"))
    on = DayField(label=_("日期"))


class CloseForm(Form):
    """The day to which figures are locked."""

    until = DayField(label=_("锁定到哪天"), help_text=_("锁定后，这天以前的数据不再变动；以后的更正记入下一期"))
    reason = forms.CharField(label=_("先行锁定的理由"), required=False, max_length=300, help_text=_("还有没办完的才填"))


class ReopenForm(Form):
    """Why a closed period is to be opened again."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("申请解锁的理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ApproveForm(Form):
    """What is approved, under the version that was seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
