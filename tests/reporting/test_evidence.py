"""Photos and papers handed in: what is kept, who sees it, what is to be looked at, and who closes that."""

import io
import random
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from guatu.core.actions import change_setting
from guatu.core.actor import OPERATOR, Way
from guatu.core.attachments import keep_file, path_of, visible_attachment
from guatu.core.refusals import Conflict, Refusal
from guatu.demo.scenes import scene
from guatu.library import actions as library
from guatu.people import actions as people
from guatu.people import policies
from guatu.plans import actions as plans
from guatu.plans.choices import Dates
from guatu.reporting import actions
from guatu.reporting.actions import Told
from guatu.reporting.evidence.page import evidence_of, photo_line
from guatu.reporting.evidence.parts import waiting
from guatu.reporting.evidence.taking import take
from guatu.reporting.models import EvidenceFinding
from guatu.reporting.policies import visible_evidence, visible_findings
from guatu.reporting.queries.evidence import lacks_of_project
from tests.library.conftest import at_day
from tests.support.cast import PASSWORD
from tests.support.photos import node_of, photo, upload
from tests.support.reused import cropped

DAY = date(2019, 3, 20)


@pytest.fixture
def site(shelf):
    """A project of the housing bureau with a place."""
    project = shelf.project("青桐路", stage="started", stage_on=date(2019, 1, 10), longitude="112.45", latitude="34.62")
    library.assign(
        actor=shelf.office, project=project, role="responsible", unit=shelf.cast.unit("housing"), on=date(2019, 1, 1)
    )
    project.refresh_from_db()
    return project


def hand_in(shelf, project, data=None, *, who="reporter", **told):
    file = keep_file(upload(photo(1) if data is None else data), kinds=("jpeg", "png", "pdf"))
    return actions.hand_in_evidence(actor=shelf.cast.actor(who), project=project, taken=take(file), told=Told(**told))


def codes(row):
    return sorted(row.findings.values_list("code", flat=True))


def test_the_original_stays_as_it_came_and_its_words_are_read(shelf, site):
    data = photo(1, taken="2019:03:20 09:30:00", place=(112.451, 34.621))
    row = hand_in(shelf, site, data, caption="开工")
    assert path_of(row.original.digest).read_bytes() == data
    assert (row.on, float(row.longitude), row.taken_at.isoformat()) == (DAY, 112.451, "2019-03-20T09:30:00+08:00")
    with Image.open(path_of(row.thumbnail.digest)) as small:
        assert max(small.size) == 320
        assert not small.getexif()
    assert codes(row) == []


def test_a_picture_without_words_is_normal(shelf, site):
    row = hand_in(shelf, site)
    assert (row.on, row.taken_at, row.longitude, codes(row)) == (date(2019, 3, 31), None, None, [])


def test_what_was_taken_elsewhere_or_later_is_to_be_looked_at(shelf, site):
    row = hand_in(shelf, site, photo(2, taken="2019:04:02 08:00:00", place=(112.6, 34.62)))
    assert codes(row) == ["evidence.after_report", "evidence.off_site"]


def test_the_office_says_how_far_off_the_site_is_normal(shelf, site):
    change_setting(actor=OPERATOR, name="reporting.site_tolerance", value=20_000, region_id=site.region_id)
    assert codes(hand_in(shelf, site, photo(2, place=(112.6, 34.62)))) == []


def test_a_cropped_picture_of_another_project_is_found_with_the_earlier_one(shelf, site):
    other = shelf.project("乙路", stage="started", stage_on=date(2019, 1, 10))
    first = hand_in(shelf, other, who="office")
    file = io.BytesIO()
    cropped(scene(1, (640, 480)), random.Random(4)).save(file, "JPEG", quality=70)
    again = hand_in(shelf, site, file.getvalue())
    assert codes(again) == ["evidence.reused"]
    assert again.findings.get().against == first
    assert codes(hand_in(shelf, site, photo(3))) == []


def test_a_withdrawn_picture_is_compared_no_more_and_several_of_one_visit_are_none(shelf, site):
    first = hand_in(shelf, site)
    with pytest.raises(Refusal):
        actions.withdraw_evidence(actor=shelf.cast.actor("reporter"), evidence=first, seen=1, reason=" ")
    assert codes(hand_in(shelf, site, photo(1, quality=60), caption="同一次")) == []
    other = shelf.project("乙路", stage="started", stage_on=date(2019, 1, 10))
    for row in visible_evidence(shelf.office):
        actions.withdraw_evidence(actor=shelf.cast.actor("reporter"), evidence=row, seen=row.version, reason="传错")
    assert codes(hand_in(shelf, other, photo(1, quality=50), who="office")) == []


def test_the_same_file_twice_is_one_piece(shelf, site):
    assert hand_in(shelf, site) == hand_in(shelf, site)


def test_a_paper_handed_in_again_for_another_project_is_found(shelf, site):
    other = shelf.project("乙路", stage="started", stage_on=date(2019, 1, 10))
    hand_in(shelf, site, b"%PDF-1.4 voucher", kind="voucher", number="12")
    assert codes(hand_in(shelf, other, b"%PDF-1.4 voucher", who="office", kind="voucher")) == ["evidence.reused"]


def test_only_the_units_reviewer_and_the_offices_head_see_findings(shelf, site):
    row = hand_in(shelf, site, photo(2, place=(112.6, 34.62)))
    seeing = {name for name in shelf.cast.names() if visible_findings(shelf.cast.actor(name)).exists()}
    assert seeing == {"reviewer", "office_head", "operator"}  # the operator of the command line has the office's eyes
    assert [item.words for item in waiting(shelf.cast.actor("reviewer"))] == ["青桐路"]
    assert "米" in waiting(shelf.cast.actor("office_head"))[0].note
    page = shelf.cast.client("office").get(f"/reports/evidence/{row.public_id}/")
    assert page.status_code == 200
    assert "待核实" not in page.content.decode()


def test_the_reviewer_of_a_unit_that_has_a_part_in_the_project_sees_no_findings(shelf, site):
    finding = hand_in(shelf, site, photo(2, place=(112.6, 34.62))).findings.get()
    commerce, day = shelf.cast.unit("commerce"), date(2019, 1, 1)
    post = people.add_post(
        actor=OPERATOR, kind="reviewer", title="商务局审核人", unit=commerce, region=shelf.cast.region("district")
    )
    user = people.add_user(actor=OPERATOR, username="other_reviewer", name="甲", phone="13900000000", password=PASSWORD)
    people.appoint(actor=OPERATOR, user=user, post=post)
    library.assign(actor=shelf.office, project=site, role="supporting", unit=commerce, on=day)
    other = policies.actor_for(user, post, Way.PAGE)
    assert visible_evidence(other).filter(project=site).exists()
    assert not visible_findings(other).exists()
    assert visible_findings(shelf.cast.actor("reviewer")).get() == finding


def test_a_finding_is_closed_with_an_answer_and_once(shelf, site):
    finding = hand_in(shelf, site, photo(2, place=(112.6, 34.62))).findings.get()
    reviewer = shelf.cast.actor("reviewer")
    with pytest.raises(Refusal) as refused:
        actions.close_finding(actor=reviewer, finding=finding, seen=1, state="explained", answer=" ")
    assert refused.value.code == "core.reason_missing"
    with pytest.raises(Conflict):
        actions.close_finding(actor=reviewer, finding=finding, seen=9, state="explained", answer="临时道路")
    finding.refresh_from_db()
    actions.close_finding(actor=reviewer, finding=finding, seen=1, state="explained", answer="临时道路")
    assert waiting(reviewer) == []
    with pytest.raises(Refusal) as refused:
        actions.close_finding(actor=reviewer, finding=finding, seen=2, state="corrected", answer="再办")
    assert refused.value.code == "reporting.finding_closed"


def test_photos_of_a_sensitive_project_stay_with_those_who_answer_for_it(shelf, site):
    library.change_project(actor=shelf.office, project=site, values={"secrecy": "sensitive"}, seen=site.version)
    row = hand_in(shelf, site)
    seeing = {name for name in shelf.cast.names() if visible_evidence(shelf.cast.actor(name)).exists()}
    assert {"office", "office_head", "head", "reporter", "reviewer"} <= seeing
    assert not {"supervision", "superior", "lead", "street", "other_reporter", "outsider"} & seeing
    assert visible_attachment(shelf.cast.actor("supervision"), row.original.public_id) is None
    assert visible_attachment(shelf.cast.actor("reporter"), row.original.public_id) is not None
    assert photo_line(shelf.cast.actor("supervision"), site, {}) == {"hidden": True}


def test_who_does_not_report_a_project_hands_nothing_in(shelf, site):
    with pytest.raises(Refusal) as refused:
        hand_in(shelf, site, who="other_reporter")
    assert refused.value.code == "core.not_found"


def test_the_line_goes_by_month_and_compares_the_first_with_the_last(shelf, site):
    days = [date(2018, 11, 3), date(2019, 2, 1), date(2019, 2, 20)]
    rows = [hand_in(shelf, site, photo(number), on=day) for number, day in enumerate(days, 10)]
    line = photo_line(shelf.office, site, {})
    assert [(group.words, len(group.photos)) for group in line["groups"]] == [("2018年11月", 1), ("2019年2月", 2)]
    assert (line["before"], line["after"]) == (rows[0], rows[2])
    assert photo_line(shelf.office, site, {"after": str(rows[1].public_id)})["after"] == rows[1]


def test_a_done_node_lacks_what_the_rules_ask_until_it_comes(shelf, site):
    actions.adopt_evidence_rules(actor=shelf.office, region=site.region)
    node = node_of(shelf, site, "主体结构封顶")
    assert lacks_of_project(site) == []
    plans.record_dates(actor=shelf.office, node=node, sort=Dates.ACTUAL, start=DAY, finish=DAY, reason="")
    assert [(lack.node, lack.count, lack.wanted.kinds) for lack in lacks_of_project(site)] == [(node, 1, ("photo",))]
    field = evidence_of(node, shelf.cast.actor("reporter"))
    assert (len(field.lacks), field.pieces, bool(field.add_url)) == (1, [], True)
    row = hand_in(shelf, site, node=node)
    assert lacks_of_project(site) == []
    assert evidence_of(node, shelf.cast.actor("head")).pieces == [row]
    assert evidence_of(node, shelf.cast.actor("head")).add_url == ""


def test_a_changed_rule_holds_from_today_and_the_former_one_stays_on_file(shelf):
    region = shelf.cast.region()
    data = {"names": ["封顶"], "kinds": ["photo"]}
    with at_day("2019-03-01"):
        rule = actions.set_evidence_rule(actor=shelf.office, region=region, name="封顶", data=data)
    more = {**data, "count": 2}
    new = actions.set_evidence_rule(
        actor=shelf.office, region=region, name="封顶", data=more, former=rule, seen=rule.version
    )
    rule.refresh_from_db()
    assert (rule.valid_to, new.valid_from, new.order) == (date(2019, 3, 30), date(2019, 3, 31), rule.order)
    with pytest.raises(Refusal) as refused:
        actions.set_evidence_rule(
            actor=shelf.office, region=region, name="周报", data={"figure": "money", "kinds": ["photo"]}
        )
    assert refused.value.code == "evidence.photo_for_figure"


def test_several_files_are_handed_in_by_the_page_and_one_that_is_broken_stops_all(shelf, site):
    client = shelf.cast.client("reporter")
    address = f"/reports/evidence/hand-in/{site.public_id}/"
    files = [SimpleUploadedFile(f"{number}.jpg", photo(number)) for number in (20, 21)]
    assert client.post(address, {"pieces": files, "kind": "photo"}).status_code == 302
    assert visible_evidence(shelf.office).count() == 2
    broken = [SimpleUploadedFile("1.jpg", photo(22)), SimpleUploadedFile("2.jpg", photo(23)[:4000])]
    page = client.post(address, {"pieces": broken, "kind": "photo"})
    assert (page.status_code, "不完整" in page.content.decode()) == (422, True)
    assert visible_evidence(shelf.office).count() == 2
    assert EvidenceFinding.objects.count() == 0


def test_a_piece_never_speaks_of_a_day_to_come(shelf, site):
    ahead = hand_in(shelf, site, photo(30, taken="2030:01:01 10:00:00"))
    assert (ahead.on, ahead.taken_at.year) == (date(2019, 3, 31), 2030)
    address = f"/reports/evidence/hand-in/{site.public_id}/"
    files = [SimpleUploadedFile("a.jpg", photo(31))]
    page = shelf.cast.client("reporter").post(address, {"pieces": files, "kind": "photo", "on": "2019-04-01"})
    assert (page.status_code, "不能晚于今天" in page.content.decode()) == (422, True)
