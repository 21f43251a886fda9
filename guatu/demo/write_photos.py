"""Sample photos of some sites, drawn: months of one building each, and one picture that stands for two projects."""

import io
from collections.abc import Iterable
from datetime import date, timedelta

from django.core.files.base import ContentFile
from PIL import ExifTags, Image

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.attachments import keep_file
from guatu.demo.scenes import growing
from guatu.demo.write_people import People
from guatu.library.choices import Secrecy, Stage
from guatu.library.models import Project
from guatu.plans.models import Node
from guatu.reporting import actions
from guatu.reporting.choices import ReportState
from guatu.reporting.models import Report

SITES = 3
MONTHS = (  # share that is done, days ago, what it shows
    (0.0, 300, "场地平整"),
    (0.3, 205, "主体施工至三层"),
    (0.6, 110, "主体施工至六层"),
    (0.8, 30, "主体结构封顶"),
)
CROPPED = (40, 20, 920, 680)
WITH_REPORT = "现场施工情况"
BUILDING = (Stage.STARTED, Stage.UNDER_CONSTRUCTION)


def hand_in(people: People, projects: Iterable[Project]) -> None:
    """The reporter's unit hands in photos of its first sites, and one with each report that waits for its check. One
    picture stands for two projects: that of the first waiting report with the second, else of the first site.
    """
    actor, today = people.actor("reporter"), clock.today()
    mine = Project.objects.filter(unit__isnull=False, unit=actor.unit_id, stage__in=BUILDING)
    rows = mine.filter(pk__in=[row.pk for row in projects])
    sites = list(rows.exclude(secrecy=Secrecy.SENSITIVE).select_related("region").order_by("pk")[:SITES])
    for number, site in enumerate(sites):
        for done, ago, words in MONTHS[number:]:
            day = today - timedelta(days=ago)
            _one(actor, site, growing(40 + number, done), words, day)
    twice = _with_reports(actor)
    if len(sites) > 1 and not twice:
        again = growing(40, MONTHS[-1][0]).crop(CROPPED)
        _one(actor, sites[-1], again, MONTHS[-1][2], today - timedelta(days=20))


def _with_reports(actor: Actor) -> bool:
    """A photo with each of the reporter's reports that waits; whether the second one's is the first one's again."""
    waiting = Report.objects.filter(unit=actor.unit_id, state=ReportState.SUBMITTED, to_confirm=False)
    reports = list(
        waiting.exclude(project__secrecy=Secrecy.SENSITIVE).select_related("project__region").order_by("pk")[:2]
    )
    for number, report in enumerate(reports):
        picture = growing(50, 0.5)
        day = report.end - timedelta(days=6 - number)
        _one(actor, report.project, picture.crop(CROPPED) if number else picture, WITH_REPORT, day, report)
    return len(reports) > 1


def _one(
    actor: Actor, site: Project, picture: Image.Image, words: str, day: date, report: Report | None = None
) -> None:
    """A photo with its report: the one it is handed in with, else the site's own of the time."""
    node = Node.objects.filter(plan__project=site, name=words, withdrawn=False).select_related("plan").first()
    of_its_time = Report.objects.filter(project=site, start__lte=day, end__gte=day, edition__gt=0).first()
    told = actions.Told(caption=words, on=day, node=node, report=report or of_its_time)
    actions.hand_in_evidence(actor=actor, project=site, taken=_taken(picture, site, day), told=told)


def _taken(picture: Image.Image, site: Project, day: date) -> actions.Taken:
    """The picture as a telephone stores it on a day, at the site where its place is known."""
    words = Image.Exif()
    words.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = f"{day:%Y:%m:%d} 10:20:00"
    if site.longitude is not None and site.latitude is not None:
        place = words.get_ifd(ExifTags.IFD.GPSInfo)
        place[ExifTags.GPS.GPSLongitude], place[ExifTags.GPS.GPSLongitudeRef] = (float(site.longitude), 0.0, 0.0), "E"
        place[ExifTags.GPS.GPSLatitude], place[ExifTags.GPS.GPSLatitudeRef] = (float(site.latitude), 0.0, 0.0), "N"
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=82, exif=words)
    return actions.take(keep_file(ContentFile(file.getvalue(), name=f"IMG_{day:%Y%m%d}_102000.jpg"), kinds=("jpeg",)))
