"""Nodes and deadlines as an iCalendar feed (RFC 5545) that a calendar program pulls with its post's own token.

The feed leaves the product: it carries what the node is and where to open it, never who does it. Titles and texts are
handed in without names of persons and without projects marked 敏感; the caller's post sees nothing here that its
pages do not show.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

PRODUCT: Final = "-//guatu//挂图//ZH"
REFRESH: Final = timedelta(hours=6)
PRIVATE: Final = "PRIVATE"


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One all-day event. `uid` is stable for the life of the node (its public id): a moved date moves the event.

    `description` and `url` may be empty; `url` is a page that asks for the log-in.
    """

    uid: str
    on: date
    title: str
    description: str = ""
    url: str = ""


def write_feed(items: Iterable[FeedItem], *, name: str, stamp: datetime, host: str = "guatu") -> bytes:
    """The feed of the calendar `name` in UTF-8, folded at 75 octets, events in order of date and uid.

    `stamp` is the moment at which the rows were read (aware); `host` makes the uids the installation's own. The same
    rows at the same moment give the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)  # what Outlook, WPS and phones show
    calendar.add("name", name)  # RFC 7986
    calendar.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
    for item in sorted(items, key=lambda one: (one.on, one.uid)):
        calendar.add_component(_event(item, stamp, host))
    return bytes(calendar.to_ical())


def _event(item: FeedItem, stamp: datetime, host: str) -> Event:
    event = Event()
    event.add("uid", f"{item.uid}@{host}")
    event.add("dtstamp", stamp)
    event.add("dtstart", item.on)
    event.add("dtend", item.on + timedelta(1))  # the day after: RFC 5545's end is no part of the event
    event.add("summary", item.title)
    event.add("class", PRIVATE)
    event.add("transp", "TRANSPARENT")  # a deadline does not make anybody busy
    if item.description:
        event.add("description", item.description)
    if item.url:
        event.add("url", item.url)
    return event
