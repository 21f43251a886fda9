"""Rates counted right at the same moment on both databases; uploads refused by size before and while reading."""

import threading

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from guatu.core.attachments import keep_file
from guatu.core.limits import check_rate
from guatu.core.refusals import Refusal


@pytest.mark.django_db
def test_uses_past_the_count_are_refused_with_the_seconds_to_wait():
    for _ in range(3):
        check_rate("一", 3, 3600)
    with pytest.raises(Refusal) as refusal:
        check_rate("一", 3, 3600)
    assert refusal.value.status == 429
    assert 0 < refusal.value.params["seconds"] <= 3600
    check_rate("二" * 400, 3, 3600)


@pytest.mark.django_db(transaction=True)
def test_uses_at_the_same_moment_are_all_counted():
    cache.clear()
    passed, lock = [], threading.Lock()
    start = threading.Barrier(8)

    def use():
        start.wait()
        for _ in range(5):
            try:
                check_rate("same", 25, 36_000)
            except Refusal:
                continue
            with lock:
                passed.append(1)
        connections.close_all()

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(passed) == 25
    cache.clear()


@pytest.mark.django_db
def test_a_request_that_announces_too_much_is_refused_unread(client, system, people, settings):
    settings.UPLOAD_LIMIT = 1000
    system(people["admin"])
    response = client.post(
        "/system/trail/verify/", data=b"x" * (3 * 1024 * 1024), content_type="application/octet-stream"
    )
    assert response.status_code == 413
    assert "上限" in response.content.decode()


def test_a_file_is_counted_while_it_is_read(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with pytest.raises(Refusal) as refusal:
        keep_file(SimpleUploadedFile("大.txt", "字".encode() * 600), limit=1000)
    assert (refusal.value.code, refusal.value.status) == ("core.file_too_large", 413)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
