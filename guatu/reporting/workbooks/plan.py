"""The annual plan ledger as a workbook that can be handed to a leader, and that the import reads back as it stands."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.books.model import Book, Column, Kind, without_empty
from guatu.domain.money import MoneyUnit
from guatu.library.choices import ListState
from guatu.library.models import AnnualList, ListBatch
from guatu.library.queries.printed import PrintedRow, own_line
from guatu.reporting.queries import year_ends
from guatu.reporting.workbooks.rows import (
    ListRows,
    columns_of,
    in_classes,
    list_rows,
    notes_of,
    place_words,
    total_words,
)

MONEY, DATE, NUMBER = Kind.MONEY, Kind.DATE, Kind.NUMBER
# Headings are data of the ledgers' language, as the import knows them: they are not translated.
COLUMNS: Final = (
    Column(code="serial", heading="序号", kind=NUMBER, centred=True, always=True),
    Column(code="name", heading="项目名称", widest=30, always=True),
    Column(code="project_code", heading="项目代码", widest=16),
    Column(code="kind", heading="建设类别", centred=True, widest=10),
    Column(code="nature", heading="建设性质", centred=True, widest=8),
    Column(code="completes_this_year", heading="本年计划竣工", centred=True, widest=8),
    Column(code="content", heading="建设规模及主要内容", widest=44),
    Column(code="location", heading="建设地点", widest=20),
    Column(code="years", heading="建设起止年限", centred=True, widest=12),
    Column(code="planned_start", heading="计划开工时间", kind=DATE),
    Column(code="planned_finish", heading="计划竣工时间", kind=DATE),
    Column(code="planned_resume", heading="计划复工时间", kind=DATE),
    Column(code="total_investment", heading="总投资", group="投资", kind=MONEY, always=True),
    Column(
        code="cumulative_to_last_year",
        heading="至{before}年底累计",
        group="投资",
        alone="至{before}年底累计完成投资",
        kind=MONEY,
    ),
    Column(
        code="planned_investment",
        heading="{year}年计划",
        group="投资",
        alone="{year}年计划投资",
        kind=MONEY,
        always=True,
    ),
    Column(code="goal", heading="全年目标", group="年度目标", alone="年度建设目标", widest=34),
    Column(code="goal_q1", heading="一季度目标", group="年度目标", widest=22),
    Column(code="goal_q2", heading="二季度目标", group="年度目标", widest=22),
    Column(code="goal_q3", heading="三季度目标", group="年度目标", widest=22),
    Column(code="goal_q4", heading="四季度目标", group="年度目标", widest=22),
    Column(code="funding", heading="资金来源", widest=16),
    Column(code="owner", heading="项目业主", widest=20),
    Column(code="owner_code", heading="统一社会信用代码", widest=12),
    Column(code="liaison", heading="联系人", centred=True, widest=10),
    Column(code="phone", heading="联系电话", centred=True, widest=14),
    Column(code="responsible_unit", heading="责任单位", group="责任", widest=18),
    Column(code="supporting_units", heading="配合单位", group="责任", widest=18),
    Column(code="local_unit", heading="属地", group="责任", widest=14),
    Column(code="lead", heading="分包领导", group="责任", widest=14),
    Column(code="sector_lead", heading="行业分管领导", group="责任", widest=14),
    Column(code="task_force", heading="专班", group="责任", widest=16),
    Column(code="theme", heading="专题", widest=14),
    Column(code="management_layer", heading="调度层级", centred=True, widest=12),
    Column(code="document_clause", heading="依据文件", widest=18),
    Column(code="remark", heading="备注", widest=24),
)


def plan_book(actor: Actor, annual_list: AnnualList, day: date, unit: MoneyUnit = MoneyUnit.WAN) -> Book:
    """A list at the end of a day as its plan ledger, as far as a post may have it."""
    return book_of(list_rows(actor, annual_list, day), unit)


def book_of(listed: ListRows, unit: MoneyUnit) -> Book:
    """The workbook of rows that were chosen."""
    annual_list = listed.annual_list
    before = year_ends([row.entry.project_id for row in listed.rows], annual_list.year)

    def cells(row: PrintedRow) -> Mapping[str, Any]:
        amount = before.get(row.entry.project_id)
        return row.cells if amount is None else {**row.cells, "cumulative_to_last_year": amount}

    left = "　".join(part for part in (documents_of(annual_list), own_line(listed.day)) if part)
    return laid_out(
        listed.rows,
        cells,
        year=annual_list.year,
        unit=unit,
        title=title_of(annual_list),
        left=left,
        notes=notes_of(listed),
    )


def laid_out(
    listed: Sequence[PrintedRow],
    cells: Callable[[PrintedRow], Mapping[str, Any]],
    *,
    year: int,
    unit: MoneyUnit,
    title: str,
    left: str,
    notes: list[str],
) -> Book:
    """The sheet of rows that were chosen, under their classes, without the columns in which nothing stands."""
    rows, groups = in_classes(listed, cells)
    return without_empty(
        Book(
            title=title,
            sheet=_("{year}年重点项目计划表").format(year=year),
            columns=columns_of(COLUMNS, year),
            unit=unit,
            left=left,
            rows=rows,
            groups=groups,
            total=total_words(len(listed)),
            notes=notes,
            frozen="name",
        )
    )


def title_of(annual_list: AnnualList) -> str:
    """洛阳市西工区2026年区级重点项目计划表（暂定）."""
    said = _("{place}{year}年{level}重点项目计划表").format(
        place=place_words(annual_list.region), year=annual_list.year, level=annual_list.get_level_display()
    )
    return said + (_("（暂定）") if annual_list.state == ListState.PROVISIONAL else "")


def documents_of(annual_list: AnnualList) -> str:
    """The document numbers of the list's issues, in their order."""
    rows = (
        ListBatch.objects.filter(annual_list=annual_list, withdrawn=False)
        .exclude(document_number="")
        .order_by("number")
    )
    return "、".join(dict.fromkeys(row.document_number for row in rows))
