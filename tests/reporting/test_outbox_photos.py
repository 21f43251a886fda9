"""A photo's small copy and its original: one piece in whichever order they come, both kept, with time and place."""

import hashlib
import io
import os
import random
import time

import pytest
from PIL import Image

from guatu.core import attachments
from guatu.core.attachments import path_of
from guatu.core.models import Attachment
from guatu.core.refusals import Refusal
from guatu.reporting import actions
from guatu.reporting.evidence.originals import COPY_SIDE
from guatu.reporting.evidence.taking import Taken
from guatu.reporting.models import Evidence
from guatu.reporting.outbox import parts
from tests.reporting.phone import Phone, new_id, phone_of
from tests.support.photos import photo

TAKEN, PLACE = "2026:03:19 10:20:30", (112.0, 34.0)


@pytest.fixture
def phone(cast, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return phone_of(cast)


def original(number: int = 1) -> bytes:
    """As a telephone takes it: larger than a copy, with time and place."""
    return photo(number, size=(2720, 1530), taken=TAKEN, place=PLACE)


def small(data: bytes) -> bytes:
    """The copy that the phone makes of it."""
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    picture.thumbnail((COPY_SIDE, COPY_SIDE))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=85)
    return file.getvalue()


def item(phone: Phone, data: bytes, **more: str) -> tuple[str, dict[str, object], bytes]:
    """A photo of the report that is asked."""
    (row,) = phone.asked()["rows"]
    said = {key: row[key] for key in ("project", "kind", "period")}
    said |= {"sha256": hashlib.sha256(data).hexdigest(), "total": len(data), "said_at": "2026-03-20T08:00:00"}
    return f"photos/{new_id(phone.chance)}", said | {"name": "a.jpg"} | more, data


def pair(phone: Phone, data: bytes) -> list[tuple[str, dict[str, object], bytes]]:
    """A copy and its original as two items."""
    copy = item(phone, small(data))
    return [copy, item(phone, data, copy_id=copy[0].split("/")[1])]


def test_the_copy_is_there_first_and_the_original_takes_its_place_with_its_time_and_place(phone):
    data = original()
    copy, whole = pair(phone, data)
    first = phone.send_part(*copy).json()
    row = Evidence.objects.get()
    assert (str(row.public_id), row.taken_at) == (first["photo"], None)
    assert phone.send_part(*whole, 0, 1000).status_code == 202
    assert Evidence.objects.get().original.size == len(copy[2])  # a half original changes nothing
    last = phone.send_part(*whole, 1000).json()
    assert last["photo"] == first["photo"]
    row = Evidence.objects.get()
    assert path_of(row.original.digest).read_bytes() == data
    assert f"{row.taken_at:%Y-%m-%d}" == "2026-03-19"
    assert (float(row.longitude), float(row.latitude)) == PLACE
    assert str(row.client_id) == copy[0].split("/")[1]
    kept = Attachment.objects.filter(about_id=str(row.public_id)).values_list("digest", flat=True)
    assert hashlib.sha256(copy[2]).hexdigest() in kept  # the copy stays on file
    assert phone.send_part(*whole).json() == last
    assert Attachment.objects.filter(about_id=str(row.public_id)).count() == 3  # copy, thumbnail, original


@pytest.mark.parametrize("seed", range(3))
def test_in_whichever_order_and_however_often_they_come_there_is_one_piece_with_its_original(phone, seed):
    chance, data = random.Random(seed), original()
    sends = pair(phone, data) * 3
    chance.shuffle(sends)
    told = {phone.send_part(*one).json()["photo"] for one in sends}
    row = Evidence.objects.get()
    assert told == {str(row.public_id)}
    assert row.original.digest == hashlib.sha256(data).hexdigest()


def test_the_same_photo_chosen_twice_is_one_piece_whichever_original_comes_first(phone):
    data = original()
    (copy, whole), (again, other) = pair(phone, data), pair(phone, data)
    told = {phone.send_part(*one).json()["photo"] for one in (copy, again, other, whole)}
    row = Evidence.objects.get()
    assert told == {str(row.public_id)}
    assert row.original.digest == hashlib.sha256(data).hexdigest()


def test_another_picture_never_takes_the_place_of_one_that_was_handed_in(phone):
    copy, _whole = pair(phone, original(1))
    phone.send_part(*copy)
    phone.send_part(*item(phone, original(2), copy_id=copy[0].split("/")[1]))
    assert [row.original.size for row in Evidence.objects.order_by("pk")] == [len(copy[2]), len(original(2))]


def test_a_piece_is_completed_once_and_only_by_its_own_original(phone):
    copy, whole = pair(phone, original())
    phone.send_part(*copy)
    phone.send_part(*whole)
    row, actor = Evidence.objects.get(), phone.cast.actor("reporter")
    with pytest.raises(Refusal, match=r"不是“a\.jpg”的原图"):
        actions.complete_evidence(actor=actor, evidence=row, taken=Taken(row.original, side=9000))


def test_an_original_whose_copy_never_came_is_a_piece_as_any_other(phone):
    _copy, whole = pair(phone, original())
    phone.send_part(*whole)
    assert Evidence.objects.get().original.size == len(whole[2])


def test_unfinished_photos_are_bounded_per_person_and_old_ones_make_way(phone, monkeypatch):
    monkeypatch.setattr(parts, "UNFINISHED_MOST", 2)
    data = original()
    items = [item(phone, data) for _number in range(3)]
    assert [phone.send_part(*one, last=1000).status_code for one in items[:2]] == [202, 202]
    refused = phone.send_part(*items[2], last=1000)
    assert (refused.status_code, "2 张照片只传了一部分" in str(refused.json())) == (422, True)
    assert phone.send_part(*items[0], first=1000).json()["receipt"]  # what is begun goes on, and makes room
    assert phone.send_part(*items[2], last=1000).status_code == 202
    (kept,) = (attachments.files_dir() / "parts").glob(f"*{items[1][0].split('/')[1]}")
    os.utime(kept, (time.time() - 2 * parts.DAY,) * 2)
    assert phone.send_part(*item(phone, data), last=1000).status_code == 202
    assert not kept.exists()
    assert phone.send_part(*items[2], first=1000).json()["receipt"]
    assert phone.send_part(*items[1]).json()["receipt"]  # begun again
