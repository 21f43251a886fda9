"""What people type about bulletins: shapes only, no rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.form_words import Form
from guatu.core.inputs import DayField
from guatu.core.refusals import Refusal
from guatu.domain.dates import last_of_month
from guatu.domain.errors import DomainError
from guatu.domain.typed import read_day
from guatu.library.models import AnnualList
from guatu.library.queries.lists import main_list
from guatu.publishing.bulletins import KINDS
from guatu.reporting.choices import Basis


@dataclass(frozen=True, slots=True)
class Question:
    """What a new bulletin is to speak of: kind, lists (highest level first), date, basis."""

    kind: str
    lists: tuple[AnnualList, ...]
    as_of: date
    basis: str


def read_question(data: Mapping[str, str], chosen: Sequence[str], available: Sequence[AnnualList]) -> Question:
    """The question of a new bulletin's page; without a choice the main list, at its last month's end.

    Raises Refusal for lists that do not go together, an unknown kind, and a date outside the lists' year.
    """
    kind, basis = data.get("kind", "progress"), data.get("basis", Basis.DISPATCH)
    if kind not in KINDS:
        raise Refusal("publishing.unknown_kind", kind=kind[:40])
    if basis not in Basis.values:
        raise Refusal("core.not_found")
    wanted = {_uuid(text) for text in chosen}
    main = main_list(available, clock.today())
    lists = [row for row in available if (row.public_id in wanted if wanted else row == main)]
    if len(lists) < max(len(wanted), 1):
        raise Refusal("core.not_found")
    return Question(kind, tuple(lists), _day(data.get("as_of", ""), lists[0].year), basis)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refusal("core.not_found") from None


def _day(text: str, year: int) -> date:
    today = clock.today()
    if not text.strip():
        if today.year > year:
            return date(year, 12, 31)
        month_done = today == last_of_month(today.year, today.month) or today.month == 1
        return today if month_done else last_of_month(today.year, today.month - 1)
    try:
        day = read_day(text, today, year).day
    except DomainError:
        raise Refusal("publishing.bad_day", value=text[:40], year=year) from None
    if day.year != year or day > today:
        raise Refusal("publishing.bad_day", value=text[:40], year=year)
    return day


class IssueForm(Form):
    """Number and day of an issue; on paper: who signed, and the scan."""

    number = forms.IntegerField(label=_("期号"), min_value=1, max_value=999)
    on = DayField(label=_("签发日期"))
    approved_by = forms.CharField(label=_("签批人（纸质签批时填写）"), required=False, max_length=80)
    approval = forms.FileField(label=_("签批扫描件"), required=False)


class ArchiveForm(Form):
    """The signed copy and the number that the government's office gave."""

    document_number = forms.CharField(label=_("文号"), max_length=80)
    signed = forms.FileField(label=_("签字盖章的 PDF"))


class ReturnForm(Form):
    """A docx that was edited in WPS."""

    file = forms.FileField(label=_("改好的 docx"))
