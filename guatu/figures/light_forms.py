"""The forms of rules of lights: adopt a preset, edit a draft, put it in force."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.form_words import Form
from guatu.core.inputs import DayField
from guatu.core.refusals import Refusal
from guatu.domain.lights import PRESETS
from guatu.figures.choices import RHYTHMS
from guatu.figures.models import LightRuleSet
from guatu.people.models import Region
from guatu.people.policies import within

LONGEST = 100_000


class DraftForm(Form):
    """A ready rule set of a real city, for a region, as a draft."""

    region = forms.ModelChoiceField(label=_("行政区划"), queryset=Region.objects.none(), to_field_name="code")
    preset = forms.ChoiceField(label=_("以哪套规则为底稿"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Region.objects.filter(within(actor, "figures.draft_light_rules", "path", "")).order_by("path")
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]  # a model choice
        self.fields["preset"].choices = [  # type: ignore[attr-defined]  # a choice
            (code, f"{data['name']}（{data['source']}）") for code, data in PRESETS.items()
        ]


class ExplainForm(Form):
    """What the unit says of a light."""

    text = forms.CharField(
        label=_("情况说明"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("写明原因和打算，说明会一直放在亮灯旁边；不超过 500 字。"),
    )


class ExemptForm(Form):
    """From when to when a light is excused, why, and by whose approval."""

    start = DayField(label=_("从哪天起"))
    end = DayField(label=_("到哪天止"))
    reason = forms.CharField(label=_("正当理由"), max_length=300, widget=forms.Textarea({"rows": 2}))
    approved_by = forms.CharField(
        label=_("批准人或文件"), max_length=120, help_text=_("例如：区重点项目领导小组，〔2026〕3号")
    )


class RulesForm(Form):
    """What a draft's rules share: name, how periods are counted, source. `seen` is the version that was open; the rules
    themselves are rows (rule_sheet.py).
    """

    name = forms.CharField(label=_("名称"), max_length=80)
    rhythm = forms.ChoiceField(
        label=_("多久评定一次"), choices=list(RHYTHMS.items()), help_text=_("“连续 n 次”也按这个周期数。")
    )
    source = forms.CharField(label=_("来源"), max_length=300, required=False, help_text=_("例如：〔2026〕3号"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, row: LightRuleSet, data: Any = None) -> "RulesForm":
        """The form of a draft."""
        kept = {name: row.rules.get(name, "") for name in ("rhythm", "source")}
        return cls(data, initial={"name": row.name, "seen": row.version, **kept})


class PasteForm(Form):
    """Rules as JSON, for who takes them from another installation."""

    rules = forms.CharField(
        label=_("规则（JSON）"), max_length=LONGEST, widget=forms.Textarea({"rows": 16, "spellcheck": "false"})
    )

    def clean_rules(self) -> Any:
        """The rules as data; where the JSON breaks off is said by its line."""
        try:
            return json.loads(self.cleaned_data["rules"])
        except json.JSONDecodeError as fault:
            raise forms.ValidationError(str(Refusal("figures.light_rules_json", line=fault.lineno))) from None
        except RecursionError:
            raise forms.ValidationError(str(Refusal("figures.light_rules_json", line=1))) from None
