"""Projects with lights in a cast's district, for the tests of their pages: rules of 银川 from 1 January 2019.

己 is 31.67 points behind at the end of May 2019, a Friday: yellow until then, a first red that waits until 3 June.
"""

from datetime import date, datetime
from html.parser import HTMLParser

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.figures import actions
from guatu.figures.queries.light_courses import courses, exemptions_of
from guatu.figures.queries.light_facts import lists_of
from guatu.figures.queries.light_rules import rows_in_force
from guatu.figures.queries.memo import forget
from tests.figures.conftest import YI

WAITS = datetime(2019, 6, 1, 9, tzinfo=clock.ZONE)
RED = datetime(2019, 6, 3, 9, tzinfo=clock.ZONE)
FIRST = date(2019, 1, 1)


def adopt(region, preset="yinchuan", first=FIRST):
    row = actions.draft_light_rules(actor=OPERATOR, region=region, preset=preset)
    actions.adopt_light_rules(actor=OPERATOR, row=row, seen=row.version, valid_from=first, approved_by="区政府")
    return row


def lights(projects, as_of, known=None):
    """Each project's own course read whole, from every evaluation of the year: what is remembered is held to it."""
    regions = {project.pk: project.region_id for project in projects}
    found = {}
    for course, ids in courses(regions, rows_in_force(known), lists_of(regions, as_of.year), as_of, known):
        found.update(course.whole(ids, exemptions_of(ids, known)))
    return found


def behind(cast, district, name="己"):
    """A project of the housing bureau that is yellow, and red from 3 June on."""
    project = district.project(name, total=YI, planned=YI)
    district.stage(project, "started", date(2019, 1, 10))
    district.reading(project, date(2019, 1, 20), ytd=YI // 10)
    district.assign(project, "responsible", unit=cast.unit("housing"))
    forget()
    return project


def text(answer, status=200):
    body = b"".join(answer) if answer.streaming else answer.content
    found = body.decode("utf-8-sig")
    assert answer.status_code == status, found[:2000]
    return found


class Fields(HTMLParser):
    """What a browser would send of the form of rules, and its buttons."""

    def __init__(self, page):
        super().__init__()
        self.found, self.buttons, self.inside, self.select, self.area = {}, [], False, "", ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("id") == "rules-form"
        if not self.inside:
            return
        name = given.get("name", "")
        if tag == "input" and name and (given.get("type") != "checkbox" or "checked" in given):
            self.found.setdefault(name, []).append(given.get("value", ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.found.setdefault(self.select, []).append(given["value"])
        elif tag == "textarea":
            self.area = name
            self.found.setdefault(name, [""])
        elif tag == "button":
            self.buttons.append(given.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data):
        if self.area:
            self.found[self.area] = [self.found[self.area][0] + data.removeprefix("\n")]
