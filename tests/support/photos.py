"""Photos for tests: drawn, with the words of a telephone, and a node to which they belong."""

import io
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

from guatu.core.actor import Actor
from guatu.demo.scenes import scene


def exif(taken: str = "", place: tuple[float, float] | None = None, offset: str = "") -> Image.Exif:
    """EXIF as telephones write it: "2019:03:20 09:30:00", (longitude, latitude), "+08:00"."""
    words = Image.Exif()
    if taken:
        words.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    if offset:
        words.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.OffsetTimeOriginal] = offset
    if place is not None:
        gps = words.get_ifd(ExifTags.IFD.GPSInfo)
        gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef] = (
            (abs(place[0]), 0.0, 0.0),
            "EW"[place[0] < 0],
        )
        gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef] = (abs(place[1]), 0.0, 0.0), "NS"[place[1] < 0]
    return words


def photo(number: int, *, quality: int = 80, size: tuple[int, int] = (640, 480), **words: Any) -> bytes:
    """A drawn photo as a JPEG file."""
    file = io.BytesIO()
    scene(number, size).save(file, "JPEG", quality=quality, exif=exif(**words))
    return file.getvalue()


def upload(data: bytes, name: str = "照片.jpg") -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name, data)


def node_of(shelf: Any, project: Any, name: str) -> Any:
    """A node of a plan that has been approved."""
    from guatu.plans.models import Node, Plan

    plan = Plan.objects.create(project=project, approved=1, deadline=date(2019, 12, 31))
    return Node.objects.create(plan=plan, order=1, name=name, duration=0)


def project_of(cast: Any, unit: str) -> Any:
    """A project with a place, of a unit of the cast."""
    from guatu.library import actions as library

    office, day = cast.actor("office"), date(2019, 1, 1)
    details = {"longitude": "112.45", "latitude": "34.62"}
    row = library.NewProject(name=f"项目{unit}", region=cast.region("district"), stage="idea", details=details)
    project = library.register_project(actor=office, row=row, on=day)
    library.assign(actor=office, project=project, role="responsible", unit=cast.unit(unit), on=day)
    project.refresh_from_db()
    return project


def handed_in(actor: Actor, project: Any, **words: Any) -> Any:
    """A photo of a project that was handed in."""
    from guatu.core.attachments import keep_file
    from guatu.reporting import actions
    from guatu.reporting.evidence.taking import take

    taken = take(keep_file(upload(photo(1, **words)), kinds=("jpeg",)))
    return actions.hand_in_evidence(actor=actor, project=project, taken=taken, told=actions.Told())
