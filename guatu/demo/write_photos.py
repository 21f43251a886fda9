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

SITES = 3
MONTHS = (  # share that is done, days ago, what it shows
    (0.0, 300, "场地平整"),
    (0.3, 205, "主体施工至三层"),
    (0.6, 110, "主体施工至六层"),
    (0.8, 30, "主体结构封顶"),
)
BUILDING = (Stage.STARTED, Stage.UNDER_CONSTRUCTION)


def hand_in(people: People, projects: Iterable[Project]) -> None:
    """The reporter's unit hands in photos of its first sites; one picture of the last site is the first site's."""
    actor, today = people.actor("reporter"), clock.today()
    mine = Project.objects.filter(unit__isnull=False, unit=actor.unit_id, stage__in=BUILDING)
    rows = mine.filter(pk__in=[row.pk for row in projects])
    sites = list(rows.exclude(secrecy=Secrecy.SENSITIVE).select_related("region").order_by("pk")[:SITES])
    for number, site in enumerate(sites):
        for done, ago, words in MONTHS[number:]:
            day = today - timedelta(days=ago)
            _one(actor, site, _taken(growing(40 + number, done), site, day), words, day)
    if len(sites) > 1:
        day = today - timedelta(days=20)
        again = growing(40, MONTHS[-1][0]).crop((40, 20, 920, 680))
        _one(actor, sites[-1], _taken(again, sites[-1], day), MONTHS[-1][2], day)


def _one(actor: Actor, site: Project, taken: actions.Taken, words: str, day: date) -> None:
    node = Node.objects.filter(plan__project=site, name=words, withdrawn=False).select_related("plan").first()
    told = actions.Told(caption=words, on=day, node=node)
    actions.hand_in_evidence(actor=actor, project=site, taken=taken, told=told)


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
