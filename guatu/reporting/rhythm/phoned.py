"""What was said by phone: the forms in which the office enters it and the unit corrects it, and what waits for it."""

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.form_words import Form
from guatu.core.inputs import AmountField, DayField
from guatu.core.ui import numbers
from guatu.domain.periods import Period
from guatu.domain.rhythm import Expected
from guatu.library.models import Project
from guatu.library.policies import visible_projects
from guatu.people.models import Unit
from guatu.people.queries import posts_in_force
from guatu.reporting.choices import ReportState
from guatu.reporting.content import ReportContent, from_json
from guatu.reporting.models import Report
from guatu.reporting.rhythm.words import FIELD_WORDS, Line

RIGHT = "reporting.view_phoned"
BY_PHONE = {"money": "amount", "percent": "percent", "words": "words", "problem": "problem", "next_plan": "next_plan"}
"""What can be said by phone, as the fields of a report's content; composition, nodes and photos cannot."""
DUTY = gettext_lazy("单位值班电话")


class SaidForm(Form):
    """What a report says, as far as it is asked for and can be said by phone."""

    amount = AmountField(label=gettext_lazy("本期完成投资"))
    percent = forms.DecimalField(
        label=gettext_lazy("形象进度（%）"), min_value=0, max_value=100, max_digits=5, decimal_places=2, required=False
    )
    words = forms.CharField(label=FIELD_WORDS["words"], max_length=500, required=False)
    problem = forms.CharField(label=FIELD_WORDS["problem"], max_length=500, required=False)
    next_plan = forms.CharField(label=FIELD_WORDS["next_plan"], max_length=500, required=False)
    same_reason = forms.CharField(
        label=gettext_lazy("与上期相同的原因"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("本期没有变化的，其余不填，只在这里写原因，如冬季停工。"),
    )

    def __init__(self, *args: Any, asked: set[str], told: ReportContent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = told
        for field, name in BY_PHONE.items():
            if field not in asked:
                del self.fields[name]

    def content(self) -> ReportContent:
        """What was typed, over what the report said before."""
        said = {name: self.cleaned_data[name] for name in BY_PHONE.values() if name in self.cleaned_data}
        if said.get("percent") is not None:
            said["percent"] = int(said["percent"] * 100)
        if said.get("amount") is not None:
            said |= {"ytd": None, "cumulative": None}
        reason = self.cleaned_data["same_reason"].strip()
        return replace(self.told, **said, same=bool(reason), same_reason=reason)


class PhoneForm(SaidForm):
    """The same with the post that said it and when. No person is named."""

    said_by = forms.ChoiceField(label=gettext_lazy("哪个岗位报的"))
    said_on = DayField(label=gettext_lazy("哪天报的"))
    said_at = forms.TimeField(label=gettext_lazy("几点报的"), widget=forms.TimeInput({"autocomplete": "off"}, "%H:%M"))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, unit: Unit | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = posts_in_force().filter(unit=unit).order_by("order", "pk") if unit is not None else []
        titles = [*dict.fromkeys(post.title for post in posts), str(DUTY)]
        self.fields["said_by"].choices = [(title, title) for title in titles]  # type: ignore[attr-defined]  # a choice

    def moment(self) -> datetime:
        """When it was said."""
        return clock.moment(self.cleaned_data["said_on"], self.cleaned_data["said_at"])


def initial_of(content: ReportContent) -> dict[str, Any]:
    """What a report says, as the form has it."""
    percent = None if content.percent is None else Decimal(content.percent) / 100
    kept = {name: getattr(content, name) for name in ("amount", "words", "problem", "next_plan", "same_reason")}
    return {**kept, "percent": percent}


def fields_of(content: ReportContent) -> set[str]:
    """What is asked when a report is said anew: what every report asks, and what this one said."""
    said = {field for field, name in BY_PHONE.items() if getattr(content, name) not in (None, "")}
    return {"money", "words", "problem"} | said


def now_said() -> dict[str, date | time]:
    """This moment, as the form has it."""
    now = clock.local(clock.now())
    return {"said_on": now.date(), "said_at": now.time().replace(second=0, microsecond=0)}


def report_of(project: Project, period: Period) -> Report | None:
    """A project's report of a period, if it was begun."""
    return Report.objects.filter(project=project, kind=period.kind, period=period.code).select_related("unit").first()


def expected_of(report: Report) -> Expected:
    """When a report was asked for, as it was kept when it was begun."""
    due = clock.local(report.due) if report.due is not None else None
    day, at = (due.date(), due.time()) if due is not None else (report.on, time.max)
    return Expected(Period.parse(report.period), report.on, day, at)


def said_lines(report: Report) -> list[Line]:
    """What a report says, line by line; what was not said is left out."""
    told = from_json(report.content)
    listed = [
        (_("本期完成投资"), numbers.amount_words(told.amount) if told.amount is not None else ""),
        (_("本年完成投资"), numbers.amount_words(told.ytd) if told.ytd is not None else ""),
        (_("形象进度"), f"{numbers.hundredths(told.percent)}%" if told.percent is not None else ""),
        (str(FIELD_WORDS["words"]), told.words),
        (str(FIELD_WORDS["problem"]), told.problem),
        (str(FIELD_WORDS["next_plan"]), told.next_plan),
        (_("与上期相同的原因"), told.same_reason),
        (_("怎么报的"), told.remark or str(report.get_means_display())),
    ]
    return [Line(label, text) for label, text in listed if text]


def waiting(actor: Actor) -> QuerySet[Report]:
    """Reports entered for units by phone that nobody has confirmed, of projects that the actor sees."""
    mine = visible_projects(actor, RIGHT).values("pk")
    rows = Report.objects.filter(project__in=mine, to_confirm=True, state=ReportState.SUBMITTED)
    return rows.select_related("project").order_by("start", "pk")
