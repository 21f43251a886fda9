"""A district with two projects of which March is known, and layouts in use, for the tests of other systems' sheets."""

import io
from datetime import date
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.core import clock
from guatu.core.attachments import keep_file
from guatu.domain.periods import Period
from guatu.library import actions as library
from guatu.library.models import AnnualList
from guatu.reporting import actions
from guatu.reporting.layouts.book import layout_file
from guatu.reporting.layouts.filling import fill
from guatu.reporting.layouts.ready import ready_layouts
from guatu.reporting.layouts.schema import stored
from guatu.reporting.models import LayoutReturn, SheetLayout
from tests.support.cast import Cast

WAN = 10_000
MARCH = Period.parse("2019-03")
NAMES = ("青桐路快速化改造（一期）", "长宁路改造")


def last_month() -> Period:
    """The month before today's."""
    return Period.containing("month", clock.today()).previous()


def listed(cast: Cast, year: int, *names: str, region: str = "district", who: str = "office") -> AnnualList:
    """A list with begun projects of the housing bureau."""
    actor, place, begin = cast.actor(who), cast.region(region), date(year, 1, 1)
    annual = library.make_list(actor=actor, level="district", region=place, year=year, settings={})
    for number, name in enumerate(names, start=1):
        row = library.NewProject(
            name=name,
            region=place,
            profile={"total_investment": 12_345 * WAN, "industry": "E48"},
            stage="started",
            stage_on=begin,
            details={
                "code": f"{year}-410303-48-01-10037{number}",
                "funding": "财政资金、专项债券",
                "address": "王城路",
            },
        )
        project = library.register_project(actor=actor, row=row, on=begin)
        entry = library.EntryRow(project=project, values={"planned_investment": 5000 * WAN, "kind": "new_start"})
        library.put_entries(actor=actor, annual_list=annual, rows=[entry], on=begin)
        if region == "district":
            library.assign(actor=actor, project=project, role="responsible", unit=cast.unit("housing"), on=begin)
    return annual


def used(cast: Cast, code: str = "national_projects", who: str = "office", region: str = "district") -> SheetLayout:
    """A ready layout in use."""
    return actions.use_layout(actor=cast.actor(who), region=cast.region(region), layout=ready_layouts()[code])


def exported(cast: Cast, row: SheetLayout, annual: AnnualList, period: Period = MARCH, who: str = "office") -> bytes:
    """The workbook of a layout."""
    return layout_file(fill(cast.actor(who), stored(row.layout), annual, period))[1]


def edited(data: bytes, *changes: tuple[int, str, Any]) -> bytes:
    """The workbook with some cells written: (row under the heading from 1, heading, value)."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    for at, heading, value in changes:
        sheet.cell(first_row(sheet) + at - 1, place_of(sheet, heading)[1]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def place_of(sheet: Any, heading: str) -> tuple[int, int]:
    """(row, column) of a heading."""
    for row in range(3, 5):
        for column in range(1, sheet.max_column + 1):
            if str(sheet.cell(row, column).value or "").startswith(heading):
                return row, column
    raise AssertionError(f"no heading {heading}")


def first_row(sheet: Any) -> int:
    """The first row under the heading."""
    names = place_of(sheet, "项目名称")[1]
    return next(row for row in range(4, sheet.max_row + 1) if sheet.cell(row, names).value)


def upload(data: bytes, name: str = "导出.xlsx") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data)


def read_back(cast: Cast, who: str = "office", region: str = "district") -> LayoutReturn:
    """An export that was read back as it went out, waiting to be accepted."""
    period = last_month()
    annual = listed(cast, period.end.year, f"{region}示例项目", region=region, who=who)
    row = used(cast, who=who, region=region)
    data = exported(cast, row, annual, period, who)
    file = keep_file(upload(data), kinds=("xlsx",))
    return actions.receive_layout(
        actor=cast.actor(who), row=row, annual_list=annual, period=period, file=file, counts={}
    )
