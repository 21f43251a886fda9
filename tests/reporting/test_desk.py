"""The reporter's desk: cells are kept one by one, two who fill one cell are told, what is right is handed in."""

from datetime import date

import pytest

from guatu.core.clock import today
from guatu.domain.rhythm import FIELDS
from guatu.library import actions as library
from guatu.reporting import actions
from guatu.reporting.content import ReportContent, from_json
from guatu.reporting.desk.keeping import keep
from guatu.reporting.desk.sheet import wanted_one
from guatu.reporting.desk.typed import CODES, codes_of, read, text_of
from guatu.reporting.models import Report, ReportRule
from tests.library.conftest import at_day

WAN = 10_000
RULE = {"fields": ["money", "words", "problem"], "due": {"days": 1, "at": "17:00"}}


@pytest.fixture
def desk(shelf):
    """Three projects of the housing bureau, of which a weekly report is asked."""
    plan = shelf.list()
    region, year = plan.region, plan.year
    ReportRule.objects.create(
        region=region, code="week", name="周报", edition=1, kind="week", state="in_force", rule=RULE,
        valid_from=date(year, 1, 1),
    )  # fmt: skip
    shelf.projects = []
    for name in ("东街", "南街", "西街"):
        project = shelf.project(name, stage="started", stage_on=date(year, 1, 10))
        shelf.enter(plan, project)
        housing = shelf.cast.unit("housing")
        library.assign(actor=shelf.office, project=project, role="responsible", unit=housing, on=date(year, 1, 1))
        project.refresh_from_db()
        shelf.projects.append(project)
    return shelf


def sheet(desk):
    answer = desk.cast.client("reporter").get("/reports/")
    assert answer.status_code == 200
    return answer


def post(desk, number, who="reporter", **cells):
    period = sheet(desk).context["offer"].period.code
    data = {f"{part.replace('__', '.')}": text for part, text in cells.items()}
    return desk.cast.client(who).post(f"/reports/{desk.projects[number].public_id}/{period}/keep/", data).json()


def submit(desk, *numbers):
    offer = sheet(desk).context["offer"]
    rows = [str(desk.projects[number].public_id) for number in numbers]
    unit = desk.cast.unit("housing").public_id
    data = {"unit": unit, "period": offer.period.code, "row": rows}
    return desk.cast.client("reporter").post("/reports/submit/", data).json()


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("amount", "1.2亿", 12_000 * WAN),
        ("amount", "１２０", 120 * WAN),
        ("percent", "35.5%", 3550),
        ("words", " 浇筑 ", "浇筑"),
    ],
)
def test_what_is_typed_is_read_and_shown_again(code, text, value):
    content = read(ReportContent(), {code: text}).content
    assert getattr(content, code) == value
    assert read(ReportContent(), {code: text_of(content, code)}).content == content


def test_what_cannot_be_read_is_told_and_changes_nothing():
    typed = read(ReportContent(amount=WAN), {"amount": "1.2.3", "percent": "-1", "words": "长" * 501})
    assert typed.content == ReportContent(amount=WAN)
    assert set(typed.faults) == {"amount", "percent", "words"}


def test_a_reason_makes_it_the_same_as_last_time():
    assert read(ReportContent(), {"same_reason": "冬季停工"}).content.same
    assert not read(ReportContent(same=True, same_reason="停"), {"same_reason": ""}).content.same


def test_every_asked_field_has_a_column():
    assert set(codes_of(FIELDS, often=False)) <= set(CODES)


def test_a_cell_is_kept_as_a_draft_and_echoed(desk):
    answer = post(desk, 0, cell__amount="0.0365亿", was__amount="")
    assert (answer["cells"]["amount"], answer["echoes"], answer["clashes"]) == ("365", {"amount": "= 365 万元"}, [])
    assert from_json(Report.objects.get().content).amount == 365 * WAN


def test_two_who_fill_one_cell_are_shown_both_and_other_cells_are_kept(desk):
    post(desk, 0, cell__amount="10", was__amount="")
    answer = post(desk, 0, cell__amount="20", was__amount="", cell__words="浇筑", was__words="")
    assert answer["clashes"] == [{"field": "amount", "theirs": "10"}]
    said = from_json(Report.objects.get().content)
    assert (said.amount, said.words) == (10 * WAN, "浇筑")
    assert post(desk, 0, cell__amount="20", was__amount="10")["clashes"] == []


def test_the_same_cell_twice_changes_nothing(desk):
    post(desk, 0, cell__amount="10", was__amount="")
    version = Report.objects.get().version
    assert post(desk, 0, cell__amount="10", was__amount="")["clashes"] == []
    assert Report.objects.get().version == version


def test_a_row_that_somebody_began_meanwhile_is_not_overwritten(desk):
    period = sheet(desk).context["offer"].period
    actor, project = desk.cast.actor("reporter"), desk.projects[0]
    old = wanted_one(project, period, today())
    actions.save_report(actor=actor, project=project, expected=old.expected, content=ReportContent(amount=WAN))
    kept = keep(actor, old, {"words": "浇筑"}, {"words": ""})
    assert (kept.content.amount, kept.content.words) == (WAN, "浇筑")


def test_all_that_are_right_are_handed_in_the_others_say_why(desk):
    post(desk, 0, cell__amount="10", was__amount="")
    post(desk, 1, cell__amount="-38", was__amount="")
    answer = submit(desk, 0, 1, 2)
    assert answer["done"] == [str(desk.projects[0].public_id)]
    assert {row["field"] for row in answer["refused"]} == {"amount", ""}
    assert list(Report.objects.order_by("pk").values_list("state", flat=True)) == ["submitted", "draft"]
    assert "refused" in post(desk, 0, cell__amount="11", was__amount="10")


def test_the_form_keeps_hands_in_and_takes_back(desk):
    period = sheet(desk).context["offer"].period.code
    address = f"/reports/{desk.projects[0].public_id}/{period}/"
    client = desk.cast.client("reporter")
    assert client.get(address).status_code == 200
    data = {"amount": "12", "was.amount": "", "do": "save"}
    assert client.post(address, data).status_code == 302
    clash = client.post(address, {**data, "amount": "13"})
    assert clash.status_code == 409
    assert "对方的“12”" in clash.content.decode()
    chosen = {
        **data,
        "amount": "13",
        "pick.amount": "theirs",
        "theirs.amount": "12",
        "was.amount": "12",
        "do": "submit",
    }
    assert client.post(address, chosen).status_code == 302
    report = Report.objects.get()
    assert (report.state, report.content["amount"]) == ("submitted", 12 * WAN)
    client.post(address + "take-back/", {"seen": report.version})
    report.refresh_from_db()
    assert report.state == "draft"


def test_what_is_due_stands_on_today_and_on_the_project(desk):
    post(desk, 0, cell__amount="10", was__amount="")
    client = desk.cast.client("reporter")
    with at_day(sheet(desk).context["offer"].expected.due.isoformat()):  # it reminds of it no sooner
        assert "3 个项目待报" in client.get("/today/").content.decode()
    page = client.get(f"/library/projects/{desk.projects[0].public_id}/?tab=reports").content.decode()
    assert "周报" in page
    assert "草稿" in page


def form_of(desk, number=0):
    return f"/reports/{desk.projects[number].public_id}/{sheet(desk).context['offer'].period.code}/"


def test_the_form_says_what_is_wrong_as_it_is_typed_and_keeps_nothing(desk):
    before = date(today().year, 1, 31)
    row = actions.ReadingRow(project=desk.projects[0], on=before, ytd=300 * WAN)
    actions.record_readings(actor=desk.office, rows=[row])
    client, told = desk.cast.client("reporter"), {"amount": "-5", "was.amount": "", "do": "check"}
    answer = client.post(form_of(desk), told).content.decode()
    assert "不能小于零，现填 −5万元" in answer
    assert 'id="correction" hx-swap-oob="true"></div>' in answer
    assert not Report.objects.exists()


def test_a_sum_below_the_last_one_is_asked_for_a_reason_and_an_approver_at_once(desk):
    project, rule = desk.projects[0], ReportRule.objects.get()
    rule.rule = {"fields": ["money", "words"], "due": {"days": 1, "at": "17:00"}}
    rule.kind = "month"
    rule.save()
    row = actions.ReadingRow(project=project, on=date(today().year, 1, 31), ytd=300 * WAN)
    actions.record_readings(actor=desk.office, rows=[row])
    client, address = desk.cast.client("reporter"), form_of(desk)
    told = {"ytd": "250", "was.ytd": "", "do": "check"}
    answer = client.post(address, told).content.decode()
    assert "现填 250万元，比上次的 300万元 减少" in answer
    assert 'name="approver"' in answer
    assert 'name="approver"' not in client.post(address, {**told, "ytd": "350"}).content.decode()
    assert 'name="approver"' in client.post(address, {**told, "do": "submit"}).content.decode()
