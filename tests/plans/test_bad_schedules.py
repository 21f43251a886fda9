"""Files that no plan can be read from: a clear sentence, never a hang, never a crash of the server."""

import resource
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.core.refusals import Refusal
from guatu.core.sheets.content import Limits
from guatu.plans.exports.mspdi import write_mspdi
from guatu.plans.exports.sheet import write_sheet
from guatu.plans.imports.child import read_plan
from guatu.plans.imports.reading import read_schedule
from guatu.plans.plan_file import FileLink, FileNode, PlanFile
from tests.plans.test_mspdi import project, task

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><Project><Title>&c;</Title></Project>'
)
SMALL = write_mspdi(PlanFile("计划", (FileNode("1", "甲"), FileNode("2", "乙")), (FileLink("1", "2"),)))


def answer(data: bytes, name: str = "计划.xml") -> PlanFile | str:
    """The plan, or the sentence of its refusal; anything else is a fault of the reader."""
    try:
        return read_schedule(data, name=name)
    except Refusal as found:
        return str(found)


def refusal(data: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_schedule(data, name="计划.xml")
    assert "计划.xml" in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "plans.file_empty"),
        (b"\x00\x00 \n", "plans.file_empty"),
        (b"PK\x03\x04 not a plan", "plans.file_kind"),
        (b"<html><body/></html>", "plans.file_kind"),
        (b'<?xml version="1.0"?><Document/>', "plans.file_kind"),
        (SMALL[: len(SMALL) // 2], "plans.file_truncated"),
        (LAUGHS.encode(), "plans.file_unsafe"),
        (b'<?xml version="1.0"?><!DOCTYPE Project SYSTEM "file:///etc/passwd"><Project/>', "plans.file_unsafe"),
        (b'<?xml version="1.0"?><Project><Title>&x;</Title></Project>', "plans.file_unsafe"),
        (b"<Project>" + b"<a>" * 40, "plans.file_too_deep"),
        ("<?xml version='1.0'?><Project><Title>示范</Title></Project>".encode("gbk"), "plans.file_encoding"),
        (b"<?xml version='1.0' encoding='klingon'?><Project/>", "plans.file_encoding"),
        (project(task(1, "<Start>soon</Start>")), "plans.file_value"),
        (project("<Task><UID>1</UID><OutlineLevel>x</OutlineLevel></Task>"), "plans.file_value"),
        (project(task(1, "<Duration>PT999999999H0M0S</Duration>")), "plans.file_value"),
        (project(task(1) + task(1)), "plans.file_id_twice"),
        (project("", "<Calendar><UID>one</UID></Calendar>"), "plans.file_failed"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_a_link_to_a_task_that_is_not_there_names_both() -> None:
    found = refusal(project(task(1, "<PredecessorLink><PredecessorUID>77</PredecessorUID></PredecessorLink>")))
    assert found.code == "plans.link_unknown"
    assert found.params["node"] == "节点1"
    assert found.params["missing"] == "77"


def test_a_calendar_built_on_itself_is_named() -> None:
    calendar = (
        "<Calendar><UID>{0}</UID><Name>甲{0}</Name><IsBaseCalendar>0</IsBaseCalendar>"
        "<BaseCalendarUID>{1}</BaseCalendarUID></Calendar>"
    )
    data = project("", calendar.format(1, 2) + calendar.format(2, 1), "<CalendarUID>1</CalendarUID>")
    assert refusal(data).code == "plans.file_calendar_circle"


def test_gbk_is_read_where_the_file_says_so() -> None:
    text = "<?xml version='1.0' encoding='GB2312'?><Project><Title>西工小街</Title></Project>"
    assert read_schedule(text.encode("gbk"), name="计划.xml").name == "西工小街"


def test_exceptions_without_end_are_refused_before_they_fill_memory() -> None:
    period = "<TimePeriod><FromDate>1949-01-01</FromDate><ToDate>2100-12-31</ToDate></TimePeriod>"
    exceptions = f"<Exception>{period}<Type>1</Type></Exception>" * 40
    data = project("", f"<Calendar><UID>1</UID><Exceptions>{exceptions}</Exceptions></Calendar>")
    assert refusal(data).code == "plans.file_exceptions"


def test_a_text_without_end_is_refused_with_its_line() -> None:
    found = refusal(project(task(1, f"<Notes>{'很长' * 600_000}</Notes>")))
    assert (found.code, found.params["row"]) == ("plans.file_text_long", 1)


@given(st.integers(0, len(SMALL) - 1), st.binary(max_size=6))
@settings(deadline=None, max_examples=200)
def test_a_damaged_file_is_read_or_refused(at: int, instead: bytes) -> None:
    data = SMALL[:at] + instead + SMALL[at + len(instead) :]
    assert answer(data)


# -- in the child process ----------------------------------------------------------------------------------------------
def test_the_child_answers_with_the_same_plan_or_the_same_refusal(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(SMALL)
    assert read_plan(path, name="计划.xml") == read_schedule(SMALL, name="计划.xml")
    path.write_bytes(LAUGHS.encode())
    with pytest.raises(Refusal) as caught:
        read_plan(path, name="计划.xml")
    assert (caught.value.code, caught.value.params) == ("plans.file_unsafe", {"name": "计划.xml"})


def test_the_content_decides_what_a_file_is(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    plan = PlanFile("节点计划", (FileNode("1", "可研批复", duration=5), FileNode("2", "开工建设", duration=1)))
    path.write_bytes(write_sheet(plan))
    assert read_plan(path, name="计划.xml", year=2019) == plan
    path.write_bytes(b"<html><table/></html>")
    with pytest.raises(Refusal) as caught:
        read_plan(path, name="计划.xls")
    assert (caught.value.code, caught.value.items) == ("plans.sheet", [{"code": "html_file"}])


def test_a_file_of_a_hundred_megabytes_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "big.xml"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(Refusal) as caught:
        read_plan(path, name="大.xml")
    assert (caught.value.code, caught.value.params["size"]) == ("plans.file_too_large", "100 MB")


def test_a_child_past_its_limits_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "slow.xml"
    path.write_bytes(project("".join(task(uid) for uid in range(60_000))))
    with pytest.raises(Refusal) as caught:
        read_plan(path, name="慢.xml", limits=Limits(seconds=0))
    assert caught.value.code == "plans.file_slow"
    with pytest.raises(Refusal) as caught:
        read_plan(path, name="慢.xml", limits=Limits(memory=60 * 1024 * 1024, seconds=10))
    assert caught.value.code in ("plans.file_memory", "plans.file_failed", "plans.file_slow")


def test_a_hundred_thousand_tasks_are_read_within_seconds(tmp_path: Path) -> None:
    nodes = tuple(FileNode(str(uid), f"节点{uid}", 1 + (uid % 10 != 1), uid % 40) for uid in range(1, 100_001))
    links = tuple(FileLink(str(uid), str(uid + 1)) for uid in range(1, 100_000))
    plan = PlanFile("全市计划", nodes, links)
    path = tmp_path / "many.xml"
    path.write_bytes(write_mspdi(plan))
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime  # a busy machine takes longer, not more
    again = read_plan(path, name="多.xml", limits=Limits(file_bytes=200 * 1024 * 1024, seconds=300))
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 30
    assert (len(again.nodes), again == plan) == (100_000, True)
