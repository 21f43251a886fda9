"""Files: told by their content, on the disk before their row, shared when equal, served by their object's policy."""

import hashlib
import io
import resource
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.core.actions import add_attachment
from guatu.core.actor import OPERATOR
from guatu.core.attachments import keep_file, path_of, register_attachment_policy
from guatu.core.file_types import DOCUMENTS
from guatu.core.models import Attachment
from guatu.core.refusals import Refusal
from tests.support.actors import post

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def packed(*names):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


def office(part):
    return packed("[Content_Types].xml", part)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "files"


def upload(content, name="附件.bin"):
    return SimpleUploadedFile(name, content)


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7\n...", "a.exe", "pdf"),
        (PNG, "a.txt", "png"),
        (b"\xff\xd8\xff\xe0 ...", "a", "jpeg"),
        (office("word/document.xml"), "a.xlsx", "docx"),
        (office("xl/workbook.xml"), "a.docx", "xlsx"),
        (office("ppt/presentation.xml"), "a", "pptx"),
        ("名称,金额\n甲,1\n".encode(), "a.CSV", "csv"),
        ("名称,金额\n甲,1\n".encode("gb18030"), "a.csv", "csv"),
        ("说明".encode(), "a.md", "text"),
    ],
)
def test_a_file_is_what_its_content_says(content, name, kind):
    assert keep_file(upload(content, name)).kind == kind


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03 program",
        packed("a.txt"),
        b"PK\x03\x04 cut short",
        office("xl/workbook.xml")[:-30],
        office("xl/vbaProject.bin"),
        b"",
        b"\x7fELF\x02\x01",
        b"text with \x00 inside",
    ],
)
def test_what_is_none_of_ours_is_refused_and_leaves_nothing(content, folder):
    with pytest.raises(Refusal) as refusal:
        keep_file(upload(content, "表格.xlsx"))
    assert refusal.value.code == "core.file_kind"
    assert "表格.xlsx" in str(refusal.value)
    assert files_in(folder) == []


def test_an_archive_is_taken_only_where_it_is_asked_for():
    assert keep_file(upload(packed("a.txt")), kinds=("zip",)).kind == "zip"
    assert "zip" not in DOCUMENTS


def test_an_archive_of_very_many_names_is_not_read():
    with pytest.raises(Refusal):
        keep_file(upload(packed(*(f"{number}" for number in range(10_001)))), kinds=("zip",))


def test_bytes_are_stored_under_their_digest_once(folder):
    first = keep_file(upload(PNG, "一.png"))
    second = keep_file(upload(PNG, "二.png"))
    digest = hashlib.sha256(PNG).hexdigest()
    assert first.digest == second.digest == digest
    assert files_in(folder) == [path_of(digest)]
    assert path_of(digest) == folder / digest[:2] / digest[2:]
    assert path_of(digest).read_bytes() == PNG


def test_a_full_disk_is_a_refusal_and_leaves_nothing(folder):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(Refusal) as refusal:
            keep_file(upload(b"%PDF-" + b"x" * 200_000, "扫描件.pdf"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert refusal.value.code == "core.disk"
    assert "扫描件.pdf" in str(refusal.value)
    assert files_in(folder) == []
    assert keep_file(upload(b"%PDF-" + b"x" * 200_000)).size == 200_005


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\文件\\表.csv", "表.csv"),
        ("a\r\nb\0.csv", "ab.csv"),
        ("字" * 300 + ".csv", "字" * 196 + ".csv"),
    ],
)
def test_a_file_name_carries_no_folder_and_no_control_character(name, kept):
    file = upload(b"a,b")
    file._name = name
    assert keep_file(file).name == kept


@pytest.mark.django_db
def test_a_file_is_served_by_the_policy_of_its_object_and_never_otherwise(client, system, people):
    register_attachment_policy("tests.thing", lambda actor, about_id: actor.post_kind == about_id)
    kept = keep_file(upload(b"%PDF-1.7 text", '开工"批复.pdf'))
    row = add_attachment(actor=OPERATOR, file=kept, about_kind="tests.thing", about_id="reporter")
    other = add_attachment(actor=OPERATOR, file=kept, about_kind="tests.unknown", about_id="reporter")
    address = f"/files/{row.public_id}/"
    assert client.get(address).status_code == 302
    system(people["head"])
    assert client.get(address).status_code == 404
    system(people["clerk"])
    assert client.get(f"/files/{other.public_id}/").status_code == 404
    response = client.get(address)
    assert b"".join(response.streaming_content) == b"%PDF-1.7 text"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == (
        "attachment; filename=\"_____.pdf\"; filename*=UTF-8''%E5%BC%80%E5%B7%A5%22%E6%89%B9%E5%A4%8D.pdf"
    )


@pytest.mark.django_db
def test_a_picture_may_stand_in_a_page_and_a_page_may_not(client, system, people):
    register_attachment_policy("tests.open", lambda actor, about_id: True)
    system(people["clerk"])
    for content, start in ((PNG, "inline"), (b"<script>alert(1)</script>", "attachment")):
        row = add_attachment(actor=OPERATOR, file=keep_file(upload(content)), about_kind="tests.open", about_id="1")
        response = client.get(f"/files/{row.public_id}/")
        assert response["Content-Disposition"].startswith(start)
        assert response["Content-Type"] in ("image/png", "text/plain")
        assert b"".join(response.streaming_content) == content


@pytest.mark.django_db
def test_nobody_attaches_a_file_outside_the_objects_own_action():
    kept = keep_file(upload(PNG))
    with pytest.raises(Refusal):
        add_attachment(actor=post("office"), file=kept, about_kind="tests.thing", about_id="1")
    assert not Attachment.objects.exists()
