"""The export's job: a list as an office's workbook, beside the same cells written by the bare writer."""

import io
from typing import Any

import xlsxwriter

from bench.district import AS_OF, District
from bench.registry import Work, job
from guatu.core.actor import OPERATOR
from guatu.core.books.model import Book
from guatu.library.models import AnnualList
from guatu.reporting.workbooks.files import plan_file
from guatu.reporting.workbooks.plan import plan_book


def _bare(book: Book) -> Any:
    """The book's values, cell by cell, without a look."""
    lines = [[row.get(column.code) for column in book.columns] for row in book.all_rows()]
    lines = [[str(value) if not isinstance(value, int) else value for value in line] for line in lines]

    def run() -> int:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as file:
            sheet = file.add_worksheet()
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
        return len(out.getvalue())

    return run


@job("plan ledger out, as a workbook", floor="xlsxwriter writing the same values", aim="≤ 8 ×")
def plan_out(district: District) -> Work:
    """Read, laid out under its classes, measured and written."""
    annual_list = AnnualList.objects.select_related("region__parent").get(pk=district.list_id)
    book = plan_book(OPERATOR, annual_list, AS_OF)
    assert len(list(book.all_rows())) == district.projects
    return Work(lambda: plan_file(OPERATOR, annual_list, AS_OF), _bare(book))
