"""The page between a template and its draft where a project is under way: which nodes are done, and since when.

What the stage of the project says is ticked and filled in before; a day that nobody recorded is asked for. Nodes are
known by their rows: a template's ids are new each time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.form_words import Form
from guatu.core.inputs import DayField
from guatu.core.refusals import Refusal
from guatu.library.models import Project
from guatu.plans.compute import Real
from guatu.plans.content import Content
from guatu.plans.queries.underway import behind, steps_of, with_happened

STEP, LEAVE_OUT = "begun", "leave_out"
TICKS: Final = {"done": _("已完成"), "out": _("不列入")}
DAYS: Final = {"begun_on": _("实际开始"), "done_on": _("实际完成")}


@dataclass(frozen=True, slots=True)
class Row:
    """One node with its four inputs; `proposed`: its stage says that it is done; `known`: a day of it is recorded."""

    place: int
    name: str
    fields: dict[str, forms.BoundField]
    proposed: bool
    known: bool


class BegunPage:
    """The nodes of `content` for a project under way, as proposed or as they were sent."""

    def __init__(self, project: Project, content: Content, sent: QueryDict) -> None:
        self.project, self.content = project, content
        self.today = clock.today()
        self.behind = behind(project, content, self.today)
        self.mark = sha256("\n".join(node.name for node in content.nodes).encode()).hexdigest()[:16]
        self.sent = sent if sent.get("step") == STEP else None
        self.refusal = ""
        if self.sent is not None and self.sent.get("mark") != self.mark:
            self.sent, self.refusal = None, str(Refusal("plans.begun_changed"))
        self.form = self._form()

    @property
    def asks(self) -> bool:
        """Whether there is anything behind the project that the plan would put before it."""
        return bool(self.behind)

    @property
    def steps(self) -> list[tuple[str, date]]:
        """The recorded steps of the project, in words."""
        words = dict(Project._meta.get_field("stage").flatchoices)
        return [(str(words[stage]), day) for stage, day in steps_of(self.project, self.today).items()]

    def settled(self) -> Content | None:
        """The content with what was sent; None while something is missing or wrong, or nothing was sent."""
        if self.sent is None or not self.form.is_valid():
            return None
        told, left_out = dict[str, Real](), set[str]()
        for place, node in enumerate(self.content.nodes, 1):
            values = {name: self.form.cleaned_data[f"{name}_{place}"] for name in (*TICKS, *DAYS)}
            if values["out"] or (values["done"] and values["done_on"] is None and self._leaves_out):
                left_out.add(node.id)
            elif self._holds(place, node.name, values) and (values["begun_on"] or values["done_on"]):
                told[node.id] = Real(values["begun_on"], values["done_on"])
        if len(left_out) == len(self.content.nodes):
            self.refusal = str(Refusal("plans.begun_nothing"))
        return None if self.form.errors or self.refusal else with_happened(self.content, told, left_out)

    @property
    def rows(self) -> Iterator[Row]:
        """The nodes with their inputs."""
        for place, node in enumerate(self.content.nodes, 1):
            told = self.behind.get(node.id)
            fields = {name: self.form[f"{name}_{place}"] for name in (*TICKS, *DAYS)}
            known = told is not None and (told.begun_on or told.done_on) is not None
            yield Row(place, node.name, fields, told is not None and told.done, known)

    @property
    def _leaves_out(self) -> bool:
        return self.sent is not None and self.sent.get("do") == LEAVE_OUT

    def _form(self) -> forms.Form:
        fields: dict[str, forms.Field] = {}
        initial: dict[str, Any] = {}
        for place, node in enumerate(self.content.nodes, 1):
            for made, words in ((_tick, TICKS), (_day, DAYS)):
                fields |= {f"{name}_{place}": made(f"{label}：{node.name}") for name, label in words.items()}
            told = self.behind.get(node.id)
            if told is not None:
                days = {"begun_on": told.begun_on, "done_on": told.done_on}
                initial |= {f"{name}_{place}": day for name, day in days.items()} | {f"done_{place}": told.done}
        form: forms.Form = type("BegunForm", (Form,), fields)(self.sent, initial=initial)
        return form

    def _holds(self, place: int, name: str, values: dict[str, Any]) -> bool:
        """Whether a row's days can be; what is wrong goes to its field."""
        start, finish = values["begun_on"], values["done_on"]
        ahead = next((day for day in (start, finish) if day is not None and day > self.today), None)
        wrong = None
        if values["done"] and finish is None:
            wrong = Refusal("plans.begun_no_day", row=place, name=name)
        elif finish is not None and not values["done"]:
            wrong = Refusal("plans.begun_no_tick", row=place, name=name)
        elif ahead is not None:
            wrong = Refusal("plans.actual_in_future", node=name, day=ahead)
        elif start is not None and finish is not None and finish < start:
            wrong = Refusal("plans.finish_before_start", node=name, start=start, finish=finish)
        if wrong is not None:
            self.form.add_error(f"begun_on_{place}" if start == ahead and ahead else f"done_on_{place}", str(wrong))
        return wrong is None


def _tick(label: str) -> forms.Field:
    return forms.BooleanField(label=label, required=False, widget=forms.CheckboxInput({"aria-label": label}))


def _day(label: str) -> forms.Field:
    attributes = {"aria-label": label, "autocomplete": "off"}
    return DayField(label=label, required=False, widget=forms.TextInput(attributes))
