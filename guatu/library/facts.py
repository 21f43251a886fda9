"""What the library tells of projects at a date: for gates, lights and whatever asks for facts by name."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence
from guatu.core.registries import FACTS, FactReader, FactSource
from guatu.library.models import Project, ProjectProfile
from guatu.library.queries.assignments import holders_of
from guatu.library.queries.projects import parts, present_stage, profiles_as_of, steps_reached


def _stage(ids: Sequence[int], day: date, known: date | None) -> Mapping[int, Any]:
    steps = steps_reached(ids, day, known=known)
    return {key: present_stage(listed)[0] for key, listed in steps.items()}


def _of_profile(column: str) -> FactReader:
    def read(ids: Sequence[int], day: date, known: date | None) -> Mapping[int, Any]:
        rows: dict[int, ProjectProfile] = profiles_as_of(ids, day, known=known)
        values = {key: getattr(row, column) for key, row in rows.items()}
        return {key: value for key, value in values.items() if value not in (None, "")}

    return read


def _of_project(value: Callable[[Project], Any]) -> FactReader:
    """What a project says now; such columns have no history, so the dates make no difference."""

    def read(ids: Sequence[int], day: date, known: date | None) -> Mapping[int, Any]:
        rows = [row for part in parts(ids) for row in Project.objects.filter(pk__in=part)]
        return {row.pk: told for row in rows if (told := value(row)) is not None}

    return read


def _held(role: str) -> FactReader:
    def read(ids: Sequence[int], day: date, known: date | None) -> Mapping[int, Any]:
        rows = holders_of(ids, day, known=known)
        return {key: any(row.role == role for row in rows.get(key, [])) for key in ids}

    return read


def _add(name: str, words: Sentence, read: FactReader) -> None:
    FACTS.add(name, FactSource(name, words, read))


_add("library.stage", _("现阶段"), _stage)
_add("library.total_investment", _("总投资（元）"), _of_profile("total_investment"))
_add("library.industry", _("行业"), _of_profile("industry"))
_add("library.nature", _("建设性质"), _of_profile("nature"))
_add("library.investor", _("投资主体"), _of_profile("investor"))
_add("library.has_code", _("有国家代码"), _of_project(lambda row: bool(row.code.strip())))
_add("library.has_owner", _("有项目业主"), _of_project(lambda row: bool(row.owner_name.strip())))
_add("library.has_site", _("有场址"), _of_project(lambda row: row.longitude is not None or row.boundary is not None))
_add("library.has_plan", _("有推进方案"), _of_project(lambda row: bool(row.plan_document.strip())))
_add("library.intensity_per_mu", _("亩均投资强度（元/亩）"), _of_project(lambda row: row.intensity_per_mu))
_add("library.tax_per_mu", _("亩均税收（元/亩·年）"), _of_project(lambda row: row.tax_per_mu))
_add("library.jobs", _("新增就业（人）"), _of_project(lambda row: row.jobs))
_add("library.land_mu", _("用地（亩）"), _of_project(lambda row: row.land_mu))
_add("library.promoted", _("招商引资项目"), _of_project(lambda row: row.promoted))
_add("library.has_lead", _("有分包领导"), _held("lead"))
_add("library.has_responsible", _("有责任单位"), _held("responsible"))
_add("library.has_task_force", _("有专班"), _held("task_force"))
