"""A docx that comes back from WPS: differences are shown, the text is taken over and checked again, tables are not."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.core.attachments import keep_file, path_of
from guatu.core.official.docx import to_docx
from guatu.core.refusals import Refusal
from guatu.publishing import actions, child
from guatu.publishing.child import read_docx
from guatu.publishing.models import Bulletin
from guatu.publishing.queries import blocks_of, document_now, findings, paper_now
from guatu.publishing.returned import compare

MARCH = date(2019, 3, 31)


@pytest.fixture
def draft(cast, office) -> Bulletin:
    return actions.draft_bulletin(actor=cast.actor("office"), kind="progress", lists=[office.annual_list], as_of=MARCH)


def left(cast, draft) -> bytes:
    return to_docx(document_now(draft, paper_now(cast.actor("office"), draft)))


def changed(data: bytes, change) -> bytes:
    """The docx after somebody worked on it."""
    document = docx.Document(BytesIO(data))
    change(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def put(document, old: str, new: str) -> None:
    paragraph = next(p for p in document.paragraphs if old in p.text)
    text = paragraph.text.replace(old, new)
    for run in paragraph.runs[1:]:
        run.text = ""
    paragraph.runs[0].text = text


def compared(cast, draft, data: bytes):
    kept = keep_file(SimpleUploadedFile("back.docx", data), kinds=("docx",))
    made = paper_now(cast.actor("office"), draft)
    return compare(document_now(draft, made), blocks_of(draft), read_docx(path_of(kept.digest), kept.name))


def test_what_comes_back_as_it_left_differs_in_nothing(cast, draft):
    result = compared(cast, draft, left(cast, draft))
    assert (result.changed, result.cells, result.title) == ([], [], draft.title)
    assert result.texts == {block.id: block.text for block in blocks_of(draft)}


def test_changed_added_and_removed_paragraphs_are_told_apart(cast, draft):
    def work(document):
        put(document, "总投资69亿元", "总投资70亿元")
        put(document, "总体完成情况", "总体进展")
        late = next(p for p in document.paragraphs if "二是抓进度" in p.text)
        late.insert_paragraph_before("增加一段，请各单位对照落实。")
        gone = next(p for p in document.paragraphs if "五是抓节点" in p.text)
        gone._element.getparent().remove(gone._element)

    result = compared(cast, draft, changed(left(cast, draft), work))
    assert {item.block for item in result.changed} == {"whole.1", "h.whole", "next.1", "next.5"}
    assert "总投资70亿元" in result.texts["whole.1"]
    assert result.texts["h.whole"] == "总体进展"
    assert result.texts["next.1"].endswith("增加一段，请各单位对照落实。")
    assert result.texts["next.5"] == ""


def test_changed_cells_are_named_by_table_row_and_column(cast, draft):
    def work(document):
        document.tables[0].rows[3].cells[5].text = "9.99"

    (cell,) = compared(cast, draft, changed(left(cast, draft), work)).cells
    assert (cell.table, cell.row, cell.ours, cell.theirs) == (
        "各责任单位重点项目进展情况表",
        "王城路街道办事处",
        "0.00",
        "9.99",
    )


def test_the_text_is_taken_over_through_the_page_and_checked_again(cast, draft):
    data = changed(left(cast, draft), lambda document: put(document, "总投资69亿元", "总投资70亿元"))
    client = cast.client("office")
    address = f"/bulletins/{draft.public_id}/return/"
    page = client.post(address, {"file": SimpleUploadedFile("改稿.docx", data)})
    assert page.status_code == 200
    assert "总投资70亿元" in page.content.decode()
    assert "69亿元" in blocks_of(Bulletin.objects.get(pk=draft.pk))[2].text
    done = client.post(address, {"token": page.context["token"], "version": str(draft.version)})
    assert done.status_code == 302
    row = Bulletin.objects.get(pk=draft.pk)
    (found,) = findings(row, paper_now(cast.actor("office"), row))
    assert (found.finding.printed, found.finding.expected) == ("70亿元", "69亿元")
    assert "改稿.docx" in client.get(f"/bulletins/{draft.public_id}/").content.decode()


def test_a_token_of_another_bulletin_is_not_taken(cast, draft, office):
    other = actions.draft_bulletin(
        actor=cast.actor("office"), kind="progress", lists=[office.annual_list], as_of=date(2019, 2, 28)
    )
    client = cast.client("office")
    upload = SimpleUploadedFile("x.docx", left(cast, draft))
    token = client.post(f"/bulletins/{draft.public_id}/return/", {"file": upload}).context["token"]
    answer = client.post(f"/bulletins/{other.public_id}/return/", {"token": token, "version": "1"})
    assert answer.status_code == 409
    assert client.post(f"/bulletins/{other.public_id}/return/", {"token": "x", "version": "1"}).status_code == 409


@pytest.mark.parametrize("data", [b"PK\x03\x04 nothing", b"plain text", b""])
def test_what_is_no_docx_is_refused_at_the_door(cast, draft, data):
    answer = cast.client("office").post(
        f"/bulletins/{draft.public_id}/return/", {"file": SimpleUploadedFile("x.docx", data)}
    )
    assert answer.status_code == 422
    assert Bulletin.objects.get(pk=draft.pk).version == draft.version


def test_a_broken_docx_is_refused_by_the_child_with_its_sentence(tmp_path):
    path = tmp_path / "x.docx"
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(Refusal) as refused:
        read_docx(path, "x.docx")
    assert refused.value.code == "core.docx_unreadable"


def test_a_docx_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(child, "SECONDS", 0)
    path = tmp_path / "x.docx"
    path.write_bytes(b"PK")
    with pytest.raises(Refusal, match="超过了允许的时间"):
        read_docx(path, "x.docx")
