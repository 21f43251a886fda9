"""The progress sheet of a period: a list's projects with what is known, beside empty cells to fill in and send back."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.books.model import Book, Column, Kind, without_empty
from guatu.core.books.office import book_bytes, cell_words
from guatu.domain.money import MoneyUnit
from guatu.domain.periods import Period
from guatu.library.models import AnnualList
from guatu.library.queries.printed import PrintedRow
from guatu.people.models import Unit
from guatu.reporting.queries import readings_as_of, year_ends
from guatu.reporting.workbooks.rows import (
    ListRows,
    by_unit,
    columns_of,
    in_classes,
    list_rows,
    notes_of,
    of_unit,
    place_words,
    total_words,
)

MONEY, DATE, NUMBER = Kind.MONEY, Kind.DATE, Kind.NUMBER
OF_PERIOD: Final = {"day": "本日", "week": "本周", "ten_days": "本旬", "month": "本月", "quarter": "本季度"}
BEFORE: Final = {"month": "上月", "week": "上周"}
KNOWN: Final = (
    Column(code="serial", heading="序号", kind=NUMBER, centred=True, always=True),
    Column(code="name", heading="项目名称", widest=30, always=True),
    Column(code="project_code", heading="项目代码", widest=16),
    Column(code="responsible_unit", heading="责任单位", widest=18),
    Column(code="total_investment", heading="总投资", kind=MONEY),
    Column(code="cumulative_to_last_year", heading="至{before}年底累计完成投资", kind=MONEY),
    Column(code="planned_investment", heading="{year}年计划投资", kind=MONEY),
    Column(code="last_to_date", heading="{last}累计完成投资", kind=MONEY),
    Column(code="last_progress", heading="{last}形象进度", widest=26),
)
TO_FILL: Final = (
    Column(code="investment_of_period", heading="{this}完成投资", group="完成投资情况", kind=MONEY, to_fill=True),
    Column(code="investment_to_date", heading="本年累计完成投资", group="完成投资情况", kind=MONEY, to_fill=True),
    Column(code="physical_progress", heading="形象进度", widest=24, to_fill=True),
    Column(code="actual_start", heading="实际开工时间", kind=DATE, to_fill=True),
    Column(code="actual_finish", heading="实际竣工时间", kind=DATE, to_fill=True),
    Column(code="problem", heading="存在问题", widest=22, to_fill=True),
    Column(code="next_plan", heading="下步计划", widest=18, to_fill=True),
)
KEPT = frozenset(column.code for column in KNOWN)


def progress_book(
    actor: Actor, annual_list: AnnualList, period: Period, unit: MoneyUnit = MoneyUnit.WAN, of: Unit | None = None
) -> Book:
    """The sheet of a list and period, or of one responsible unit's projects in it, as far as a post may have it."""
    listed = list_rows(actor, annual_list, period.end)
    return _book(listed if of is None else of_unit(listed, of), period, unit)


def progress_zip(actor: Actor, annual_list: AnnualList, period: Period, unit: MoneyUnit = MoneyUnit.WAN) -> bytes:
    """One sheet for each responsible unit, zipped; the projects that nobody answers for have one of their own."""
    listed = list_rows(actor, annual_list, period.end)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (of, rows) in enumerate(by_unit(listed).items(), start=1):
            name = of.name if of is not None else _("责任单位未明确")
            part = ListRows(annual_list, listed.day, rows, 0, 0)
            archive.writestr(f"{number:02d} {_file_words(name)}.xlsx", book_bytes(_book(part, period, unit, name)))
    return out.getvalue()


def _file_words(name: str) -> str:
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name)[:60]


def _book(listed: ListRows, period: Period, unit: MoneyUnit, of: str = "") -> Book:
    annual_list = listed.annual_list
    ids = [row.entry.project_id for row in listed.rows]
    before, last = (
        year_ends(ids, annual_list.year),
        readings_as_of(ids, period.start - timedelta(days=1), restated=True),
    )

    def cells(row: PrintedRow) -> Mapping[str, Any]:
        key, found = row.entry.project_id, {code: row.cells[code] for code in KEPT & row.cells.keys()}
        if key in before:
            found["cumulative_to_last_year"] = before[key]
        reading = last.get(key)
        if reading is not None and reading.effective_on.year == annual_list.year:
            found |= {"last_to_date": reading.ytd, "last_progress": cell_words(reading.words)}
        return found

    rows, groups = in_classes(listed.rows, cells)
    words = {"this": OF_PERIOD.get(period.kind, "本期"), "last": BEFORE.get(period.kind, "上期")}
    told = _("填空白各列即可；没有变化的项目可以不填，不填的不改变任何数据")
    return without_empty(
        Book(
            title=_("{place}{level}重点项目{period}进度表").format(
                place=place_words(annual_list.region), level=annual_list.get_level_display(), period=period.label_zh
            ),
            sheet=_("{period}进度表").format(period=period.label_zh),
            columns=columns_of((*KNOWN, *TO_FILL), annual_list.year, **words),
            unit=unit,
            left=_("责任单位：{unit}").format(unit=of) if of else "",
            rows=rows,
            groups=groups,
            total=total_words(len(listed.rows)),
            notes=[*notes_of(listed), _("说明：%(text)s。") % {"text": told}],
            frozen="name",
        )
    )
