"""Much of one thing: a project with thousands of lines of history, a search among thousands of names."""

import re
import time
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from guatu.core.models import TrailChange, TrailEntry
from guatu.library import actions
from guatu.library.compute import name_keys
from guatu.library.models import Project
from guatu.library.queries.search import find

LINES = 3000
NAMES = 5000
HISTORY_MOST, SEARCH_MOST = 0.5, 0.25  # seconds of processor: ten times what is measured
pytestmark = pytest.mark.django_db


def _much_history(shelf, project: Project) -> None:
    """As many entries as three thousand changes would leave, copied from one."""
    actions.change_project(actor=shelf.office, project=project, seen=None, values={"code": "2401-410303-04-01-000001"})
    entry = TrailEntry.objects.order_by("-number").first()
    changes = list(TrailChange.objects.filter(entry_id=entry.pk))
    entries, copies = [], []
    for step in range(1, LINES + 1):
        values = {field.attname: getattr(entry, field.attname) for field in TrailEntry._meta.concrete_fields}
        values |= {"id": uuid.uuid4(), "number": entry.number + step, "at": entry.at + timedelta(minutes=step)}
        entries.append(TrailEntry(**values))
        for change in changes:
            row = {field.attname: getattr(change, field.attname) for field in TrailChange._meta.concrete_fields}
            copies.append(TrailChange(**row | {"id": None, "entry_id": values["id"]}))
    TrailEntry.objects.bulk_create(entries, 500)
    TrailChange.objects.bulk_create(copies, 500)


def test_three_thousand_lines_of_history_are_turned_page_by_page(shelf):
    project = shelf.project()
    client = shelf.cast.client("office")
    page = reverse("library:project", args=[project.public_id])
    _much_history(shelf, project)
    client.get(page)
    begun = time.process_time()
    shown = client.get(page, {"tab": "history"})
    assert time.process_time() - begun < HISTORY_MOST
    assert f"{LINES + 2:,}" in shown.content.decode() or str(LINES + 2) in shown.content.decode()
    seen, pages, earlier = 0, 0, "before="
    while earlier:
        seen += len(shown.context["lines"])
        pages += 1
        link = re.search(r'href="\?[^"]*(before=\d+)', shown.content.decode())
        assert link is None or link[1] != earlier, "the page's link leads to the page itself"
        earlier = link and link[1]
        if earlier:
            shown = client.get(f"{page}?tab=history&{earlier}")
    assert (seen, pages) == (LINES + 2, -(-(LINES + 2) // 50))


def test_a_search_among_five_thousand_names(shelf):
    sample = shelf.project("重庆路2号（A区）")
    rows = []
    for number in range(NAMES):
        values = {field.attname: getattr(sample, field.attname) for field in Project._meta.concrete_fields}
        name = f"青桐片区第{number}号安置房项目"
        keys = name_keys(name)
        values |= {"id": None, "public_id": uuid.uuid4(), "name": name, "match_key": keys.match_key}
        rows.append(Project(**values | {"initials": keys.initials, "sort_key": keys.sort_key}))
    Project.objects.bulk_create(rows, 500)
    actor = shelf.office
    for typed in ("第4321号", "qtpqd4321", "qingtongpianqudi4321", "重庆路2号", "cql2", "没有这个名字"):
        find(actor, typed)
        begun = time.process_time()
        found = find(actor, typed)
        assert time.process_time() - begun < SEARCH_MOST, typed
        print(f"{typed}: {len(found)} in {(time.process_time() - begun) * 1000:.0f} ms")  # noqa: T201 - shown with -s
        assert (len(found) == 1) == (typed != "没有这个名字"), [one.project.name for one in found]
