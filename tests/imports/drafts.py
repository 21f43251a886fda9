"""Imports under way, as an upload makes them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.core.attachments import keep_file
from guatu.library.models import ImportDraft
from guatu.reporting import drafts, imports
from tests.imports import books
from tests.support.cast import Cast


def draft(cast: Cast, who: str, region: str) -> ImportDraft:
    """A checked draft of somebody's."""
    file = keep_file(SimpleUploadedFile("台账.xlsx", books.plan_book()), kinds=("xlsx",))
    place = cast.region(region)
    order = imports.Order(
        kind=imports.PLAN, path=file.path, name=file.name, year=2019, level="district", region=place.code
    )
    return drafts.begin(cast.actor(who), file, order, {"region": place, "level": "district", "year": 2019})
