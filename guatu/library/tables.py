"""The table of projects, over one list or the whole library."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.fields import MoneyField
from guatu.core.refusals import Sentence
from guatu.core.tables import DATE, Column, RowLink, Table, choice, money
from guatu.domain.money import MoneyUnit
from guatu.library.choices import EntryKind, Role, Stage
from guatu.library.models import AnnualList, Assignment, ListEntry, Project, ProjectClass, ProjectProfile
from guatu.people.models import Post, Region, Unit

YI = money(MoneyUnit.YI)
STAGES = {str(stage): stage.label for stage in Stage}
KINDS = {str(kind): kind.label for kind in EntryKind}
DOUBT, FINE = "doubt", "fine"
DOUBTS = {DOUBT: _("代码有疑"), FINE: _("代码无疑")}
DOUBT_TITLE = _("国家代码、统一社会信用代码、区划代码或行业代码不合规则，按原样保留；打开项目可看是哪一个、为什么。")


def _doubt(value: str) -> str:
    """A quiet mark in words; nothing where nothing is in doubt."""
    if value != DOUBT:
        return ""
    return format_html('<span class="tag tag-yellow" title="{}">{}</span>', DOUBT_TITLE, DOUBTS[DOUBT])


CODES = replace(choice(DOUBTS), code="doubt", html=_doubt, width=10)


def _held(model: Any, day: date, **key: object) -> Any:
    """The row of a project's fact that holds for the outer project at the end of a day."""
    rows = model.objects.filter(superseded_at__isnull=True, effective_on__lte=day, project=OuterRef("pk"), **key)
    return rows.order_by("-effective_on", "-booked_on", "-pk")


def listed_in(rows: QuerySet[Project], annual_list: AnnualList, day: date) -> QuerySet[Project]:
    """The projects that stand in a list at the end of a day."""
    held = _held(ListEntry, day, annual_list=annual_list).values("listed")[:1]
    return rows.annotate(_listed=Subquery(held, output_field=BooleanField())).filter(_listed=True)


def counted_once(rows: QuerySet[Project], seen: QuerySet[Project]) -> QuerySet[Project]:
    """Without the sub-projects whose package is among the seen: they count once, under it."""
    return rows.filter(Q(package__isnull=True) | ~Exists(seen.filter(pk=OuterRef("package"))))


def _kept(day: date, cached: Any, facts: Subquery) -> Combinable:
    """What the project's row keeps where that holds on the day, else what its facts say."""
    return Case(When(held_from__lte=day, held_until__gt=day, then=cached), default=facts)


def _unit(day: date) -> Combinable:
    """The responsible unit's name."""
    held = _held(Assignment, day, role=Role.RESPONSIBLE, slot=0).values("unit__name")[:1]
    return _kept(day, _named(Unit, "unit_id", F("name")), Subquery(held, output_field=CharField()))


def _lead(day: date) -> Combinable:
    """Who leads, by name or, where ledgers gave none, by title."""
    held = _held(Assignment, day, role=Role.LEAD, slot=0).annotate(who=_who("post__")).values("who")[:1]
    return _kept(day, _named(Post, "lead_id", _who("")), Subquery(held, output_field=CharField()))


def _who(post: str) -> Combinable:
    return Coalesce(NullIf(f"{post}holder", Value("")), f"{post}title")


def _named(model: Any, key: str, words: Combinable) -> Subquery:
    """Words of the row that a project's column names. No join: sums over all projects do not ask who answers."""
    return Subquery(model.objects.filter(pk=OuterRef(key)).annotate(_words=words).values("_words")[:1])


def _total(day: date) -> Combinable:
    """Total investment, whole yuan."""
    held = _held(ProjectProfile, day).values("total_investment")[:1]
    return _kept(day, F("total_investment"), Subquery(held, output_field=MoneyField()))


def _names(rows: QuerySet[Unit] | QuerySet[Region] | QuerySet[ProjectClass]) -> Mapping[str, Sentence]:
    return {name: name for name in rows.order_by("name").values_list("name", flat=True).distinct()}


def _units(actor: Actor) -> Mapping[str, Sentence]:
    return _names(Unit.objects.filter(region__path__startswith=actor.region_path))


def _regions(actor: Actor) -> Mapping[str, Sentence]:
    return _names(Region.objects.filter(path__startswith=actor.region_path))


def project_table(annual_list: AnnualList | None, day: date) -> Table:
    """The declaration for one list (with its kinds, classes and plans) or for the whole library."""
    return Table(
        "library.projects",
        _("项目库"),
        (*_about(day), *(_in_list(annual_list, day) if annual_list else ()), *_money(annual_list, day)),
        default_sort="name",
        link=RowLink("public_id", "library:project"),
        empty=_("登记一个项目，或导入名单计划表，项目就会列在这里。"),
        dense=True,
    )


def _in_doubt() -> Combinable:
    return Case(When(code_doubts="", then=Value(FINE)), default=Value(DOUBT), output_field=CharField())


def _about(day: date) -> tuple[Column, ...]:
    return (
        Column("name", _("项目名称"), link=True, order_field="sort_key", weight=36, group=_("项目")),
        Column("codes", _("代码核对"), CODES, expression=_in_doubt(), filter="choice", group=_("项目")),
        Column("stage", _("阶段"), choice(STAGES), filter="choice", group=_("项目")),
        Column("stage_on", _("进入日期"), DATE, filter="date", group=_("项目")),
        Column("region", _("属地"), field="region__name", filter="choice", choices=_regions, group=_("项目")),
        Column(
            "lead",
            _("分包领导"),
            expression=_lead(day),
            filter="text",
            group=_("责任"),
            audience="leader_names",
        ),
        Column(
            "unit",
            _("责任单位"),
            expression=_unit(day),
            filter="choice",
            choices=_units,
            group=_("责任"),
        ),
    )


def _in_list(annual_list: AnnualList, day: date) -> tuple[Column, ...]:
    def held(column: str, **field: Any) -> Combinable:
        return Subquery(_held(ListEntry, day, annual_list=annual_list).values(column)[:1], **field)

    classes = ProjectClass.objects.filter(region=annual_list.region, withdrawn=False)
    return (
        Column("kind", _("类型"), choice(KINDS), expression=held("kind"), filter="choice", group=_("名单")),
        Column(
            "class",
            _("分类"),
            expression=held("project_class__name", output_field=CharField()),
            filter="choice",
            choices=lambda actor: _names(classes),
            group=_("名单"),
        ),
    )


def _money(annual_list: AnnualList | None, day: date) -> tuple[Column, ...]:
    def held(model: Any, column: str, **key: object) -> Combinable:
        return Subquery(_held(model, day, **key).values(column)[:1], output_field=MoneyField())

    total = Column(
        "total_investment",
        _("总投资"),
        YI,
        expression=_total(day),
        filter="range",
        total="sum",
        group=_("投资"),
    )
    done = Column("last_cumulative", _("累计完成"), YI, filter="range", total="sum", group=_("投资"))
    read_on = Column("last_reading_on", _("数据日期"), DATE, filter="date", group=_("投资"))
    if annual_list is None:
        return total, done, read_on
    planned = Column(
        "planned_investment",
        _("年计划"),
        YI,
        expression=held(ListEntry, "planned_investment", annual_list=annual_list),
        filter="range",
        total="sum",
        group=_("投资"),
    )
    return total, planned, done, read_on
