"""Imports under way, as an upload makes them."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.core.attachments import keep_file
from guatu.domain.periods import Period
from guatu.library.models import ImportDraft
from guatu.reporting import drafts, imports
from tests.imports import books
from tests.support.cast import Cast


def draft(cast: Cast, who: str, region: str) -> ImportDraft:
    """A checked draft of somebody's."""
    return applied(cast, books.plan_book(), who=who, region=region, apply=False)


def applied(
    cast: Cast,
    data: bytes,
    *,
    who: str = "office",
    region: str = "district",
    kind: str = imports.PLAN,
    period: str = "",
    apply: bool = True,
) -> ImportDraft:
    """A file of somebody's, uploaded, checked and (unless told otherwise) applied."""
    file = keep_file(SimpleUploadedFile("台账.xlsx", data), kinds=("xlsx",))
    place = cast.region(region)
    values: dict[str, Any] = {"region": place, "level": "district", "year": 2019}
    if period:
        values |= {"period": period, "basis": "dispatch"}
    order = imports.Order(
        kind=kind,
        path=file.path,
        name=file.name,
        year=2019,
        level="district",
        region=place.code,
        period=Period.parse(period) if period else None,
    )
    row = drafts.begin(cast.actor(who), file, order, values)
    if apply:
        drafts.finish(cast.actor(who), row)
        row.refresh_from_db()
    return row
