"""Forms of an import: which ledger of which list, and what its columns mean."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.form_words import Form
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit
from guatu.domain.periods import Period
from guatu.library.choices import Level
from guatu.library.models import ImportDraft
from guatu.library.queries.ledgers import ledger_fields, ledger_groups
from guatu.people.models import Post, Region
from guatu.people.policies import within
from guatu.reporting.choices import Basis
from guatu.reporting.imports import PLAN, PROGRESS
from guatu.reporting.policies import approvers_of_fall

KINDS = ((PLAN, _("年度计划表")), (PROGRESS, _("进度表（月报、周报）")))
UNITS = [("", _("按表中所印")), *((unit.value, unit.value) for unit in MoneyUnit)]
IGNORE = "ignore"
_CHINESE_MONTH = re.compile(r"^(\d{4})年(\d{1,2})月份?$")
_ONE_DIGIT = re.compile(r"\d{4}-\d")


class UploadForm(Form):
    """A file, and the list that it belongs to."""

    kind = forms.ChoiceField(label=_("这是什么表"), choices=KINDS, initial=PLAN, widget=forms.RadioSelect)
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
        help_text=_("进度表必填：2019年3月、2019-03-09（到哪一天）、2019-W12（第 12 周）"),
    )
    basis = forms.ChoiceField(label=_("口径"), choices=Basis.choices, initial=Basis.DISPATCH)
    unit = forms.ChoiceField(label=_("金额单位"), choices=UNITS, required=False, help_text=_("表中没有印单位时才选"))
    file = forms.FileField(label=_("文件"), help_text=_("xlsx、xls、ods、csv，或带表格的 docx"))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        regions = Region.objects.filter(within(actor, "library.draft_import", "path", "")).order_by("path")
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]  # a ModelChoiceField
        self.initial = {"year": clock.today().year, **self.initial}

    def clean_period(self) -> str:
        """The period's code in one form."""
        text = _CHINESE_MONTH.sub(r"\1-\2", self.cleaned_data["period"].strip())
        text = f"{text[:5]}0{text[5:]}" if _ONE_DIGIT.fullmatch(text) else text
        if not text:
            return ""
        try:
            return Period.parse(text).code
        except DomainError:
            raise forms.ValidationError(
                _("看不懂这个期间。请写成 2019年3月、2019-03-09、2019-W12（第 12 周）或 2019-Q1（一季度）")
            ) from None

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


class ColumnsForm(Form):
    """What each column means, the unit, and for a fall the reason and who approves it."""

    unit = forms.ChoiceField(
        label=_("全表金额单位"), choices=UNITS, required=False, help_text=_("没有印单位的金额按此读")
    )
    reason = forms.CharField(label=_("累计减少的理由"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    approver = forms.ModelChoiceField(label=_("批准人"), required=False, queryset=Post.objects.none())
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: ImportDraft, **options: Any) -> None:
        super().__init__(*args, **options)
        self.draft = draft
        self.fields["approver"].queryset = approvers_of_fall(draft.region)  # type: ignore[attr-defined]  # as above
        self.initial = {
            "unit": draft.unit,
            "reason": draft.reason,
            "approver": draft.approver_id,
            "seen": draft.version,
        }
        self.columns: list[str] = []
        self.known: dict[str, Any] = draft.mapping.get("columns", {})
        self.read: dict[str, str] = {}
        groups, words = ledger_groups(draft.kind), dict(ledger_fields(draft.kind))
        facts = (draft.report or {}).get("columns") or []
        for place, column in enumerate(columns_of(draft)):
            if column["heading"] not in self.read:
                likely = facts[place].get("alternatives", []) if place < len(facts) else []
                self._add(column, [(code, words[code]) for code in likely if code in words], groups)

    def _add(self, column: dict[str, Any], likely: list[tuple[str, str]], groups: list[Any]) -> None:
        """The two choices of one heading: what it is, and the unit of its amounts."""
        heading, number = column["heading"], len(self.columns)
        said = self.known.get(heading, "")
        said = said if isinstance(said, dict) else {"field": said}
        choices: list[Any] = [("", _("按识别结果")), (IGNORE, _("不导入"))]
        choices += [(str(_("可能是")), likely)] if likely else []
        self.columns.append(heading)
        self.read[heading] = column["field"] or ""
        self.fields[f"column_{number}"] = forms.ChoiceField(label=heading, choices=[*choices, *groups], required=False)
        self.fields[f"unit_{number}"] = forms.ChoiceField(label=heading, choices=UNITS, required=False)
        self.initial[f"column_{number}"] = said.get("field", "")
        self.initial[f"unit_{number}"] = said.get("unit", "")

    def _said(self, number: int, heading: str) -> Any:
        """What is said of one heading now: a field, or a field with its unit and what a map said beside; None: nothing.

        A unit alone is said of the field that the column was read as.
        """
        field, unit = self.cleaned_data[f"column_{number}"], self.cleaned_data[f"unit_{number}"]
        field = field or (self.read[heading] if unit else "")
        before = self.known.get(heading)
        before = before if isinstance(before, dict) else {}
        more = {name: value for name, value in before.items() if name not in ("field", "unit")}
        if not field:
            return None
        if field == IGNORE or not (unit or more):
            return field
        return {"field": field, **({"unit": unit} if unit else {}), **more}

    def values(self) -> dict[str, Any]:
        """What was said, as a draft keeps it; what a map said beside the columns stays."""
        told = self.cleaned_data
        said = {heading: self._said(number, heading) for number, heading in enumerate(self.columns)}
        columns = {heading: entry for heading, entry in said.items() if entry is not None}
        rest = {name: value for name, value in self.draft.mapping.items() if name != "columns" and value}
        mapping = {**rest, "columns": columns} if columns or rest else {}
        return {
            "mapping": mapping,
            "unit": told["unit"],
            "reason": told["reason"].strip(),
            "approver": told["approver"],
        }


class UndoForm(Form):
    """Why an import is taken back."""

    reason = forms.CharField(label=_("撤销的理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


def columns_of(draft: ImportDraft) -> list[dict[str, Any]]:
    """The columns of a draft's report."""
    columns: list[dict[str, Any]] = (draft.report or {}).get("answer", {}).get("columns", [])
    return columns
