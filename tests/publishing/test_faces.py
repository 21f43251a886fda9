"""Bulletins by page, command line and API: the same papers, the same refusals."""

import argparse
import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from guatu.core.attachments import path_of
from guatu.core.refusals import Refusal
from guatu.people import actions as people
from guatu.publishing import actions, cli, issuing
from guatu.publishing.models import Bulletin

MARCH = date(2019, 3, 31)


def draft_of(cast, office, day: date = MARCH) -> Bulletin:
    return actions.draft_bulletin(actor=cast.actor("office"), kind="progress", lists=[office.annual_list], as_of=day)


def run(*arguments: str):
    parser = argparse.ArgumentParser()
    cli.add_commands(parser.add_subparsers())
    return cli.run_bulletin(parser.parse_args(["bulletin", "progress", *arguments]))


def ask_for(out: Path, *more: str):
    return run(
        "--year", "2019", "--level", "district", "--region", "410303", "--as-of", "2019-03-31", "--out", str(out), *more
    )


# -- pages -------------------------------------------------------------------------------------------------------------
def test_an_empty_place_says_how_to_begin(cast, office):
    assert "起草第一份通报" in cast.client("office").get("/bulletins/").content.decode()
    assert "还没有签发的通报" in cast.client("reporter").get("/bulletins/").content.decode()


def test_from_the_choice_to_the_issue_by_page(cast, office):
    client = cast.client("office")
    preview = client.get("/bulletins/new/", {"lists": str(office.annual_list.public_id), "as_of": "2019-03-31"})
    assert "总投资69亿元" in "".join(preview.content.decode().split("\n"))
    sent = {"lists": str(office.annual_list.public_id), "as_of": "2019-03-31", "basis": "dispatch", "kind": "progress"}
    client.post("/bulletins/new/", sent)
    row = Bulletin.objects.get()
    page = client.get(f"/bulletins/{row.public_id}/edit/").content.decode()
    assert "可以签发" in page
    answer = client.post(
        f"/bulletins/{row.public_id}/edit/", {"version": "1", "b.intro": "现通报如下，共999个。", "title": row.title}
    )
    assert answer.status_code == 302
    page = client.get(f"/bulletins/{row.public_id}/edit/").content.decode()
    assert "999" in page
    assert "数据中没有这个数" in page
    head = cast.client("office_head")
    refused = head.post(f"/bulletins/{row.public_id}/issue/", {"version": "2", "number": "1", "on": "2019-04-02"})
    assert refused.status_code == 422
    client.post(f"/bulletins/{row.public_id}/edit/", {"version": "2", "b.intro": "现通报如下。", "title": row.title})
    done = head.post(f"/bulletins/{row.public_id}/issue/", {"version": "3", "number": "1", "on": "2019-04-02"})
    assert done.status_code == 302
    assert Bulletin.objects.get().state == "issued"
    assert "签发日期" in cast.client("reporter").get("/bulletins/").content.decode()


def test_a_union_of_lists_of_different_years_is_refused(cast, office):
    from guatu.library.models import AnnualList

    other = AnnualList.objects.create(level="city", region=office.region, year=2018, name="2018 年市重点项目")
    with pytest.raises(Refusal, match="同一年份"):
        actions.draft_bulletin(
            actor=cast.actor("office"), kind="progress", lists=[office.annual_list, other], as_of=MARCH
        )


@pytest.mark.parametrize("day", ["2019-04-03", "2018-12-31", "胡说"])
def test_a_date_that_cannot_be_is_refused_with_a_sentence(cast, office, day):
    answer = cast.client("office").get("/bulletins/new/", {"as_of": day})
    assert answer.status_code == 422
    assert "2019 年内" in answer.content.decode()


def test_a_bulletin_of_another_district_does_not_exist(cast, office):
    row = draft_of(cast, office)
    for path in ("", "edit/", "file/docx/", "return/"):
        assert cast.client("outsider").get(f"/bulletins/{row.public_id}/{path}").status_code == 404
    assert cast.client("reporter").get(f"/bulletins/{row.public_id}/").status_code == 404


def test_a_drafts_pdf_is_marked_unsigned_and_an_issues_is_not(cast, office):
    row = draft_of(cast, office)
    client = cast.client("office")
    draft = PdfDocument(BytesIO(client.get(f"/bulletins/{row.public_id}/file/pdf/").content))
    assert "未签发" in draft[0].get_textpage().get_text_range()
    issuing.issue(cast.actor("office_head"), row, seen=row.version, number=1)
    row.refresh_from_db()
    issued = PdfDocument(BytesIO(path_of(row.pdf.digest).read_bytes()))
    assert "未签发" not in issued[0].get_textpage().get_text_range()
    assert "2019年第1期" in issued[0].get_textpage().get_text_range()


# -- command line ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("ending", "head"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_command_writes_a_preview(office, tmp_path, ending, head):
    answer = ask_for(tmp_path / f"x.{ending}")
    data = (tmp_path / f"x.{ending}").read_bytes()
    assert data.startswith(head)
    assert answer == {"out": str(tmp_path / f"x.{ending}"), "bytes": len(data), "issued": False, "findings": []}
    assert not Bulletin.objects.exists()


def test_the_command_gives_the_issued_one_where_there_is_one(cast, office, tmp_path):
    row = draft_of(cast, office)
    issuing.issue(cast.actor("office_head"), row, seen=row.version, number=1)
    row.refresh_from_db()
    answer = ask_for(tmp_path / "x.docx")
    assert answer["issued"]
    assert (tmp_path / "x.docx").read_bytes() == path_of(row.docx.digest).read_bytes()


def test_the_command_refuses_in_words(cast, office, tmp_path):
    with pytest.raises(Refusal, match="docx 或 pdf"):
        ask_for(tmp_path / "x.odt")
    with pytest.raises(Refusal, match="没能写入"):
        ask_for(tmp_path / "nowhere" / "x.docx")
    with pytest.raises(Refusal):
        run("--year", "2030", "--level", "district", "--region", "410303", "--as-of", "2030-03-31", "--out", "x.pdf")
    with pytest.raises(Refusal):
        ask_for(tmp_path / "x.docx", "--as", "owner")
    assert not list(tmp_path.iterdir())


# -- API ---------------------------------------------------------------------------------------------------------------
def api(cast, name: str, path: str):
    from guatu.core.actor import OPERATOR

    _, secret = people.issue_token(actor=OPERATOR, post=cast.post(name), name="取数")
    return cast.client("guest").get(f"/api/v1{path}", headers={"Authorization": f"Bearer {secret}"})


def test_the_api_lists_gives_and_hands_out_bulletins(cast, office):
    row = draft_of(cast, office)
    given = json.loads(api(cast, "office", f"/bulletins/{row.public_id}").content)
    assert given["findings"] == []
    whole = next(block for block in given["blocks"] if block["id"] == "whole.1")
    rate = next(figure for figure in whole["figures"] if figure["key"] == "whole.investment_rate")
    assert whole["text"][rate["start"] : rate["end"]] == "25%"
    assert json.loads(api(cast, "reporter", "/bulletins").content)["items"] == []
    assert api(cast, "reporter", f"/bulletins/{row.public_id}").status_code == 404
    assert api(cast, "owner", "/bulletins").status_code == 403
    assert api(cast, "office", f"/bulletins/{row.public_id}/files/pdf").status_code == 404
    issuing.issue(cast.actor("office_head"), row, seen=row.version, number=1)
    row.refresh_from_db()
    listed = json.loads(api(cast, "reporter", "/bulletins").content)["items"]
    assert [item["number"] for item in listed] == [1]
    file = api(cast, "reporter", f"/bulletins/{row.public_id}/files/docx")
    assert b"".join(file.streaming_content) == path_of(row.docx.digest).read_bytes()
