"""When and where a picture says that it was taken (EXIF 2.32); most that come through chat programs say nothing."""

import math
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any

from PIL import ExifTags, Image

from guatu.core.clock import ZONE

_TIME = re.compile(r"(\d{4})[:\-](\d\d)[:\-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
YEARS = range(2000, 2100)  # a clock that was never set says 1970 or 1980, a broken one 9999
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
_BASE, _GPS = ExifTags.Base, ExifTags.GPS


@dataclass(frozen=True, slots=True)
class Said:
    """What a picture says of itself: the moment (with its zone), and the place in degrees (WGS 84, which differs from
    CGCS2000 by centimetres). None where it says nothing, or nothing that can be."""

    taken_at: datetime | None = None
    longitude: Decimal | None = None
    latitude: Decimal | None = None


def read_exif(picture: Image.Image) -> Said:
    """Time and place of a picture; a broken EXIF block says nothing and is no error."""
    try:
        exif = picture.getexif()
        detail, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
        place = _place(gps)
        taken = _taken(detail) or _moment(exif.get(_BASE.DateTime), None)
    except (ValueError, TypeError, KeyError, SyntaxError, OSError, ArithmeticError, AttributeError, struct.error):
        return Said()
    return Said(taken, *place)


def _taken(detail: Mapping[int, Any]) -> datetime | None:
    original = _moment(detail.get(_BASE.DateTimeOriginal), detail.get(_BASE.OffsetTimeOriginal))
    return original or _moment(detail.get(_BASE.DateTimeDigitized), detail.get(_BASE.OffsetTimeDigitized))


def _moment(text: Any, offset: Any) -> datetime | None:
    """A moment as EXIF spells it; without an offset it is the office's time. A camera's unset clock says nothing."""
    found = _TIME.match(str(text or ""))
    if found is None:
        return None
    try:
        moment = datetime(*(int(part) for part in found.groups()), tzinfo=_zone(offset))  # type: ignore[misc, arg-type]  # six numbers, then the zone
    except ValueError:
        return None
    return moment if moment.year in YEARS else None


def _zone(offset: Any) -> tzinfo:
    found = _OFFSET.match(str(offset or ""))
    if found is None:
        return ZONE
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-ahead if found[1] == "-" else ahead)


def _place(gps: Mapping[int, Any]) -> tuple[Decimal | None, Decimal | None]:
    """Longitude and latitude, both or neither; 0°, 0° is what receivers write that have no fix."""
    east = _degrees(gps.get(_GPS.GPSLongitude), gps.get(_GPS.GPSLongitudeRef), 180)
    north = _degrees(gps.get(_GPS.GPSLatitude), gps.get(_GPS.GPSLatitudeRef), 90)
    if east is None or north is None or (east == 0 and north == 0):
        return None, None
    return east, north


def _degrees(parts: Any, side: Any, most: int) -> Decimal | None:
    if not parts:
        return None
    degrees, minutes, seconds = (float(part) for part in (*parts, 0, 0)[:3])
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value) or abs(value) > most:
        return None
    signed = -value if str(side or "").strip("\0 ").upper() in ("S", "W") else value
    return Decimal(f"{signed:.7f}")
