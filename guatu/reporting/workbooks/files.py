"""The files that pages, command line and API hand out: always in the ledgers' own language, which the import reads."""

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from guatu.core import access, clock
from guatu.core.actor import Actor
from guatu.core.attachments import disposition
from guatu.core.books.office import book_bytes
from guatu.core.file_types import MEDIA_TYPES
from guatu.core.refusals import Refusal
from guatu.domain.money import MoneyUnit
from guatu.domain.periods import Period
from guatu.library.models import AnnualList
from guatu.people.models import Unit
from guatu.reporting.actions.imports import require_in_year
from guatu.reporting.imports import in_source_language
from guatu.reporting.workbooks.plan import plan_book
from guatu.reporting.workbooks.progress import progress_book, progress_zip

ZIP_TYPE = "application/zip"
UNITS = (MoneyUnit.WAN, MoneyUnit.YI)
File = tuple[str, str, bytes]  # name, media type, content


def plan_file(actor: Actor, annual_list: AnnualList, day: date, unit: MoneyUnit = MoneyUnit.WAN) -> File:
    """A list at the end of a day, today at the latest, as its plan ledger."""
    if day > clock.today():
        raise Refusal("reporting.day_ahead", day=day)
    with in_source_language():
        book = plan_book(actor, annual_list, day, unit)
        return f"{book.title}_{day:%Y%m%d}.xlsx", MEDIA_TYPES["xlsx"], book_bytes(book)


def progress_file(
    actor: Actor,
    annual_list: AnnualList,
    period: Period,
    unit: MoneyUnit = MoneyUnit.WAN,
    *,
    of: Unit | None = None,
    split: bool = False,
) -> File:
    """The progress sheet of a period to fill in: of the list, of one responsible unit, or one for each unit (a zip).

    Raises Refusal when the period does not end in the list's year.
    """
    require_in_year(period, annual_list.year)
    with in_source_language():
        book = progress_book(actor, annual_list, period, unit, of)
        if split:
            name = _("{title}（按责任单位）").format(title=book.title)
            return f"{name}.zip", ZIP_TYPE, progress_zip(actor, annual_list, period, unit)
        name = f"{book.title}（{of.name}）" if of is not None else book.title
        return f"{name}.xlsx", MEDIA_TYPES["xlsx"], book_bytes(book)


def note_export(actor: Actor, annual_list: AnnualList, made: File) -> None:
    """Keep in the access log that a file left, whichever way."""
    access.note("export", actor, subject=":".join(annual_list.trail_subject()), detail=made[0][-300:])


def handed_out(actor: Actor, annual_list: AnnualList, made: File) -> HttpResponse:
    """A file as a download."""
    note_export(actor, annual_list, made)
    name, media_type, content = made
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = disposition(name)
    return response
