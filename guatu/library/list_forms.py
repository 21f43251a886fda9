"""Forms of lists and documents: entering, amending, issuing, carrying over, moving assignments, leaving, gates."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.form_words import Form
from guatu.core.inputs import AmountField, DayField
from guatu.core.logs import as_uuid
from guatu.core.refusals import Refusal
from guatu.core.registries import FACTS
from guatu.domain import stages
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit, parse_amount
from guatu.library.choices import EntryKind, InvestorKind, ManagementLayer, Nature, Role, Stage
from guatu.library.compute import match_key
from guatu.library.forms import _Seen, or_none
from guatu.library.models import AnnualList, ListBatch, ListEntry, Project, ProjectClass
from guatu.library.orders import ChangeRow, EntryRow, Move
from guatu.library.policies import findable_projects
from guatu.library.queries.search import find_projects
from guatu.people.models import Post, Region, Unit
from guatu.people.policies import visible_posts, visible_regions, visible_units

OPTIONS_ID = "project-options"


class ProjectField(forms.CharField):
    """A project, searched for by part of its name, initials or code; the form that holds it sets `actor`."""

    actor: Actor | None = None

    def __init__(self, **options: Any) -> None:
        search = {
            "list": OPTIONS_ID,
            "autocomplete": "off",
            "hx-get": reverse_lazy("library:options"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#{OPTIONS_ID}",
            "hx-swap": "innerHTML",
        }
        super().__init__(max_length=200, widget=forms.TextInput(attrs=search), **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text or self.actor is None:
            return None
        rows = findable_projects(self.actor).select_related("region", "package")
        public_id = as_uuid(text)
        if public_id is not None:
            found = list(rows.filter(public_id=public_id))
        else:
            name, _bar, region = text.partition("｜")
            same = rows.filter(match_key=match_key(name))
            found = list(same.filter(region__name=region) if region else same)
            found = found or find_projects(self.actor, text, 6)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                _("没有找到“%(text)s”。请输入名称、拼音首字母或国家代码，再从列出的项目中选。"), params={"text": text}
            )
        names = "、".join(f"{row.name}｜{row.region.name}" for row in found)
        raise forms.ValidationError(_("“%(text)s”可能是：%(names)s。请写全。"), params={"text": text, "names": names})


class EntryForm(Form):
    """One project's place in a list."""

    project = ProjectField(label=_("项目"), help_text=_("输入名称、拼音首字母或国家代码"))
    on = DayField(label=_("从哪天起"))
    kind = forms.ChoiceField(label=_("类型"), choices=or_none(EntryKind.choices), required=False)
    completes_this_year = forms.BooleanField(label=_("本年计划竣工"), required=False)
    project_class = forms.ModelChoiceField(
        ProjectClass.objects.none(), label=_("分类"), required=False, to_field_name="public_id"
    )
    batch = forms.ModelChoiceField(ListBatch.objects.none(), label=_("批次"), required=False, to_field_name="public_id")
    number = forms.IntegerField(label=_("序号"), required=False, min_value=0, max_value=99999)
    planned_investment = AmountField(label=_("年度计划投资"))
    planned_start = DayField(label=_("计划开工"), required=False)
    planned_finish = DayField(label=_("计划竣工"), required=False)
    goal = forms.CharField(label=_("年度目标"), required=False, widget=forms.Textarea({"rows": 2}))
    layer = forms.ChoiceField(label=_("管理层级"), choices=or_none(ManagementLayer.choices), required=False)
    document = forms.CharField(label=_("依据文件"), max_length=160, required=False)

    def __init__(self, *args: Any, actor: Actor, annual_list: AnnualList, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["project"].actor = actor  # type: ignore[attr-defined]  # a project field
        classes = ProjectClass.objects.filter(region=annual_list.region, withdrawn=False).order_by("order", "pk")
        self.fields["project_class"].queryset = classes  # type: ignore[attr-defined]  # a model choice
        batches = annual_list.batches.filter(withdrawn=False).order_by("number")
        self.fields["batch"].queryset = batches  # type: ignore[attr-defined]  # a model choice

    def values(self) -> dict[str, Any]:
        """What the list is to say of the project; what was left empty stays as the model has it."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in ("project", "on")}
        return {name: value for name, value in told.items() if value not in (None, "")}


class AmendForm(Form):
    """The document of an amendment."""

    document = forms.CharField(label=_("调整文件名称或文号"), max_length=160)
    on = DayField(label=_("从哪天起"))
    approved_by = forms.CharField(label=_("批准单位或批准人"), max_length=120)
    reason = forms.CharField(label=_("理由"), widget=forms.Textarea({"rows": 2}))


DEEDS = [("", "—"), ("in", _("调入")), ("out", _("调出")), ("change", _("变更"))]


class AmendRow(Form):
    """One project of an amendment; what is left empty in 变更 stays."""

    deed = forms.ChoiceField(label=_("事项"), choices=DEEDS, required=False)
    project = ProjectField(label=_("项目"), required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=or_none(EntryKind.choices), required=False)
    total_investment = AmountField(label=_("总投资"), help_text=_("不写单位按万元计；变更时不填即不变"))
    planned_investment = AmountField(label=_("年度计划投资"), help_text=_("不写单位按万元计；变更时不填即不变"))
    goal = forms.CharField(label=_("年度目标"), required=False)

    def __init__(self, *args: Any, actor: Actor, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["project"].actor = actor  # type: ignore[attr-defined]  # a project field

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("project") is not None and not told.get("deed"):
            self.add_error("deed", _("请选择调入、调出或变更"))
        if told.get("deed") and told.get("project") is None and "project" not in self.errors:
            self.add_error("project", _("请选择项目"))
        return told

    def entry(self) -> dict[str, Any]:
        """New values of the entry."""
        names = ("kind", "planned_investment", "goal")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name] not in (None, "")}

    def profile(self) -> dict[str, Any]:
        """New values of the project's profile."""
        total = self.cleaned_data["total_investment"]
        return {} if total is None else {"total_investment": total}


AmendRows = forms.formset_factory(AmendRow, extra=6, max_num=200)


def tables_of(rows: Iterable[AmendRow]) -> dict[str, Any]:
    """The three tables of an amendment, as the action takes them."""
    tables: dict[str, list[Any]] = {"take_in": [], "take_out": [], "change": []}
    for row in rows:
        project, deed = row.cleaned_data.get("project"), row.cleaned_data.get("deed")
        if project is None:
            continue
        if deed == "out":
            tables["take_out"].append(project)
        elif deed == "in":
            tables["take_in"].append(EntryRow(project=project, values=row.entry()))
        else:
            tables["change"].append(ChangeRow(project=project, entry=row.entry(), profile=row.profile()))
    return tables


class _OfEntries(_Seen):
    """A form with fields for every entry of a list."""

    def __init__(self, *args: Any, entries: Iterable[ListEntry], **words: Any) -> None:
        super().__init__(*args, **words)
        self.entries = list(entries)
        self.own = [name for name in self.fields if name != "seen"]
        for entry in self.entries:
            for name, field in self.row_fields(entry).items():
                self.fields[f"{name}_{entry.project.public_id}"] = field

    def row_fields(self, entry: ListEntry) -> Mapping[str, forms.Field]:
        """The fields of one row."""
        raise NotImplementedError

    def own_fields(self) -> list[forms.BoundField]:
        """The fields above the rows."""
        return [self[name] for name in self.own]

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each entry with its bound fields, as the page shows it."""
        for entry in self.entries:
            names = self.row_fields(entry)
            yield {"entry": entry, **{name: self[f"{name}_{entry.project.public_id}"] for name in names}}

    def told(self, name: str, entry: ListEntry) -> Any:
        """What was said in a field of a row."""
        return self.cleaned_data.get(f"{name}_{entry.project.public_id}")


class IssueForm(_OfEntries):
    """The issue of a provisional list: its paper, who leaves it, and the plans that it sets."""

    document_number = forms.CharField(label=_("文号"), max_length=80)
    issued_on = DayField(label=_("印发日期"))

    def row_fields(self, entry: ListEntry) -> Mapping[str, forms.Field]:
        plan = AmountField(label=_("年度计划投资"), initial=entry.planned_investment, help_text="")
        return {"leave": forms.BooleanField(label=_("不列入"), required=False), "plan": plan}

    def issued(self) -> list[EntryRow]:
        """What the issued list holds: all but those that leave, with the plans as they were typed."""
        return [
            EntryRow(project=entry.project, values={"planned_investment": self.told("plan", entry)})
            for entry in self.entries
            if not self.told("leave", entry)
        ]


class CarryForm(_OfEntries):
    """The turn of the year: who goes on (all, unless said otherwise), and why the others don't."""

    remark = forms.CharField(label=_("说明"), required=False)

    def row_fields(self, entry: ListEntry) -> Mapping[str, forms.Field]:
        keep = forms.BooleanField(label=_("结转"), required=False, initial=True)
        return {"keep": keep, "why": forms.CharField(label=_("不再列入的理由"), max_length=200, required=False)}

    def clean(self) -> dict[str, Any]:
        for entry in self.entries:
            if not self.told("keep", entry) and not self.told("why", entry):
                words = _("请写明“%(name)s”不再列入的理由") % {"name": entry.project.name}
                self.add_error(f"why_{entry.project.public_id}", words)
        return self.cleaned_data

    def decided(self) -> tuple[list[Project], dict[int, str]]:
        """(who goes on, project id → why it doesn't)."""
        on = [entry.project for entry in self.entries if self.told("keep", entry)]
        off = {entry.project_id: self.told("why", entry) for entry in self.entries if not self.told("keep", entry)}
        return on, off


class MoveForm(Form):
    """A document that hands what one post or unit holds to another."""

    document = forms.CharField(label=_("依据文件"), max_length=160)
    on = DayField(label=_("从哪天起"))
    from_post = forms.ModelChoiceField(
        Post.objects.none(), label=_("原责任人"), required=False, to_field_name="public_id"
    )
    from_unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("原单位"), required=False, to_field_name="public_id"
    )
    to_post = forms.ModelChoiceField(
        Post.objects.none(), label=_("新责任人"), required=False, to_field_name="public_id"
    )
    to_unit = forms.ModelChoiceField(Unit.objects.none(), label=_("新单位"), required=False, to_field_name="public_id")
    roles = forms.MultipleChoiceField(
        label=_("分工"), choices=Role.choices, required=False, help_text=_("不选即全部分工；按住 Ctrl 可多选")
    )

    def __init__(self, *args: Any, actor: Actor, **words: Any) -> None:
        super().__init__(*args, **words)
        for side in ("from", "to"):
            posts, units = self.fields[f"{side}_post"], self.fields[f"{side}_unit"]
            posts.queryset = visible_posts(actor).order_by("order")  # type: ignore[attr-defined]  # a model choice
            units.queryset = visible_units(actor).order_by("name")  # type: ignore[attr-defined]  # a model choice

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        for side, words in (("from", _("请选择原责任人或原单位")), ("to", _("请选择新责任人或新单位"))):
            if not told.get(f"{side}_post") and not told.get(f"{side}_unit"):
                self.add_error(f"{side}_post", words)
        return told

    def as_move(self) -> Move:
        """What the action carries out."""
        names = ("from_post", "from_unit", "to_post", "to_unit", "roles")
        return Move(**{name: self.cleaned_data[name] for name in names})


class ExitForm(_Seen):
    """A project leaves the library."""

    on = DayField(label=_("退库日期"))
    reason = forms.CharField(label=_("理由"), widget=forms.Textarea({"rows": 2}))
    approver = forms.ModelChoiceField(
        Post.objects.none(), label=_("批准人"), to_field_name="public_id", help_text=_("须为另一人")
    )
    document = forms.CharField(label=_("依据文件"), max_length=160, required=False)

    def __init__(self, *args: Any, actor: Actor, **words: Any) -> None:
        super().__init__(*args, **words)
        posts = visible_posts(actor).filter(kind__in=("head", "office_head"))
        self.fields["approver"].queryset = posts  # type: ignore[attr-defined]  # a model choice


class GateForm(Form):
    """A region's gate before a stage."""

    region = forms.ModelChoiceField(Region.objects.none(), label=_("区划"), to_field_name="code")
    stage = forms.ChoiceField(
        label=_("进入哪个阶段"),
        choices=[pair for pair in Stage.choices if pair[0] not in (Stage.SUSPENDED, Stage.EXITED)],
    )
    valid_from = DayField(label=_("从哪天起"), required=False)
    valid_to = DayField(label=_("到哪天止"), required=False)

    def __init__(self, *args: Any, actor: Actor, **words: Any) -> None:
        super().__init__(*args, **words)
        regions = visible_regions(actor).filter(path__startswith=actor.region_path)
        self.fields["region"].queryset = regions.order_by("path")  # type: ignore[attr-defined]  # a model choice

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("截止日期早于起始日期"))
        return self.cleaned_data


OPERATORS = {
    "holds": _("具备"),
    "known": _("已有数据"),
    "is": _("是"),
    "is_not": _("不是"),
    "at_least": _("不少于"),
    "at_most": _("不超过"),
    "more_than": _("多于"),
    "less_than": _("少于"),
    "one_of": _("属于其中之一"),
}
_COUNTED = ("at_least", "at_most", "more_than", "less_than")
_CODES = {
    str(words): str(code) for kind in (Stage, Nature, InvestorKind) for code, words in kind.choices
}  # 前期 → preliminary


def _facts() -> list[tuple[str, Any]]:
    return [("", "—"), *((name, source.words) for name, source in FACTS.items())]


class RuleRow(Form):
    """One condition: a registered fact, how it is compared, with what, and by which paper."""

    fact = forms.ChoiceField(label=_("条件"), choices=_facts, required=False)
    op = forms.ChoiceField(
        label=_("比较"), choices=[(code, OPERATORS[code]) for code in OPERATORS if code in get_args(stages.Operator)]
    )
    value = forms.CharField(
        label=_("数值或内容"), required=False, max_length=120, help_text=_("金额可写 1.2亿；多项用顿号隔开")
    )
    why = forms.CharField(label=_("依据"), required=False, max_length=160)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if not told.get("fact"):
            if told.get("value") or told.get("why"):
                self.add_error("fact", _("请选择条件"))
            return told
        op, text = told.get("op", ""), told.get("value", "").strip()
        try:
            told["value"] = None if op in ("holds", "known") else _rule_value(op, text)
        except (DomainError, ValueError):
            self.add_error("value", _("看不懂这个数值。请填整数，或写成 1.2亿"))
        return told


RuleRows = forms.formset_factory(RuleRow, extra=4, max_num=20)


def rules_of(rows: Iterable[RuleRow]) -> list[dict[str, Any]]:
    """The rules of a gate; refused when there is none."""
    told = [row.cleaned_data for row in rows if row.cleaned_data.get("fact")]
    if not told:
        raise Refusal("library.gate_empty")
    return [{name: rule[name] for name in ("fact", "op", "value", "why")} for rule in told]


def _rule_value(op: str, text: str) -> Any:
    """What a fact is compared with: a whole number (yuan for amounts), a code, or several."""
    if not text:
        raise ValueError(op)
    if op == "one_of":
        return [_CODES.get(part.strip(), part.strip()) for part in text.replace("，", "、").split("、") if part.strip()]
    if op not in _COUNTED:
        return _CODES.get(text, text)
    return parse_amount(text, MoneyUnit.WAN) if text[-1] in "亿万元" else int(text)
