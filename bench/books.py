"""Jobs of exports: an office's workbook of a list, the library's table as a file; each beside its bare writer."""

import io
from typing import Any

import xlsxwriter
from django.test import Client

from bench import floors
from bench.district import AS_OF, LIST_SIZE, District
from bench.registry import Aim, Work, job
from guatu.core.actor import OPERATOR
from guatu.core.books.model import Book
from guatu.library.models import AnnualList
from guatu.people.models import User
from guatu.reporting.workbooks.files import plan_file
from guatu.reporting.workbooks.plan import plan_book

MOST = 10_000


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


@job("plan ledger out, as a workbook", floor="xlsxwriter writing the same values", aim=Aim(times=8))
def plan_out(district: District) -> Work:
    """Read, laid out under its classes, measured and written."""
    annual_list = AnnualList.objects.select_related("region__parent").get(pk=district.list_id)
    book = plan_book(OPERATOR, annual_list, AS_OF)
    assert len(list(book.all_rows())) == min(district.projects, LIST_SIZE)
    return Work(lambda: plan_file(OPERATOR, annual_list, AS_OF), _bare(book))


def _exported(district: District, ending: str) -> Work:
    """The library's table as a file of up to 10,000 projects, streamed to its end; and the same values written bare."""
    whole = district.projects <= MOST
    user = User.objects.get(pk=district.province_id if whole else district.user_id)
    client = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")

    def run() -> int:
        response: Any = client.get(f"/library/?export={ending}")
        assert response.status_code == 200
        return sum(len(part) for part in response.streaming_content)

    assert run() > 50 * min(district.projects, LIST_SIZE)
    return Work(run, floors.bare_file(None if whole else district.region_ids[0], ending))


@job("library as CSV", floor="the bare query and a bare CSV writer", aim=Aim(ms=500))
def library_as_csv(district: District) -> Work:
    """Every project that the table shows, with its columns."""
    return _exported(district, "csv")


@job("library as xlsx", floor="the bare query and a bare xlsxwriter", aim=Aim(times=3))
def library_as_xlsx(district: District) -> Work:
    """The same as a workbook with heads, formats and a line of sums."""
    return _exported(district, "xlsx")
