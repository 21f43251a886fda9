"""Junk for the addresses and fields of reporting: what people paste by mistake, and what others send on purpose."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern
from django.urls.converters import IntConverter, UUIDConverter

VALUES = (
    *("", " ", "0", "-1", "-0", "1e400", "1E-400", "NaN", "sNaN", "Infinity", "９９９", "１２万亿", "万亿", "²", "٣"),
    *("9" * 5000, "-" + "9" * 400, "0." + "1" * 300, "99999999999999999999999999999999亿", "1.5亿元", "-5万"),
    *("\0", "a\0b", "\ud800", "😀" * 50, "\u202eabc\u202c", "\u2028", "\x1b[31m", "x" * 20_000, "名" * 80),
    *('=HYPERLINK("http://x","y")', "'; DROP TABLE x;--", "<script>alert(1)</script>", "../../etc/passwd", "%00"),
    *("{0}", "{name}", "%s", "%(name)s", "{{ x }}", "\\", "[]", "{}", "null", "true", "on", ":", "a:b:c"),
    *("2026-02-29", "2026-04-31", "0000-01-01", "0001-01-01", "9999-12-31", "99999-01-01", "2月30日", "2026-02-30"),
    *("2026-W00", "2026-W54", "9999-W52", "2026-13", "2026-Q5", "9999-12", "0001-01", "9999", "2026-03", "2026-02-28"),
    *("week", "month", "day", "claimed", "checked", "garbage", "-amount", "check", "accept", "save", "submit", "csv"),
    *("24:00", "23:59", "00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000:1", ":9", "x:1"),
)
PERIODS = (
    *("2026-02", "2026-03", "2026-W12", "2026-03-20", "2026-Q1", "2026-02-30", "2026-13", "2026-W54", "0000-01"),
    *("0001-01", "0001-01-01", "0001-W01", "9999-12", "9999-12-31", "9999-W52", "9999-Q4", "9999", "0001", "x" * 99),
    *("٢٠٢٦-٠٣", "２０２６-０３", "-", "2026-03-01T00", "\0", "%00"),
)
FILES = (
    b"",
    b"\0",
    b"PK\x03\x04" + b"\0" * 99,
    b"\xff\xd8\xff\xe0" + b"\1" * 99,
    b"%PDF-1.4\n",
    b"\x89PNG\r\n\x1a\n\0\0",
)
NAMES = (
    *("q", "page", "sort", "dir", "group", "view", "truth", "unit", "kind", "period", "project", "seen", "row", "day"),
    *("list", "year", "tab", "export", "columns", "reason", "do", "node", "report", "on", "as_of", "known", "region"),
    *("cell.amount", "was.amount", "cell.percent", "cell.words", "amount", "ytd", "percent", "words", "was.words"),
    *(
        "code",
        "f.kind",
        "f.period",
        "f.unit",
        "f.state",
        "pick.words",
        "theirs.words",
        "request_id",
        "approver",
        "file",
    ),
)


@dataclass(frozen=True)
class Junk:
    """One reproducible stream of it."""

    chance: random.Random

    def value(self) -> str:
        """A field's text; a lone surrogate as a browser can send it, which is a sign of its own."""
        return self.chance.choice(VALUES).encode("utf-8", "replace").decode()

    def fields(self, names: list[str], data: dict[str, Any]) -> dict[str, Any]:
        """What a right request says, some of it replaced, some left out, some added."""
        told = {name: value for name, value in data.items() if self.chance.random() > 0.1}
        for _ in range(self.chance.randrange(1, 6)):
            name = self.chance.choice([*names, *data, *NAMES])
            told[name] = [self.value() for _ in range(self.chance.choice((1, 1, 1, 3)))]
        if self.chance.random() < 0.2:
            name = self.chance.choice(("file", "pieces", "upload", "scan"))
            told[name] = SimpleUploadedFile(
                self.chance.choice(("a.xlsx", "a.jpg", "a.pdf", "n" * 300 + ".xlsx")), self.chance.choice(FILES)
            )
        return told

    def parts(self, pattern: URLPattern, inside: dict[str, Any]) -> dict[str, Any]:
        """An address's parts: those that are right, a few of them junk."""
        told = dict(inside)
        for name, converter in pattern.pattern.converters.items():
            if self.chance.random() < 0.7:
                continue
            if isinstance(converter, UUIDConverter):
                told[name] = UUID(int=self.chance.getrandbits(128), version=4)
            elif isinstance(converter, IntConverter):
                told[name] = self.chance.choice((0, 1, 10**30))
            else:
                told[name] = self.chance.choice((*PERIODS, "csv", "exe", "plan"))
        return told


def junk_of(seed: int) -> Iterator[Junk]:
    """Streams of junk, one for each try."""
    chance = random.Random(seed)
    while True:
        yield Junk(random.Random(chance.getrandbits(64)))
