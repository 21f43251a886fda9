"""Others work on the same list meanwhile: an import is refused with the rows that differ, and checked again at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.urls import reverse

from guatu.core import trail
from guatu.core.models import TrailEntry
from guatu.core.refusals import Refusal
from guatu.library.actions import RowChoice
from guatu.library.choices import DoubtChoice
from guatu.library.models import AnnualList, ImportDraft, Project
from guatu.people.actions import add_unit
from guatu.reporting import drafts
from guatu.reporting.differing import NAMED
from guatu.reporting.models import Reading
from tests.imports import books
from tests.imports.drafts import applied
from tests.library.conftest import at_day
from tests.support.cast import Cast, make_cast

MONTH = {"kind": "progress", "period": "2019-03"}


@pytest.fixture
def april(cast):
    """The cast's office in April 2019."""
    with at_day("2019-04-15"):
        yield cast


def refused(cast: Cast, row: ImportDraft, who: str = "office") -> Refusal:
    with pytest.raises(Refusal) as caught:
        drafts.finish(cast.actor(who), ImportDraft.objects.get(pk=row.pk))
    return caught.value


def plan(goal: str) -> bytes:
    rows = books.plan_rows()
    rows[4][9] = goal
    return books.workbook(rows)


def test_the_row_that_changed_since_is_named_with_what_was_shown_and_what_would_be(april):
    applied(april, books.plan_book())
    mine = applied(april, plan("主体封顶"), apply=False)
    applied(april, plan("屋面完工"), who="office_head")
    entries = TrailEntry.objects.count()
    refusal = refused(april, mine)
    assert (refusal.code, refusal.params["count"], TrailEntry.objects.count()) == (
        "library.preview_changed",
        1,
        entries,
    )
    (item,) = refusal.items
    assert {"sheet": "重点项目", "row": 5, "name": "望岳智能装备产业园"}.items() <= item.items()
    assert "主体完工 → 主体封顶" in item["shown"]
    assert "屋面完工 → 主体封顶" in item["now"]
    drafts.check(april.actor("office"), mine)
    assert drafts.finish(april.actor("office"), ImportDraft.objects.get(pk=mine.pk))


def test_fifty_rows_are_named_and_the_rest_is_counted(april):
    rows = books.one_row()
    rows += [[number, f"青桐片区第{number}号地块", *rows[1][2:]] for number in range(2, 81)]
    mine = applied(april, books.workbook(rows), apply=False)
    applied(april, books.workbook(rows), who="office_head")
    refusal = refused(april, mine)
    assert (len(refusal.items), refusal.params["count"]) == (NAMED, 80)
    assert refusal.items[0]["message"] == "重点项目 第 2 行“望岳智能装备产业园”：核对时新增，现在未变"


def test_the_page_names_them_and_one_click_checks_again(april):
    browser = april.client("office")
    mine = applied(april, books.plan_book(), apply=False)
    applied(april, books.plan_book(), who="office_head")
    response = browser.post(reverse("reporting:import_apply", args=[mine.public_id]))
    page = response.content.decode()
    assert response.status_code == 422
    assert "第 5 行“望岳智能装备产业园”：核对时新增，现在未变" in page
    address = reverse("reporting:import_recheck", args=[mine.public_id])
    assert f'action="{address}"' in page
    browser.post(address)
    mine.refresh_from_db()
    assert mine.report["answer"]["unchanged"] == 5


def test_a_unit_that_somebody_made_meanwhile_is_no_row_but_is_named(april):
    mine = applied(april, books.plan_book(), apply=False)
    add_unit(actor=april.actor("operator"), name="区科技局", region=april.region())
    refusal = refused(april, mine)
    assert refusal.code == "library.preview_changed"
    assert "区科技局" in refusal.items[0]["shown"]


def test_a_draft_left_for_a_day_is_found_checked_again_and_applied(cast):
    with at_day("2019-04-15"):
        mine = applied(cast, books.plan_book(), apply=False)
        applied(cast, plan("屋面完工"), who="office_head")
    with at_day("2019-04-16"):
        browser = cast.client("office")
        assert mine.file_name in browser.get(reverse("reporting:import")).content.decode()
        assert browser.get(reverse("reporting:import_draft", args=[mine.public_id])).status_code == 200
        assert refused(cast, mine).code == "library.preview_changed"
        assert browser.post(reverse("reporting:import_recheck", args=[mine.public_id])).status_code == 302
        assert browser.post(reverse("reporting:import_apply", args=[mine.public_id])).status_code == 302
        mine.refresh_from_db()
        assert (mine.state, Project.objects.count()) == ("applied", 5)


# -- at the same moment -----------------------------------------------------------------------------------------------
def together(*works):
    """Run all at the same moment, each on a connection of its own; exceptions are answers too."""
    gate = threading.Barrier(len(works))

    def run(work):
        try:
            connection.ensure_connection()
            gate.wait(20)
            with at_day("2019-04-15"):
                return work()
        except Exception as fault:
            return fault
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def finishing(cast: Cast, row: ImportDraft, who: str):
    return lambda: drafts.finish(cast.actor(who), ImportDraft.objects.get(pk=row.pk))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["plan", "progress"])
def test_of_two_at_once_the_second_sees_what_the_first_did(kind):
    cast = make_cast()
    with at_day("2019-04-15"):
        if kind == "progress":
            applied(cast, books.plan_book())
            rows = [applied(cast, books.workbook(books.progress_rows()), apply=False, **MONTH) for _ in range(2)]
        else:
            rows = [applied(cast, books.plan_book(), apply=False) for _ in range(2)]
    answers = together(finishing(cast, rows[0], "office"), finishing(cast, rows[1], "office_head"))
    (refusal,) = [answer for answer in answers if isinstance(answer, Exception)]
    assert isinstance(refusal, Refusal), refusal
    assert (refusal.code, len(refusal.items)) == ("library.preview_changed", 5)
    assert "现在未变" in refusal.items[0]["message"]
    assert Project.objects.count() == 5
    assert Reading.objects.filter(period="2019-03").count() == (5 if kind == "progress" else 0)
    assert trail.verify().valid


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_draft_applied_by_two_at_once_goes_in_once():
    cast = make_cast()
    with at_day("2019-04-15"):
        row = applied(cast, books.plan_book(), apply=False)
    answers = together(finishing(cast, row, "office"), finishing(cast, row, "office_head"))
    (refusal,) = [answer for answer in answers if isinstance(answer, Exception)]
    assert isinstance(refusal, Refusal), refusal
    assert refusal.code == "library.draft_done"
    assert Project.objects.count() == 5


def test_only_the_preview_that_was_looked_at_is_applied(april):
    mine = applied(april, books.plan_book(), apply=False)
    seen = ImportDraft.objects.get(pk=mine.pk).preview
    applied(april, plan("屋面完工"), who="office_head")
    drafts.check(april.actor("office"), mine)  # by a second tab, say: the first still shows what was checked before
    with pytest.raises(Refusal) as caught:
        drafts.finish(april.actor("office"), ImportDraft.objects.get(pk=mine.pk), seen)
    assert caught.value.code == "library.preview_changed"
    assert drafts.finish(april.actor("office"), ImportDraft.objects.get(pk=mine.pk))


def test_what_was_decided_is_not_asked_again_in_the_mended_file(april):
    applied(april, books.plan_book())
    rows = books.one_row()
    rows[1][1] = "望岳智能装备产业园建设"
    first = applied(april, books.workbook(rows), apply=False)
    (doubt,) = ImportDraft.objects.get(pk=first.pk).report["answer"]["doubts"]
    known = Project.objects.get(public_id=doubt["candidates"][0]["project"])
    choice = RowChoice(key=doubt["key"], name=doubt["name"], choice=DoubtChoice.SAME, project=known)
    drafts.decide(april.actor("office"), ImportDraft.objects.get(pk=first.pk), {}, [choice])
    again = applied(april, books.workbook(rows), apply=False)
    assert [each["decision"] for each in ImportDraft.objects.get(pk=again.pk).report["answer"]["doubts"]] == ["same"]


def test_a_list_of_next_year_shows_its_projects_before_the_year_begins(april):
    rows = books.one_row()
    with at_day("2018-11-20"):
        applied(april, books.workbook(rows))
        page = april.client("office").get("/library/", {"list": str(AnnualList.objects.get().public_id)})
        assert rows[1][1] in page.content.decode()
        project = april.client("office").get(f"/library/projects/{Project.objects.get().public_id}/")
        assert "2019-01-01 起列入" in project.content.decode()
