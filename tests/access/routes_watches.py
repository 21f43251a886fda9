"""Routes of watches and of stamped sheets."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.core import clock
from guatu.core.attachments import keep_file
from guatu.reporting import actions
from guatu.reporting.content import ReportContent
from guatu.reporting.models import SentWorkbook, WorkbookReturn
from guatu.reporting.sent.making import offers
from guatu.reporting.stamped.sheet import to_stamp
from tests.access.routes import Route
from tests.reporting.watches import inside, outside, watched
from tests.reporting.workbooks import asked_unit
from tests.support.cast import Cast


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("扫描.pdf", b"%PDF-1.4\n%%EOF\n")


def _day(cast: Cast) -> dict[str, Any]:
    return {**inside(cast), "day": clock.today().isoformat()}


def _day_outside(cast: Cast) -> dict[str, Any]:
    return {**outside(cast), "day": clock.today().isoformat()}


def _coming(cast: Cast) -> dict[str, Any]:
    begins = clock.today() + timedelta(days=3)
    return {"public_id": watched(cast, starts_on=begins, ends_on=begins).public_id}


def _printed(cast: Cast, who: str = "reporter", unit: str = "housing") -> SentWorkbook:
    """The stamped sheet of a unit's month."""
    bureau = asked_unit(cast, f"{unit}示例项目", unit=unit)
    actor = cast.actor(who)
    (offer,) = offers(actor, bureau, clock.today())
    actions.submit_report(
        actor=actor, project=offer.asked[0].project, expected=offer.expected, content=ReportContent(words="主体封顶")
    )
    return actions.print_sheet(actor=actor, unit=bureau, reports=to_stamp(actor, bureau)[0].reports)


def _sheet(cast: Cast) -> dict[str, Any]:
    return {"public_id": _printed(cast).public_id}


def _sheet_outside(cast: Cast) -> dict[str, Any]:
    return {"public_id": _printed(cast, "other_reporter", "commerce").public_id}


def _scan(row: SentWorkbook, cast: Cast, who: str) -> WorkbookReturn:
    return actions.receive_sheet(actor=cast.actor(who), sent=row, file=keep_file(_file(), kinds=("pdf",)))


def _count(cast: Cast) -> dict[str, Any]:
    row = _printed(cast)
    return {"public_id": row.public_id, "return_id": _scan(row, cast, "reporter").public_id}


def _count_outside(cast: Cast) -> dict[str, Any]:
    row = _printed(cast, "other_reporter", "commerce")
    return {"public_id": row.public_id, "return_id": _scan(row, cast, "other_reporter").public_id}


def _to_print(cast: Cast) -> dict[str, Any]:
    row = _printed(cast)
    return {"unit": str(row.unit.public_id), "kind": row.kind, "period": row.period}


def _to_hand_in(cast: Cast) -> dict[str, Any]:
    return {"code": _printed(cast).check_code, "file": _file()}


ROUTES = {
    "reporting:watches": Route("reporter", "system_admin"),
    "reporting:watch_make": Route("office", "reporter"),
    "reporting:watch": Route("reporter", "system_admin", inside, outside),
    "reporting:watch_change": Route("office", "reporter", _coming, outside),
    "reporting:watch_end": Route("office", "reporter", inside, outside),
    "reporting:watch_withdraw": Route("office", "reporter", inside, outside),
    "reporting:watch_day": Route("reporter", "head", _day, _day_outside),
    "reporting:watch_file": Route(
        "head",
        "system_admin",
        lambda cast: {**_day(cast), "ending": "xlsx"},
        lambda cast: {**_day_outside(cast), "ending": "xlsx"},
    ),
    "reporting:stamped": Route("reporter", "head"),
    "reporting:stamped_print": Route("reporter", "head", method="post", data=_to_print),
    "reporting:stamped_receive": Route("reporter", "head", method="post", data=_to_hand_in),
    "reporting:stamped_sheet": Route("reporter", "head", _sheet, _sheet_outside),
    "reporting:stamped_paper": Route("reporter", "head", _sheet, _sheet_outside),
    "reporting:stamped_count": Route("reviewer", "reporter", _count, _count_outside, method="post"),
}
