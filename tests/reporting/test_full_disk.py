"""A disk that is full while something is handed in: said plainly, and nothing half-written counts."""

import errno
from pathlib import Path

import pytest

from guatu.core import attachments
from guatu.reporting.models import Evidence
from guatu.reporting.outbox import parts
from tests.reporting.phone import Phone, phone_of
from tests.support.cast import cast

__all__ = ["cast"]


@pytest.fixture
def phone(cast, settings, tmp_path) -> Phone:
    settings.DATA_DIR = tmp_path
    return phone_of(cast)


@pytest.fixture
def sending(phone):
    """A phone's photo that goes in one part: address, what is said of it, its bytes."""
    phone.client.raise_request_exception = False
    (row,) = phone.asked()["rows"]
    return phone.photo(row, 1)


def full(*_args, **_more):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_photos_part_on_a_full_disk_stays_on_the_phone_and_goes_when_there_is_room(phone, sending, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(parts, "_forget_old", full)
        answer = phone.send_part(*sending)
    assert answer.status_code in (503, 507), answer.content
    assert "磁盘" in answer.content.decode()
    assert phone.send_part(*sending).json()["receipt"] is True
    assert Evidence.objects.count() == 1


def test_the_whole_photo_on_a_full_disk_keeps_its_parts(phone, sending, settings, monkeypatch):
    address, said, data = sending
    with monkeypatch.context() as patch:
        patch.setattr(attachments, "_keep", full)
        answer = phone.send_part(*sending)
    assert answer.status_code >= 400
    assert "receipt" not in answer.json()
    assert Evidence.objects.count() == 0
    assert not list((Path(settings.DATA_DIR) / "files" / "new").iterdir())
    assert phone.client.get(f"/api/v1/outbox/{address}").json()["have"] == len(data)
    assert phone.send_part(address, said, data[-1:], len(data) - 1).status_code in (200, 202)
