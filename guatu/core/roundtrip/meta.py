"""The hidden sheet of a workbook that goes out: who it is, and the values as they were sent.

It is signed with the installation's key, so that what comes back can be believed without the database; the printed
check code is the beginning of that signature.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.crypto import constant_time_compare, salted_hmac

from guatu.core.roundtrip.layout import Layout, UnitWorkbook, Value, key_form
from guatu.core.roundtrip.values import as_sent, from_text, spelled
from guatu.core.sheets.model import Row, Workbook

SHEET: Final = "_meta"
MARK: Final = "guatu workbook"
FORMAT: Final = 1
PIECE: Final = 30_000
"""Characters of a row's text that stand in one cell; a cell holds 32,767."""
LISTS_FROM: Final = 40
"""The column from which on the sheet holds the words of long drop-down lists."""
_SALT: Final = "guatu.core.roundtrip"
_HEAD: Final = ("mark", "format", "id", "layout", "signature")

SentTable = dict[str, dict[str, Value]]


@dataclass(frozen=True, slots=True)
class Sent:
    """A workbook as it was sent: what the caller keeps by ``id``, or what its hidden sheet still says."""

    id: str
    layout_version: str
    rows: Mapping[str, Mapping[str, Value]]


def sent_of(book: UnitWorkbook) -> Sent:
    """What is sent, in the form in which it is kept and compared."""
    return Sent(book.id, book.layout.version, {row.key: as_sent(book.layout, row) for row in book.rows})


def signature(sent: Sent) -> str:
    """Hexadecimal; over the id, the layout's version and every row in the order of the keys."""
    lines = [sent.id, sent.layout_version]
    lines += [f"{key}\t{spelled(dict(sent.rows[key]))}" for key in sorted(sent.rows)]
    return salted_hmac(_SALT, "\n".join(lines), algorithm="sha256").hexdigest()


def check_code(signed: str) -> str:
    """Eight letters and figures of a signature, as the sheet prints them."""
    text = base64.b32encode(bytes.fromhex(signed)).decode()
    return f"{text[:4]}-{text[4:8]}"


def lines_of(sent: Sent, signed: str) -> Iterator[list[str]]:
    """The hidden sheet's rows: five of words, then one a row with its key and its values."""
    for name, value in zip(_HEAD, (MARK, str(FORMAT), sent.id, sent.layout_version, signed), strict=True):
        yield [name, value]
    for key, values in sent.rows.items():
        text = spelled(dict(values))
        yield [key, *(text[at : at + PIECE] for at in range(0, len(text), PIECE))]


@dataclass(frozen=True, slots=True)
class Meta:
    """The hidden sheet as it came back: not yet believed (``trusted``)."""

    id: str
    layout_version: str
    signed: str
    lines: Sequence[Row]


def find_meta(book: Workbook) -> Meta | None:
    """The hidden sheet of a returned workbook, whatever it is called by now; None where it is gone or damaged."""
    for sheet in book.sheets:
        if len(sheet.rows) >= len(_HEAD) and len(sheet.rows[0]) > 1 and sheet.rows[0][1] == MARK:
            head = [str(row[1]).strip() for row in sheet.rows[: len(_HEAD)]]
            if head[1] in (str(FORMAT), f"{FORMAT}.0"):
                return Meta(head[2], head[3], head[4], sheet.rows[len(_HEAD) :])
    return None


def trusted(meta: Meta, layout: Layout) -> Sent | None:
    """The values as sent that the hidden sheet holds; None where it was changed or another layout wrote it."""
    if meta.layout_version != layout.version:
        return None
    rows: SentTable = {}
    try:
        for line in meta.lines:
            if line[0] not in ("", None):
                kept = json.loads("".join(str(cell) for cell in line[1:LISTS_FROM] if cell not in ("", None)))
                rows[str(line[0])] = _row(layout, kept)
    except (ValueError, TypeError, ArithmeticError, KeyError):
        return None
    sent = Sent(meta.id, meta.layout_version, rows)
    return sent if constant_time_compare(signature(sent), meta.signed) else None


def _row(layout: Layout, kept: dict[str, Any]) -> dict[str, Value]:
    found = {code: from_text(layout.by_code[code], value) for code, value in kept.items()}
    return {column.code: found.get(column.code) for column in layout.columns}


def by_form(sent: Sent) -> dict[str, str]:
    """Key in its comparable form → key."""
    return {key_form(key): key for key in sent.rows}
