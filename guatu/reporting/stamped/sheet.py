"""The sheet that is printed, signed and stamped: its reports, its paper, its check code, the scan that came back."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.models import Attachment
from guatu.core.official.papers import Field, Paper, Part, document_of
from guatu.core.official.pdf import to_pdf
from guatu.core.refusals import Refusal
from guatu.core.ui.numbers import hundredths
from guatu.domain.money import MoneyUnit, format_amount
from guatu.domain.periods import Period
from guatu.library.policies import visible_projects
from guatu.people.models import Unit
from guatu.reporting.choices import ReportKind, ReportState, ReturnState
from guatu.reporting.content import from_json
from guatu.reporting.models import Report, SentWorkbook, WorkbookReturn
from guatu.reporting.policies import visible_sheets

RIGHT: Final = "reporting.stamp"
ABOUT: Final = "reporting.stampedsheet"
SCANS: Final = ("pdf", "jpeg", "png")
_TAIL: Final = 6  # signs of a number after its dash


@dataclass(frozen=True, slots=True)
class ToStamp:
    """A unit's reports of one kind and period that wait for the unit's approval."""

    kind: str
    period: str
    reports: tuple[Report, ...]

    @property
    def words(self) -> str:
        """Its period and kind."""
        return f"{Period.parse(self.period).label_zh} {ReportKind(self.kind).label}"


def to_stamp(actor: Actor, unit: Unit) -> list[ToStamp]:
    """What of a unit can be printed and stamped now, the newest period first."""
    rows = Report.objects.filter(
        project__in=visible_projects(actor, RIGHT).filter(unit=unit), state=ReportState.SUBMITTED
    ).select_related("project__region", "unit")
    found: dict[tuple[str, str], list[Report]] = {}
    for row in rows.order_by("-start", "kind", "project__sort_key", "pk"):
        found.setdefault((row.kind, row.period), []).append(row)
    return [ToStamp(kind, period, tuple(listed)) for (kind, period), listed in found.items()]


def one_to_stamp(actor: Actor, unit: Unit, kind: str, period: str) -> ToStamp:
    """One of them. Refusal reporting.stamped_nothing where nothing waits."""
    one = next((one for one in to_stamp(actor, unit) if (one.kind, one.period) == (kind, period)), None)
    if one is None:
        raise Refusal("reporting.stamped_nothing", unit=unit.name, period=period[:12])
    return one


def printed_of(report: Report) -> dict[str, Any]:
    """A report as the sheet keeps it: what it said, under which edition."""
    return {
        "report": str(report.public_id),
        "project": str(report.project.public_id),
        "name": report.project.name,
        "edition": report.edition,
        "content": report.content,
    }


def reports_printed(sent: SentWorkbook) -> list[Report]:
    """The reports of a sheet as they are now, in its order."""
    keys = [one["report"] for one in sent.content["rows"]]
    rows = {str(row.public_id): row for row in _reports(keys)}
    return [rows[key] for key in keys if key in rows]


def _reports(keys: Iterable[str]) -> Iterable[Report]:
    return Report.objects.filter(public_id__in=list(keys)).select_related("project__region", "unit")


# -- the check code ----------------------------------------------------------------------------------------------------
def code_typed(text: str) -> str:
    """A check code as somebody types it off the paper: small letters, full-width signs and spaces do no harm."""
    plain = unicodedata.normalize("NFKC", text).upper()
    signs = "".join(sign for sign in plain if sign.isascii() and sign.isalnum())[:40]
    return f"{signs[:-_TAIL]}-{signs[-_TAIL:]}" if len(signs) > _TAIL else signs


def sheet_of(actor: Actor, text: str) -> SentWorkbook:
    """The sheet of a typed check code. Refusal reporting.stamped_unknown: there is none, or it is another unit's."""
    number = code_typed(text)
    row = visible_sheets(actor).filter(check_code=number).first()
    if row is None:
        raise Refusal("reporting.stamped_unknown", number=number or text.strip()[:20])
    return row


# -- the paper ---------------------------------------------------------------------------------------------------------
def sheet_pdf(sent: SentWorkbook) -> bytes:
    """The sheet on A4 across: figures as submitted, the check code, room for signature and stamp."""
    return to_pdf(document_of(paper_of(sent)))


def paper_of(sent: SentWorkbook) -> Paper:
    """The sheet's content, from what was kept when it was printed."""
    rows = [_line(number, one) for number, one in enumerate(sent.content["rows"], start=1)]
    return Paper(
        title=_("{unit}{period}重点项目进度审核表").format(unit=sent.unit.name, period=sent.period_words),
        sheet=_("审核表"),
        head=[
            _("校验码：{code}").format(code=sent.check_code),
            _("报送类别：{kind}　数据截至：{on}　打印：{at}").format(
                kind=sent.get_kind_display(), on=sent.on.isoformat(), at=f"{sent.sent_at:%Y-%m-%d}"
            ),
        ],
        fields=_fields(),
        parts=[Part("", rows)],
        notes=[
            _("金额为万元"),
            _("本表经单位负责人签字并加盖公章后扫描上传，输入校验码 {code}，即作为单位审核").format(
                code=sent.check_code
            ),
            _("打印后又改动的项目不计入，须重新打印"),
        ],
        signed=(_("填表人："), _("单位负责人（签字）："), _("单位（盖章）："), _("日期：")),
        day=sent.on,
    )


def _fields() -> list[Field]:
    return [
        Field(code="serial", heading=_("序号"), weight=0.5, align="center"),
        Field(code="name", heading=_("项目名称"), weight=3),
        Field(code="amount", heading=_("本期完成"), weight=1.1, align="right"),
        Field(code="ytd", heading=_("本年完成"), weight=1.1, align="right"),
        Field(code="percent", heading=_("形象进度"), weight=1, align="right"),
        Field(code="words", heading=_("工程进展"), weight=3),
        Field(code="problem", heading=_("存在问题"), weight=2.4),
    ]


def _line(number: int, one: dict[str, Any]) -> dict[str, str | int | None]:
    told = from_json(one["content"])
    percent = None if told.percent is None else f"{hundredths(told.percent)}%"
    return {
        "serial": number,
        "name": one["name"],
        "amount": _money(told.amount),
        "ytd": _money(told.ytd),
        "percent": percent,
        "words": told.words or (_("与上期相同：{why}").format(why=told.same_reason) if told.same else None),
        "problem": told.problem or None,
    }


def _money(yuan: int | None) -> str | None:
    return None if yuan is None else format_amount(yuan, MoneyUnit.WAN, 4, trim=True)


# -- the scan ----------------------------------------------------------------------------------------------------------
def scans_of(reports: Sequence[Report]) -> dict[int, Attachment]:
    """By report id, the scan by which it was approved, the first one; those approved otherwise, or not at all, are left
    out. One query.
    """
    rows = WorkbookReturn.objects.filter(
        sent__paper=True,
        sent__period__in={report.period for report in reports},
        sent__unit__in={report.unit_id for report in reports if report.unit_id is not None},
        state=ReturnState.MERGED,
    )
    by_key: dict[str, Attachment] = {}
    for row in rows.select_related("original").order_by("merged_at", "pk"):
        for key in row.content.get("approved", ()):
            by_key.setdefault(key, row.original)
    return {report.pk: by_key[key] for report in reports if (key := str(report.public_id)) in by_key}


def scan_of(report: Report) -> Attachment | None:
    """The same of one report; None where there is none."""
    return scans_of([report]).get(report.pk)
