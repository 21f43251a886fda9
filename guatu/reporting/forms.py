"""Forms of an import: which ledger of which list, and what its columns mean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit
from guatu.domain.periods import Period
from guatu.library.choices import Level
from guatu.library.models import ImportDraft
from guatu.library.queries.ledgers import ledger_fields
from guatu.people.choices import PostKind
from guatu.people.models import Post, Region
from guatu.people.policies import within
from guatu.people.queries import posts_in_force
from guatu.reporting.choices import Basis
from guatu.reporting.imports import PLAN, PROGRESS

KINDS = ((PLAN, _("年度计划表")), (PROGRESS, _("进度表（月报、周报）")))
UNITS = [("", _("按表中所印")), *((unit.value, unit.value) for unit in MoneyUnit)]
IGNORE = "ignore"


class UploadForm(forms.Form):
    """A file, and the list that it belongs to."""

    kind = forms.ChoiceField(label=_("表的种类"), choices=KINDS, initial=PLAN)
    year = forms.IntegerField(label=_("年度"), min_value=1990, max_value=2100)
    level = forms.ChoiceField(label=_("级别"), choices=Level.choices, initial=Level.DISTRICT)
    region = forms.ModelChoiceField(label=_("区划"), queryset=Region.objects.none(), empty_label=None)
    batch = forms.IntegerField(
        label=_("批次"), required=False, min_value=1, max_value=999, help_text=_("计划表：第几批印发；不填按文号认")
    )
    period = forms.CharField(
        label=_("期间"),
        required=False,
        max_length=12,
        help_text=_("进度表必填：2019-03、2019-W12、2019-03-09"),
    )
    basis = forms.ChoiceField(label=_("口径"), choices=Basis.choices, initial=Basis.DISPATCH)
    unit = forms.ChoiceField(label=_("金额单位"), choices=UNITS, required=False, help_text=_("表中没有印单位时才选"))
    file = forms.FileField(label=_("文件"), help_text=_("xlsx、xls、ods、csv，或带表格的 docx"))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        regions = Region.objects.filter(within(actor, "library.draft_import", "path", "")).order_by("path")
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["year"].initial = clock.today().year

    def clean_period(self) -> str:
        """The period's code in one form."""
        text = self.cleaned_data["period"].strip()
        if not text:
            return ""
        try:
            return Period.parse(text).code
        except DomainError:
            raise forms.ValidationError(_("看不懂这个期间。请写成 2019-03、2019-W12、2019-03-09 或 2019-Q1")) from None

    def clean(self) -> dict[str, Any]:
        """A progress sheet has a period of the list's year."""
        values = super().clean() or {}
        if values.get("kind") != PROGRESS or "period" not in values:
            return values
        if not values["period"]:
            self.add_error("period", _("进度表要写明期间"))
        elif values.get("year") and Period.parse(values["period"]).end.year != values["year"]:
            self.add_error("period", _("期间不在所选年度内"))
        return values


class ColumnsForm(forms.Form):
    """What each column means, the unit, and for a fall the reason and who approves it."""

    unit = forms.ChoiceField(label=_("金额单位"), choices=UNITS, required=False)
    reason = forms.CharField(label=_("累计减少的理由"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    approver = forms.ModelChoiceField(label=_("批准人"), required=False, queryset=Post.objects.none())
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: ImportDraft, **options: Any) -> None:
        super().__init__(*args, **options)
        self.draft = draft
        above = draft.region.path.strip("/").split("/")
        posts = posts_in_force().filter(kind__in=(PostKind.HEAD, PostKind.OFFICE_HEAD), region__code__in=above)
        self.fields["approver"].queryset = posts.order_by("order", "pk")  # type: ignore[attr-defined]  # as above
        self.initial = {
            "unit": draft.unit,
            "reason": draft.reason,
            "approver": draft.approver_id,
            "seen": draft.version,
        }
        self.columns: list[str] = []
        choices = [("", _("按识别结果")), (IGNORE, _("不导入")), *ledger_fields(draft.kind)]
        known = draft.mapping.get("columns", {})
        for number, heading in enumerate(dict.fromkeys(column["heading"] for column in columns_of(draft))):
            said = known.get(heading, "")
            name = f"column_{number}"
            self.columns.append(heading)
            self.fields[name] = forms.ChoiceField(label=heading, choices=choices, required=False)
            self.initial[name] = said.get("field", "") if isinstance(said, dict) else said

    def values(self) -> dict[str, Any]:
        """What was said, as a draft keeps it."""
        told = self.cleaned_data
        columns = {
            heading: told[f"column_{number}"] for number, heading in enumerate(self.columns) if told[f"column_{number}"]
        }
        mapping = {"columns": columns} if columns else {}
        return {
            "mapping": mapping,
            "unit": told["unit"],
            "reason": told["reason"].strip(),
            "approver": told["approver"],
        }


class UndoForm(forms.Form):
    """Why an import is taken back."""

    reason = forms.CharField(label=_("撤销的理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


def columns_of(draft: ImportDraft) -> list[dict[str, Any]]:
    """The columns of a draft's report."""
    columns: list[dict[str, Any]] = (draft.report or {}).get("answer", {}).get("columns", [])
    return columns
