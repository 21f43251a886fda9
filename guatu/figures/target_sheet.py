"""A list's target sheet (目标任务书): its rows as a table, its check points, and the paper of an issued one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.official.docx import to_docx
from guatu.core.official.model import Attachment, Column, Document, Table, paragraph, row
from guatu.core.official.pdf import to_pdf
from guatu.core.ui.numbers import amount, full_day
from guatu.domain.money import MoneyUnit
from guatu.figures.queries.answers import ask
from guatu.figures.queries.planned import planned_trajectory
from guatu.library.models import AnnualList
from guatu.library.policies import findable_projects, visible_projects
from guatu.people.models import Region
from guatu.people.queries import project_office
from guatu.plans.models import TargetSheet
from guatu.plans.queries.targets import sheet_rows


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One project's targets as the table shows them, whole yuan."""

    public_id: UUID
    number: int
    name: str
    unit: str
    year: int
    q1: int
    q2: int
    q3: int
    q4: int
    m1: int
    m2: int
    m3: int
    m4: int
    m5: int
    m6: int
    m7: int
    m8: int
    m9: int
    m10: int
    m11: int
    m12: int


def rows_of(actor: Actor, listed: Sequence[Mapping[str, Any]], *, leaving: bool = False) -> list[SheetRow]:
    """The rows that the post may see (or take out of the house), from a sheet's content."""
    reach = findable_projects(actor) if leaving else visible_projects(actor, "figures.view")
    seen = {str(key) for key in reach.values_list("public_id", flat=True)}
    return [
        SheetRow(
            UUID(one["project"]), one["number"], one["name"], one["unit"], one["year"], *one["quarters"], *one["months"]
        )
        for one in listed
        if one["project"] in seen
    ]


def rows_now(actor: Actor, annual_list: AnnualList, day: date, *, leaving: bool = False) -> list[SheetRow]:
    """The rows of a list as they are spread now."""
    return rows_of(actor, sheet_rows(annual_list, day), leaving=leaving)


def check_points(actor: Actor, annual_list: AnnualList, day: date) -> list[dict[str, Any]]:
    """The list's named dates with what is planned by then: starts, works, completions, the year's investment."""
    asked = ask(actor, [annual_list], min(day, date(annual_list.year, 12, 31)), restated=True)
    return [{"name": row.point.name, "on": row.point.on, **row.values} for row in planned_trajectory(asked)]


def paper(sheet: TargetSheet, kind: str) -> bytes:
    """An issued sheet as "docx" or "pdf", from its frozen rows."""
    document = document_of(sheet)
    return to_pdf(document) if kind == "pdf" else to_docx(document)


def document_of(sheet: TargetSheet) -> Document:
    """The official document: what it sets, and the table of every project by quarter and month, in 万元."""
    rows = sheet.content["rows"]
    total = sum(one["year"] for one in rows)
    text = _(
        "现将{list}目标任务印发你们。共 {n} 个项目，年度目标 {total} 亿元，按季、按月分解到项目。"
        "请各责任单位以周保月、以月保季、以季保年，按期完成。"
    ).format(list=sheet.annual_list.name, n=len(rows), total=amount(total, MoneyUnit.YI))
    table = Table(_columns(), tuple(_lines(rows)), unit=_("单位：万元"), landscape=True)
    office = office_name(sheet.annual_list.region)
    return Document(
        title=sheet.title,
        blocks=(paragraph(text),),
        masthead=_("{office}文件").format(office=office),
        signed_by=office,
        document_number=sheet.document_number,
        attachments=(Attachment(_("分季分月目标表"), (table,)),),
        signed_on=sheet.issued_on,
        sealed=False,
    )


def office_name(region: Region) -> str:
    """The region's project office, who issues its sheets."""
    office = project_office(region)
    return office.name if office is not None else _("{region}重点项目建设办公室").format(region=region.name)


def _columns() -> tuple[Column, ...]:
    months = [Column(_("{month}月").format(month=month), 0.9, "right") for month in range(1, 13)]
    quarters = [Column(words, 1.0, "right") for words in (_("一季度"), _("二季度"), _("三季度"), _("四季度"))]
    placed = [part for place in range(4) for part in (quarters[place], *months[3 * place : 3 * place + 3])]
    head = (Column(_("序号"), 0.6), Column(_("项目名称"), 3.4, "left"), Column(_("责任单位"), 1.6))
    return (*head, Column(_("全年"), 1.1, "right"), *placed)


def _lines(rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    whole = {
        "year": sum(one["year"] for one in rows),
        "quarters": [sum(one["quarters"][place] for one in rows) for place in range(4)],
        "months": [sum(one["months"][place] for one in rows) for place in range(12)],
    }
    total = row("", _("合计"), "", *_amounts(whole), total=True)
    return [total, *(row(str(one["number"]), one["name"], one["unit"], *_amounts(one)) for one in rows)]


def _amounts(one: Mapping[str, Any]) -> list[str]:
    placed = [one["year"]]
    for place in range(4):
        placed += [one["quarters"][place], *one["months"][3 * place : 3 * place + 3]]
    return [amount(yuan, MoneyUnit.WAN, 0) for yuan in placed]


def file_name(sheet: TargetSheet, kind: str) -> str:
    """The name under which a sheet's paper is taken home."""
    return f"{sheet.title}（{full_day(sheet.issued_on)}）.{kind}"
