"""The forms of rules of reporting: begin a draft, write it in plain words, put it in force, end it."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.form_words import Form
from guatu.core.inputs import DayField
from guatu.core.refusals import Refusal
from guatu.library.choices import EntryKind, Level, Stage
from guatu.library.models import Project
from guatu.library.policies import visible_projects
from guatu.people.models import Region
from guatu.people.policies import within
from guatu.reporting.models import ReportRule
from guatu.reporting.queries.rule_presets import PRESETS
from guatu.reporting.rhythm.words import FIELD_WORDS, WEEKDAYS

OVER = (Stage.COMPLETED, Stage.IN_PRODUCTION, Stage.FULL_OUTPUT, Stage.SUSPENDED, Stage.EXITED)
"""Stages in which a project is never asked, so that none can be chosen."""
REMIND = ((2, _("到期前 2 个工作日")), (1, _("到期前 1 个工作日")), (0, _("到期当天")))
EVERY = (("", _("不减，期期都报")), ("2", _("每 2 期报一次")), ("3", _("每 3 期报一次")), ("4", _("每 4 期报一次")))


class BeginForm(Form):
    """A ready rule, for a region, as a draft."""

    region = forms.ModelChoiceField(label=_("行政区划"), queryset=Region.objects.none(), to_field_name="code")
    preset = forms.ChoiceField(label=_("以哪种要求为底稿"), choices=[(one.code, one.words) for one in PRESETS.values()])

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Region.objects.filter(within(actor, "reporting.draft_rule", "path", "")).order_by("path")
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]  # a model choice


class _Several(forms.TypedMultipleChoiceField):
    """Boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class RuleForm(Form):
    """A draft in plain words. `seen` is the version that was open; `taken` says it as data again."""

    name = forms.CharField(label=_("名称"), max_length=80)
    fields_asked = _Several(label=_("报什么"), choices=list(FIELD_WORDS.items()))
    levels = _Several(label=_("名单级别"), choices=Level.choices, required=False)
    kinds = _Several(label=_("项目性质"), choices=EntryKind.choices, required=False)
    stages = _Several(label=_("项目阶段"), choices=[one for one in Stage.choices if one[0] not in OVER], required=False)
    projects = forms.CharField(
        label=_("只要这些项目"), required=False, max_length=20_000, widget=forms.Textarea({"rows": 3})
    )
    closes = forms.ChoiceField(label=_("数据截至"), required=False)
    days = forms.IntegerField(label=_("截至日后第几天报"), min_value=0, max_value=31)
    counts = forms.ChoiceField(label=_("按什么数"), choices=(("workday", _("工作日")), ("calendar", _("日历日"))))
    at = forms.TimeField(label=_("几点前"), widget=forms.TimeInput({"autocomplete": "off"}, "%H:%M"))
    remind = _Several(label=_("提醒"), choices=REMIND, coerce=int, required=False)
    every = forms.ChoiceField(label=_("绿灯项目"), choices=EVERY, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, row: ReportRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row
        self.fields["projects"].help_text = _("项目全称，一行一个；不填就按上面勾选的。")
        self.fields["levels"].help_text = _("一个也不勾就是全部。")
        self.fields["days"].help_text = _("0 是截至日当天；遇休息日顺延到下一个工作日。")
        if row.kind == "week":
            self.fields["fields_asked"].help_text = _("周报最多三项；构成、百分比、照片按月或在节点填。")
        choices = _closes(row.kind)
        self.fields["closes"].choices = choices  # type: ignore[attr-defined]  # a choice
        if len(choices) == 1:
            del self.fields["closes"]

    @classmethod
    def of(cls, actor: Actor, row: ReportRule, data: Any = None) -> "RuleForm":
        """The form of a draft."""
        return cls(data, actor=actor, row=row, initial={"name": row.name, "seen": row.version, **_initial(row.rule)})

    def clean_projects(self) -> list[str]:
        """The named projects by public id; a name that is nobody's is said."""
        names = [line.strip() for line in self.cleaned_data["projects"].splitlines() if line.strip()]
        mine = visible_projects(self.actor, "reporting.view_readings")
        mine = mine.filter(region__path__startswith=self.row.region.path, name__in=names)
        known = {name: str(key) for name, key in mine.values_list("name", "public_id")}
        lost = [name for name in names if name not in known]
        if lost:
            raise forms.ValidationError(str(Refusal("reporting.rule_projects", names="、".join(lost))))
        return [known[name] for name in dict.fromkeys(names)]

    def taken(self) -> dict[str, Any]:
        """What was written, as the rule's data."""
        said = self.cleaned_data
        asks = {name: said[name] for name in ("levels", "kinds", "stages", "projects") if said[name]}
        found: dict[str, Any] = {
            "asks": asks,
            "fields": [field for field in FIELD_WORDS if field in said["fields_asked"]],
            "due": {"days": said["days"], "at": f"{said['at']:%H:%M}", "counts": said["counts"]},
        }
        if said.get("closes"):
            found["closes"] = int(said["closes"])
        if said["remind"]:
            found["remind"] = sorted(said["remind"], reverse=True)
        if said["every"]:
            found["lighter"] = {"lights": ["green"], "every": int(said["every"])}
        return found


def _closes(kind: str) -> list[tuple[str, Any]]:
    """Of which day the figures may be, for a kind of report."""
    if kind == "week":
        return [("", _("周日（一周的最后一天）")), *((str(place + 1), word) for place, word in enumerate(WEEKDAYS[:6]))]
    if kind in ("month", "quarter"):
        return [("", _("期末最后一天")), *((str(day), f"{day} 日") for day in range(15, 31))]
    return [("", "")]


def _initial(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A rule's data as the fields of the form have it."""
    asks, due = rule.get("asks", {}), rule.get("due", {})
    names = Project.objects.filter(public_id__in=asks.get("projects", [])).order_by("name")
    return {
        "fields_asked": rule.get("fields", []),
        **{name: asks.get(name, []) for name in ("levels", "kinds", "stages")},
        "projects": "\n".join(names.values_list("name", flat=True)),
        "closes": str(rule.get("closes") or ""),
        "days": due.get("days", 1),
        "counts": due.get("counts", "workday"),
        "at": time.fromisoformat(due.get("at", "17:00")),
        "remind": rule.get("remind", []),
        "every": str(rule.get("lighter", {}).get("every", "")) if rule.get("lighter") else "",
    }


class EndForm(Form):
    """The last day on which a rule holds, and why it ends."""

    last = DayField(label=_("执行到哪天为止"))
    reason = forms.CharField(label=_("停止的原因"), max_length=200, widget=forms.Textarea({"rows": 2}))
    seen = forms.IntegerField(widget=forms.HiddenInput)
