"""The table of projects, over one list or the whole library."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from guatu.core.fields import MoneyField
from guatu.core.refusals import Sentence
from guatu.core.tables import DATE, Column, RowLink, Table, choice, money
from guatu.domain.money import MoneyUnit
from guatu.library.choices import EntryKind, Level, Role, Stage
from guatu.library.models import AnnualList, Assignment, ListEntry, ProjectClass, ProjectProfile
from guatu.library.queries.column_values import COMPLETE, LACKING, commitment_states, highest_level
from guatu.library.queries.listed import held_of
from guatu.library.queries.occurring import regions_of, units_of
from guatu.library.queries.parts import ready_parts
from guatu.library.queries.ready_views import ready_views
from guatu.people.models import Post, Region, Unit

YI = money(MoneyUnit.YI)
STAGES = {str(stage): stage.label for stage in Stage}
KINDS = {str(kind): kind.label for kind in EntryKind}
LEVELS = {str(level): level.label for level in Level}
COMMITMENT = {COMPLETE: _("已落实"), LACKING: _("缺项")}
DOUBT, FINE = "doubt", "fine"
DOUBTS = {DOUBT: _("代码有疑"), FINE: _("代码无疑")}
DOUBT_TITLE = _("国家代码、统一社会信用代码、区划代码或行业代码不合规则，按原样保留；打开项目可看是哪一个、为什么。")


def _doubt(value: str) -> str:
    """A quiet mark in words; nothing where nothing is in doubt."""
    if value != DOUBT:
        return ""
    return format_html('<span class="tag tag-yellow" title="{}">{}</span>', DOUBT_TITLE, DOUBTS[DOUBT])


CODES = replace(choice(DOUBTS), code="doubt", html=_doubt, width=10)


def _kept(day: date, cached: Any, facts: Subquery) -> Combinable:
    """What the project's row keeps where that holds on the day, else what its facts say."""
    return Case(When(held_from__lte=day, held_until__gt=day, then=cached), default=facts)


def _unit(day: date) -> Combinable:
    """The responsible unit's name."""
    held = held_of(Assignment, day, role=Role.RESPONSIBLE, slot=0).values("unit__name")[:1]
    return _kept(day, _named(Unit, "unit_id", F("name")), Subquery(held, output_field=CharField()))


def _lead(day: date) -> Combinable:
    """Who leads, by name or, where ledgers gave none, by title."""
    held = held_of(Assignment, day, role=Role.LEAD, slot=0).annotate(who=_who("post__")).values("who")[:1]
    return _kept(day, _named(Post, "lead_id", _who("")), Subquery(held, output_field=CharField()))


def _who(post: str) -> Combinable:
    return Coalesce(NullIf(f"{post}holder", Value("")), f"{post}title")


def _named(model: Any, key: str, words: Combinable) -> Subquery:
    """Words of the row that a project's column names. No join: sums over all projects do not ask who answers."""
    return Subquery(model.objects.filter(pk=OuterRef(key)).annotate(_words=words).values("_words")[:1])


def _total(day: date) -> Combinable:
    """Total investment, whole yuan."""
    held = held_of(ProjectProfile, day).values("total_investment")[:1]
    return _kept(day, F("total_investment"), Subquery(held, output_field=MoneyField()))


def _names(rows: QuerySet[Unit] | QuerySet[Region] | QuerySet[ProjectClass]) -> Mapping[str, Sentence]:
    return {name: name for name in rows.order_by("name").values_list("name", flat=True).distinct()}


def project_table(annual_list: AnnualList | None, day: date, *, in_lines: bool = False) -> Table:
    """The declaration for one list (with its kinds, classes and plans) or for the whole library.

    A list opens in the groups of its classes (`in_lines`: as single lines, for what was searched).
    """
    return Table(
        "library.projects",
        _("项目库"),
        (*_about(annual_list, day), *(_in_list(annual_list, day) if annual_list else ()), *_money(annual_list, day)),
        default_sort="name",
        link=RowLink("public_id", "library:project"),
        empty=_("登记一个项目，或导入名单计划表，项目就会列在这里。"),
        dense=True,
        selectable=True,
        saved_views=True,
        default_group="class" if annual_list is not None and not in_lines else "",
        ready=(*ready_parts(annual_list, day), *ready_views(annual_list, day)),
    )


def _in_doubt() -> Combinable:
    return Case(When(code_doubts="", then=Value(FINE)), default=Value(DOUBT), output_field=CharField())


def _about(annual_list: AnnualList | None, day: date) -> tuple[Column, ...]:
    """What the project is and who answers; beside a list's figures there is no room for the rest, unless chosen."""
    alone = annual_list is None
    about, answers = _("项目"), _("责任")
    kind = () if annual_list is None else _level_and_kind(annual_list, day)
    return (
        Column("name", _("项目名称"), link=True, order_field="sort_key", weight=36, group=about),
        *kind,
        Column("stage", _("阶段"), choice(STAGES), filter="choice", groupable=True, group=about),
        Column("stage_on", _("进入日期"), DATE, filter="date", group=about, default=alone),
        Column(
            "region",
            _("属地"),
            field="region__name",
            filter="choice",
            choices=lambda actor: _names(regions_of(actor, annual_list, day)),
            group=about,
            groupable=True,
            default=alone,
        ),
        Column("codes", _("代码核对"), CODES, expression=_in_doubt(), filter="choice", group=about, default=alone),
        Column("code", _("国家代码"), filter="text", group=about, default=False),
        Column(
            "lead",
            _("分包领导"),
            expression=_lead(day),
            filter="text",
            group=answers,
            audience="leader_names",
        ),
        Column(
            "unit",
            _("责任单位"),
            expression=_unit(day),
            filter="choice",
            choices=lambda actor: _names(units_of(actor, annual_list, day)),
            group=answers,
            groupable=True,
        ),
        Column(
            "commitment",
            _("五个一"),
            choice(COMMITMENT),
            lookup=lambda: commitment_states(annual_list, day),
            filter="choice",
            group=answers,
            default=False,
        ),
    )


def _level_and_kind(annual_list: AnnualList, day: date) -> tuple[Column, ...]:
    about = _("项目")
    return (
        Column(
            "level",
            _("级别"),
            choice(LEVELS),
            expression=lambda actor: highest_level(actor, annual_list, day),
            filter="choice",
            group=about,
            groupable=True,
        ),
        Column(
            "kind",
            _("类型"),
            choice(KINDS),
            expression=_entry(annual_list, day, "kind"),
            filter="choice",
            group=about,
            groupable=True,
        ),
    )


def _entry(annual_list: AnnualList, day: date, column: str, **field: Any) -> Combinable:
    """A column of the entry that holds."""
    held = held_of(ListEntry, day, annual_list=annual_list)
    if column == "class_shown":  # as figures cut by class: the upper level where there is one
        held = held.annotate(class_shown=Coalesce("project_class__parent__name", "project_class__name"))
    return Subquery(held.values(column)[:1], **field)


def _in_list(annual_list: AnnualList, day: date) -> tuple[Column, ...]:
    classes = ProjectClass.objects.filter(region=annual_list.region, withdrawn=False)
    group = _("名单")

    def planned(code: str, words: Sentence) -> Column:
        return Column(
            code,
            words,
            DATE,
            expression=_entry(annual_list, day, code),
            filter="date",
            group=group,
            default=False,
        )

    def classed(code: str, words: Sentence, name: str, top: bool) -> Column:
        offered = classes.filter(parent__isnull=True) if top else classes
        return Column(
            code,
            words,
            expression=_entry(annual_list, day, name, output_field=CharField()),
            filter="choice",
            choices=lambda actor: _names(offered),
            group=group,
            groupable=True,
            default=False,
        )

    return (
        classed("class", _("领域"), "class_shown", True),
        classed("subclass", _("分类"), "project_class__name", False),
        planned("planned_start", _("计划开工")),
        planned("planned_finish", _("计划竣工")),
    )


def _money(annual_list: AnnualList | None, day: date) -> tuple[Column, ...]:
    group, alone = _("投资"), annual_list is None
    total = Column(
        "total_investment", _("总投资"), YI, expression=_total(day), filter="range", total="sum", group=group
    )
    done = Column("last_cumulative", _("累计完成"), YI, filter="range", total="sum", group=group, default=alone)
    read_on = Column("last_reading_on", _("数据日期"), DATE, filter="date", group=group, default=alone)
    if annual_list is None:
        return total, done, read_on
    planned = Column(
        "planned_investment",
        _("年计划"),
        YI,
        expression=_entry(annual_list, day, "planned_investment", output_field=MoneyField()),
        filter="range",
        total="sum",
        group=group,
    )
    return done, read_on, total, planned
