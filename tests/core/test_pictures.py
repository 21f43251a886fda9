"""Pictures of an unknown hand: opened or refused, read for time and place, copied small, without their frame."""

import io
import struct
import zlib
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PIL import ExifTags, Image, ImageDraw

from guatu.core import clock
from guatu.core.pictures.copies import THUMBNAIL, VIEW, jpeg_of
from guatu.core.pictures.exif import Said, read_exif
from guatu.core.pictures.opening import decoded, opened
from guatu.core.pictures.printing import frame_of, prints_of
from guatu.core.refusals import Refusal
from guatu.demo.scenes import scene
from tests.support.photos import exif, photo


def file_with(folder, data, name="照片.jpg"):
    path = folder / "file"
    path.write_bytes(data)
    return path, name


def refused(folder, data):
    path, name = file_with(folder, data)
    with pytest.raises(Refusal) as problem, opened(path, name) as picture:
        decoded(picture, name)
    return problem.value.code


def said_of(words, tmp_path):
    file = io.BytesIO()
    scene(1, (64, 48)).save(file, "JPEG", exif=words)
    with opened(*file_with(tmp_path, file.getvalue())) as picture:
        return read_exif(picture)


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that would be side × side pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1 << 16))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("data", [b"", b"GIF89a" + bytes(40), b"\xff\xd8\xff", b"%PDF-1.4", "照片".encode()])
def test_what_is_no_picture_is_refused(tmp_path, data):
    assert refused(tmp_path, data) == "core.picture_unknown"


@pytest.mark.parametrize("side", [9_000, 60_000])
def test_a_small_file_that_would_fill_the_memory_is_refused_before_it_is_decoded(tmp_path, side):
    assert refused(tmp_path, bomb(side)) == "core.picture_large"


@pytest.mark.parametrize("share", [0.3, 0.95])
def test_a_picture_that_came_in_half_is_refused(tmp_path, share):
    data = photo(1)
    assert refused(tmp_path, data[: int(len(data) * share)]) == "core.picture_broken"


def test_a_picture_is_turned_as_it_was_held(tmp_path):
    words = exif()
    words[ExifTags.Base.Orientation] = 6
    file = io.BytesIO()
    scene(1, (64, 48)).save(file, "JPEG", exif=words)
    with opened(*file_with(tmp_path, file.getvalue())) as picture:
        assert decoded(picture, "").size == (48, 64)


def test_what_is_transparent_is_white(tmp_path):
    file = io.BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(file, "PNG")
    with opened(*file_with(tmp_path, file.getvalue())) as picture:
        assert decoded(picture, "").getpixel((5, 5)) == (255, 255, 255)


def test_time_with_and_without_a_zone_and_place(tmp_path):
    local = said_of(exif("2026:03:18 10:24:05", (112.45, 34.62)), tmp_path)
    assert local.taken_at == datetime(2026, 3, 18, 10, 24, 5, tzinfo=clock.ZONE)
    assert (local.longitude, local.latitude) == (Decimal("112.45"), Decimal("34.62"))
    assert said_of(exif("2026:03:18 02:24:05", offset="+00:00"), tmp_path).taken_at == datetime(
        2026, 3, 18, 2, 24, 5, tzinfo=UTC
    )
    west = said_of(exif(place=(-70.5, -33.25)), tmp_path)
    assert (west.longitude, west.latitude) == (Decimal("-70.5"), Decimal("-33.25"))


@pytest.mark.parametrize(
    "words",
    [
        exif(),
        exif("0000:00:00 00:00:00"),
        exif("1980:01:01 00:00:00"),
        exif("2026:13:41 99:00:00"),
        exif(place=(0.0, 0.0)),
        exif(place=(200.0, 34.0)),
    ],
)
def test_a_picture_that_says_nothing_that_can_be_says_nothing(tmp_path, words):
    assert said_of(words, tmp_path) == Said()


def test_copies_are_small_and_say_no_place():
    picture = scene(1, (3000, 2000))
    for side in (THUMBNAIL, VIEW):
        copy = Image.open(io.BytesIO(jpeg_of(picture, side)))
        assert max(copy.size) == side
        assert not copy.getexif()
    assert Image.open(io.BytesIO(jpeg_of(scene(1).resize((200, 100)), THUMBNAIL))).size == (200, 100)


def test_a_sheet_that_shows_nothing_has_no_prints():
    assert prints_of(Image.new("RGB", (400, 300), "white")) is None
    assert prints_of(scene(5)) is not None


def test_the_bars_of_a_screenshot_are_a_frame_and_a_bright_sky_is_none():
    screen = Image.new("L", (720, 1280), 0)
    screen.paste(scene(4, (720, 540)).convert("L"), (0, 370))
    _left, top, _right, bottom = frame_of(screen)
    assert abs(top - 370 / 1280) < 0.02
    assert abs(bottom - 910 / 1280) < 0.02
    sky = Image.linear_gradient("L").rotate(180).point([min(255, level * 2) for level in range(256)])
    ImageDraw.Draw(sky).rectangle((0, 200, 255, 255), fill=90)
    assert frame_of(sky)[1] == 0


@pytest.mark.parametrize("taken", ["9999:12:31 23:59:59", "2100:01:01 00:00:00", "0001:01:01 00:00:00"])
def test_a_moment_that_cannot_be_says_nothing(tmp_path, taken):
    path = tmp_path / "照片.jpg"
    path.write_bytes(photo(1, taken=taken, offset="-14:00"))
    with opened(path, path.name) as picture:
        assert read_exif(picture).taken_at is None


@pytest.mark.parametrize("fault", [struct.error("required argument is not an integer"), TypeError("bad operand")])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "CMYK"])
def test_a_broken_exif_block_is_no_broken_picture(tmp_path, monkeypatch, fault, mode):
    path = tmp_path / "照片.png"
    Image.new(mode, (40, 30)).save(path, "JPEG" if mode == "CMYK" else "PNG")

    def broken(_picture):
        raise fault

    monkeypatch.setattr(Image.Image, "getexif", broken)
    with opened(path, path.name) as picture:
        assert read_exif(picture) == Said()
        assert decoded(picture, path.name).size == (40, 30)
